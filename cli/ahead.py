"""What of a title may be sent while it is still decoded: nobody sees it until its report has cleared it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

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
from storage import staging
from storage.plan import Draft
from storage.stores.store import Ahead, Store, TakesAhead

if TYPE_CHECKING:
    from assets.measuring import Measuring
    from cli.running.workers import Ready


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
def sent_ahead(sending: Sending, store: Store, ready: "Ready") -> Iterator[judgement.Beside]:
    """Wait until a title is `ready`; what `judgement.read` does beside itself.

    Meanwhile its large files are sent, where that is worth it: by workers, or here. What no delivery has taken over by
    the end is given up, and that is said.
    """
    title_id = sending.title.id
    if ready.uploads is not None:
        beside = ready.until(title_id, judgement.nothing_beside)
        with taken_over(title_id, store, ready):
            yield beside
    elif _is_worth_it(sending, store):
        stager = staging.Stager(store, lambda: draft(sending, store))
        with _given_up(title_id, stager.close):
            yield ready.until(title_id, stager.going)
    else:
        yield ready.until(title_id, judgement.nothing_beside)


@contextmanager
def taken_over(title_id: str, store: Store, ready: "Ready") -> Iterator[None]:
    """Have what workers have sent of a title at hand for its deliveries; the rest is given up, and that is said."""
    if ready.uploads is None or not isinstance(store, TakesAhead):
        yield
        return
    keys = staging.taken(store.ahead, ready.uploads.sent(title_id))
    with _given_up(title_id, partial(staging.give_up, store.ahead, keys)):
        yield


@contextmanager
def _given_up(title_id: str, close: Callable[[], int]) -> Iterator[None]:
    """At the end `close` gives up what was sent for nothing, and says how much that is."""
    try:
        yield
    finally:
        if given_up := close():
            life.say(f"{title_id}: {size_text(given_up)} were sent ahead, where nobody saw them, and given up")


def _is_worth_it(sending: Sending, store: Store) -> bool:
    """Whether a file goes in parts that has yet to be decoded: else reading is soon over."""
    if not sending.windows or not isinstance(store, TakesAhead):
        return False
    large = large_files(sending.title, store.ahead)
    if not large:
        return False
    with measurements(sending.catalogue) as kept:
        return kept is None or any(kept.of_file(path) is None for path in large)


def large_files(title: Title, ahead: Ahead) -> list[Path]:
    """The media files of a title that lie here and go in parts."""
    files: set[AssetFile | None] = set()
    for version in title.versions:
        files |= {version.master, *(audio.file for audio in version.audio), *(stem.file for stem in version.stems)}
    paths = [file.path for file in files if file is not None and file.path.is_file()]
    return sorted(path for path in paths if ahead.takes(path.stat().st_size))


def draft(sending: Sending, store: Store, measuring: "Measuring | None" = None) -> Draft | None:
    """The package of the first window that rights let go at once, by a quick reading; None if there is none.

    `measuring` knows what is measured already, and decodes nothing. Raises ReleaseprintError.
    """
    from assets.reading import read_title

    read = read_title(sending.title, sending.catalogue.config.media_timeout_seconds, measuring=measuring)
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
