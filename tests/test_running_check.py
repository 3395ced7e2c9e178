"""Judging many titles as tasks: the same reports as one after the other, and only the coordinator writes."""

import json
import os
import shutil
import sqlite3
import threading

import engines
import in_process
import pytest
from click.testing import CliRunner

from assets.catalogue import open_catalogue
from cli import judgement, targets
from cli.main import group
from cli.running import measuring
from cli.running.asking import Workers
from cli.running.judging import judge_all
from cli.running.measuring import Ahead, ahead
from storage.index import Index

TITLES = 3


@pytest.fixture
def many(catalogue):
    """A catalogue of several titles that share nothing but their bytes, and one that cannot be read."""
    first = catalogue / "titles/small-film"
    for number in range(1, TITLES):
        shutil.copytree(first, catalogue / f"titles/film-{number}")
    for master in catalogue.glob("titles/*/masters/*"):
        os.utime(master, (1_700_000_000, 1_700_000_000))  # what changed just now may change again unseen
    (catalogue / "titles/broken").mkdir()
    (catalogue / "titles/broken/title.toml").write_text("names = 3\n", encoding="utf-8")
    return catalogue


def asked(root):
    catalogue = open_catalogue(root)
    return catalogue, judgement.Asked(judgement.platform_of(catalogue, "house"), None, None)


def told(reports):
    return sorted(
        (item.title_id, str(item.verdict), [found.fingerprint for found in item.findings]) for item in reports
    )


def test_the_same_as_one_after_the_other(many):
    catalogue, question = asked(many)
    reports, errors = judgement.judge_targets(catalogue, targets.named(catalogue, (), targets.Said()), question)
    with engines.Threads() as engine:
        outcomes = list(judge_all(catalogue, targets.named(catalogue, (), targets.Said()), question, engine))
    assert told(report for item in outcomes for report in item.reports) == told(reports)
    assert [str(item.error) for item in outcomes if item.error] == [str(error) for error in errors]
    assert sorted(item.number for item in outcomes) == list(range(TITLES + 1))


def test_what_workers_measured_is_kept_once(many, monkeypatch):
    catalogue, question = asked(many)
    with engines.Threads() as engine:
        list(judge_all(catalogue, targets.named(catalogue, (), targets.Said()), question, engine))
    with sqlite3.connect(many / ".releaseprint/state.sqlite") as state:
        assert state.execute("SELECT count(*) FROM measurement").fetchone() == (1,)  # the same bytes in every title
        assert state.execute("SELECT count(*) FROM file").fetchone()[0] >= TITLES
    state.close()

    def refuse(*_, **__):
        raise AssertionError("measured twice")

    monkeypatch.setattr("assets.measuring.run_isolated", refuse)
    with engines.Threads() as engine:
        again = list(judge_all(catalogue, targets.named(catalogue, (), targets.Said()), question, engine))
    assert not any("measured twice" in str(item.error) for item in again)


def test_a_disk_that_is_full_under_the_state_is_said_once_and_the_state_is_opened_anew(many, monkeypatch):
    opened, keep = [], Index.keep_verdicts

    def full_at_first(index, verdicts):
        opened.append(index)
        if len(opened) < TITLES:
            raise sqlite3.OperationalError("database or disk is full")
        keep(index, verdicts)

    monkeypatch.setattr(Index, "keep_verdicts", full_at_first)
    monkeypatch.setattr(Workers, "engine", lambda *_: engines.Threads())
    done = in_process.run("check", "--platform", "house", "-C", many)
    assert done.returncode == 3
    assert done.stderr.count("database or disk is full") == 1
    with sqlite3.connect(many / ".releaseprint/state.sqlite") as state:
        assert state.execute("SELECT count(DISTINCT title) FROM qc").fetchone() == (1,)
    state.close()


@pytest.mark.parametrize("room", ["handing", "measuring"])
def test_a_file_that_goes_while_a_task_is_made_is_of_its_title_alone(many, monkeypatch, room):
    catalogue, question = asked(many)

    def gone(path, _kept):
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr("assets.measuring.known" if room == "handing" else "cli.running.measuring.known", gone)
    monkeypatch.setattr("assets.measuring.run_isolated", gone)
    with engines.Threads() as engine:
        if room == "measuring":
            assert list(ahead(catalogue, engine, ["film-1", "film-2"], Ahead())) == ["film-1", "film-2"]
        else:
            said = list(judge_all(catalogue, targets.named(catalogue, (), targets.Said()), question, engine))
            assert sorted(item.number for item in said) == list(range(TITLES + 1))


def test_the_first_title_does_not_wait_until_all_were_looked_at(many, monkeypatch):
    catalogue, question = asked(many)
    judgement.judge_targets(catalogue, targets.named(catalogue, (), targets.Said()), question)
    monkeypatch.setattr("cli.running.measuring.LOOK_AHEAD", 2)
    looked = []
    ids = ["film-1", "broken", "film-2", "small-film"]
    with engines.Threads() as engine:
        ready = ahead(catalogue, engine, ids, Ahead(lambda title: not looked.append(title.id)))
        assert next(ready) == "film-1"
        assert looked == ["film-1"]  # the second cannot be read, and the third has no place in the line
        assert list(ready) == ids[1:]
        assert looked == ["film-1", "film-2", "small-film"]


def test_a_measured_title_does_not_wait_for_the_next_one_to_be_measured(many, monkeypatch):
    catalogue, question = asked(many)
    judgement.judge_targets(catalogue, targets.named(catalogue, ["film-1"], targets.Said()), question)
    with (many / "titles/film-2/masters/작은 영화.mp4").open("ab") as master:
        master.write(b"\0\0\0\x08free")  # other bytes
    taken, measure = threading.Event(), measuring.measure

    def late(*arguments):
        assert taken.wait(60)
        return measure(*arguments)

    monkeypatch.setattr(measuring, "measure", late)
    told = []
    with engines.Threads() as engine:
        ready = ahead(catalogue, engine, ["film-1", "film-2"], Ahead(told=told.append))
        assert next(ready) == "film-1"
        assert not told
        taken.set()
        assert list(ready) == ["film-2"]
    assert [done.fault for done in told] == [""]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_in_processes_of_its_own(many, jobs):
    run = CliRunner().invoke(
        group, ["check", "--platform", "house", "--jobs", jobs, "--json", "-C", str(many)], standalone_mode=False
    )
    assert run.return_value == 3, run.output
    assert [report["title"]["id"] for report in json.loads(run.stdout)] == ["film-1", "film-2", "small-film"]
    assert "titles/broken/title.toml" in run.stderr


@pytest.mark.slow
def test_check_on_a_cluster(many, tmp_path):
    with engines.dask_parts(tmp_path) as parts:
        options = ["--platform", "house", "--cluster", parts.address, "--json", "-C", str(many)]
        run = CliRunner().invoke(group, ["check", *options], standalone_mode=False)
    assert run.return_value == 3, run.output
    assert [report["title"]["id"] for report in json.loads(run.stdout)] == ["film-1", "film-2", "small-film"]


def test_jobs_and_cluster_do_not_go_together(catalogue):
    run = CliRunner().invoke(group, ["check", "--jobs", "2", "--cluster", "tcp://127.0.0.1:9", "-C", str(catalogue)])
    assert run.exit_code == 2
    assert "do not go together" in run.output
