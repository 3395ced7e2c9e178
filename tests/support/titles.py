"""Title files and read titles for tests, small and made by the tests themselves."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from declared import with_declared_sound

from assets import digest, timing
from assets.media import AudioStream, Master, MediaInfo, VideoStream
from assets.subjects import ReadTitle
from assets.subtitles.model import Cue, Run, SubtitleTrack
from assets.title import Title

TITLE_TOML = """\
original_language = "ko"
format = "1 x 84"
runtime = "01:24:00"
production_year = 2020
[names]
ko = "김일성의 아이들"
en = "Kim Il Sung's Children"
[[versions]]
id = "ko"
language = "ko"
master = "masters/film.mov"
[[versions.audio]]
language = "ko"
[[versions.subtitles]]
file = "subtitles/film.en.srt"
language = "en"
[[windows]]
id = "svod-world"
right = "svod"
territories = ["worldwide"]
start = 2026-12-01
end = 2028-12-01
zone = "Asia/Seoul"
languages = ["ko", "en"]
"""


def write_title(root: Path, text: str = TITLE_TOML, title_id: str = "film") -> Path:
    """A catalogue at `root` with one title; the path of its title.toml."""
    path = root / "titles" / title_id / "title.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (root / "releaseprint.toml").touch()
    return path


def write_files(title: Title) -> None:
    """Some bytes for every file a title refers to."""
    for file in title.files():
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(file.name.encode() * 1000)


def video(**changes: object) -> VideoStream:
    """A progressive 1080p25 ProRes HQ stream of 84 minutes."""
    facts = {
        "index": 0,
        "codec": "prores",
        "profile": "HQ",
        "width": 1920,
        "height": 1080,
        "sample_aspect": Fraction(1),
        "frame_rate": Fraction(25),
        "scan": "progressive",
        "pixel_format": "yuv422p10le",
        "bit_depth": 10,
        "chroma": "4:2:2",
        "colour_primaries": "bt709",
        "colour_transfer": "bt709",
        "colour_matrix": "bt709",
        "colour_range": "limited",
        "bit_rate": 180_000_000,
        "start": 0,
        "duration": timing.from_seconds(Fraction(84 * 60)),
        "frames": 84 * 60 * 25,
        "min_frame_ticks": timing.from_frames(1, Fraction(25)),
        "max_frame_ticks": timing.from_frames(1, Fraction(25)),
    }
    return VideoStream(**{**facts, **changes})


def audio(**changes: object) -> AudioStream:
    """A stereo PCM stream in Korean, as long as `video`."""
    facts = {
        "index": 1,
        "codec": "pcm_s24le",
        "profile": "",
        "channels": 2,
        "layout": "stereo",
        "sample_rate": 48000,
        "bit_depth": 24,
        "bit_rate": 2_304_000,
        "start": 0,
        "duration": timing.from_seconds(Fraction(84 * 60)),
        "language": "kor",
    }
    return AudioStream(**{**facts, **changes})


def media(**changes: object) -> MediaInfo:
    """A MOV of `video` and `audio`."""
    facts = {"container": "mov", "duration": video().duration, "bit_rate": 182_000_000}
    return MediaInfo(**{**facts, "video": (video(),), "audio": (audio(),), **changes})


def cues(*texts: str) -> tuple[Cue, ...]:
    """One cue of two seconds every three seconds."""
    return tuple(
        Cue(number, timing.from_ms(3000 * number), timing.from_ms(3000 * number + 2000), (Run(text),), number * 4)
        for number, text in enumerate(texts, 1)
    )


def read_title(title: Title) -> ReadTitle:
    """A title whose files (see `write_files`) are taken for a good master and good tracks, without reading them."""
    assets: list = []
    for version in title.versions:
        if version.master is not None:
            path = version.master.path
            sha256 = digest.sha256_file(path)
            master = Master(version.master, version, title.programme, media(), path.stat().st_size, sha256)
            assets.append(with_declared_sound(master))
        assets += [
            SubtitleTrack(
                file=track.file,
                version=version.id,
                language=track.language,
                kind=track.kind,
                format="srt",
                encoding="utf-8",
                bom=False,
                cues=cues("Hello.", "Goodbye."),
                size=track.file.path.stat().st_size,
                sha256=digest.sha256_file(track.file.path),
                programme=title.programme,
                frame_rate=Fraction(25),
                programme_end=video().duration,
            )
            for track in version.subtitles
        ]
    return ReadTitle(title, tuple(assets))


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
