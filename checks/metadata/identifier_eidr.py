"""`metadata/identifier-eidr`."""

import re

from assets.subjects import ReadTitle
from checks.core import At, Problem, Problems, check

_FORM = re.compile(r"^10\.5240/((?:[0-9A-F]{4}-){5})([0-9A-Z])$")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@check("metadata/identifier-eidr", on=ReadTitle)
def identifier_eidr(read: ReadTitle) -> Problems:
    """An EIDR identifier is not well formed, or its check character is wrong.

    A platform would book the title under another work, or refuse it. Copy the identifier from the registry again; its
    last character is computed from the others (ISO 7064, Mod 37,36). Every identifier whose name begins with `eidr` is
    looked at.
    """
    for name, value in sorted(read.title.identifiers.items()):
        if not name.lower().startswith("eidr"):
            continue
        place = At(f"identifiers.{name}")
        match = _FORM.match(value)
        if match is None:
            yield Problem(
                "{measured} is no EIDR; {allowed}", place, repr(value), "10.5240/XXXX-XXXX-XXXX-XXXX-XXXX-C in capitals"
            )
        elif (expected := check_character(match[1].replace("-", ""))) != match[2]:
            yield Problem(
                "{measured} has a wrong check character; {allowed}", place, value, f"{expected} belongs there"
            )


def check_character(digits: str) -> str:
    """The check character of a string of digits and capitals (ISO 7064, hybrid system Mod 37,36)."""
    modulus = len(_ALPHABET)
    product = modulus
    for char in digits:
        total = (product + _ALPHABET.index(char)) % modulus or modulus
        product = total * 2 % (modulus + 1)
    return _ALPHABET[(modulus + 1 - product) % modulus]
