"""Files go to a store and come back: whole, once, and whatever happens in between nothing is lost."""

import multiprocessing
import os
from pathlib import Path

import histories
import moto
import pytest
from store_cases import MOTO_ENVIRONMENT, use_environment

from assets import away, digest, history
from assets.catalogue import Catalogue, Config, StoreSettings
from assets.errors import InputError, Refused, StoreError, UsageError
from assets.history import keeping
from cli import fetching as cli_fetching
from cli.fetching import fetch
from cli.revisions import Said, restore
from cli.stowing import Order, stow
from storage import fetching, stowing
from storage.stores import open_store
from storage.stores.objects import object_key, object_url, open_object
from storage.stores.promised import PromisedFile, Stream

MASTER = b"the master" * 1000
SHA256 = digest.sha256_bytes(MASTER)
NAME = "masters/film.mov"
TO = "file:../archive"


def catalogue(root, **stores):
    return Catalogue(root, Config(stores={name: StoreSettings(url=url) for name, url in stores.items()}))


def write(root):
    """The title `thaw` with its master."""
    title = histories.write(root)
    place = title.folder / NAME
    place.parent.mkdir()
    place.write_bytes(MASTER)
    return title


def put_away(root, *names, to=TO, keep=False):
    return list(stow(catalogue(root), histories.read(root), names or (NAME,), Order(to, keep, "Kim")))


def bring_back(root, *names):
    return list(fetch(catalogue(root), histories.read(root), names))


def master(root):
    return root / "titles/thaw" / NAME


def stored(root):
    return root.parent / "archive" / object_key(SHA256)


@pytest.fixture
def root(tmp_path):
    write(tmp_path / "catalogue")
    return tmp_path / "catalogue"


def names_beside(path):
    return sorted(item.name for item in path.parent.iterdir()) if path.parent.exists() else []


def test_away_and_back(root):
    (done,) = put_away(root)
    assert done.reference.url == f"{TO}/sha256/{SHA256[:2]}/{SHA256}", "as it was said: relative"
    assert not master(root).exists()
    assert stored(root).read_bytes() == MASTER
    assert histories.read(root).versions[0].master.away.sha256 == SHA256
    assert "never measured" in done.note
    (again,) = put_away(root)
    assert (again.was_away, again.reference) == (True, done.reference)
    (back,) = bring_back(root)
    assert (back.name, back.is_new) == (NAME, True)
    assert master(root).read_bytes() == MASTER
    assert names_beside(master(root)) == ["film.mov"]
    assert bring_back(root) == [], "nothing is away"
    assert not bring_back(root, NAME)[0].is_new


def test_the_history_is_told(root):
    put_away(root)
    (made,) = history.revisions(histories.read(root))
    assert (made.asset, made.sha256, made.who, made.why) == ("original/master", SHA256, "Kim", f"stowed in {TO}")


def test_a_kept_file_is_in_both_places(root):
    put_away(root, keep=True)
    assert master(root).read_bytes() == stored(root).read_bytes() == MASTER
    put_away(root)
    assert not master(root).exists()
    assert len(histories.read(root).away) == 1


@pytest.mark.parametrize("name", ["master", "masters/film.mov", "original/master"])
def test_a_file_is_named_in_several_ways(root, name):
    assert put_away(root, name)[0].reference.name == NAME


def test_a_file_is_named_by_its_path(root, monkeypatch):
    monkeypatch.chdir(master(root).parent)
    assert put_away(root, "film.mov")[0].reference.name == NAME


def test_through_s3(root, monkeypatch):
    use_environment(monkeypatch, MOTO_ENVIRONMENT)
    with moto.mock_aws():
        open_store("s3://films", catalogue(root))._client.create_bucket(Bucket="films")
        (done,) = put_away(root, to="s3://films/보관/")
        assert done.reference.url == f"s3://films/보관/{object_key(SHA256)}"
        assert not master(root).exists()
        bring_back(root)
        assert master(root).read_bytes() == MASTER


@pytest.mark.parametrize(
    ("name", "to", "wrong"),
    [
        ("none.mov", TO, "'none.mov' is no file of thaw; files: masters/film.mov, subtitles/"),
        ("subtitles/en.srt", TO, "there is no such file; a regular file is stowed"),
        (NAME, "s3://key:geheim@films", "no bucket"),
        (NAME, "file:archive?geheim", "may hold a secret"),
        (NAME, "shelf", "there is no store 'shelf'"),
    ],
)
def test_what_cannot_be_stowed_is_said(root, name, to, wrong):
    with pytest.raises(UsageError, match=wrong) as caught:
        put_away(root, name, to=to)
    assert "geheim@" not in str(caught.value)
    assert master(root).read_bytes() == MASTER


def test_a_link_is_not_stowed(root):
    target = master(root).rename(root / "titles/thaw/other.mov")
    master(root).symlink_to(target)
    with pytest.raises(UsageError, match="is a symbolic link"):
        put_away(root)


def test_a_change_that_nobody_announced_is_not_stowed(root):
    put_away(root, keep=True)
    master(root).write_bytes(b"other")
    with pytest.raises(Refused, match="other bytes than original/master@1; `releaseprint announce`"):
        put_away(root)
    assert master(root).read_bytes() == b"other"


def test_a_file_that_changes_while_it_is_sent_stays(root, monkeypatch):
    def changing(sent, _store, _progress):
        os.utime(sent.file.path, (1, 1))

    monkeypatch.setattr(stowing, "put", changing)
    with pytest.raises(InputError, match="was changed while it was sent"):
        put_away(root)
    assert master(root).read_bytes() == MASTER
    assert not (root / "titles/thaw/away.toml").exists()


class Forgetful:
    """A store that gives other bytes back than it was given."""

    url = "forgetful:"

    def __init__(self, store):
        self.store = store

    def __getattr__(self, name):
        return getattr(self.store, name)

    def get(self, key):
        yield b"".join(self.store.get(key))[:-1] + b"?"


def test_a_store_that_does_not_keep_its_word_keeps_no_reference(root, monkeypatch):
    monkeypatch.setattr("cli.stowing.open_store", lambda *where, **_: Forgetful(open_store(*where)))
    with pytest.raises(StoreError, match=r"holds other bytes than it was given; masters/film.mov stays here"):
        put_away(root)
    assert master(root).read_bytes() == MASTER
    assert not (root / "titles/thaw/away.toml").exists()


def test_nothing_goes_where_anybody_can_read_it(root, monkeypatch):
    def is_open(_store):
        raise StoreError("s3://films: anybody can read what is stored here")

    monkeypatch.setattr("cli.life.exposure.require_private", is_open)
    with pytest.raises(StoreError, match="anybody can read"):
        put_away(root)
    assert master(root).exists()
    assert not stored(root).exists()


def test_a_damaged_object_is_sent_anew(root):
    stored(root).parent.mkdir(parents=True)
    stored(root).write_bytes(MASTER[:-1] + b"?")
    put_away(root)
    assert stored(root).read_bytes() == MASTER


def test_another_file_is_never_written_over(root):
    put_away(root)
    master(root).write_bytes(b"other")
    with pytest.raises(Refused, match="another file lies there; it is left as it is"):
        bring_back(root, NAME)
    assert master(root).read_bytes() == b"other"


@pytest.mark.parametrize("data", [MASTER[:-1] + b"?", MASTER[:-1], MASTER + b"?", b""])
def test_other_bytes_never_get_the_name(root, data):
    put_away(root)
    stored(root).write_bytes(data)
    with pytest.raises(StoreError, match=r"holds other bytes than away.toml says; nothing was fetched"):
        bring_back(root)
    assert names_beside(master(root)) == []


def test_no_more_is_written_than_was_promised(root, monkeypatch):
    put_away(root)
    blocks = iter([MASTER, b"?", b"?"])
    monkeypatch.setattr("storage.stores.folder.FolderStore.get", lambda *_: blocks)
    with pytest.raises(StoreError):
        bring_back(root)
    assert next(blocks) == b"?", "the last one was not asked for"


def test_a_file_that_is_fetched_already_is_left_to_whoever_does(root):
    (done,) = put_away(root)
    with (
        fetching._incoming(master(root).parent, done.reference),
        pytest.raises(InputError, match="another process is fetching it"),
    ):
        bring_back(root)
    assert bring_back(root)[0].is_new


def test_what_a_kill_left_with_two_names_is_not_emptied(root):
    """The same bytes under another name of the title: the half-done name leads to them."""
    (done,) = put_away(root)
    left = master(root).parent / f"{fetching.INCOMING}{SHA256}"
    other = master(root).with_name("other.mov")
    other.write_bytes(MASTER)
    os.link(other, left)
    assert bring_back(root)[0].is_new
    assert other.read_bytes() == master(root).read_bytes() == MASTER
    os.link(master(root), left)
    assert not bring_back(root, NAME)[0].is_new
    assert names_beside(master(root)) == ["film.mov", "other.mov"]
    assert done.reference.sha256 == SHA256


def test_a_folder_that_leads_out_of_the_catalogue_is_not_written_to(root, tmp_path):
    (done,) = put_away(root)
    (tmp_path / "out").mkdir()
    (root / "out").symlink_to(tmp_path / "out")
    store = open_object(done.reference.url, catalogue(root))
    with pytest.raises(UsageError, match="lies outside the catalogue"):
        fetching.fetch(done.reference, store, root / "out" / "film.mov", root, lambda _: None)
    assert list((tmp_path / "out").iterdir()) == []


def test_an_older_revision_is_fetched_and_restored(root, tmp_path):
    put_away(root)
    new = tmp_path / "new.mov"
    new.write_bytes(b"better")
    title = histories.read(root)
    file = title.versions[0].master
    history.replace_file(root, title, "original/master", file, new, who="Kim", why="better", note="", at=histories.WHEN)
    keeping.place(root, SHA256).unlink()
    with pytest.raises(InputError, match="`releaseprint fetch thaw original/master@1` brings them"):
        restore(catalogue(root), title, "master@1", Said("back", who="Kim"))
    (done,) = bring_back(root, "master@1")
    assert (done.name, done.is_new) == ("original/master@1", True)
    assert keeping.place(root, SHA256).stat().st_mode & 0o777 == 0o444
    restore(catalogue(root), title, "master@1", Said("back", who="Kim"))
    assert master(root).read_bytes() == MASTER


@pytest.mark.parametrize("name", ["subtitles/한국어.srt", "ko@1"])
def test_what_is_not_away_cannot_be_fetched(root, name):
    histories.record(histories.read(root))
    with pytest.raises(UsageError, match=r"away.toml of thaw does not say where its bytes are"):
        bring_back(root, name)


def test_a_reference_of_a_named_store_has_the_url_and_is_opened_with_its_settings(tmp_path):
    known = catalogue(tmp_path, tape="file:archive", deep="file:archive/deep")
    url = object_url("deep", "sha256/ab/c", known)
    assert url == "file:archive/deep/sha256/ab/c"
    store, key = open_object(url, known)
    assert (store.url, key) == (f"file:{tmp_path}/archive/deep", "sha256/ab/c")
    store, key = open_object("file:other/x", known)
    assert (store.url, key) == (f"file:{tmp_path}/other", "x")
    store, key = open_object("file:x", known)
    assert (store.url, key) == (f"file:{tmp_path}", "x")


@pytest.mark.parametrize("size", [0, 1, 3, 7, 10_000, -1])
def test_a_stream_is_read_like_a_file(size):
    blocks = [MASTER[:4], b"", MASTER[4:5], MASTER[5:]]
    found = b""
    with PromisedFile(Stream("there", len(MASTER), lambda: iter(blocks)), SHA256) as file:
        assert file.size == len(MASTER)
        while data := file.read(size or 5):
            found += data
    assert found == MASTER


@pytest.mark.parametrize("blocks", [[MASTER[:-1] + b"?"], [MASTER[:-1]], [MASTER, b"?"]])
def test_a_stream_of_other_bytes_is_not_kept(tmp_path, blocks):
    store = open_store("file:store", catalogue(tmp_path))
    with pytest.raises(StoreError, match="there: "):
        store.put_file("a", Stream("there", len(MASTER), lambda: iter(blocks)), SHA256, lambda _: None)
    assert store.head("a") is None


class Stopped(BaseException):
    """Stands for a kill: nothing that handles errors handles it."""


STEPS = (
    (os, "link"),
    (os, "fsync"),
    (os, "write"),
    (os, "ftruncate"),
    (os, "replace"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "mkdir"),
)


def stop_at(number, monkeypatch, *, after):
    """Stop at the call of that number among all that write, and do nothing any more; `after` its work, or before."""
    calls = []
    for place, name in STEPS:
        original = getattr(place, name)

        def step(*arguments, original=original, **how):
            calls.append(original)
            if len(calls) > number or (len(calls) == number and not after):
                raise Stopped
            result = original(*arguments, **how)
            if len(calls) == number:
                raise Stopped
            return result

        monkeypatch.setattr(place, name, step)
    return calls


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("work", [put_away, bring_back])
def test_stopped_at_each_step_and_repeated(tmp_path, monkeypatch, after, work):
    stops = 0
    for number in range(1, 100):
        here = tmp_path / str(number) / "catalogue"
        write(here)
        if work is bring_back:
            put_away(here)
        with monkeypatch.context() as patch:
            calls = stop_at(number, patch, after=after)
            try:
                work(here)
            except Stopped:
                stops += 1
        if master(here).exists():
            assert master(here).read_bytes() == MASTER, "whole or not at all"
        else:
            assert histories.read(here).versions[0].master.away.sha256 == SHA256
            assert stored(here).read_bytes() == MASTER
        work(here)
        assert master(here).exists() is (work is bring_back)
        assert names_beside(master(here)) == (["film.mov"] if work is bring_back else [])
        assert len(histories.read(here).away) == 1
        assert len(history.revisions(histories.read(here))) == 1
        if len(calls) < number:
            break
    assert stops >= 5


def test_references_are_found_by_digest(root):
    put_away(root)
    title = histories.read(root)
    assert cli_fetching.reference_of(title, SHA256) == away.newest(title.away)[NAME]
    assert cli_fetching.reference_of(title, "0" * 64) is None


def test_processes_at_once_lose_no_reference(root):
    title = histories.read(root)
    names = [file.name for file in title.files()]
    for file in title.files():
        file.path.parent.mkdir(exist_ok=True)
        file.path.write_bytes(file.name.encode())
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=put_away, args=(root, name)) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    title = histories.read(root)
    assert {item.name for item in title.away} == set(names)
    assert {item.name for item in history.revisions(title)} == set(names)
    assert len(bring_back(root)) == len(names)
    assert all(file.path.read_bytes() == file.name.encode() for file in title.files())
