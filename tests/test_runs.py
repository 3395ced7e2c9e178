"""`releaseprint run`: the steps of a plan, their report, and what becomes of it when something fails in the middle."""

import errno
import json
import subprocess
import sys
from datetime import UTC, datetime

import in_process
import pytest
from planned_runs import DELIVER, HEAD, copy_title, run, states

from assets.errors import Refused, StoreError
from cli import judgement
from cli.render.run import show_item, show_summary
from cli.running.tasks import Done, Task
from cli.runs import plan as plans
from cli.runs.lock import locked
from cli.runs.record import Item, RunRecord, StepRecord
from storage.stores.folder import FolderStore


def failing_put(monkeypatch, error, title):
    """A folder that fails as soon as a file of that title is sent there."""
    put = FolderStore.put_file

    def put_file(self, key, *arguments):
        if key.startswith(f"{title}/"):
            raise error
        return put(self, key, *arguments)

    monkeypatch.setattr(FolderStore, "put_file", put_file)


def test_a_night(catalogue):
    plan = HEAD + (
        '[[steps]]\ndo = "check"\n'
        + DELIVER
        + '[[steps]]\ndo = "release"\n[[steps]]\ndo = "expire"\nwrite = true\n'
        + '[[steps]]\ndo = "redeliver"\ntitles = ["small-film"]\n'
    )
    told = run(catalogue, plan)
    assert [step["state"] for step in told["steps"]] == ["done"] * 5
    check, deliver, release, expire, redeliver = told["steps"]
    assert (states(check), states(redeliver)) == ({"small-film": "pass"}, {"small-film": "unchanged"})
    assert (release["items"], expire["items"]) == ([], [])
    (item,) = deliver["items"]
    assert (item["state"], item["window"], item["platform"]) == ("delivered", "svod-world", "house")
    assert (catalogue / "out" / item["receipt"]).is_file()
    assert (catalogue / "out" / item["prefix"] / "manifest.json").is_file()
    assert item["sent_bytes"] > 100_000
    assert told["plan"]["sha256"] == plans.read(catalogue / "밤.toml").file.sha256
    again = run(catalogue, plan)
    assert states(again["steps"][1]) == {"small-film": "unchanged"}


def test_what_is_held_back_is_released_and_what_is_over_comes_down(catalogue, monkeypatch):
    def at(day):
        monkeypatch.setattr(judgement, "now", lambda: datetime.fromisoformat(day).replace(tzinfo=UTC))

    path = catalogue / "titles/small-film/title.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('end = "open"', "end = 2027-01-01"), encoding="utf-8")
    release, expire = '[[steps]]\ndo = "release"\n', '[[steps]]\ndo = "expire"\nwho = "밤 근무"\n'
    at("2026-11-22")
    told = run(catalogue, HEAD + DELIVER + "not_before = 2026-12-01\n" + release)
    assert [states(step) for step in told["steps"]] == [{"small-film": "held"}, {"small-film": "waiting"}]
    at("2026-12-02")
    assert states(run(catalogue, HEAD + release, "--dry-run")["steps"][0]) == {"small-film": "due"}
    (item,) = run(catalogue, HEAD + release + expire)["steps"][0]["items"]
    assert (item["state"], item["platform"], item["window"]) == ("released", "house", "svod-world")
    assert (catalogue / "out" / item["prefix"] / "manifest.json").is_file()
    at("2027-02-01")
    for plan, *options in ((expire,), (expire + "write = true\n", "--dry-run")):
        told = run(catalogue, HEAD + plan, *options, code=1)
        assert states(told["steps"][0]) == {"small-film": "must-come-down"}
    (item,) = run(catalogue, HEAD + expire + "write = true\n")["steps"][0]["items"]
    assert (item["state"], item["reasons"]) == ("withdrawn", ["its window ended 2026-12-31T15:00:00Z"])
    assert not (catalogue / "out" / item["prefix"] / "manifest.json").exists()


def test_nothing_is_done_in_a_dry_run_and_another_run_does_not_hinder_it(catalogue):
    plan = HEAD + DELIVER + '[[steps]]\ndo = "release"\n'
    with locked(catalogue, "밤.toml"):
        told = run(catalogue, plan, "--dry-run")
    assert (states(told["steps"][0]), told["dry_run"]) == ({"small-film": "planned"}, True)
    assert not (catalogue / "out").exists()
    (planned,) = told["steps"][0]["items"]
    (sent,) = run(catalogue, HEAD + DELIVER)["steps"][0]["items"]
    assert planned["would_send_bytes"] == sent["sent_bytes"] > 0


def test_for_a_person(catalogue):
    (catalogue / "plan.toml").write_text(HEAD + DELIVER, encoding="utf-8")
    done = in_process.run("run", "plan.toml", cwd=catalogue)
    assert done.returncode == 0
    assert "step 1: deliver  house KR file:" in done.stdout
    assert "  delivered  small-film  house  svod-world\n" in done.stdout
    assert "1 delivered" in done.stdout


def test_what_a_person_is_told_of_a_bad_night(capsys):
    step = StepRecord(1, "deliver", "house", "KR", "s3://밤", to_do=dict.fromkeys(f"film-{n}" for n in range(25)))
    step.task(Done(Task("", "film-0", print), worker="far:7", tries=2))
    step.task(Done(Task("", "film-1", print), fault="its worker was lost 5 times: \x1b[2J", tries=5))
    step.end("failed", datetime(2026, 11, 22, tzinfo=UTC), "s3://밤: gone", 4)
    show_item(Item("film-2", "refused", 1, "house", "svod", tuple(f"reason {n}" for n in range(7))))
    show_summary(RunRecord("밤.toml", "0" * 64, "tool", "/films", datetime(2026, 11, 22, tzinfo=UTC), steps=[step]))
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:2] == ["refused film-2 house svod", "- reason 0"]
    assert "- and 2 more" in lines
    assert "1 deliver house KR s3://밤 failed 4" in lines
    assert lines[-4:] == [
        "step 1: s3://밤: gone",
        f"step 1: not done: {', '.join(f'film-{n}' for n in range(20))} and 5 more",
        "worker far:7: film-0: 2 tries: done after a worker was lost",
        r"worker unknown: film-1: 5 tries: its worker was lost 5 times: \x1b[2J",
    ]


def test_a_title_that_cannot_be_read_does_not_stop_the_others(catalogue):
    copy_title(catalogue, "broken")
    (catalogue / "titles/broken/title.toml").write_text('names = "깨짐"', encoding="utf-8")
    told = run(catalogue, HEAD + '[[steps]]\ndo = "check"\n' + DELIVER, code=3)
    assert states(told["steps"][0]) == {"broken": "failed", "small-film": "pass"}
    assert states(told["steps"][1]) == {"broken": "unreadable", "small-film": "delivered"}
    assert "titles/broken/title.toml: line 1: names" in "\n".join(told["steps"][0]["items"][0]["reasons"])
    assert [step["exit_code"] for step in told["steps"]] == [3, 3]


def test_a_territory_that_no_title_has_is_told(catalogue):
    told = run(catalogue, HEAD + '[[steps]]\ndo = "deliver"\nterritory = "JP"\n', code=1)
    assert [item["state"] for item in told["steps"][0]["items"]] == ["not-selected", "nothing-selected"]


def test_a_manifest_that_somebody_spoilt_does_not_stop_the_others(catalogue):
    copy_title(catalogue, "another-film")
    spoilt, _ = run(catalogue, HEAD + DELIVER)["steps"][0]["items"]
    (catalogue / "out" / spoilt["prefix"] / "manifest.json").write_text("{}", encoding="utf-8")
    again = '[[steps]]\ndo = "redeliver"\ntitles = ["another-film", "small-film"]\n'
    told = run(catalogue, HEAD + DELIVER + again, code=4)
    for step in told["steps"]:
        assert (step["state"], states(step)) == ("done", {"another-film": "failed", "small-film": "unchanged"})
        assert "is no manifest of a package: 'schema' is missing" in step["items"][0]["reasons"][0]


def test_what_was_never_delivered_is_not_redelivered(catalogue):
    told = run(catalogue, HEAD + '[[steps]]\ndo = "redeliver"\ntitles = ["small-film"]\n', code=2)
    (item,) = told["steps"][0]["items"]
    assert (item["state"], told["steps"][0]["state"]) == ("failed", "done")
    assert "`deliver` sends it" in item["reasons"][0]


def test_a_store_lost_in_the_middle_ends_what_needs_it_and_no_more(catalogue, monkeypatch):
    copy_title(catalogue, "later-film")
    copy_title(catalogue, "z-film")
    failing_put(monkeypatch, StoreError("file:out: the disk is gone; https://user:pass@host"), "small-film")
    plan = HEAD + DELIVER + '[[steps]]\ndo = "release"\n' + DELIVER + 'to = "file:elsewhere"\ntitles = ["z-film"]\n'
    told = run(catalogue, plan, code=4)
    deliver, release, elsewhere = told["steps"]
    assert (deliver["state"], states(deliver)) == ("failed", {"later-film": "delivered"})
    assert deliver["to_do"] == ["small-film", "z-film"]
    assert deliver["reason"].startswith("file:out: the disk is gone; ")
    assert "pass@" not in json.dumps(told)
    assert (release["state"], release["reason"][:25]) == ("not-done", "its store failed before: ")
    assert (elsewhere["state"], states(elsewhere)) == ("done", {"z-film": "delivered"})
    assert [step["exit_code"] for step in told["steps"]] == [4, 4, 0]


def test_a_run_that_is_stopped_says_what_was_not_done_and_the_next_one_does_it(catalogue, monkeypatch):
    copy_title(catalogue, "later-film")
    plan = HEAD + DELIVER + '[[steps]]\ndo = "release"\n'
    with monkeypatch.context() as patch:
        failing_put(patch, KeyboardInterrupt(), "small-film")
        told = run(catalogue, plan, code=130)
    deliver, release = told["steps"]
    assert (deliver["state"], states(deliver)) == ("stopped", {"later-film": "delivered"})
    assert (deliver["to_do"], deliver["exit_code"]) == (["small-film"], 130)
    assert (release["state"], release["reason"]) == ("not-done", "the run ended before")
    told = run(catalogue, plan)
    assert states(told["steps"][0]) == {"later-film": "unchanged", "small-film": "delivered"}


def test_a_fault_of_the_tool_leaves_a_report_too(catalogue, monkeypatch):
    failing_put(monkeypatch, RuntimeError("결함"), "small-film")
    (catalogue / "plan.toml").write_text(HEAD + DELIVER, encoding="utf-8")
    with pytest.raises(RuntimeError, match="결함"):
        in_process.run("run", "plan.toml", "--report", "report.json", cwd=catalogue)
    told = json.loads((catalogue / "report.json").read_text(encoding="utf-8"))
    assert (told["exit_code"], told["steps"][0]["reason"]) == (1, "a fault of the tool")


def test_a_report_that_cannot_be_written_is_told_before_anything_is_done(catalogue):
    (catalogue / "plan.toml").write_text(HEAD + DELIVER, encoding="utf-8")
    done = in_process.run("run", "plan.toml", "--report", "nowhere/deep/report.json", cwd=catalogue)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr
    assert not (catalogue / "out").exists()


def test_two_runs_of_a_catalogue_do_not_overlap(tmp_path):
    at_work = pytest.raises(Refused, match="another run of this catalogue is at work")
    with locked(tmp_path, "밤.toml"), at_work as told, locked(tmp_path, "other.toml"):
        pytest.fail("the lock was given twice")
    assert "밤.toml, since 20" in str(told.value)
    with locked(tmp_path, "other.toml"):
        assert "other.toml" in (tmp_path / ".releaseprint/run.lock").read_text(encoding="utf-8")


def test_a_full_disk_keeps_no_run_from_its_lock(tmp_path, monkeypatch):
    def full(*_given):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.pwrite", full)
    with locked(tmp_path, "밤.toml"), pytest.raises(Refused, match="at work") as told, locked(tmp_path, "other.toml"):
        pytest.fail("the lock was given twice")
    assert told.value.reasons == (str(tmp_path / ".releaseprint/run.lock"),)


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path):
    with locked(tmp_path, "dead.toml"):
        path = tmp_path / ".releaseprint/run.lock"
    code = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-S", "-c", code, path], check=False).returncode == -9
    with locked(tmp_path, "next.toml"):
        assert path.read_text(encoding="utf-8").startswith("next.toml, since ")


def test_a_lock_that_is_a_link_is_none(tmp_path):
    (tmp_path / ".releaseprint").mkdir()
    (tmp_path / "victim").write_text("keep", encoding="utf-8")
    (tmp_path / ".releaseprint/run.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(Exception, match="cannot be written"), locked(tmp_path, "x"):
        pytest.fail("the link was followed")
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "keep"
