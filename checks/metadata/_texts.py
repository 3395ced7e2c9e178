"""What the checks of names and synopses share: every text of a title, with its place, its language and what it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets.metadata import OtherName
from assets.title import Title
from checks.core import At


@dataclass(frozen=True, slots=True)
class Text:
    """A name or a synopsis of a title, and the key that it stands under in title.toml."""

    place: str
    language: str
    text: str
    is_name: bool

    @property
    def at(self) -> At:
        """The key as a place."""
        return At(self.place)


def other_name_place(name: OtherName) -> str:
    """The place of a name beside those that a title is listed under."""
    return f"other_names: {name.text}"


def texts(title: Title) -> Iterator[Text]:
    """Every name and every synopsis, in the order of title.toml's keys and of languages."""
    yield from (Text(f"names.{tag}", tag, text, is_name=True) for tag, text in sorted(title.names.items()))
    yield from (Text(other_name_place(name), name.language, name.text, is_name=True) for name in title.other_names)
    yield from synopses(title)


def synopses(title: Title) -> Iterator[Text]:
    """Every synopsis, the long ones first."""
    for key, found in (("synopses", title.synopses), ("short_synopses", title.short_synopses)):
        yield from (Text(f"{key}.{tag}", tag, text, is_name=False) for tag, text in sorted(found.items()))
