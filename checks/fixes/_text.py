"""Text replaced in cues whose runs have styles: what is put in has the style of what it replaces."""

import re
from collections.abc import Callable
from dataclasses import replace

from assets.subtitles import markup
from assets.subtitles.model import Cue, Run

Replacement = Callable[[re.Match[str]], str]


def replaced(cue: Cue, pattern: re.Pattern[str], new: Replacement) -> Cue:
    """The cue with every match in its whole text replaced. A cue with ruby is left: its readings belong to the text."""
    text = cue.text
    if any(run.ruby for run in cue.runs):
        return cue
    edits = [(match.start(), match.end(), new(match)) for match in pattern.finditer(text)]
    edits = [edit for edit in edits if text[edit[0] : edit[1]] != edit[2]]
    if not edits:
        return cue
    return replace(cue, runs=markup.tidy(_runs(cue.runs, edits)))


def _runs(runs: tuple[Run, ...], edits: list[tuple[int, int, str]]) -> list[Run]:
    result, begin = [], 0
    for number, run in enumerate(runs):
        end = begin + len(run.text)
        is_last = number == len(runs) - 1
        parts, place = [], begin
        for start, stop, new in edits:
            if stop < begin or start > end:
                continue
            parts.append(run.text[place - begin : max(place, min(start, end)) - begin])
            if begin <= start < end or (is_last and start == end):
                parts.append(new)
            place = max(place, min(stop, end))
        parts.append(run.text[place - begin :])
        result.append(replace(run, text="".join(parts)))
        begin = end
    return result
