"""Language tags: valid, canonical, one inside another, and country codes in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import language


@pytest.mark.parametrize("tag", ["ko", "ja-JP", "en-US", "pt-BR", "es-419", "zh-Hant", "yue", "kor", "zxx", "und"])
def test_valid(tag):
    assert language.is_valid(tag)


@pytest.mark.parametrize(
    "tag", ["", " ", "jp", "xx", "en_US", "korean", "한국어", "ko ", "ko\n", "en--US", "-", "k" * 999]
)
def test_not_valid(tag):
    assert not language.is_valid(tag)


@given(st.text(max_size=20))
def test_any_text_is_judged(tag):
    if language.is_valid(tag):
        assert language.is_valid(language.canonical(tag))
        assert language.canonical(language.canonical(tag)) == language.canonical(tag)
    assert isinstance(language.covers(frozenset({tag}), "ko"), bool)
    assert isinstance(language.same_language(tag, "ko"), bool)


@pytest.mark.parametrize(
    ("tag", "canonical"), [("kor", "ko"), ("KO", "ko"), ("iw", "he"), ("pt-br", "pt-BR"), ("zh-hant", "zh-Hant")]
)
def test_canonical(tag, canonical):
    assert language.canonical(tag) == canonical


@pytest.mark.parametrize("tag", ["jp", "JP", "jp-JP", "jp_JP", "kr", "cz", "se"])
def test_a_country_code_is_told(tag):
    assert tag[:2].upper() in language.confusion(tag)


@pytest.mark.parametrize("tag", ["ja", "ko-KR", "sv-SE", "", "japanese"])
def test_no_country_code(tag):
    assert language.confusion(tag) is None


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("ko", "kor", True), ("ko", "ko-KR", True), ("ko", "ja", False), ("jp", "ja", False), ("", "ko", False)],
)
def test_same_language(left, right, same):
    assert language.same_language(left, right) is same


@pytest.mark.parametrize(
    ("licensed", "tag", "covered"),
    [
        ({"pt"}, "pt-BR", True),
        ({"pt-BR"}, "pt", False),
        ({"pt-BR"}, "pt-br", True),
        ({"ko"}, "kor", True),
        ({"kor"}, "ko-KR", True),
        ({"en", "ja"}, "ja", True),
        ({"zh"}, "zh-Hant-TW", True),
        ({"zh-Hans"}, "zh-Hant", False),
        ({"ja"}, "jp", False),
        ({"e"}, "en", False),
        (set(), "ko", False),
    ],
)
def test_covers(licensed, tag, covered):
    assert language.covers(frozenset(licensed), tag) is covered


@pytest.mark.parametrize(
    ("tag", "spoken"), [("ko", True), ("zh-Hant", True), ("und", False), ("mul", False), ("zxx", False)]
)
def test_special_codes_are_no_language(tag, spoken):
    assert language.is_spoken(tag) is spoken


@pytest.mark.parametrize(
    ("tag", "scripts"),
    [
        ("ko", ("hangul",)),
        ("ja", ("kana", "han")),
        ("zh", ("han",)),
        ("zh-TW", ("han",)),
        ("en-US", ("latin",)),
        ("uk", ("cyrillic",)),
        ("el", ("greek",)),
        ("ar", ("arabic",)),
        ("he", ("hebrew",)),
        ("th", ("thai",)),
        ("hi", ("devanagari",)),
        ("ka", ()),
        ("sr", ()),
        ("sr-Latn", ("latin",)),
        ("sr-Cyrl", ("cyrillic",)),
    ],
)
def test_scripts_of_a_language(tag, scripts):
    assert language.written_in(tag) == scripts
