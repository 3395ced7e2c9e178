"""What a run says: a line for each title of which something is to be said, and a table of its steps."""

from typing import TYPE_CHECKING, Any

import click

from cli.redacting import without_secrets
from cli.render.words import visible

if TYPE_CHECKING:
    from cli.runs.record import Item, RunRecord, StepRecord

_QUIET = frozenset({"not-selected", "pass", "unchanged", "waiting"})
"""States of titles of which there is nothing to say: the table counts them."""

_SHOWN_REASONS = 5
_SHOWN_TITLES = 20

_STYLES = {"done": "green", "failed": "bold red", "stopped": "bold yellow", "not-done": "bold yellow"}
_HEADS = ("step", "what", "where", "state", "titles", "sent", "exit")


def show_step(step: "StepRecord") -> None:
    """The first line of a step."""
    click.echo(visible(f"step {step.number}: {step.do}  {_where(step)}".rstrip()))


def show_item(item: "Item") -> None:
    """A title whose state is not the one that is expected of most."""
    if item.state in _QUIET:
        return
    words = (item.state.replace("-", " "), item.title, item.platform, item.window)
    click.echo(visible("  " + "  ".join(word for word in words if word)))
    for reason in item.reasons[:_SHOWN_REASONS]:
        click.echo(visible(f"    - {without_secrets(reason)}"))
    if (rest := len(item.reasons) - _SHOWN_REASONS) > 0:
        click.echo(f"    - and {rest} more")


def show_summary(record: "RunRecord") -> None:
    """A row for each step, and why those ended that did not come to their end."""
    from cli.terminal import print_table

    click.echo("")
    print_table(_HEADS, (_row(step) for step in record.steps))
    for step in record.steps:
        if step.reason:
            click.echo(visible(f"step {step.number}: {without_secrets(step.reason)}"))
        for trouble in step.troubles:
            click.echo(visible(f"step {step.number}: {without_secrets(' '.join(trouble.split()))}"))
        if step.to_do:
            names, rest = list(step.to_do)[:_SHOWN_TITLES], len(step.to_do) - _SHOWN_TITLES
            more = f" and {rest} more" if rest > 0 else ""
            click.echo(visible(f"step {step.number}: not done: {', '.join(names)}{more}"))
    for task in (task for step in record.steps for task in step.tasks if _is_told(task)):
        slow = "took so long that another worker began it, too"
        told = task["fault"] or (slow if task["straggled"] else "done after a worker was lost")
        click.echo(visible(f"worker {task['worker'] or 'unknown'}: {task['title']}: {task['tries']} tries: {told}"))


def _is_told(task: dict[str, Any]) -> bool:
    """Whether a task says something of the workers."""
    return bool(task["fault"] or task["tries"] > 1 or task["straggled"])


def show_json(record: "RunRecord") -> None:
    """The report on standard output."""
    click.echo(record.dumps(), nl=False)


def _row(step: "StepRecord") -> tuple[str | tuple[str, str], ...]:
    from cli.render.words import size_text

    counts = ", ".join(f"{count} {state.replace('-', ' ')}" for state, count in sorted(step.counts.items()))
    sent = sum(item.sent_bytes for item in step.items)
    planned = sum(item.would_send_bytes for item in step.items)
    state = (step.state.replace("-", " "), _STYLES.get(step.state, ""))
    return (
        str(step.number),
        step.do,
        _where(step),
        state,
        counts,
        f"would be {size_text(planned)}" if planned else size_text(sent) if sent else "",
        str(step.exit_code),
    )


def _where(step: "StepRecord") -> str:
    return " ".join(part for part in (step.platform, step.territory, without_secrets(step.store)) if part)
