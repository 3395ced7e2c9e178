"""Measuring a store for `releaseprint store test`, and showing what came of it."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from assets.catalogue import Catalogue
from assets.rights import utc
from cli.main import CLEAN, FINDINGS
from cli.render.words import visible
from cli.terminal import print_table, steps_progress
from storage.stores import open_store
from storage.trials import suite
from storage.trials.core import Verdict
from storage.trials.suite import Matrix

_STYLES = {Verdict.YES: "green", Verdict.NO: "yellow", Verdict.WRONG: "bold red", Verdict.UNKNOWN: "dim"}


def run(catalogue: Catalogue, store_name: str | None, *, as_json: bool) -> int:
    """Measure a store and print the matrix; the exit code."""
    store = open_store(store_name or catalogue.config.store, catalogue)
    count = 0
    with steps_progress(store.url) as told:

        def done(name: str) -> None:
            nonlocal count
            count += 1
            told("trials", count / len(suite.TRIALS))
            told(name, 1.0)

        matrix = suite.measure(store, done)
    if as_json:
        click.echo(json.dumps(_data(matrix), ensure_ascii=False, indent=2))
    else:
        _show(matrix)
    return FINDINGS if matrix.left or any(item.forbids for item in matrix.results) else CLEAN


def _data(matrix: Matrix) -> dict[str, Any]:
    return {
        "schema": "releaseprint/store-test/1",
        "store": matrix.store,
        "endpoint": matrix.endpoint,
        "tested_at": utc(datetime.now(UTC).replace(microsecond=0)),
        "results": [
            {
                "group": item.group,
                "name": item.name,
                "verdict": item.outcome.verdict.value,
                "remark": item.outcome.remark,
                "so": item.so,
                "forbids": item.forbids,
            }
            for item in matrix.results
        ],
        "left": list(matrix.left),
    }


def _show(matrix: Matrix) -> None:
    click.echo(visible(f"{matrix.store} at {matrix.endpoint}"))
    group = ""
    rows: list[list[str | tuple[str, str]]] = []
    for item in matrix.results:
        verdict = item.outcome.verdict
        shown = f"{verdict}: {item.outcome.remark}" if item.outcome.remark else str(verdict)
        rows.append([item.group if item.group != group else "", item.name, (shown, _STYLES[verdict]), item.so])
        group = item.group
    print_table(("", "trial", "answer", "so"), rows)
    for item in matrix.results:
        if item.forbids:
            click.echo(visible(f"{item.name}: {item.outcome.verdict}; {item.so}"))
    for key in matrix.left:
        click.echo(visible(f"{key}: could not be removed; remove it by hand"))
