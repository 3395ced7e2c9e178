"""The lines of a subtitle file as they are written, and the columns of words in them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assets.subtitles.decoding import decode, newlines
from assets.subtitles.errors import NotSubtitlesError
from checks.core import Finding

MAX_BYTES = 16_000_000
"""In a larger file no words are looked for: it is no subtitle file of one film."""

_ROWS = 12
"""Lines below the first one of a cue in which its words are looked for."""

_QUOTES = "'\""


@dataclass(frozen=True, slots=True)
class Columns:
    """Words on a line: columns count UTF-16 code units from 1, and `end` is the first one after them."""

    line: int
    start: int
    end: int


class SourceText:
    """A file's lines, read when they are first asked for; none where it cannot be read."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lines: list[str] | None = None

    def find(self, finding: Finding, line: int) -> Columns | None:
        """The words that a finding on the cue at `line` is about, if they stand there once and as they are shown."""
        if not finding.at.words:
            return None
        rows = self._rows(line)
        for words in _wanted(finding):
            found = [(number, text) for number, text in rows if words in text]
            if len(found) == 1 and found[0][1].count(words) == 1:
                number, text = found[0]
                start = _units(text[: text.index(words)]) + 1
                return Columns(number, start, start + _units(words))
        return None

    def _rows(self, line: int) -> list[tuple[int, str]]:
        """The lines of a cue with their numbers: until the first empty one."""
        if self._lines is None:
            self._lines = _read(self.path)
        rows = []
        for number in range(line, min(line + _ROWS, len(self._lines) + 1)):
            text = self._lines[number - 1]
            if not text.strip() and number > line:
                break
            rows.append((number, text))
        return rows


def _wanted(finding: Finding) -> Iterator[str]:
    """The texts of a finding that are part of its cue, as they are, composed and decomposed.

    What was measured comes first, then the longest; an unquoted number may be a count that the cue has by chance.
    """
    shown = unicodedata.normalize("NFC", finding.at.words)
    quoted = finding.measured.strip(_QUOTES)
    is_text = quoted != finding.measured or not any(char.isdigit() for char in quoted)
    texts = sorted({value.strip(_QUOTES) for _, value in finding.values}, key=lambda text: (-len(text), text))
    for text in [quoted, *texts] if is_text else texts:
        if text and unicodedata.normalize("NFC", text) in shown:
            yield from dict.fromkeys((text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)))


def _read(path: Path | None) -> list[str]:
    try:
        if path is None or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return []
        return newlines(decode(path.read_bytes()).whole).split("\n")
    except (OSError, NotSubtitlesError):
        return []


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
