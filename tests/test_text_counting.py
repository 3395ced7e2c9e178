"""Characters as subtitles count them: half-width ones half in Korean and Japanese, marks and invisible ones nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import text


@pytest.mark.parametrize(
    ("language", "line", "counted"),
    [
        ("ko", "안녕하세요", "5"),
        ("ko", "안녕하세요!", "5.5"),
        ("ko", "1951년 봄", "4.5"),
        ("ko", "ㅋㅋㅋ", "3"),
        ("ko", "KBS 뉴스", "4"),
        ("ko-KR", "안녕 ", "2.5"),
        ("ja", "ドキュメンタリー", "8"),
        ("ja", "１２３", "3"),
        ("ja", "123", "1.5"),
        ("ja", "ｶﾞｲﾄﾞ", "2.5"),
        ("ja", "はい。", "3"),
        ("ja", "はい\u3000そう", "5"),
        ("ja", "（女性）", "4"),
        ("zh-Hans", "战争孤儿", "4"),
        ("en", "War orphans", "11"),
        ("en", "안녕", "2"),
        ("fr", "« Où ? »", "8"),
        ("ko", "두 줄\n모두", "4.5"),
        ("ja", "アァヴヵヶ・ー", "7"),
        ("ja", "ＫＢＳ１２３！？", "8"),
        ("ja", "NASDAQ", "3"),
        ("ko", "ㅠㅠ ㅎㅎ", "4.5"),
        ("ja", "か\u3099", "1"),
        ("en", "cafe\u0301", "4"),
        ("ko", "각\u0323", "1"),
    ],
)
def test_counted(language, line, counted):
    assert text.count_text(text.half_characters(line, language)) == counted


@pytest.mark.parametrize(
    "emoji",
    [
        "😀",
        "👨‍👩‍👧‍👦",
        "👩🏽‍🚀",
        "👍🏿",
        "❤️",
        "🇰🇷",
        "🏳️‍🌈",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "1️⃣",
    ],
)
def test_what_is_drawn_as_one_emoji_counts_one(emoji):
    assert text.count_text(text.half_characters(f"안{emoji}녕", "ko")) == "3"
    assert text.count_text(text.half_characters(f"a{emoji}b", "en")) == "3"


def test_neighbours_are_not_joined():
    assert text.count_text(text.half_characters("😀😀", "ko")) == "2"
    assert text.count_text(text.half_characters("🇰🇷🇯🇵", "ja")) == "2"


@pytest.mark.parametrize(
    ("language", "line", "narrow", "wide"),
    [("ko", "“네…”", "2.5", "4"), ("ja", "「はい…」", "4.5", "5"), ("ja", "♪", "0.5", "1"), ("en", "“No…”", "5", "5")],
)
def test_the_two_readings_of_ambiguous_characters(language, line, narrow, wide):
    assert text.count_text(text.half_characters(line, language)) == narrow
    assert text.count_text(text.half_characters(line, language, ambiguous_is_wide=True)) == wide


@pytest.mark.parametrize("language", ["ko", "ja", "en"])
@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\ufe0f", "\x00"])
def test_what_is_not_seen_counts_nothing(language, unseen):
    assert text.half_characters(f"가{unseen}나", language) == text.half_characters("가나", language)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), st.sampled_from(["ko", "ja", "en"]))
def test_both_forms_count_the_same(line, language):
    counts = {text.half_characters(unicodedata.normalize(form, line), language) for form in ("NFC", "NFD")}
    assert len(counts) == 1


@given(st.text(max_size=30), st.sampled_from(["ko", "ja", "en"]))
def test_the_wide_reading_is_never_less(line, language):
    narrow = text.half_characters(line, language)
    assert 0 <= narrow <= text.half_characters(line, language, ambiguous_is_wide=True) <= 2 * len(line)


def test_an_old_syllable_that_has_no_composed_form_counts_one():
    assert text.half_characters("\u1112\u119e\u11ab", "ko") == 2


@pytest.mark.parametrize(("halves", "shown"), [(0, "0"), (1, "0.5"), (11, "5.5"), (32, "16")])
def test_half_characters_are_shown_as_people_write_them(halves, shown):
    assert text.count_text(halves) == shown


@pytest.mark.parametrize(
    ("char", "script"),
    [
        ("한", "hangul"),
        ("ㅋ", "hangul"),
        ("\u1100", "hangul"),
        ("あ", "kana"),
        ("ー", "kana"),
        ("ｱ", "kana"),
        ("漢", "han"),
        ("々", "han"),
        ("A", "latin"),
        ("é", "latin"),
        ("Ａ", "latin"),
        ("я", "cyrillic"),
        ("ω", "greek"),
        ("ש", "hebrew"),
        ("ش", "arabic"),
        ("ก", "thai"),
        ("क", "devanagari"),
        ("ა", "other"),
        ("1", ""),
        ("♪", ""),
        ("…", ""),
        ("º", ""),
        ("ʰ", ""),
        ("𝐀", ""),
        ("\u3164", ""),
        ("😀", ""),
    ],
)
def test_script_of_a_letter(char, script):
    assert text.script(char) == script


def test_decomposed_letters_are_counted_as_composed():
    assert text.scripts(unicodedata.normalize("NFD", "한글 KBS が 1951")) == {"hangul": 2, "latin": 3, "kana": 1}


@pytest.mark.parametrize("nothing", ["", " ", "\n", "\u3000", "\u00a0", "\u200b", "\u3164", "\u0301"])
def test_nothing_is_seen(nothing):
    assert not text.shows_something(nothing)


@pytest.mark.parametrize("something", ["가", "1", "…", "♪", " x "])
def test_something_is_seen(something):
    assert text.shows_something(something)


@pytest.mark.parametrize(("tag", "primary"), [("ko-KR", "ko"), ("JA", "ja"), ("en_US", "en"), ("", "")])
def test_primary_subtag(tag, primary):
    assert text.primary(tag) == primary


def test_composed_and_decomposed():
    assert text.is_nfc("한글")
    assert not text.is_nfc(unicodedata.normalize("NFD", "한글"))


COUNTED = "aZ 1.,가각漢ー、？ﾊﾞ…“é\u0301\u1100\u1161\u200d\U0001f600\U0001f3fd\U0001f1f0\u20e3♪\u200b\ud800"


@given(st.text(COUNTED, max_size=12), st.sampled_from(("ko", "ja", "en", "zh-Hant", "fr")))
def test_quick_counter_counts_the_same(words, tag):
    composed = unicodedata.normalize("NFC", words)
    count = text.counter(frozenset(composed), tag)
    assert count(composed) == text.half_characters(composed, tag, ambiguous_is_wide=True)
