"""What a title says of itself beside its files: other names, ratings, releases, credits. All of it as declared."""

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
