"""The signals of EBU Tech 3341 and 3342 that are defined by words, as samples; levels in hundredths."""

from functools import partial

import numpy as np
from sounds import RATE, sine, times


def joined_tones(parts):
    """Stereo of 1 kHz, one part after the other: level in dBFS and seconds."""
    sound = np.concatenate([sine(1000, seconds, level) for level, seconds in parts])
    return np.stack((sound, sound))


def surround():
    """Tech 3341, case 6: a level for each loudspeaker of 5.0."""
    silence = np.zeros(20 * RATE)
    return np.stack([silence if level is None else sine(1000, 20, level) for level in (-28, -28, -24, None, -30, -30)])


def fading(divisor, part, degrees):
    """A sine of the sample rate over `divisor`, of `part` of full scale, that fades in and out."""
    sound = part * np.sin(2 * np.pi * RATE / divisor * times(1) + np.radians(degrees))
    ramp = np.minimum(1, np.minimum(times(1), times(1)[::-1]) * 20)
    return np.stack([sound * ramp] * 2)


LOUDNESS = [
    (1, partial(joined_tones, [(-23, 20)]), -2300),
    (2, partial(joined_tones, [(-33, 20)]), -3300),
    (3, partial(joined_tones, [(-36, 10), (-23, 60), (-36, 10)]), -2300),
    (4, partial(joined_tones, [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)]), -2300),
    (5, partial(joined_tones, [(-26, 20), (-20, 20.1), (-26, 20)]), -2300),
    (6, surround, -2300),
]
"""Tech 3341, table 1: case, samples, integrated loudness, right to 0.1 LU. Cases 7 and 8 are recordings."""

TRUE_PEAKS = [
    (15, partial(fading, 4, 0.5, 0), -600),
    (16, partial(fading, 4, 0.5, 45), -600),
    (17, partial(fading, 6, 0.5, 60), -600),
    (18, partial(fading, 8, 0.5, 67.5), -600),
    (19, partial(fading, 4, 1.41, 45), 300),
]
"""Tech 3341, table 1: case, samples, true peak, right to +0.2 and -0.4 dB."""

RANGES = [
    (1, (-20, -30), 1000),
    (2, (-20, -15), 500),
    (3, (-40, -20), 2000),
    (4, (-50, -35, -20, -35, -50), 1500),
]
"""Tech 3342, table 1: case, levels of 20 s each, loudness range, right to 1 LU. Cases 5 and 6 are recordings."""
