"""The steps that send: `deliver` and `redeliver`."""

from collections.abc import Generator
from dataclasses import dataclass

from assets.platform import Platform
from cli import delivery, redelivering
from cli.delivery import Order, Outcome
from cli.delivery_text import bytes_of
from cli.main import FINDINGS
from cli.runs.doing import Doing, of_title
from cli.runs.plan import Step
from cli.runs.record import Item
from storage.stores import Store


@dataclass(frozen=True, slots=True)
class Deliver:
    """Titles are delivered, as by `releaseprint deliver`."""

    step: Step
    platform: Platform
    store: Store

    def items(self, doing: Doing) -> Generator[Item, None, None]:
        """What became of each window of each title."""
        step = self.step
        order = Order(
            self.platform,
            step.territory or frozenset(),
            step.at,
            step.titles,
            step.window,
            doing.dry_run,
            step.not_before,
        )
        doing.titles(step.titles)
        any_selected = False
        for title_id, outcomes in delivery.by_title(
            doing.catalogue, order, self.store, doing.workers, doing.record.task
        ):
            for item in of_title(title_id, (item_of(outcome, self.platform) for outcome in outcomes), doing):
                any_selected |= item.state != "not-selected"
                yield item
        if not any_selected:  # as the command: a wrong territory would never be seen
            yield Item("", "nothing-selected", FINDINGS, self.platform.id, reasons=("no title was selected",))


@dataclass(frozen=True, slots=True)
class Redeliver:
    """What has changed is delivered again, as by `releaseprint redeliver`."""

    step: Step
    platform: Platform
    store: Store

    def items(self, doing: Doing) -> Generator[Item, None, None]:
        """What became of each window of each title that was delivered."""
        step = self.step
        again = redelivering.Again(
            doing.catalogue, self.platform, self.store, step.window, step.not_before, doing.dry_run
        )
        with redelivering.measured(again, doing.titles(step.titles), doing.workers, doing.record.task) as ready:
            for title_id in ready:
                outcomes = redelivering.outcomes(again, title_id, ready)
                yield from of_title(title_id, (item_of(outcome, self.platform) for outcome, _ in outcomes), doing)


def item_of(outcome: Outcome, platform: Platform) -> Item:
    """An outcome of a delivery, without what it was made of."""
    receipt = outcome.receipt
    return Item(
        outcome.title,
        outcome.state,
        outcome.exit_code,
        platform.id,
        outcome.window.id if outcome.window else "",
        outcome.reasons,
        receipt.package if receipt else "",
        receipt.prefix if receipt else "",
        receipt.key if receipt else "",
        receipt.sent_bytes if receipt else 0,
        bytes_of(outcome.foreseen.sent) if outcome.foreseen else 0,
    )
