"""The text of a TTML paragraph: what of it is shown when, in which style, with white space as TTML wants it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assets.subtitles import markup, ttml_style
from assets.subtitles.model import Run
from assets.subtitles.ttml_style import Element, Style, Styles
from assets.subtitles.ttml_time import Clock
from assets.timing import Time

NEVER = 1 << 62
"""The end of what no end is given for."""

_BLANKS = re.compile("[ \t\n\r]+")
_HIDDEN_RUBY = ("text", "textContainer", "delimiter")
_SPECIAL = {
    "tts:ruby": "none",
    "tts:textEmphasis": "none",
    "tts:textCombine": "none",
    "tts:fontShear": "0%",
    "tts:lineShear": "0%",
    "tts:shear": "0%",
}
"""Styles of Japanese text that the model cannot hold, and the values that mean nothing."""

_MAX_WORK = 1_000_000
"""How many pieces of text times instants of one paragraph are worked out before its inner times are passed over."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an element hands down to its children. `begin` is what their times count from."""

    begin: Time
    end: Time
    style: Style
    region: str | None = None
    preserve: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one style that is shown from `begin` to `end`; a row break is a preserved line feed."""

    text: str
    context: Context


@dataclass(slots=True)
class Paragraph:
    """The pieces of one `p`, the features of it that are not kept, with their text, and its bad times."""

    styles: Styles
    clock: Clock
    pieces: list[Piece] = field(default_factory=list)
    features: dict[str, list[str]] = field(default_factory=dict)
    bad_times: list[str] = field(default_factory=list)

    def gather(self, element: Element, context: Context) -> None:
        """Add the pieces of an element and all that is in it."""
        self._add(element.text, context)
        for child in element:
            name = ttml_style.name_of(child)
            if name == "br":
                self.pieces.append(Piece("\n", replace(context, preserve=True)))
            elif name == "span":
                self._span(child, context)
            elif name in {"set", "animate"}:
                self.features.setdefault("animation", []).append(" ".join(child.attrib.values()))
            elif name == "image":
                self.features.setdefault("image", []).append(child.attrib.get("src", ""))
            self._add(child.tail, context)

    def note(self, style: Style, text: str) -> None:
        """Note what of a style the model cannot hold, with the text in that style."""
        for key, nothing in _SPECIAL.items():
            if style.get(key, nothing) not in {nothing, "container", "base", "baseContainer"}:
                self.features.setdefault(key, []).append(text)

    def _add(self, text: str | None, context: Context) -> None:
        if text:
            self.pieces.append(Piece(text, context))

    def _span(self, element: Element, context: Context) -> None:
        given = ttml_style.attributes(element)
        inner = enter(given, context, self.styles, self.clock)
        text = "".join(element.itertext())
        if inner is None:
            self.bad_times.append(text)
            return
        own = self.styles.specified(given)
        self.note(own, text)
        if given.get("timeContainer") == "seq":
            self.bad_times.append(text)
        elif own.get("tts:ruby") not in _HIDDEN_RUBY:
            if is_hidden(inner.style):
                self.features.setdefault("hidden text", []).append(text)
            else:
                self.gather(element, inner)

    def intervals(self, context: Context) -> list[tuple[Time, Time, tuple[Run, ...]]]:
        """Each stretch of time with the text shown in it; a paragraph without text is one stretch without text."""
        shown = [piece for piece in self.pieces if piece.text.strip(" \t\n\r")]
        times = {(piece.context.begin, piece.context.end) for piece in shown}
        if len(times) * len(self.pieces) > _MAX_WORK:
            self.features["times inside a paragraph, too many to follow"] = []
            times = {(context.begin, context.end)}
        if len(times) <= 1:
            begin, end = next(iter(times), (context.begin, context.end))
            return [(begin, end, runs(self.pieces))]
        instants = sorted({instant for pair in times for instant in pair})
        return list(_merged(self._between(begin, end) for begin, end in pairwise(instants)))

    def _between(self, begin: Time, end: Time) -> tuple[Time, Time, tuple[Run, ...]]:
        active = [piece for piece in self.pieces if piece.context.begin <= begin and piece.context.end >= end]
        return begin, end, _without_outer_breaks(runs(active))


def enter(given: dict[str, str], outer: Context, styles: Styles, clock: Clock) -> Context | None:
    """The context inside an element with the given attributes, or None if one of its times cannot be read."""
    times: dict[str, Time] = {}
    for key in ("begin", "dur", "end"):
        if key in given:
            time = clock.time(given[key])
            if time is None:
                return None
            times[key] = time
    begin = outer.begin + times.get("begin", 0)
    end = min(
        outer.end,
        begin + times["dur"] if "dur" in times else NEVER,
        outer.begin + times["end"] if "end" in times else NEVER,
    )
    region = given.get("region", outer.region)
    preserve = given["xml:space"] == "preserve" if "xml:space" in given else outer.preserve
    return Context(begin, end, styles.computed(outer.style, given), region, preserve)


def is_hidden(style: Style) -> bool:
    """Whether text of a style is not shown."""
    return style.get("tts:display") == "none" or style.get("tts:visibility") == "hidden"


def runs(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """The text of pieces with white space collapsed where it is not preserved, at row breaks to nothing."""
    result: list[Run] = []
    soft = True  # whether a blank here would be at the beginning of a row or after a blank
    collapsed = False  # whether the last run ends with such a blank
    for piece in pieces:
        text = piece.text
        if not piece.context.preserve:
            text = _BLANKS.sub(" ", text)
            text = text[1:] if soft and text.startswith(" ") else text
        if not text:
            continue
        if collapsed and text.startswith("\n"):
            result[-1] = _run(result[-1].text[:-1], result[-1])
        collapsed = text.endswith(" ") and not piece.context.preserve
        soft = collapsed or text.endswith("\n")
        result.append(_run(text, _styled(piece.context.style)))
    if collapsed:
        result[-1] = _run(result[-1].text[:-1], result[-1])
    return markup.tidy(result)


def _run(text: str, style: Run) -> Run:
    return Run(text, style.italic, style.bold, style.underline)


def _styled(style: Style) -> Run:
    return Run(
        "",
        style.get("tts:fontStyle") in {"italic", "oblique", "reverseOblique"},
        style.get("tts:fontWeight") == "bold",
        "underline" in style.get("tts:textDecoration", "").split(),
    )


def _without_outer_breaks(text: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs without the empty rows that rows not yet or no longer shown leave at the top and the bottom."""
    result = list(text)
    while result and not result[0].text.strip("\n"):
        del result[0]
    while result and not result[-1].text.strip("\n"):
        del result[-1]
    if result:
        result[0] = _run(result[0].text.lstrip("\n"), result[0])
        result[-1] = _run(result[-1].text.rstrip("\n"), result[-1])
    return markup.tidy(result)


def _merged(
    intervals: Iterator[tuple[Time, Time, tuple[Run, ...]]],
) -> Iterator[tuple[Time, Time, tuple[Run, ...]]]:
    """Intervals with text; neighbours that show the same are one."""
    last: tuple[Time, Time, tuple[Run, ...]] | None = None
    for begin, end, text in intervals:
        if last and last[1] == begin and last[2] == text:
            last = (last[0], end, text)
            continue
        if last and last[2]:
            yield last
        last = (begin, end, text)
    if last and last[2]:
        yield last
