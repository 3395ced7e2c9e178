"""What `receipts` says, and what `audit verify` finds."""

import csv
import io
from dataclasses import asdict

import click

from assets.catalogue import Catalogue
from assets.errors import UsageError
from cli.main import CLEAN, STORE_FAILED
from cli.render import after
from cli.render.words import count_text, visible
from cli.withdrawing import Asked
from storage import audit_verify, receipts
from storage.receipts import State
from storage.stores import open_store

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: a spreadsheet would take it for a formula."""


def receipts_of(asked: Asked, *, as_json: bool, as_csv: bool) -> int:
    """Say what happened to the packages that are meant; the exit code."""
    if as_json and as_csv:
        raise UsageError("--json and --csv do not go together")
    known, wrong = receipts.accounts(asked.store, *[f"{title}/" for title in asked.wanted.titles])
    if as_json:
        after.show_json(after.account_rows(known, asked.store.url))
    elif as_csv:
        click.echo(_csv(after.account_rows(known, asked.store.url)), nl=False)
    else:
        after.show_accounts(known)
    for line in wrong:
        click.echo(visible(line), err=True)
    return STORE_FAILED if wrong or any(item.state is State.LOST for item in known) else CLEAN


def _csv(rows: list[dict[str, object]]) -> str:
    """The rows as CSV by RFC 4180."""
    text = io.StringIO()
    writer = csv.DictWriter(text, after.COLUMNS)
    writer.writeheader()
    writer.writerows({key: _cell(str(value)) for key, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def audited(catalogue: Catalogue, named: tuple[str, ...], *, as_json: bool) -> int:
    """Compare the audit log with itself and with stores: those that are named, or all that the catalogue knows."""
    names = named or tuple(dict.fromkeys([catalogue.config.store, *catalogue.config.stores]))
    stores = {store.url: store for store in (open_store(name, catalogue) for name in names)}
    found = audit_verify.verify(catalogue.root, list(stores.values()))
    if as_json:
        after.show_json(asdict(found))
    else:
        for line in found.wrong:
            after.tell(line)
        for url in found.unseen:
            after.tell(f"not compared: {url}; name it with --in")
        after.tell(f"{count_text(found.lines, 'line')}, {found.compared} in stores: {_verdict(found)}")
    return STORE_FAILED if found.wrong else CLEAN


def _verdict(found: audit_verify.Verified) -> str:
    if found.wrong:
        return f"{len(found.wrong)} wrong"
    return "nothing was changed in what was compared" if found.unseen else "nothing was changed"
