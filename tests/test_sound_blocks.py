"""Sound whose clock jumps, and stems of one sound that do not lie beside each other in the file."""

from fractions import Fraction
from types import SimpleNamespace

import av
import numpy as np

from assets import timing
from assets.signals.decoded import BLOCKS_PER_SECOND, Blocks
from assets.signals.streams import MOST_WAITING, SoundGroup
from assets.signals.together import Group


def sound_stream(index=0):
    """A stream of one channel, as much of it as is asked."""
    context = SimpleNamespace(sample_rate=48_000)
    return SimpleNamespace(index=index, start_time=0, time_base=Fraction(1, 48_000), codec_context=context)


def second(number, level=0.25):
    """The second of that number of a sound of one channel."""
    frame = av.AudioFrame.from_ndarray(np.full((1, 48_000), level, np.float32), format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = 48_000, number * 48_000, Fraction(1, 48_000)
    return frame


def test_a_clock_that_jumps_far_leaves_one_gap_and_may_come_back():
    maker = Blocks(sound_stream(), None)
    times = [0, 1, 5000, 5001, 5002, 5, 6, 9]
    blocks = [block for time in times for block in maker.of(second(time))]
    ticks = timing.TICKS_PER_SECOND
    assert maker.gaps == [(2 * ticks, 5000 * ticks), (7 * ticks, 9 * ticks)]
    assert len(blocks) == 10 * BLOCKS_PER_SECOND


def test_a_stem_that_is_empty_is_silence_and_nothing_is_kept_for_it():
    group = SoundGroup(Group((0, 1), "stereo", ("FL", "FR"), 48_000), [sound_stream(0), sound_stream(1)])
    for number in range(65):
        group.take(0, second(number))
        assert len(group._waiting[0]) <= MOST_WAITING + BLOCKS_PER_SECOND
    group.end()
    found = group.signals()
    assert found.end == 65 * timing.TICKS_PER_SECOND
    assert [channel.peak is None for channel in found.channels] == [False, True]
    assert group.unmeasured == []


def test_a_stem_that_comes_too_late_is_left_out_and_said():
    group = SoundGroup(Group((0, 1), "stereo", ("FL", "FR"), 48_000), [sound_stream(0), sound_stream(1)])
    for stream in (0, 1):
        for number in range(65):
            group.take(stream, second(number))
    group.end()
    found = group.signals()
    assert found.end == 65 * timing.TICKS_PER_SECOND
    assert [(item.signal, item.reason) for item in group.unmeasured] == [
        ("samples", "its channels lie more than a minute apart in the file")
    ]
    (silent,) = found.channels[1].silent
    assert (silent.start, silent.end) == (0, 5 * timing.TICKS_PER_SECOND)


def test_a_sample_rate_that_no_sound_has_is_left_out_and_said():
    stream = sound_stream()
    stream.codec_context.sample_rate = 1
    group = SoundGroup(Group((0,), "mono", ("FC",), 1), [stream])
    group.take(0, second(0))
    group.end()
    assert not group.has_any
    assert [(item.signal, item.reason) for item in group.unmeasured] == [
        ("samples", "its sample rate of 1 Hz is none that sound has")
    ]
