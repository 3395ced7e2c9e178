"""Sources that change under the upload, manifests that lie, buckets that somebody else writes into."""

import json
import os
import shutil
import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from packaged import plan_of, reports, store_of
from titles import NOW

from assets.digest import sha256_bytes
from assets.errors import Refused, StoreError
from assets.package_settings import KeysRecord, PackageRecord
from storage import embargo, package_keys, receipts, records, sending, verify
from storage import package as packaging
from storage import plan as planning
from storage.deliver import Ordered, deliver
from storage.manifests import own
from storage.manifests.own import NotAManifestError
from storage.records import Subject, What
from storage.stores import small
from storage.stores.small import TooLargeError

ORDERED = Ordered(NOW, "worldwide")
DEEP = b"[" * 200_000
GARBAGE = {
    "nothing": b"",
    "not UTF-8": b'{"schema": "\xff"}',
    "UTF-16": '{"schema": "releaseprint/manifest/1"}'.encode("utf-16"),
    "no JSON": b"<html>",
    "another shape": b"[1, 2]",
    "deep": DEEP,
    "deep objects": b'{"a":' * 100_000,
    "infinite": b'{"sent": {"files": 1e999, "bytes": Infinity}}',
    "a name twice": b'{"schema": 1, "schema": 2}',
    "half a pair": b'{"schema": "\\ud800"}',
}
NAMES = {
    "control": "\x1b]0;owned\x07.json",
    "bidi": "\u202emoc.json",
    "line": "a\nb.json",
    "NFD": unicodedata.normalize("NFD", "영수증.json"),
    "plain": "20261121T120000Z-00000000.json",
}


def nothing(_count):
    """No progress."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A plan whose files nobody changes."""
    return plan_of(tmp_path_factory.mktemp("title"), ("own",))


@pytest.fixture
def store(tmp_path):
    (tmp_path / "releaseprint.toml").touch()
    return store_of(tmp_path)


def root_of(store):
    return Path(store.url.removeprefix("file:"))


def put(store, key, data):
    """An object as somebody else puts it: under any key that the file system takes."""
    path = root_of(store) / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def ship(plan, store):
    return deliver(plan, store, reports, ORDERED, nothing)


def require_whole(plan, store):
    """One package, whole, with a receipt of its own."""
    (standing,) = [item for item in verify.packages(store)[0] if item.prefix == packaging.prefix_of(plan)]
    result = verify.verify(store, standing, nothing)
    assert [line for line in result.wrong if not line.startswith("_receipts/")] == []
    (account,) = receipts.accounts(store, standing.prefix)[0]
    assert [event.what for event in account.events] == [What.DELIVERED]


# --- what is sent ---


def master_of(plan):
    return next(file for file in plan.files if file.kind == "master")


def as_pipe(path, _data):
    path.unlink()
    os.mkfifo(path)


def as_folder(path, _data):
    path.unlink()
    path.mkdir()


def as_link_out(path, _data):
    outside = path.parents[3] / "secret"
    outside.write_bytes(b"secret")
    path.unlink()
    path.symlink_to(outside)


def as_device(path, _data):
    path.unlink()
    path.symlink_to("/dev/zero")


def as_loop(path, _data):
    path.unlink()
    path.symlink_to(path)


def shorter(path, data):
    path.write_bytes(data[:-1])


def longer(path, data):
    path.write_bytes(data + b"!")


def other_bytes_same_times(path, data):
    before = path.stat()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES = [as_pipe, as_folder, as_link_out, as_device, as_loop, shorter, longer, other_bytes_same_times, Path.unlink]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_is_not_the_file_that_was_checked_does_not_leave(tmp_path, store, change):
    plan = plan_of(tmp_path, ("own",))
    path = master_of(plan).path
    data = path.read_bytes()
    if change is Path.unlink:
        path.unlink()
    else:
        change(path, data)
    with pytest.raises(StoreError, match=r"영화\.mov: (the file was changed|is no regular file|cannot be read)"):
        ship(plan, store)
    assert verify.packages(store) == ([], [])
    assert not [item.key for item in store.list() if "masters" in item.key or "_receipts" in item.key]
    if path.is_symlink() or path.exists():
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    path.write_bytes(data)
    ship(plan, store)
    require_whole(plan, store)


@pytest.mark.parametrize("how", ["grows for ever", "shrinks", "changes behind the reader"])
def test_a_file_that_changes_while_it_is_read(tmp_path, store, how):
    path = tmp_path / "master.mov"
    block = 8 << 20
    data = bytes(2 * block + 5)
    path.write_bytes(data)
    told = []

    def change(count):
        told.append(count)
        with path.open("r+b") as file:
            if how == "shrinks":
                file.truncate(block)
            else:
                file.seek(0, os.SEEK_END if how == "grows for ever" else os.SEEK_SET)
                file.write(b"!" * (block if how == "grows for ever" else 1))

    if how == "changes behind the reader":
        store.put_file("a/master.mov", path, sha256_bytes(data), change)
        assert store.holds("a/master.mov", len(data), sha256_bytes(data)), "the bytes that were checked are there"
        return
    with pytest.raises(StoreError, match="the file was changed after it was hashed"):
        store.put_file("a/master.mov", path, sha256_bytes(data), change)
    assert len(told) <= 3, "a file that grows is not followed"
    assert list(store.list()) == []


def test_keys_that_no_file_system_takes_are_refused_before_anything_is_sent():
    faults = "\n".join(
        package_keys.key_faults(["masters/" + "가" * 86, "/etc/passwd", "a/../../b", "a/\u202eb", "x" * 9])
    )
    assert [line.count("\n") for line in faults.split("\n")] == [0, 0, 0, 0]
    assert "at most 255 bytes" in faults
    assert "without .." in faults
    assert "control or invisible" in faults


def test_names_of_any_source_become_plain_keys():
    long = package_keys.safe_name("../" * 300 + "한" * 341 + "\u202e\u200b\x07.mov")
    assert set(long) <= set("한_.mov")
    assert package_keys.safe_name("/dev/zero") == "zero"
    assert package_keys.safe_name("..") == "_"
    twins = {package_keys.safe_name(unicodedata.normalize(form, "영화 が.mov")) for form in ("NFC", "NFD")}
    assert twins == {"영화_が.mov"}


def test_twins_in_nfc_and_nfd_are_kept_apart(plan):
    """Two files whose names are one key: each has a key of its own, or the platform's own templates are refused."""
    master = master_of(plan)
    twin = replace(master, sha256="f" * 64)
    keys = [file.key for file in planning._without_clashes([master, twin], plan.platform)]
    assert keys == ["masters/ko/영화.mov", "masters/ko/영화.ffffffff.mov"]
    keyed = replace(plan.platform, package=PackageRecord(keys=KeysRecord(master="m/{name}")))
    with pytest.raises(Refused, match="two files would have this key"):
        planning._without_clashes([master, twin], keyed)


def test_the_same_bytes_in_two_languages_are_two_files(plan):
    """A manifest has one language a key: none may be lost because two tracks happen to be alike."""
    first = replace(master_of(plan), key="subs/각.vtt", kind="subtitles", language="ja")
    second = replace(first, language="fr")
    assert planning._without_clashes([first, first], plan.platform) == [first]
    kept = planning._without_clashes([first, second], plan.platform)
    assert [(file.language, file.key) for file in kept] == [
        ("ja", "subs/각.vtt"),
        ("fr", f"subs/각.{first.sha256[:8]}.vtt"),
    ]
    keyed = replace(plan.platform, package=PackageRecord(keys=KeysRecord(subtitles="subs/{name}")))
    with pytest.raises(Refused, match="two files would have this key"):
        planning._without_clashes([first, second], keyed)


# --- a manifest that lies ---


@pytest.fixture(scope="module")
def manifest(plan):
    return json.loads(packaging.build(plan, reports(NOW), "2026-11-21T12:00:00Z").manifest)


def sealed(whole):
    """The manifest with the id of its content, as somebody makes it who knows how."""
    try:
        return json.dumps(whole | {"package": own._id_of(whole)}, ensure_ascii=False).encode()
    except (KeyError, TypeError):
        return json.dumps(whole).encode()


LIES = {
    "no size": ("size", -1),
    "half a byte": ("size", 1.5),
    "a truth for a size": ("size", True),
    "no digest": ("sha256", "x" * 64),
    "capitals": ("sha256", "A" * 64),
    "a number for a digest": ("sha256", 7),
    "outside": ("key", "../../secret"),
    "absolute": ("key", "/etc/passwd"),
    "a drive": ("key", "C:/x"),
    "backslashes": ("key", "..\\..\\secret"),
    "dots": ("key", "a/./b"),
    "empty parts": ("key", "a//b"),
    "a folder": ("key", "a/"),
    "control": ("key", "a\x1b[2Jb"),
    "bidi": ("key", "a\u202eb"),
    "NFD": ("key", unicodedata.normalize("NFD", "영화.mov")),
    "too long": ("key", "/".join(["a" * 200] * 6)),
    "a name too long": ("key", "a" * 300),
    "itself": ("key", "Manifest.json"),
    "the checksums": ("key", "SHA256SUMS"),
    "no key": ("key", None),
}


@pytest.mark.parametrize(("field", "value"), LIES.values(), ids=LIES.keys())
def test_files_that_cannot_be_are_no_manifest(manifest, field, value):
    files = [manifest["files"][0] | {field: value}, *manifest["files"][1:]]
    with pytest.raises(NotAManifestError, match="is no manifest of a package"):
        own.read(sealed(manifest | {"files": files}), "x")


@pytest.mark.parametrize(
    "changes",
    [
        {"judged_at": "yesterday"},
        {"judged_at": "2026-11-21T12:00:00+09:00"},
        {"judged_at": None},
        {"files": {}},
        {"files": 7},
        {"title": []},
        {"package": "0" * 63},
    ],
    ids=str,
)
def test_fields_that_cannot_be_are_no_manifest(manifest, changes):
    body = json.loads(sealed(manifest)) | changes
    with pytest.raises(NotAManifestError):
        own.read(json.dumps(body).encode(), "x")


def test_one_file_under_two_keys_that_are_one(manifest):
    first = manifest["files"][0]
    files = [first, *manifest["files"][1:], first | {"key": first["key"].upper(), "sha256": "0" * 64}]
    with pytest.raises(NotAManifestError, match="names a file twice"):
        own.read(sealed(manifest | {"files": files}), "x")


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_is_no_manifest(data):
    with pytest.raises(NotAManifestError, match=r"^x: (is no manifest of a package|schema .* is not known)"):
        own.read(data, "x")


def test_a_name_that_is_there_twice_is_read_by_nobody(manifest):
    data = sealed(manifest)
    assert own.read(data, "x").package
    doubled = data[:-1] + b', "window": {}}'
    with pytest.raises(NotAManifestError, match="a name twice"):
        own.read(doubled, "x")


# --- a bucket that somebody else writes into ---


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_manifest_of_somebody_else_is_told_and_nothing_is_sent(plan, store, data):
    key = packaging.prefix_of(plan) + own.NAME
    put(store, key, data)
    with pytest.raises(NotAManifestError):
        ship(plan, store)
    found, wrong = verify.packages(store)
    assert (found, len(wrong)) == ([], 1)
    assert [item.key for item in store.list()] == [key]


def test_a_manifest_that_somebody_puts_there_during_a_delivery_is_not_taken_for_ours(plan, store):
    class Late:
        """A store in which another package's manifest is there first, at the last moment."""

        def __getattr__(self, name):
            return getattr(store, name)

        def put_bytes(self, key, data, **options):
            if key.endswith(own.NAME):
                store.put_bytes(key, foreign)
            return store.put_bytes(key, data, **options)

    other = replace(plan, window=replace(plan.window, id="other"))
    foreign = packaging.build(other, reports(NOW), "2026-11-21T12:00:00Z").manifest
    with pytest.raises(StoreError, match="is the manifest of another package; somebody else put it there"):
        ship(plan, Late())
    keys = [item.key for item in store.list()]
    assert not [key for key in keys if key.startswith("_receipts/")]
    sums = b"".join(store.get(packaging.prefix_of(plan) + own.SUMS_NAME))
    assert packaging.REPORT_KEY.encode() in sums, "the checksum file is not made of a stranger's manifest"


def test_a_true_manifest_in_another_folder_is_no_package(plan, store):
    receipt = ship(plan, store)
    data = b"".join(store.get(receipt.prefix + own.NAME))
    elsewhere = receipt.prefix.replace("film/", "other-film/")
    put(store, elsewhere + own.NAME, data)
    (standing,), (told,) = verify.packages(store)
    assert standing.prefix == receipt.prefix
    assert "lies in the folder of another package" in told


def test_a_manifest_without_end_is_not_read(plan, store, monkeypatch):
    ship(plan, store)
    put(store, "film/svod/svod-world/" + "0" * 16 + "/manifest.json", b"[" * 20_000)
    put(store, "_receipts/" + packaging.prefix_of(plan) + "huge.json", b"[" * 20_000)
    monkeypatch.setattr(small, "MAX_BYTES", 15_000)
    found, wrong = verify.packages(store)
    assert len(found) == 1
    assert ["has more than 15000 bytes" in line for line in wrong] == [True]
    with pytest.raises(TooLargeError):
        verify.find(store, "film/svod/svod-world/" + "0" * 16)
    assert sending.elsewhere(store, "other/") == {}
    assert receipts.accounts(store)[1] == [f"_receipts/{packaging.prefix_of(plan)}huge.json: is no receipt of the tool"]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("data", [GARBAGE["deep"], GARBAGE["infinite"]], ids=["deep", "infinite"])
def test_receipts_of_somebody_else_hide_none_of_ours(plan, store, name, data):
    put(store, f"_receipts/{packaging.prefix_of(plan)}{name}", data)
    ship(plan, store)
    assert ship(plan, store).sent_files == 0
    require_whole(plan, store)
    known, wrong = receipts.accounts(store)
    assert (len(known), len(wrong)) == (1, 1)
    (told,) = verify.verify(store, verify.packages(store)[0][0], nothing).wrong
    assert told.endswith(f"/{unicodedata.normalize('NFC', name)}: is not the receipt of this manifest")


def test_a_receipt_that_was_lost_is_written_though_others_lie_there(plan, store):
    first = ship(plan, store)
    (root_of(store) / first.key).rename((root_of(store) / first.key).with_name("other.json"))
    put(store, first.key.replace(".json", "-x.json"), b'{"manifest_sha256": "0"}')
    assert ship(plan, store).key.endswith("other.json"), "a receipt is one by what it says"
    (root_of(store) / first.key).with_name("other.json").unlink()
    assert ship(plan, store).key not in {first.key, first.key.replace(".json", "-x.json")}
    require_whole(plan, store)


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_records_of_somebody_else_are_told(plan, store, data):
    receipt = ship(plan, store)
    key = f"_records/{receipt.prefix}20261121T120000Z-withdrawn-00000000.json"
    put(store, key, data)
    known, wrong = receipts.accounts(store)
    assert [item.state for item in known] == [receipts.State.STANDING]
    assert len(wrong) == 1
    subject = Subject(receipt.package, receipt.prefix, receipt.manifest_sha256)
    assert receipts.supersede(store, subject, NOW, "김덕영") == []
    with pytest.raises(StoreError, match=r"_records/.*json: "):
        list(records.of_package(store, receipt.prefix))


def test_a_record_of_infinitely_many_files(plan, store):
    receipt = ship(plan, store)
    subject = Subject(receipt.package, receipt.prefix, receipt.manifest_sha256)
    data = records.Record(What.WITHDRAWN, subject, NOW, "x", files=1, size=1).data
    text = json.dumps(data).replace('"files": 1', '"files": 1e999')
    put(store, f"_records/{receipt.prefix}20261121T120000Z-withdrawn-00000000.json", text.encode())
    assert len(receipts.accounts(store)[1]) == 1


@pytest.mark.parametrize(
    "report",
    [
        *GARBAGE.values(),
        b'{"judged_at": "2026-11-20T00:00:00"}',
        b'{"judged_at": "0001-01-01T00:00:00+14:00"}',
        b'{"judged_at": "9999-12-31T23:59:59-14:00"}',
        b'{"judged_at": 7}',
    ],
    ids=[*GARBAGE, "no zone", "the first year", "the last year", "a number"],
)
def test_a_report_of_somebody_else_dates_nothing(plan, store, report):
    key = packaging.prefix_of(plan) + "qc/report.json"
    put(store, key, report)
    ship(plan, store)
    require_whole(plan, store)
    (standing,) = verify.packages(store)[0]
    assert standing.manifest.judged_at == "2026-11-21T12:00:00Z"
    assert b"".join(store.get(key)) == report, "what others wrote stays"
    again = deliver(plan, store, reports, replace(ORDERED, at=NOW + timedelta(days=1)), nothing)
    assert again.sent_files == 0


def test_a_report_of_somebody_else_without_end_is_left_alone(plan, store, monkeypatch):
    key = packaging.prefix_of(plan) + "qc/report.json"
    put(store, key, b"[" * 30_000)
    monkeypatch.setattr(small, "MAX_BYTES", 20_000)
    ship(plan, store)
    require_whole(plan, store)
    (standing,) = verify.packages(store)[0]
    (ours,) = [entry.key for entry in standing.manifest.entries if entry.key.endswith(".json") and "qc/" in entry.key]
    assert ours.startswith("qc/report-")
    assert b"".join(store.get(key)) == b"[" * 30_000


def test_strangers_below_the_prefix_are_told_and_left(plan, store):
    prefix = packaging.prefix_of(plan)
    strangers = {f"{prefix}{name}": b"x" for name in NAMES.values()}
    for key, data in strangers.items():
        put(store, key, data)
    put(store, prefix + "masters/ko/영화.mov", b"not the film")
    ship(plan, store)
    require_whole(plan, store)
    (standing,) = verify.packages(store)[0]
    extra = verify.verify(store, standing, nothing).extra
    assert set(extra) == {unicodedata.normalize("NFC", name) for name in NAMES.values()}
    assert all((root_of(store) / key).read_bytes() == data for key, data in strangers.items())


def test_links_and_pipes_in_the_folder_of_a_package_are_no_objects(plan, store, tmp_path):
    folder = root_of(store) / packaging.prefix_of(plan)
    (folder / "masters/ko").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "masters/ko/영화.mov").symlink_to(tmp_path / "outside/film")
    with pytest.raises(StoreError, match="is a symbolic link; allowed are real files and folders"):
        ship(plan, store)
    (folder / "masters/ko/영화.mov").unlink()
    shutil.rmtree(folder / "subtitles", ignore_errors=True)  # files go several at a time: it may not be there yet
    (folder / "subtitles").symlink_to(tmp_path / "outside")
    with pytest.raises(StoreError, match="is a symbolic link"):
        ship(plan, store)
    assert list((tmp_path / "outside").iterdir()) == []
    (folder / "subtitles").unlink()
    ship(plan, store)
    require_whole(plan, store)


def test_a_twin_in_nfd_does_not_stand_for_the_file(plan, store):
    receipt = ship(plan, store)
    put(store, receipt.prefix + "masters/ko/" + unicodedata.normalize("NFD", "영화.mov"), b"twin")
    assert ship(plan, store).sent_files == 0
    require_whole(plan, store)


def test_names_that_are_no_unicode_stop_nothing(plan, store):
    folder = root_of(store) / packaging.prefix_of(plan)
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe")).touch()
    ship(plan, store)
    require_whole(plan, store)
    assert len(verify.verify(store, verify.packages(store)[0][0], nothing).extra) == 1


def test_other_packages_name_what_is_not_there(plan, store):
    """The manifest of a package that lies about where the bytes are: they are sent, and are the right ones."""
    master = master_of(plan)
    whole = json.loads(packaging.build(plan, reports(NOW), "2026-11-21T12:00:00Z").manifest)
    whole["files"] = [{"key": "a" * 200 + "/b", "size": master.size, "sha256": master.sha256, "kind": "master"}]
    data = sealed(whole)
    put(store, "film/svod/elsewhere/" + "0" * 16 + "/manifest.json", data)
    put(store, "film/" + "x" * 200 + "/manifest.json", DEEP)
    assert sending.elsewhere(store, "film/svod/svod-world/")[master.sha256, master.size]
    ship(plan, store)
    require_whole(plan, store)


def test_what_is_held_back_by_somebody_else_is_no_package(store):
    for name in ("x/manifest.json", "../x/manifest.json", "a/b/c/0000/manifest.json", "a/b/\u202e/manifest.json"):
        put(store, f"_embargoed/{name.replace('..', 'dots')}", DEEP)
    assert list(embargo.held(store)) == []
