"""Screeners: who is given a copy, what is recorded, and that it opens nothing afterwards."""

import json
import os

import pytest
import screener_runs
from screener_runs import ASKED, BARRED, RIGHTS, copies, grant, have_sound, lines, listed, run, set_rights

from assets.errors import StoreError
from storage import screeners as lending


@pytest.fixture
def world(tmp_path, monkeypatch):
    return screener_runs.write(tmp_path, monkeypatch)


@pytest.fixture
def root(world):
    return world[0]


@pytest.fixture
def clock(world):
    return world[1]


def test_a_grant_is_recorded_and_the_copy_is_marked(root):
    done = grant(root, "--who", "An agent")
    (copy,) = copies(root)
    what = [line["what"] for line in lines(root)]
    assert what == ["grant", "stored"]
    line = lines(root)[0]
    assert copy.read_text() == f"\uae40\ucca0\uc218|\u5c0f\u3055\u306a\u6620\u753b\u793e|2027-01-01 \u00b7 {line['id']}"
    assert done.out == f"file:{copy}\n"
    assert "the store has no links" in done.told
    assert "allowed by grant held of mandate producer (contract C-1)" in done.told
    assert (line["who"], line["reason"], line["until"], line["sound"]) == (
        "An agent",
        "to buy",
        "2027-01-08T12:00:00Z",
        ["ko"],
    )
    assert line["url"] == f"file:deliveries/_screeners/small-film/{line['id']}"
    token = copy.parent.name
    assert len(token) >= 43
    assert token not in (root / "titles" / "small-film" / "screeners.jsonl").read_text()
    assert not any((root / ".releaseprint" / "screeners").iterdir())


def test_what_a_killed_run_has_left_is_tidied_up(root):
    left = root / ".releaseprint" / "screeners" / "left"
    left.mkdir(parents=True)
    (left / "screener.mp4").touch()
    grant(root)
    assert left.is_dir(), "it may still be at work"
    os.utime(left, (0, 0))
    grant(root)
    assert not left.exists()


@pytest.mark.parametrize(
    ("rights", "where", "said"),
    [
        (RIGHTS, "FR", "outside every mandate"),
        (RIGHTS.replace("2027-01-31", "2026-12-31"), "KR", "grant held of mandate producer (contract C-1) ended"),
        (RIGHTS.replace('"signed"', '"pending"'), "KR", "is pending, not signed"),
        (RIGHTS + BARRED, "JP", "holdback premiere of mandate producer (contract C-1) forbids it"),
        (RIGHTS.replace('"all"', '["ja"]'), "KR", "grants other languages"),
    ],
)
def test_rights_refuse_and_nothing_is_made(root, rights, where, said):
    set_rights(root, rights)
    done = run(root, "grant", "small-film", *ASKED[:-1], where)
    assert done.error.startswith(f"small-film: no screener may be given in {where}")
    assert said in done.error
    assert "secret producer" not in done.error
    assert lines(root) == []
    assert not (root / "deliveries").exists()


def test_no_copy_goes_where_anybody_can_read_it(root, monkeypatch):
    def is_open(_store):
        raise StoreError("s3://films: anybody can read what is stored here")

    monkeypatch.setattr("cli.life.exposure.require_private", is_open)
    assert "anybody can read" in run(root, "grant", "small-film", *ASKED).error
    assert copies(root) == lines(root) == []


def test_the_sound_of_the_file_is_asked_too(root, monkeypatch):
    set_rights(root, RIGHTS.replace('"all"', '["ko"]'))
    have_sound(monkeypatch, "en")
    assert "grants other languages" in run(root, "grant", "small-film", *ASKED).error
    assert copies(root) == lines(root) == []


def test_what_is_burnt_in_is_asked_too(root):
    set_rights(root, RIGHTS.replace('"all"', '{ dubbed = ["ko"], subtitled = ["en"] }'))
    for tag in ("ja", "und"):
        assert "grants other languages" in run(root, "grant", "small-film", *ASKED, "--burnt-in", tag).error
    assert "'a language'" in run(root, "grant", "small-film", *ASKED, "--burnt-in", "a language").error
    assert copies(root) == lines(root) == []
    assert "subtitles in en; asked for was ja" in grant(root, "--burnt-in", "EN", "--language", "ja").told
    assert lines(root)[0]["burnt_in"] == ["en"]
    assert listed(root)[1] == 0
    set_rights(root, RIGHTS.replace('"all"', '{ dubbed = ["ko"], subtitled = ["ja"] }'))
    found, code = listed(root)
    assert (found["grants"][0]["burnt_in"], code) == (["en"], 1)
    assert "grants other languages" in run(root, "grant", "small-film", "--renew", lines(root)[0]["id"]).error


def test_a_broken_title_keeps_no_other_from_the_list(root):
    grant(root)
    broken = root / "titles" / "a-broken-one"
    broken.mkdir()
    (broken / "title.toml").write_text("names = 3\n", encoding="utf-8")
    (broken / "screeners.jsonl").write_text("{}\n", encoding="utf-8")
    done = run(root, "list")
    assert done.code == 3
    assert "small-film: grant" in done.out
    assert "titles/a-broken-one/screeners.jsonl" in done.told
    (broken / "screeners.jsonl").unlink()
    (root / "titles" / "small-film" / "title.toml").write_text("names = 3\n", encoding="utf-8")
    done = run(root, "list")
    assert (done.code, "small-film: grant" in done.out) == (3, True)
    assert "titles/small-film/title.toml" in done.told


def test_a_grant_ends_with_the_rights(root):
    assert "with the rights that allow it" in grant(root, "--days", 90).told
    assert lines(root)[0]["until"] == "2027-02-01T00:00:00Z"
    (root / "titles" / "small-film" / "rights.toml").unlink()
    done = grant(root)
    assert "no mandate is recorded; a licence of the title allows it" in done.told
    assert "allowed by window svod-world" in done.told


def test_rights_that_change_are_told_by_list(root):
    grant(root)
    assert listed(root)[1] == 0
    set_rights(root, RIGHTS.replace("2027-01-31", "2026-12-31"))
    found, code = listed(root)
    assert code == 1
    assert "ended" in found["grants"][0]["no_longer_allowed"][0]
    assert "no longer allowed: grant held of mandate producer" in run(root, "list").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("request", "small-film"), "--for and --company and --reason and --territory is needed"),
        (("request",), "name a TITLE"),
        (("request", "other", *ASKED), "there is no title"),
        (("grant", "small-film", *ASKED[:-1], "XX"), "territory: 'XX' is not"),
        (("grant", "small-film", *ASKED, "--renew", "00000000"), "--renew makes a link"),
        (("grant", "small-film", "--renew", "00000000"), "has no grant"),
        (("grant", "small-film", *ASKED, "--version", "en"), "has no version 'en'"),
        (("grant", "small-film", *ASKED, "--to", "nowhere"), "there is no store 'nowhere'"),
        (("revoke",), "name a TITLE"),
        (("revoke", "small-film", "00000000"), "--why"),
        (("revoke", "small-film", "00000000", "--why", "x"), "has no grant"),
        (("revoke", "small-film", "00000000", "--expired"), "leave ids"),
        (("revoke", "--unrecorded"), "needs a TITLE"),
        (("list", "../x"), "there is no title"),
    ],
)
def test_what_does_not_go_together_is_said(root, words, said):
    assert said in run(root, *words).error
    assert lines(root) == []


def test_a_revoked_copy_is_gone_and_is_not_renewed(root):
    grant(root)
    name = lines(root)[0]["id"]
    done = run(root, "revoke", "small-film", name, "--why", "wrong person")
    assert done.out == f"small-film: {name}: removed, it opens nothing\n"
    assert copies(root) == []
    assert [line["what"] for line in lines(root)] == ["grant", "stored", "revoked", "removed"]
    assert run(root, "revoke", "small-film", name, "--why", "again").code is None
    assert len(lines(root)) == 4
    found, code = listed(root)
    assert (found["grants"][0]["stands"], found["grants"][0]["why_revoked"], code) == ("removed", "wrong person", 0)
    assert "it is removed; grant a new one" in run(root, "grant", "small-film", "--renew", name).error


def test_what_is_over_is_told_and_removed(root, clock):
    grant(root)
    grant(root, "--days", 20)
    clock.ahead(days=7)
    found, code = listed(root)
    assert ([item["stands"] for item in found["grants"]], code) == (["expired", "given"], 1)
    assert "over, the copy is still in the store" in run(root, "list").out
    assert len(run(root, "revoke", "--expired").out.splitlines()) == 1
    assert len(copies(root)) == 1
    assert ([item["stands"] for item in listed(root)[0]["grants"]], listed(root)[1]) == (["removed", "given"], 0)


def test_one_failure_does_not_keep_the_other_copies_open(root, clock, monkeypatch):
    grant(root)
    grant(root)
    broken = root / "titles" / "broken"
    broken.mkdir()
    (broken / "title.toml").touch()
    (broken / "screeners.jsonl").write_text("{}\n")
    clock.ahead(days=7)
    remove, first = lending.remove, lines(root)[0]["id"]

    def failing(place):
        if place.key.endswith(first):
            raise StoreError("the store is not there")
        return remove(place)

    monkeypatch.setattr(lending, "remove", failing)
    done = run(root, "revoke", "--expired")
    assert "titles/broken/screeners.jsonl: line 1" in done.told
    assert done.error == "the store is not there"
    assert len(done.out.splitlines()) == len(copies(root)) == 1


def test_a_grant_is_renewed_within_its_rights(root, clock):
    grant(root)
    name = lines(root)[0]["id"]
    assert "until 2027-01-08T12:00:00Z" in run(root, "grant", "small-film", "--renew", name).told
    clock.ahead(days=8)
    assert "ended 2027-01-08T12:00:00Z; --days prolongs it" in run(root, "grant", "small-film", "--renew", name).error
    assert "until 2027-02-01T00:00:00Z" in run(root, "grant", "small-film", "--renew", name, "--days", 300).told
    clock.ahead(days=30)
    assert "ended" in run(root, "grant", "small-film", "--renew", name, "--days", 1).error
    copies(root)[0].write_text("another film")
    set_rights(root, RIGHTS.replace("2027-01-31", "2028-01-31"))
    assert (
        f"the copy of grant {name} is not there" in run(root, "grant", "small-film", "--renew", name, "--days", 1).error
    )


def test_copies_that_no_record_knows_are_found_and_removed(root):
    grant(root)
    stray = root / "deliveries" / "_screeners" / "small-film" / "deadbeef" / "token" / "a.mp4"
    stray.parent.mkdir(parents=True)
    stray.write_text("stray")
    found, code = listed(root, "--unrecorded")
    assert code == 1
    assert found["unrecorded"] == [f"file:{root}/deliveries/_screeners/small-film/deadbeef"]
    assert "deadbeef: removed" in run(root, "revoke", "small-film", "--unrecorded").out
    assert listed(root, "--unrecorded")[0]["unrecorded"] == []
    assert len(copies(root)) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{}", "line 3: Unable to extract tag"),
        (
            '{"what": "stored", "id": "00000000", "at": "2027-01-01T00:00:00Z", "who": "", "text": ""}',
            "line 3: there is no grant 00000000",
        ),
        ('{"what": "stored", "id": "../..", "at": "2027-01-01T00:00:00Z", "who": "", "text": ""}', "line 3: id"),
    ],
)
def test_a_record_that_cannot_be_read_is_said_by_line(root, line, said):
    grant(root)
    path = root / "titles" / "small-film" / "screeners.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert f"titles/small-film/screeners.jsonl: {said}" in run(root, "list").told
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:1]) * 2)
    assert "is there twice" in run(root, "list").told


@pytest.mark.parametrize(
    "other", ["", "/small-film", "/_screeners", "/_screeners/../{id}", "/_screeners/thaw/deadbeef"]
)
def test_a_record_leads_to_no_other_folder_than_that_of_its_grant(root, other):
    grant(root)
    package = root / "deliveries" / "small-film" / "manifest.json"
    package.parent.mkdir()
    package.write_text("{}")
    path = root / "titles" / "small-film" / "screeners.jsonl"
    (line, *others) = lines(root)
    line["url"] = "file:deliveries" + other.format(id=line["id"])
    path.write_text("".join(f"{json.dumps(item)}\n" for item in (line, *others)))
    assert "is not the folder of grant" in run(root, "revoke", "small-film", line["id"], "--why", "over").error
    assert (len(copies(root)), package.read_text()) == (1, "{}")


def test_copies_of_another_title_are_not_taken_for_unrecorded_ones(root):
    grant(root)
    theirs = root / "deliveries" / "_screeners" / "thaw" / "deadbeef" / "token" / "a.mp4"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    path = root / "titles" / "small-film" / "screeners.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("_screeners/small-film/", "_screeners/thaw/"))
    assert listed(root, "--unrecorded")[0]["unrecorded"] == []
    run(root, "revoke", "small-film", "--unrecorded")
    assert theirs.exists()


def test_a_copy_with_sound_that_nobody_knows_needs_all_languages(root, monkeypatch):
    path = root / "titles" / "small-film" / "title.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('[[versions.audio]]\nlanguage = "ko"\n', ""), encoding="utf-8")
    have_sound(monkeypatch, "")
    grant(root)
    assert lines(root)[0]["sound"] == ["und"]
    set_rights(root, RIGHTS.replace('languages = "all"', 'languages = ["ko"]'))
    assert "no screener may be given" in run(root, "grant", "small-film", *ASKED).error


def test_a_record_behind_a_link_is_not_followed(root, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("")
    (root / "titles" / "small-film" / "screeners.jsonl").symlink_to(elsewhere)
    assert "is no record of screeners" in run(root, "list").told
    assert run(root, "request", "small-film", *ASKED).error
    assert elsewhere.read_text() == ""
