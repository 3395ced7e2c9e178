"""Pictures of a master's sound as SVG: the wave and the curve of its loudness, from what its one decode measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from assets.making.fonts import one_line
from assets.signals.model import Level, Loudness, SoundSignals
from assets.timing import TICKS_PER_SECOND, ms_text

_LEFT, _WIDTH, _RIGHT = 90, 1080, 30
_WAVE, _CURVE, _GAP, _HEAD = 140, 200, 44, 64
_MOST_COLUMNS = _WIDTH
_LOWEST: Level = -6000
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_MOST_TICKS = 12

_STYLE = """
:root { color-scheme: light dark }
.paper { fill: #ffffff } .ink { fill: #1c1c1c } .soft { fill: #5a5a5a }
.grid { stroke: #d4d4d4 } .wave { fill: #2f6f9f } .curve { fill: none; stroke: #b4491d; stroke-width: 1.5 }
.whole { stroke: #1d7a4d; stroke-dasharray: 6 4 }
text { font: 13px system-ui, sans-serif } .name { font-size: 18px; font-weight: 600 }
@media (prefers-color-scheme: dark) {
.paper { fill: #16181c } .ink { fill: #ececec } .soft { fill: #a9adb4 }
.grid { stroke: #3a3e45 } .wave { fill: #6fb1e0 } .curve { stroke: #f0925f } .whole { stroke: #5fcf98 }
}
"""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where times are on the width."""

    seconds: int

    def x(self, second: float) -> str:
        return f"{_LEFT + _WIDTH * second / self.seconds:.1f}"

    def step(self, count: int) -> int:
        """How many seconds a column has, so that there are no more columns than can be seen."""
        return max(1, -(-count // _MOST_COLUMNS))


def curves_svg(name: str, sounds: Sequence[SoundSignals]) -> str:
    """A page with the wave and the loudness of each sound under each other; `name` is the heading, any text.

    The wave is the highest sample of each second, the curve the short-term loudness at its end (EBU Tech 3341). Of a
    long programme each column shows the highest of its seconds.
    """
    scale = _Scale(max([1, *(max(len(sound.peaks), _points(sound)) for sound in sounds)]))
    height = _HEAD + len(sounds) * (_WAVE + _CURVE + 2 * _GAP)
    shown = _text(name)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + _RIGHT} {height}" role="img">',
        f"<title>{shown}</title><style>{_STYLE}</style>",
        '<rect class="paper" width="100%" height="100%"/>',
        f'<text class="ink name" x="{_LEFT}" y="34">{shown}</text>',
    ]
    for number, sound in enumerate(sounds):
        lines += _sound(number, sound, scale, _HEAD + number * (_WAVE + _CURVE + 2 * _GAP))
    return "\n".join([*lines, "</svg>", ""])


def _sound(number: int, sound: SoundSignals, scale: _Scale, top: int) -> Iterator[str]:
    yield f'<text class="ink" x="{_LEFT}" y="{top + 14}">{_text(_facts(number, sound))}</text>'
    wave = top + 24
    yield _line(_LEFT, wave + _WAVE // 2, "grid")
    yield f'<path class="wave" d="{_wave(sound.peaks, scale, wave)}"/>'
    curve = wave + _WAVE + 16
    for level in range(0, _LOWEST - 1, -1000):
        yield _line(_LEFT, _y(level, curve), "grid")
        yield _label(_LEFT - 8, _y(level, curve) + 4, f"{level // 100}", "end")
    yield _label(_LEFT - 8, curve - 10, "LUFS", "end")
    if sound.loudness is not None:
        if sound.loudness.gated is not None:
            yield _line(_LEFT, _y(sound.loudness.gated, curve), "whole")
        yield from (f'<path class="curve" d="{path}"/>' for path in _curve(sound.loudness.curve, scale, curve))
    for second in _ticks(scale):
        text = ms_text(second * TICKS_PER_SECOND).partition(".")[0]
        yield f'<text class="soft" x="{scale.x(second)}" y="{curve + _CURVE + 18}" text-anchor="middle">{text}</text>'


def _facts(number: int, sound: SoundSignals) -> str:
    """`audio 0, stereo: -23.0 LUFS, range 6.1 LU, true peak -1.2 dBTP, lasts 01:24:00.000`."""
    words = _loudness(sound.loudness) if sound.loudness is not None else ("loudness not measured",)
    return f"audio {number}, {sound.layout}: {', '.join(words)}, lasts {ms_text(sound.end - sound.start)}"


def _loudness(loudness: Loudness) -> Iterator[str]:
    yield f"{_decibels(loudness.gated)} LUFS"
    if loudness.lra is not None:
        yield f"range {_decibels(loudness.lra)} LU"
    yield f"true peak {_decibels(loudness.true_peak)} dBTP"


def _decibels(level: Level | None) -> str:
    return f"{level / 100:.1f}" if level is not None else "-∞"


def _points(sound: SoundSignals) -> int:
    return len(sound.loudness.curve) if sound.loudness else 0


def _wave(peaks: Sequence[Level | None], scale: _Scale, top: int) -> str:
    """The outline of the wave: its upper side from left to right, its lower side back."""
    upper, lower, middle = [], [], top + _WAVE / 2
    for second, level in _columns(peaks, scale):
        size = 0.0 if level is None else min(1.0, 10 ** (level / 2000)) * _WAVE / 2
        end = min(len(peaks), second + scale.step(len(peaks)))
        upper.append(f"{scale.x(second)},{middle - size:.1f}L{scale.x(end)},{middle - size:.1f}")
        lower.append(f"{scale.x(end)},{middle + size:.1f}L{scale.x(second)},{middle + size:.1f}")
    points = [*upper, *reversed(lower)]
    return f"M{'L'.join(points)}Z" if points else ""


def _curve(levels: Sequence[Level | None], scale: _Scale, top: int) -> Iterator[str]:
    """The curve in pieces: where there is no loudness there is no line."""
    piece: list[str] = []
    step = scale.step(len(levels))
    for second, level in [*_columns(levels, scale), (len(levels), None)]:
        if level is None:
            if piece:
                yield "M" + "L".join(piece)
            piece = []
        else:  # a value is known when its second is over
            piece.append(f"{scale.x(min(second + step, len(levels)))},{_y(level, top)}")


def _columns(levels: Sequence[Level | None], scale: _Scale) -> Iterator[tuple[int, Level | None]]:
    """The highest level of each column, with the second at which it begins."""
    step = scale.step(len(levels))
    for second in range(0, len(levels), step):
        known = [level for level in levels[second : second + step] if level is not None]
        yield second, max(known, default=None)


def _ticks(scale: _Scale) -> range:
    step = next((step for step in _STEPS if scale.seconds // step <= _MOST_TICKS), scale.seconds // _MOST_TICKS)
    return range(0, scale.seconds + 1, step)


def _y(level: Level, top: int) -> int:
    return top + round(_CURVE * min(0, max(level, _LOWEST)) / _LOWEST)


def _line(x: int, y: int, kind: str) -> str:
    return f'<path class="{kind}" d="M{x},{y}H{x + _WIDTH}"/>'


def _label(x: int, y: int, text: str, anchor: str) -> str:
    return f'<text class="soft" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'


def _text(text: str) -> str:
    """A text of people as it may stand in XML: on one line, without the characters that XML does not have."""
    return escape("".join(char for char in one_line(text) if char not in "\ufffe\uffff"))
