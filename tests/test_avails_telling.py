"""How answers about rights are laid out: each reason once, a yes with nothing against it, days in their order."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from rights_files import HELD
from titles import TITLE_TOML, write_title

from assets.rights.languages import ALL_LANGUAGES
from assets.rights.model import Deal, Grant, Scope, Side, Source, Status, Term
from assets.rights.spans import OPEN, seconds
from cli.main import group
from cli.render.rights_timeline import LEGEND, timeline

WINDOWLESS = TITLE_TOML.partition("[[windows]]")[0]
DEAL = """
[[licences]]
id = "{id}"
to = "A buyer"
contract = "C-{id}"
status = "{status}"
{signed}
[[licences.grants]]
id = "{id}-grant"
rights = ["{right}"]
territories = ["{where}"]
start = {start}
end = {end}
zone = "{zone}"
languages = "all"
exclusive = {exclusive}
"""

HOLDBACK = """
[[licences.holdbacks]]
id = "own-hold"
rights = ["avod"]
territories = ["KR", "JP"]
start = 2026-06-01
end = 2028-01-01
"""


def deal(name, right, where, start, end, *, status="signed", exclusive=False, zone="Asia/Seoul", signed="2026-01-02"):
    """A licence with one grant."""
    return DEAL.format(
        id=name,
        right=right,
        where=where,
        start=start,
        end=end,
        status=status,
        zone=zone,
        exclusive=str(exclusive).lower(),
        signed=f"signed = {signed}" if status == "signed" else "",
    )


DEALS = (
    deal("rent", "dtr", "KR", "2026-06-01", "2028-01-01"),
    deal("whole", "tvod", "KR", "2027-03-01", "2028-01-01", signed="2027-02-01", exclusive=True),
    deal("unsigned", "svod", "JP", "2026-12-01", "2029-01-01", status="pending", exclusive=True),
    deal("first", "paytv", "TH", "2026-06-01", "2028-01-01"),
    deal("second", "paytv", "TH", "2026-06-01", "2028-01-01"),
    deal("coming", "freetv", "SG", "2027-03-01", "2028-01-01"),
    deal("asia", "avod", 'KR", "JP', "2026-06-01", "2028-01-01"),
    deal("own", "avod", "KR", "2026-06-01", "2028-01-01") + HOLDBACK,
    deal("ships-kr", "ships", "KR", "2026-06-01", "2029-01-01"),
    deal("ships-jp", "ships", "JP", "2026-06-01", "2029-01-01"),
    deal("next-kr", "ships", "KR", "2028-01-01", "2029-01-01", exclusive=True),
    deal("next-jp", "ships", "JP", "2027-06-01", "2029-01-01", exclusive=True),
    deal("closing", "airlines", "KR", "2026-06-01", "2027-06-01", zone="Asia/Tokyo"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A catalogue of two titles: what opens for the first by name comes when what the second has is over."""
    folder = tmp_path_factory.mktemp("catalogue")
    opening = HELD + deal("opening", "svod", "KR", "2027-06-01", "2028-01-01")
    write_title(folder, WINDOWLESS, "a-film").with_name("rights.toml").write_text(opening, encoding="utf-8")
    write_title(folder, WINDOWLESS, "film").with_name("rights.toml").write_text(HELD + "".join(DEALS), encoding="utf-8")
    return folder


def run(root, *words):
    done = CliRunner().invoke(group, [*words, "-C", str(root)], catch_exceptions=False, standalone_mode=False)
    return done.stdout


def avails(root, right, where, *words):
    return run(root, "avails", "film", "--right", right, "--territory", where, "--at", "2027-01-01", *words)


def told(root, right, where, *words):
    """The lines of each answer, by what is asked."""
    found = {}
    verb = ""
    for line in avails(root, right, where, *words).splitlines()[2:-1]:
        verb = line[2:11].strip() or verb
        found.setdefault(verb, []).append(line[29:])
    return found


def test_a_yes_tells_apart_what_closes_another_window(root):
    by, *others = told(root, "dtr", "KR", "--why-not")["deliver"]
    assert by.startswith("by grant rent-grant of licence rent (contract C-rent)")
    unsigned, later, hold = others
    assert unsigned.startswith("not in window whole-grant: ")
    assert "is signed only on 2027-02-01: dtr in KR" in unsigned
    assert later.startswith("later not: from 2027-03-01T00:00:00+09:00: grant whole-grant of licence whole")
    assert hold == "on hold: grant whole-grant of licence whole (contract C-whole) is signed only on 2027-02-01"
    (film,) = json.loads(avails(root, "dtr", "KR", "--json"))["titles"]
    assert (film["deliver"]["answer"], film["deliver"]["why_not"]) == ("yes", [])
    assert film["deliver"]["notes"] == [unsigned]


def test_a_window_that_nothing_lets_open_is_not_said_to_open(root):
    assert not any("opens" in line for line in told(root, "dtr", "KR", "--why-not")["deliver"])


def test_what_opens_later_is_said_where_only_some_territories_are_covered(root):
    answer = told(root, "freetv", "SG,TH", "--why-not")["deliver"]
    assert [line.partition(": ")[2] for line in answer if line.startswith("ahead of time")] == [
        "coming-grant opens 2027-02-28T15:00:00Z"
    ]
    assert "no window for freetv covers TH" in answer
    short = told(root, "freetv", "SG,TH")["deliver"]
    assert short[1:] == ["no window for freetv covers TH"], "what opens later is no reason that is left out"


def test_nothing_is_refused_where_a_copy_may_leave(root):
    by, note, refused = told(root, "avod", "KR,JP", "--why-not")["deliver"]
    assert by.startswith("by grant own-grant of licence own (contract C-own)")
    assert by.endswith(" in KR")
    assert note.startswith("not in window asia-grant: holdback own-hold of licence own (contract C-own) forbids it")
    assert refused.startswith("holdback own-hold of licence own (contract C-own) forbids it")
    assert refused.endswith(": avod in JP")
    (film,) = json.loads(avails(root, "avod", "KR,JP", "--json"))["titles"]
    assert [item["territories"] for item in film["deliver"]["why_not"]] == [["JP"]]


def test_what_forbids_later_stands_in_the_order_of_time(root):
    lines = told(root, "ships", "KR,JP")["deliver"]
    assert [line.partition(": grant")[0] for line in lines if line.startswith("later not")] == [
        "later not: from 2027-06-01T00:00:00+09:00",
        "later not: from 2028-01-01T00:00:00+09:00",
    ]


@pytest.mark.parametrize("words", [(), ("--why-not",)])
def test_a_deal_that_is_not_signed_is_named_once_in_an_answer(root, words):
    found = told(root, "svod", "JP", *words)
    named = "grant unsigned-grant of licence unsigned (contract C-unsigned) is pending"
    assert found["show"] == [f"{named}, not signed: svod in JP"]
    assert [line for line in found["sell"] if named in line] == [f"on hold: {named}"]


def test_licences_stand_before_the_mandates_that_they_rest_on(root):
    for answer in (told(root, "paytv", "TH")[verb] for verb in ("deliver", "show", "announce")):
        assert answer[0] == (
            "by grant first-grant of licence first (contract C-first); grant second-grant of licence second (contract"
            " C-second); grant all of mandate producer (contract Agency 1, clause 2.1)"
        )


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_last_day_stands_before_what_opens_on_the_day_after(root, form):
    shown = run(root, "calendar", "--from", "2027-05-01", "--until", "2027-07-01", "--format", form)
    assert shown.index("2027-05-31") < shown.index("2027-06-01")


@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_legend_of_the_timeline_is_never_cut(width):
    at = datetime(2027, 1, 1, tzinfo=UTC)
    scope = Scope(frozenset({"svod"}), frozenset({"JP"}), Term(seconds(at), OPEN), ALL_LANGUAGES)
    held = Grant("held", "producer", scope, exclusive=True, source=Source())
    deals = [Deal("producer", Side.MANDATE, "", Status.SIGNED, (held,))]
    lines = [line.plain for line in timeline(deals, at, width)]
    assert max(map(len, lines)) <= width
    assert "  ".join(lines[2:]) == LEGEND
