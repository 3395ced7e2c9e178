"""`add`: files that a person names, asked about one by one where somebody watches."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assets.intake import arriving
from assets.intake.arriving import Arrived
from assets.intake.drop import Plan
from assets.intake.proposal import Proposal, Said, Status
from cli import intake, judgement
from cli.main import CLEAN, FINDINGS
from cli.render import intake as render


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `add`."""

    said: Said
    is_agreed: bool
    may_replace: bool
    why: str | None
    who: str | None
    as_json: bool
    catalogue_dir: Path | None


def run(files: Sequence[Path], options: Options) -> int:
    """Propose, ask, add; the exit code. Raises InputError, UsageError, Refused."""
    found = [_renamed(arriving.one(path), path, files) for path in files]
    catalogue = judgement.require(options.catalogue_dir)
    words = {item.name: options.said for item in found}
    read = intake.read(catalogue, found, options.said.title, words)
    intake.require_readable(read.drop)
    if options.is_agreed:
        return _add(read, options)
    if options.as_json or not is_watched():
        _show(read.plan(), options, is_done=False)
        return FINDINGS
    chosen = _asked(read)
    if not chosen.drop.files:
        return FINDINGS
    if any(item.status is Status.REPLACE for item in chosen.plan().proposals):
        why = options.why or click.prompt("Why is it replaced")
        options = replace(options, may_replace=True, why=why)
    return _add(chosen, options)


def is_watched() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _renamed(item: Arrived | arriving.Turned, path: Path, files: Sequence[Path]) -> Arrived | arriving.Turned:
    """Two files of one name from two folders of one name are told apart by their whole paths."""
    alike = sum(
        (other.name, other.absolute().parent.name) == (path.name, path.absolute().parent.name) for other in files
    )
    if isinstance(item, Arrived) and alike > 1:
        return Arrived(path.as_posix(), item.path, item.size, item.sha256)
    return item


def _add(read: intake.Intake, options: Options) -> int:
    def agreed(made: Plan) -> Sequence[Proposal]:
        picked = intake.require_all(made)
        intake.require_why(made, options.why, may_replace=options.may_replace)
        return picked

    done = intake.take_in(read, agreed, options.who, options.why or "added")
    _show(done, options, is_done=True)
    return CLEAN


def _show(made: Plan, options: Options, *, is_done: bool) -> None:
    if options.as_json:
        click.echo(json.dumps(render.data(made, (), {}, is_done=is_done), ensure_ascii=False, indent=2))
        return
    for line in render.text(made.proposals, (), {}, is_done=is_done):
        click.echo(line)
    if not is_done:
        click.echo(f"nothing was added; {_next_step(made)}", err=True)


def _next_step(made: Plan) -> str:
    """What would add them: all of what is named together is added, or nothing."""
    statuses = {item.status for item in made.proposals}
    if statuses - intake.TAKEN - {Status.DUPLICATE}:
        return "say what is not told (--title, --version, --language, --kind), and leave out what is no asset"
    return "--yes --replace --why TEXT adds them" if Status.REPLACE in statuses else "--yes adds them"


def _asked(read: intake.Intake) -> intake.Intake:
    """The drop as a person agrees to it: with what was said of files, without those that are left out."""
    for name in [item.file.name for item in read.drop.files]:
        while True:
            item = next(found for found in read.plan().proposals if found.what.file.name == name)
            for line in render.lines_of(item):
                click.echo(line)
            can = item.status in intake.TAKEN
            answers = ["y", "n", "c"] if can else ["n", "c"]
            question = "Add it (y), leave it out (n), or choose (c)" if can else "Leave it out (n), or choose (c)"
            answer = click.prompt(question, type=click.Choice(answers), default=answers[0])
            if answer == "n":
                read = read.without(name)
            if answer != "c":
                break
            words = _chosen(item)
            if wrong := words.problem():
                click.echo(wrong, err=True)
            else:
                read = read.saying(name, words)
    return read


def _chosen(item: Proposal) -> Said:
    """What a person says of a file, each with what was proposed as the default; a lone `-` leaves it to the tool."""
    values = {}
    for name in ("title", "version", "language", "kind"):
        told = item.told.get(name)
        answer = click.prompt(f"  {name}", default=told.value if told else "-")
        values[name] = None if answer.strip() in {"", "-"} else answer.strip()
    return Said(**values, by="an answer")
