"""A last look at rights before a package stands: reading and sending take hours, and deals change meanwhile."""

from dataclasses import replace

from assets.catalogue import Catalogue
from assets.errors import InputError, UsageError
from assets.leaving import forbidden
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.subjects import ReadTitle
from assets.title import Title
from assets.wanted import wanted_part
from cli import judgement


def forbidden_now(catalogue: Catalogue, read: ReadTitle, window: RightsWindow, platform: Platform) -> tuple[str, ...]:
    """Why what was read must not leave in a window at this instant, by the deals as they are written by now.

    A window that has other dates or languages by now refuses: its package would say the old ones.
    """
    try:
        title = catalogue.title(read.title.id)
    except (InputError, UsageError) as error:
        return (str(error),)
    if not _is_there(title, window):
        return (f"window {window.id} was changed in the meantime; deliver again",)
    part, _ = wanted_part(
        replace(read, title=replace(read.title, rights=title.rights, windows=title.windows)), platform
    )
    return forbidden(part, window, platform, judgement.now())


def _is_there(title: Title, window: RightsWindow) -> bool:
    """Whether a title has a window still; which of its territories are closed the engine says."""
    same = (replace(item, territories=window.territories, place=window.place) for item in title.windows)
    return window in same
