"""From a title that was read to what its report page shows beside the report: masters, cues, limits of counting."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from assets.media import AudioStream, Master
from assets.platform import Platform
from assets.sounds import Sound
from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.timing import rate_text
from assets.title import Audience, Version
from checks import suites
from checks.by_language import limit_for
from checks.core import CannotCheck, Limits
from checks.media import codec_text, sounds_declared
from checks.subtitle.line_too_long import LineLength
from checks.subtitle.reads_too_fast import ReadingSpeed
from cli.render.report import Context, Reel, Track
from cli.render.words import duration_text, size_text, time_text


def context_of(read: ReadTitle, platform: Platform, operator: str) -> Context:
    """What a page shows of a title; `operator` is who had the report made."""
    limits = _limits(platform)
    tracks = tuple(_track(track, limits) for track in _once(read.tracks()))
    reels = tuple(_reel(master, read) for master in read.masters())
    return Context(read.title.names, operator, reels, tracks)


def _once(tracks: tuple[SubtitleTrack, ...]) -> Iterator[SubtitleTrack]:
    """Each file once: versions may share one."""
    seen: set[str] = set()
    for track in tracks:
        if track.file.name not in seen:
            seen.add(track.file.name)
            yield track


def _limits(platform: Platform) -> list[Limits]:
    """The limits of the checks that count characters, where they do not depend on anything else."""
    return [item.limits for item in suites.suite(platform) if item.limits is not None and not item.cases]


def _track(track: SubtitleTrack, limits: list[Limits]) -> Track:
    cpl = next((_limit(item.max_cpl, track) for item in limits if isinstance(item, LineLength)), None)
    speeds = (item for item in limits if isinstance(item, ReadingSpeed) and track.kind not in item.exempt)
    cps = next((_limit(item.max_cps, track) for item in speeds), None)
    return Track(track.file.name, track.language, track.cues, cpl, cps)


def _limit(table: Mapping[str, int], track: SubtitleTrack) -> int | None:
    audience = track.programme.audience if track.programme else Audience.ADULT
    try:
        return limit_for(dict(table), track.language, track.kind, audience, counts_characters=True)
    except CannotCheck:
        return None


def _reel(master: Master, read: ReadTitle) -> Reel:
    versions = [version for version in read.title.versions if version.master == master.file]
    ids = {version.id for version in versions}
    readable = {track.file.name for track in read.tracks()}
    names = [track.file.name for version in versions for track in version.subtitles]
    return Reel(
        asset=master.file.name,
        duration=master.info.duration,
        rate=_rate(master),
        facts=tuple(_facts(master, versions)),
        tracks=tuple(dict.fromkeys(name for name in names if name in readable)),
        sounds=tuple(sound.file.name for sound in read.sound_files() if sound.version.id in ids),
        signals=master.signals,
    )


def _rate(master: Master) -> Fraction | None:
    return master.info.video[0].frame_rate if master.info.video else None


def _facts(master: Master, versions: list[Version]) -> Iterator[tuple[str, str]]:
    """The rows of the header that a report has for each master."""
    info, rate = master.info, _rate(master)
    yield "Version", ", ".join(version.id for version in versions)
    yield "Size", size_text(master.size)
    yield "Duration", time_text(info.duration, rate)
    yield "Total running time", duration_text(info.duration)
    if master.programme.runtime:
        yield "Declared running time", duration_text(master.programme.runtime)
    yield "Start timecode", info.timecode or "none"
    if rate:
        yield "Frame rate", f"{rate_text(rate)} fps"
    for stream in info.video:
        yield "Raster", f"{stream.width} x {stream.height}, {stream.scan}"
        yield "Picture", f"{codec_text(stream)}, {stream.chroma}, {stream.bit_depth} bit"
    for number, sound in enumerate(sounds_declared(master), 1):
        yield f"Audio {number}", _sound(info.audio, sound)
    yield "SHA-256", master.sha256


def _sound(streams: tuple[AudioStream, ...], sound: Sound) -> str:
    """`ko, 5.1 (FL FR FC LFE BL BR), pcm_s24le, 48 kHz`."""
    first = streams[sound.numbers[0]]
    labels = f" ({' '.join(sound.labels)})" if sound.labels else ""
    hertz = Fraction(first.sample_rate, 1000)
    parts = (first.language or "", f"{sound.layout}{labels}", codec_text(first), f"{rate_text(hertz)} kHz")
    return ", ".join(part for part in parts if part)
