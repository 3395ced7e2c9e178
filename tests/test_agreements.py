"""What is agreed about titles is kept in the state, and is never older than the files that it was read from."""

import os
import random
from dataclasses import replace

import pytest
from brute_rights import random_rights

from assets import agreed_titles as agreed
from assets.catalogue import open_catalogue
from assets.rights import keeping
from assets.rights.model import Doubt, Price
from cli.agreed_titles import agreed_titles
from storage import agreements
from storage.agreements import Kind, open_agreements
from storage.state import connected

TITLE = """\
production_year = 2026
original_language = "ko"
runtime = "01:30:00"
format = "1 x 90"

[names]
ko = "눈석이"
ja = "雪解け"
en = "Thaw"

[[versions]]
id = "original"
language = "ko"
master = "필름.mp4"

[[windows]]
id = "own"
right = "svod"
territories = ["worldwide"]
excluding = ["KR", "CA-QC"]
start = 2026-03-29
end = 2027-01-01T00:00:00+05:30
zone = "Asia/Beirut"
languages = ["ko", "pt-BR"]
"""
RIGHTS = """\
zone = "Asia/Seoul"

[[licences]]
id = "licence"
to = "배급사"
contract = "契約 1"
status = "signed"
signed = 2019-05-01

[[licences.grants]]
id = "grant"
rights = ["tvod"]
territories = ["EU"]
start = 2026-01-01
end = { after = "theatrical", in = "JP", days = 90 }
languages = { dubbed = "all", subtitled = ["ja"], excluding = ["pt-BR"] }
"""
OLD_NS = 1_600_000_000 * 10**9


@pytest.fixture
def catalogue(tmp_path):
    (tmp_path / "releaseprint.toml").write_text('platform = "svod"\n', encoding="utf-8")
    for name in ("nunseogi", "thaw"):
        folder = tmp_path / "titles" / name
        folder.mkdir(parents=True)
        write(folder / "title.toml", TITLE)
        write(folder / "rights.toml", RIGHTS)
    return open_catalogue(tmp_path)


def write(path, text):
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def settled(monkeypatch):
    """As if nothing had changed in the last seconds."""
    monkeypatch.setattr(agreements, "is_settled", lambda *_: True)


@pytest.fixture
def readings(monkeypatch):
    """The ids of the titles that were read from their files."""
    found = []
    for name in ("_of_outline", "_of_title"):
        made = getattr(agreed, name)
        monkeypatch.setattr(agreed, name, lambda item, made=made: (found.append(item.id), made(item))[1])
    return found


def names_of(catalogue, kind=Kind.WHOLE):
    return {title.id: title.name for title in agreed_titles(catalogue, (), kind)[0]}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("kind", Kind)
def test_what_was_kept_is_what_was_read(catalogue, readings, kind):
    read = agreed_titles(catalogue, (), kind)
    assert len(readings) == 2
    assert agreed_titles(catalogue, (), kind) == read
    assert len(readings) == 2
    assert [window.start.tzinfo for window in read[0][0].windows] == [
        window.start.tzinfo for window in agreed_titles(catalogue, (), kind)[0][0].windows
    ]
    own = read[0][0].windows[0]
    assert (own.id, "CA-QC" in own.territories, "JP" in own.territories) == ("own", False, True)
    assert own.end.isoformat() == "2027-01-01T00:00:00+05:30"


@pytest.mark.parametrize("seed", range(60))
def test_all_deals_that_there_are_can_be_kept(seed):
    rights = random_rights(random.Random(seed))  # noqa: S311 -- the same deals each time
    price = Price("WSP", "7.99", "USD", frozenset({"est"}), frozenset({"US", "눈"}))
    rights = replace(
        rights,
        deals=tuple(
            replace(deal, grants=tuple(replace(grant, prices=(price,)) for grant in deal.grants))
            for deal in rights.deals
        ),
    )
    rights = replace(rights, doubts=(Doubt("titles/눈석이/rights.toml:3", "a midnight", "as another"),))
    assert keeping.from_data(keeping.to_data(rights, ())) == (rights, ())


@pytest.mark.usefixtures("settled")
def test_the_two_ways_of_reading_are_kept_apart(catalogue, readings):
    in_outline = agreed_titles(catalogue, (), Kind.OUTLINE)[0]
    whole = agreed_titles(catalogue, (), Kind.WHOLE)[0]
    assert (in_outline[0].names, whole[0].carried) == ({}, ())
    assert (whole[0].names["ja"], len(readings)) == ("雪解け", 4)
    assert agreed_titles(catalogue, (), Kind.OUTLINE)[0] == in_outline
    assert len(readings) == 4


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", ["title.toml", "rights.toml"])
def test_a_file_of_the_same_size_and_time_is_read_when_it_was_replaced(catalogue, name):
    path = catalogue.root / "titles" / "thaw" / name
    os.utime(path, ns=(OLD_NS, OLD_NS))
    assert names_of(catalogue)["thaw"] == "Thaw"
    other = path.with_suffix(".new")
    text = path.read_text(encoding="utf-8").replace('"Thaw"', '"Melt"').replace('"tvod"', '"svod"')
    write(other, text)
    os.utime(other, ns=(OLD_NS, OLD_NS))
    assert other.stat().st_size == path.stat().st_size
    other.rename(path)
    (found,) = agreed_titles(catalogue, ("thaw",), Kind.WHOLE)[0]
    deal = next(deal for deal in found.rights.deals if deal.id == "licence")
    assert (found.name, "svod" in deal.grants[0].scope.rights) == {
        "title.toml": ("Melt", False),
        "rights.toml": ("Thaw", True),
    }[name]


@pytest.mark.usefixtures("settled")
def test_a_rights_file_that_goes_or_comes_is_noticed(catalogue):
    path = catalogue.root / "titles" / "thaw" / "rights.toml"
    path.rename(path.with_suffix(".away"))
    assert len(agreed_titles(catalogue, ("thaw",), Kind.OUTLINE)[0][0].rights.deals) == 1
    path.with_suffix(".away").rename(path)
    assert len(agreed_titles(catalogue, ("thaw",), Kind.OUTLINE)[0][0].rights.deals) == 2


def test_a_file_that_has_just_changed_is_not_relied_on(catalogue, readings, monkeypatch):
    monkeypatch.setattr("storage.answers.SETTLED_SECONDS", 3600)
    names_of(catalogue)
    names_of(catalogue)
    assert len(readings) == 4


@pytest.mark.usefixtures("settled")
def test_a_file_that_is_broken_later_is_told(catalogue):
    names_of(catalogue)
    write(catalogue.root / "titles" / "thaw" / "rights.toml", RIGHTS.replace('"signed"', '"sigend"'))
    found, faults = agreed_titles(catalogue, (), Kind.WHOLE)
    assert [title.id for title in found] == ["nunseogi"]
    assert "titles/thaw/rights.toml: line 7: licences[0].status" in str(faults[0])


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", ["title.toml", "rights.toml", ""])
def test_what_is_behind_a_link_is_read_each_time(catalogue, readings, name):
    path = catalogue.root / "titles" / "thaw" / name
    elsewhere = catalogue.root / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    names_of(catalogue)
    names_of(catalogue)
    assert readings.count("thaw") == 2


@pytest.mark.usefixtures("settled")
def test_other_lists_are_another_reading(catalogue, readings, monkeypatch):
    names_of(catalogue)
    monkeypatch.setattr(agreements, "lists", lambda: "another list of territories")
    names_of(catalogue)
    assert len(readings) == 4


@pytest.mark.usefixtures("settled")
def test_titles_that_are_gone_are_forgotten(catalogue):
    names_of(catalogue)
    (catalogue.root / "titles" / "thaw" / "title.toml").unlink()
    assert set(names_of(catalogue)) == {"nunseogi"}
    with connected(catalogue.root) as connection:
        assert connection.execute("SELECT title FROM agreed").fetchall() == [("nunseogi",)]


def test_a_title_that_cannot_be_found_is_not_kept(catalogue):
    with open_agreements(catalogue.root, Kind.WHOLE) as kept:
        assert kept.find("nothing") is None
        assert kept.find("a\0b") is None


@pytest.mark.usefixtures("settled")
def test_a_damaged_state_costs_time_only(catalogue, capsys):
    folder = catalogue.root / ".releaseprint"
    folder.mkdir()
    (folder / "state.sqlite").write_bytes(b"no database at all" * 100)
    assert names_of(catalogue) == {"nunseogi": "Thaw", "thaw": "Thaw"}
    assert "nothing is lost but time" in capsys.readouterr().err
