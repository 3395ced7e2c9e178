"""What the fields of a policy mean to the checks, from facts.toml.

A `[[rules]]` table names rules that stand for whole checks. A `[checks."…"]` table names the fields that make the
limits of one check, and by its `kind` how:

* `listed`: each value that the check can list, with the spellings of the fields that a file with it has. A spelling `*`
  is any other one, and an empty `limit` is what files may have but the check cannot name.
* `product`: the values are combinations of what the fields say, joined by `between`; `names` translates them.
* `number`: the rules limit a number, from below or from above.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from assets.tomlfile import Record, TomlFile

_FILE = Path(__file__).with_name("facts.toml")

Limits = dict[str, Any]
"""The keys of a check's table."""


class Whole(Record):
    """A `[[rules]]` table: rules, written as `Video/Format must exist`, that stand for checks with their limits."""

    rule: tuple[str, ...]
    checks: dict[str, Limits]
    note: str = ""


class Fact(Record):
    """A `[checks."…"]` table.

    `condition` is the word by which a platform's cases can ask for this fact. `also` says which values may be listed
    beside those of the table. Where `is_closed`, no file has another value. `optional` fields may be absent from a
    file. `extra` are limits that are always written, so that a base's do not count.
    """

    kind: Literal["listed", "product", "number"]
    key: str
    fields: tuple[str, ...]
    condition: str = ""
    also: Literal["", "whole", "hertz", "timecode"] = ""
    is_closed: bool = False
    optional: tuple[str, ...] = ()
    between: str = ""
    names: dict[str, dict[str, str]] = {}
    extra: Limits = {}
    note: dict[str, str] = {}
    values: tuple[dict[str, Any], ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields without their tracks: `Format` of `Video/Format`, each once."""
        return tuple(dict.fromkeys(field.split("/")[1] for field in self.fields))


class Facts(Record):
    """The whole of facts.toml."""

    aliases: dict[str, str]
    rules: tuple[Whole, ...]
    reasons: dict[str, str]
    checks: dict[str, Fact] = Field(min_length=1)

    def field(self, name: str) -> str:
        """A field by the one name it has here."""
        return self.aliases.get(name, name)

    def check_of(self, place: str) -> str:
        """The check whose limits a field such as `Video/Format` makes; empty if there is none."""
        return next((name for name, fact in self.checks.items() if place in fact.fields), "")

    def whole(self, rule: str) -> Whole | None:
        """The checks that a rule stands for, or None."""
        return next((item for item in self.rules if rule in item.rule), None)


@cache
def load() -> Facts:
    """The facts, read once."""
    return TomlFile(_FILE).parse(Facts)
