"""The EIDR identifiers that a title declares."""

from collections.abc import Iterator

from assets.eidr import CONTENT, FORM, OTHER_PREFIXES, check_character, parse
from assets.title import Title

__all__ = ["CONTENT", "FORM", "OTHER_PREFIXES", "check_character", "declared", "parse"]


def declared(title: Title) -> Iterator[tuple[str, str]]:
    """Every identifier whose name begins with `eidr`, of the title and then of its versions, with its key."""
    yield from (
        (f"identifiers.{name}", value)
        for name, value in sorted(title.identifiers.items())
        if name.lower().startswith("eidr")
    )
    for version in title.versions:
        yield from (
            (f"version {version.id}: identifiers.{name}", value)
            for name, value in sorted(version.identifiers.items())
            if name.lower().startswith("eidr")
        )
