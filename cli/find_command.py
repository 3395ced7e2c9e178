"""`releaseprint find`: a title by any spelling of its names."""

from pathlib import Path

import click

from cli.options import catalogue_option, json_option


@click.command("find")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most titles to show.")
@json_option
@catalogue_option
def command(text: tuple[str, ...], limit: int, as_json: bool, catalogue_dir: Path | None) -> int:
    """Find titles by TEXT: a name in any script or romanisation, an id, an EIDR; the likeliest first.

    Case, width, spaces, hyphens, diacritics and long vowels do not matter, nor does a slip or two in a long word. Names
    in Hangul and kana are found in Latin letters as well; others, in Han or Cyrillic, only by a romanisation that
    title.toml gives in [[other_names]]. Nothing found is exit code 1.
    """
    from assets.catalogue import open_catalogue
    from assets.searching import find
    from cli import finding
    from cli.known_names import entries_of
    from cli.main import CLEAN, FINDINGS

    entries, faults = entries_of(open_catalogue(catalogue_dir))
    hits = find(entries, " ".join(text))
    finding.show(hits, limit, faults, as_json=as_json)
    return CLEAN if hits else FINDINGS
