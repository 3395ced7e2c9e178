"""EIDR identifiers: their written forms and their check character (EIDR, ID format; ISO 7064, Mod 37,36)."""

import re

CONTENT = "10.5240"
"""The DOI prefix of works and their edits and manifestations."""

OTHER_PREFIXES = {"10.5237": "a party, such as a company", "10.5238": "a user", "10.5239": "a video service"}
"""The registry's prefixes of what is no work."""

FORM = "10.5240/XXXX-XXXX-XXXX-XXXX-XXXX-C in capitals"

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GROUPS = r"(?:[0-9A-F]{4}-){5}[0-9A-Z]"
_FORMS = (
    re.compile(rf"(10\.\d+)/({_GROUPS})"),
    re.compile(r"(10\.\d+)/([0-9A-F]{20}[0-9A-Z])"),
    re.compile(rf"urn:eidr:(10\.\d+):({_GROUPS})"),
    re.compile(rf"https://(?:www\.)?doi\.org/(10\.\d+)/({_GROUPS})"),
)
"""The canonical form, the one without hyphens, the URN, and the address of the DOI proxy."""


def parse(text: str) -> tuple[str, str] | None:
    """The prefix and the suffix without hyphens of an identifier in any of its forms, or None."""
    for form in _FORMS:
        if match := form.fullmatch(text):
            return match[1], match[2].replace("-", "")
    return None


def check_character(digits: str) -> str:
    """The check character of a string of digits and capitals (ISO 7064, hybrid system Mod 37,36)."""
    modulus = len(_ALPHABET)
    product = modulus
    for char in digits:
        total = (product + _ALPHABET.index(char)) % modulus or modulus
        product = total * 2 % (modulus + 1)
    return _ALPHABET[(modulus + 1 - product) % modulus]
