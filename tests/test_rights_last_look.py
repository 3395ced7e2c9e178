"""What `deliver` sends obeys the rights of the instant at which a package comes to stand, whatever came before."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from cli import delivery, judgement
from cli.main import group
from storage import deliver as delivering

HELD_BACK = """
zone = "UTC"
[[licences]]
id = "tv"
to = "A channel"
contract = "C-7"
status = "signed"
signed = 2026-01-02
[[licences.holdbacks]]
id = "tv-hold"
rights = ["svod"]
territories = ["KR"]
start = 2020-01-01
end = {end}
clause = "5.2"
"""


@pytest.fixture
def ship(catalogue):
    """Delivers for Korea: what became of the one window."""

    def shipped(*options, code=0):
        words = ("deliver", "--territory", "KR", "--json", *options, "-C", str(catalogue))
        done = CliRunner().invoke(group, words, catch_exceptions=False, standalone_mode=False)
        assert done.return_value == code, done.output
        (outcome,) = json.loads(done.stdout)
        return outcome

    return shipped


@pytest.fixture
def during(monkeypatch):
    """Does something once, when everything of a package but its manifest has been sent."""

    def sending(happens):
        whole, left = delivering.sending.send, [happens]

        def send(*arguments):
            sent = whole(*arguments)
            if left:
                left.pop()()
            return sent

        monkeypatch.setattr(delivering.sending, "send", send)

    return sending


def manifests(catalogue):
    return list((catalogue / "deliveries").rglob("manifest.json"))


def rights_of(catalogue):
    return catalogue / "titles/small-film/rights.toml"


def test_a_later_date_lifts_nothing_that_forbids_a_copy_to_leave_now(catalogue, ship):
    ends = judgement.now().date() + timedelta(days=30)
    rights_of(catalogue).write_text(HELD_BACK.format(end=ends), encoding="utf-8")
    later = ("--at", (ends + timedelta(days=1)).isoformat())
    assert ship("--dry-run", *later)["state"] == "planned"
    refused = ship(*later, code=1)
    assert refused["state"] == "refused"
    assert refused["reasons"][0].startswith("holdback tv-hold of licence tv (contract C-7, clause 5.2) forbids it")
    assert manifests(catalogue) == []


def test_a_deal_that_is_signed_while_files_are_sent_stops_the_package(catalogue, ship, during):
    text = HELD_BACK.format(end="2098-01-01")
    during(lambda: rights_of(catalogue).write_text(text, encoding="utf-8"))
    refused = ship(code=1)
    assert (refused["state"], refused["reasons"][0][:40]) == ("refused", "holdback tv-hold of licence tv (contract")
    assert manifests(catalogue) == []
    rights_of(catalogue).unlink()
    ship()
    assert len(manifests(catalogue)) == 1


def test_rights_that_cannot_be_read_any_more_stop_the_package(catalogue, ship, during):
    during(lambda: rights_of(catalogue).write_text("mandates = 1", encoding="utf-8"))
    assert "titles/small-film/rights.toml: line 1: mandates" in ship(code=1)["reasons"][0]
    assert manifests(catalogue) == []


def test_a_window_that_is_written_anew_while_files_are_sent_stops_the_package(catalogue, ship, during):
    path = catalogue / "titles/small-film/title.toml"
    text = path.read_text(encoding="utf-8")
    during(lambda: path.write_text(text.replace('end = "open"', "end = 2090-01-01"), encoding="utf-8"))
    (reason,) = ship(code=1)["reasons"]
    assert reason.endswith("was changed in the meantime; deliver again")
    assert manifests(catalogue) == []


def test_a_window_that_ends_while_a_title_is_read_lets_nothing_leave(catalogue, ship, monkeypatch):
    path = catalogue / "titles/small-film/title.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('end = "open"', "end = 2090-01-01"), encoding="utf-8")
    whole = delivery.judgement.read

    def read(*arguments, **options):
        found = whole(*arguments, **options)
        monkeypatch.setattr(judgement, "now", lambda: datetime(2090, 1, 1, tzinfo=UTC))
        return found

    monkeypatch.setattr(delivery.judgement, "read", read)
    assert " is over at 2090-01-01" in ship(code=1)["reasons"][0]
    assert manifests(catalogue) == []
