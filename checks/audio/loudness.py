"""The check audio/loudness."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from assets.media import Media
from assets.signals import model
from assets.signals.model import Level
from checks.audio._measured import as_shown, loudness_of
from checks.core import At, CannotCheck, Limits, Problem, Problems, check
from checks.signals import HUNDREDTHS, Decibels, level_text, sounds_measured

ESTIMATE = 1 * HUNDREDTHS
"""How near to a limit, in LU, the loudness of speech decides nothing: which parts are speech is an estimate."""

Measure = Literal["gated", "ungated", "speech"]
_NAMES: dict[Measure, str] = {
    "gated": "gated, BS.1770-4",
    "ungated": "ungated, BS.1770-1",
    "speech": "speech, an estimate",
}


class Band(Limits):
    """A measure, the loudness to mix to in LUFS, how far from it a mix may be, and how far from it QC lets pass, in LU.

    `measure` is `gated` (ITU-R BS.1770-4), `ungated` (BS.1770-1) or `speech` (BS.1770-1 where somebody speaks).
    Without `qc_tolerance` QC is as strict as the mix.
    """

    measure: Measure
    target: Decibels
    tolerance: Decibels
    qc_tolerance: Decibels | None = None

    @model_validator(mode="after")
    def _qc_is_wider(self) -> "Band":
        if self.qc_tolerance is not None and self.qc_tolerance < self.tolerance:
            raise ValueError("qc_tolerance is narrower than tolerance; at least as wide")
        return self


class LoudnessLimits(Band):
    """The band that applies, and for `speech` the one instead where less than `min_speech_percent` is speech.

    That one applies, too, where no speech lasts as long as a window of momentary loudness.
    """

    min_speech_percent: Annotated[int, Field(ge=1, le=100)] = 15
    fallback: Band | None = None

    @model_validator(mode="after")
    def _speech_has_a_fallback(self) -> "LoudnessLimits":
        if self.measure == "speech" and (self.fallback is None or self.fallback.measure == "speech"):
            raise ValueError("fallback is missing; a film may be without speech, so a band for gated or ungated")
        return self


@check("audio/loudness", on=Media, limits=LoudnessLimits)
def loudness(media: Media, limits: LoudnessLimits) -> Problems:
    """The sound is louder or quieter than the platform takes.

    The platform turns it up or down by itself or refuses it; a broadcaster may be fined. Mix to the target; a constant
    gain mends a finished mix if its true peak leaves room. Each platform judges by a measure of its own: the finding
    says which, and gives all three. What lies outside the mix target and inside the band of QC is borderline. So is the
    loudness of speech, as long as it is less than 1 LU from a limit or the whole is inside the band of films without
    speech: which parts are speech is an estimate, and no title fails on it alone.
    """
    signals = ("loudness", "speech") if limits.measure == "speech" else ("loudness",)
    sounds = list(sounds_measured(media, *signals))
    for at, sound in sounds:
        measured = loudness_of(sound)
        if measured.gated is None:
            # A spare track beside the sound may be empty; a file of nothing but silence may not.
            is_spare = any(other.loudness and other.loudness.gated is not None for _, other in sounds)
            yield Problem("{measured}, so it has no loudness", at, measured="silence", borderline=is_spare)
            continue
        band, why = _band(measured, limits)
        yield from _judged(at, measured, band, why, is_open=band is limits and _is_estimate(measured, limits))


def _band(measured: model.Loudness, limits: LoudnessLimits) -> tuple[Band, str]:
    """The band by which a sound is judged, and why where it is not the usual one. Raises CannotCheck."""
    if limits.measure != "speech" or limits.fallback is None:
        return limits, ""
    if measured.speech_percent is None:
        raise CannotCheck("it was not measured how much of the sound is speech")
    if measured.speech_percent < limits.min_speech_percent:
        return limits.fallback, f" (less than {limits.min_speech_percent} % is speech)"
    if measured.speech is None:
        return limits.fallback, " (no speech is as long as what loudness is measured of)"
    return limits, ""


def _is_estimate(measured: model.Loudness, limits: LoudnessLimits) -> bool:
    """Whether only the loudness of speech speaks against a sound: its whole is within the band of the fallback."""
    if limits.measure != "speech" or limits.fallback is None:
        return False
    return _away(measured, limits.fallback) <= _qc(limits.fallback)


def _away(measured: model.Loudness, band: Band) -> Level:
    """How far a sound is from the target of a band. Raises CannotCheck."""
    level = _level(measured, band)
    return abs(as_shown(level) - band.target)


def _level(measured: model.Loudness, band: Band) -> Level:
    levels = {"gated": measured.gated, "ungated": measured.ungated, "speech": measured.speech}
    level = levels[band.measure]
    if level is None:
        raise CannotCheck(f"its {band.measure} loudness was not measured")
    return level


def _qc(band: Band) -> Level:
    return band.tolerance if band.qc_tolerance is None else band.qc_tolerance


def _judged(at: At, measured: model.Loudness, band: Band, why: str, *, is_open: bool) -> Problems:
    level, away, qc = _level(measured, band), _away(measured, band), _qc(band)
    is_near = band.measure == "speech" and abs(away - qc) < ESTIMATE
    if away <= band.tolerance and not is_near:
        return
    is_borderline = away <= qc or is_near or is_open
    qc_text = f", ±{level_text(qc)} in QC" if qc > band.tolerance else ""
    yield Problem(
        "{measured} LUFS ({measure}), mix to {allowed}{why}; {readings}",
        at,
        measured=level_text(level),
        allowed=f"{level_text(band.target)} ±{level_text(band.tolerance)} LUFS{qc_text}",
        values={"measure": _NAMES[band.measure], "why": why, "readings": _readings(measured)},
        borderline=is_borderline,
    )


def _readings(measured: model.Loudness) -> str:
    """`ungated -24.1, gated -23.4, speech about -25.0 (62 % of the time)`."""
    speech = "speech not measured"
    if measured.speech_percent is not None:
        speech = f"speech about {level_text(measured.speech)} ({measured.speech_percent} % of the time)"
        speech = speech if measured.speech is not None else "no speech"
    return f"ungated {level_text(measured.ungated)}, gated {level_text(measured.gated)}, {speech}"
