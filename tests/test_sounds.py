"""Which streams are one sound: stems by number, rate and language, and stems that are known to be single."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.sounds import LAYOUTS, sounds_of


@dataclass(frozen=True)
class Stream:
    channels: int = 1
    sample_rate: int = 48_000
    language: str | None = "kor"
    layout: str = "1 channels (FL)"
    labels: tuple[str, ...] = ("FL",)


STEREO = Stream(2, layout="stereo", labels=("FL", "FR"))


def told(streams, singles=()):
    return [(sound.numbers, sound.layout) for sound in sounds_of(streams, singles)]


@pytest.mark.parametrize(
    ("count", "sounds"),
    [
        (0, []),
        (1, [((0,), "mono")]),
        (2, [((0, 1), "stereo")]),
        (3, [((0,), "mono"), ((1,), "mono"), ((2,), "mono")]),
        (6, [((0, 1, 2, 3, 4, 5), "5.1")]),
        (8, [((0, 1, 2, 3, 4, 5), "5.1"), ((6, 7), "stereo")]),
    ],
)
def test_the_number_of_stems_says_what_they_are(count, sounds):
    assert told([Stream()] * count) == sounds


def test_the_loudspeakers_of_stems_are_in_the_order_of_the_layout():
    first, second = sounds_of([Stream()] * 8)
    assert first.labels == ("FL", "FR", "FC", "LFE", "BL", "BR")
    assert second.labels == ("FL", "FR")


@pytest.mark.parametrize("other", [Stream(language="eng"), Stream(language=None), Stream(sample_rate=44_100)])
def test_stems_that_differ_are_two_sounds(other):
    assert told([Stream(), other]) == [((0,), "mono"), ((1,), "mono")]


def test_a_stream_of_several_channels_parts_stems_and_keeps_its_layout():
    assert told([Stream(), Stream(), STEREO, STEREO, Stream()]) == [
        ((0, 1), "stereo"),
        ((2,), "stereo"),
        ((3,), "stereo"),
        ((4,), "mono"),
    ]


@pytest.mark.parametrize("single", [6, 7])
def test_a_single_stem_parts_its_own_group_alone(single):
    assert told([Stream()] * 8, {single}) == [((0, 1, 2, 3, 4, 5), "5.1"), ((6,), "mono"), ((7,), "mono")]


def test_a_single_that_is_no_stem_changes_nothing():
    assert told([STEREO, Stream(), Stream()], {0, 9}) == [((0,), "stereo"), ((1, 2), "stereo")]


streams = st.lists(st.builds(Stream, st.sampled_from([1, 1, 1, 2]), language=st.sampled_from(["kor", "eng"])))


@settings(max_examples=80)
@given(streams, st.sets(st.integers(0, 12)))
def test_every_stream_is_in_one_sound_in_its_order(found, singles):
    sounds = sounds_of(found, singles)
    assert [number for sound in sounds for number in sound.numbers] == list(range(len(found)))
    lengths = {len(sound.numbers) for sound in sounds}
    assert lengths <= {1} | {count for layouts in LAYOUTS.values() for _, count in layouts}
    assert not any(len(sound.numbers) > 1 and singles & set(sound.numbers) for sound in sounds)
