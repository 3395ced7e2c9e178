"""The catalogue's SQLite file: measurements are found again for the same bytes, and for nothing else."""

import errno
import multiprocessing
import os
import sqlite3
import threading
import zlib
from contextlib import nullcontext
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import builders_media
import file_times
import pytest
from pydantic import TypeAdapter

from assets import digest
from assets.errors import InputError
from assets.measuring import Measuring, measure
from assets.media import Measured
from assets.private import private_folder
from assets.signals.model import Box, Framing, Loudness, PictureSignals, Signals, SoundSignals, Stretch, Unmeasured
from storage import state
from storage.state import open_state, unusable

INFO = builders_media.master({"video": {"frame_rate": "24000/1001"}}).info
SIGNALS = Signals(
    version=1,
    pictures=(
        PictureSignals(
            0, 0, 10, 5, black=(Stretch(0, 2),), cuts=(4, 6), framings=(Framing(2, 10, Box(0, 140, 0, 140)),)
        ),
    ),
    sounds=(
        SoundSignals((1,), "stereo", 0, 9, (), loudness=Loudness(-2400, None, -2700, 62, 800, -1, 2, None, (None, 3))),
    ),
    unmeasured=(Unmeasured(1, "loudness", "이유"),),
)
MEASURED = Measured(INFO, SIGNALS, 4, "a" * 64)


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "필름.mov"
    path.write_bytes(b"film")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_a_measurement_comes_back_whole(tmp_path, film):
    with open_state(tmp_path) as kept:
        assert kept.of_file(film) is None
        kept.keep(film, MEASURED)
    with open_state(tmp_path) as kept:
        assert kept.of_file(film) == MEASURED
        assert kept.of_file(film).info.video[0].frame_rate == Fraction(24000, 1001)


def test_a_file_that_changes_while_its_digest_is_made_is_not_taken_for_what_it_was(tmp_path, film, monkeypatch):
    copy = tmp_path / "copy.mov"
    copy.write_bytes(b"film")
    os.utime(copy, (1_700_000_000, 1_700_000_000))

    def sha256_file(path):
        os.utime(path, (1_700_000_001, 1_700_000_001))
        return MEASURED.sha256

    how = Measuring(None, 1.0, lambda _name, _share: None, only_kept=True)
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
        monkeypatch.setattr(digest, "sha256_file", lambda _: MEASURED.sha256)
        assert measure(copy, copy.name, replace(how, kept=kept)) == MEASURED
        os.utime(copy, (1_600_000_000, 1_600_000_000))
        monkeypatch.setattr(digest, "sha256_file", sha256_file)
        assert measure(copy, copy.name, replace(how, kept=kept)) is None
        assert kept.of_file(copy) is None


def test_the_state_folder_keeps_out_of_version_control(tmp_path):
    with open_state(tmp_path):
        pass
    ignore = tmp_path / ".releaseprint" / ".gitignore"
    assert ignore.read_text(encoding="utf-8") == "*\n"
    ignore.write_bytes(b"")  # as a full disk leaves it
    with open_state(tmp_path):
        assert ignore.read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize(("number", "is_left"), [(errno.ENOSPC, True), (errno.EACCES, False)])
def test_a_full_disk_is_left_to_whoever_writes_next(tmp_path, monkeypatch, number, is_left):
    def fail(*_given, **_options):
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "write_text", fail)
    with nullcontext() if is_left else pytest.raises(OSError, match="no"):
        assert private_folder(tmp_path).is_dir()


def test_a_full_disk_is_not_taken_for_damage():
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert "cannot be used: database or disk is full; make room on its disk" in str(unusable(full))
    assert "delete it if it is damaged" in str(unusable(sqlite3.DatabaseError("malformed")))


def test_a_changed_file_is_not_known(tmp_path, film):
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
        before = film.stat()
        film.write_bytes(b"FILM")
        assert kept.of_file(film) is None
        file_times.set_back(film, before)  # its change time tells
        assert kept.of_file(film) is None


def test_a_file_that_changed_just_now_is_not_remembered(tmp_path, film, monkeypatch):
    monkeypatch.setattr(state, "SETTLED_SECONDS", 3600)
    film.write_bytes(b"film")
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
        assert kept.of_file(film) is None
        assert kept.of_digest(film, "a" * 64) == MEASURED


def test_a_copy_is_known_by_its_digest(tmp_path, film):
    copy = tmp_path / "copy.mov"
    copy.write_bytes(b"film")
    os.utime(copy, (1_700_000_000, 1_700_000_000))
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
        assert kept.has_size(4)
        assert not kept.has_size(5)
        assert kept.of_file(copy) is None
        assert kept.of_digest(copy, "a" * 64) == MEASURED
        assert kept.of_file(copy) == MEASURED
        assert kept.of_digest(copy, "b" * 64) is None


def test_another_measurement_version_is_made_anew(tmp_path, film, monkeypatch):
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
    monkeypatch.setattr(state, "MEASUREMENT", 2)
    with open_state(tmp_path) as kept:
        assert kept.of_file(film) is None
        assert not kept.has_size(4)
        kept.keep(film, replace(MEASURED, size=5))
        assert kept.of_file(film).size == 5


OTHER_RECORDS = {
    "another shape": b'{"info": 1}',
    "another shape, compressed": zlib.compress(b'{"info": 1}'),
    "no record": b"\x78\x9cnot what it seems",
    "cut": zlib.compress(TypeAdapter(Measured).dump_json(MEASURED))[:-20],
    "text": '{"info": 1}',
}


def rewrite(root, record):
    with sqlite3.connect(root / ".releaseprint" / "state.sqlite") as connection:
        connection.execute("UPDATE measurement SET record = ?", (record,))
    connection.close()


@pytest.mark.parametrize("record", OTHER_RECORDS.values(), ids=OTHER_RECORDS)
def test_a_record_of_another_shape_is_made_anew(tmp_path, film, record):
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
    rewrite(tmp_path, record)
    with open_state(tmp_path) as kept:
        assert kept.of_file(film) is None


def test_a_record_that_would_fill_the_memory_is_not_read_to_its_end(tmp_path, film, monkeypatch):
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
        assert kept.of_file(film) == MEASURED
        monkeypatch.setattr(state, "LONGEST_RECORD", 100)
        assert kept.of_file(film) is None


def test_a_record_is_compressed_and_one_that_is_not_is_read(tmp_path, film):
    plain = TypeAdapter(Measured).dump_json(MEASURED)
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
    with sqlite3.connect(tmp_path / ".releaseprint" / "state.sqlite") as connection:
        assert len(connection.execute("SELECT record FROM measurement").fetchone()[0]) < len(plain)
    connection.close()
    rewrite(tmp_path, plain)
    with open_state(tmp_path) as kept:
        assert kept.of_file(film) == MEASURED


@pytest.mark.parametrize(
    ("bytes_", "words"), [(b"not a database at all, but long enough" * 40, "cannot be used: file is not a database")]
)
def test_a_damaged_state_is_told(tmp_path, bytes_, words):
    with open_state(tmp_path):
        pass
    for path in (tmp_path / ".releaseprint").glob("state.sqlite*"):
        path.write_bytes(bytes_)
    with pytest.raises(InputError, match=words) as caught, open_state(tmp_path):
        pass
    assert "delete it" in str(caught.value)


def test_a_state_of_a_newer_tool_is_told(tmp_path):
    with open_state(tmp_path):
        pass
    with sqlite3.connect(tmp_path / ".releaseprint" / "state.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(InputError, match="is of a newer tool"), open_state(tmp_path):
        pass


def test_a_catalogue_that_cannot_be_written_to_is_measured_in_memory(tmp_path, film, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_state(tmp_path) as kept:
        kept.keep(film, MEASURED)
        assert kept.of_file(film) == MEASURED
    assert not (tmp_path / ".releaseprint" / "state.sqlite").exists()


def _keep(root, path, number):
    with open_state(root) as kept:
        for turn in range(10):
            kept.keep(path, replace(MEASURED, sha256=f"{number}{turn}".ljust(64, "0")))


def test_processes_at_once_lose_nothing(tmp_path, film):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_keep, args=(tmp_path, film, number)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with open_state(tmp_path) as kept:
        found = [kept.of_digest(film, f"{n}{turn}".ljust(64, "0")) for n in range(3) for turn in range(10)]
    assert None not in found


def test_a_file_that_another_process_is_just_making_is_waited_for(tmp_path):
    folder = tmp_path / state.FOLDER
    folder.mkdir()
    other = sqlite3.connect(folder / state.FILE_NAME, check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE under_way (n)")
    release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    release.start()
    with open_state(tmp_path) as kept:
        assert not kept.has_size(1)
    release.join()
    other.close()


def test_a_state_that_is_a_link_is_not_used(tmp_path):
    folder = tmp_path / state.FOLDER
    folder.mkdir()
    (folder / state.FILE_NAME).symlink_to(tmp_path / "another.sqlite")
    with pytest.raises(InputError, match="is a symbolic link"), open_state(tmp_path):
        pass
    assert not (tmp_path / "another.sqlite").exists()
