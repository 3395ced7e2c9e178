"""Scripts of SubStation Alpha, v4+ and v4, written: one style, and what differs from it in override tags."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from assets.subtitles import ass_style, ass_text, markup
from assets.subtitles.format import Feature, Target
from assets.subtitles.model import Cue, Region, Run
from assets.timing import TICKS_PER_MS, Time

HOLDS_V4 = frozenset(
    {
        Feature.ITALIC,
        Feature.BOLD,
        Feature.COLOUR,
        Feature.FONT,
        Feature.SPEAKER,
        Feature.TOP,
        Feature.PLACE,
    }
)
HOLDS = HOLDS_V4 | {Feature.UNDERLINE}

_WIDTH, _HEIGHT = 1920, 1080
_STEPS = 1000
"""Points are written in thousandths of the script's units, which are those of a picture of 1920 by 1080."""

_TICKS = TICKS_PER_MS * 10
_HEAD = f"""\
[Script Info]
ScriptType: v4.00+
PlayResX: {_WIDTH}
PlayResY: {_HEIGHT}
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,{ass_style.FONT},60,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,0,2,60,60,60,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_HEAD_V4 = f"""\
[Script Info]
ScriptType: v4.00
Collisions: Normal
PlayResX: {_WIDTH}
PlayResY: {_HEIGHT}
Timer: 100.0000

[V4 Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, \
BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding
Style: Default,{ass_style.FONT},60,16777215,255,0,0,0,0,1,2,0,2,60,60,60,0,1

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def write(cues: Sequence[Cue], _target: Target) -> bytes:
    """A script of the version 4.00+ in centiseconds. The format has no place for the language."""
    return (_HEAD + "".join(_event(cue, "0", plus=True) for cue in cues)).encode()


def write_v4(cues: Sequence[Cue], _target: Target) -> bytes:
    """A script of the version 4.00: alignment by its codes, no underline."""
    return (_HEAD_V4 + "".join(_event(cue, "Marked=0", plus=False) for cue in cues)).encode()


def losses(cue: Cue, _target: Target) -> Iterator[str]:
    """What of a cue neither version holds, beside features: names with its own signs, regions that are no anchor."""
    names = _speakers(cue)
    if len(names) > 1:
        yield f"speakers of parts of the cue: {', '.join(sorted(names))}"
    for name in sorted(names):
        if _field(name) != name:
            yield f"commas, braces or outer blanks in a speaker's name: {name}"
    for font in sorted({run.font for run in cue.runs}):
        if _writable(font) != font or font == "0":
            yield f"braces, backslashes or outer blanks in a font's name: {font}"
    if cue.region and not _is_anchored(cue.region, cue.position):
        yield f"the extent of the region; kept is the point that the text hangs from: {_region_text(cue.region)}"
    elif cue.region and any(value % 1 for value in _point(cue.region, cue.position)):
        yield f"a place finer than a thousandth of a point: {_region_text(cue.region)}"


def _event(cue: Cue, first: str, *, plus: bool) -> str:
    names = _speakers(cue)
    name = _field(min(names)) if len(names) == 1 else ""
    marks = ""
    if cue.position != markup.BOTTOM or cue.region:
        marks = f"\\an{cue.position}" if plus else f"\\a{ass_style.LEGACY_OF[cue.position]}"
    if cue.region:
        x, y = (round(value) for value in _point(cue.region, cue.position))
        marks += f"\\pos({_decimal(x)},{_decimal(y)})"
    text = _written(cue.runs, underline=plus)
    place = f"{{{marks}}}" if marks else ""
    return f"Dialogue: {first},{_clock(cue.start)},{_clock(cue.end)},Default,{name},0,0,0,,{place}{text}\n"


def _speakers(cue: Cue) -> set[str]:
    """Who speaks in a cue; a row break before all text is nobody's."""
    return {run.speaker for run in cue.runs if run.text.strip("\n")}


def _field(name: str) -> str:
    return _writable(name.replace(",", " "))


def _point(region: Region, position: int) -> tuple[Fraction, Fraction]:
    """Where a region's text hangs from, in thousandths of the script's units."""
    x, y = _anchor(region, position)
    return x * _WIDTH * _STEPS / 100, y * _HEIGHT * _STEPS / 100


def _decimal(thousandths: int) -> str:
    sign, digits = "-" if thousandths < 0 else "", f"{abs(thousandths):04}"
    return sign + f"{digits[:-3]}.{digits[-3:]}".rstrip("0").rstrip(".")


def _region_text(region: Region) -> str:
    return ", ".join(f"{float(value):g}%" for value in (region.x, region.y, region.width, region.height))


def _clock(time: Time) -> str:
    """`H:MM:SS.cc`, rounded half up; a time before zero is zero."""
    seconds, hundredths = divmod(max(0, (time + _TICKS // 2) // _TICKS), 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"


def _anchor(region: Region, position: int) -> tuple[Fraction, Fraction]:
    """The point of a region that a cue at `position` hangs from, in per cent of the picture."""
    row, column = divmod(position - 1, 3)
    return region.x + region.width * Fraction(column, 2), region.y + region.height * Fraction(2 - row, 2)


def _is_anchored(region: Region, position: int) -> bool:
    """Whether a region says no more than its anchor: it is the one that the anchor is read as."""
    row, column = divmod(position - 1, 3)
    x, y = _anchor(region, position)
    (left, width), (top, height) = ass_text.extent(x, column), ass_text.extent(y, 2 - row)
    return region == Region(left, top, width, height, ("after", "center", "before")[row])


def _escape(text: str) -> str:
    """Plain text as text of an event."""
    return text.replace("\\", f"\\{ass_text.JOINER}").replace("{", "\\{").replace("\n", "\\N")


def _tags(run: Run, *, underline: bool) -> Iterator[str]:
    """The override tags of a run's style."""
    if run.italic:
        yield "\\i1"
    if run.bold:
        yield "\\b1"
    if run.underline and underline:
        yield "\\u1"
    if run.colour:
        yield f"\\1c&H{ass_style.bgr(run.colour)}&"
    if len(run.colour) > len(ass_style.WHITE) and run.colour[7:9].lower() != "ff":
        yield f"\\1a&H{0xFF - int(run.colour[7:9], 16):02X}&"
    if name := _writable(run.font):
        yield f"\\fn{name}"


def _writable(name: str) -> str:
    """A font's or speaker's name without what would end it."""
    return re.sub(r"[\\{}\r\n]", "", name).strip()


def _written(runs: tuple[Run, ...], *, underline: bool) -> str:
    """Runs as text of an event: each begins with the tags of its style, after a reset if one came before it."""
    result: list[str] = []
    styled = False
    for run in markup.tidy(runs):
        marks = "".join(_tags(run, underline=underline))
        if marks or styled:
            reset = "\\r" if styled else ""
            result.append(f"{{{reset}{marks}}}")
        styled = styled or bool(marks)
        result.append(_escape(run.text))
    return "".join(result)
