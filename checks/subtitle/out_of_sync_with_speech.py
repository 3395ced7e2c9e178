"""`subtitle/out-of-sync-with-speech`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from assets.subtitles.sync import Kind as Sync
from assets.subtitles.sync import diagnose
from assets.timing import from_ms
from assets.title import Kind
from checks.core import At, CannotCheck, Limits, Problem, Problems, check


class SpeechSync(Limits):
    """Most milliseconds that any cue may be away from the speech, by what is found of the track as a whole."""

    max_ms: Annotated[int, Field(ge=300)]


@check("subtitle/out-of-sync-with-speech", on=SubtitleTrack, limits=SpeechSync)
def out_of_sync_with_speech(track: SubtitleTrack, limits: SpeechSync) -> Problems:
    """The cues as a whole do not start where the speech of the master starts.

    The track belongs to another cut, another frame rate or another start of the programme. Nothing is altered here:
    move or stretch the track by what is said, and look at the cue where the fault starts. Forced narratives follow the
    picture and are not compared.
    """
    if track.kind is Kind.FORCED:
        return
    if track.speech is None:
        raise CannotCheck("the sound of its master was not measured")
    if track.speech.missing:
        raise CannotCheck(f"speech could not be measured: {track.speech.missing}")
    found = diagnose(track.cues, track.speech.stretches, speech=True)
    if found.kind is Sync.UNKNOWN:
        raise CannotCheck("the cues and the speech of the master have too little in common")
    if found.is_fault and found.furthest > from_ms(limits.max_ms):
        yield Problem(
            "{measured} against the speech, from cue {cue} on, to {confidence} % certain; at most {allowed} ms apart",
            At(f"cue {found.from_cue}"),
            found.words,
            limits.max_ms,
            {"cue": found.from_cue, "confidence": found.confidence},
        )
