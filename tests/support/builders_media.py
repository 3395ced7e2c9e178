"""Builds the subjects of the cases of masters, sound and artwork: a good one, with what the case says otherwise.

A case's `video` and `audio` are a table that changes the one stream, or a list of tables, one for each stream; a table
of sound with `stems = 6` stands for six streams of one channel. Times are text in seconds (`"5040"`,
`"1001/24000"`), rates and ratios are text (`"24000/1001"`).
"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import media_facts
from declared import with_declared_sound

from assets.artwork_reading import Picture
from assets.media import AudioStream, Master, MediaInfo, OtherStream, SoundFile, VideoStream
from assets.subjects import ArtworkImage, UnreadableArtwork, UnreadableMaster, UnreadableSound
from assets.timing import from_seconds
from assets.title import ArtworkDeclaration, AssetFile, AudioDeclaration, Programme, Version

RUNTIME = "5040"  # 84 minutes

VIDEO = {
    "index": 0,
    "codec": "prores",
    "profile": "HQ",
    "width": 1920,
    "height": 1080,
    "sample_aspect": "1",
    "frame_rate": "24",
    "scan": "progressive",
    "pixel_format": "yuv422p10le",
    "bit_depth": 10,
    "chroma": "4:2:2",
    "colour_primaries": "bt709",
    "colour_transfer": "bt709",
    "colour_matrix": "bt709",
    "colour_range": "limited",
    "bit_rate": 176_000_000,
    "start": "0",
    "duration": RUNTIME,
    "frames": 120_960,
    "min_frame_ticks": "1/24",
    "max_frame_ticks": "1/24",
}
AUDIO = {
    "index": 1,
    "codec": "pcm_s24le",
    "profile": "",
    "channels": 2,
    "layout": "stereo",
    "sample_rate": 48_000,
    "bit_depth": 24,
    "bit_rate": 2_304_000,
    "start": "0",
    "duration": RUNTIME,
    "language": "kor",
}
TIMES = {"start", "duration", "min_frame_ticks", "max_frame_ticks"}
RATIOS = {"sample_aspect", "frame_rate"}
NOTHING = "none"  # TOML has no null: a field that the file leaves out


def master(case):
    video = [VideoStream(**_stream(VIDEO, changes)) for changes in _listed(case.get("video", {}))]
    audio = [AudioStream(**_stream(AUDIO, changes)) for changes in _with_stems(case.get("audio", {}))]
    declared = case.get("declared", [{"stream": number} for number in range(len(audio))])
    info = MediaInfo(
        container=case.get("container", "mov"),
        duration=_time(case.get("duration", RUNTIME)),
        bit_rate=180_000_000,
        video=tuple(video),
        audio=tuple(audio),
        other=tuple(OtherStream(**item) for item in case.get("other", [])),
        timecode=case.get("timecode"),
        **media_facts.container(case),
    )
    file = _file(case.get("file", "master.mov"))
    version = Version("ko", "ko", file, tuple(_declaration(item) for item in declared))
    return with_declared_sound(Master(file, version, _programme(case), info, 1_000_000, "0" * 64))


def artwork(case):
    kind = case.get("kind", "poster")
    file = _file(case.get("file", "포스터.jpg"))
    return ArtworkImage(
        file=file,
        declaration=ArtworkDeclaration(file, kind, case.get("language")),
        width=case.get("width", 2000),
        height=case.get("height", 3000),
        mode=case.get("mode", "RGB"),
        format=case.get("format", "JPEG"),
        size=case.get("size", 1_000_000),
        sha256="0" * 64,
        picture=Picture(**case.get("picture", {})),
    )


def unreadable_master(case):
    return UnreadableMaster(_file("master.mov"), "ko", case["reason"])


def unreadable_sound(case):
    return UnreadableSound(_file("음성.wav"), "ko", case["reason"])


def beside(made):
    """The sound of a master as a file of its own, which goes with the picture that the master has."""
    info = replace(made.info, container="wav", video=())
    common = (made.file, made.version, made.programme, info, made.size, made.sha256, made.audio_declarations)
    return SoundFile(*common, made.signals, picture=made.info.video[0] if made.info.video else None)


def unreadable_artwork(case):
    return UnreadableArtwork(_file("포스터.jpg"), "", case["reason"])


def _listed(value):
    return value if isinstance(value, list) else [value]


def _with_stems(value):
    for table in _listed(value):
        stem = {"channels": 1, "layout": "1 channels (FL)"} if "stems" in table else {}
        changes = {key: item for key, item in table.items() if key != "stems"}
        yield from [{**stem, **changes}] * table.get("stems", 1)


def _stream(default, changes):
    unknown = changes.keys() - default.keys() - media_facts.STREAM
    if unknown:
        raise ValueError(f"a case sets {', '.join(sorted(unknown))}, which a stream does not have")
    return {key: _value(key, value) for key, value in {**default, **changes}.items()}


def _value(key, value):
    if value == NOTHING:
        return None
    if key in TIMES:
        return _time(value)
    return Fraction(value) if key in RATIOS else media_facts.value(key, value)


def _time(text):
    return from_seconds(Fraction(text))


def _file(name):
    return AssetFile(name, Path("/catalogue/titles/a-title") / name)


def _declaration(item):
    file = _file(item["file"]) if "file" in item else None
    return AudioDeclaration(item.get("language", "ko"), item.get("layout", "stereo"), item.get("stream", 0), file)


def _programme(case):
    return Programme(
        episodes=1,
        minutes=84,
        runtime=_time(case.get("runtime", RUNTIME)),
        runtime_tolerance=_time(case.get("runtime_tolerance", "1")),
        production_year=2020,
        original_language="ko",
    )
