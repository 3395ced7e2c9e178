"""The tables of a title.toml that describe the programme to an audience: names, releases, people, papers, praise."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from assets.record_values import Id, OneTerritory, Record, RelativePath, Territory, Text, a_path
from assets.web_address import an_address, is_address


def _film(text: str) -> str:
    return an_address(text) if is_address(text) else a_path(text)


WebAddress = Annotated[str, AfterValidator(an_address)]
"""An address on the web that is safe to link to."""
Film = Annotated[str, AfterValidator(_film)]
"""A path below the title's folder, or an address on the web."""


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


class AwardRecord(Record):
    """One `[[awards]]` table: what a festival or an academy gave, in which year."""

    name: Text
    year: Annotated[int, Field(ge=1888, le=2200)]
    category: str = ""
    result: Literal["won", "special-mention", "nominated", "selected"] = "won"


class PressRecord(Record):
    """One `[[press]]` table: a sentence that may be quoted, by whom, in which language."""

    quote: Text
    source: Text
    language: Text
    url: WebAddress | None = None
