"""What `releaseprint policy import` does: read, translate, try, write, tell."""

import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from assets import ids, platform
from assets.catalogue import Catalogue
from assets.errors import Refused, UsageError
from assets.policy import document
from assets.policy.translate import Translation, translate
from assets.policy.writing import Head, platform_text
from checks import suites
from cli import judgement
from cli.render.words import visible_lines
from cli.terminal import say_path
from cli.writing import write_new, write_text


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported, as what."""

    file: Path
    platform_id: str
    right: str
    base: str | None


def order(file: Path, platform_id: str | None, right: str, base: str | None) -> Order:
    """The options of the command, if they are valid. Raises UsageError."""
    name = platform_id or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    try:
        return Order(file, ids.an_id(name), ids.media_right(right), base)
    except ValueError as error:
        raise UsageError(f"{error}; --id and --right name them") from error


def run(wanted: Order, catalogue: Catalogue, *, partial: bool, force: bool) -> None:
    """Write the platform. Raises Refused where something is left out and not `partial`, UsageError, InputError."""
    own = judgement.own_platforms(catalogue)
    base = platform.load(wanted.base, own) if wanted.base else None
    policy = document.read(wanted.file)
    translation = translate(policy)
    _require(translation, wanted.file, partial=partial)
    on = datetime.now(UTC).date()
    text = platform_text(Head(policy.name, wanted.file.name, wanted.right, on, base), translation)
    _try(text, wanted.platform_id, own)
    path = catalogue.root / "platforms" / f"{wanted.platform_id}.toml"
    (write_text if force else write_new)(path, text)
    _tell(path, translation)


def _require(translation: Translation, file: Path, *, partial: bool) -> None:
    reasons = [str(item) for item in translation.left]
    if not translation.asked:
        raise Refused(f"{file}: no check can ask for anything of this policy; nothing is written", reasons)
    if reasons and not partial:
        raise Refused(f"{file}: not all of it can be expressed; nothing is written without --partial", reasons)


def _try(text: str, platform_id: str, own: Path | None) -> None:
    """Load the platform as the catalogue would. Raises InputError, so that no file is written that nobody can use."""
    with tempfile.TemporaryDirectory() as folder:
        for path in own.glob("*.toml") if own is not None else ():
            (Path(folder) / path.name).write_bytes(path.read_bytes())
        (Path(folder) / f"{platform_id}.toml").write_text(text, encoding="utf-8")
        suites.suite(platform.load(platform_id, Path(folder)))


def _tell(path: Path, translation: Translation) -> None:
    say_path("platform", path)
    for item in translation.asked:
        click.echo(f"  {item.solved.check}")
        for note in item.notes:
            click.echo(visible_lines(f"    {note}"))
    if translation.left:
        click.echo("left out:")
        for left in translation.left:
            click.echo(visible_lines(f"  {left}"))
