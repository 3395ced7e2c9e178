"""A subtitle track, the suite of a platform -> the track with what can be mended mended, and what was left and why.

A fix touches only cues with a finding that it answers, or their neighbours in time. After each fix the whole suite is
run again: a change that makes a new finding is taken back.
"""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

from assets.errors import UsageError
from assets.language import canonical, is_valid
from assets.subtitles.format import Format, Grid
from assets.subtitles.model import Cue, SubtitleTrack
from assets.text import primary
from assets.timing import TICKS_PER_MS
from checks import core
from checks.core import CannotCheck, Finding, Selected, Severity
from checks.fixes._fix import Fix, Setting
from checks.subtitle._cues import rule_of
from checks.subtitle.gap_too_short import Gap
from checks.subtitle.speaker_dashes import SpeakerDashes

ORDER = ("nfc", "ellipsis", "speakers", "dashes", "spaces", "order", "cuts", "overlaps", "gaps")
"""The names of the fixes, in the order in which they are applied: text, then times from the cuts to the gaps."""

_MOST_ROUNDS = 8
"""Far more than ever are needed: a change is made only where it answers a finding and makes none."""

_STEPS = {Grid.MILLISECONDS: TICKS_PER_MS, Grid.CENTISECONDS: 10 * TICKS_PER_MS}


@dataclass(frozen=True, slots=True)
class Change:
    """What one fix did to one cue. `place` is where in the file it stands now, from 1; None if it has not moved."""

    fix: str
    before: Cue
    after: Cue
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A change that was not made: the cue, the fix, and the new finding that it would have made."""

    fix: str
    cue: Cue
    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The cues after all fixes, renumbered in their order only when they are written."""

    track: SubtitleTrack
    changes: tuple[Change, ...]
    withheld: tuple[Withheld, ...]


def names() -> list[str]:
    """The names of all fixes, from their files."""
    found = sorted(path.stem for path in (Path(__file__).parent / "fixes").glob("[a-z]*.py"))
    if found != sorted(ORDER):
        raise TypeError(f"the fixes {found} are not those of ORDER")
    return list(ORDER)


def load(name: str) -> Fix:
    """The fix of that name. Raises UsageError if there is none."""
    if name not in ORDER:
        raise UsageError(f"{name!r} is no fix; fixes: {', '.join(ORDER)}")
    found = importlib.import_module(f"checks.fixes.{name}").FIX
    if not isinstance(found, Fix):
        raise TypeError(name)
    return found


def fix_track(track: SubtitleTrack, suite: Sequence[Selected], written_as: Format, only: Iterable[str] = ()) -> Fixed:
    """The track, mended. Every fix, or `only` some; the format decides which times can be written.

    A fix may make room for one before it, so that all are tried again until none changes anything: what comes out is
    mended as far as it can be, and a second run finds nothing to do.
    """
    rules = [item for item in suite if issubclass(SubtitleTrack, item.check.on)]
    setting = setting_of(track, rules, written_as)
    state = _State(track, rules, _findings(rules, track))
    fixes = [load(name) for name in names() if not only or name in set(only)]
    changes: list[Change] = []
    for _ in range(_MOST_ROUNDS):
        withheld: list[Withheld] = []
        before = len(changes)
        for fix in fixes:
            state, made, left = _applied(state, fix, setting)
            changes += made
            withheld += left
        if len(changes) == before:
            break
    return Fixed(state.track, tuple(changes), tuple(withheld))


def setting_of(track: SubtitleTrack, rules: Sequence[Selected], written_as: Format) -> Setting:
    """What the fixes work by, from the track and the limits of the platform."""
    limits = [item.limits for item in rules]
    gap = next((item.min_frames for item in limits if isinstance(item, Gap)), 2)
    dashes = next((item for item in limits if isinstance(item, SpeakerDashes)), None)
    return Setting(
        language=primary(canonical(track.language)) if is_valid(track.language) else "",
        rate=track.frame_rate,
        grid=_STEPS.get(written_as.grid, 1),
        gap=gap,
        speaker=_speaker(track, dashes),
        cuts=track.cuts or (),
    )


def _speaker(track: SubtitleTrack, dashes: SpeakerDashes | None) -> str | None:
    try:
        return rule_of(dashes.style, track) if dashes else None
    except CannotCheck:  # the language is none: nothing is asked of it
        return None


Key = tuple[str, str]


def _findings(rules: Sequence[Selected], track: SubtitleTrack) -> dict[Key, Finding]:
    """The worst finding of each check at each place."""
    found: dict[Key, Finding] = {}
    for item in core.run(rules, [track]):
        if isinstance(item, Finding):
            key = item.check, item.at.label
            worst = found.get(key)
            found[key] = item if worst is None or item.severity > worst.severity else worst
    return found


def _touchable(cues: Sequence[Cue], fix: Fix, findings: dict[Key, Finding]) -> set[int]:
    """The numbers of the cues that a fix may touch; all, if what it answers is found of the track as a whole."""
    labels = {label for name, label in findings if name in fix.answers}
    numbers = {cue.number for cue in cues if f"cue {cue.number}" in labels}
    if labels and fix.is_whole:
        return {cue.number for cue in cues}
    if fix.is_timing:
        ordered = sorted(cues, key=attrgetter("start", "end"))
        numbers |= {before.number for before, cue in pairwise(ordered) if cue.number in numbers}
    return numbers


@dataclass(frozen=True, slots=True)
class _State:
    """A track with its findings by the rules of a platform."""

    track: SubtitleTrack
    rules: Sequence[Selected]
    findings: dict[Key, Finding]

    def with_cues(self, cues: tuple[Cue, ...]) -> "_State":
        """The same track with other cues, judged anew."""
        track = replace(self.track, cues=cues)
        return _State(track, self.rules, _findings(self.rules, track))

    def new_in(self, other: "_State") -> list[Finding]:
        """What is found in the other state and not here, or is worse there."""
        return [item for key, item in other.findings.items() if _is_new(item, self.findings.get(key))]


def _applied(state: _State, fix: Fix, setting: Setting) -> tuple[_State, list[Change], list[Withheld]]:
    """The track with those changes of a fix that make no new finding."""
    cues = state.track.cues
    touchable = _touchable(cues, fix, state.findings)
    if not touchable:
        return state, [], []
    old = {cue.number: cue for cue in cues}
    mended = fix.mend(cues, setting)
    wanted = {cue.number: cue for cue in mended if cue != old[cue.number] and cue.number in touchable}
    order = [cue.number for cue in mended]
    withheld: list[Withheld] = []
    while wanted or order != [cue.number for cue in cues]:
        trial = state.with_cues(tuple(wanted.get(number, old[number]) for number in order))
        new = state.new_in(trial)
        if not new:
            return trial, _changes(fix, state.track, trial.track), withheld
        blamed = _blamed(trial.track.cues, wanted, new)
        withheld += [Withheld(fix.name, old[number], reason) for number, reason in blamed.items()]
        wanted = {number: cue for number, cue in wanted.items() if number not in blamed}
        if not blamed:
            order = [cue.number for cue in cues]
            withheld.append(Withheld(fix.name, cues[0], _said(new[0])))
    return state, [], withheld


def _is_new(finding: Finding, before: Finding | None) -> bool:
    return before is None or finding.severity > max(before.severity, Severity.NOTE)


def _blamed(cues: Sequence[Cue], wanted: dict[int, Cue], new: Sequence[Finding]) -> dict[int, str]:
    """The changed cues that new findings are about, or stand beside; all of them, if that names none."""
    places = {f"cue {cue.number}": place for place, cue in enumerate(cues)}
    blamed: dict[int, str] = {}
    for finding in new:
        place = places.get(finding.at.label)
        if place is not None:
            near = [cues[place], *cues[max(0, place - 1) : place], *cues[place + 1 : place + 2]]
            chosen = next((cue.number for cue in near if cue.number in wanted), None)
            if chosen is not None:
                blamed.setdefault(chosen, _said(finding))
    return blamed or dict.fromkeys(wanted, _said(new[0]))


def _said(finding: Finding) -> str:
    return f"{finding.check}: {finding.message}"


def _changes(fix: Fix, track: SubtitleTrack, trial: SubtitleTrack) -> list[Change]:
    """Each cue that has changed; where only the order has, each that stands at another place."""
    old = {cue.number: cue for cue in track.cues}
    moved = [
        Change(fix.name, old[cue.number], cue, place)
        for place, (cue, there) in enumerate(zip(trial.cues, track.cues, strict=True), 1)
        if cue.number != there.number
    ]
    return moved or [Change(fix.name, old[cue.number], cue) for cue in trial.cues if cue != old[cue.number]]
