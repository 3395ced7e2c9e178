"""The text of one paragraph of a SAMI file: HTML as it is found in the wild.

White space is that of HTML: line ends and runs of blanks are one blank, none at the ends of a row; `&nbsp;` stays.
Rows without anything at the ends of a paragraph are taken off: many files begin each with `<br>`. Unclosed and crossed
tags are read as players read them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from assets.subtitles import markup
from assets.subtitles.html_colours import colour_of
from assets.subtitles.model import Run

Note = tuple[str, str, str]
"""Kind of damage, what is wrong, the source text."""

_KEPT_ROW = "\0"
"""Stands for markup.GUARD while rows are trimmed: it shows nothing, but its row was meant. `tidy` takes it off."""

_BLANK = "\x01"
"""A blank of the source that HTML would join with its neighbours; a blank written as `&#32;` is text."""

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANK_RUN = re.compile(f"{_BLANK}+")
_PARTS = re.compile(f"(\n|{_BLANK}+)")
_TOKEN = re.compile(r"<!--.*?(?:-->|$)|<(/?)([A-Za-z][^\s<>/]*)([^<>]*)(>|(?=<)|$)", re.DOTALL)
EMPTY = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][\w:-]*(?:[^<>]*>|\s*(?=<|\Z))", re.DOTALL | re.ASCII)
"""What shows nothing for certain; a tag that is not closed may have swallowed text, its name among it."""

_ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,30})\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'>]+))""")
_BLANKS = re.compile(r"[ \t\n\f]+")
_POSITIONS = {"over": "before", "under": "after", "alternate": "outside"}
RUBY_POSITIONS = {place: css for css, place in _POSITIONS.items()}
_BRACKETS = "()[]（）［］【】《》〈〉 \t\n\f\0"
"""What stands in `rp`, for readers that know no ruby."""

_ROW_END = Run("\n")
_SHOWN = re.compile(r"[^ \t\n\f\u00a0]")


@dataclass(slots=True)
class _Reader:
    """What has been read so far of a paragraph."""

    pieces: list[Run] = field(default_factory=list)
    depth: dict[str, int] = field(default_factory=lambda: dict.fromkeys(markup.STYLES, 0))
    fonts: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    ruby: str = ""
    base: int = -1
    reading: list[str] | None = None
    aside: bool = False

    def text(self, text: str) -> None:
        """Add plain text in the styles that are open, or to the reading of a ruby."""
        if not text:
            return
        if self.aside:
            self.lost += [f"<rp>{text}"] if text.strip(_BRACKETS) else []
            return
        plain = html.unescape(_BLANKS.sub(_BLANK, text)) if text != _KEPT_ROW else text
        if self.reading is not None:
            self.reading.append(plain)
            return
        italic, bold, underline = (self.depth[tag] > 0 for tag in markup.STYLES)
        colour = next((colour for colour, _ in reversed(self.fonts) if colour), "")
        font = next((name for _, name in reversed(self.fonts) if name), "")
        self.pieces.append(Run(plain, italic, bold, underline, colour=colour, font=font))

    def tag(self, match: re.Match[str]) -> None:
        """Follow a tag, or note it in one of the lists."""
        closing, name, rest = bool(match[1]), match[2].lower(), match[3]
        if not match[4]:
            self.unclosed.append(match[0].strip())
        elif (closing or name not in {"font", "ruby"}) and rest.strip(" \t\n\f/"):
            self.lost.append(match[0])
        if name == "br":
            self.text_break()
        elif name in markup.STYLES:
            self.style(name, closing=closing)
        elif name == "font":
            self.font(rest, closing=closing, source=match[0])
        elif name in {"ruby", "rt", "rb", "rp"}:
            self.ruby_tag(name, rest, closing=closing)
        elif name not in {"p", "body", "sami", "sync"} and not (closing or rest.strip(" \t\n\f/")):
            self.lost.append(match[0])

    def text_break(self) -> None:
        """Begin another row."""
        if self.reading is None:
            self.pieces.append(_ROW_END)

    def style(self, name: str, *, closing: bool) -> None:
        """Open or close one of `i`, `b`, `u`."""
        if closing and not self.depth[name]:
            self.unbalanced.append(f"</{name}>")
        else:
            self.depth[name] += -1 if closing else 1

    def font(self, rest: str, *, closing: bool, source: str) -> None:
        """Open or close a font: colour and face are kept."""
        if closing:
            if self.fonts:
                self.fonts.pop()
            else:
                self.unbalanced.append("</font>")
            return
        values = attributes(rest)
        colour = colour_of(values.pop("color", ""))
        self.fonts.append((colour or "", values.pop("face", "").strip()))
        if values or colour is None:
            self.lost.append(source)

    def ruby_tag(self, name: str, rest: str, *, closing: bool) -> None:
        """Follow ruby, its base and its reading; `rp` is for those who know no ruby."""
        self.aside = name == "rp" and not closing
        if name == "ruby" and not closing:
            self.end_reading()
            self.ruby, self.base = _ruby_position(rest), len(self.pieces)
            if rest.strip() and not self.ruby:
                self.lost.append(f"<ruby{rest}>")
        elif name == "ruby":
            self.end_reading()
            self.base = -1
        elif name == "rt":
            self.end_reading()
            self.reading = None if closing else []

    def end_reading(self) -> None:
        """Set the reading beside the base that it follows."""
        if self.reading is None:
            return
        reading = "".join(self.reading).replace(_BLANK, " ").strip(" ")
        base = self.pieces[self.base :] if self.base >= 0 else []
        text = "".join(run.text for run in base)
        if text.strip(_BLANK) and reading:
            shown = [run for run in base if run.text.strip(_BLANK + "\n")] or base
            if any(replace(run, text="") != replace(shown[0], text="") for run in shown):
                self.lost.append(f"styles within the base of {reading}")
            self.pieces[self.base :] = [replace(shown[0], text=text, ruby=reading, ruby_position=self.ruby)]
        elif reading:
            self.lost.append(f"<rt>{reading}</rt>")
        self.reading = None
        self.base = len(self.pieces) if self.base >= 0 else -1


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag by their names in lower case; quotes may be missing at either end."""
    return {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(text)
    }


def is_clear(source: str) -> bool:
    """Whether a paragraph shows nothing, so that it ends what was shown before it."""
    if "<" not in source and "&" not in source:
        return _SHOWN.search(source) is None
    if markup.GUARD in source:
        return False
    return _SHOWN.search(html.unescape(EMPTY.sub("", source) if "<" in source else source)) is None


def read(source: str) -> tuple[tuple[Run, ...], list[Note]]:
    """The runs of a paragraph, and what of its markup is not kept or not well formed."""
    rows = _BREAK.split(source) if "&" not in source else []
    if rows and not any("<" in row for row in rows):
        text = "\n".join(" ".join(filter(None, _BLANKS.split(row))) for row in rows).strip("\n")
        return markup.tidy([Run(text)] if text else []), []
    reader, end = _Reader(), 0
    source = source.replace("\0", "").replace(_BLANK, "").replace(markup.GUARD, _KEPT_ROW)
    for match in _TOKEN.finditer(source):
        _texts(reader, source[end : match.start()])
        end = match.end()
        if match[2]:
            reader.tag(match)
        else:
            reader.lost.append(match[0])
    _texts(reader, source[end:])
    reader.end_reading()
    runs = markup.tidy(_laid_out(reader.pieces))
    reader.unbalanced += [f"<{name}>" for name, depth in reader.depth.items() if depth]
    reader.unbalanced += ["<font>"] * len(reader.fonts)
    return runs, list(_notes(reader))


def _texts(reader: _Reader, source: str) -> None:
    for number, part in enumerate(source.split(_KEPT_ROW)):
        if number:
            reader.text(_KEPT_ROW)
        reader.text(part)


def _laid_out(pieces: list[Run]) -> list[Run]:
    """The pieces without the blanks that HTML does not show, and without empty rows at the ends."""
    result: list[tuple[Run, str]] = []  # a run that has the style, and text in it
    pending: Run | None = None
    in_row = False
    for piece in pieces:
        for part in [piece.text] if piece.ruby else _PARTS.split(piece.text):
            text = _BLANK_RUN.sub(" ", part.strip(_BLANK)) if _BLANK in part else part
            if part == "\n":
                result.append((_ROW_END, "\n"))
                pending, in_row = None, False
            elif text:
                result += [(pending, " ")] if pending else []
                result.append((piece, text))
                pending, in_row = None, True
            elif part and in_row and pending is None:
                pending = piece
    shown = [number for number, (_, text) in enumerate(result) if text != "\n"]
    return list(_joined(result[shown[0] : shown[-1] + 1])) if shown else []


def _joined(parts: list[tuple[Run, str]]) -> Iterator[Run]:
    """Runs of the parts of one style that stand side by side."""
    for _, group in groupby(parts, key=lambda part: id(part[0])):
        found = list(group)
        yield replace(found[0][0], text="".join(text for _, text in found))


def _notes(reader: _Reader) -> Iterator[Note]:
    if reader.lost:
        yield "not-kept", "comments, tags or attributes that are not kept", " ".join(reader.lost)
    if reader.unclosed:
        yield "unparsed-text", "a tag without >; what stands in it is left out", " ".join(reader.unclosed)
    if reader.unbalanced:
        yield "unbalanced-tag", "tags without their other half", " ".join(reader.unbalanced)


def _ruby_position(rest: str) -> str:
    match = re.search(r"ruby-position\s*:\s*([a-z]+)", rest)
    return _POSITIONS.get(match[1], "") if match else ""
