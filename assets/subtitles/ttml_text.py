"""The text of a TTML paragraph: what of it is shown when, in which style, with its ruby (TTML2, clause 10.2.35)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assets.subtitles import ttml_names, ttml_runs
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.ttml_names import Element
from assets.subtitles.ttml_runs import Interval, Piece
from assets.subtitles.ttml_style import Attributes, Style, Styles
from assets.subtitles.ttml_time import Clock
from assets.timing import Time

NEVER = 1 << 80
"""The end of what no end is given for."""

MAX_DEPTH = 100
"""How deep elements may be nested."""

_MAX_WORK = 1_000_000
"""How many pieces of text times instants of one paragraph are worked out before its inner times are passed over."""

_BLANK = " \t\n\r"
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])", re.ASCII)
_TIMING = frozenset({"begin", "dur", "end"})


def split(element: Element) -> tuple[dict[str, str], Attributes, str]:
    """The attributes of an element: those of timing, those of style, and its id."""
    times: dict[str, str] = {}
    rest = []
    name = ""
    for key, value in element.items():
        short = ttml_names.short_name(key)
        if short in _TIMING:
            times[short] = value
        elif short == "xml:id":
            name = value
        else:
            rest.append((short, value))
    return times, tuple(rest), name


def interval(times: Mapping[str, str], reference: Time, limit: Time, clock: Clock) -> tuple[Time, Time] | None:
    """Begin and end of an element whose times count from `reference`, at most until `limit`; None if one is none."""
    begin, end = reference, limit
    if "begin" in times:
        offset = clock.time(times["begin"])
        if offset is None:
            return None
        begin = reference + offset
    if "dur" in times:
        offset = clock.time(times["dur"])
        if offset is None:
            return None
        end = min(end, begin + offset)
    if "end" in times:
        offset = clock.time(times["end"])
        if offset is None:
            return None
        end = min(end, reference + offset)
    return begin, end


@dataclass(slots=True)
class Paragraph:
    """The pieces of one `p`, the features of it that are not kept, with their text, and its bad times.

    `expressions` are the times of spans. `bases` are the pieces that a ruby container has for readings, `read` how
    many of them have theirs. `marks` says whether text in it is marked as a forced narrative.
    """

    styles: Styles
    clock: Clock
    style: Style
    pieces: list[Piece] = field(default_factory=list)
    features: dict[str, list[str]] = field(default_factory=dict)
    bad_times: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    bases: list[Piece] = field(default_factory=list)
    read: int = 0
    timed: bool = False
    expressions: list[str] = field(default_factory=list)
    marks: set[bool] = field(default_factory=set)

    def gather(self, element: Element, style: Style, begin: Time, end: Time, depth: int = 0) -> Time:
        """Add the pieces of an element and all that is in it; the time at which the last of them ends."""
        if depth > MAX_DEPTH:
            raise NotSubtitlesError(f"line {element.sourceline}: elements nested more than {MAX_DEPTH} deep")
        latest = begin
        if element.text:
            self.add(element.text, style, begin, end)
        for child in element:
            name = ttml_names.name_of(child)
            if name == "br" and not style.sequential:
                self.pieces.append(Piece("\n", style.run, True, begin, end))
                self.unread += [words] if (words := ttml_names.text_of(child)) else []
            elif name == "span":
                latest = max(latest, self._span(child, style, latest if style.sequential else begin, end, depth + 1))
            else:
                self._other(child, name)
            if child.tail:
                self.add(child.tail, style, begin, end)
        return latest

    def add(self, text: str, style: Style, begin: Time, end: Time) -> None:
        """Add text, unless it is not shown: between the parts of ruby, hidden, or without a time in a sequence."""
        if text.strip(_BLANK):
            if style.hidden:
                self.note("hidden text", text)
                return
            if style.sequential:
                self.bad_times.append(text)
                return
            self.marks.add(style.forced)
        elif style.ruby or style.sequential:
            return
        if style.digits:
            self._digits(text, style, begin, end)
        else:
            self.pieces.append(Piece(text, style.run, style.preserve, begin, end))

    def note(self, feature: str, text: str) -> None:
        """Note something that is not kept, with its text."""
        self.features.setdefault(feature, []).append(" ".join(text.split()))

    def intervals(self, begin: Time, end: Time) -> list[Interval]:
        """Each stretch of time with the text shown in it; a paragraph without text is one stretch without text."""
        if not self.timed:
            return [(begin, end, ttml_runs.runs(self.pieces))]
        shown = [piece for piece in self.pieces if piece.text.strip(_BLANK)]
        for piece in shown:
            if begin < end and min(piece.end, end) <= max(piece.begin, begin):
                self.note("text whose time never comes", piece.text)
        times = {(piece.begin, piece.end) for piece in shown}
        if len(times) * len(self.pieces) > _MAX_WORK:
            self.features["times inside a paragraph, too many to follow"] = []
            times = {(begin, end)}
        if len(times) <= 1:
            begin, end = next(iter(times), (begin, end))
            return [(begin, end, ttml_runs.runs(self.pieces))]
        return ttml_runs.intervals(self.pieces, times)

    def _span(self, element: Element, outer: Style, begin: Time, end: Time, depth: int) -> Time:
        """Add a span; the time at which it ends, which is when it begins if it has no duration in a sequence."""
        times, rest, _ = split(element)
        style = self.styles.enter(outer, "span", rest)
        if times:
            found = interval(times, begin, end, self.clock)
            if found is None:
                self.bad_times.append("".join(element.itertext()))
                return begin
            begin, end = found
            self.timed = True
            self.expressions += times.values()
        if outer.sequential and not times.keys() & {"dur", "end"}:
            self.bad_times.append("".join(element.itertext()))
            return begin
        if style.gone:
            self.note("text that is not displayed", "".join(element.itertext()))
        elif style.ruby == "base":
            self._base(element, style, begin, end, depth)
        elif style.ruby == "text":
            self._reading(element, style, outer)
        elif style.ruby == "delimiter":
            self.note("ruby delimiters", "".join(element.itertext()))
        elif style.ruby == "container":
            kept = self.bases, self.read
            self.bases, self.read = [], 0
            self.gather(element, style, begin, end, depth)
            self.bases, self.read = kept
        else:
            latest = self.gather(element, style, begin, end, depth)
            return latest if style.sequential and end >= NEVER else end
        return end

    def _base(self, element: Element, style: Style, begin: Time, end: Time, depth: int) -> None:
        """Add the base of ruby as one piece: the model sets a reading beside one run."""
        inner = Paragraph(self.styles, self.clock, style)
        inner.gather(element, self.styles.enter(style, "span", (("tts:ruby", ""),)), begin, end, depth)
        self.features.update(inner.features)
        self.unread += inner.unread
        text = "".join(piece.text for piece in inner.pieces)
        run = inner.pieces[0].run if inner.pieces else style.run
        if inner.timed or any(piece.run != run for piece in inner.pieces):
            self.note("styles or times inside the base of ruby", text)
        piece = Piece(text if style.preserve else ttml_runs.collapsed(text), run, True, begin, end)
        if piece.text:
            self.pieces.append(piece)
            self.bases.append(piece)
            self.marks |= inner.marks

    def _reading(self, element: Element, style: Style, outer: Style) -> None:
        text = "".join(element.itertext())
        text = text if style.preserve else ttml_runs.collapsed(text)
        if not text:
            return
        if self.read < len(self.bases):
            base = self.bases[self.read]
            base.run = ttml_runs.with_ruby(base.run, text, style.ruby_position)
            self.read += 1
            if style.run != outer.run:
                self.note("style of ruby", text)
        else:
            self.note("ruby beyond one reading for each base", text)

    def _digits(self, text: str, style: Style, begin: Time, end: Time) -> None:
        """Add text in which numbers of so many digits are set upright."""
        upright = ttml_runs.combined(style.run)
        at = 0
        for match in _NUMBER.finditer(text):
            if len(match[0]) <= style.digits:
                self.pieces.append(Piece(text[at : match.start()], style.run, style.preserve, begin, end))
                self.pieces.append(Piece(match[0], upright, True, begin, end))
                at = match.end()
        self.pieces.append(Piece(text[at:], style.run, style.preserve, begin, end))

    def _other(self, element: Element, name: str) -> None:
        """Note what is no text of the paragraph: animation, images, metadata; or what has no place in it."""
        if name in {"set", "animate"}:
            self.note("animation", " ".join(value for _, value in element.items()))
        elif name == "image":
            self.note("image", ttml_names.attributes(element).get("src", ""))
        elif text := ttml_names.text_of(element):
            if name in {"", "metadata"}:
                self.note("metadata", text)
            else:
                self.unread.append(text)
