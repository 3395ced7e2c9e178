"""The head and the SYNC elements of a SAMI file: what is said when, in which class. No text is passed over."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assets.subtitles import sami_head, sami_text
from assets.subtitles.model import Damage
from assets.timing import TICKS_PER_MS, Time

SYNC = re.compile(r"<sync\b([^<>]*)(?:>|(?=<)|$)", re.IGNORECASE)
_P = re.compile(r"<p\b([^<>]*)(?:>|(?=<)|$)", re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^<>]*>(.*?)(?:</style\s*>|<body|\Z)", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]*>(.*?)(?:</title\s*>|</head|\Z)", re.IGNORECASE | re.DOTALL)
_PARAM = re.compile(r"<samiparam\b[^<>]*>(.*?)(?:</samiparam\s*>|</head|\Z)", re.IGNORECASE | re.DOTALL)
_END = re.compile(r"</body\b|</sami\b", re.IGNORECASE)
_CLOSING = re.compile(r"</?(?:body|sami|html)\s*(?:>|\Z)", re.IGNORECASE)
_LONGEST = 12
_MS = re.compile(r"(-?[0-9]{1,12})(\.[0-9]{1,9})?\s*(?:ms)?", re.ASCII | re.IGNORECASE)
_NEUTRAL_PARAM = re.compile(
    r"(?:metrics\s*\{\s*time\s*:\s*ms\s*;?\s*\}|spec\s*\{\s*msft\s*:\s*1\.0\s*;?\s*\}|\s)*", re.IGNORECASE
)


@dataclass(slots=True)
class Said:
    """What a SYNC says in one class: `source` is shown from `start`, until `end` if the SYNC gives one."""

    start: Time
    end: Time | None
    name: str
    source: str
    line: int
    next_start: Time | None = None
    clear: bool = False


@dataclass(slots=True)
class Scan:
    """What has been read so far of a file."""

    text: str
    damage: list[Damage] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    _counted: tuple[int, int] = (0, 1)

    def report(self, kind: str, line: int, what: str, text: str = "") -> None:
        """Note damage."""
        self.damage.append(Damage(kind, line, what, text))

    def report_all(self, line: int, notes: Iterable[sami_text.Note]) -> None:
        """Note what is wrong with the text of a paragraph."""
        self.damage.extend(Damage(kind, line, what, text) for kind, what, text in notes)

    def read(self) -> Mapping[str, str]:
        """Read all; the languages of the classes that the style sheet declares."""
        marks = list(_outside(list(_comments(self.text)), SYNC.finditer(self.text)))
        languages = self.head(marks[0].start() if marks else len(self.text))
        self.body(marks, self.tail(marks))
        return languages

    def line(self, at: int) -> int:
        """The line of a place in the text; places are asked for in their order."""
        before, line = self._counted
        if at < before:
            before, line = 0, 1
        self._counted = (at, line + self.text.count("\n", before, at))
        return self._counted[1]

    def head(self, end: int) -> Mapping[str, str]:
        """Read what stands before the first SYNC."""
        head = self.text[:end]
        found = [sami_head.sheet(match[1]) for match in _STYLE.finditer(head)]
        languages = {name: tag for sheet in found for name, tag in sheet.languages.items()}
        if lost := [rule for sheet in found for rule in sheet.lost]:
            self.report("not-kept", 1, "style rules that are not kept", "\n".join(lost))
        for match in _TITLE.finditer(head):
            if match[1].strip():
                self.report("not-kept", self.line(match.start()), "the title, which is not kept", match[1].strip())
        for match in _PARAM.finditer(head):
            if not _NEUTRAL_PARAM.fullmatch(_plain(match[1])):
                self.report("not-kept", self.line(match.start()), "parameters that are not kept", match[1].strip())
        rest = _plain(_TITLE.sub(" ", _PARAM.sub(" ", _STYLE.sub(_closing, head))))
        if rest:
            self.report("unparsed-text", 1, "text before the first SYNC", rest)
        return languages

    def tail(self, marks: list[re.Match[str]]) -> int:
        """Where the last SYNC ends; text after the end of the body is reported."""
        ends = _END.search(self.text, marks[-1].end() if marks else 0)
        if ends is None:
            return len(self.text)
        if rest := _CLOSING.sub(" ", self.text[ends.start() :]).strip():
            self.report("unparsed-text", self.line(ends.start()), "text after the end of the body", rest)
        return ends.start()

    def body(self, marks: list[re.Match[str]], end: int) -> None:
        """Read the SYNC elements."""
        for mark, stop_at in _each(marks, end):
            source = self.text[mark.end() : stop_at]
            line = self.line(mark.start())
            values = sami_text.attributes(mark[1])
            start, stop = self.time(values.pop("start", ""), line), None
            if "end" in values:
                stop = self.time(values.pop("end"), line)
            if start is None:
                self.report("bad-timestamp", line, "a SYNC without a time that can be read; left out", mark[0] + source)
                continue
            if values or not mark[0].endswith(">"):
                self.report("not-kept", line, "what this SYNC says beside its times", mark[0])
            self.paragraphs(start, stop, source, line)

    def time(self, text: str, line: int) -> Time | None:
        """A time in milliseconds, None if it cannot be read; one that is not whole is reported."""
        if text.isdecimal() and text.isascii() and len(text) <= _LONGEST:
            return int(text) * TICKS_PER_MS
        match = _MS.fullmatch(text.strip())
        if match is None:
            return None
        if not text.strip().removeprefix("-").isdigit():
            self.report("odd-timestamp", line, "not a whole number of milliseconds; read all the same", text)
        whole = int(match[1]) * TICKS_PER_MS
        part = round(Fraction("0" + (match[2] or ".0")) * TICKS_PER_MS)
        return whole - part if text.strip().startswith("-") else whole + part

    def paragraphs(self, start: Time, stop: Time | None, source: str, line: int) -> None:
        """What a SYNC says in each class; a class twice is one text in two rows."""
        found: dict[str, list[str]] = {}
        marks = list(_P.finditer(source)) if "<" in source else []
        before = source[: marks[0].start()] if marks else source
        if before.strip() or not marks:
            found[""] = [before]
        for mark, stop_at in _each(marks, len(source)):
            values = sami_text.attributes(mark[1])
            name = values.pop("class", "").upper()
            if not mark[0].endswith(">"):
                self.report("unparsed-text", line, "a P without >; what stands in it is left out", mark[0])
            elif values:
                self.report("not-kept", line, "what this P says beside its class", mark[0])
            found.setdefault(name, []).append(source[mark.end() : stop_at])
        for name, sources in found.items():
            self.said.append(Said(start, stop, name, _joined(sources), line))


def _each(marks: list[re.Match[str]], end: int) -> Iterator[tuple[re.Match[str], int]]:
    """Each mark, and where what follows it ends: at the next one, the last at `end`."""
    for number, mark in enumerate(marks, 1):
        yield mark, marks[number].start() if number < len(marks) else end


def _joined(sources: list[str]) -> str:
    shown = [source for source in sources if "<" in source or not sami_text.is_clear(source)]
    return "<br>".join(shown or sources[:1])


def _closing(match: re.Match[str]) -> str:
    return "<body" if match[0].lower().endswith("<body") else " "


def _plain(source: str) -> str:
    """The text of a source without its markup; of comments the text is kept."""
    return " ".join(sami_text.EMPTY.sub(" ", re.sub("<!--|-->", " ", source)).split())


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Where closed comments begin and end."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end)


def _outside(hidden: list[tuple[int, int]], marks: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The marks that are not inside a comment; both come in the order of the text."""
    number = 0
    for mark in marks:
        while number < len(hidden) and hidden[number][1] <= mark.start():
            number += 1
        if number == len(hidden) or mark.start() < hidden[number][0]:
            yield mark
