"""What a title says of itself beside its files: names, ratings, releases, credits, praise. All of it as declared."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name beside those that a title is listed under; `kind` is such as `romanisation`, `former`, `festival`."""

    text: str
    language: str
    kind: str = "alternative"


@dataclass(frozen=True, slots=True)
class Rating:
    """What the board of a territory (ISO 3166-1) has decided: `KMRB` `15+`; checks compare it with the board's list."""

    territory: str
    system: str
    value: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """The first day in a territory, a group of them or `worldwide`; `kind` is such as `theatrical` or `festival`."""

    territory: str
    date: date
    kind: str = "theatrical"


@dataclass(frozen=True, slots=True)
class Credit:
    """A person or a company and its role, such as `director`."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Award:
    """What a festival or an academy gave: its `name`, the year, the `category`, and how it ended."""

    name: str
    year: int
    category: str = ""
    result: str = "won"


@dataclass(frozen=True, slots=True)
class PressQuote:
    """What somebody wrote of the programme, in their words; `url` is where (https), or empty."""

    quote: str
    source: str
    language: str
    url: str = ""
