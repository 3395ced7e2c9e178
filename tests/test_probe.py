"""Media files: what is read of good ones, and that bad ones cannot harm."""

import contextlib
import os
import random
import signal
import subprocess
import time
from fractions import Fraction

import imageio_ffmpeg
import pytest

from assets import timing
from assets.probe import probe, read_media
from assets.worker import WorkerError, run_isolated

pytestmark = pytest.mark.usefixtures("read_here")

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate={rate}:duration=2")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=2")
TAGS = ("-vf", "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv")


def make(path, *arguments, rate="25"):
    picture = [part.format(rate=rate) for part in PICTURE]
    command = [FFMPEG, "-v", "error", "-nostdin", "-y", *picture, *SOUND, *arguments, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def test_mov_with_pcm(tmp_path):
    path = make(
        tmp_path / "a.mov",
        *("-c:v", "prores_ks", "-profile:v", "hq", *TAGS, "-c:a", "pcm_s24le", "-metadata:s:a", "language=kor"),
        *("-timecode", "01:00:00:00"),
    )
    info = probe(path)
    (video,), (audio,) = info.video, info.audio
    assert info.container == "mov"
    assert (video.codec, video.profile, video.width, video.height) == ("prores", "HQ", 320, 180)
    assert (video.bit_depth, video.chroma, video.frame_rate, video.frames) == (10, "4:2:2", Fraction(25), 50)
    assert (video.colour_primaries, video.colour_transfer, video.colour_matrix) == ("bt709", "bt709", "bt709")
    assert video.duration == audio.duration == timing.from_ms(2000)
    assert video.min_frame_ticks == video.max_frame_ticks == timing.from_ms(40)
    assert (audio.codec, audio.bit_depth, audio.sample_rate, audio.channels) == ("pcm_s24le", 24, 48000, 1)
    assert audio.language == "kor"
    assert info.timecode == "01:00:00:00"


def test_h264_mp4_at_23_976(tmp_path):
    path = make(tmp_path / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", *TAGS, "-c:a", "aac", rate="24000/1001")
    info = probe(path)
    (video,), (audio,) = info.video, info.audio
    assert info.container == "mp4"
    assert (video.codec, video.profile) == ("h264", "High")
    assert (video.frame_rate, video.chroma, video.bit_depth) == (Fraction(24000, 1001), "4:2:0", 8)
    assert (video.scan, video.colour_range) == ("progressive", "limited")
    assert video.start == audio.start == 0, "priming samples and reordering are not shown"
    assert (audio.codec, audio.profile, audio.bit_depth) == ("aac", "LC", None)
    assert abs(audio.duration - timing.from_ms(2000)) <= timing.from_ms(22)


def test_matroska_rounding_is_no_variable_rate(tmp_path):
    path = make(tmp_path / "a.mkv", "-c:v", "libx264", "-c:a", "flac", rate="24000/1001")
    (video,) = probe(path).video
    assert video.min_frame_ticks == video.max_frame_ticks


def test_variable_rate_shows(tmp_path):
    select = "select='not(eq(mod(n,7),3))'"
    path = make(tmp_path / "a.mp4", "-vf", select, "-fps_mode", "vfr", "-c:v", "libx264", "-an")
    (video,) = probe(path).video
    assert video.min_frame_ticks == timing.from_ms(40)
    assert video.max_frame_ticks == timing.from_ms(80)


def test_interlaced_shows(tmp_path):
    path = make(tmp_path / "a.mp4", "-c:v", "libx264", "-flags", "+ilme+ildct", "-x264opts", "tff=1", "-an")
    assert probe(path).video[0].scan == "interlaced-tff"


def test_sound_only_and_picture_only(tmp_path):
    assert probe(make(tmp_path / "a.wav", "-vn", "-c:a", "pcm_s16le")).video == ()
    assert probe(make(tmp_path / "a.mov", "-an", "-c:v", "prores_ks")).audio == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.mov", b""),
        ("text.mov", b"this is a text, not a film\n" * 100),
        ("playlist.mov", b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n"),
        ("concat.mov", b"ffconcat version 1.0\nfile '/etc/passwd'\n"),
        ("noise.mov", os.urandom(100_000)),
        ("header.mov", b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  " + b"\xff" * 1000),
    ],
)
def test_bad_input_is_one_line(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(WorkerError) as caught:
        probe(path, 30)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_truncated_file_is_read_to_where_it_ends_or_refused(tmp_path):
    whole = make(tmp_path / "a.ts", "-c:v", "libx264", "-c:a", "aac")
    cut = tmp_path / "cut.ts"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert probe(cut).video[0].duration < probe(whole).video[0].duration


def test_a_crash_is_told_and_survived():
    with pytest.raises(WorkerError, match=r"crashed on it \(SIGSEGV\)"):
        run_isolated(signal.raise_signal, signal.SIGSEGV, seconds=20)


def test_a_hang_is_stopped():
    with pytest.raises(WorkerError, match=r"took longer than 0.5 s"):
        run_isolated(time.sleep, 30, seconds=0.5)


def test_an_error_of_any_kind_is_one_line():
    with pytest.raises(WorkerError, match=r"^TypeError: len\(\) takes exactly one argument"):
        run_isolated(len, seconds=20)


def test_a_playlist_that_poses_as_a_film_opens_nothing(tmp_path):
    film = make(tmp_path / "film.mp4", "-c:v", "libx264", "-an")
    for name, text in (
        ("concat.mov", f"ffconcat version 1.0\nfile {film.name}\n"),
        ("hls.mov", f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{film.name}\n#EXT-X-ENDLIST\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(WorkerError):
            probe(tmp_path / name, 30)


def test_damaged_headers_never_end_the_tool(tmp_path):
    data = make(tmp_path / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac").read_bytes()
    moov = data.index(b"moov")
    chance = random.Random(3)  # noqa: S311 -- repeatable, not secret
    for number in range(60):
        broken = bytearray(data)
        for _ in range(3):
            broken[chance.randrange(moov, len(data))] = chance.randrange(256)
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(broken)
        with contextlib.suppress(OSError, ValueError, ArithmeticError, LookupError, MemoryError):
            read_media(str(path))


def test_a_stream_that_nothing_decodes_is_an_other_stream(tmp_path):
    data = make(tmp_path / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac").read_bytes()
    path = tmp_path / "b.mp4"
    path.write_bytes(data.replace(b"avc1", b"zzzz"))
    info = probe(path)
    assert info.video == ()
    assert [stream.kind for stream in info.other] == ["video"]
