"""The keys of title.toml that describe a title to an audience, and a title of which little is known."""

from datetime import date

import pytest
from titles import TITLE_TOML, write_title

from assets import ratings, sample, territory
from assets.catalogue import open_catalogue
from assets.errors import InputError, UsageError
from assets.manifest import read_title
from assets.metadata import Credit, OtherName, Rating, Release

MORE = """\
[[other_names]]
text = "Bombnari nunsuki"
language = "ko-Latn"
kind = "romanisation"
[[ratings]]
territory = "KR"
system = "KMRB"
value = "15+"
reasons = ["주제", "폭력성"]
[[releases]]
territory = "worldwide"
date = 1985-04-15
kind = "festival"
[[credits]]
name = "임창범"
role = "director"
[[documents]]
kind = "chain-of-title"
file = "documents/chain.pdf"
[short_synopses]
ko = "짧은 줄거리"
"""


def _read(root, text):
    return read_title(write_title(root, text), root, "title.toml")


def _faults(root, text):
    with pytest.raises(InputError) as caught:
        _read(root, text)
    return [str(fault) for fault in caught.value.faults]


def test_all_of_it(tmp_path):
    versions = TITLE_TOML.replace('language = "ko"\nmaster', 'language = "ko"\nidentifiers = { eidr = "x" }\nmaster')
    title = _read(tmp_path, versions + MORE)
    assert title.other_names == (OtherName("Bombnari nunsuki", "ko-Latn", "romanisation"),)
    assert title.ratings == (Rating("KR", "KMRB", "15+", ("주제", "폭력성")),)
    assert title.releases == (Release("worldwide", date(1985, 4, 15), "festival"),)
    assert title.credits == (Credit("임창범", "director"),)
    assert [(item.kind, item.file.name) for item in title.documents] == [("chain-of-title", "documents/chain.pdf")]
    assert title.short_synopses == {"ko": "짧은 줄거리"}
    assert title.versions[0].identifiers == {"eidr": "x"}
    assert title.files()[-1].name == "documents/chain.pdf"


def test_format_and_runtime_may_be_unknown(tmp_path):
    title = _read(tmp_path, 'original_language = "ko"\nproduction_year = 1992\n[names]\nen = "Bird"\n')
    programme = title.programme
    assert (programme.format, programme.runtime_text, programme.is_declared) == ("", "", True)
    assert _read(tmp_path, TITLE_TOML).programme.runtime_text == "01:24:00.000"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('territory = "KR"', 'territory = "KO"', "'KO' is not an assigned territory; write KR"),
        ('territory = "KR"', 'territory = "ja"', "'ja' is not an assigned territory; write JP"),
        ('territory = "KR"', 'territory = "EU"', "'EU' is several territories; one ISO 3166-1 alpha-2 code"),
        ("date = 1985-04-15", "date = 1985-04-15T00:00:00Z", "input should be a valid date"),
        ('kind = "festival"', 'kind = "premiere"', "'premiere' is not allowed"),
        ('role = "director"', 'role = "Director"', "'Director' is no id"),
        ('"documents/chain.pdf"', '"../chain.pdf"', "leaves the folder"),
    ],
)
def test_each_fault_names_its_key_and_what_is_allowed(tmp_path, old, new, said):
    (fault,) = _faults(tmp_path, TITLE_TOML + MORE.replace(old, new))
    assert fault.startswith("title.toml: line ")
    assert said in fault


def test_each_board_rates_for_real_territories_and_gives_each_value_once():
    for system in ratings.systems().values():
        assert set(system.territories) <= territory.all_codes()
        assert len(set(system.values)) == len(system.values) > 0
    assert [board.id for board in ratings.boards_of("KR")] == ["KMRB", "KCC"]
    assert ratings.boards_of("KP") == ()


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "films"
    sample.write_films(folder)
    return open_catalogue(folder)


def test_the_films_are_twenty_valid_titles_without_files(films):
    titles = list(films.titles())
    assert len(titles) == 20
    assert all(title.files() == () and title.windows == () and not title.synopses for title in titles)
    assert {title.id: title.programme.production_year for title in titles if title.id in {"thaw", "bird"}} == {
        "thaw": 1985,
        "bird": 1992,
    }


def test_of_a_film_only_minutes_are_known_never_a_runtime(films):
    programmes = [title.programme for title in films.titles()]
    assert all(programme.runtime == 0 for programme in programmes)
    assert sum(programme.minutes > 0 for programme in programmes) == 8


def test_films_go_into_an_empty_folder_only(tmp_path):
    (tmp_path / "mine").touch()
    with pytest.raises(UsageError, match="is not empty"):
        sample.write_films(tmp_path)
