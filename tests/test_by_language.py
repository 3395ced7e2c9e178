"""Limits by language: the most exact key counts, and what has no limit cannot be checked."""

import pytest
from pydantic import ValidationError

from assets.title import Audience, Kind
from checks.by_language import ByLanguage, limit_for, limits_for
from checks.core import CannotCheck, Limits


class Example(Limits):
    table: ByLanguage[int]


TABLE = {"ko": 16, "ko:sdh": 17, "pt": 40, "pt-BR": 41, "default": 42, "default:sdh": 43}


@pytest.mark.parametrize(
    ("tag", "kind", "limit"),
    [
        ("ko", Kind.FULL, 16),
        ("ko", Kind.SDH, 17),
        ("ko", Kind.FORCED, 16),
        ("ko-KR", Kind.SDH, 17),
        ("kor", None, 16),
        ("KO", None, 16),
        ("pt-BR", Kind.SDH, 41),
        ("pt-PT", Kind.FULL, 40),
        ("en", Kind.FULL, 42),
        ("en", Kind.SDH, 43),
        ("zh-Hans", Kind.FULL, 42),
    ],
)
def test_the_most_exact_key_counts(tag, kind, limit):
    assert limit_for(TABLE, tag, kind) == limit


TRAITS = {"ja": 13, "ja:sdh": 16, "ja:children": 12, "ja:sdh:children": 14, "ja:vertical": 11, "default:children": 40}


@pytest.mark.parametrize(
    ("tag", "kind", "audience", "vertical", "limit"),
    [
        ("ja", Kind.FULL, Audience.ADULT, False, 13),
        ("ja", Kind.FULL, Audience.CHILDREN, False, 12),
        ("ja", Kind.SDH, Audience.CHILDREN, False, 14),
        ("ja", Kind.SDH, Audience.ADULT, True, 11),
        ("ja", Kind.SDH, Audience.CHILDREN, True, 11),
        ("en", Kind.SDH, Audience.CHILDREN, True, 40),
    ],
)
def test_audience_and_direction_are_part_of_the_key(tag, kind, audience, vertical, limit):
    assert limit_for(TRAITS, tag, kind, audience, vertical=vertical) == limit


def test_all_entries_that_apply_are_given_the_most_exact_first():
    assert limits_for(TRAITS, "ja-JP", Kind.SDH, Audience.CHILDREN, vertical=True) == [11, 14, 12, 16, 13, 40]
    assert limits_for(TRAITS, "en", Kind.SDH) == []


@pytest.mark.parametrize("tag", ["ja", "zh-Hans", "zh-Hant-TW", "yue", "cmn"])
def test_a_default_does_not_count_wide_characters(tag):
    with pytest.raises(CannotCheck, match="no limit"):
        limit_for(TABLE, tag, counts_characters=True)


@pytest.mark.parametrize("tag", ["jp", "", "en_US", "und", "mul", "zxx"])
def test_what_is_no_language_has_no_limit(tag):
    with pytest.raises(CannotCheck, match="is no language"):
        limit_for(TABLE, tag)


def test_a_language_without_a_limit():
    with pytest.raises(CannotCheck, match="the platform gives no limit for en"):
        limit_for({"ko": 16}, "en")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"jp": 1}, "'jp' is no canonical language tag"),
        ({"kor": 1}, "'kor' is no canonical language tag"),
        ({"ko:sgh": 1}, "'sgh' is no kind of subtitles; kinds: full, forced, sdh"),
        ({"ko:": 1}, "is no kind of subtitles"),
        ({"ko:adult": 1}, "'adult' is no kind of subtitles; kinds: .*; then children, vertical"),
        ({"ko:children:sdh": 1}, "'ko:children:sdh' is in disorder; language, kind, children, vertical, each once"),
        ({"ko:sdh:sdh": 1}, "in disorder"),
        ({}, "no limit for any language"),
        ({"ko": "many"}, "valid integer"),
    ],
)
def test_a_wrong_table_is_refused(table, said):
    with pytest.raises(ValidationError, match=said):
        Example.model_validate({"table": table})
