"""What `fix` says: every cue before and after, and what was not changed and why."""

import json
from collections.abc import Sequence
from typing import Any

import click
from rich.text import Text

from assets.subtitles import Cue
from assets.timing import ms_text
from checks.fixing import Change
from cli.fixing import Outcome
from cli.render.words import count_text, visible
from cli.terminal import console


def show(outcomes: Sequence[Outcome], *, as_json: bool) -> None:
    """Print the outcomes, coloured on a terminal only, or as JSON."""
    if as_json:
        click.echo(json.dumps([data(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
        return
    screen = console()
    for outcome in outcomes:
        for line in lines(outcome):
            screen.print(line, soft_wrap=True)


def data(outcome: Outcome) -> dict[str, Any]:
    """What came of one file, for a machine. Cues have their numbers in the file as it was; `place` is the new one."""
    fixed = outcome.fixed
    return {
        "file": outcome.file,
        "read": fixed is not None,
        "changes": [
            {
                "cue": change.before.number,
                "fix": change.fix,
                "before": _cue_data(change.before),
                "after": _cue_data(change.after),
                "place": change.place,
            }
            for change in (fixed.changes if fixed else ())
        ],
        "withheld": [
            {"cue": left.cue.number, "fix": left.fix, "reason": left.reason}
            for left in (fixed.withheld if fixed else ())
        ],
        "refused": list(outcome.refused),
        "otherwise": list(outcome.otherwise),
        "written": outcome.kept is not None,
        "original": outcome.kept.original if outcome.kept else None,
        "revision": outcome.kept.revision or None if outcome.kept else None,
    }


def _cue_data(cue: Cue) -> dict[str, Any]:
    return {"start": ms_text(cue.start), "end": ms_text(cue.end), "text": cue.text}


def lines(outcome: Outcome) -> list[Text]:
    """What came of one file, line by line."""
    result = [Text(visible(f"{outcome.file}: {_summary(outcome)}"), style="bold")]
    fixed = outcome.fixed
    for change in fixed.changes if fixed else ():
        result += _change(change)
    for left in fixed.withheld if fixed else ():
        result.append(Text(visible(f"cue {left.cue.number}  {left.fix} not done, it would make: {left.reason}")))
    if fixed and fixed.track.frame_rate is None:
        result.append(Text("no frame rate is known, so gaps and overlaps were left; name it with --frame-rate"))
    result += [Text(visible(f"  would be lost: {reason}")) for reason in outcome.refused if fixed]
    result += [Text(visible(f"  of the file itself: {what}")) for what in outcome.otherwise]
    return result


def _change(change: Change) -> list[Text]:
    head = f"cue {change.before.number}  {change.fix}"
    if change.place is not None:
        return [Text(f"{head}: now cue {change.place}"), Text(f"  {_cue_text(change.after)}")]
    return [
        Text(head),
        Text(f"- {_cue_text(change.before)}", style="red"),
        Text(f"+ {_cue_text(change.after)}", style="green"),
    ]


def _summary(outcome: Outcome) -> str:
    if outcome.fixed is None:
        return f"not read: {'; '.join(outcome.refused)}"
    changed = len({change.before.number for change in outcome.fixed.changes})
    if not changed:
        return "nothing to mend"
    cues = count_text(changed, "cue")
    if outcome.refused:
        return f"{cues} to mend; not written, because something would be lost"
    if outcome.kept is None:
        return f"{cues} to mend; nothing was written"
    made = f" as {outcome.kept.revision}" if outcome.kept.revision else ""
    return f"{cues} mended{made}; the original is {outcome.kept.original}"


def _cue_text(cue: Cue) -> str:
    return f"{ms_text(cue.start)} --> {ms_text(cue.end)}  {visible(cue.text.replace(chr(10), ' / '))}"
