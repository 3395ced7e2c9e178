"""Levels in decibels relative to full scale, as the whole hundredths that the record keeps."""

import math

from assets.signals.model import Level

NOTHING = -120.0
"""What is below, in dBFS or LUFS, is no level: the last bit of 20."""

QUIET = 0.001
"""-60 dBFS: what stays below is silence."""


def hundredths(decibels: float) -> Level | None:
    """Decibels as whole hundredths, None where there is no level."""
    return round(decibels * 100) if decibels > NOTHING else None


def of_power(power: float) -> Level | None:
    """The level of a mean square, where 1 is 0 dB: a sine at full scale has -3.01."""
    return hundredths(10 * math.log10(power)) if power > 0 else None


def of_peak(peak: float) -> Level | None:
    """The level of the highest sample, where 1 is 0 dBFS."""
    return hundredths(20 * math.log10(peak)) if peak > 0 else None


def power(decibels: float) -> float:
    """The mean square that has this level."""
    return float(10 ** (decibels / 10))
