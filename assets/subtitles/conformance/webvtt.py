"""Whether a WebVTT file keeps to the syntax that authors are held to (WebVTT, Candidate Recommendation 2019, 4)."""

import re
from dataclasses import dataclass, field
from typing import Final

from assets.subtitles.conformance import webvtt_settings, webvtt_text
from assets.subtitles.conformance.violation import WEBVTT, Violation
from assets.subtitles.decoding import newlines

_SIGNATURE: Final = re.compile(r"WEBVTT(?:[ \t].*)?")
_STAMP: Final = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMES: Final = re.compile(rf"{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t]+(.*))?")
_ARROW: Final = "-->"
_STRUCTURE: Final = "WebVTT 4.1"
_FIELDS: Final = 4


@dataclass(slots=True)
class _File:
    """What has been seen of a file so far."""

    found: list[Violation] = field(default_factory=list)
    regions: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    cues: int = 0
    latest: int = 0

    def add(self, line: int, path: str, what: str, allowed: str, clause: str) -> None:
        self.found.append(Violation(line, path, what, allowed, clause, WEBVTT))

    def block(self, line: int, block: list[str]) -> None:
        """A run of lines that are not empty; it begins on `line`."""
        word = block[0].split(None, 1)[0] if block[0].strip() else ""
        if word == "NOTE" and block[0][:1] == "N" and (_ARROW in block[0] or _ARROW not in "\n".join(block[1:2])):
            self.comment(line, block)
        elif any(_ARROW in text for text in block[:2]):
            self.cue(line, block)
        elif block[0].rstrip(" \t") in {"STYLE", "REGION"}:
            self.definition(line, block)
        elif not (block[0] == "ATTRIBUTES" and not self.cues):
            self.add(line, "block", f"a block that is no cue: {block[0][:40]}", "cues and comments", _STRUCTURE)

    def comment(self, line: int, block: list[str]) -> None:
        for number, text in enumerate(block):
            if _ARROW in text:
                self.add(line + number, "NOTE", "--> in a comment", "any other text", _STRUCTURE)

    def definition(self, line: int, block: list[str]) -> None:
        """A style sheet or a region."""
        kind = block[0].rstrip(" \t")
        if self.cues:
            self.add(line, kind, f"{kind} after the first cue", "before the first cue", _STRUCTURE)
        for number, text in enumerate(block):
            if _ARROW in text:
                self.add(line + number, kind, f"--> in {kind}", "any other text", _STRUCTURE)
        if kind == "REGION":
            self.region(line, block[1:])

    def region(self, line: int, settings: list[str]) -> None:
        name = ""
        for number, attribute, what, allowed in webvtt_settings.region_faults(settings):
            self.add(line + 1 + number, f"REGION@{attribute}", what, allowed, "WebVTT 4.3")
        for word in " ".join(settings).split():
            if word.startswith("id:"):
                name = word.removeprefix("id:")
        if not name:
            self.add(line, "REGION@id", "a region without an id", "id:…", "WebVTT 4.3")
        elif name in self.regions:
            what = f"the region '{name}' is defined on line {self.regions[name]} already"
            self.add(line, "REGION@id", what, "each id once", "WebVTT 4.3")
        else:
            self.regions[name] = line

    def cue(self, line: int, block: list[str]) -> None:
        self.cues += 1
        path = f"cue {self.cues}"
        arrow = 0 if _ARROW in block[0] else 1
        if arrow:
            self.identifier(line, path, block[0])
        for number, text in enumerate(block[arrow + 1 :], arrow + 1):
            if _ARROW in text:
                allowed = "a blank line before the next cue, no --> in the text"
                self.add(line + number, path, "--> in the text of a cue", allowed, _STRUCTURE)
                return
        match = _TIMES.fullmatch(block[arrow])
        if match is None:
            allowed = "MM:SS.mmm or HH:MM:SS.mmm, --> with blanks on both sides"
            self.add(line + arrow, path, f"times that are not well formed: {block[arrow][:60]}", allowed, _STRUCTURE)
            return
        start, end = (_ms(match.groups("")[at : at + _FIELDS]) for at in (0, _FIELDS))
        self.times(line + arrow, path, start, end)
        self.settings(line + arrow, path, match[2 * _FIELDS + 1] or "")
        for number, what, allowed, clause in webvtt_text.faults(block[arrow + 1 :], start, end):
            self.add(line + arrow + 1 + number, path, what, allowed, clause)

    def identifier(self, line: int, path: str, name: str) -> None:
        if name in self.ids:
            what = f"the cue identifier '{name}' stands on line {self.ids[name]} already"
            self.add(line, path, what, "each identifier once", _STRUCTURE)
        self.ids.setdefault(name, line)

    def times(self, line: int, path: str, start: int, end: int) -> None:
        if end <= start:
            self.add(line, path, "the cue does not end after it begins", "an end after the start", _STRUCTURE)
        if start < self.latest:
            allowed = "cues in the order of their starts"
            self.add(line, path, "the cue begins before one that stands before it", allowed, _STRUCTURE)
        self.latest = max(self.latest, start)

    def settings(self, line: int, path: str, text: str) -> None:
        for attribute, what, allowed, clause, obsolete in webvtt_settings.cue_faults(text, self.regions):
            where = f"{path}@{attribute}"
            self.found.append(Violation(line, where, what, allowed, clause, WEBVTT, obsolete))


def _ms(parts: tuple[str, ...]) -> int:
    hours, minutes, seconds, fraction = (int(part[-12:] or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def violations(text: str, encoding: str) -> list[Violation]:
    """Every way in which a WebVTT file does not conform, by line."""
    file = _File()
    lines = newlines(text.removeprefix("\ufeff")).split("\n")
    if encoding not in {"utf-8", "ascii", ""}:
        file.add(1, "file", f"the file is in {encoding}", "UTF-8", _STRUCTURE)
    for number, line in enumerate(lines, 1):
        if "\0" in line:
            what = "U+0000, which is read as U+FFFD"
            file.found.append(Violation(number, "file", what, "characters", "WebVTT 6.1", WEBVTT, advice=True))
    first = 1
    if _SIGNATURE.fullmatch(lines[0]) is None:
        allowed = "WEBVTT on the first line, and nothing or a blank and text after it"
        file.add(1, "header", "the file does not begin with WEBVTT", allowed, _STRUCTURE)
        first = 0 if _ARROW in "".join(lines[:2]) else 1
    elif len(lines) > 1 and lines[1]:
        file.add(2, "header", f"no blank line after WEBVTT: {lines[1][:40]}", "a blank line", _STRUCTURE)
        first = 1 if _ARROW in lines[1] else next((n for n, line in enumerate(lines) if not line), len(lines))
    block: list[str] = []
    for number in range(first, len(lines) + 1):
        line = lines[number] if number < len(lines) else ""
        if line:
            block.append(line)
        elif block:
            file.block(number - len(block) + 1, block)
            block = []
    return sorted(file.found, key=lambda item: item.line)
