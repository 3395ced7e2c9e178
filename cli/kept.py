"""What a catalogue's state keeps of the work: the verdicts of reports, and what was delivered."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assets import paths
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.rights import utc
from checks.report import Report
from cli.forgiving import say

if TYPE_CHECKING:
    from storage.deliver import Receipt
    from storage.index import Verdict
    from storage.plan import Plan


def keep_verdicts(
    catalogue: Catalogue | None, reports: Iterable[Report], forbidden: Collection[str] = frozenset()
) -> None:
    """Keep what reports say of each file of the catalogue's titles; files of nobody's have no history.

    `forbidden` are windows in which nothing may leave whatever their reports say: the title then fails as a whole.
    """
    if catalogue is not None:
        with keeper(catalogue) as keep:
            keep(verdicts_of(reports, forbidden))


def verdicts_of(reports: Iterable[Report], forbidden: Collection[str]) -> "list[Verdict]":
    """What reports say of each file, and of the title as a whole; `forbidden` as of `keep_verdicts`."""
    from checks import report_json
    from storage.index import WHOLE
    from storage.verdicts import verdicts

    return [
        replace(item, verdict="fail") if item.name == WHOLE and item.window in forbidden else item
        for report in reports
        for item in verdicts(report_json.to_dict(report))
    ]


@contextmanager
def keeper(catalogue: Catalogue | None) -> "Iterator[Callable[[Iterable[Verdict]], None]]":
    """Keeps verdicts, of one title after the other; what is wrong with the state is said, and ends nothing.

    The state is opened with the first of them, and anew after a fault.
    """
    writing: Generator[None, list[Verdict]] | None = None

    def keep(verdicts: "Iterable[Verdict]") -> None:
        nonlocal writing
        every = list(verdicts)
        titles = {title for title in {item.title for item in every} if catalogue and _is_title(catalogue, title)}
        found = [item for item in every if item.title in titles]
        if catalogue is None or not found:
            return
        try:
            if writing is None:
                writing = _writing(catalogue)
                next(writing)
            writing.send(found)
        except InputError as error:
            writing = None
            say(error)

    try:
        yield keep
    finally:
        if writing is not None:
            writing.close()


def _writing(catalogue: Catalogue) -> "Generator[None, list[Verdict]]":
    """Writes what it is sent into the state, until it is closed. Raises InputError."""
    from storage.index import Index
    from storage.state import State, connected

    with connected(catalogue.root) as connection:
        index, state = Index(connection), State(connection, catalogue.root)
        while True:
            verdicts = yield
            index.keep_verdicts(verdicts)
            state.remember_all(_settled(catalogue, verdicts))


def _settled(catalogue: Catalogue, verdicts: "Iterable[Verdict]") -> Iterator[tuple[Path, str]]:
    """The files that were judged and have not changed since before they were read, with their digests."""
    from storage.index import WHOLE
    from storage.state import SETTLED_SECONDS

    for item in verdicts:
        if item.sha256 and item.name != WHOLE:
            path = paths.find(catalogue.root / "titles" / item.title, item.name)
            before = datetime.fromisoformat(item.judged_at).timestamp() - SETTLED_SECONDS
            if path.is_file() and _changed_at(path) < before:
                yield path, item.sha256


def _changed_at(path: Path) -> float:
    """When a file last changed, or came to lie where it is: a copy may bring an older time of its own with it."""
    found = path.stat()
    return max(found.st_mtime, found.st_ctime)


def _is_title(catalogue: Catalogue, title_id: str) -> bool:
    from assets.manifest import FILE_NAME

    return (catalogue.root / "titles" / title_id / FILE_NAME).is_file()


def keep_delivery(catalogue: Catalogue, plan: "Plan", receipt: "Receipt", report: Report, territory: str) -> None:
    """Keep what was delivered: the package that stands now, with the names and digests of the assets that are in it."""
    from storage.index import Delivery, open_index

    window = plan.window
    delivered = {file.made_from[1] if file.made_from else file.sha256 for file in plan.files}
    delivery = Delivery(
        store=receipt.store,
        prefix=receipt.prefix,
        package=receipt.package,
        title=plan.title.id,
        platform=plan.platform.id,
        platform_revision=plan.platform.revision,
        window=window.id,
        not_before=utc(window.start),
        not_after=utc(window.end) if window.end else None,
        judged_at=utc(report.judged_at),
        assets=tuple((asset.name, asset.sha256) for asset in report.assets if asset.sha256 in delivered),
        receipts=((receipt.key, receipt.run_at, territory),),
    )
    try:
        with open_index(catalogue.root) as index:
            index.add_delivery(delivery)
    except InputError as error:  # it was delivered all the same, and the store knows
        say(error)
