"""Where workers read what is away: by links and at places, of which stores, and what then becomes of a title."""

import json
import os
import shutil
import threading
from pathlib import Path
from urllib.parse import urlsplit

import engines
import in_process
import pytest
import range_server

from assets.catalogue import Catalogue, Config, StoreSettings, open_catalogue
from assets.distant.link import Link, Place
from assets.errors import StoreError, UsageError
from assets.title import Away
from cli import judgement, targets
from cli.running import handing
from cli.running.handing import Handed
from cli.running.judging import judge_all
from cli.running.measuring import Ahead, ahead
from cli.running.runner import RENEWED
from storage import lending
from storage.lending import Lending
from storage.state import open_state

NAME = "masters/작은 영화.mp4"


@pytest.fixture
def keys(monkeypatch):
    """Credentials that open nothing."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "RELEASEPRINT_S3_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key-of-the-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim-of-the-tests")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def away(url):
    return Away("small-film", NAME, "ab" * 32, 7, url, judgement.now())


def lent(url, root=Path("/none"), **settings):
    stores = {"archive": StoreSettings(url="s3://films/보관", **settings)}
    return Lending(Catalogue(root, Config(stores=stores)))(away(url))


@pytest.mark.usefixtures("keys")
def test_a_link_is_to_one_object_of_its_store_and_ends():
    link = lent("s3://films/보관/영화", endpoint="https://store.example", region="kr", path_style=True)
    assert isinstance(link, Link)
    assert link.url.startswith("https://store.example/films/%EB%B3%B4%EA%B4%80/%EC%98%81%ED%99%94?")
    assert "X-Amz-Expires=86400" in link.url
    assert (link.shown, link.size, link.sha256) == ("s3://films/보관/영화", 7, "ab" * 32)
    assert not [word for word in ("X-Amz", "geheim", "key-of-the-tests") if word in repr(link)]


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("us-east-1", "films.s3.amazonaws.com"),
        ("ap-northeast-2", "films.s3.ap-northeast-2.amazonaws.com"),
        ("ap-east-1", "films.s3.ap-east-1.amazonaws.com"),
        ("cn-north-1", "films.s3.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_a_link_leads_to_the_region_of_the_bucket(region, host):
    """The host of all regions would send whoever reads a new bucket elsewhere, where the signature does not hold."""
    for _ in range(2):
        url = lent("s3://films/보관/a", region=region).url
        assert urlsplit(url).hostname == host
        assert f"%2F{region}%2Fs3%2Faws4_request" in url


@pytest.mark.usefixtures("keys")
def test_no_link_to_another_host_is_given_away(monkeypatch):
    monkeypatch.setattr("storage.stores.s3_lending.presigned", lambda *_: "https://elsewhere.example/a?geheim")
    with pytest.raises(StoreError, match="s3://films/보관/a: its store gives no links to what it holds"):
        lent("s3://films/보관/a", endpoint="https://store.example", region="kr")


def test_the_object_of_a_folder_is_a_place(tmp_path):
    assert lent("file:../archive/ab", tmp_path / "a") == Place(
        tmp_path / "archive/ab", "file:../archive/ab", 7, "ab" * 32
    )
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/ab").symlink_to("/etc/passwd")
    with pytest.raises(StoreError, match="symbolic link"):
        lent("file:../archive/ab", tmp_path / "a")


def test_a_store_that_cannot_be_is_told_of(tmp_path):
    with pytest.raises(UsageError):
        lent("s3://a/b", tmp_path)


def test_a_worker_reads_by_the_link_it_was_lent_and_then_by_its_own():
    ours, own = Link("http://a?geheim", "s3://a/b", 7, "ab" * 32), Link("http://b?geheim", "s3://a/b", 7, "ab" * 32)
    source = Handed(lent={"ab" * 32: ours}).sources(lambda _away: own)
    assert [source(away("s3://a/b")) for _ in range(3)] == [ours, own, own]

    def fail(_away):
        raise StoreError("no credentials")

    assert handing.lent(away("s3://a/b"), fail) == {}, "the worker may have what the coordinator has not"
    assert handing.lent(away("s3://a/b"), lambda _away: ours) == {"ab" * 32: ours}


@pytest.fixture
def stowed(catalogue):
    """A title whose master lies in a folder beside the catalogue alone, and was never measured."""
    done = in_process.run("stow", "small-film", "master", "--to", "file:../archive", "--who", "Kim", "-C", catalogue)
    assert "it was never measured: the next check reads it there" in done.stderr
    assert not list((catalogue / "titles/small-film/masters").iterdir())
    return catalogue


def test_a_master_in_a_folder_is_checked_and_delivered_without_being_here(stowed):
    done = in_process.run("check", "small-film", "--json", "-C", stowed)
    assert done.returncode == 0, done.stderr
    (report,) = json.loads(done.stdout)
    assert not [item for item in report["not_checked"] if item["asset"] == NAME]
    with open_state(stowed) as state:
        assert state.measured({item["name"]: item["sha256"] for item in report["assets"]}[NAME])
    assert in_process.run("deliver", "--territory", "KR", "-C", stowed).returncode == 0
    assert not list((stowed / "titles/small-film/masters").iterdir())


def test_in_a_hurry_it_is_not_read(stowed):
    done = in_process.run("check", "small-film", "--quick", "--json", "-C", stowed)
    assert done.returncode == 3
    reasons = {item["reason"] for item in json.loads(done.stdout)[0]["not_checked"] if item["asset"] == NAME}
    assert reasons == {reason for reason in reasons if reason.endswith("brings it back")}


@pytest.mark.parametrize("damage", ["other", "shorter", "gone"])
def test_what_lies_there_instead_is_no_fault_of_the_film_and_no_pass(stowed, damage):
    (path,) = (stowed.parent / "archive").glob("sha256/*/*")
    data = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(data[:-1] + (b"?" if damage == "other" else b""))
    done = in_process.run("check", "small-film", "--json", "-C", stowed)
    assert done.returncode == 3
    (report,) = json.loads(done.stdout)
    (reason,) = {item["reason"] for item in report["not_checked"] if item["asset"] == NAME and item["required"]}
    told = {"other": "its bytes are not those that away.toml says", "shorter": "it has ", "gone": "cannot be read"}
    assert f"; it could not be measured there: {told[damage]}" in reason
    assert not [item for item in report["findings"] if item["asset"] == NAME]
    done = in_process.run("deliver", "--territory", "KR", "--json", "-C", stowed)
    assert (done.returncode, json.loads(done.stdout)[0]["state"]) == (3, "refused")


def test_the_right_bytes_that_are_no_film_are_found_fault_with(catalogue):
    (catalogue / "titles/small-film" / NAME).write_bytes(b"no film" * 1000)
    in_process.run("stow", "small-film", "master", "--to", "file:../archive", "--who", "Kim", "-C", catalogue)
    done = in_process.run("check", "small-film", "--json", "-C", catalogue)
    (report,) = json.loads(done.stdout)
    assert [item["check"] for item in report["findings"] if item["asset"] == NAME] == ["master/unreadable"]


@pytest.fixture
def linked(stowed, monkeypatch):
    """The same master behind links of a server, of which workers have none of their own; its shelf."""
    (path,) = (stowed.parent / "archive").glob("sha256/*/*")
    with range_server.serving(path.read_bytes()) as shelf:
        given = []

        def lend(_self, reference):
            if threading.current_thread() is not threading.main_thread():
                raise StoreError("no credentials here")
            given.append(reference.url)
            return shelf.link(shown=reference.url, url=f"{shelf.address}/{len(given)}?{range_server.SIGNED}")

        monkeypatch.setattr(lending.Lending, "__call__", lend)
        shutil.rmtree(stowed.parent / "archive")
        yield stowed, shelf


def test_a_task_brings_its_link_along(linked):
    root, shelf = linked
    catalogue = open_catalogue(root)
    asked = judgement.Asked(judgement.platform_of(catalogue, "house"), None, None)
    with engines.Threads() as engine:
        (done,) = judge_all(catalogue, targets.named(catalogue, (), targets.Said()), asked, engine)
    assert done.reports[0].verdict == "pass"
    with open_state(root) as state:
        assert state.measured(shelf.link().sha256)
    assert b"Signature" not in (root / ".releaseprint/state.sqlite").read_bytes()


def test_what_is_measured_ahead_is_measured_there(linked):
    root, shelf = linked
    told = []
    with engines.Threads() as engine:
        assert list(ahead(open_catalogue(root), engine, ["small-film"], Ahead(told=told.append))) == ["small-film"]
    assert not told[0].fault
    assert told[0].task.key == shelf.link().sha256
    assert "geheim" not in repr(told)
    with open_state(root) as state:
        assert state.measured(shelf.link().sha256)


ENDED = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"


def ends(shelf, number):
    """Have the links up to that number end before anything is read by them."""

    def fault(_asked, handler):
        link = int(handler.path.strip("/").partition("?")[0])
        return link <= number and (handler.answer(403, ENDED) or True)

    shelf.fault = fault


@pytest.mark.parametrize("how", ["ahead", "judged"])
def test_for_a_link_that_ends_in_the_middle_the_task_is_given_another(linked, how):
    root, shelf = linked
    ends(shelf, 2)
    done, outcome = measured_there(root, how)
    assert (done.tries, done.fault, outcome) == (3, "", "pass")
    with open_state(root) as state:
        assert state.measured(shelf.link().sha256)


@pytest.mark.parametrize("how", ["ahead", "judged"])
def test_links_that_always_end_too_soon_are_told(linked, how):
    root, shelf = linked
    ends(shelf, 99)
    done, outcome = measured_there(root, how)
    told = "the link to it has ended (403 AccessDenied), and there is no other"
    assert done.tries == 1 + RENEWED
    assert told in (done.fault if how == "ahead" else outcome)
    assert "geheim" not in repr(done) + outcome


def measured_there(root, how):
    """What became of the last task, and of the title: its verdict, or why its master was not checked."""
    catalogue = open_catalogue(root)
    asked = judgement.Asked(judgement.platform_of(catalogue, "house"), None, None)
    with engines.Threads() as engine:
        if how == "ahead":
            told = []
            list(ahead(catalogue, engine, ["small-film"], Ahead(told=told.append)))
            ((report,), _) = judgement.judge_targets(catalogue, targets.named(catalogue, (), targets.Said()), asked)
            (done,) = told
        else:
            (found,) = judge_all(catalogue, targets.named(catalogue, (), targets.Said()), asked, engine)
            done, (report,) = found.done, found.reports
    reasons = [item.reason for item in report.not_checked if item.asset == NAME]
    return done, reasons[0] if reasons else str(report.verdict)
