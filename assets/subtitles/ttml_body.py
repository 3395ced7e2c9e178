"""The body of a TTML document: its cues, with the times of nested containers (TTML2, clause 12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assets.subtitles import ttml_names, ttml_region, ttml_runs, ttml_text, ttml_vocabulary
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.model import Cue, Damage, Run
from assets.subtitles.ttml_names import Element
from assets.subtitles.ttml_style import Block, Style, Styles
from assets.subtitles.ttml_text import MAX_DEPTH, NEVER, Paragraph
from assets.subtitles.ttml_time import Clock
from assets.timing import Time

_CONTAINERS = frozenset({"body", "div", "p"})


@dataclass(slots=True)
class Body:
    """The walk through a document's body: the cues so far, in document order, and what is bad or not kept.

    `endless` are the places among the cues of those that nothing ends.
    """

    styles: Styles
    clock: Clock
    cues: list[Cue] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    endless: list[int] = field(default_factory=list)

    def report(self, kind: str, element: Element, what: str, text: str = "") -> None:
        """Add damage at the line of an element."""
        self.damage.append(Damage(kind, element.sourceline or 1, what, text))

    def element(self, element: Element, outer: Style, begin: Time = 0, end: Time = NEVER, depth: int = 0) -> Time:
        """Read a body, div or p and what is in it, where times count from `begin`; the time at which it ends."""
        if depth > MAX_DEPTH:
            raise NotSubtitlesError(f"line {element.sourceline}: elements nested more than {MAX_DEPTH} deep")
        name = ttml_names.name_of(element)
        if name not in _CONTAINERS:
            self._other(element, name)
            return begin
        times, given, identifier = ttml_text.split(element)
        style = self.styles.enter(outer, name, given)
        if times:
            found = ttml_text.interval(times, begin, end, self.clock)
            if found is None:
                expressions = " ".join(f'{key}="{value}"' for key, value in times.items())
                what = f"{expressions} cannot be read; the text is left out"
                self.report("bad-timestamp", element, what, ttml_names.text_of(element))
                return begin
            begin, end = found
            self._odd_times(element, times.values())
        if outer.sequential and not times.keys() & {"dur", "end"}:
            end = NEVER  # what has no duration in a sequence lasts as long as what is in it
        if any(key in ttml_vocabulary.IMAGES for key, _ in given):
            what = f"{name} with an image, which is not kept"
            self.report("not-kept", element, what, ttml_names.described(element))
        if style.gone:
            what = "text that is not displayed, which is left out"
            self.report("not-kept", element, what, ttml_names.text_of(element))
            return begin
        if name == "p":
            latest = self._paragraph(element, style, begin, end, identifier)
        else:
            latest = self._children(element, style, begin, end, depth)
        return end if end < NEVER else latest

    def _odd_times(self, element: Element, expressions: Iterable[str]) -> None:
        """Report times that are no proper ones, read all the same."""
        for expression in expressions:
            if what := self.clock.oddity(expression):
                self.report("odd-timestamp", element, what, expression)

    def _children(self, element: Element, style: Style, begin: Time, end: Time, depth: int) -> Time:
        """Read what is in a container; the time at which the last of it ends."""
        latest = begin
        self._stray(element, element.text)
        for child in element:
            latest = max(latest, self.element(child, style, latest if style.sequential else begin, end, depth + 1))
            self._stray(element, child.tail)
        return latest

    def _stray(self, element: Element, text: str | None) -> None:
        if text and (stray := " ".join(text.split())):
            self.report("unparsed-text", element, "text outside of any p, which players do not show", stray)

    def _other(self, element: Element, name: str) -> None:
        """Report what is neither a container nor a paragraph."""
        text = ttml_names.text_of(element)
        if name in {"set", "animate", "image"}:
            what = f"{name}, an image or animation, which is not kept"
            self.report("not-kept", element, what, ttml_names.described(element))
        elif name in {"", "metadata"}:
            if text:
                self.report("not-kept", element, "metadata, which are not kept", text)
        elif text:
            self.report("unparsed-text", element, f"{name} where it has no place; its text is left out", text)

    def _paragraph(self, element: Element, style: Style, begin: Time, end: Time, identifier: str) -> Time:
        """The cues of a p: one, or several if its spans have times of their own; when the last one ends."""
        block = self.styles.block(style)
        if block.placed is None and self.styles.regions:
            what = "in no region that is defined; players do not show it"
            self.report("bad-reference", element, what, ttml_names.text_of(element))
        if identifier.startswith("rp-") and ttml_region.MADE.fullmatch(identifier):
            identifier = ""
        if _is_plain(element, style):
            rows = [element.text or "", *(child.tail or "" for child in element)]
            text = "\n".join(rows if style.preserve else map(ttml_runs.collapsed, rows))
            runs = ttml_runs.canonical([(text, style.run)])
            return self._cue(element, begin, end, runs, block, identifier, forced=style.forced)
        paragraph = Paragraph(self.styles, self.clock, style)
        latest = paragraph.gather(element, style, begin, end)
        latest = latest if latest < NEVER else begin
        forced = style.forced
        if paragraph.marks:
            forced = False not in paragraph.marks
            if not forced and len(paragraph.marks) > 1:
                paragraph.note("a forced narrative mark on a part", ttml_names.text_of(element))
        if paragraph.pieces or not (paragraph.features or paragraph.bad_times):
            for start, stop, runs in paragraph.intervals(begin, end):
                latest = max(latest, self._cue(element, start, stop, runs, block, identifier, forced=forced))
                identifier = ""  # one cue alone can have it
        self._lost(element, paragraph)
        return latest

    def _lost(self, element: Element, paragraph: Paragraph) -> None:
        """Report what of a paragraph is not in its cues."""
        for text in paragraph.bad_times:
            what = "times of a span cannot be followed; its text is left out"
            self.report("bad-timestamp", element, what, text)
        self._odd_times(element, paragraph.expressions)
        for text in paragraph.unread:
            self.report("unparsed-text", element, "text of an element that has no place in a p", text)
        if paragraph.features:
            what = f"not kept: {', '.join(sorted(paragraph.features))}"
            text = " ".join(text for found in paragraph.features.values() for text in found)
            self.report("not-kept", element, what, text)

    def _cue(  # noqa: PLR0917 -- what a cue is made of
        self,
        element: Element,
        begin: Time,
        end: Time,
        runs: tuple[Run, ...],
        block: Block,
        identifier: str,
        *,
        forced: bool,
    ) -> Time:
        """Add a cue; one without an end takes no time for now. The time at which it ends."""
        number = len(self.cues) + 1
        if end >= NEVER:
            self.endless.append(number - 1)
            end = begin
        self.cues.append(
            Cue(
                number,
                begin,
                end,
                runs,
                element.sourceline or 1,
                block.position,
                block.region,
                block.text_align,
                block.rows_align,
                block.slant,
                forced,
                identifier,
            )
        )
        return end


def _is_plain(element: Element, style: Style) -> bool:
    """Whether a paragraph is text and row breaks in one style, shown all the time, as most are."""
    if style.hidden or style.digits or style.sequential or style.ruby:
        return False
    return all(ttml_names.name_of(child) == "br" and not len(child) and not child.text for child in element)


def root_style(given: Mapping[str, str]) -> Style:
    """What the root element hands down."""
    return Style(preserve=given.get("xml:space") == "preserve", language=given.get("xml:lang", ""))
