"""Random deals: the engine's answers are those of a model that tries every point (see `rights_comparing`)."""

import random

import pytest
from brute_rights import RIGHTS, TERRITORIES, instants, random_rights
from hypothesis import given, settings
from hypothesis import strategies as st
from rights_comparing import compare

from assets.rights.availability import sellable
from assets.rights.boxes import Box, merged, remainder
from assets.rights.finding import Found
from assets.rights.indexing import index_title
from assets.rights.questions import Question
from assets.rights.spans import OPEN

SMALL = 4
CATALOGUES = 3
"""To each example, so that a fast run compares 300; `benchmarks/rights.py --catalogues 100000` compares very many."""
BOXES = st.builds(
    lambda rights, territories, languages, start, length: Box(rights, territories, languages, start, start + length),
    *[st.integers(1, SMALL - 1)] * 3,
    st.integers(0, SMALL),
    st.integers(1, SMALL),
)


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_the_engine_agrees_with_the_model(seed):
    for number in range(CATALOGUES):
        compare(random.Random(seed + number))  # noqa: S311 -- a failing seed can be run again


def test_a_grant_that_is_over_before_it_may_be_shown_is_suppressed_only_while_it_runs():
    compare(random.Random(66112))  # noqa: S311 -- asks what is shown after such a grant


@pytest.mark.slow
def test_the_engine_agrees_with_the_model_on_very_many_catalogues():
    for seed in range(10_000):
        compare(random.Random(seed))  # noqa: S311 -- the same catalogues each time


def test_what_was_kept_of_a_question_answers_the_next_one():
    """From another day on, what is for sale is told in the same parts as if nothing had been asked before."""
    for seed in range(20):
        rights = random_rights(random.Random(seed))  # noqa: S311 -- the same deals each time
        asked_before = index_title(rights, "ko")
        for at in instants(rights):
            question = Question(frozenset(RIGHTS), frozenset(TERRITORIES), at, until=OPEN)
            found, fresh = sellable(asked_before, question), sellable(index_title(rights, "ko"), question)
            assert [_told(patch) for patch in found] == [_told(patch) for patch in fresh]


def _told(patch):
    return patch.state, patch[:5], [claim.item for claim in patch.claims], [claim.item for claim in patch.holds]


def points(boxes):
    """Every right, territory, language and instant of some boxes, each as often as it is in one."""
    return sorted(
        (right, territory, language, at)
        for box in boxes
        for right in range(SMALL)
        for territory in range(SMALL)
        for language in range(SMALL)
        for at in range(box.start, box.end)
        if box.rights >> right & 1 and box.territories >> territory & 1 and box.languages >> language & 1
    )


@given(BOXES, BOXES)
def test_two_boxes_are_cut_as_sets_of_points_are(one, other):
    common = set(points([one])) & set(points([other]))
    assert one.meets(other) == bool(common)
    assert set(points([one.meet(other)] if one.meets(other) else [])) == common
    assert points(one.less(other)) == sorted(set(points([one])) - common)
    if common:
        both, rest = one.parted(other)
        assert set(points([both])) == common
        assert points([both, *rest]) == points([one])


@given(st.lists(BOXES, max_size=4), st.lists(BOXES, max_size=3))
def test_what_is_merged_has_the_same_points_in_no_more_boxes(boxes, taken):
    left = remainder(boxes, taken)
    assert set(points(left)) == set(points(boxes)) - set(points(taken))
    assert set(points(merged(left))) == set(points(left))
    assert len(merged(left)) <= len(left)


def test_what_is_found_is_worked_out_once():
    asked = []
    found = Found(lambda key: asked.append(key) or key * 2)
    assert [found[3], found[3], found[4]] == [6, 6, 8]
    assert asked == [3, 4]


def test_boxes_are_joined_where_they_touch_and_not_over_an_instant():
    first = Box(1, 1, 1, 0, 10)
    assert merged([first, Box(1, 1, 1, 10, 20)]) == [Box(1, 1, 1, 0, 20)]
    assert merged([first, Box(1, 1, 1, 11, 20)]) == [first, Box(1, 1, 1, 11, 20)]
