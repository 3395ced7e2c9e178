"""Repeated pictures: which distances are a cadence, and which repetitions are dropped frames."""

from itertools import accumulate, cycle, islice

import numpy as np
import pytest
from pictures import frame, measured, pictures

from assets.signals.repeats import RepeatsMeter

COUNT = 400
AROUND = 5
"""Pictures at both ends that are not judged: nothing is known of the motion before or after them."""


def repeats(numbers, count=COUNT):
    """What the meter says of moving pictures of which those of these numbers show the one before once more."""
    random = np.random.default_rng(1)
    shown = []
    for number in range(count):
        shown.append(shown[-1] if number in numbers else random.integers(16, 236, (32, 32), np.uint8))
    return measured(RepeatsMeter(), pictures(shown))["repeats"]


def apart(*distances, count=COUNT):
    """The numbers of repetitions so far apart, over and over."""
    return {number for number in islice(accumulate(cycle(distances), initial=8), count) if number < count}


def converted(made, rate, count=COUNT):
    """The numbers of the repetitions where pictures of one rate were made another by showing the nearest before."""
    return {number for number in range(1, count) if number * made // rate == (number - 1) * made // rate}


@pytest.mark.parametrize(
    ("made", "rate", "every"),
    [
        (24, 25, 25),
        (24, 30, 5),
        (25, 30, 6),
        (18, 25, 4),
        (20, 24, 6),
        (15, 24, 3),
        (16, 24, 3),
        (24, 60, 2),
        (25, 60, 2),
        (24, 50, 2),
        (25, 50, 2),
    ],
)
def test_a_conversion_by_repetition_is_regular(made, rate, every):
    found = repeats(converted(made, rate))
    assert (found.every, found.at) == (every, ())


@pytest.mark.parametrize(
    ("distances", "every"),
    [((5, 6, 4), 5), ((6, 5, 4), 5), ((25, 26, 25, 24), 25), ((25, 26, 24), 25), ((7, 7, 8, 6), 7), ((3, 2), 2)],
)
def test_distances_that_were_rounded_are_regular(distances, every):
    found = repeats(apart(*distances))
    assert (found.every, found.at) == (every, ())


def test_a_dropped_frame_in_a_cadence_is_single():
    for cadence, drops in (
        ((25,), (120, 246)),
        ((25, 26, 24), (120, 246)),
        ((5,), (125, 246)),
        ((5, 6, 4), (140, 246)),
    ):
        found = repeats(apart(*cadence) | set(drops))
        assert (found.every, found.at) == (round(np.mean(cadence)), tuple(frame(drop) for drop in drops)), cadence


@pytest.mark.parametrize("mean", [4, 6, 10, 25, 60])
def test_frames_dropped_by_chance_are_no_cadence(mean):
    for seed in range(6):
        random = np.random.default_rng(seed)
        drops = {int(number) for number in np.flatnonzero(random.random(COUNT - 2 * AROUND) < 1 / mean) + AROUND}
        alone = {drop for drop in drops if not drops & {drop - 1, drop + 1}}
        found = repeats(alone)
        assert found.every == 0
        assert len(found.at) > 0.9 * len(alone)


def test_distances_off_by_more_than_rounding_are_no_cadence():
    for distances in ((5, 7, 3), (4, 6, 8, 6, 4), (20, 30, 25)):
        numbers = apart(*distances)
        found = repeats(numbers)
        judged = [number for number in sorted(numbers) if AROUND <= number < COUNT - AROUND]
        assert (found.every, found.at) == (0, tuple(map(frame, judged)))
