"""The steps that look after what was delivered: `release` and `expire`."""

from collections.abc import Generator
from dataclasses import dataclass

from cli import judgement, life, releasing, taking_down
from cli.main import CLEAN, FINDINGS, STORE_FAILED, UNREADABLE
from cli.runs.doing import Doing
from cli.runs.plan import Step
from cli.runs.record import Item
from cli.taking_down import Down, Unread, Wanted
from cli.withdrawing import Asked, kept_by_locks
from storage.embargo import Released
from storage.stores import Store
from storage.withdraw import Said

_RELEASE_CODES = {"refused": FINDINGS, "failed": STORE_FAILED}


@dataclass(frozen=True, slots=True)
class Release:
    """Packages that were held back stand, as by `releaseprint release`."""

    step: Step
    store: Store

    def items(self, doing: Doing) -> Generator[Item, None, None]:
        """What became of each package that is held back."""
        asked = Asked(doing.catalogue, self.store, Wanted(titles=self.step.titles))
        for released in releasing.releases(asked, self.step.who, dry_run=doing.dry_run):
            yield _released(released)


@dataclass(frozen=True, slots=True)
class Expire:
    """What must come down is told, and with `write` taken down, as by `releaseprint expire`."""

    step: Step
    store: Store

    def items(self, doing: Doing) -> Generator[Item, None, None]:
        """The packages that must come down, and what could not be read."""
        now, unread, step = judgement.now(), Unread(), self.step
        wanted = Wanted(titles=step.titles, platform=step.platform)
        coming = taking_down.over(doing.catalogue, self.store, wanted, step.at or now, unread)
        yield from (Item("", "unreadable", UNREADABLE, reasons=(text,)) for text in unread.titles)
        yield from (Item("", "unreadable", STORE_FAILED, reasons=(text,)) for text in unread.manifests)
        if not step.write or doing.dry_run:
            yield from map(_down, coming)
            return
        doing.record.to_do = {item.doomed.subject.prefix: None for item in coming}
        said = Said(life.by_whom(doing.catalogue.root, step.who), now, "")
        for item in taking_down.take_down(doing.catalogue, self.store, coming, said):
            yield _down(item)
            doing.record.finished(item.doomed.subject.prefix)


def _released(released: Released) -> Item:
    prefix = released.held.prefix
    title, platform, window, *_ = prefix.split("/")
    package = released.record.subject.package if released.record else ""
    code = _RELEASE_CODES.get(released.state, CLEAN)
    return Item(title, released.state, code, platform, window, released.reasons, package, prefix)


def _down(item: Down) -> Item:
    """What is told only is a finding: it has to come down. What could not be taken down is a failure of its store."""
    manifest, locks = item.doomed.manifest, kept_by_locks(item)
    state = "withdrawn" if item.record else "failed" if item.failed else "must-come-down"
    code = STORE_FAILED if item.failed else FINDINGS if locks or item.record is None else CLEAN
    reasons = (*item.reasons, *locks, *filter(None, [item.failed]))
    return Item(
        manifest.title,
        state,
        code,
        manifest.platform,
        manifest.window,
        reasons,
        manifest.package,
        item.doomed.subject.prefix,
    )
