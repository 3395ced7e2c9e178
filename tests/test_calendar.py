"""`releaseprint calendar`: iCalendar, JSON, text and the page; and what none of them may say."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta

import ics_reading
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rights_deals import licence, scope, term, title

from assets.errors import InputError
from assets.rights.happenings import happenings
from assets.rights.spans import OPEN
from cli.main import group
from cli.render import ics
from cli.render.happening_words import Line

AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
SECRETS = ("숨은 구매자", "Hidden Buyer", "HB-7", "cl-99", "hidden-buyer", "deal-for-hidden", "producer-x", "runs")
TITLE = """\
original_language = "ko"
format = "1 x 90"
runtime = "01:30:00"
production_year = 2025
[names]
ko = "겨울; 그리고, 봄"
ja = "冬、そして春"
en = "Winter, Spring"
[[windows]]
id = "own-hidden-buyer"
right = "fvod"
territories = ["KR"]
start = 2027-03-01T09:00:00+09:00
end = "open"
zone = "Asia/Seoul"
languages = "all"
"""
RIGHTS = """\
zone = "Asia/Tokyo"
[[mandates]]
id = "producer-x"
from = "숨은 구매자"
contract = "HB-7"
clause = "cl-99"
status = "signed"
[[mandates.grants]]
id = "held-from-hidden-buyer"
rights = ["all-rights"]
territories = ["worldwide"]
start = 2025-01-01
end = 2035-01-01
languages = "all"
[[licences]]
id = "deal-for-hidden"
to = "Hidden Buyer"
contract = "HB-7"
clause = "cl-99"
status = "pending"
[[licences.grants]]
id = "hidden-buyer-svod"
rights = ["svod"]
territories = ["JP"]
start = 2027-01-01
through = 2028-12-31
languages = "all"
exclusive = true
runs = 3
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "releaseprint.toml").write_text("", encoding="utf-8")
    for name in ("winter", "broken"):
        (folder / "titles" / name).mkdir(parents=True)
        (folder / "titles" / name / "title.toml").write_text(unicodedata.normalize("NFD", TITLE), encoding="utf-8")
        (folder / "titles" / name / "rights.toml").write_text(RIGHTS, encoding="utf-8")
    (folder / "titles" / "broken" / "title.toml").write_text("names = 1\n", encoding="utf-8")
    return folder


def run(root, *words):
    found = CliRunner().invoke(group, ["calendar", "-C", str(root), *words], standalone_mode=False)
    return found.return_value, found.stdout, found.stderr, found.exception


BOUNDS = ("--from", "2026-11-22", "--until", "2030-01-01")


def test_a_calendar_file(root, tmp_path):
    out = tmp_path / "rights.ics"
    assert run(root, "winter", *BOUNDS, "--output", str(out))[0] == 0
    found = ics_reading.events(out.read_bytes())
    assert [(event["CATEGORIES"], event["STATUS"]) for event in found] == [
        ("delivery-due", "TENTATIVE"),
        ("opening", "TENTATIVE"),
        ("delivery-due", "CONFIRMED"),
        ("opening", "CONFIRMED"),
        ("closing", "TENTATIVE"),
    ]
    assert [event.get("DTSTART;VALUE=DATE") for event in found] == [
        "20261204",
        "20270101",
        "20270201",
        None,
        "20281231",
    ]
    assert found[3]["DTSTART"] == "20270301T000000Z"
    assert ics_reading.text(found[4]["SUMMARY"]) == "Winter, Spring: SVOD: pending: last day (JP)"
    described = ics_reading.text(found[4]["DESCRIPTION"]).splitlines()
    assert described[:3] == ["title (ko): 겨울; 그리고, 봄", "title (ja): 冬、そして春", "title (en): Winter, Spring"]
    assert len({event["UID"] for event in found}) == len(found)


@pytest.mark.parametrize("form", ["ics", "json", "html", "text"])
def test_a_calendar_that_is_shared_names_no_party_and_no_term(root, form):
    code, shared, told, _ = run(root, "winter", "--from", "2024-01-01", "--until", "2030-01-01", "--format", form)
    assert (code, told) == (0, "")
    whole = shared.replace("\n ", "").replace("\r", "")
    assert [secret for secret in SECRETS if secret in whole] == []
    internal = run(root, "winter", "--from", "2024-01-01", "--until", "2030-01-01", "--format", form, "--internal")[1]
    internal = " ".join(internal.replace("\r\n ", "").split())
    assert [secret for secret in ("HB-7", "deal-for-hidden") if secret not in internal] == []


def test_data_for_a_machine(root):
    whole = json.loads(run(root, "winter", *BOUNDS, "--format", "json")[1])
    assert (whole["schema"], whole["from"], whole["until"]) == (
        "releaseprint/calendar/1",
        "2026-11-22",
        "2030-01-01",
    )
    last = whole["events"][-1]
    assert (last["kind"], last["at"], last["day"], last["zone"]) == (
        "closing",
        "2028-12-31T15:00:00Z",
        "2028-12-31",
        "Asia/Tokyo",
    )
    assert (last["territories"], last["rights"], last["tentative"]) == (["JP"], ["svod"], "pending")
    assert unicodedata.normalize("NFC", last["names"]["ko"]) == "겨울; 그리고, 봄"


def test_bounds_are_half_open(root):
    def count(start, until):
        return len(json.loads(run(root, "winter", "--from", start, "--until", until, "--format", "json")[1])["events"])

    assert count("2028-12-31T15:00+00:00", "2028-12-31T15:00:01+00:00") == 1
    assert count("2028-12-31", "2028-12-31T15:00+00:00") == 0


def test_a_bound_that_is_a_day_is_that_of_the_deal(root):
    """A licence that opens on New Year's Day in Tokyo opens in the old year of UTC, and belongs to the new one."""

    def kinds(start, until):
        whole = json.loads(run(root, "winter", "--from", start, "--until", until, "--format", "json")[1])
        return [(event["kind"], event["day"]) for event in whole["events"]]

    assert kinds("2027-01-01", "2027-01-02") == [("opening", "2027-01-01")]
    assert kinds("2026-12-31", "2027-01-01") == []
    assert kinds("2027-01-01T00:00Z", "2027-01-02") == []
    assert kinds("2028-12-31", "2029-01-01") == [("closing", "2028-12-31")]
    assert kinds("2027-03-01", "2027-03-02") == [("opening", None)], "an hour of a day is on that day"


def test_text_for_a_person(root, tmp_path):
    out = tmp_path / "dates.txt"
    assert run(root, "winter", *BOUNDS, "--output", str(out))[:2] == (0, "")
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].split() == ["when", "zone", "title", "what", "rights", "where"]
    assert any(line.startswith("2027-01-01") and "pending: opens" in line for line in lines)
    assert run(root, "winter", "--from", "2100-01-01")[1] == "nothing happens in this time\n"


def test_a_title_that_cannot_be_read_is_said_and_the_others_are_told(root):
    code, out, err, _ = run(root, *BOUNDS)
    assert code == 3
    assert "titles/broken/title.toml" in err
    assert "Winter, Spring" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody",), "there is no title 'nobody'"),
        (("winter", "--from", "2027-01-01", "--until", "2027-01-01"), "--until is not after --from"),
        (("winter", "--until", "2020-01-01"), "or not after now"),
    ],
)
def test_usage(root, words, said):
    assert said in str(run(root, *words)[3])


def test_a_broken_platform_of_the_catalogue_is_said(tmp_path):
    (tmp_path / "releaseprint.toml").write_text("", encoding="utf-8")
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "own.toml").write_text("lead_time = 3\n", encoding="utf-8")
    assert isinstance(run(tmp_path)[3], InputError)


def _events(names, at=AT):
    rights = title(licence("a", scope(when=term("2027-01-01", "2028-01-01", "Asia/Seoul"))))
    lines = [Line(item, names["en"], "en", names) for item in happenings(rights, OPEN)]
    return ics_reading.events(ics.render(lines, at, names["en"], internal=False))


def test_stamps_come_from_the_clock_and_numbers_grow():
    first, later = (_events({"en": "Thaw"}, at)[0] for at in (AT, AT + timedelta(days=1)))
    assert (first["DTSTAMP"], later["DTSTAMP"]) == ("20261122T123000Z", "20261123T123000Z")
    assert int(first["SEQUENCE"]) + 1 == int(later["SEQUENCE"])
    assert first["UID"] == later["UID"]


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "back\\slash; semi, comma: colon",
        "\x1b[31m\0",
        "말" * 200,
        "💿" * 60,
        "",
        " ",
    ],
)
def test_names_cannot_break_out_of_their_line(name):
    found = _events({"en": name})
    assert len(found) == 2
    if name.isprintable():
        assert ics_reading.text(found[0]["SUMMARY"]) == f"{name}: SVOD: opens (JP)"


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300))
def test_folding_is_undone_by_unfolding(text):
    pieces = ics.fold("X:" + text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == "X:" + text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_a_calendar_without_events_is_one():
    data = ics.render([], AT, "Nothing", internal=False)
    assert ics_reading.events(data) == []
    assert "BEGIN:VTIMEZONE" in ics_reading.lines(data)
