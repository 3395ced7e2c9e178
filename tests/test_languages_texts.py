"""The texts of every language against the code and each other; what is missing is listed in docs/languages.md."""

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import translated

from cli.render.languages import LANGUAGES, book, patterns

ROOT = Path(__file__).resolve().parent.parent
OTHERS = [language for language in LANGUAGES if language != "en"]
LETTERS = {"ko": "[가-힣]", "ja": "[ぁ-んァ-ヶ一-龯]"}
WORD = re.compile(r"[A-Za-z]{2,}")
DOUBLE_PARTICLE = re.compile(r"[은이을과와으]\([가-힣]\)")


@pytest.fixture(scope="module")
def code():
    return translated.load()


@pytest.fixture(scope="module")
def words_of_the_code():
    files = [
        path
        for room in ("assets", "checks", "cli")
        for end in ("py", "js", "j2")
        for path in (ROOT / room).rglob(f"*.{end}")
    ]
    files += [*(ROOT / "checks").rglob("*.toml"), *(ROOT / "assets" / "platforms").glob("*.toml")]
    return set(WORD.findall("\n".join(path.read_text(encoding="utf-8") for path in files)))


@cache
def entries(language):
    return [(name, english, said) for name, table in book.tables(language) for english, said in table.items()]


@cache
def phrases(language):
    return {english: said for name, english, said in entries(language) if name in book.PHRASES}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_the_code_is_translated_or_listed_as_missing(code, language):
    page = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    listed = {(name, text) for name, text in re.findall(rf"^\* (.+) \({language}\): `(.*)`$", page, re.MULTILINE)}
    missing = {(name, text) for name, _, left in code.rows() for text in left[language]}
    assert missing == listed


@pytest.mark.parametrize("language", OTHERS)
def test_damage_of_files_is_said_whatever_its_values(code, language):
    rows = {name: (texts, missing) for name, texts, missing in code.rows()}
    texts, missing = rows["damage of subtitle files"]
    assert "{} cannot be read; the text is left out" in texts
    assert missing[language] == frozenset()


@pytest.mark.parametrize("language", OTHERS)
def test_why_a_file_in_a_store_cannot_be_measured_is_said(code, language):
    texts, missing = next((texts, missing) for name, texts, missing in code.rows() if name == "a file in a store: why")
    ended = "the link to it has ended ({}), and there is no other"
    assert ended in texts
    assert missing[language] == frozenset()
    reason = (
        f"it is away, in s3://a/영화; `releaseprint fetch a b` brings it back; it could not be measured there: {ended}"
    )
    said = book.load(language).phrase(reason.format("403 AccessDenied"))
    assert said.startswith(book.load(language).phrase(reason.partition("; it could")[0]))
    assert WORD.findall(said) == ["releaseprint", "fetch", "AccessDenied"]


def test_the_code_has_texts_of_every_kind(code):
    kinds = {name: len(texts) for name, texts, _ in code.rows()}
    assert kinds.keys() > {"findings: subtitle", "findings: rights", "titles of checks", "not checked: why"}
    assert min(kinds.values()) > 0
    assert sum(kinds.values()) > 500


def test_the_places_of_a_text_can_be_told_in_its_syntax_tree(code):
    assert "starts {measured} after cue {other} ends, at least {allowed}" in code.templates()["subtitle"]
    assert "the first {measured} are silent, at most {allowed}" in code.templates()["audio"]  # one of two
    assert "{allowed} is not opened and closed: {text}" in code.templates()["subtitle"]  # of a variable
    assert "the platform gives no limit for {}" in code.reasons()
    assert "the file has no sound" in code.reasons()


@pytest.mark.parametrize("language", OTHERS)
def test_no_template_and_no_title_is_left_of_a_check_that_is_gone(code, language):
    templates = {text for texts in code.templates().values() for text in texts}
    said = {english for name, english, _ in entries(language) if name not in book.PHRASES and book.has_words(english)}
    assert said <= templates
    assert {english for name, english, _ in entries(language) if name == "titles"} <= code.titles()


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_every_phrase_occur_in_the_code(words_of_the_code, language):
    unknown = {
        english
        for english in phrases(language)
        if not words_of_the_code.issuperset(WORD.findall("".join(patterns.parts(english)[0])))
    }
    assert unknown == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_template_stands_in_the_file_of_its_family_or_in_the_common_one(code, language):
    for name, english, _ in entries(language):
        if name not in {*book.PHRASES, "common"}:
            assert english in code.templates()[name] or not book.has_words(english)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_text(language):
    for _, english, said in entries(language):
        assert Counter(patterns.names(english)) == Counter(patterns.names(said)), english
        assert not set("{}") & set("".join(patterns.parts(said)[0])), english


@pytest.mark.parametrize("language", OTHERS)
def test_translations_are_composed_and_of_their_language(language):
    for name, english, said in entries(language):
        assert unicodedata.is_normalized("NFC", said), english
        assert said == english or said == said.strip() != "", english
        if name not in book.PHRASES and book.has_words(english):
            assert re.search(LETTERS[language], said), english


def test_no_korean_text_has_a_particle_in_two_forms():
    """A value may end in a vowel or a consonant: a sentence is chosen that needs no particle after it."""
    assert [said for _, _, said in entries("ko") if DOUBLE_PARTICLE.search(said)] == []
    assert [
        said for _, _, said in entries("ko") if re.search(r"\}(은|는|이|가|을|를|와|과|으로|로)(?![가-힣])", said)
    ] == []


def test_the_languages_have_the_same_texts_in_the_same_files():
    first, *others = [[(name, english) for name, english, _ in entries(language)] for language in OTHERS]
    assert all(set(other) == set(first) for other in others)


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_stands_in_two_files(language):
    for are_phrases in (True, False):
        found = Counter(english for name, english, _ in entries(language) if (name in book.PHRASES) is are_phrases)
        assert [english for english, count in found.items() if count > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_pattern_is_told_from_the_others(language):
    said = book.load(language)
    for english, translation in phrases(language).items():
        values = {name: f"{3 + number}" for number, name in enumerate(patterns.names(english))}
        text = patterns.filled(english, values)
        if values and text not in phrases(language):
            assert said.phrase(text) == patterns.filled(translation, values), english


@pytest.mark.parametrize("language", OTHERS)
def test_no_pattern_begins_or_ends_between_two_places(language):
    for english in phrases(language):
        assert all(patterns.parts(english)[0][1:-1]), f"{english}: two places side by side cannot be told apart"
        assert patterns.parts(english)[0] != ("", ""), f"{english}: it would be every text"


def test_what_is_quoted_are_places_of_templates(code):
    templates = {text for texts in code.templates().values() for text in texts}
    shared = book.quoted()["everywhere"]
    for template, names in book.quoted().items():
        if template != "everywhere":
            assert template in templates or not book.has_words(template)
            assert set(names) <= set(patterns.names(template))
            assert not set(names) & set(shared)


def test_a_text_is_kept_as_toml_that_a_person_can_edit():
    for language in OTHERS:
        for path in (book.HERE / language).glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            assert all(isinstance(said, str) for said in tomllib.loads(text).values())
            assert "\\u" not in text


DEALS = ("forbidden-by-deal", "pending-deal", "contradicting-deals")


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_said_of_deals_is_translated_as_a_whole(language):
    """These sentences are made in assets/rights/wording.py, and known by their patterns."""
    for name in DEALS:
        cases = tomllib.loads((ROOT / "tests" / "cases" / "rights" / f"{name}.toml").read_text(encoding="utf-8"))
        for found in (
            found for verdict in ("fail", "borderline") for case in cases.get(verdict, []) for found in case["finds"]
        ):
            sentence = (
                found.partition(": ")[2].removeprefix("must not leave: ").removeprefix("may leave, and later not: ")
            )
            said = book.load(language).phrase(sentence)
            assert said != sentence
            assert not re.search(r"\b(grant|licence|mandate|contract|clause|exclusive|from|through|in)\b", said), said
