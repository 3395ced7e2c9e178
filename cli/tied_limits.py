"""Which of a check's changed limits makes a finding: a title is judged with each of them changed alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assets.subjects import ReadTitle
from checks.comparing import Change, Comparison, compare
from checks.comparing_limits import CheckChange, Fate, PlatformChange
from checks.single_limits import effect, with_one
from cli import judgement
from cli.judgement import Asked, Target

MOST_KEYS = 100
"""Keys that are tried, each of which judges the title once more; where more changed, none is."""


def tied(
    comparisons: Sequence[Comparison], limits: PlatformChange, everything: ReadTitle, target: Target, asked: Asked
) -> list[Comparison]:
    """The comparisons, with what each limit does alone where several of one check changed and its findings, too."""
    wanted = [(item.check, key.key) for item in limits.checks if _asks(item, comparisons) for key in item.keys]
    found: list[dict[tuple[str, str], Counter[Change]]] = [{} for _ in comparisons]
    for check, key in wanted if len(wanted) <= MOST_KEYS else ():
        platform = with_one(limits, check, key)
        if platform is None:
            continue
        reports, _ = judgement.judge_read(everything, target, replace(asked, platform=platform))
        for known, whole in zip(found, comparisons, strict=True):
            alone = next((report for report in reports if report.window == whole.old.window), None)
            if alone is not None:
                known[check, key] = effect(whole, check, compare(whole.old, alone))
    return [replace(whole, by_limit=known) for whole, known in zip(comparisons, found, strict=True)]


def _asks(item: CheckChange, comparisons: Sequence[Comparison]) -> bool:
    """Whether more than one limit of a check may have made what became of its findings."""
    return (
        item.fate is Fate.CHANGED
        and len(item.keys) > 1
        and any(
            change is not Change.UNCHANGED and count
            for comparison in comparisons
            for change, count in comparison.counts_by_check.get(item.check, {}).items()
        )
    )
