"""Whether a delivery would be let through, as far as the last reports on the whole title tell, and no further.

A delivery judges what leaves in each window, all of it together: tracks that a platform asks for and nobody declared,
languages that are not licensed, ratings. Only a report on that window says so, and only as long as title.toml and every
file that it judged are what they were.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from assets.platform import Platform
from assets.rights import RightsWindow
from storage.index import WHOLE, Verdict

YES, NO, UNKNOWN = "yes", "no", "unknown"
_OF_VERDICT = {"pass": YES, "fail": NO}
"""What a report means; one that could not check everything means nothing, the next one may."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """`yes`, `no` or `unknown`, and in words why it is not yes."""

    answer: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a title's judgements: verdicts, and the digests of title.toml and of its files as they are.

    `at` is the instant that is asked about, `waivers_end` says when the title's waivers are over.
    """

    title: str
    verdicts: Sequence[Verdict]
    title_digest: Callable[[], str]
    digest_of: Callable[[str], str]
    at: datetime
    waivers_end: Callable[[], Sequence[datetime]]


def cleared(judged: Judged, windows: Sequence[RightsWindow], platform: Platform | None) -> Cleared:
    """What the reports on the open windows say together: yes if each of them passed, no if one did not."""
    if platform is None:
        return Cleared(UNKNOWN, ("by no platform in particular; --platform names one",))
    found = [_of_window(judged, window, platform) for window in windows]
    reasons = tuple(reason for item in found for reason in item.reasons)
    answers = {item.answer for item in found}
    if NO in answers:
        return Cleared(NO, reasons)
    return Cleared(YES if answers == {YES} else UNKNOWN, reasons)


def _of_window(judged: Judged, window: RightsWindow, platform: Platform) -> Cleared:
    own = [item for item in judged.verdicts if (item.window, item.platform) == (window.id, platform.id)]
    last = max((item for item in own if item.name == WHOLE), key=lambda item: item.judged_at, default=None)
    if last is None:
        return _unknown(judged, window, platform, "has not been judged as a whole")
    if stale := next(_stale(judged, own, last, platform), None):
        return _unknown(judged, window, platform, stale)
    answer = _OF_VERDICT.get(last.verdict, UNKNOWN)
    said = f"window {window.id}: {last.verdict} by the report of {last.judged_at}"
    return Cleared(answer, () if answer == YES else (said,))


def _stale(judged: Judged, own: Sequence[Verdict], last: Verdict, platform: Platform) -> Iterator[str]:
    """Why a report says nothing of the title as it is now. All that one report said has one instant."""
    if last.platform_revision != platform.revision:
        yield f"was judged by revision {last.platform_revision}"
    files = [item for item in own if item.judged_at == last.judged_at and item.name != WHOLE]
    if changed := [item.name for item in files if item.sha256 != judged.digest_of(item.name)]:
        yield f"was judged with other bytes than are known of {changed[0]}"
    if last.sha256 != judged.title_digest():
        yield "was judged by another title.toml"
    judged_at = datetime.fromisoformat(last.judged_at)
    if last.verdict == "pass" and any(judged_at < end <= judged.at for end in judged.waivers_end()):
        yield "was judged while a waiver held that is over now"


def _unknown(judged: Judged, window: RightsWindow, platform: Platform, why: str) -> Cleared:
    where = _one_of(window.territories)
    command = f"`releaseprint check {judged.title} --platform {platform.id} --territory {where}`"
    return Cleared(UNKNOWN, (f"window {window.id} {why}; {command} tells",))


@lru_cache(maxsize=4096)
def _one_of(territories: frozenset[str]) -> str:
    """Any of the territories, always the same one; contracts that cover many titles are alike in all of them."""
    return min(territories)
