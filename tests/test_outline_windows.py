"""An outline allows nothing that the file, read as a whole, does not: what decides about rights is read strictly."""

import pytest

from assets.agreed_titles import as_a_whole, in_outline
from assets.catalogue import CONFIG_NAME, open_catalogue
from assets.errors import InputError

TITLE = """\
original_language = "ko"
format = "1 x 84"
runtime = "01:24:00"
production_year = 2020

[names]
en = "Bird"

[[versions]]
id = "original"
language = "ko"

[[versions.audio]]
language = "ko"

[[versions.subtitles]]
file = "en.srt"
language = "en"
kind = "sdh"

[[releases]]
territory = "JP"
date = 2026-01-01
kind = "festival"

[[windows]]
id = "own"
right = "svod"
territories = ["EU"]
excluding = ["FR"]
start = 2026-01-01
through = 2027-01-31
zone = "Europe/Paris"
languages = ["ko"]
exclusive = true
"""
RIGHTS = """\
zone = "Asia/Tokyo"

[[licences]]
id = "licence"
to = "A buyer"
contract = "1"
status = "signed"

[[licences.grants]]
id = "grant"
rights = ["svod"]
territories = ["JP"]
start = { after = "festival", in = "JP", days = 90 }
end = "open"
languages = "all"
"""
FAULTS = {
    "a table of languages, of which the keys are no languages": ('["ko"]', '{ dubbed = ["ko"] }'),
    "an unknown key that would exclude more": ("excluding =", "excludes ="),
    "an unknown key that would make it exclusive": ("exclusive = true", "exclusiv = true"),
    "a number for true": ("exclusive = true", "exclusive = 1"),
    "a text for true": ("exclusive = true", 'exclusive = "no"'),
    "no end at all": ("through = 2027-01-31\n", ""),
    "two ends": ("through =", "end = 2027-01-01\nthrough ="),
    "a word that is no end": ("through = 2027-01-31", 'end = "opne"'),
    "an end before the start": ("through = 2027", "through = 2025"),
    "every territory excluded": ('excluding = ["FR"]', 'excluding = ["EU"]'),
    "an unknown right": ('right = "svod"', 'right = "svodd"'),
    "an unknown table": ("[[windows]]", "[[window]]"),
    "two windows of an id": ("[[windows]]", TITLE[TITLE.index("[[windows]]") :] + "\n[[windows]]"),
    "an unknown key of a release": ("kind = ", "kid = "),
    "a release in a language": ('territory = "JP"', 'territory = "JA"'),
    "subtitles of no kind": ('"sdh"', '"captions"'),
    "an unknown key of a version": ('id = "original"', 'id = "original"\nlang = "en"'),
    "an unknown key of its sound": ("[[versions.audio]]", '[[versions.audio]]\nlang = "en"'),
    "a number for a language": ('[[versions.audio]]\nlanguage = "ko"', "[[versions.audio]]\nlanguage = 5"),
    "a list for an id": ('id = "original"', "id = []"),
    "no name": ('en = "Bird"', ""),
}


def _catalogue(folder, title):
    (folder / CONFIG_NAME).touch()
    place = folder / "titles" / "film"
    place.mkdir(parents=True)
    (place / "title.toml").write_text(title, encoding="utf-8")
    (place / "rights.toml").write_text(RIGHTS, encoding="utf-8")
    return open_catalogue(folder)


def test_what_is_right_is_the_same_in_outline(tmp_path):
    catalogue = _catalogue(tmp_path, TITLE)
    whole, outline = as_a_whole(catalogue)("film"), in_outline(catalogue)("film")

    def windows(title):
        found = title.windows
        return [(item.id, item.territories, item.span, item.languages, item.exclusive) for item in found]

    assert windows(outline) == windows(whole)
    assert [window.id for window in outline.windows] == ["own", "grant"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_that_could_change_an_answer_is_told_in_outline_too(fault, tmp_path):
    catalogue = _catalogue(tmp_path, TITLE.replace(*fault, 1))
    with pytest.raises(InputError) as whole:
        as_a_whole(catalogue)("film")
    with pytest.raises(InputError) as outline:
        in_outline(catalogue)("film")
    assert str(outline.value) == str(whole.value)


def test_doubtful_dates_of_windows_are_told_in_outline_too(tmp_path):
    catalogue = _catalogue(tmp_path, TITLE.replace("start = 2026-01-01", "start = 2026-03-29T02:30:00"))
    whole, outline = as_a_whole(catalogue)("film").rights.doubts, in_outline(catalogue)("film").rights.doubts
    assert [(doubt.what, doubt.read_as) for doubt in outline] == [(doubt.what, doubt.read_as) for doubt in whole]
    assert "does not exist" in outline[0].what
    assert {doubt.place for doubt in outline} == {"titles/film/title.toml"}


def test_a_number_is_not_taken_for_true_because_true_was_read_before(tmp_path):
    catalogue = _catalogue(tmp_path, TITLE)
    assert in_outline(catalogue)("film").windows[0].exclusive is True
    (tmp_path / "titles/film/title.toml").write_text(TITLE.replace("= true", "= 1"), encoding="utf-8")
    with pytest.raises(InputError, match="exclusive"):
        in_outline(catalogue)("film")
