"""Sounds with known faults, and what the meters make of them."""

from fractions import Fraction
from functools import cache

import numpy as np
from voices import RATE as VOICE_RATE
from voices import spoken

from assets.signals.meters import Block, SoundSetting
from assets.signals.sounds import meters_for
from assets.timing import from_seconds, to_seconds

RATE = 48_000
FRAME = 0.04
"""A frame at 25 pictures a second, in seconds: as exactly as this a fault must be found."""

SURROUND = ("FL", "FR", "FC", "LFE", "SL", "SR")


def times(seconds, rate=RATE):
    """The time of each sample."""
    return np.arange(round(seconds * rate)) / rate


def sine(hertz, seconds, decibels=-20.0, rate=RATE, phase=0.0):
    """A sine, with its peak level in dBFS; `phase` in degrees."""
    return 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * times(seconds, rate) + np.radians(phase))


def noise(seconds, decibels=-30.0, seed=0, rate=RATE):
    """White noise, with its level as that of its mean square."""
    return 10 ** (decibels / 20) * np.random.default_rng(seed).standard_normal(round(seconds * rate))


@cache
def note(key, rate):
    """A struck string of two seconds, by its MIDI key."""
    time = times(2, rate)
    parts = (
        np.sin(2 * np.pi * 440 * 2 ** ((key - 69) / 12) * partial * time + key * partial)
        * np.exp(-time * (1.5 + partial))
        / partial
        for partial in range(1, 7)
    )
    return sum(parts) * np.minimum(time * 200, 1)


@cache
def music(seconds, decibels=-20.0, seed=0, rate=RATE):
    """Chords of struck notes with partials, four a second."""
    random, result = np.random.default_rng(seed), np.zeros(round(seconds * rate))
    for start in range(0, len(result), rate // 4):
        for key in random.choice([48, 50, 52, 53, 55, 57, 59, 60, 64, 67, 69, 72], 3, replace=False):
            part = result[start : start + 2 * rate]
            part += note(int(key), rate)[: len(part)]
    return 10 ** (decibels / 20) * result / np.abs(result).max()


def voices(stretches, seconds, decibels=-12.0, rate=RATE):
    """Voices in the given stretches, at a rate that is a multiple of the detector's."""
    slow = spoken(stretches, seconds, 0)
    dense = np.interp(times(seconds, rate), np.arange(len(slow)) / VOICE_RATE, slow)
    return 10 ** (decibels / 20) * dense / np.abs(dense).max()


def stereo(left, right):
    """Two channels."""
    return np.stack((left, right))


def measured(samples, labels=None, rate=RATE, start=0.0, meters=None):
    """What all meters (or those given) say of channels x samples that begin at `start` seconds."""
    samples = np.atleast_2d(samples).astype(np.float32)
    labels = labels or {1: ("FC",), 2: ("FL", "FR"), 6: SURROUND}[len(samples)]
    first = from_seconds(Fraction(start).limit_denominator(1000))
    setting = SoundSetting("", labels, rate, first)
    found = {}
    made = [meter(setting) for meter in meters] if meters else meters_for(setting)
    for place in range(0, samples.shape[1], rate // 10):
        block = samples[:, place : place + rate // 10]
        for meter in made:
            meter.hear(Block(first + from_seconds(Fraction(place, rate)), rate, block))
    for meter in made:
        found |= meter.result()
    return found


def seconds_of(stretches):
    """Stretches as pairs of seconds."""
    return [(float(to_seconds(item.start)), float(to_seconds(item.end))) for item in stretches]


def close(found, expected, within=FRAME):
    """Whether stretches are those expected, in seconds."""
    pairs = seconds_of(found)
    return len(pairs) == len(expected) and all(
        abs(a - b) <= within
        for pair, wanted in zip(pairs, expected, strict=True)
        for a, b in zip(pair, wanted, strict=True)
    )
