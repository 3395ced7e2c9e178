"""Pieces of text -> runs: white space as TTML wants it, the canonical form, and what is shown when."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assets.subtitles.model import Run
from assets.timing import Time

BLANKS = re.compile("[ \t\n\r]+")
_PLAIN = Run("")

Interval = tuple[Time, Time, tuple[Run, ...]]
"""In-cue, out-cue, and what is shown between them."""


@dataclass(slots=True)
class Piece:
    """Text in one style (`run`, whose own text counts for nothing) that is shown from `begin` to `end`.

    A row break is a preserved line feed.
    """

    text: str
    run: Run
    preserve: bool
    begin: Time
    end: Time


def collapsed(text: str) -> str:
    """The text with its white space as single blanks, and none at the ends."""
    return BLANKS.sub(" ", text).strip(" ")


def styled(run: Run, text: str) -> Run:
    """A run with another text."""
    if run is _PLAIN:
        return Run(text)
    return Run(
        text,
        run.italic,
        run.bold,
        run.underline,
        run.ruby,
        run.ruby_position,
        run.emphasis,
        run.combine,
        run.slant,
        run.colour,
        run.background,
        run.font,
        run.language,
        run.speaker,
    )


def runs(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    """The text of pieces with white space collapsed where it is not preserved, at row breaks to nothing."""
    shown: list[tuple[str, Run]] = []
    soft = True  # whether a blank here would be at the beginning of a row or after a blank
    blank = False  # whether the text so far ends with such a blank
    for piece in pieces:
        text = piece.text
        if not piece.preserve:
            text = BLANKS.sub(" ", text)
            if soft and text[:1] == " ":
                text = text[1:]
        if not text:
            continue
        if blank and text[0] == "\n":
            shown[-1] = (shown[-1][0][:-1], shown[-1][1])
        blank = text[-1] == " " and not piece.preserve
        soft = blank or text[-1] == "\n"
        shown.append((text, piece.run))
    if blank:
        shown[-1] = (shown[-1][0][:-1], shown[-1][1])
    return canonical(shown)


def canonical(pieces: Iterable[tuple[str, Run]]) -> tuple[Run, ...]:
    """The form of runs that `markup.tidy` gives: no empty run, no neighbours of one style, breaks with what is before.

    This is quicker, as it need not look for characters that XML cannot hold.
    """
    result: list[tuple[list[str], Run]] = []
    for piece, run in pieces:
        text = piece.replace("\r\n", "\n").replace("\r", "\n") if "\r" in piece else piece
        if text[:1] == "\n":
            rest = text.lstrip("\n")
            _add(result, text[: len(text) - len(rest)], _without_ruby(result[-1][1]) if result else _PLAIN)
            text = rest
        if text:
            _add(result, text, run)
    return tuple([styled(run, texts[0] if len(texts) == 1 else "".join(texts)) for texts, run in result])


def _add(result: list[tuple[list[str], Run]], text: str, run: Run) -> None:
    if result and (result[-1][1] is run or result[-1][1] == run) and not run.ruby:
        result[-1][0].append(text)
    else:
        result.append(([text], run))


def with_ruby(run: Run, ruby: str, position: str) -> Run:
    """The style of a run with a reading beside it."""
    return Run(
        "",
        run.italic,
        run.bold,
        run.underline,
        ruby,
        position if ruby else "",
        run.emphasis,
        run.combine,
        run.slant,
        run.colour,
        run.background,
        run.font,
        run.language,
        run.speaker,
    )


def _without_ruby(run: Run) -> Run:
    return with_ruby(run, "", "") if run.ruby else run


def intervals(pieces: Sequence[Piece], times: Iterable[tuple[Time, Time]]) -> list[Interval]:
    """Each stretch of time between the given instants with the text shown in it, where there is any."""
    instants = sorted({instant for pair in times for instant in pair})
    return list(_merged(_between(pieces, begin, end) for begin, end in pairwise(instants)))


def _between(pieces: Sequence[Piece], begin: Time, end: Time) -> Interval:
    active = [piece for piece in pieces if piece.begin <= begin and piece.end >= end]
    return begin, end, _without_outer_breaks(runs(active))


def _without_outer_breaks(text: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs without the empty rows that rows not yet or no longer shown leave at the top and the bottom."""
    result = list(text)
    while result and not result[0].text.strip("\n"):
        del result[0]
    while result and not result[-1].text.strip("\n"):
        del result[-1]
    if result:
        result[0] = styled(result[0], result[0].text.lstrip("\n"))
        result[-1] = styled(result[-1], result[-1].text.rstrip("\n"))
    return tuple(result)


def _merged(found: Iterator[Interval]) -> Iterator[Interval]:
    """Intervals with text; neighbours that show the same are one."""
    last: Interval | None = None
    for begin, end, text in found:
        if last and last[1] == begin and last[2] == text:
            last = (last[0], end, text)
            continue
        if last and last[2]:
            yield last
        last = (begin, end, text)
    if last and last[2]:
        yield last


def combined(run: Run) -> Run:
    """The style of a run that is set upright in a vertical row."""
    return replace(run, combine=True)
