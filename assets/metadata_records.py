"""The tables of a title.toml that describe the programme to an audience: names, ratings, releases, people, papers."""

from datetime import date
from typing import Literal

from assets.record_values import Id, OneTerritory, Record, RelativePath, Territory, Text


class OtherNameRecord(Record):
    """One `[[other_names]]` table: a name beside those of [names]; `ko-Latn` and `ja-Latn` are romanisations."""

    text: Text
    language: Text
    kind: Literal["alternative", "romanisation", "former", "festival", "working"] = "alternative"


class RatingRecord(Record):
    """One `[[ratings]]` table: what a territory's board has decided, in the board's own words."""

    territory: OneTerritory
    system: Text
    value: Text
    reasons: list[Text] = []


class ReleaseRecord(Record):
    """One `[[releases]]` table: the day on which the programme was first shown in a territory in one way."""

    territory: Territory
    date: date
    kind: Literal["festival", "theatrical", "broadcast", "home-video", "online", "non-theatrical"] = "theatrical"


class CreditRecord(Record):
    """One `[[credits]]` table: a person or a company, and what it did, such as `director` or `sales-agent`."""

    name: Text
    role: Id


class DocumentRecord(Record):
    """One `[[documents]]` table: a paper that goes with the title, such as `chain-of-title`."""

    file: RelativePath
    kind: Id
    language: Text | None = None
