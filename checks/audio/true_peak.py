"""The check audio/true-peak."""

from dataclasses import replace

from pydantic import model_validator

from assets.media import Media
from checks.audio._measured import as_shown, loudness_of
from checks.core import Limits, Problem, Problems, check
from checks.signals import Decibels, level_text, sounds_measured


class TruePeak(Limits):
    """The highest true peak to mix to, and the highest that QC lets pass if it is more lenient, in dBTP."""

    max: Decibels
    qc_max: Decibels | None = None

    @model_validator(mode="after")
    def _qc_is_wider(self) -> "TruePeak":
        if self.qc_max is not None and self.qc_max < self.max:
            raise ValueError("qc_max is lower than max; at least as high")
        return self


@check("audio/true-peak", on=Media, limits=TruePeak)
def true_peak(media: Media, limits: TruePeak) -> Problems:
    """The sound has peaks, between its samples too, that are higher than the platform takes.

    An encoder or a converter has no room for them and clips. Mix through a limiter of true peaks; a limiter of sample
    peaks is not enough.
    """
    for at, sound in sounds_measured(media, "loudness"):
        loudness = loudness_of(sound)
        peak = loudness.true_peak
        if peak is not None and as_shown(peak) > limits.max:
            qc = limits.max if limits.qc_max is None else limits.qc_max
            yield Problem(
                "true peak {measured}, at most {allowed}",
                replace(at, start=loudness.true_peak_at),
                measured=f"{level_text(peak)} dBTP",
                allowed=f"{level_text(limits.max)} dBTP" + (f", {level_text(qc)} in QC" if qc > limits.max else ""),
                borderline=as_shown(peak) <= qc,
            )
