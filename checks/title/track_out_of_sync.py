"""`title/track-out-of-sync`."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.subtitles.model import SubtitleTrack
from assets.subtitles.sync import Diagnosis, diagnose
from assets.subtitles.sync import Kind as Sync
from assets.timing import Time, from_ms
from assets.title import Kind
from checks.core import At, CannotCheck, Limits, Problem, Problems, check
from checks.title._tracks import is_one_cut, with_original_first


class TrackSync(Limits):
    """Most milliseconds that any cue may be away from where the other tracks have it, by what is found as a whole."""

    max_ms: Annotated[int, Field(ge=150)]


@check("title/track-out-of-sync", on=ReadTitle, limits=TrackSync)
def track_out_of_sync(read: ReadTitle, limits: TrackSync) -> Problems:
    """A full or SDH track runs away from the others: it is late, at another speed, or cut otherwise.

    It belongs to another master, or was converted to another frame rate. Nothing is altered here: move or stretch the
    track by what is said, and look at the cue where the fault starts. The tracks that most others agree with are taken
    to be right; of two, the one that fits the speech, where that was measured, or the programme's length, or the
    original.
    """
    groups: list[list[SubtitleTrack]] = []
    for track in with_original_first(read, {Kind.FULL, Kind.SDH}):
        group = next((group for group in groups if is_one_cut(group[0], track)), None)
        if group is None:
            groups.append([track])
        else:
            group.append(track)
    unknown: list[str] = []
    found = False
    for group in groups:
        right = _right(group)
        for track in group:
            result = Diagnosis(Sync.IN_SYNC) if track is right else _compared(track, right)
            if result.kind is Sync.UNKNOWN:
                unknown.append(f"{track.file} and {right.file}")
            elif result.is_fault and result.furthest > from_ms(limits.max_ms):
                found = True
                yield _problem(track, right, result, limits.max_ms)
    if unknown and not found:
        raise CannotCheck(f"too few cues start at the same time in {'; '.join(unknown)}")


def _compared(track: SubtitleTrack, right: SubtitleTrack) -> Diagnosis:
    return diagnose(track.cues, [(cue.start, cue.end) for cue in right.cues])


def _right(group: Sequence[SubtitleTrack]) -> SubtitleTrack:
    """The track to compare the others with: one of the most that agree, and of as many the one that fits the programme.

    All are compared with the first one; those that differ from it alike agree with each other.
    """
    first = group[0]
    alike: dict[tuple[object, ...], list[SubtitleTrack]] = {_shape(Diagnosis(Sync.IN_SYNC)): [first]}
    for track in group[1:]:
        result = _compared(track, first)
        if result.kind is not Sync.UNKNOWN:
            alike.setdefault(_shape(result), []).append(track)
    return max(alike.values(), key=lambda tracks: (len(tracks), not _is_off_speech(tracks[0]), -_misfit(tracks[0])))[0]


def _is_off_speech(track: SubtitleTrack) -> bool:
    """Whether a track is known to run away from the speech in the sound, where that was measured."""
    return track.speech is not None and diagnose(track.cues, track.speech.stretches, speech=True).is_fault


def _shape(result: Diagnosis) -> tuple[object, ...]:
    """What tracks that differ from another one alike have in common; offsets to a third of a second."""
    offsets = (result.before, result.offset, *(jump.offset for jump in result.jumps))
    return result.ratio, len(result.jumps), *(round(offset / from_ms(333)) for offset in offsets)


def _misfit(track: SubtitleTrack) -> Time:
    """How much of a track lies outside of the programme: after its end, before its beginning."""
    early = max(0, -min(cue.start for cue in track.cues))
    if track.programme_end is None:
        return early
    return early + max(0, max(cue.end for cue in track.cues) - track.programme_end)


def _problem(track: SubtitleTrack, right: SubtitleTrack, result: Diagnosis, max_ms: int) -> Problem:
    return Problem(
        "{measured} against {other}, from cue {cue} on, to {confidence} % certain; at most {allowed} ms apart",
        At(f"{track.file}, cue {result.from_cue}"),
        result.words,
        max_ms,
        {"other": right.file.name, "cue": result.from_cue, "confidence": result.confidence},
    )
