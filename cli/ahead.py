"""What of a title may be sent while it is still decoded: nobody sees it until its report has cleared it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from assets.catalogue import Catalogue
from assets.errors import Refused
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.subjects import ReadTitle, Unreadable
from assets.title import AssetFile, Title
from cli import judgement, life
from cli.forgiving import measurements
from cli.last_look import forbidden_now
from cli.render.words import size_text
from storage import package as packaging
from storage import plan as planning
from storage.plan import Draft
from storage.staging import Stager
from storage.stores.store import Store, TakesAhead


@dataclass(frozen=True, slots=True)
class Sending:
    """Which windows of a title are about to be delivered, and how; `not_before` and `again` as an order has them."""

    catalogue: Catalogue
    title: Title
    windows: Sequence[RightsWindow]
    platform: Platform
    not_before: datetime | str | None
    again: bool


@contextmanager
def sent_ahead(sending: Sending, store: Store) -> Iterator[judgement.Beside]:
    """What `judgement.read` does beside itself; nothing, where that would not be worth it.

    What no delivery has taken over by the end is given up, and that is said.
    """
    if not _is_worth_it(sending, store):
        yield judgement.nothing_beside
        return
    stager = Stager(store, lambda: draft(sending, store))
    try:
        yield stager.going
    finally:
        if given_up := stager.close():
            life.say(f"{sending.title.id}: {size_text(given_up)} were sent ahead, where nobody saw them, and given up")


def _is_worth_it(sending: Sending, store: Store) -> bool:
    """Whether a file goes in parts that has yet to be decoded: else reading is soon over."""
    if not sending.windows or not isinstance(store, TakesAhead):
        return False
    files: set[AssetFile | None] = set()
    for version in sending.title.versions:
        files |= {version.master, *(audio.file for audio in version.audio), *(stem.file for stem in version.stems)}
    paths = [file.path for file in files if file is not None and file.path.is_file()]
    large = [path for path in paths if store.ahead.takes(path.stat().st_size)]
    if not large:
        return False
    with measurements(sending.catalogue) as kept:
        return kept is None or any(kept.of_file(path) is None for path in large)


def draft(sending: Sending, store: Store) -> Draft | None:
    """The package of the first window that rights let go at once, by a quick reading; None if there is none.

    Raises ReleaseprintError.
    """
    from assets.reading import read_title

    read = read_title(sending.title, sending.catalogue.config.media_timeout_seconds)
    if any(isinstance(asset, Unreadable) for asset in read.assets):
        return None
    drafts = (_of_window(sending, read, window, store) for window in sending.windows)
    return next((found for found in drafts if found is not None), None)


def _of_window(sending: Sending, read: ReadTitle, window: RightsWindow, store: Store) -> Draft | None:
    leaving = judgement.in_window(read, window)
    if leaving.is_forbidden or forbidden_now(sending.catalogue, leaving.part, window, sending.platform):
        return None
    try:
        found = packaging.with_metadata(planning.draft(leaving.part, window, sending.platform))
    except Refused:
        return None
    course = life.course(found, store, sending.not_before, judgement.now(), again=sending.again)
    return None if course.reasons or course.until is not None else found
