"""Styled text: the canonical form of runs, and what the inline tags of SubRip and WebVTT have in common."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from operator import attrgetter

from assets.subtitles.model import Cue, Run, with_text

GUARD = "<i></i>"
"""Shows nothing and is read as nothing: put where plain text would be taken for structure (a blank row, a tag)."""

BOTTOM = 2
"""Where a cue stands if its file does not say: bottom centre, as on a numeric keypad."""

STYLES = {"i": "italic", "b": "bold", "u": "underline"}
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML cannot hold: control characters but tab and line ends, half surrogate pairs, U+FFFE, U+FFFF."""


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The canonical form of runs: no empty run, no neighbours of one style.

    A row break has the style of what stands before it, and none at the beginning. Line ends become line feeds, and
    characters that no format can hold (UNHELD) are left out.
    """
    pieces: list[tuple[Run, list[str]]] = []  # a run that has the style, and the texts in it
    for run in runs:
        text = run.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in run.text else run.text
        text = UNHELD.sub("", text) if UNHELD.search(text) else text
        rest = text.lstrip("\n")
        if len(rest) < len(text):
            before = replace(pieces[-1][0], ruby="", ruby_position="") if pieces else Run("")
            _add(pieces, before, text[: len(text) - len(rest)])
        _add(pieces, run, rest)
    return tuple(run if texts == [run.text] else with_text(run, "".join(texts)) for run, texts in pieces)


_style = attrgetter(*(field.name for field in fields(Run) if field.name != "text"))
"""All of a run but its text."""


def _add(pieces: list[tuple[Run, list[str]]], style: Run, text: str) -> None:
    if not text:
        return
    if pieces and not style.ruby and _style(pieces[-1][0]) == _style(style):
        pieces[-1][1].append(text)
    else:
        pieces.append((style, [text]))


def rows(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each row that is shown; a row may be empty. No text at all is one empty row."""
    result: list[list[Run]] = [[]]
    for run in tidy(runs):
        for number, text in enumerate(run.text.split("\n")):
            if number:
                result.append([])
            if text:
                result[-1].append(with_text(run, text) if text != run.text else run)
    return result


def tagged(row: Iterable[Run], escape: Callable[[str], str]) -> str:
    """A row with `<i>`, `<b>` and `<u>` around its styled runs; tags never span rows, as some players need."""
    result = []
    for run in row:
        tags = [tag for tag, style in STYLES.items() if getattr(run, style)]
        opening, closing = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
        result.append(f"{opening}{escape(run.text)}{closing}")
    return "".join(result)


def language_of(cue: Cue) -> str:
    """The language that a whole cue is in where that is not the track's; empty for one in several languages."""
    tags = {run.language for run in cue.runs if run.text.strip("\n")}
    return next(iter(tags)) if len(tags) == 1 else ""
