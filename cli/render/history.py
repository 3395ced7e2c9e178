"""What `history` says: for a person asset by asset, for a machine as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click
from rich.text import Text

from assets.history import Revision
from assets.rights import utc
from cli.render.words import SHORT_DIGEST, count_text, size_text, visible
from cli.revisions import Past, PastAsset, PastRevision
from cli.terminal import console
from storage.index import Verdict


def show(past: Past, *, as_json: bool) -> None:
    """A history, printed."""
    if as_json:
        click.echo(json.dumps(data(past), ensure_ascii=False, indent=2))
        return
    screen = console()
    for asset in past.assets:
        named = asset.file.name if asset.file else "title.toml names it no more"
        screen.print(Text.assemble((visible(asset.asset), "bold"), f"  {visible(named)}"), soft_wrap=True)
        for line in _lines(asset):
            screen.print(Text(visible(line)), soft_wrap=True)


def _lines(asset: PastAsset) -> Iterator[str]:
    yield from (f"  {line}" for line in _now(asset))
    yield from (f"      {verdict_text(item)}" for item in asset.verdicts)
    for item in asset.revisions:
        yield from _revision_lines(item)


def _now(asset: PastAsset) -> Iterator[str]:
    """How the file that lies there stands to its revisions; nothing where all is as it was said."""
    if asset.away:
        yield f"away: {asset.away}"
    if asset.changed:
        same = asset.changed.same_as
        what = f"the bytes of {same.id}" if same else f"other bytes, {asset.sha256[:SHORT_DIGEST]}"
        yield f"! changed without a word: has {what}"
    for moved in asset.moved:
        yield f"! {moved.newest.id} lies in {moved.name}"
    if asset.is_gone:
        yield "! gone: the bytes of its newest revision are not in the folder of the title"
    if not asset.revisions:
        yield "no revision yet" + ("" if asset.sha256 else ", and no file")


def _revision_lines(past: PastRevision) -> Iterator[str]:
    item = past.revision
    size = size_text(item.size)
    yield f"  @{item.revision}  {utc(item.at)}  {item.who}: {item.why}  ({size}, {item.sha256[:SHORT_DIGEST]})"
    if item.note:
        yield f"      {item.note}"
    yield from (f"      {verdict_text(verdict)}" for verdict in past.verdicts)
    yield from (f"      delivered: {package}" for package in past.packages)


def verdict_text(item: Verdict) -> str:
    """`svod 2026-11: fail, 2 errors, 1 warning; 2026-11-21T09:00:00Z`."""
    counts = [count_text(item.errors, "error"), count_text(item.warnings, "warning"), count_text(item.notes, "note")]
    said = [text for text in counts if not text.startswith("0 ")]
    said += [f"{item.not_checked} not checked"] if item.not_checked else []
    window = f" {item.window}" if item.window else ""
    platform = f"{item.platform} {item.platform_revision}{window}"
    return f"{platform}: {', '.join([item.verdict, *said])}; {item.judged_at}"


def data(past: Past) -> dict[str, Any]:
    """A history as data for a machine."""
    return {"title": past.title.id, "assets": [_asset(asset) for asset in past.assets]}


def _asset(asset: PastAsset) -> dict[str, Any]:
    changed = asset.changed
    return {
        "asset": asset.asset,
        "file": asset.file.name if asset.file else None,
        "sha256": asset.sha256 or None,
        "changed": bool(changed),
        "same_as": changed.same_as.id if changed and changed.same_as else None,
        "moved_to": [item.name for item in asset.moved],
        "gone": asset.is_gone,
        "away": asset.away or None,
        "qc": [asdict(item) for item in asset.verdicts],
        "revisions": [
            {
                **revision_data(item.revision),
                "qc": [asdict(verdict) for verdict in item.verdicts],
                "packages": list(item.packages),
            }
            for item in asset.revisions
        ],
    }


def revision_data(item: Revision) -> dict[str, Any]:
    """A revision as data for a machine."""
    return {**asdict(item), "at": utc(item.at), "id": item.id}
