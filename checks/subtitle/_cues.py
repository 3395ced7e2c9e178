"""What the checks of cues share: places, frames, and how times and texts are shown in a message."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, TypeVar

from pydantic import Field

from assets import language
from assets.subtitles.model import Cue, SubtitleTrack
from assets.text import primary
from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND, Time
from assets.title import Audience
from checks.by_language import Key, limit_for, limits_for
from checks.core import At, CannotCheck, Limits

T = TypeVar("T")

ROUNDING = TICKS_PER_MS
"""What the times of a file in milliseconds may be away from the frames they stand for, in-cue and out-cue together."""

MAX_SHOWN = 60


class Where(Limits):
    """For which languages and kinds the rule holds, such as `ko` or `en:sdh`; `default` is all of them."""

    where: Annotated[list[Key], Field(min_length=1)]


def at(cue: Cue) -> At:
    """The place of a cue."""
    return At(f"cue {cue.number}", cue.start, cue.end, cue.line or None, cue.text)


def rate_of(track: SubtitleTrack) -> Fraction:
    """The frame rate of the track's picture, otherwise the file's own. Raises CannotCheck if none is known."""
    rate = track.frame_rate or track.document_rate
    if rate is None:
        raise CannotCheck("no frame rate is known: the version has no readable master")
    return rate


def language_of(track: SubtitleTrack) -> str:
    """The primary tag of the track's language, `ko` also where `kor` is written. Raises CannotCheck if it is none."""
    tag = track.language
    if not language.is_valid(tag) or not language.is_spoken(tag):
        raise CannotCheck(f"{tag!r} is no language, so it is not known what applies")
    return primary(language.canonical(tag))


def audience_of(track: SubtitleTrack) -> Audience:
    """Whom the track's programme is made for; adults where nothing is said."""
    return track.programme.audience if track.programme else Audience.ADULT


def limit_of(
    table: dict[str, T], track: SubtitleTrack, *, vertical: bool = False, counts_characters: bool = False
) -> T:
    """The limit for a track, see `limit_for`. Raises CannotCheck if there is none."""
    return limit_for(
        table,
        track.language,
        track.kind,
        audience_of(track),
        vertical=vertical,
        counts_characters=counts_characters,
    )


def rules_of(table: dict[str, T], track: SubtitleTrack) -> list[T]:
    """The rules of writing for a track, the most exact first; none where its language has no such rule.

    Raises CannotCheck if its language is none.
    """
    return limits_for(table, track.language, track.kind, audience_of(track))


def applies(keys: Iterable[str], track: SubtitleTrack) -> bool:
    """Whether one of the keys is for a track. Raises CannotCheck if the track's language is none."""
    return bool(rules_of(dict.fromkeys(keys, True), track))


def rule_of(table: dict[str, T], track: SubtitleTrack) -> T | None:
    """The most exact rule of writing for a track, or None."""
    return next(iter(rules_of(table, track)), None)


def frames_of(time: Time, rate: Fraction) -> int:
    """The whole frames in a stretch of time; what milliseconds round away at both ends is added first."""
    return int(Fraction(time + ROUNDING, TICKS_PER_SECOND) * rate // 1)


def least_time(frames: int, rate: Fraction) -> Time:
    """The shortest stretch of time that has so many whole frames, as `frames_of` counts them."""
    return -int(-frames * TICKS_PER_SECOND // rate) - ROUNDING


def frames_text(frames: int) -> str:
    """`1 frame`, `2 frames`."""
    return f"{frames} frame" if frames == 1 else f"{frames} frames"


def seconds_text(time: Time) -> str:
    """`7.001 s`: a stretch of time to the millisecond."""
    ms = round(Fraction(abs(time), TICKS_PER_MS))
    return f"{'-' if time < 0 else ''}{ms // 1000}.{ms % 1000:03} s"


def shown(text: str) -> str:
    """A text on one line, cut if it is long."""
    line = " / ".join(part.strip() for part in text.split("\n"))
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 1] + "…"
