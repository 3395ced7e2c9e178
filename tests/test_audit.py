"""The audit log shows whatever was changed, left out, added or cut off, in the catalogue or in the store."""

import json
import shutil
from pathlib import Path

import file_times
import pytest
from crashing import CrashingStore, Killed
from packaged import store_of
from titles import NOW

from assets.errors import InputError, StoreError
from storage import audit, audit_lines, audit_memory, audit_verify
from storage.audit import Done
from storage.stores import small
from storage.stores.folder import FolderStore


@pytest.fixture
def root(tmp_path):
    (tmp_path / "releaseprint.toml").touch()
    return tmp_path


@pytest.fixture
def store(root):
    return store_of(root)


def log(root, store, *names):
    for name in names:
        store.put_bytes(f"_receipts/{name}.json", name.encode())
        audit.append(root, store, [Done("delivered", f"_receipts/{name}.json", NOW, "김덕영")])


def log_of(root):
    (path,) = (root / "audit").iterdir()
    return path


def wrong(root, store):
    return audit_verify.verify(root, [store]).wrong


def test_lines_are_chained_and_stand_in_the_store(root, store):
    log(root, store, "a", "b", "c")
    found = audit_verify.verify(root, [store])
    assert (found.lines, found.compared, found.wrong, found.unseen) == (3, 3, (), ())
    lines = [json.loads(line) for line in log_of(root).read_text(encoding="utf-8").splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert lines[0]["before"] == "0" * 64
    audit.append(root, store, [Done("delivered", "_receipts/a.json", NOW, "x")])
    assert audit_verify.verify(root, [store]).lines == 3, "what was logged is not logged again"


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (lambda lines: lines[:-1], "cut off or lost"),
        (lambda lines: [lines[0], lines[2]], "does not follow"),
        (lambda lines: [lines[0], lines[1].replace("김덕영", "somebody"), lines[2]], "does not follow"),
        (lambda lines: [lines[0], lines[1], lines[2].replace("김덕영", "somebody")], "is not the line"),
        (lambda lines: [*lines, lines[2]], "does not follow"),
        (lambda _lines: ["[]"], "is no entry"),
        (lambda _lines: ["{"], "cut off or lost"),
    ],
)
def test_changed_lines_are_found(root, store, forge, told):
    log(root, store, "a", "b", "c")
    path = log_of(root)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(forge(lines)) + "\n", encoding="utf-8")
    assert any(told in text for text in wrong(root, store)), wrong(root, store)


def test_log_that_is_removed_altogether_is_found(root, store):
    log(root, store, "a")
    shutil.rmtree(root / "audit")
    assert "cut off or lost" in wrong(root, store)[0]


def test_what_somebody_else_put_there_is_not_said_to_be_a_lost_line(root, store):
    log(root, store, "a")
    store.put_bytes("_audit/쓰레기.json", b"{}")
    assert wrong(root, store) == (
        f"{store.url}: _audit/쓰레기.json: is no line of an audit log; somebody else put it there",
    )


@pytest.mark.parametrize("name", ["_receipts/b.json", "_audit/{chain}/00000002.json"])
def test_changed_or_removed_objects_are_found(root, store, name):
    log(root, store, "a", "b", "c")
    key = name.format(chain=log_of(root).stem)
    store.put_bytes(key, b"{}")
    assert [key in text for text in wrong(root, store)] == [True]
    store.remove(key)
    assert [key in text for text in wrong(root, store)] == [True]


def test_killed_between_any_two_steps_it_is_caught_up(root, store):
    for after in (False, True):
        for at in range(3):
            shutil.rmtree(root / "audit", ignore_errors=True)
            shutil.rmtree(Path(store.url.removeprefix("file:")), ignore_errors=True)
            log(root, store, "a")
            store.put_bytes("_receipts/b.json", b"b")
            store.put_bytes("_receipts/c.json", b"c")
            done = [Done("delivered", f"_receipts/{name}.json", NOW, "x") for name in "bc"]
            try:
                audit.append(root, CrashingStore(store, at, after=after), done)
            except Killed:
                audit.append(root, store, done)
            found = audit_verify.verify(root, [store])
            assert (found.lines, found.compared, found.wrong) == (3, 3, ())


def test_line_that_a_kill_left_out_of_the_store_is_put_there(root, store):
    audit.finish(root, store)
    assert not (root / "audit").exists(), "nothing was done, and no log is begun"
    log(root, store, "a", "b")
    (last,) = [item.key for item in store.list(audit_lines.AUDIT) if item.key.endswith("2.json")]
    store.remove(last)
    (told,) = wrong(root, store)
    assert told.endswith("is in the catalogue and not in the store")
    audit.finish(root, store)
    assert wrong(root, store) == ()


def test_what_is_too_long_to_be_ours_is_told_with_everything_else(root, store, monkeypatch):
    log(root, store, "a", "b", "c")
    monkeypatch.setattr(small, "MAX_BYTES", 1000)
    (line, *_) = sorted(found.key for found in store.list("_audit/"))
    store.put_bytes(line, b"x" * 2000)
    store.put_bytes("_receipts/b.json", b"x" * 2000)
    store.remove("_receipts/c.json")
    assert [text.partition(": ")[2] for text in wrong(root, store)] == [
        f"{line}: is not the line that the catalogue has",
        "_receipts/b.json: was changed after it was logged",
        "_receipts/c.json: was removed after it was logged",
    ]


def test_line_that_names_no_key_is_told(root, store):
    log(root, store, "a")
    path = log_of(root)
    path.write_text(path.read_text(encoding="utf-8").replace("_receipts/a.json", "../a.json"), encoding="utf-8")
    first, second = wrong(root, store)
    assert "is not the line that the catalogue has" in first
    assert "../a.json" in second


def test_two_copies_of_a_catalogue_have_chains_of_their_own(root, store, tmp_path_factory):
    log(root, store, "a")
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(root / "audit", copy / "audit")
    log(copy, store, "b")
    assert len(list((copy / "audit").iterdir())) == 2
    assert audit_verify.verify(copy, [store]).wrong == ()
    assert "cut off or lost" in audit_verify.verify(root, [store]).wrong[0], "the other copy's log was not merged yet"


def test_one_chain_in_two_copies_is_told(root, store, tmp_path_factory):
    log(root, store, "a")
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(root / ".releaseprint", copy / ".releaseprint")
    store.put_bytes("_receipts/b.json", b"b")
    with pytest.raises(StoreError, match="two copies of a catalogue have one chain"):
        audit.append(copy, store, [Done("delivered", "_receipts/b.json", NOW, "x")])


def test_chain_that_is_none_and_store_that_nobody_compares_are_told(root, store):
    log(root, store, "a")
    assert audit_verify.verify(root, []).unseen == (store.url,)
    (root / ".releaseprint/audit-chain").write_text("../../etc", encoding="utf-8")
    with pytest.raises(InputError, match="is no id of a chain"):
        log(root, store, "b")


@pytest.fixture
def read(monkeypatch):
    """How many lines each addition has read."""
    counted, lines_of = [], audit.lines_of

    def counting(*given):
        lines = list(lines_of(*given))
        counted.append(len(lines))
        return lines

    monkeypatch.setattr(audit, "lines_of", counting)
    return counted


def test_a_log_that_is_as_it_was_left_is_not_read_again(root, store, read):
    log(root, store, "a", "b", "c")
    assert audit.append(root, store, [Done("delivered", "_receipts/b.json", NOW, "x")]) == []
    audit.finish(root, store)
    assert read == [0] * 5
    found = audit_verify.verify(root, [store])
    assert (found.lines, found.compared, found.wrong) == (3, 3, ())


def cut(path):
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def edited(path):
    """Other bytes of the same length, at the same time."""
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("delivered", "withdrawn"), encoding="utf-8")
    file_times.set_back(path, before)


def replaced(path):
    """The same bytes, as version control puts them there."""
    copy = path.with_suffix(".new")
    shutil.copy2(path, copy)
    copy.replace(path)


@pytest.mark.parametrize(("done", "lines"), [(file_times.touch, 2), (cut, 1), (edited, 2), (replaced, 2)])
def test_a_log_that_somebody_else_touched_is_read(root, store, read, done, lines):
    log(root, store, "a", "b")
    done(log_of(root))
    audit.append(root, FolderStore(root / "other"), ())
    assert read == [0, 0, lines]


def test_what_was_said_of_a_lost_line_is_said_again(root, store):
    log(root, store, "a", "b")
    path = log_of(root)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    store.remove(f"_audit/{path.stem}/00000002.json")
    log(root, store, "b")
    assert wrong(root, store) == ()


def test_another_store_has_lines_of_its_own(root, store, read):
    other = FolderStore(root / "other")
    log(root, store, "a")
    log(root, other, "a")
    log(root, store, "b")
    log(root, other, "b")
    assert read == [0] * 4
    assert audit_verify.verify(root, [store, other]).wrong == ()


def test_what_failed_to_reach_a_store_is_put_there_by_the_next(root, store, read):
    log(root, store, "a")
    store.put_bytes("_receipts/b.json", b"b")
    with pytest.raises(Killed):
        audit.append(root, CrashingStore(store, 0, after=False), [Done("delivered", "_receipts/b.json", NOW, "x")])
    log(root, FolderStore(root / "other"), "x")
    log(root, store, "c")
    assert read[-2:] == [2, 3]
    assert wrong(root, store) == ()


@pytest.mark.parametrize("damage", ["no database", "a folder", "full"])
def test_a_memory_that_fails_costs_time_alone(root, store, read, damage, monkeypatch):
    log(root, store, "a")
    path = root / ".releaseprint" / audit_memory.FILE_NAME
    if damage == "no database":
        path.write_bytes(b"nothing of the kind" * 100)
    elif damage == "a folder":
        path.unlink()
        path.mkdir()
    else:
        monkeypatch.setattr(audit_memory, "_SCHEMA", "SELECT raise_an_error()")
    log(root, store, "b", "c")
    assert read[:2] == [0, 1]
    assert wrong(root, store) == ()
