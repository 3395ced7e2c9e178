"""Names that are kept from one command to the next are those that would be read anew."""

import file_times
import pytest

from assets import name_keeping, sample
from assets.catalogue import open_catalogue
from assets.intake.titles import known_titles
from assets.name_scanning import read_entries
from assets.searching import find
from assets.timing import from_seconds
from cli.known_names import entries_of
from storage import answers, namings
from storage.namings import open_namings


@pytest.fixture
def films(tmp_path, monkeypatch):
    """A catalogue whose files count as settled, whenever they were written."""
    monkeypatch.setattr(answers, "SETTLED_SECONDS", -3600)
    sample.write_films(tmp_path / "films")
    return open_catalogue(tmp_path / "films")


@pytest.fixture
def read(monkeypatch):
    """The titles whose title.toml is read."""
    seen = []

    def noted(title_id, *rest):
        seen.append(title_id)
        return entry(title_id, *rest)

    from assets import name_scanning

    entry = name_scanning._entry
    monkeypatch.setattr(name_scanning, "_entry", noted)
    return seen


def plain(catalogue):
    return [(item.id, item.year, item.spellings, list(item.keyed())) for item in read_entries(catalogue)[0]]


def kept(catalogue):
    return [(item.id, item.year, item.spellings, list(item.keyed())) for item in entries_of(catalogue)[0]]


def test_kept_names_are_those_that_are_read(films, read):
    expected = plain(films)
    assert len(expected) == 20
    assert kept(films) == expected
    read.clear()
    assert kept(films) == expected
    assert read == []
    for text in ("bombnari", "haru no hi", "はるのひ", "봄날", "pulgasri", "10.5240", "no such film"):
        assert find(entries_of(films)[0], text) == find(entries_of(films)[0], text)
        found = [(hit.entry.id, hit.order) for hit in find(read_entries(films)[0], text)]
        assert [(hit.entry.id, hit.order) for hit in find(entries_of(films)[0], text)] == found


def test_a_title_that_changes_is_read_again(films, read):
    kept(films)
    path = films.root / "titles" / "thaw" / "title.toml"
    found = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace('"Thaw"', '"Frost"'), encoding="utf-8")
    file_times.set_back(path, found)
    read.clear()
    names = {hit.entry.id for hit in find(entries_of(films)[0], "frost")}
    assert (names, read) == ({"thaw"}, ["thaw"])


def test_a_title_that_is_gone_is_forgotten(films):
    kept(films)
    (films.root / "titles" / "thaw" / "title.toml").unlink()
    assert "thaw" not in {item[0] for item in kept(films)}
    with open_namings(films.root) as names:
        assert len(names._kept) == 19
        names._asked |= names._kept.keys()


def test_names_of_another_form_are_read_anew(films, read, monkeypatch):
    kept(films)
    monkeypatch.setattr(namings, "FORM", name_keeping.FORM + 1)
    read.clear()
    kept(films)
    assert len(read) == 20


def test_what_changed_just_now_is_not_kept(films, read, monkeypatch):
    monkeypatch.setattr(answers, "SETTLED_SECONDS", 3600)
    kept(films)
    read.clear()
    kept(films)
    assert len(read) == 20


def test_a_damaged_state_costs_time_alone(films, capsys):
    expected = plain(films)
    kept(films)
    (films.root / ".releaseprint" / "state.sqlite").write_bytes(b"no database" * 1000)
    assert kept(films) == expected
    assert "state" in capsys.readouterr().err


def test_one_title_is_read_alone(films, read):
    assert [item.id for item in entries_of(films, "thaw")[0]] == ["thaw"]
    assert read == ["thaw"]


@pytest.mark.parametrize(
    ("line", "runtime"),
    [
        ('runtime = "01:24:00"', 84 * 60),
        ("runtime = '01:24:00' # written so", 84 * 60),
        ('"runtime" = "01:24:00"', 84 * 60),
        ('runtime_tolerance = "00:00:01"', 0),
        ("", 0),
    ],
)
def test_the_runtime_is_told_however_it_is_written(tmp_path, line, runtime):
    folder = tmp_path / "titles" / "bird"
    folder.mkdir(parents=True)
    (tmp_path / "releaseprint.toml").touch()
    text = f'{line}\nproduction_year = 1992\n[names]\nko = "새"\n[ratings]\nruntime = "02:00:00"\n'
    (folder / "title.toml").write_text(text, encoding="utf-8")
    (known,) = known_titles(read_entries(open_catalogue(tmp_path))[0])
    assert known.runtime == from_seconds(runtime)
