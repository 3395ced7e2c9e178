"""What `deliver` says: for a person line by line, for a machine as JSON."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assets import territory
from assets.rights import RightsWindow, utc
from checks.confidential import INTERNAL
from checks.core import Severity
from checks.report import Report
from cli.delivery import Outcome
from cli.render.words import size_text, visible
from storage.deliver import Foreseen
from storage.manifests.own import Entry
from storage.receipting import Receipt

_STYLES = {
    "delivered": "bold green",
    "unchanged": "green",
    "held": "bold yellow",
    "planned": "cyan",
    "refused": "bold red",
    "unreadable": "bold red",
    "failed": "bold red",
    "not-selected": "dim",
}
_SHOWN_REASONS = 20


def show(outcome: Outcome, screen: Console) -> None:
    """A few lines on one outcome."""
    head = Text.assemble((outcome.state.replace("-", " "), _STYLES[outcome.state]), f"  {outcome.title}")
    if outcome.window:
        head.append(f"  {window_text(outcome.window)}")
    screen.print(head, soft_wrap=not screen.is_terminal)
    for line in _details(outcome):
        if screen.is_terminal:  # broken between words, under itself; what is piped is left in one line
            screen.print(Padding(Text(visible(line)), (0, 0, 0, 2)))
        else:
            screen.print(Text(f"  {visible(line)}"), soft_wrap=True)


def window_text(window: RightsWindow) -> str:
    """`svod-worldwide: worldwide, 2026-12-01 to 2028-12-01 (Asia/Seoul)`."""
    end = window.end.date().isoformat() if window.end else "open"
    return f"{window.id}: {territory.describe(window.territories)}, {window.start.date()} to {end} ({window.zone})"


def _details(outcome: Outcome) -> list[str]:
    lines = _shortened([f"- {reason}" for reason in outcome.reasons])
    if outcome.report:
        lines.append(_checked(outcome.report))
        lines += _shortened([f"warning: {text}" for text in rights_warnings(outcome.report)])
    if outcome.plan:
        lines += [f"left out: {reason}" for reason in outcome.plan.left_out]
        lines += _shortened([f"not held: {loss}" for loss in outcome.plan.losses])
    if outcome.foreseen:
        lines += _planned(outcome.foreseen)
    if receipt := outcome.receipt:
        lines.append(
            f"sent {receipt.sent_files} files, {size_text(receipt.sent_bytes)}; {_copied(receipt)}"
            f"there already {receipt.skipped_files} files, {size_text(receipt.skipped_bytes)}"
        )
        lines.append(f"package  {receipt.store.rstrip('/')}/{receipt.prefix}")
        lines += _since(outcome)
        lines.append(f"report   {receipt.store.rstrip('/')}/{receipt.prefix}{receipt.report_key}")
        if outcome.until is None:
            lines.append(f"verify   releaseprint verify {receipt.package[:16]} --in {receipt.store}")
    return lines


def _since(outcome: Outcome) -> list[str]:
    """What became of it, and of the packages before it."""
    held = [f"held     until {utc(outcome.until)}; then `releaseprint release` lets it stand"] if outcome.until else []
    return held + [f"instead of  {prefix}, which is superseded" for prefix in outcome.superseded]


def rights_warnings(report: Report) -> list[str]:
    """What a report warns of in the title's deals; the copy of it in the package does not say it."""
    return [item.message for item in report.findings if item.check in INTERNAL and item.severity is Severity.WARNING]


def _shortened(lines: list[str]) -> list[str]:
    rest = len(lines) - _SHOWN_REASONS
    return [*lines[:_SHOWN_REASONS], f"- and {rest} more"] if rest > 0 else lines


def _planned(foreseen: Foreseen) -> list[str]:
    """Each file of the package in the order of their keys, and how much of it would be sent."""
    marked = [(entry, "would send") for entry in foreseen.sent]
    marked += [(entry, "would copy") for entry in foreseen.copied]
    marked += [(entry, "there already") for entry in foreseen.there]
    lines = [
        f"{mark:13}  {entry.key}  {size_text(entry.size)}"
        for entry, mark in sorted(marked, key=lambda item: item[0].key)
    ]
    copied = f"the store would copy {_amount(foreseen.copied)}; " if foreseen.copied else ""
    return [*lines, f"would send {_amount(foreseen.sent)}; {copied}there already {_amount(foreseen.there)}"]


def _amount(entries: Sequence[Entry]) -> str:
    return f"{len(entries)} files, {size_text(bytes_of(entries))}"


def bytes_of(entries: Sequence[Entry]) -> int:
    """How long all of these are together."""
    return sum(entry.size for entry in entries)


def _checked(report: Report) -> str:
    words = (
        f"checked: {report.verdict}, {report.count(Severity.ERROR)} errors, {report.count(Severity.WARNING)} warnings"
    )
    waived = f", {len(report.waived)} waived" if report.waived else ""
    return f"{words}{waived}; releaseprint report {report.title_id} --platform {report.platform}"


def data(outcome: Outcome) -> dict[str, Any]:
    """An outcome for a machine."""
    window, receipt, report, foreseen = outcome.window, outcome.receipt, outcome.report, outcome.foreseen
    return {
        "title": outcome.title,
        "state": outcome.state,
        "reasons": list(outcome.reasons),
        "left_out": list(outcome.plan.left_out) if outcome.plan else [],
        "not_held": list(outcome.plan.losses) if outcome.plan else [],
        "window": window.id if window else None,
        "not_before": utc(window.start) if window else None,
        "not_after": utc(window.end) if window and window.end else None,
        "verdict": str(report.verdict) if report else None,
        "rights_warnings": rights_warnings(report) if report else [],
        "package": receipt.package if receipt else None,
        "prefix": receipt.prefix if receipt else None,
        "store": receipt.store if receipt else None,
        "receipt": receipt.key if receipt else None,
        "sent_bytes": receipt.sent_bytes if receipt else 0,
        "held_until": utc(outcome.until) if outcome.until else None,
        "superseded": list(outcome.superseded),
        "would_send_files": len(foreseen.sent) if foreseen else 0,
        "would_send_bytes": bytes_of(foreseen.sent) if foreseen else 0,
        "would_copy_files": len(foreseen.copied) if foreseen else 0,
        "would_copy_bytes": bytes_of(foreseen.copied) if foreseen else 0,
    }


def _copied(receipt: Receipt) -> str:
    """What the store copied by itself, if anything."""
    if not receipt.copied_files:
        return ""
    return f"copied by the store {receipt.copied_files} files, {size_text(receipt.copied_bytes)}; "
