"""`submit`: a producer's whole drop, every file of it accounted for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assets.errors import UsageError
from assets.intake import arriving, completeness
from assets.intake.arriving import Arrived, Turned
from assets.intake.drop import Plan
from assets.intake.newcomers import newcomers
from assets.intake.producer_sheet import Sheet, read_sheet
from assets.intake.proposal import Proposal, Said, Status
from cli import intake, judgement
from cli.main import CLEAN, FINDINGS
from cli.render import intake as render


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `submit`."""

    title: str | None
    sheet: Path | None
    is_accepted: bool
    may_replace: bool
    why: str | None
    who: str | None
    as_json: bool
    catalogue_dir: Path | None


def run(folder: Path, options: Options) -> int:
    """Account for every file, and add what is clear if it is accepted; the exit code.

    Raises InputError, UsageError, Refused; nothing is changed then.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder; `releaseprint add` takes single files")
    catalogue = judgement.require(options.catalogue_dir)
    sheet = read_sheet(options.sheet) if options.sheet else Sheet({}, {})
    found = _accounted(list(arriving.folder(folder)), sheet, options.sheet)
    read = intake.read(catalogue, found, options.title, _words(found, sheet, options.title))
    if options.title is None:
        read = replace(read, new=newcomers(read.drop.files, read.known, read.words, sheet.titles))
    return _accept(read, options) if options.is_accepted else _show(read, read.plan(), options, is_done=False)


def _accounted(found: Sequence[Arrived | Turned], sheet: Sheet, path: Path | None) -> list[Arrived | Turned]:
    """The files of a drop without the sheet itself; what the sheet names and is not there, or is other, is refused."""
    here = [item for item in found if not (isinstance(item, Arrived) and path and item.path == path.resolve())]
    names = {item.name for item in here}
    absent = [Turned(name, f"the sheet names it ({by.by}), and it is not there") for name, by in sheet.words.items()]
    checked = (_as_promised(item, sheet) if isinstance(item, Arrived) else item for item in here)
    return [*checked, *(item for item in absent if item.name not in names)]


def _as_promised(item: Arrived, sheet: Sheet) -> Arrived | Turned:
    promised = sheet.digests.get(item.name, item.sha256)
    return (
        item if promised == item.sha256 else Turned(item.name, f"its SHA-256 is {item.sha256}, by the sheet {promised}")
    )


def _words(found: Sequence[Arrived | Turned], sheet: Sheet, title: str | None) -> dict[str, Said]:
    words = {item.name: sheet.words.get(item.name, Said(by="--title")) for item in found}
    return {name: replace(by, title=by.title or title) for name, by in words.items()}


def _accept(read: intake.Intake, options: Options) -> int:
    def agreed(made: Plan) -> Sequence[Proposal]:
        if options.may_replace:
            intake.require_why(made, options.why, may_replace=True)
        left = set() if options.may_replace else {Status.REPLACE}
        return [item for item in made.proposals if item.status in intake.TAKEN - left]

    done = intake.take_in(read, agreed, options.who, options.why or "submitted")
    if not options.may_replace:
        done = replace(done, proposals=tuple(_left(item) for item in done.proposals))
    return _show(read, done, options, is_done=True)


def _left(item: Proposal) -> Proposal:
    """A file that was left out, since nobody said that it may replace another one."""
    if item.status is not Status.REPLACE:
        return item
    return item.unsettled(f"{item.why}; --replace and --why make a new revision")


def _show(read: intake.Intake, made: Plan, options: Options, *, is_done: bool) -> int:
    """Print the account; 0 if every file of it is taken or was there, 1 if a person has to do something."""
    lacks = {title: completeness.missing(found) for title, found in made.titles.items()}
    turned = read.drop.turned
    if options.as_json:
        click.echo(json.dumps(render.data(made, turned, lacks, is_done=is_done), ensure_ascii=False, indent=2))
    else:
        for line in render.new_titles(made, is_done=is_done):
            click.echo(line)
        for line in render.text(made.proposals, turned, lacks, is_done=is_done):
            click.echo(line)
        click.echo(_sum(made, turned, is_done=is_done))
    is_clear = all(item.status in {*intake.TAKEN, Status.DUPLICATE} for item in made.proposals)
    return CLEAN if is_done and is_clear and not turned else FINDINGS


def _sum(made: Plan, turned: Sequence[Turned], *, is_done: bool) -> str:
    counts: dict[str, int] = {}
    for item in made.proposals:
        word = render.word(item.status, is_done=is_done)
        counts[word] = counts.get(word, 0) + 1
    counts |= {"refused": len(turned)} if turned else {}
    words = ", ".join(f"{count} {word}" for word, count in counts.items()) or "no files"
    return words if is_done else f"{words}; nothing is changed until --accept"
