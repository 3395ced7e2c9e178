"""The places of a title: what is there, and what the reports say of the bytes that lie there now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.history.ledger import nfc
from assets.outlining import Outline, Slot
from assets.platform import Platform
from storage.index import Verdict

PRESENT, AWAY, ABSENT, MISSING = "present", "away", "absent", "missing"
HAD = frozenset({PRESENT, AWAY})
_MEASURED = frozenset({"master", "audio", "stem"})
"""What is judged by what was measured of it, without its bytes."""
PASS, UNCHECKED = "pass", "unchecked"
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a title and what is known of it.

    `presence`: `present`, `away` (in a store), `absent` (title.toml names a file that is not there) or `missing` (it
    names none).
    `check`: `pass`, `fail` or `incomplete` as the last report says of these bytes; `outdated` (by another revision of
    the platform), `changed` (only other bytes were judged), `unknown` (nobody knows what bytes it has now),
    `unchecked` (text and pictures that are away too), `not asked` (a stem that no platform in question takes), or
    empty where there is no file. `by` is the platform and revision of that report.
    """

    slot: Slot
    presence: str
    check: str = ""
    by: str = ""


def place_of(
    slot: Slot,
    outline: Outline,
    verdicts: Mapping[str, Sequence[Verdict]],
    digests: Mapping[str, str],
    platform: Platform | None,
) -> Place:
    """What is known of a place; `verdicts` and `digests` are those of the title's files, by name."""
    if not slot.name:
        return Place(slot, MISSING)
    if slot.name not in outline.files and slot.name not in outline.away:
        return Place(slot, ABSENT)
    presence = PRESENT if slot.name in outline.files else AWAY
    name = nfc(slot.name)
    judged = () if is_unreadable(slot, presence) else verdicts.get(name, ())
    if not judged:
        is_asked = slot.what != "stem" or (platform is not None and slot.kind in platform.package.stems)
        return Place(slot, presence, UNCHECKED if is_asked else NOT_ASKED)
    if not digests[name]:
        return Place(slot, presence, "unknown")
    said = [item for item in judged if item.sha256 == digests[name]]
    if not said:
        return Place(slot, presence, "changed")
    last = _last(said)
    is_old = platform is not None and last.platform_revision != platform.revision
    return Place(slot, presence, "outdated" if is_old else last.verdict, f"{last.platform} {last.platform_revision}")


def is_unreadable(slot: Slot, presence: str) -> bool:
    """Whether a delivery would not be let through because the bytes of a text or a picture are away."""
    return presence == AWAY and slot.what not in _MEASURED


def _last(said: Sequence[Verdict]) -> Verdict:
    """The verdict that counts: of several platforms and windows one that objects.

    One for no window in particular counts only as long as none was given for a window after it.
    """
    newest = {item.platform: item for item in sorted(said, key=lambda item: item.judged_at)}
    counting = [item for item in said if item.window or item is newest[item.platform]]
    return max(counting, key=lambda item: (item.verdict != PASS, item.judged_at))
