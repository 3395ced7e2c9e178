"""What stands, and what is held back, obeys the deals of today: `expire` and `release` ask them again."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cli import judgement
from cli.main import group

LICENCE = """
[[licences]]
id = "stream"
to = "A streamer"
contract = "C-9"
status = "signed"
signed = 2026-01-02
[[licences.grants]]
id = "stream-svod"
rights = ["svod"]
territories = {territories}
start = 2026-01-01
end = 2098-01-01
clause = "2.1"
languages = {languages}
"""
TV = """
[[licences]]
id = "tv"
to = "A channel"
contract = "C-7"
status = "signed"
signed = 2026-01-02
"""
HOLD = (
    TV
    + """[[licences.holdbacks]]
id = "tv-hold"
rights = ["svod"]
territories = ["KR"]
start = {start}
end = 2098-01-01
clause = "5.2"
"""
)
EXCLUSIVE = (
    TV
    + """[[licences.grants]]
id = "tv-svod"
rights = ["svod"]
territories = ["KR"]
exclusive = true
start = 2026-01-01
end = 2098-01-01
clause = "3.3"
languages = "all"
"""
)
MANDATE = """
[[mandates]]
id = "ours"
from = "A producer"
contract = "M-1"
status = "signed"
signed = 2020-01-01
[[mandates.grants]]
id = "all"
rights = ["svod"]
territories = ["worldwide"]
start = 2020-01-01
end = 2026-02-01
clause = "1.4"
languages = "all"
"""


def licence(territories='["KR", "DE"]', languages='"all"'):
    return 'zone = "UTC"\n' + LICENCE.format(territories=territories, languages=languages)


DENIED = {
    "a mandate that ended": (
        licence() + MANDATE,
        "grant all of mandate ours (contract M-1, clause 1.4) ended 2026-02-01",
    ),
    "a later holdback": (
        licence() + HOLD.format(start="2026-01-01"),
        "holdback tv-hold of licence tv (contract C-7, clause 5.2)",
    ),
    "an exclusive deal": (licence() + EXCLUSIVE, "grant tv-svod of licence tv (contract C-7, clause 3.3) is exclusive"),
    "a lost territory": (
        licence('["KR"]'),
        "grant stream-svod of licence stream (contract C-9, clause 2.1) does not cover what its package names: DE",
    ),
    "a lost language": (
        licence(languages='["ko"]'),
        "grant stream-svod of licence stream (contract C-9, clause 2.1) grants other languages",
    ),
}


class Desk:
    """A catalogue whose title has no window but that of a licence."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        title = catalogue / "titles/small-film/title.toml"
        title.write_text(title.read_text(encoding="utf-8").partition("[[windows]]")[0], encoding="utf-8")
        self.agree(licence())

    def agree(self, text):
        (self.catalogue / "titles/small-film/rights.toml").write_text(text, encoding="utf-8")

    def json(self, *words, code=0):
        done = CliRunner().invoke(
            group, [*words, "--json", "-C", str(self.catalogue)], catch_exceptions=False, standalone_mode=False
        )
        assert (done.return_value or 0) == code, done.output
        return json.loads(done.stdout)


@pytest.fixture
def desk(catalogue):
    return Desk(catalogue)


def at(monkeypatch, text):
    monkeypatch.setattr(judgement, "now", lambda: datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_what_a_deal_forbids_since_must_come_down(desk, monkeypatch):
    at(monkeypatch, "2026-11-22T12:00:00")
    desk.json("deliver", "--territory", "KR")
    assert desk.json("expire") == []
    for what, (text, reason) in DENIED.items():
        desk.agree(text)
        (item,) = desk.json("expire", code=1)
        assert any(said.startswith(reason) for said in item["reasons"]), (what, item["reasons"])
    desk.agree(licence() + HOLD.format(start="2027-01-01"))
    assert desk.json("expire") == [], "what a deal forbids only later may stay until then"
    assert len(desk.json("expire", "--at", "2027-01-01", code=1)) == 1
    desk.agree(licence('["KR", "DE", "FR"]', '["ko", "en"]'))
    assert desk.json("expire") == [], "it carries no other language"
    desk.agree("not toml")
    assert desk.json("expire", code=3) == [], "nobody can say that it may stay"
    desk.agree(licence() + HOLD.format(start="2026-01-01"))
    assert desk.json("expire", "--write")[0]["withdrawn"]["why"].startswith("holdback tv-hold of licence tv")


def test_what_a_deal_forbids_since_is_not_released(desk, monkeypatch):
    at(monkeypatch, "2026-11-22T12:00:00")
    desk.json("deliver", "--territory", "KR", "--not-before", "2026-12-01")
    at(monkeypatch, "2026-12-01T00:00:00")
    for what, (text, reason) in DENIED.items():
        desk.agree(text)
        (item,) = desk.json("release", code=1)
        assert item["state"] == "refused"
        assert any(said.startswith(reason) for said in item["reasons"]), (what, item["reasons"])
    desk.agree(licence(languages='["ko", "en"]'))
    (item,) = desk.json("release", code=1)
    assert item["reasons"][0].endswith("(en, ko) than its package names (all); deliver again")
    desk.agree(licence('["KR", "DE", "FR"]'))
    assert desk.json("release")[0]["state"] == "released", "a window that grew refuses nothing"
