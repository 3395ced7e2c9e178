"""What `diff` does: compare two files of text, or two revisions of whatever kind."""

from dataclasses import dataclass
from pathlib import Path

import click

from assets.subtitles import comparing, retiming
from cli import judgement, revision_diff, timed_text
from cli.render import facts
from cli.render import timed_text as render
from cli.revisions import bytes_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Within what times are the same, whether everything is to be printed, and whether for a machine."""

    within: str
    everything: bool
    as_json: bool


def files(old: Path, new: Path, asked: Asked, names: tuple[str, str] | None = None) -> bool:
    """Compare two subtitle files, called by other names if they have some; whether they say the same."""
    before, after = timed_text.load(old), timed_text.load(new)
    tolerance = abs(retiming.parse_time(asked.within, before.frame_rate or after.frame_rate))
    found = comparing.compare(before.cues, after.cues, tolerance=tolerance)
    first, second = map(Path, names or (old, new))
    render.show_comparison(found, first, second, as_json=asked.as_json, everything=asked.everything)
    return not found.changes


def revisions(
    catalogue_dir: Path | None, title: str | None, names: tuple[str, str], thumbnails: Path | None, asked: Asked
) -> bool:
    """Compare two revisions of a title; whether they say the same."""
    catalogue = judgement.require(catalogue_dir)
    first, second = revision_diff.sides(catalogue, title, *names)
    if thumbnails:
        for line in revision_diff.write_thumbnails(catalogue, first, second, thumbnails):
            click.echo(line, err=asked.as_json)
    if first.kind == "subtitles":
        old, new = (bytes_of(catalogue, side.title, side.revision) for side in (first, second))
        return files(old, new, asked, (first.label, second.label))
    rows = revision_diff.rows(catalogue, first, second)
    facts.show(rows, first.label, second.label, as_json=asked.as_json, everything=asked.everything)
    return not any(row.differs for row in rows)
