"""The boards that rate films, and the values that each gives (ratings.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

UNRATED = "UNRATED"
"""The system of what no board has seen, in every territory; its value is the same word."""


@dataclass(frozen=True, slots=True)
class System:
    """One board: the territories that it rates for and the values that it gives, the mildest first."""

    id: str
    name: str
    territories: tuple[str, ...]
    values: tuple[str, ...]


@cache
def systems() -> dict[str, System]:
    """Every board that is known here, by the name that MovieLabs gives it."""
    data = tomllib.loads(Path(__file__).with_name("ratings.toml").read_text(encoding="utf-8"))
    return {
        name: System(name, table["name"], tuple(table["territories"]), tuple(table["values"]))
        for name, table in data["systems"].items()
    }


def boards_of(territory: str) -> tuple[System, ...]:
    """The boards that rate for a territory; none if none is known here."""
    return tuple(system for system in systems().values() if territory in system.territories)
