"""Screeners that are stopped between any two steps: nothing is open that no record knows, and all is finished later."""

from itertools import count

import pytest
import screener_runs
from screener_runs import copies, grant, lines, listed, run

from assets.screeners import ledger
from storage import screeners as lending


@pytest.fixture
def root(tmp_path, monkeypatch):
    return screener_runs.write(tmp_path, monkeypatch)[0]


class StopError(BaseException):
    """What a kill is: no error that anybody catches."""


STEPS = ((ledger.Ledger, "append"), (lending, "put"), (lending, "link"), (lending, "remove"))


def _stopping(monkeypatch, allowed):
    """Have whatever changes something stop before it, or after it, once so many steps were taken."""
    left = iter(range(allowed))

    def counted(call):
        def instead(*arguments):
            if next(left, None) is None:
                raise StopError
            found = call(*arguments)
            if next(left, None) is None:
                raise StopError
            return found

        return instead

    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))


def test_stopped_between_any_two_steps_of_a_grant(root):
    for stop in count():
        with pytest.MonkeyPatch.context() as patch:
            _stopping(patch, stop)
            try:
                given = grant(root).out
            except StopError:
                given = ""
        recorded = {line["id"] for line in lines(root) if line["what"] == "grant"}
        assert {path.parent.parent.name for path in copies(root)} <= recorded, "no copy without a record"
        if given:
            break
        for item in listed(root)[0]["grants"]:
            assert item["stands"] in {"not-stored", "given", "removed"}
            assert not run(root, "revoke", "small-film", item["id"], "--why", "stopped").error
        assert copies(root) == []
    assert stop == 8


def test_stopped_between_any_two_steps_of_a_revocation(root):
    for stop in count():
        grant(root)
        name = lines(root)[-1]["id"]
        words = ("revoke", "small-film", name, "--why", "x")
        with pytest.MonkeyPatch.context() as patch:
            _stopping(patch, stop)
            try:
                done = run(root, *words)
            except StopError:
                done = None
        stands = listed(root)[0]["grants"][-1]["stands"]
        assert stands in ({"given", "revoked", "removed"} if done is None else {"removed"})
        assert copies(root) == [] or stands in {"given", "revoked"}
        if done is not None:
            break
        if stands == "revoked":
            assert listed(root)[1] == 1
            assert "not renewed" in run(root, "grant", "small-film", "--renew", name).error
        assert not run(root, *words).error
        assert copies(root) == []
    assert stop == 6
