"""What `convert`, `retime` and `diff` say: for a person line by line, for a machine as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from assets.subtitles import Cue, Damage, format_of
from assets.subtitles.comparing import Change, Comparison, Kind
from assets.subtitles.conversion import Loss
from assets.subtitles.grids import time_text
from assets.timing import TICKS_PER_SECOND, rate_text
from cli.render.words import count_text, visible
from cli.terminal import console
from cli.timed_text import LEFT_OUT, Outcome

_MILLISECOND = Fraction(1, 1000)

SHOWN = 40
"""Rows of a list that are printed if not all are asked for; JSON has all."""


def show_outcome(outcome: Outcome, *, as_json: bool, everything: bool) -> None:
    """A file that was made of another: what it is, and what was lost."""
    if as_json:
        click.echo(json.dumps(outcome_data(outcome), ensure_ascii=False, indent=2))
        return
    screen = console()
    read, held = outcome.read, format_of(outcome.format_id)
    made = outcome.destination if outcome.written else f"{outcome.destination} (not written: something would be lost)"
    screen.print(Text(visible(f"{outcome.source} -> {made}")), soft_wrap=True)
    origin = f"{format_of(read.format).name}, {read.encoding}"
    cues = count_text(len(outcome.converted.cues), "cue")
    screen.print(Text(f"{cues}; {origin} -> {held.name}"), soft_wrap=True)
    kept = [item for item in read.damage if item.kind not in LEFT_OUT]
    left_out = [item for item in read.damage if item.kind in LEFT_OUT]
    _list(
        f"{count_text(len(kept), 'fault')} of the source, read all the same",
        map(_damage_row, kept),
        everything=everything,
    )
    _list(
        f"not read of the source: {count_text(len(left_out), 'fault')}",
        map(_damage_row, left_out),
        everything=everything,
    )
    losses = outcome.converted.losses
    names = ", ".join(f"{what} {count}" for what, count in Counter(_name(loss) for loss in losses).most_common())
    _list(f"not held by {held.name}: {names}", map(_loss_row, losses), everything=everything)
    if not outcome.lost:
        screen.print("nothing lost")


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """A file that was made of another, as data for a machine."""
    read = outcome.read
    return {
        "source": {
            "path": str(outcome.source),
            "format": read.format,
            "encoding": read.encoding,
            "bom": read.bom,
            "language": read.language,
            "cues": len(read.cues),
            "damage": [
                {"line": item.line, "kind": item.kind, "what": item.what, "text": item.text} for item in read.damage
            ],
        },
        "target": {
            "path": str(outcome.destination),
            "format": outcome.format_id,
            "cues": len(outcome.converted.cues),
            "bytes": len(outcome.converted.data),
            "written": outcome.written,
        },
        "losses": [
            {"cue": loss.number, "line": loss.line, "what": loss.what, "text": loss.text}
            for loss in outcome.converted.losses
        ],
    }


def show_comparison(found: Comparison, old: Path, new: Path, *, as_json: bool, everything: bool) -> None:
    """What changed between two files."""
    if as_json:
        click.echo(json.dumps(comparison_data(found, old, new), ensure_ascii=False, indent=2))
        return
    screen = console()
    chosen = found.changes if everything else found.changes[:SHOWN]
    for change in chosen:
        screen.print(_change_text(change), soft_wrap=True)
    if len(chosen) < len(found.changes):
        screen.print(f"and {len(found.changes) - len(chosen)} more; --all prints them")
    counts = ", ".join(f"{found.count(kind)} {kind}" for kind in Kind)
    screen.print(Text(visible(f"{old} -> {new}: {counts}; {count_text(found.same, 'cue')} the same")), soft_wrap=True)


def comparison_data(found: Comparison, old: Path, new: Path) -> dict[str, Any]:
    """What changed between two files, as data for a machine; times in seconds, exact."""
    return {
        "old": str(old),
        "new": str(new),
        "same": found.same,
        "counts": {str(kind): found.count(kind) for kind in Kind},
        "changes": [
            {"kinds": list(map(str, change.kinds)), "old": _cue_data(change.old), "new": _cue_data(change.new)}
            for change in found.changes
        ],
    }


def _cue_data(cue: Cue | None) -> dict[str, Any] | None:
    if cue is None:
        return None
    times = {"start": time_text(cue.start), "end": time_text(cue.end)}
    return {"cue": cue.number, "line": cue.line, **times, "text": cue.text}


def _list(head: str, rows: Iterable[tuple[str, ...]], *, everything: bool) -> None:
    """A list under a head, cut short unless everything is asked for; nothing if it is empty."""
    found = list(rows)
    if not found:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in found if everything else found[:SHOWN]:
        table.add_row(*(Text(visible(cell), overflow="fold") for cell in row))
    screen = console()
    screen.print(Text(f"\n{head}", style="bold"), soft_wrap=True)
    screen.print(table)
    if not everything and len(found) > SHOWN:
        screen.print(f"and {len(found) - SHOWN} more; --all prints them")


def _damage_row(item: Damage) -> tuple[str, ...]:
    return f"line {item.line}", item.kind, item.what, item.text


def _loss_row(loss: Loss) -> tuple[str, ...]:
    line = f"line {loss.line}" if loss.line else ""
    return f"cue {loss.number}", line, loss.what, loss.text


def _name(loss: Loss) -> str:
    """What a loss is counted as: what stands before the details of a format's own sentence."""
    return "characters" if loss.what.startswith("characters ") else loss.what.partition(":")[0]


def _change_text(change: Change) -> Text:
    """A change: a head with the cue and its times, and the texts that differ."""
    both = [cue for cue in (change.old, change.new) if cue]
    numbers = " -> ".join(dict.fromkeys(str(cue.number) for cue in both))
    times = f"{time_text(both[-1].start)} --> {time_text(both[-1].end)}"
    result = Text(f"cue {numbers}  {times}  {', '.join(change.kinds)}", style="bold")
    for line, style in _details(change):
        result.append(f"\n  {line}", style=style)
    return result


def _details(change: Change) -> Iterator[tuple[str, str]]:
    old, new = change.old, change.new
    if old and new and Kind.TIMING in change.kinds:
        yield f"in-cue {_moved(old.start, new.start)}, out-cue {_moved(old.end, new.end)}", "not bold cyan"
    if old and (new is None or Kind.TEXT in change.kinds):
        yield f"- {visible(old.text)}", "not bold red"
    if new and (old is None or Kind.TEXT in change.kinds):
        yield f"+ {visible(new.text)}", "not bold green"
    if old and new and change.kinds in {(Kind.STYLE,), (Kind.MOVED,)}:
        yield visible(new.text), "not bold"


def _moved(old: int, new: int) -> str:
    """`+0.5 s`, `-41.7 µs`, `unchanged`: how much later a time is."""
    if old == new:
        return "unchanged"
    later = Fraction(new - old, TICKS_PER_SECOND)
    sign = "+" if later > 0 else ""
    if abs(later) >= _MILLISECOND:
        return f"{sign}{rate_text(later)} s"
    return f"{sign}{rate_text(later * 1_000_000)} µs"
