r"""The text of an event of SubStation Alpha: override blocks `{\i1\an8}`, row breaks `\N`, and its plain text.

Plain text has no escape in the published formats. Read and written are those that libass knows: `\{` and `\}` are
braces, and a backslash that could be taken for the beginning of something has a word joiner (U+2060) after it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain

from assets.subtitles import ass_style, markup
from assets.subtitles.ass_style import Look, Style
from assets.subtitles.model import Region, Run

JOINER = "\u2060"

_PIECE = re.compile(rf"\{{(?P<block>[^}}]*)\}}|\\(?P<escape>[Nnh{{}}{JOINER}])")
_ESCAPE = re.compile(rf"\\(?P<escape>[Nnh{{}}{JOINER}])")
_TAG = re.compile(r"\\(?:(?P<font>fn[^\\]*)|(?P<tag>[^\\()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)?)?))")
_POS = re.compile(r"pos\(\s*(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)\s*,\s*(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)\s*\)?", re.ASCII)
_PLACE = re.compile(r"(an?)\s*([0-9]{1,2})", re.ASCII)
_SWITCH = re.compile(r"([ibu])\s*(-?[0-9]{0,4})", re.ASCII)
_COLOUR = re.compile(r"1?c\s*(&?H?[0-9A-Fa-f]{1,16}&?|)", re.ASCII)
_ALPHA = re.compile(r"(?:1a|alpha)\s*(&?H?[0-9A-Fa-f]{1,8}&?|)", re.ASCII)
_DRAWING = re.compile(r"p\s*([0-9]{1,3})", re.ASCII)
_WHOLE = Fraction(100)


@dataclass(slots=True)
class Event:
    """What an event's text says, as it is read. `lost` are the tags, comments and drawings that are not kept."""

    styles: dict[str, Style]
    own: Style
    size: tuple[Fraction, Fraction]
    soft_break: str
    speaker: str
    position: int = 0
    point: tuple[Fraction, Fraction] | None = None
    runs: list[Run] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    open_brace: bool = False
    _look: Look = field(default_factory=Look)
    _base: Look = field(default_factory=Look)
    _drawing: bool = False

    def read(self, text: str) -> None:
        """Read the text field of an event."""
        self._look = self._base = self.own.look
        if "{" not in text and "\\" not in text:
            self._text(text)
            return
        end, closed = 0, text.rfind("}") + 1  # no brace after it is closed, and a search for its end would be in vain
        for piece in chain(_PIECE.finditer(text, 0, closed), _ESCAPE.finditer(text, closed)):
            self._text(text[end : piece.start()])
            end = piece.end()
            if piece["escape"]:
                self._text(self._escaped(piece["escape"]))
            else:
                self._block(piece["block"])
        self._text(text[end:])
        self.open_brace = "{" in text[end:]

    def tidied(self) -> tuple[Run, ...]:
        """What was read, in the canonical form of runs."""
        return markup.tidy(self.runs)

    @property
    def place(self) -> int:
        """Where the cue stands, as on a numeric keypad."""
        return self.position or self.own.position

    def region(self) -> Region | None:
        """The largest region whose edge or middle is the event's point, as its alignment asks; None without a point.

        A point outside the picture, or at an edge that leaves no room, is noted in `lost`.
        """
        if self.point is None:
            return None
        row, column = divmod(self.place - 1, 3)
        (x, width), (y, height) = extent(self.point[0], column), extent(self.point[1], 2 - row)
        if width <= 0 or height <= 0 or not (0 <= x <= _WHOLE and 0 <= y <= _WHOLE):
            self.lost.append(f"\\pos({float(self.point[0]):g}%, {float(self.point[1]):g}%)")
            return None
        return Region(x, y, width, height, ("after", "center", "before")[row])

    def _escaped(self, char: str) -> str:
        return {"N": "\n", "n": self.soft_break, "h": "\u00a0", JOINER: "\\"}.get(char, char)

    def _text(self, text: str) -> None:
        if not text:
            return
        if self._drawing:
            self.lost.append(text.strip())
            return
        look = self._look
        style = (look.italic, look.bold, look.underline)
        self.runs.append(Run(text, *style, colour=look.model_colour, font=look.font, speaker=self.speaker))

    def _block(self, block: str) -> None:
        end = 0
        for match in _TAG.finditer(block):
            self._comment(block[end : match.start()])
            end = match.end()
            tag = (match["font"] or match["tag"]).strip()
            if not self._font(match["font"]) and not any(reads(self, tag) for reads in _READERS):
                self.lost.append(f"\\{tag}")
        self._comment(block[end:])

    def _comment(self, text: str) -> None:
        if text.strip():
            self.lost.append(f"{{{text}}}")

    def _font(self, tag: str | None) -> bool:
        if tag is None:
            return False
        name = tag[2:].strip()
        self._look = replace(self._look, font=name if name not in {"", "0"} else self._base.font)
        return True

    def _switch(self, tag: str) -> bool:
        match = _SWITCH.fullmatch(tag)
        if match is None:
            return False
        base, on = self._base, _is_on(match[1], match[2])
        if match[1] == "i":
            self._look = replace(self._look, italic=base.italic if on is None else on)
        elif match[1] == "b":
            self._look = replace(self._look, bold=base.bold if on is None else on)
        else:
            self._look = replace(self._look, underline=base.underline if on is None else on)
        return True

    def _colour(self, tag: str) -> bool:
        match = _COLOUR.fullmatch(tag)
        if match is None:
            return False
        found = ass_style.colour_of(_as_hex(match[1])) if match[1] else None
        self._look = replace(self._look, colour=found[0] if found else self._base.colour)
        return True

    def _alpha(self, tag: str) -> bool:
        match = _ALPHA.fullmatch(tag)
        if match is None:
            return False
        found = ass_style.alpha_of(_as_hex(match[1])) if match[1] else None
        self._look = replace(self._look, alpha=self._base.alpha if found is None else found)
        return tag.startswith("1a") or found in {None, self._base.alpha}  # \alpha is about outline and shadow as well

    def _reset(self, tag: str) -> bool:
        if not tag.startswith("r") or tag.startswith("rnd"):
            return False
        name = tag[1:].strip()
        if name and name.lower() not in self.styles:
            self.unknown.append(name)
        self._base = self._look = self.styles.get(name.lower(), self.own).look
        return True

    def _placing(self, tag: str) -> bool:
        match = _PLACE.fullmatch(tag)
        place = ass_style.keypad(int(match[2]), legacy=match[1] == "a") if match else None
        if place is None or self.position:
            return False
        self.position = place
        return True

    def _pos(self, tag: str) -> bool:
        match = _POS.fullmatch(tag)
        if match is None or self.point:
            return False
        x, y = (Fraction(match[number]) * 100 / self.size[number - 1] for number in (1, 2))
        self.point = (x, y)
        return True

    def _draw(self, tag: str) -> bool:
        match = _DRAWING.fullmatch(tag)
        if match is None:
            return False
        self._drawing = int(match[1]) > 0
        return not self._drawing


_READERS: tuple[Callable[[Event, str], bool], ...] = (
    Event._switch,  # noqa: SLF001 -- the table of the class's own tags
    Event._placing,  # noqa: SLF001
    Event._pos,  # noqa: SLF001
    Event._colour,  # noqa: SLF001
    Event._alpha,  # noqa: SLF001
    Event._draw,  # noqa: SLF001
    Event._reset,  # noqa: SLF001
)


def _is_on(tag: str, value: str) -> bool | None:
    """What a switch says; None for one without a value, which goes back to the style."""
    if value in {"", "-"}:
        return None
    return ass_style.is_bold(value) if tag == "b" else int(value) != 0


def _as_hex(value: str) -> str:
    """Override tags are always hexadecimal, with or without `&H`."""
    return value if value.upper().lstrip("&").startswith("H") else f"&H{value.lstrip('&')}"


def extent(point: Fraction, side: int) -> tuple[Fraction, Fraction]:
    """The beginning and length of the longest stretch that begins at, is centred on, or ends at a point of 0 to 100."""
    if side == 0:
        return point, _WHOLE - point
    if side == 2:  # noqa: PLR2004 -- the side after 0 and 1
        return Fraction(0), point
    half = min(point, _WHOLE - point)
    return point - half, 2 * half
