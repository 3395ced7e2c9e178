"""Text for the narrow code tables of television: what stands for a character that a table lacks."""

import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator

SUBSTITUTES = {
    "…": "...",
    "‥": "..",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "―": "—",
    "—": "-",
    "‘": "'",
    "’": "'",
    "‚": ",",
    "“": '"',
    "”": '"',
    "„": '"',
    "′": "'",
    "″": '"',
    "‹": "<",
    "›": ">",
    "«": '"',
    "»": '"',
    "Ð": "Đ",
    "♫": "♪",
    "♬": "♪",
    "♩": "♪",
    "\u00a0": " ",
    "\u3000": " ",
    "\t": " ",
}
"""What reads the same, nearly: each is tried in turn until the table has it."""

MISSING = "?"
"""Stands for a character that a table has nothing like."""

_INVISIBLE = {"Cc", "Cf", "Mn", "Zl", "Zp"}


def substitute(character: str, known: Container[str]) -> str:
    """What is written for a character: itself, what reads nearly the same, nothing if it is invisible, or MISSING."""
    if character in known or character == "\n":
        return character
    if character in SUBSTITUTES:
        return "".join(substitute(each, known) for each in SUBSTITUTES[character])
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    plain = [each for each in unicodedata.normalize("NFKD", character) if unicodedata.category(each) != "Mn"]
    return "".join(plain) if all(each in known for each in plain) else MISSING


def fitted(text: str, known: Collection[str]) -> str:
    """The text, composed (NFC), in characters that are known."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    unknown = set(composed).difference(known)
    return composed.translate({ord(each): substitute(each, known) for each in unknown}) if unknown else composed


def losses(text: str, known: Collection[str]) -> Iterator[str]:
    """The characters of a text that are not known, and what is written instead, in the order of the text."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if not set(composed).difference(known, "\n"):
        return
    unknown = dict.fromkeys(each for each in composed if each not in known and each != "\n")
    replaced: dict[str, list[str]] = {}
    for character in unknown:
        replaced.setdefault(substitute(character, known), []).append(character)
    for written, characters in replaced.items():
        yield f"characters {_shown(characters)}, written as {written or 'nothing'}"


def _shown(characters: Iterable[str]) -> str:
    return " ".join(each if each.isprintable() and not each.isspace() else f"U+{ord(each):04X}" for each in characters)
