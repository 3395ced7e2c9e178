"""Whether the rights of an instant still allow what a manifest says: in its territories, with what its copy carries."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from assets import territory
from assets.leaving import agreed_of_copy
from assets.rights import RightsWindow, permission, utc
from assets.rights.answers import Claim
from assets.rights.wording import claim_text
from assets.title import Title
from storage.manifests.own import Manifest


def forbidden_since(title: Title, manifest: Manifest, at: datetime) -> Iterator[str]:
    """Every reason of rights why a package must not stand at an instant, a line each.

    The package stays with the platform as it was made: one territory or language of it that is closed forbids it all.
    """
    licensed = manifest.licensed
    named = [window for window in title.windows if window.id == manifest.window]
    if not named:
        yield f"the title has no window {manifest.window} any more"
        return
    if all(window.is_over(at) for window in named):
        yield f"the window {manifest.window} ended {', '.join(utc(item.end) for item in named if item.end)}"
        return
    (window, *_) = [item for item in named if item.grants(licensed.right)] or named
    if not window.grants(licensed.right):
        yield f"{_said(title, window)} is for {window.right}, its package for {licensed.right}"
        return
    if lost := licensed.territories - window.territories:
        yield f"{_said(title, window)} does not cover what its package names: {territory.describe(lost)}"
    if kept := licensed.territories & window.territories:
        asked = replace(window, territories=kept, languages=licensed.languages)  # the languages that the copy took
        agreed = agreed_of_copy(title, licensed.tongues)
        yield from permission.refusals(agreed, asked, licensed.right, at)


def earliest_end(title: Title | None, manifest: Manifest) -> datetime | None:
    """When a package must not stand any more: as its manifest has it or as the title has it now, whichever is sooner.

    None is never. A title that the catalogue has no more leaves its manifest alone to ask.
    """
    ends = [datetime.fromisoformat(manifest.not_after)] if manifest.not_after else []
    if title is not None:
        ends += [window.end for window in title.windows if window.id == manifest.window and window.end]
    return min(ends, default=None)


def languages_lost(title: Title, manifest: Manifest) -> Iterator[str]:
    """Where a window has fewer languages than a package names, whether or not its copy carries them."""
    for window in title.windows:
        if window.id == manifest.window and not manifest.licensed.languages.within(window.languages):
            yield (
                f"{_said(title, window)} grants other languages ({window.languages}) than its package names "
                f"({manifest.licensed.languages}); deliver again"
            )


def _said(title: Title, window: RightsWindow) -> str:
    """A window by its deal, contract and clause."""
    sold = ((deal, grant) for deal in title.rights.licences for grant in deal.grants)
    return next(claim_text(Claim(deal, grant)) for deal, grant in sold if grant.id == window.id)
