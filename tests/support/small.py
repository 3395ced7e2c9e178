"""A small catalogue with real media: a title of two seconds and a platform of its own."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

PLATFORM = """\
name = "House platform"
right = "svod"
revision = "2026-11"
source = "made for the tests"
[package]
subtitle_format = "webvtt"
[checks."master/unreadable"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."master/codec"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
allowed = ["h264/High"]
[checks."master/runtime-differs"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
max_tolerance_ms = 1000
[checks."subtitle/unreadable"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."subtitle/overlap"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."subtitle/empty-cue"]
severity = "warning"
source = "tests"
verified_on = 2026-11-01
[checks."rights/territory-not-covered"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
"""

TITLE = """\
original_language = "ko"
format = "1 x 1"
runtime = "00:00:02"
production_year = 2020
[names]
en = "Small Film"
ko = "작은 영화"
[[versions]]
id = "ko"
language = "ko"
master = "masters/작은 영화.mp4"
[[versions.audio]]
language = "ko"
[[versions.subtitles]]
file = "subtitles/en.srt"
language = "en"
[[windows]]
id = "svod-world"
right = "svod"
territories = ["worldwide"]
excluding = ["JP"]
start = 2026-01-01
end = "open"
zone = "Asia/Seoul"
languages = "all"
"""

GOOD_SRT = "1\n00:00:00,200 --> 00:00:00,900\nHello.\n\n2\n00:00:01,000 --> 00:00:01,800\nGoodbye.\n"
OVERLAPPING_SRT = "1\n00:00:00,200 --> 00:00:01,100\nHello.\n\n2\n00:00:01,000 --> 00:00:01,800\nGoodbye.\n"


def write_master(path: Path) -> None:
    """Two seconds of H.264 and AAC."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=2")
    codecs = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-metadata:s:a", "language=kor")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *picture, *sound, *codecs, str(path)]
    subprocess.run(command, check=True, timeout=60)


def write_catalogue(root: Path, master: Path) -> Path:
    """The catalogue at `root`, with a copy of `master`."""
    folder = root / "titles" / "small-film"
    (root / "platforms").mkdir(parents=True)
    (folder / "masters").mkdir(parents=True)
    (folder / "subtitles").mkdir()
    (root / "releaseprint.toml").write_text('platform = "house"\n', encoding="utf-8")
    (root / "platforms" / "house.toml").write_text(PLATFORM, encoding="utf-8")
    (folder / "title.toml").write_text(TITLE, encoding="utf-8")
    (folder / "subtitles" / "en.srt").write_text(GOOD_SRT, encoding="utf-8")
    (folder / "masters" / "작은 영화.mp4").write_bytes(master.read_bytes())
    return root
