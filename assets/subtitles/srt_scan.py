"""Where the cues of a SubRip file begin and end, line by line, so that nothing of a damaged file is lost unseen.

SubRip has no standard; the form that every player reads is an index counting from 1, a line of times, rows of text,
and a blank line. What departs from it is told apart here and reported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assets.subtitles import timestamps
from assets.subtitles.model import Damage

_CLOCK = "[0-9]{2,6}:[0-5][0-9]:[0-5][0-9],[0-9]{3}"
_TIMES = re.compile(rf"{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?: +(?:(?!-->).)*)?")
_INDEX = re.compile(r"[0-9]{1,9}")
_BLANKS = " \t"
_INVISIBLE = " \t\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069"
"""Marks of byte order, direction and joining: they stand before indexes in files put together from others."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of one cue. `line` is its first, `times` the line of times; `timing` is set if that has an odd form."""

    line: int
    index: int
    times: str
    timing: timestamps.Timing | None
    rows: list[str]


def scan(lines: list[str], above: int = 0, index: int | None = 0, *, last: bool = True) -> "Scan":
    """The cues of some lines in their order, and what is wrong with them: each line is in the one or the other.

    `above` counts the lines of the file before these, `index` is that of the cue before, None if it had none; `last`
    says that the file ends with these lines.
    """
    result = Scan(lines, above, index, last)
    result.run()
    return result


@dataclass(slots=True)
class Scan:
    """What a scan knows so far. `index` is that of the last cue."""

    lines: list[str]
    above: int
    index: int | None
    last: bool
    frames: list[Frame] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)

    def run(self) -> None:
        """Fill `frames` and `damage`."""
        lines = self.lines
        marks = [number for number, line in enumerate(lines) if ">" in line and _is_times(lines, number)]
        heads = list(self._heads(marks))
        self._unparsed(0, heads[0][0] if heads else len(lines), "text before the first cue")
        for place, (mark, (head, name)) in enumerate(zip(marks, heads, strict=True)):
            stop = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
            if place and lines[head - 1].strip(_BLANKS):
                self._report("missing-blank-line", head, "no blank line before this cue", lines[head])
            self.index = self._index(mark, head, name, self.index)
            self._frame(mark, head, stop, self.index)

    def _report(self, kind: str, at: int, what: str, text: str) -> None:
        self.damage.append(Damage(kind, self.above + at + 1, what, text))

    def _heads(self, marks: list[int]) -> Iterator[tuple[int, str | None]]:
        """For each line of times, where its cue begins, and the text that stands in place of the index."""
        floor = 0
        for mark in marks:
            yield _head(self.lines, mark, floor)
            floor = mark + 1

    def _index(self, mark: int, head: int, name: str | None, before: int | None) -> int | None:
        """Report an index that is not one more than the last, and give it; None if it is no number."""
        if name is None:
            self._report("missing-index", mark, "no index above the times", self.lines[mark])
            return None if before is None else before + 1
        stripped = name.strip(_INVISIBLE)
        if _INDEX.fullmatch(stripped) is None:
            self._report("bad-index", head, "the line above the times is no number", name)
            return None
        if stripped != name.strip(_BLANKS):
            self._report("bad-index", head, "invisible characters beside the index", name)
        if mark - head > 1:
            self._report("bad-index", head, "blank lines between the index and the times", name)
        index = int(stripped)
        if before is not None and index != before + 1:
            what = "the same index as the cue before" if index == before else f"{before + 1} is expected"
            self._report("bad-index", head, f"index {index}: {what}", name)
        return index

    def _frame(self, mark: int, head: int, stop: int, index: int | None) -> None:
        times = self.lines[mark]
        strict = _TIMES.fullmatch(times.rstrip(_BLANKS))
        timing = None if strict else timestamps.loose(times.strip(_INVISIBLE))
        if not strict and timing is None:
            text = "\n".join(self.lines[head:stop]).rstrip()
            self._report("bad-timestamp", mark, "times that cannot be read; the cue is left out", text)
            return
        if timing:
            self._report("odd-timestamp", mark, "not as HH:MM:SS,mmm --> HH:MM:SS,mmm; read all the same", times)
        self.frames.append(
            Frame(self.above + head + 1, index or 0, times.strip(_BLANKS), timing, self._rows(mark + 1, stop))
        )

    def _rows(self, start: int, stop: int) -> list[str]:
        """The rows of text of a cue whose lines end before `stop`.

        Text after a blank line belongs to the cue still, as players show it, with two exceptions: a paragraph that
        begins with an index is a cue without times, and after the last cue anything may stand that is not subtitles.
        """
        rows: list[str] = []
        for first, last in self._paragraphs(start, stop):
            if rows and (
                (self.last and stop == len(self.lines)) or _INDEX.fullmatch(self.lines[first].strip(_INVISIBLE))
            ):
                self._unparsed(first, stop, "text after a blank line, without times")
                break
            if first > start:
                self._report("misplaced-blank-line", first - 1, "blank line before a row of text", self.lines[first])
            rows += self.lines[first:last]
        return rows

    def _paragraphs(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Where runs of lines that are not blank begin and end."""
        first: int | None = None
        for number in range(start, stop + 1):
            blank = number == stop or not self.lines[number].strip(_BLANKS)
            if first is not None and blank:
                yield first, number
                first = None
            elif first is None and not blank:
                first = number

    def _unparsed(self, start: int, stop: int, what: str) -> None:
        while start < stop and not self.lines[start].strip(_BLANKS):
            start += 1
        text = "\n".join(self.lines[start:stop]).rstrip("\n" + _BLANKS)
        if text:
            self._report("unparsed-text", start, what, text)


def _is_times(lines: list[str], number: int) -> bool:
    """Whether a line was meant to hold times, as is any line with `-->` below an index that stands alone."""
    if timestamps.is_meant_as_times(lines[number]):
        return True
    alone = number == 1 or (number > 1 and not lines[number - 2].strip(_BLANKS))
    return "-->" in lines[number] and alone and _INDEX.fullmatch(lines[number - 1].strip(_INVISIBLE)) is not None


def _head(lines: list[str], mark: int, floor: int) -> tuple[int, str | None]:
    """The first line of a cue whose times are at `mark`, and its index; the lines before `floor` are another's.

    A number right above the times is the index. Other text there is an index gone bad if it stands alone, else a row
    of the cue before. Across blank lines only a number that stands alone is an index.
    """
    above = mark - 1
    while above >= floor and not lines[above].strip(_BLANKS):
        above -= 1
    if above < floor:
        return mark, None
    number = _INDEX.fullmatch(lines[above].strip(_INVISIBLE)) is not None
    alone = above == 0 or (above > floor and not lines[above - 1].strip(_BLANKS))
    adjacent = above == mark - 1
    if (adjacent and number) or (alone and (number or adjacent)):
        return above, lines[above]
    return mark, None
