"""Bytes -> text, for files of unknown encoding: Unicode where it can be, else the encodings of Korea, Japan, the West.

In this order: a byte order mark; UTF-16 and UTF-32 without one, told by where the zero bytes stand; ISO-2022-JP, told
by its escape sequences; the encoding an XML declaration names; UTF-8; a guess.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.guessing import Guess, composed, guess
from assets.subtitles.markup import UNHELD
from assets.subtitles.model import Damage

MAX_BYTES = 50_000_000
"""Larger files are refused: subtitles of a whole day of film are a hundredth of it."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPED = ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr")
_SAMPLE = 65_536
_FEW = 200
"""Of a file of fewer bytes so few are control characters by accident that their share says nothing."""

_CONTROL = "control-character"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\f\r\x1a\x1b\0"))
_EVERYWHERE = frozenset(b"\n\r0123456789")
"""What every subtitle file has much of: wide text has a zero byte beside each."""
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without byte order mark and control characters, and how it was decoded (Python's name).

    `whole` is the text with its control characters.
    """

    text: str
    encoding: str
    bom: bool
    damage: tuple[Damage, ...]
    whole: str

    def with_null(self, shown: str) -> "Decoded":
        """The same with `shown` in the place of each U+0000, for a format that says so."""
        if "\0" not in self.whole:
            return self
        others = tuple(item for item in self.damage if item.kind != _CONTROL)
        text = UNHELD.sub(lambda match: "" if match[0] != "\0" else shown, self.whole)
        return replace(self, text=text, damage=(*others, *_unheld(self.whole, shown)))


def decode(data: bytes, language: str = "") -> Decoded:
    """The text of a file. Raises NotSubtitlesError for what is empty, over 50 MB or no text at all.

    `language` is the tag of the language that is expected, by which a legacy encoding is told.
    """
    if len(data) > MAX_BYTES:
        raise NotSubtitlesError(f"{len(data)} bytes; at most {MAX_BYTES} are read as subtitles")
    if not data.strip(b"\0 \t\r\n"):
        raise NotSubtitlesError("the file is empty or holds nothing but blanks and zero bytes; text is read")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, bom=True)
    wide = _wide(data)
    if wide is None:
        _refuse_binary(data[:_SAMPLE])
    found = Guess(wide) if wide else _narrow(data, language)
    decoded = _decoded(data, found.encoding, bom=False)
    if found.others:
        what = f"the encoding is not certain: read as {found.encoding}, it may be {' or '.join(found.others)}"
        decoded = replace(decoded, damage=(Damage("doubtful-encoding", 1, what), *decoded.damage))
    declared = "" if wide else _declared(data)
    if not _is_wide(declared):
        return decoded
    what = f"the XML declaration says {declared}, the bytes are {decoded.encoding}; read as that"
    return replace(decoded, damage=(Damage("bad-header", 1, what, declared), *decoded.damage))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: their ASCII characters have zero bytes on one side only."""
    head = data[:_SAMPLE]
    if 0 not in head:
        return None
    zeros = [head[offset::4].count(0) * 4 / len(head) for offset in range(4)]
    for name, full in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if all(zeros[offset] > 0.9 for offset in full) and max(zeros[offset ^ 2] for offset in full) < 0.9:  # noqa: PLR2004
            return name
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    low, high = sorted((even, odd))
    if high < 0.1 or low > high / 4:  # noqa: PLR2004 -- zeros on both sides are no text
        return None
    below, above = (head[::2], head[1::2]) if odd > even else (head[1::2], head[::2])
    whole = [other == 0 for unit, other in zip(below, above, strict=False) if unit in _EVERYWHERE]
    if sum(whole) * 2 < len(whole):  # stray zero bytes in narrow text, whose digits stand side by side
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_binary(head: bytes) -> None:
    """Raise NotSubtitlesError if the first bytes are no text: media and archives are a tenth control bytes."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    zeros = head.rstrip(b"\0").count(0)
    if controls * 50 > max(len(head), _FEW) or zeros * 20 > len(head):
        raise NotSubtitlesError("binary data, such as video or an archive; text is read")


def _narrow(data: bytes, language: str) -> Guess:
    if data.isascii():
        return Guess((b"\x1b$" in data and _first_strict(data, _ESCAPED)) or "utf-8")
    declared = _declared(data)
    if declared and not _is_wide(declared) and (name := _first_strict(data, (declared,))):
        return Guess(name)
    if _is_utf8(data):
        return Guess("utf-8")
    telling = b"\n".join(line for line in data[: 8 * _SAMPLE].splitlines() if not line.isascii())
    found = guess(telling[:_SAMPLE] or data[:_SAMPLE], language)
    return found if found.makes_sense or not _is_utf8(data, intact_for_one_broken=1) else Guess("utf-8")


def _declared(data: bytes) -> str:
    """The encoding that an XML declaration in narrow text names, or nothing."""
    match = _XML_ENCODING.match(data.lstrip()[:200])
    return match[1].decode("ascii") if match else ""


def _is_wide(name: str) -> bool:
    """Whether a name is that of an encoding whose declaration could not be read as narrow text."""
    return name.upper().startswith(("UTF-16", "UTF-32", "UTF16", "UTF32", "UCS-2", "ISO-10646-UCS"))


def _is_utf8(data: bytes, intact_for_one_broken: int = 8) -> bool:
    """Whether the bytes are UTF-8, or UTF-8 with a few bytes broken: other encodings break nearly everywhere."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        intact = len(text) - broken - sum(map(text.count, map(chr, range(128))))
        return intact > intact_for_one_broken * broken
    return True


def _first_strict(data: bytes, names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            known = codecs.lookup(name)
            data.decode(known.name)
        except (LookupError, ValueError):  # unknown, no text encoding, or not this one
            continue
        return known.name
    return None


def _decoded(data: bytes, encoding: str, *, bom: bool) -> Decoded:
    damage: list[Damage] = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        damage.extend(_undecodable(text, encoding))
    text = composed(text) if encoding in {"cp949", "euc_kr"} else text
    damage += _unheld(text)
    return Decoded(UNHELD.sub("", text) if damage else text, encoding, bom, tuple(damage), text)


def _undecodable(text: str, encoding: str) -> Iterator[Damage]:
    for number, line in enumerate(newlines(text).split("\n"), 1):
        if "\ufffd" in line:
            yield Damage("undecodable", number, f"bytes that are no {encoding}, read as U+FFFD", line)


def _unheld(text: str, null: str = "") -> Iterator[Damage]:
    """Each line with control characters; U+0000 is read as `null`."""
    if not UNHELD.search(text):
        return
    for number, line in enumerate(newlines(text).split("\n"), 1):
        names = sorted({f"U+{ord(each):04X}" for each in UNHELD.findall(line)})
        if null and "U+0000" in names:
            names.remove("U+0000")
            yield Damage(_CONTROL, number, f"U+0000, read as U+{ord(null):04X}", _named(line))
        if names:
            yield Damage(_CONTROL, number, f"control characters, left out: {', '.join(names)}", _named(line))


def _named(line: str) -> str:
    """A line with its control characters by their names."""
    return UNHELD.sub(lambda match: f"<U+{ord(match[0]):04X}>", line)


def newlines(text: str) -> str:
    """The text with a line feed at the end of each line, whatever stood there: CR LF, CR or LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
