"""Macro-languages (ISO 639-3, RFC 5646 section 4.1): `zh` is one tag for Mandarin, Cantonese and others.

A text in `yue` may be called `zh`, and one that is called `zh` may be in any of its languages. Indonesian is the one
member left out: it is in `ms` by the standard, and nobody who writes Malay in a contract means it.
"""

from functools import cache

_APART = frozenset({"id"})


@cache
def members() -> dict[str, str]:
    """The macro-language of each language that is in one, by primary subtags."""
    from langcodes.data_dicts import MACROLANGUAGES

    return {member: whole for member, whole in MACROLANGUAGES.items() if member not in _APART}


def macrolanguage(primary: str) -> str:
    """The macro-language that a primary subtag is in; empty if it is in none."""
    return members().get(primary, "")


@cache
def _wholes() -> frozenset[str]:
    return frozenset(members().values())


def is_macrolanguage(primary: str) -> bool:
    """Whether a primary subtag stands for several languages."""
    return primary in _wholes()
