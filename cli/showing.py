"""Reports in the formats that are asked for: on standard output, and in files."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from assets.catalogue import Catalogue
from assets.errors import InputError, UsageError
from checks.report import Report
from cli.outputs import TEXT, Output
from cli.render.batch import ENGLISH, Batch
from cli.render.words import visible_lines

WORK_TREE = "GITHUB_WORKSPACE"
"""The environment variable that names the work tree of a CI run: GitHub knows files by their path in it."""


def batch_of(
    reports: Sequence[Report],
    errors: Sequence[InputError] = (),
    *,
    catalogue: Catalogue | None = None,
    names: Iterable[str] = (),
    language: str = ENGLISH,
    verbose: bool = False,
    fingerprints: bool = False,
) -> Batch:
    """What the formats are made of. `names` are the files of the command line that may belong to no title."""
    from cli.judgement import now
    from cli.render.places import Places

    root = catalogue.root.resolve() if catalogue else None  # a work tree is resolved too: one lies in the other
    places = Places(root, _work_tree(root), [name for name in names if Path(name).is_file()])
    return Batch(reports, tuple(errors), places, language, now(), verbose, fingerprints)


def show_all(batch: Batch, outputs: Sequence[Output]) -> None:
    """Print and write the reports; what could not be read is told on standard error too. Raises UsageError."""
    for error in batch.unread:
        click.echo(visible_lines(str(error)), err=True)
    write_all(batch, sorted(outputs, key=lambda item: item.path is not None))  # the screen first: a file may fail


def write_all(batch: Batch, outputs: Iterable[Output]) -> None:
    """Each output, in this order. Raises UsageError for a file that cannot be written."""
    for output in outputs:
        _write(batch, output)


def _write(batch: Batch, output: Output) -> None:
    from cli.render import formats
    from cli.writing import write_text

    if output == Output(TEXT):
        from cli.render.formats import text
        from cli.terminal import console

        text.show(batch, console())
        return
    if output.path is not None:
        _require_no_source(batch, output.path)
    rendered = formats.load(output.name).made(batch)
    for notice in rendered.notices:
        click.echo(visible_lines(notice), err=True)
    if output.path is None:
        click.echo(rendered.text, nl=False)
    else:
        write_text(output.path, rendered.text)


def _require_no_source(batch: Batch, path: Path) -> None:
    """Raises UsageError where a report would take the place of a file that it is about."""
    from cli.targets import OF_TITLES

    if not path.exists():
        return
    meant = {path.resolve(), Path.cwd() / path}
    if any(meant & {Path.cwd() / file for file in batch.places.files(report, OF_TITLES)} for report in batch.reports):
        raise UsageError(f"{path}: was judged; a report is not written over it, name another file")


def _work_tree(root: Path | None) -> Path | None:
    """The work tree of a CI run, if the catalogue lies in it."""
    named = os.environ.get(WORK_TREE)
    found = Path(named).resolve() if named else None
    return found if found and root and root.is_relative_to(found) else None
