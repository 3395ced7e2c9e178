"""What only a folder store has to prove: links, rests of killed runs, file systems that cannot do everything."""

import errno
import fcntl
import os
import time
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import catalogue, file_of, sha256

from assets.errors import StoreError
from storage.stores import open_store
from storage.stores.folder import INCOMING


@pytest.fixture
def root(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def store(root):
    return open_store(f"file:{root}", catalogue(root.parent))


def _keys(store):
    return [item.key for item in store.list()]


def _failing(error_number):
    def fail(*_, **__):
        raise OSError(error_number, os.strerror(error_number))

    return fail


def test_nothing_is_made_before_the_first_object(store, root):
    assert (_keys(store), store.head("a")) == ([], None)
    assert not root.exists()
    store.put_bytes("a/b.json", b"{}")
    assert (root / "a/b.json").read_bytes() == b"{}"
    assert list((root / INCOMING).iterdir()) == []


def test_a_name_is_a_file_or_a_folder_but_not_both(store, tmp_path):
    path, data = file_of(tmp_path, 5)
    store.put_bytes("a", b"file")
    store.put_bytes("b/c", b"in a folder")
    for call in (
        lambda: store.put_bytes("a/b", b""),
        lambda: store.put_bytes("a/b/c", b"", only_if_absent=True),
        lambda: store.put_file("a/b", path, sha256(data), lambda _: None),
        lambda: store.put_bytes("b", b""),
        lambda: store.put_bytes("b", b"", only_if_absent=True),
        lambda: store.put_file("b", path, sha256(data), lambda _: None),
    ):
        with pytest.raises(StoreError, match="an object cannot be a folder of other objects"):
            call()
    assert _keys(store) == ["a", "b/c"]
    assert store.head("b") is store.head("a/b") is None
    assert not store.holds("b", 0, sha256(b""))


@pytest.mark.parametrize("inside", [False, True])
def test_no_link_is_followed(store, root, tmp_path, inside):
    target = (root if inside else tmp_path) / "elsewhere"
    target.mkdir(parents=True)
    (target / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "x").mkdir(parents=True)
    (root / "x/folder").symlink_to(target, target_is_directory=True)
    (root / "x/file.txt").symlink_to(target / "secret.txt")
    (root / "x/dangling.txt").symlink_to(target / "new.txt")
    for key in ("x/folder/secret.txt", "x/folder/new.txt", "x/file.txt", "x/dangling.txt"):
        for call in (store.get, store.head, lambda key: store.holds(key, 6, ""), lambda key: store.put_bytes(key, b"")):
            with pytest.raises(StoreError, match="is a symbolic link; allowed are real files and folders"):
                call(key)
    assert sorted(path.name for path in target.iterdir()) == ["secret.txt"]
    assert [key for key in _keys(store) if key.startswith("x/")] == []


def test_rests_of_killed_runs_are_not_seen_and_go_when_they_are_old(store, root):
    (root / INCOMING).mkdir(parents=True)
    fresh, old = root / INCOMING / "fresh", root / INCOMING / "old"
    for path in (fresh, old):
        path.write_bytes(b"half of a ma")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    store.put_bytes("a.json", b"{}")
    store.put_bytes(f"b/{INCOMING}/c", b"an odd name, and a key like any other")
    assert _keys(store) == ["a.json", f"b/{INCOMING}/c"]
    assert fresh.exists()
    assert not old.exists()
    for call in (store.head, store.get, lambda key: store.put_bytes(key, b"")):
        with pytest.raises(StoreError, match="is for files that are being written"):
            call(f"{INCOMING}/fresh")


def test_what_another_run_still_writes_is_left_however_old_it_is(store, root):
    (root / INCOMING).mkdir(parents=True)
    path, folder = root / INCOMING / "stalled", root / INCOMING / "folder"
    folder.mkdir()
    with path.open("wb") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        os.utime(path, (0, 0))
        os.utime(folder, (0, 0))
        store.put_bytes("a.json", b"{}")
        assert path.exists()
    store.put_bytes("b.json", b"{}")
    assert not path.exists()
    assert folder.exists()


@pytest.mark.parametrize(
    ("number", "text"),
    [(errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "quota"), (errno.EIO, "Input/output error; see that")],
)
def test_what_the_disk_says_is_said_in_words(store, root, monkeypatch, number, text):
    path, data = file_of(root.parent, 5)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _failing(number))
        for call in (
            lambda: store.put_bytes("a", b"x"),
            lambda: store.put_file("a", path, sha256(data), lambda _: None),
        ):
            with pytest.raises(StoreError, match=text) as caught:
                call()
            assert caught.value.__cause__.errno == number
    assert _keys(store) == []
    assert list((root / INCOMING).iterdir()) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_that_may_not_be_written_is_said_so(store, monkeypatch, number):
    monkeypatch.setattr(os, "mkdir", _failing(number))
    with pytest.raises(StoreError, match=r"permission denied; the folder must be|the file system is read-only"):
        store.put_bytes("a", b"x")


def test_a_file_where_the_folder_should_be(store, root):
    root.write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be a folder"):
        store.put_bytes("a", b"x")
    with pytest.raises(StoreError, match="cannot be a folder"):
        _keys(store)


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_only_if_absent_also_where_there_are_no_hard_links(store, monkeypatch, number):
    monkeypatch.setattr(os, "link", _failing(number))
    assert store.put_bytes("a", b"first", only_if_absent=True)
    assert not store.put_bytes("a", b"second", only_if_absent=True)
    assert b"".join(store.get("a")) == b"first"


def test_a_store_that_went_through_a_mac_is_still_found(store, root):
    nfc, nfd = (unicodedata.normalize(form, "東京/パラサイト 기생충.mov") for form in ("NFC", "NFD"))
    (root / nfd).parent.mkdir(parents=True)
    (root / nfd).write_bytes(b"copied")
    assert _keys(store) == [nfc]
    assert b"".join(store.get(nfc)) == b"copied"
    store.put_bytes(nfc, b"again")
    assert not store.put_bytes(nfc, b"", only_if_absent=True)
    assert (root / nfd).read_bytes() == b"again"
    assert _keys(store) == [nfc]


NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12).filter(
    lambda name: not set(name) & set("/\\:") and name not in {".", ".."}
)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(parts=st.lists(NAMES, min_size=1, max_size=3), data=st.binary(max_size=20))
def test_any_visible_name_is_a_key(store, parts, data):
    key = "/".join(["any", str(len(parts)), *parts, "object"])
    nfc = unicodedata.normalize("NFC", key)
    store.put_bytes(key, data)
    assert b"".join(store.get(nfc)) == data
    assert nfc in _keys(store)
    assert _keys(store) == sorted(_keys(store))
