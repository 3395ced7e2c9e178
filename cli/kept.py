"""What a catalogue's state keeps of the work: the verdicts of reports, and what was delivered."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
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
        found = tuple(reports)
        keep_reports(catalogue, found, verdicts_of(found, forbidden))


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


def keep_reports(catalogue: Catalogue | None, reports: Iterable[Report], verdicts: "Iterable[Verdict]") -> None:
    """The same for verdicts that were made of the reports already."""
    from storage.index import Index
    from storage.state import State, connected

    if catalogue is None:
        return
    reports = [report for report in reports if _is_title(catalogue, report.title_id)]
    titles = {report.title_id for report in reports}
    if titles:
        try:
            with connected(catalogue.root) as connection:
                Index(connection).keep_verdicts(item for item in verdicts if item.title in titles)
                State(connection, catalogue.root).remember_all(_settled(catalogue, reports))
        except InputError as error:
            say(error)


def _settled(catalogue: Catalogue, reports: Iterable[Report]) -> Iterator[tuple[Path, str]]:
    """The files that were judged and have not changed since before they were read, with their digests."""
    from storage.state import SETTLED_SECONDS

    for report in reports:
        before = report.judged_at.timestamp() - SETTLED_SECONDS
        for asset in report.assets:
            path = paths.find(catalogue.root / "titles" / report.title_id, asset.name)
            if asset.sha256 and path.is_file() and _changed_at(path) < before:
                yield path, asset.sha256


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
