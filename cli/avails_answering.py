"""From the command line of `avails` to its answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from assets import collecting
from assets.catalogue import Catalogue, open_catalogue
from assets.errors import InputError, UsageError
from assets.territory import atoms
from cli.avails_asking import Asked, avails_of
from cli.avails_lists import ending, for_sale
from cli.held_titles import HeldTitle, held_titles
from cli.judgement import now, platform_of
from cli.main import CLEAN, FINDINGS, UNREADABLE
from cli.render import avails as render
from cli.render.words import count_text, visible_lines

ANY_RIGHT = "all-rights"


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of `avails`, as it was given."""

    platform_name: str | None
    right: str | None
    territories: frozenset[str] | None
    at: datetime | None
    why_not: bool
    to_sell: bool
    days: int | None
    output: Path | None
    licensor: str | None
    avails_version: str | None
    as_json: bool


@collecting.paused()
def run(folder: Path | None, titles: tuple[str, ...], options: Options) -> int:
    """Print the answer, or write it to a file. Raises UsageError, InputError."""
    _require_one_question(options)
    catalogue = open_catalogue(folder)
    asked = Asked(_right(catalogue, options), options.territories or atoms(), options.at or now())
    held, faults = held_titles(catalogue, titles, for_sales=options.to_sell)
    for fault in faults:
        click.echo(visible_lines(str(fault)), err=True)
    code = _write(catalogue, held, asked, options) if options.output else _print(held, asked, options)
    return _worst(code, faults)


def _worst(code: int, faults: Sequence[InputError]) -> int:
    return UNREADABLE if faults else code


def _require_one_question(options: Options) -> None:
    asked = {
        "--to-sell": options.to_sell,
        "--ending": options.days is not None,
        "--why-not": options.why_not,
        "--output": options.output is not None,
    }
    given = [name for name, is_given in asked.items() if is_given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} are different questions; one of them")
    if (options.licensor is None) != (options.output is None):
        raise UsageError("--output and --licensor go together: Avails say who offers")
    if options.avails_version is not None and options.output is None:
        raise UsageError("--avails-version is that of the file of --output")
    if options.right is not None and options.platform_name is not None:
        raise UsageError("--right and --platform both say which right; one of them")


def _right(catalogue: Catalogue, options: Options) -> str:
    """The right that is asked about; lists are of any right if none is named."""
    if options.right is not None:
        return options.right
    is_list = options.to_sell or options.days is not None or options.output is not None
    if options.platform_name is None and is_list:
        return ANY_RIGHT
    if options.platform_name is None and catalogue.config.platform is None:
        raise UsageError("no right: --right or --platform is needed, or `platform = …` in releaseprint.toml")
    return platform_of(catalogue, options.platform_name).right


def _print(held: Sequence[HeldTitle], asked: Asked, options: Options) -> int:
    answer: render.Avails | render.Sales | render.Ends
    if options.to_sell:
        answer = render.Sales(for_sale(held, asked))
    elif options.days is not None:
        answer = render.Ends(ending(held, asked, options.days))
    else:
        answer = render.Avails([avails_of(title, asked) for title in held], in_full=options.why_not)
    if options.as_json:
        click.echo(json.dumps(render.head(asked) | answer.data(), ensure_ascii=False, indent=1))
    else:
        answer.show(asked)
    return CLEAN


def _write(catalogue: Catalogue, held: Sequence[HeldTitle], asked: Asked, options: Options) -> int:
    from cli.avails_writing import Seller, write

    if options.output is None or options.licensor is None:
        return CLEAN
    titles = [catalogue.title(item.outline.id) for item in held]
    told = write(options.output, titles, asked, Seller(options.licensor, options.avails_version))
    for line in told.refused:
        click.echo(visible_lines(f"not written: {line}"), err=True)
    for title in told.no_mandate:
        click.echo(visible_lines(f"{title}: no mandate is recorded; its licences stand alone"), err=True)
    if options.as_json:
        whole = {"file": str(options.output), "rows": told.rows, "refused": list(told.refused)}
        whole["no_mandate"] = list(told.no_mandate)
        click.echo(json.dumps(render.head(asked) | whole, ensure_ascii=False, indent=1))
    else:
        click.echo(
            f"{count_text(told.rows, 'row')} in {options.output}" if told.rows else f"{options.output} is not written"
        )
    return FINDINGS if told.refused else CLEAN
