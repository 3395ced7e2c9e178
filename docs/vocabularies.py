"""The page on media rights and territories: what the words of a deal mean here, and what others call them."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assets.rights import tree

ASSETS = Path(__file__).resolve().parents[1] / "assets"
Row = Callable[..., str]


def page(row: Row) -> str:
    """The whole page; `row` makes a row of a table."""
    return "\n".join([*_rights(row), "", *_territories(row), ""])


def _rights(row: Row) -> Iterator[str]:
    data = _read("rights/media_rights.toml")
    yield from ("# Media rights and territories", "", "## Media rights", "")
    yield "Deals, windows and the command line name these rights; a group is all of its leaves. What Avails cannot say"
    yield "is refused when they are written, and never guessed. `—`: the vocabulary has no word for it."
    yield from ("", row("right", "name", "other words", "LicenseType of Avails", "ReleaseType of Common Metadata"))
    yield "|---|---|---|---|---|"
    for node in tree.nodes().values():
        is_leaf = node.id in tree.leaves()
        said = node.avails or f"— {node.no_avails}" if is_leaf else "that of its leaves"
        indent = "&nbsp;&nbsp;" * len(tree.parents(node.id))
        yield row(f"{indent}`{node.id}`", node.name, ", ".join(node.words), said, node.release_type or "—")
    yield ""
    yield f"Revision {data['revision']}, read {data['verified_on']}. {'. '.join(data['sources'])}."


def _territories(row: Row) -> Iterator[str]:
    data = _read("territories.toml")
    yield from ("## Territories", "")
    yield f"{data['source']}; revision {data['revision']}. Parts of territories that may be named alone:"
    yield ", ".join(f"`{code}` {name}" for code, name in data["parts"].items() if code != "source") + "."
    yield from ("", "A group has the members that it had on the day a deal was signed.", "")
    yield from (row("group", "meaning", "members", "source"), "|---|---|---|---|")
    for name, group in data["groups"].items():
        yield row(f"`{name}`", group["meaning"], "; ".join(map(_change, group["changes"])), group["source"])
    yield from ("", "Codes that are no longer assigned, and what is read in their place:", "")
    yield from (row("code", "name", "until", "read as"), "|---|---|---|---|")
    for entry in data["former"]["entries"]:
        codes = ", ".join(entry["successors"])
        read = f"refused, for it was only a part of {codes}" if entry.get("is_part") else codes
        yield row(f"`{entry['code']}`", entry["name"], str(entry["until"]), read)


def _change(change: dict[str, Any]) -> str:
    """`2013-07-01: HR`, `2020-02-01: without GB`; what always held has no date."""
    said = [", ".join(change.get("add", ()))] if change.get("add") else []
    said += [f"without {', '.join(change['remove'])}"] if change.get("remove") else []
    return f"{change['on']}: {', '.join(said)}" if "on" in change else ", ".join(said)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((ASSETS / name).read_text(encoding="utf-8"))
