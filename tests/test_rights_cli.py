"""`rights`, `avails` and `conflicts` on the command line: every yes with its grants, every no with its reason."""

import json
import shutil
import unicodedata

import pytest
from click.testing import CliRunner
from rights_files import HELD, HOLDBACK, RIGHTS, TV
from titles import TITLE_TOML, write_title

from cli.main import group

AT = ("--at", "2027-01-01")
WINDOWLESS = TITLE_TOML.partition("[[windows]]")[0]
GROUPED = "through worldwide except US"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A catalogue: a film with a mandate and deals, one with windows only, one with a pending deal; one is broken."""
    folder = tmp_path_factory.mktemp("catalogue")
    write_title(folder).with_name("rights.toml").write_text(RIGHTS, encoding="utf-8")
    write_title(folder, title_id="windows-only")
    pending = TV.format(status="pending").replace("signed = 2026-01-02", "")
    write_title(folder, WINDOWLESS, "on-hold").with_name("rights.toml").write_text(HELD + pending, encoding="utf-8")
    return folder


@pytest.fixture
def run(root):
    def ran(*words, code=0):
        done = CliRunner().invoke(group, [*words, "-C", str(root)], catch_exceptions=False, standalone_mode=False)
        assert done.return_value == code, done.output
        return done.output

    return ran


def answers(run, *words):
    found = json.loads(run("avails", *words, *AT, "--json"))
    return {item["title"]: item for item in found["titles"]}


def test_avails_say_what_may_be_delivered_shown_announced_and_sold(run):
    found = answers(run, "--platform", "svod", "--territory", "JP")
    said = {
        title: [item[verb]["answer"] for verb in ("deliver", "show", "announce", "sell")]
        for title, item in found.items()
    }
    assert said == {
        "film": ["yes", "yes", "yes", "non-exclusively"],
        "windows-only": ["yes", "yes", "yes", "no"],
        "on-hold": ["no", "no", "no", "exclusively"],
    }
    film = found["film"]
    assert [(item["deal"], item["item"], item["clause"]) for item in film["deliver"]["by"]] == [
        ("window svod-world", "svod-world", None),
        ("producer", "all", "2.1"),
    ]
    (later,) = film["deliver"]["later_not"]
    assert (later["why"], later["from"], later["by"]["item"]) == ("held-back", "2027-04-30T15:00:00Z", "tv-later")
    assert film["sell"]["until"] == "2027-04-30T15:00:00Z"
    assert [item["why"] for item in film["sell"]["why_not"]] == ["sold"]
    assert [item["why"] for item in found["windows-only"]["sell"]["why_not"]] == ["no-mandate"]


def test_a_no_names_licence_clause_territory_and_time(run):
    film = answers(run, "film", "--right", "svod", "--territory", "KR,US,JP")["film"]["deliver"]
    assert (film["answer"], film["territories"]) == ("partly", ["JP"])
    by_why = {item["why"]: item for item in film["why_not"]}
    held = by_why["held-back"]
    assert (held["by"]["contract"], held["by"]["clause"], held["territories"]) == ("C-7", "5.2", ["KR"])
    assert held["text"].startswith(HOLDBACK)
    assert by_why["not-held"]["by"] is None
    shown = run("avails", "film", "--right", "svod", "--territory", "KR", "--why-not", *AT)
    assert "deliver   no               holdback tv-hold of licence tv (contract C-7, clause 5.2) forbids it" in shown


def test_the_same_answers_for_a_person(run):
    shown = run("avails", "--right", "svod", "--territory", "JP", *AT)
    assert "sell      non-exclusively  by grant all of mandate producer (contract Agency 1, clause 2.1)" in shown
    assert "later not: from 2027-05-01T00:00:00+09:00: holdback tv-later of licence tv" in shown
    assert "windows-only  Kim Il Sung's Children  (no mandate is recorded)" in shown
    assert "3 titles, 3 with something" in shown
    nothing = run("avails", "windows-only", "--right", "est", "--territory", "JP", *AT)
    assert "(no mandate is recorded): no rights window for est" in nothing
    assert nothing.endswith("1 title, 0 with something; all reasons of the others: --why-not\n")


def test_what_can_be_sold_and_what_is_on_hold(run):
    found = json.loads(run("avails", "--to-sell", "--right", "linear-tv", "--territory", "KR", *AT, "--json"))
    parts = {item["title"]: item["for_sale"] for item in found["titles"]}
    states = {title: {(part["state"], tuple(part["rights"])) for part in own} for title, own in parts.items()}
    assert ("on-hold", ("freetv",)) in states["on-hold"]
    assert ("exclusive", ("ott", "paytv")) in states["film"]
    assert "windows-only" not in states
    assert all(part["from"] >= "2027-12-31T15:00:00Z" for part in parts["film"] if "freetv" in part["rights"])
    shown = run("avails", "--to-sell", "--right", "freetv", "--territory", "KR", "on-hold", *AT)
    assert "on hold: grant tv-kr of licence tv (contract C-7)" in shown


def test_what_ends_soon(run):
    found = json.loads(run("avails", "--ending", "120", *AT, "--json"))["endings"]
    assert [(item["title"], item["item"], item["at"]) for item in found] == [
        ("film", "tv-hold", "2027-04-30T15:00:00Z")
    ]
    assert json.loads(run("avails", "--ending", "119", *AT, "--json"))["endings"] == []
    assert "2027-04-30T15:00Z  film: holdback tv-hold" in run("avails", "--ending", "120", *AT)
    assert json.loads(run("avails", "--ending", "120", "--right", "est", *AT, "--json"))["endings"] == []


@pytest.mark.parametrize("form", ["xlsx", "xml"])
def test_avails_are_written_and_what_cannot_be_said_is_refused(run, tmp_path, form):
    path = tmp_path / f"out.{form}"
    words = ("avails", "--right", "svod", "--output", str(path), "--licensor", "House", *AT, "--json")
    note, _, written = run(*words, "--territory", "JP", "windows-only").partition("\n")
    assert note == "windows-only: no mandate is recorded; its licences stand alone"
    done = json.loads(written)
    assert (done["rows"], done["refused"], done["no_mandate"]) == (1, [], ["windows-only"])
    assert path.stat().st_size > 0
    told = json.loads(run(*words, "film", code=1).partition("\n{")[2].join(("{", "")))
    assert told["rows"] == 0
    assert "film: grant svod-world: window svod-world" in told["refused"][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--why-not", "--to-sell"], "--to-sell and --why-not are different questions"),
        (["--licensor", "House"], "--output and --licensor go together"),
        (["--right", "svod", "--platform", "svod"], "both say which right"),
        ([], "no right: --right or --platform is needed"),
        (["--output", "a.csv", "--licensor", "House"], "'a.csv' is no file of Avails; .xlsx or .xml"),
        (["--output", "a.xml", "--licensor", "배급사"], "has no Latin letter or digit"),
        (["--right", "svod", "nothing"], "there is no title 'nothing'"),
    ],
)
def test_questions_that_cannot_be_asked_are_usage_errors(root, words, said):
    from assets.errors import UsageError

    with pytest.raises(UsageError, match=said):
        CliRunner().invoke(group, ["avails", *words, "-C", str(root)], catch_exceptions=False, standalone_mode=False)


def test_the_trade_s_words_are_rights_too(run):
    assert json.loads(run("avails", "--right", "Free TV", "--territory", "KR", *AT, "--json"))["right"] == "freetv"


def test_conflicts_name_both_sides_and_fail_the_command(run):
    found = json.loads(run("conflicts", *AT, "--json", code=1))
    assert found["titles"] == 3
    errors = {(item["kind"], item["title"]) for item in found["conflicts"] if item["severity"] == "error"}
    assert errors == {("holdback-broken", "film"), ("outside-mandate", "film")}
    (broken,) = [
        item for item in found["conflicts"] if "KR" in item["territories"] and item["kind"] == "holdback-broken"
    ]
    assert {broken["first"]["item"], broken["second"]["item"]} == {"svod-world", "tv-hold"}
    assert broken["groups"] == ["worldwide"]
    shown = run("conflicts", "film", *AT, code=1)
    assert "(through worldwide)" in shown
    assert "1 title: 3 errors, 0 warnings" in shown
    assert "1 title: 0 errors" in run("conflicts", "on-hold", *AT)


def test_conflicts_tell_what_could_be_read_in_two_ways(run, root):
    doubtful = HELD.replace("start = ", "start = 2026-03-29T02:30:00  # ", 1).replace("Asia/Seoul", "Europe/Berlin", 1)
    place = write_title(root, WINDOWLESS, "doubtful").with_name("rights.toml")
    place.write_text(doubtful, encoding="utf-8")
    try:
        shown = run("conflicts", "doubtful", *AT)
        (told,) = json.loads(run("conflicts", "doubtful", *AT, "--json"))["doubts"]
    finally:
        shutil.rmtree(place.parent)
    assert "doubt  2026-03-29 02:30 in Europe/Berlin does not exist, because the clocks go forward" in shown
    assert shown.endswith("1 title: 0 errors, 0 warnings, 1 doubt\n")
    assert (told["title"], told["read"]) == ("doubtful", "as 2026-03-29T01:00:00Z")
    assert told["place"].startswith("titles/doubtful/rights.toml:")


def test_rights_show_grid_timeline_deals_and_contradictions(run):
    shown = run("rights", "film", *AT)
    lines = shown.splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("right "))
    named = [line.strip() for line in lines[1:head]]
    assert [name.split(None, 1)[1] for name in named] == ["KR", "US", "worldwide except KR, US"]
    grid = {line.split()[0]: line.split(None, 1)[1].split("  ") for line in lines[head + 1 : head + 24]}
    assert [word.strip() for word in grid["svod"] if word.strip()] == ["held back", "not held", "non-exclusive"]
    assert [word.strip() for word in grid["freetv"] if word.strip()] == ["sold", "not held", "available"]
    assert "licence tv, signed, to A channel that nobody may know; contract C-7" in shown
    assert "holdback tv-hold: svod in KR;" in shown
    assert "contradictions  3 errors, 0 warnings: releaseprint conflicts film" in shown
    bars = {line.split()[0]: line for line in lines if set(line.strip()[-4:]) <= set("=#+x.?|") and " " in line.strip()}
    assert bars["all"].endswith("=")
    assert "#" in bars["tv-kr"]
    assert max(map(len, bars.values())) <= 120


def test_a_deal_that_the_timeline_does_not_reach_shows_where_it_lies(run):
    now, long_after = (run("rights", "film", "--at", f"{year}-01-01") for year in (2027, 2060))
    assert "< earlier" not in now
    assert "< earlier  > later" in long_after
    [bar] = [line.split() for line in long_after.splitlines() if line.startswith("tv-kr ")]
    assert bar[:2] == ["tv-kr", "<"]


def test_rights_of_a_title_without_a_mandate_are_its_windows(run):
    shown = run("rights", "windows-only", *AT)
    assert "no mandate is recorded: nothing can be sold, and windows stand alone" in shown
    assert "licensed" in shown
    data = json.loads(run("rights", "windows-only", "--right", "svod", "--territory", "KR,JP", *AT, "--json"))
    assert data["grid"]["rows"][-1] == {"right": "svod", "states": ["licensed"]}
    assert data["for_sale"][0]["state"] == "not-held"
    assert {part["state"] for part in data["may_leave"]} == {"licensed", "not-licensed"}


def test_rights_as_a_page(run, tmp_path):
    page = tmp_path / "timeline.html"
    run("rights", "film", *AT, "--html", str(page))
    assert "A channel that nobody may know" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("at", ["9990-01-01", "9998-12-31"])
def test_the_last_years_of_the_calendar_can_be_drawn(tmp_path, at):
    """What ends on the last day that may be written ends in the year 9999 of UTC, after which there is none."""
    rights = HELD.replace('end = "open"', 'through = 9998-12-31\nzone = "America/Los_Angeles"')
    write_title(tmp_path).with_name("rights.toml").write_text(rights, encoding="utf-8")
    page = tmp_path / "timeline.html"
    words = ["rights", "film", "-C", str(tmp_path), "--at", at]
    for output in ((), ("--html", str(page))):
        done = CliRunner().invoke(group, [*words, *output], catch_exceptions=False, standalone_mode=False)
        assert done.return_value == 0, done.output
    assert "9998" in page.read_text(encoding="utf-8")


def test_names_in_any_form_and_hostile_text_do_no_harm(tmp_path):
    rights = RIGHTS.replace("A channel that nobody may know", unicodedata.normalize("NFD", "방송국 \\u001b[31m"))
    write_title(tmp_path).with_name("rights.toml").write_text(rights, encoding="utf-8")
    done = CliRunner().invoke(group, ["rights", "film", "-C", str(tmp_path), *AT], catch_exceptions=False)
    assert "\x1b" not in done.output
    assert "방송국 \\x1b[31m" in done.output


def test_a_title_that_cannot_be_read_is_named_and_the_others_are_answered(tmp_path):
    write_title(tmp_path)
    write_title(tmp_path, title_id="broken").with_name("rights.toml").write_text("licences = 3\n", encoding="utf-8")
    for words in (["conflicts"], ["avails", "--right", "svod"]):
        done = CliRunner().invoke(group, [*words, "-C", str(tmp_path)], catch_exceptions=False, standalone_mode=False)
        assert done.return_value == 3
        assert "titles/broken/rights.toml: line 1: licences: 3 is not allowed" in done.output
