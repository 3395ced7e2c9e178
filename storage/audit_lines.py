"""The lines of the audit log: how one is read, and how it is called in a store."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets import append_only
from assets.digest import sha256_bytes
from assets.errors import Fault, InputError

FOLDER = "audit"
AUDIT = "_audit/"
"""Where a store keeps the lines about it: no title can have this id."""

JOINED = "joined"
"""What is done to the last line of a branch: it becomes part of the chain that logs it."""

TWO_BRANCHES = "two branches of the catalogue wrote to this chain; `releaseprint audit join` joins them"
MERGE_MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")

FIRST = "0" * 64
"""What the first line of a chain has for the line before it."""

_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read, with what it says; `data` is without its line feed."""

    chain: str
    number: int
    data: bytes
    said: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Where it lies in its store."""
        return f"{AUDIT}{self.chain}/{self.number:08}.json"

    @property
    def digest(self) -> str:
        """What the next line has for this one."""
        return sha256_bytes(self.data)


def lines_of(chain: str, data: bytes, shown: str) -> Iterator[Line]:
    """The lines of a log. Raises InputError for one that is none."""
    for number, raw in append_only.numbered(data):
        try:
            said = json.loads(raw)
        except (ValueError, RecursionError):
            said = None
        if raw.startswith(MERGE_MARKS):
            raise InputError(Fault(shown, f"line {number}", "is the mark of a merge", TWO_BRANCHES))
        if not isinstance(said, dict):
            raise InputError(Fault(shown, f"line {number}", "is no entry of an audit log", "lines that the tool wrote"))
        yield Line(chain, number, raw.removesuffix(b"\n"), said)


def branch_id(first: Line) -> str:
    """The id of the chain that a branch becomes, by its first line: the same for whoever joins it."""
    return first.digest[:_ID_DIGITS]


def grown(logs: Mapping[str, Sequence[Line]]) -> dict[str, str]:
    """The chains that were branches, with the chains that they grew from; empty where that line is not known."""
    home = {line.digest: chain for chain, lines in logs.items() for line in lines}
    branches = {chain: lines[0] for chain, lines in logs.items() if lines and chain == branch_id(lines[0])}
    return {chain: home.get(str(first.said.get("before")), "") for chain, first in branches.items()}


def joined_ends(logs: Mapping[str, Sequence[Line]]) -> set[tuple[str, str]]:
    """Key and digest of the lines that lines `joined` name."""
    lines = [line.said for each in logs.values() for line in each if line.said.get("what") == JOINED]
    return {(str(said.get("key")), str(said.get("sha256"))) for said in lines}
