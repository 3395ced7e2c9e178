"""Two tracks compared cue by cue: each cue of both is the same, changed, added or removed, once."""

import time
from dataclasses import replace

import pytest
import strategies
from hypothesis import given, settings

from assets.subtitles import Cue, Run
from assets.subtitles.comparing import Kind, compare
from assets.timing import from_ms

WORDS = ["하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟"]


def track(*texts):
    return [
        Cue(number, from_ms(number * 3000), from_ms(number * 3000 + 2000), (Run(text),))
        for number, text in enumerate(texts, 1)
    ]


def told(old, new, **options):
    found = compare(old, new, **options)
    return [
        ("+".join(change.kinds), change.old and change.old.number, change.new and change.new.number)
        for change in found.changes
    ]


OLD = track(*WORDS)


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (OLD, []),
        (OLD[:3] + OLD[4:], [("removed", 4, None)]),
        ([], [("removed", number, None) for number in range(1, 9)]),
        ([replace(cue, number=cue.number + 5, line=9, id="x") for cue in OLD], []),
        (
            [*OLD[:3], replace(OLD[3], runs=(Run("네엣"),)), *OLD[4:]],
            [("text", 4, 4)],
        ),
        (
            [*OLD[:3], replace(OLD[3], start=OLD[3].start + 1), *OLD[4:]],
            [("timing", 4, 4)],
        ),
        (
            [*OLD[:3], replace(OLD[3], runs=(Run("넷!"),), end=OLD[3].end + 1), *OLD[4:]],
            [("text+timing", 4, 4)],
        ),
        (
            [*OLD[:3], replace(OLD[3], runs=(Run("넷", italic=True),)), *OLD[4:]],
            [("style", 4, 4)],
        ),
        ([*OLD[:3], replace(OLD[3], position=8), *OLD[4:]], [("style", 4, 4)]),
        (
            [replace(cue, start=cue.start + from_ms(60_000), end=cue.end + from_ms(60_000)) for cue in OLD],
            [("timing", number, number) for number in range(1, 9)],
        ),
    ],
)
def test_changes(new, changes):
    assert told(OLD, new) == changes


def test_an_added_cue_stands_where_it_was_added():
    added = Cue(99, from_ms(10_000), from_ms(11_000), (Run("새"),))
    assert told(OLD, [*OLD[:3], added, *OLD[3:]]) == [("added", None, 99)]


def test_a_cue_split_in_two_is_changed_and_added():
    halves = [
        Cue(41, OLD[3].start, OLD[3].start + from_ms(900), (Run("네"),)),
        Cue(42, OLD[3].start + from_ms(1000), OLD[3].end, (Run("엣"),)),
    ]
    found = told(OLD, [*OLD[:3], *halves, *OLD[4:]])
    assert sorted(kinds for kinds, _, _ in found) == ["added", "text+timing"]


def test_times_within_the_tolerance_are_the_same():
    near = [replace(cue, start=cue.start + from_ms(1)) for cue in OLD]
    assert told(OLD, near, tolerance=from_ms(1)) == []
    assert len(told(OLD, near, tolerance=from_ms(1) - 1)) == 8


def test_texts_that_repeat_are_paired_by_time():
    old = track(*["네."] * 30)
    new = [*old[:10], *old[11:]]
    assert told(old, new) == [("removed", 11, None)]


def test_counts():
    found = compare(OLD, [*OLD[1:3], replace(OLD[3], runs=(Run("넷!"),)), *OLD[4:]])
    assert {kind: found.count(kind) for kind in Kind if found.count(kind)} == {Kind.REMOVED: 1, Kind.TEXT: 1}
    assert found.same == 6


@given(strategies.cues(), strategies.cues())
@settings(deadline=None)
def test_every_cue_is_accounted_for_once(old, new):
    found = compare(old, new)
    pairs = sum(1 for change in found.changes if change.old and change.new)
    removed, added = found.count(Kind.REMOVED), found.count(Kind.ADDED)
    assert found.same + pairs + removed == len(old)
    assert found.same + pairs + added == len(new)
    assert not compare(old, old).changes


@pytest.mark.parametrize("texts", [["네."] * 20_000, [f"대사 {number}" for number in range(20_000)]])
def test_large_tracks_are_compared_in_short_time(texts):
    old = track(*texts)
    new = [replace(cue, start=cue.start + 1) for cue in old[::2]]
    begun = time.process_time()
    found = compare(old, new)
    assert time.process_time() - begun < 10
    assert found.count(Kind.REMOVED) == 10_000


def test_a_cue_that_stands_elsewhere_in_the_file_has_moved():
    assert told(OLD, [*OLD[:2], *OLD[3:], OLD[2]]) == [("moved", 3, 3)]
    changed = replace(OLD[2], end=OLD[2].end + 1)
    assert told(OLD, [*OLD[:2], *OLD[3:], changed]) == [("removed", 3, None), ("added", None, 3)]
    assert told(OLD, [*OLD[:2], *OLD[3:], changed], tolerance=1) == [("moved", 3, 3)]
