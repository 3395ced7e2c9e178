"""The keys of names: what does not matter in a spelling, what romanisations have in common, how far two are apart."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.spelling import Wanted, errors_allowed, fold, japanese_sound, key, korean_sound


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Mother's Wish", ("the", "mothers", "wish")),
        ("Comrades-In-Arms", ("comradesinarms",)),
        ("ＴＨＡＷ　１９８５", ("thaw", "1985")),
        ("Pomnarŭi nunsŏgi", ("pomnarui", "nunsogi")),
        ("Ch’unhyang", ("chunhyang",)),
        ("Ten Zan – The Ultimate Mission", ("ten", "zan", "the", "ultimate", "mission")),
        ("ﾌﾟﾙｶﾞｻﾘ", ("プルガサリ",)),
        ("Straße", ("strasse",)),
        ("!?", ()),
    ],
)
def test_case_width_diacritics_and_punctuation_do_not_matter(text, words):
    assert fold(text) == words


@pytest.mark.parametrize("name", ["봄날의 눈석이", "がぎぐげご", "Pomnarŭi", "プルガサリ 伝説の大怪獣"])
def test_decomposed_is_composed(name):
    assert key(unicodedata.normalize("NFD", name), "ko") == key(name, "ko")


@pytest.mark.parametrize(
    "spelling", ["bomnarui nunseogi", "Pomnarŭi nunsŏgi", "pomnarui nunsogi", "Bomnal-ui nunseog-i"]
)
def test_romanisations_of_a_korean_name_sound_alike(spelling):
    assert key("봄날의 눈석이", "ko").korean & key(spelling).korean


@pytest.mark.parametrize(
    ("revised", "mccune_reischauer"),
    [
        ("Bulgasari", "Pulgasari"),
        ("Gimdongmuneun haneureul nanda", "Kimdongmunŭn hanŭrŭl nanda"),
        ("Yeongwonhan jeonu", "Yŏngwŏnhan chŏnu"),
        ("Chunhyangjeon", "Ch'unhyangjŏn"),
        ("Hong Gildong", "Hong Kil-tong"),
    ],
)
def test_two_systems_sound_alike(revised, mccune_reischauer):
    assert key(revised).korean == key(mccune_reischauer).korean


@pytest.mark.parametrize("spelling", ["tōkyō", "toukyou", "tookyoo", "tohkyoh", "tokyo", "とうきょう", "トーキョー"])
def test_long_vowels_of_a_japanese_name_sound_alike(spelling):
    assert key(spelling).japanese == {"tokyo"}


@pytest.mark.parametrize(
    ("hepburn", "kunrei"),
    [("shinjuku", "sinzyuku"), ("tsuchi", "tuti"), ("fuji", "huzi"), ("chanko", "tyanko"), ("shimbun", "sinbun")],
)
def test_hepburn_and_kunrei_sound_alike(hepburn, kunrei):
    assert japanese_sound(hepburn) == japanese_sound(kunrei)


def test_only_korean_and_japanese_names_have_sounds():
    english = key("Bird", "en")
    assert (english.korean, english.japanese) == (frozenset(), frozenset())
    assert key("春の日の雪解け", "ja").korean == frozenset()
    assert korean_sound("jido") != japanese_sound("jido"), "a Korean j is a Japanese z only by chance"


@pytest.mark.parametrize(
    ("wanted", "text", "errors"),
    [
        ("pulgasri", "pulgasari", 1),
        ("pulgasarri", "thepulgasari", 1),
        ("propogandagaem", "thepropagandagame", 2),
        ("bird", "bord", None),
        ("birds", "birdy", 1),
        ("harunohi", "harunohi", 0),
        ("zzzzzzzz", "pulgasari", None),
        ("pulgasari", "", None),
    ],
)
def test_slips_of_the_hand_are_counted(wanted, text, errors):
    assert Wanted(wanted).distance(text) == errors


def test_a_word_that_must_begin_somewhere_begins_there():
    assert Wanted("gasari").distance("pulgasari", starts=(0,)) is None
    assert Wanted("gasari").distance("pulgasari", starts=(3,)) == 0


def _plain_distance(wanted, text):
    """The same by the book: every substring of the text, every edit."""
    best = len(wanted)
    for start in range(len(text) + 1):
        row = list(range(len(wanted) + 1))
        best = min(best, row[-1])
        for char in text[start:]:
            new = [row[0] + 1]
            for number, letter in enumerate(wanted):
                new.append(min(row[number] + (letter != char), row[number + 1] + 1, new[number] + 1))
            row = new
            best = min(best, row[-1])
    return best


@settings(max_examples=100, deadline=None)
@given(st.text("abc", min_size=5, max_size=10), st.text("abc", max_size=12))
def test_the_quick_way_finds_what_the_slow_one_finds(wanted, text):
    slow = _plain_distance(wanted, text)
    most = errors_allowed(len(wanted))
    assert Wanted(wanted).distance(text) == (slow if slow <= most else None)
