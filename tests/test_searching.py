"""Finding titles by any spelling, and reading their names quickly."""

import json
import unicodedata

import pytest
from click.testing import CliRunner

from assets import sample
from assets.catalogue import open_catalogue
from assets.name_scanning import Entry, Spelling, read_entries
from assets.sample import writing
from assets.searching import Likeness, find
from cli.find_command import command


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "films"
    sample.write_films(folder)
    return open_catalogue(folder)


@pytest.fixture(scope="module")
def entries(films):
    found, faults = read_entries(films)
    assert faults == []
    return found


def _names(*names):
    spellings = tuple(Spelling(text, tag, "name") for tag, text in names)
    return Entry("film", 1985, "ko", (*spellings, Spelling("film", "", "id")))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("bombnari", "thaw"),
        ("haru no hi", "thaw"),
        ("HARU-NO-HI", "thaw"),
        ("hārū nō hī", "thaw"),
        ("はるのひ", "thaw"),
        ("ハルノヒ", "thaw"),
        ("春の日", "thaw"),
        ("봄날의눈석이", "thaw"),
        (unicodedata.normalize("NFD", "봄날"), "thaw"),
        ("눈석이", "thaw"),
        ("Pomnarŭi nunsŏgi", "thaw"),
        ("bomnarui nunseogi", "thaw"),
        ("ｔｈａｗ", "thaw"),
        ("yukidoke haru", "thaw"),
        ("불가사리", "pulgasari"),
        ("プルガサリ", "pulgasari"),
        ("ﾌﾟﾙｶﾞｻﾘ", "pulgasari"),
        ("pulgasri", "pulgasari"),
        ("gimdongmuneun haneureul", "comrade-kim-goes-flying"),
        ("kimdongmunun hanurul nanda", "comrade-kim-goes-flying"),
        ("평양에서", "meet-in-pyongyang"),
        ("平壤之約", "meet-in-pyongyang"),
        ("v luchakh", "under-the-sun"),
        ("секунда", "eternal-comrades-in-arms"),
        ("утомленное солнце", "from-spring-to-summer"),
        ("unbinyo", "a-silver-hairpin"),
        ("새", "bird"),
        ("eotteon nara", "a-state-of-mind"),
        ("비욘드", "beyond-utopia"),
        ("propoganda gaem", "the-propaganda-game"),
        ("crossing-the-line", "crossing-the-line"),
    ],
)
def test_a_film_is_found_first(entries, text, title):
    assert [hit.entry.id for hit in find(entries, text)][:1] == [title]


def test_hangul_is_found_by_its_sound_alone():
    thaw = _names(("ko", "봄날의 눈석이"))
    (hit,) = find([thaw], "bombnari")
    assert (hit.likeness, hit.errors) == (Likeness.MISSPELT, 1)
    assert find([thaw], "nunseogi")[0].likeness is Likeness.SOUND_CONTAINS


def test_han_characters_have_no_reading_of_their_own():
    assert find([_names(("ja", "春の日の雪解け"))], "haru no hi") == []


@pytest.mark.parametrize(
    "text",
    [
        "10.5240/7791-8534-2C23-9030-8610-5",
        "urn:eidr:10.5240:7791-8534-2C23-9030-8610-5",
        "https://doi.org/10.5240/7791-8534-2C23-9030-8610-5",
        "7791-8534-2c23",
    ],
)
def test_an_eidr_is_found_in_any_form(text):
    eidr = Spelling("10.5240/7791-8534-2C23-9030-8610-5", "", "identifier")
    assert find([Entry("film", 0, "", (eidr,))], text)[0].spelling is eidr


def test_the_closest_comes_first():
    titles = [
        Entry(name.lower().replace(" ", "-"), 0, "en", (Spelling(name, "en", "name"),))
        for name in ("Under the Thaw", "Thawing", "Rethawed", "Thaw", "Snow")
    ]
    hits = find(titles, "thaw")
    assert [(hit.entry.id, str(hit.likeness)) for hit in hits] == [
        ("thaw", "same"),
        ("thawing", "begins"),
        ("under-the-thaw", "word-begins"),
        ("rethawed", "contains"),
    ]


def test_misspelt_names_are_looked_for_only_if_nothing_else_is_found():
    titles = [_names(("en", "Pulgasari")), Entry("b", 0, "", (Spelling("Pulgasart", "en", "name"),))]
    assert [hit.entry.id for hit in find(titles, "pulgasart")] == ["b"]
    assert {hit.entry.id for hit in find(titles, "pulgasarx")} == {"film", "b"}


@pytest.mark.parametrize("text", ["", " ", "–", "x", "ab", "abcd"])
def test_nothing_is_found_by_nothing(text):
    assert find([_names(("en", "Bird"))], text) == []


def test_one_letter_begins_a_name_but_is_not_looked_for_inside():
    assert find([_names(("en", "Bird"))], "b")
    assert not find([_names(("en", "Bird"))], "d")
    assert find([_names(("ko", "김동무"))], "동")


PLAIN = """\
original_language = "ko"   # Korean
production_year = 1985

[names]   # by language
ko = "봄날의 눈석이"
en = "Thaw"

[identifiers]
eidr = "10.5240/7791-8534-2C23-9030-8610-5"

[[other_names]]
text = "Bombnari nunsuki"
language = "ko-Latn"
kind = "romanisation"

[[versions]]
id = "ko"
[versions.identifiers]
eidr = "10.5240/1489-49A2-3956-4B2D-FE16-5"
"""

OTHERWISE = [
    PLAIN.replace('[names]   # by language\nko = "봄날의 눈석이"\nen = "Thaw"\n', "").replace(
        "production_year", 'names.ko = "봄날의 눈석이"\nnames.en = "Thaw"\nproduction_year'
    ),
    PLAIN.replace("[names]   # by language", '["names"]'),
    PLAIN.replace('"Thaw"', "'Thaw'"),
    PLAIN.replace('"Thaw"', '"\\u0054haw"'),
    PLAIN.replace('"Thaw"', '"""\nThaw"""'),
    PLAIN.replace(
        '[[other_names]]\ntext = "Bombnari nunsuki"\nlanguage = "ko-Latn"\nkind = "romanisation"\n', ""
    ).replace(
        "production_year",
        'other_names = [\n  { text = "Bombnari nunsuki", language = "ko-Latn", kind = "romanisation" },\n]\n'
        "production_year",
    ),
    PLAIN.replace("[versions.identifiers]\neidr", "identifiers.eidr"),
    PLAIN.replace("\n", "\r\n"),
    "\ufeff" + PLAIN,
    PLAIN.replace("[names]", "  [ names ]").replace("ko = ", "\tko = "),
    PLAIN + '[synopses]\nen = """\nA film\n[names]\nnot = 1\n"""\n',
]


@pytest.mark.parametrize("text", [PLAIN, *OTHERWISE])
def test_names_are_read_however_they_are_written(tmp_path, text):
    (tmp_path / "releaseprint.toml").touch()
    folder = tmp_path / "titles" / "thaw"
    folder.mkdir(parents=True)
    (folder / "title.toml").write_bytes(text.encode())
    (entry,), faults = read_entries(open_catalogue(tmp_path))
    assert faults == []
    assert {(item.kind, item.language, item.text) for item in entry.spellings} == {
        ("name", "ko", "봄날의 눈석이"),
        ("name", "en", "Thaw"),
        ("romanisation", "ko-Latn", "Bombnari nunsuki"),
        ("identifier", "", "10.5240/7791-8534-2C23-9030-8610-5"),
        ("identifier", "", "10.5240/1489-49A2-3956-4B2D-FE16-5"),
        ("id", "", "thaw"),
    }
    assert (entry.name, entry.year, entry.original_language) == ("Thaw", 1985, "ko")


def test_the_quick_reader_agrees_with_the_manifest():
    catalogue = open_catalogue(writing.DECLARATIONS)
    entries, _ = read_entries(catalogue)
    for entry in entries:
        title = catalogue.title(entry.id)
        names = {item.language: item.text for item in entry.spellings if item.kind == "name"}
        assert (names, entry.name, entry.year) == (dict(title.names), title.name, title.programme.production_year)


def test_what_cannot_be_read_is_told_and_the_others_are_found(tmp_path):
    sample.write_films(tmp_path / "films")
    titles = tmp_path / "films" / "titles"
    (titles / "bird" / "title.toml").write_bytes(b'[names]\nen = """')
    (titles / "thaw" / "title.toml").write_bytes('[names]\nko = "봄"'.encode("cp949"))
    (titles / "notes.txt").touch()
    (titles / "empty").mkdir()
    result = CliRunner().invoke(command, ["pulgasari", "-C", str(tmp_path / "films")], standalone_mode=False)
    assert result.return_value == 0
    assert "불가사리" not in result.stderr
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "titles/bird/title.toml",
        "titles/thaw/title.toml",
    ]


def test_the_command_as_json(films):
    result = CliRunner().invoke(command, ["haru", "no", "hi", "--json", "-C", str(films.root)], standalone_mode=False)
    assert result.return_value == 0
    assert json.loads(result.stdout) == [
        {
            "title": "thaw",
            "name": "Thaw",
            "production_year": 1985,
            "found_by": {"text": "Haru no hi no yukidoke", "language": "ja-Latn", "kind": "romanisation"},
            "likeness": "begins",
            "errors": 0,
        }
    ]


def test_the_command_says_that_nothing_was_found(films):
    result = CliRunner().invoke(command, ["qqqqqq", "-C", str(films.root)], standalone_mode=False)
    assert (result.return_value, result.stdout, result.stderr) == (1, "", "nothing found\n")
    result = CliRunner().invoke(command, ["qqqqqq", "--json", "-C", str(films.root)], standalone_mode=False)
    assert (result.return_value, json.loads(result.stdout)) == (1, [])


def test_the_command_shows_so_many(films):
    result = CliRunner().invoke(command, ["the", "--limit", "2", "-C", str(films.root)], standalone_mode=False)
    assert len(result.stdout.splitlines()) == 3
    assert "more; --limit shows them" in result.stderr
