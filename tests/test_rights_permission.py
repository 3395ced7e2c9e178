"""What leaves obeys every deal: selection of windows, plans, packages, reports and status, whatever anyone says."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from click.testing import CliRunner
from rights_files import HELD, HOLDBACK, RIGHTS, TV
from titles import NOW, TITLE_TOML, read_title, write_files, write_title
from waivers import waiver

from assets import leaving, manifest, platform, territory, waiver_records
from assets.catalogue import open_catalogue
from assets.clearance import Clearance
from assets.errors import InputError, Refused
from assets.outline_rights import agreed_in, turns_of
from assets.outlining import Outliner
from assets.rights import permission
from checks import confidential, suites
from checks.core import Severity
from checks.judging import Question, judge
from cli import status_lines
from cli.main import group
from cli.render.status import cells
from cli.status import Asked, statuses
from storage import answers
from storage import plan as planning
from storage.manifests import own

AT = datetime(2027, 1, 1, tzinfo=UTC)
WORLD = territory.parse("worldwide")
LENIENT = """
name = "Lenient"
right = "svod"
revision = "1"
source = "nobody"
[package]
subtitle_format = "srt"
[checks."rights/forbidden-by-deal"]
severity = "note"
source = "nobody"
verified_on = 2026-11-22
"""


@pytest.fixture
def make(tmp_path):
    """A title with a rights.toml."""

    def made(rights=RIGHTS, toml=TITLE_TOML):
        path = write_title(tmp_path, toml)
        path.with_name("rights.toml").write_text(rights, encoding="utf-8")
        found = manifest.read_title(path, tmp_path)
        write_files(found)
        return found

    return made


def select(title, asked, at=AT, only=None):
    own_platform = platform.load("svod")
    return permission.select(leaving.agreed_of(title, own_platform), "svod", territory.parse(asked), at, only)


def plan(read, window, spec, at=AT):
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    clearance = Clearance(read.title.id, spec.id, spec.revision, window.id, digests)
    return planning.make_plan(read, window, spec, clearance, at=at)


def test_a_window_is_what_no_deal_forbids_of_it(make):
    found = select(make(), "JP")
    (window,) = found.windows
    assert territory.describe(window.territories) == "worldwide except KR, US"
    assert (found.refusals, found.withheld) == ((), ())


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        ("KR", [HOLDBACK]),
        ("US,JP", ["outside every mandate: svod in US"]),
        ("worldwide", [HOLDBACK, "outside every mandate: svod in US"]),
    ],
)
def test_what_a_deal_forbids_refuses_all_that_was_asked_for(make, asked, reasons):
    found = select(make(), asked)
    assert found.windows == ()
    assert len(found.refusals) == len(reasons)
    assert all(any(text.startswith(reason) for text in found.refusals) for reason in reasons)


def test_the_instant_decides(make):
    title = make()
    end = datetime(2027, 4, 30, 15, tzinfo=UTC)
    assert not select(title, "KR", end.replace(hour=14, minute=59, second=59)).windows
    assert select(title, "KR", end).windows
    assert select(title, "JP", end).refusals[0].startswith("holdback tv-later of licence tv (contract C-7, clause 5.3)")


def test_a_window_that_is_closed_beside_an_open_one_is_withheld(make):
    sold = TITLE_TOML[TITLE_TOML.index("[[windows]]") :].replace("svod-world", "svod-kr")
    sold = sold.replace('["worldwide"]', '["DE"]') + "exclusive = true\n"
    title = make(HELD, f"{TITLE_TOML}{sold}")
    found = select(title, "DE")
    assert [window.id for window in found.windows] == ["svod-kr"]
    ((window, reasons),) = found.withheld
    assert window.id == "svod-world"
    assert reasons[0].startswith("window svod-kr is exclusive from 2026-12-01T00:00:00+09:00")
    assert select(title, "DE", only="svod-world").refusals == reasons


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({'status = "signed"': 'status = "pending"', "signed = 2026-01-02": ""}, "is pending, not signed: svod in KR"),
        ({"exclusive = true": "runs = 1\nruns_used = 1"}, "has no run left, 1 of 1 used: svod in KR"),
        (
            {"start = 2026-11-01": 'start = { after = "theatrical", in = "JP", days = 90 }'},
            "depends on a date that is not known yet, theatrical release in JP: svod in KR",
        ),
    ],
)
def test_a_deal_that_opens_no_window_says_why(make, change, reason):
    licence = TV.format(status="signed").partition("[[licences.holdbacks]]")[0].replace("freetv", "svod")
    for old, new in change.items():
        licence = licence.replace(old, new)
    toml = TITLE_TOML.partition("[[windows]]")[0]
    found = select(make(HELD + licence, toml), "KR")
    assert found.windows == ()
    assert found.refusals == ("no rights window for svod", f"grant tv-kr of licence tv (contract C-7) {reason}")


def test_what_a_mandate_does_not_give_in_a_language_stays_here(make):
    rights = HELD.replace('languages = "all"', 'languages = { dubbed = "all", subtitled = ["ja"] }')
    (text,) = select(make(rights), "JP").refusals
    assert text.startswith("grant all of mandate producer (contract Agency 1, clause 2.1) grants other languages")
    assert "svod in JP, subtitled en" in text
    title = make(rights.replace('["ja"]', '["en"]'))
    assert select(title, "JP").windows


def test_nothing_lifts_a_right(make, tmp_path):
    title = make()
    with pytest.raises(InputError, match="is about rights; no waiver lifts it, a licence does"):
        waiver_records.grant(title.folder, tmp_path, title.id, [waiver(check="rights/forbidden-by-deal")])
    read, window = read_title(title), title.windows[0]
    spec = platform.load("svod")
    for lenient in (spec, replace(spec, checks={}), replace(spec, package=platform.load("avod").package)):
        with pytest.raises(Refused) as refused:
            plan(read, window, lenient)
        assert any(reason.startswith(HOLDBACK) for reason in refused.value.reasons)
    allowed = select(title, "JP").windows[0]
    assert plan(read, allowed, spec).window == allowed
    for wider in ({"KR"}, {"US"}, {"KR", "US"}):
        with pytest.raises(Refused):
            plan(read, replace(allowed, territories=allowed.territories | wider), spec)
    with pytest.raises(Refused, match="film is not cleared"):
        plan(read, replace(allowed, id="another"), spec)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--dry-run"],
        ["--window", "svod-world"],
        ["--title", "film", "--dry-run", "--at", "2027-02-01"],
        ["--at", "2027-04-30T23:59:59+09:00", "--dry-run"],
        ["--platform", "lenient", "--title", "film"],
    ],
    ids=" ".join,
)
def test_no_option_of_deliver_lifts_a_right(make, tmp_path, monkeypatch, options):
    monkeypatch.setattr("cli.judgement.now", lambda: datetime(2026, 11, 22, tzinfo=UTC))
    make()
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "lenient.toml").write_text(LENIENT, encoding="utf-8")
    words = ["deliver", "-C", str(tmp_path), "--platform", "svod", "--territory", "KR", "--json", *options]
    done = CliRunner().invoke(group, words, catch_exceptions=False, standalone_mode=False)
    (outcome,) = json.loads(done.output)
    assert outcome["state"] in {"refused", "not-selected"}
    assert outcome["reasons"][0].startswith(HOLDBACK)
    assert done.return_value == 1
    assert not (tmp_path / "deliveries").exists()


def test_a_pending_deal_neither_forbids_nor_is_silent(make):
    title = make(HELD + TV.format(status="pending").replace("signed = 2026-01-02", ""))
    (window,) = select(title, "KR").windows
    assert "KR" in window.territories
    spec = platform.load("svod")
    report = judge(read_title(title), spec, Question(AT, window.territories, window), now=NOW)
    found = [item for item in report.findings if item.check in confidential.INTERNAL]
    assert {(item.check, item.severity) for item in found} == {("rights/pending-deal", Severity.WARNING)}
    assert [item.message.partition(", 20")[0] for item in found] == [
        "holdback tv-hold of licence tv (contract C-7, clause 5.2) is pending: svod in KR",
        "holdback tv-later of licence tv (contract C-7, clause 5.3) is pending: svod in JP",
    ]


def test_a_package_says_nothing_of_other_deals(make):
    title = make()
    (window,) = select(title, "JP").windows
    spec = platform.load("svod")
    report = judge(read_title(title), spec, Question(AT, window.territories, window), now=NOW)
    assert "tv-later" in str(report.findings)
    sent = confidential.for_receiver(report)
    assert "tv-later" not in str(sent)
    assert sent.verdict == report.verdict
    assert {"rights/window-over", "rights/pending-deal"} <= set(sent.checks_run)


def test_what_is_internal_are_checks():
    assert set(suites.all_names()) >= confidential.INTERNAL


def test_a_manifest_names_its_own_licence_and_no_party(make):
    licence = TV.format(status="signed").partition("[[licences.holdbacks]]")[0].replace("freetv", "svod")
    title = make(HELD + licence, TITLE_TOML.partition("[[windows]]")[0])
    spec = platform.load("svod")
    (window,) = select(title, "KR").windows
    body = own.content(plan(read_title(title), window, spec))
    schema = json.loads(own.SCHEMA_PATH.read_text(encoding="utf-8"))
    jsonschema.validate(body["window"], schema["properties"]["window"] | {"$defs": schema["$defs"]})
    assert body["window"]["licence"] == {"id": "tv", "contract": "C-7", "clause": ""}
    assert "nobody may know" not in json.dumps(body)
    assert "비밀" not in json.dumps(body, ensure_ascii=False)
    own_window = own.content(plan(read_title(make(HELD)), select(make(HELD), "JP").windows[0], spec))
    assert "licence" not in own_window["window"]


@pytest.mark.parametrize("asked", ["KR", "JP", "US", "DE,FR", "worldwide"])
def test_status_says_what_a_delivery_would_be_told(make, tmp_path, asked):
    title = make()
    catalogue, where = open_catalogue(tmp_path), territory.parse(asked)
    ((status,), faults) = statuses(catalogue, ["film"], Asked(platform.load("svod"), where, AT))
    found = select(title, asked)
    assert faults == []
    assert status.rights.is_open == bool(found.windows)
    assert status.rights.refusals == found.refusals
    (state,) = status.windows
    assert state.state == ("forbidden" if where <= {"KR", "US"} else "open")
    closed = replace(state, window=title.windows[0]).reasons
    assert bool(closed) == bool(where & {"KR", "US"})


def test_status_shows_what_closes_a_window(make, tmp_path):
    make()
    words = ["status", "-C", str(tmp_path), "film", "--platform", "svod", "--territory", "KR", "--at", "2027-01-01"]
    shown = CliRunner().invoke(group, words, catch_exceptions=False, standalone_mode=False).output
    assert f"window svod-world must not be used: {HOLDBACK}" in shown
    page = tmp_path / "page.html"
    run = CliRunner().invoke(group, [*words, "--html", str(page), "--json"], catch_exceptions=False)
    assert "must not be used: holdback tv-hold" in page.read_text(encoding="utf-8")
    (window,) = json.loads(run.output)["titles"][0]["windows"]
    assert (window["state"], len(window["forbidden"])) == ("forbidden", 1)


def test_a_kept_line_of_status_ends_when_a_deal_turns_or_its_file_changes(make, tmp_path, monkeypatch):
    make()
    monkeypatch.setattr(answers, "SETTLED_SECONDS", -3600)
    catalogue, spec = open_catalogue(tmp_path), platform.load("svod")

    def shown(at):
        asked = Asked(spec, frozenset({"KR"}), at)
        ((line,), _) = status_lines.lines(catalogue, asked, cells)
        assert line.cells == cells(statuses(catalogue, ["film"], asked)[0][0])
        return line.cells[5]

    assert [shown(AT), shown(datetime(2027, 4, 30, 14, 59, tzinfo=UTC))] == ["1 forbidden"] * 2
    assert shown(datetime(2027, 4, 30, 15, tzinfo=UTC)) == "1 open"
    (tmp_path / "titles" / "film" / "rights.toml").write_text(HELD, encoding="utf-8")
    assert shown(AT) == "1 open"


def test_titles_without_deals_ask_no_engine(make, tmp_path):
    title = make(HELD)
    (title.folder / "rights.toml").unlink()
    outline = Outliner(open_catalogue(tmp_path)).read("film")
    assert agreed_in(outline) is None
    assert list(turns_of(outline.rights)) == []
