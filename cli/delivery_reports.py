"""The reports of a delivery, as the formats of reports take them."""

from collections.abc import Sequence

from assets.catalogue import Catalogue
from assets.errors import Fault, InputError
from assets.manifest import FILE_NAME
from cli.delivery import Outcome
from cli.render.batch import Batch
from cli.showing import batch_of


def batch(outcomes: Sequence[Outcome], catalogue: Catalogue) -> Batch:
    """Every report that was made, and the titles that could not be read."""
    unread = [_unread(outcome) for outcome in outcomes if outcome.state == "unreadable" and outcome.report is None]
    return batch_of([outcome.report for outcome in outcomes if outcome.report], unread, catalogue=catalogue)


def _unread(outcome: Outcome) -> InputError:
    path = f"titles/{outcome.title}/{FILE_NAME}"
    return InputError(*(Fault(path, "", reason.removeprefix(f"{path}: ")) for reason in outcome.reasons))
