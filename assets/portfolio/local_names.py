"""What territories and languages are called in the language of a page, by the names of CLDR."""

from collections.abc import Iterable
from functools import cache

from assets import territory

SHORT_LIST = 12
"""So many exceptions are named; where more are missing, what is there is listed."""


@cache
def territory_name(code: str, language: str) -> str:
    """A country's name in a language: `KR` is 대한민국 in Korean."""
    import langcodes

    return str(langcodes.Language.make(territory=code).territory_name(language))


@cache
def language_name(tag: str, language: str) -> str:
    """A language's name in another: `ko` is Korean in English; the tag itself where there is none."""
    import langcodes

    try:
        name = str(langcodes.Language.get(tag).display_name(language))
    except ValueError:  # langcodes' parse error: a malformed tag is shown as it is
        return tag
    return tag if "Unknown" in name else name


def sorted_names(codes: Iterable[str], language: str) -> list[str]:
    """Countries by name, in the order of their letters; those of equal names by code."""
    return [name for name, _ in sorted((territory_name(code, language), code) for code in codes)]


@cache
def spread(codes: frozenset[str]) -> tuple[bool, frozenset[str]]:
    """Whether countries are best said as the world less some, and those missing; else themselves."""
    missing = territory.all_codes() - codes
    return (True, missing) if len(missing) <= SHORT_LIST else (False, codes)
