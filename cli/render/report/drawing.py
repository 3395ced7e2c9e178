"""The time line of a reel as SVG: what was found, the cuts, the cues, the wave, the loudness, black, still, silent.

Each lane is a picture of its own whose width is the reel in hundredths of a second, so that a script shows a part of
it by its view box alone; without a script it is whole. Colours are those of the page's style sheet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assets.signals.model import Level, PictureSignals, SoundSignals, Stretch
from assets.timing import TICKS_PER_SECOND, Time
from checks.core import Finding, Severity
from cli.render.report.context import Reel, Track

MOST_POINTS = 2_000
"""Points of a curve, and columns of a wave."""

HEIGHT = 100
"""The height of a lane in its own units."""

_MOST_BARS = 6_000
_HUNDREDTH = TICKS_PER_SECOND // 100
_LOWEST: Level = -6000
_SILENT_PICTURE = 0.5


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: what it is called, its kind (a class of the style sheet), and its paths, each with a class."""

    name: str
    kind: str
    paths: tuple[tuple[str, str], ...]
    language: str = ""


def width(reel: Reel) -> int:
    """The length of a reel in hundredths of a second."""
    return max(1, _at(reel.duration))


def lanes(reel: Reel, findings: Iterable[Finding], tracks: Sequence[Track]) -> list[Lane]:
    """The lanes that have anything to show; those of findings always."""
    found = list(findings)
    drawn = [_findings(found)]
    drawn += [
        Lane("Cues", "track", (("cue", _bars((cue.start, cue.end) for cue in track.cues)),), track.language)
        for track in tracks
    ]
    if reel.signals is not None:
        for picture in reel.signals.pictures[:1]:
            drawn += _picture(picture)
        for sound in reel.signals.sounds:
            drawn += _sound(sound)
    return [lane for lane in drawn if lane.kind == "found" or any(path for _, path in lane.paths)]


def _findings(findings: Sequence[Finding]) -> Lane:
    """Errors stand highest, notes lowest, so that the severities are told apart without colours."""
    paths = []
    for severity, band in ((Severity.ERROR, (0, 32)), (Severity.WARNING, (34, 66)), (Severity.NOTE, (68, 100))):
        times = (
            (item.at.start, item.at.end or item.at.start)
            for item in findings
            if item.severity is severity and item.at.start is not None
        )
        paths.append((str(severity), _bars(times, band)))
    return Lane("Findings", "found", tuple(paths))


def _picture(picture: PictureSignals) -> Iterator[Lane]:
    yield Lane("Cuts", "cuts", (("cut", "".join(f"M{_at(time)} 0V{HEIGHT}" for time in picture.cuts)),))
    yield Lane(
        "Picture",
        "bands",
        (
            ("black", _stretches(picture.black)),
            ("still", _stretches(picture.frozen)),
            ("bars", _stretches(picture.bars)),
        ),
    )


def _sound(sound: SoundSignals) -> Iterator[Lane]:
    silence = ("silence", _stretches(sound.silence))
    yield Lane("Sound", "wave", (silence, ("peak", _wave(sound))))
    if sound.loudness is not None:
        whole = sound.loudness.gated
        line = "" if whole is None else f"M{_at(sound.start)} {_y(whole)}H{_at(sound.end)}"
        yield Lane("Loudness", "loudness", (("whole", line), ("short", _curve(sound))))


def _stretches(found: Iterable[Stretch]) -> str:
    return _bars((item.start, item.end) for item in found)


def _bars(times: Iterable[tuple[Time, Time]], band: tuple[int, int] = (0, HEIGHT)) -> str:
    """Bars in a band of the lane; those that touch are one where there are more than can be told apart."""
    top, bottom = band
    spans = sorted({(_at(start), _at(end)) for start, end in times})
    if len(spans) > _MOST_BARS:
        spans = _joined(spans, max(1, (spans[-1][0] - spans[0][0]) // _MOST_BARS))
    return "".join(f"M{start} {top}V{bottom}H{max(start, end)}V{top}Z" for start, end in spans)


def _joined(spans: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _wave(sound: SoundSignals) -> str:
    """The outline of the wave: its upper side from left to right, its lower side back."""
    upper, lower = [], []
    for start, end, level in _columns(sound.peaks, sound.start):
        size = 0 if level is None else round(min(1.0, 10 ** (level / 2000)) * HEIGHT * _SILENT_PICTURE)
        upper.append(f"{start} {50 - size}H{end}")
        lower.append(f"{end} {50 + size}H{start}")
    points = [*upper, *reversed(lower)]
    return f"M{'L'.join(points)}Z" if points else ""


def _curve(sound: SoundSignals) -> str:
    """Pieces of a line: where there is no loudness there is no line."""
    drawn, is_open = [], False
    for _, end, level in _columns(sound.loudness.curve if sound.loudness else (), sound.start):
        if level is not None:
            drawn.append(f"{'L' if is_open else 'M'}{end} {_y(level)}")
        is_open = level is not None
    return "".join(drawn)


def _columns(levels: Sequence[Level | None], start: Time) -> Iterator[tuple[int, int, Level | None]]:
    """The highest level of each column of whole seconds, with its ends."""
    step = max(1, -(-len(levels) // MOST_POINTS))
    first = _at(start)
    for second in range(0, len(levels), step):
        known = [level for level in levels[second : second + step] if level is not None]
        end = min(len(levels), second + step)
        yield first + second * 100, first + end * 100, max(known, default=None)


def _y(level: Level) -> int:
    """0 LUFS is at the top, -60 at the bottom."""
    return round(Fraction(HEIGHT * min(0, max(level, _LOWEST)), _LOWEST))


def _at(time: Time) -> int:
    return time // _HUNDREDTH
