"""Hangul and kana in Latin letters: the examples of the Revised Romanization's own rules, and Hepburn's."""

import unicodedata

import pytest

from assets import romanising


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("종로", "jongno"),
        ("왕십리", "wangsimni"),
        ("별내", "byeollae"),
        ("신라", "silla"),
        ("백마", "baengma"),
        ("해돋이", "haedoji"),
        ("같이", "gachi"),
        ("좋고", "joko"),
        ("놓다", "nota"),
        ("잡혀", "japyeo"),
        ("낳지", "nachi"),
        ("구미", "gumi"),
        ("옥천", "okcheon"),
        ("합덕", "hapdeok"),
        ("한밭", "hanbat"),
        ("설악", "seorak"),
        ("독립문", "dongnimmun"),
        ("값이", "gapsi"),
        ("많이", "mani"),
        ("싫어", "sireo"),
        ("밖에", "bakke"),
        ("영어", "yeongeo"),
    ],
)
def test_sounds_pass_from_one_syllable_to_the_next(word, spoken):
    assert romanising.hangul(word) == spoken


def test_letter_by_letter_nothing_passes():
    assert romanising.hangul("봄날의") == "bomnarui"
    assert romanising.hangul("봄날의", spoken=False) == "bomnalui"


def test_what_is_no_syllable_stays():
    assert romanising.hangul("JSA 공동경비구역, ㅋㅋ 日") == "JSA gongdonggyeongbiguyeok, ㅋㅋ 日"
    assert romanising.hangul(unicodedata.normalize("NFD", "봄")) == unicodedata.normalize("NFD", "봄")


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("はるのひのゆきどけ", "harunohinoyukidoke"),
        ("ハルノヒ", "harunohi"),
        ("プルガサリ", "purugasari"),
        ("ちゅうごく", "chuugoku"),
        ("キャッチ", "kyatchi"),
        ("がっこう", "gakkou"),
        ("ラーメン", "raamen"),
        ("ファン", "fan"),
        ("ジョン", "jon"),
        ("ティー", "tii"),
        ("ヴァ", "va"),
        ("を春ッ", "o春"),
        ("ー", "ー"),
        ("ゃ", "ya"),
        ("春ゃ", "春ya"),
    ],
)
def test_kana(word, letters):
    assert romanising.kana(word) == letters
