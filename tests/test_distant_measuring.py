"""A film in a store is measured there: the same record as of a file here, each byte once, and nothing else's."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import av
import pytest
import range_server

from assets.distant import measuring as module
from assets.distant import ranges
from assets.distant.link import Place, Trouble
from assets.distant.measuring import measure_object
from assets.distant.ranged_file import RangedFile
from assets.errors import StoreError
from assets.measuring import Measuring
from assets.measuring_away import measure_away
from assets.signals.one_pass import measure_here
from assets.title import AssetFile, Away

BLOCK = 4096
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def films(master_file, tmp_path_factory):
    """The same film with its index at its end and at its beginning, and in other containers."""
    folder = tmp_path_factory.mktemp("films")
    made = {"end.mp4": master_file}
    for name, options in {"fast.mp4": {"movflags": "+faststart"}, "a.mov": {}, "a.mkv": {}, "a.ts": {}}.items():
        made[name] = folder / name
        _remuxed(master_file, folder / name, options)
    return made


def _remuxed(source, path, options):
    with av.open(source) as old, av.open(str(path), "w", options=options) as new:
        streams = {stream.index: new.add_stream_from_template(stream) for stream in old.streams}
        for packet in old.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                new.mux(packet)


@pytest.fixture
def small_blocks(monkeypatch):
    """Parts so small that a small film has many of them; nobody waits between two tries."""
    monkeypatch.setattr(module, "RangedFile", lambda link, name: RangedFile(link, name, BLOCK))
    monkeypatch.setattr(ranges, "WAITS_SECONDS", (0.0, 0.0))


@pytest.mark.parametrize("name", ["end.mp4", "fast.mp4", "a.mov", "a.mkv", "a.ts"])
@pytest.mark.usefixtures("small_blocks")
def test_the_same_is_measured_there_as_here(films, name):
    with range_server.serving(films[name].read_bytes()) as shelf:
        assert measure_object(shelf.link(), f"masters/{name}") == measure_here(str(films[name]))


@pytest.mark.parametrize("name", ["end.mp4", "fast.mp4"])
@pytest.mark.usefixtures("small_blocks")
def test_each_byte_comes_once_wherever_the_index_is(films, name):
    data = films[name].read_bytes()
    assert (data.index(b"moov") < data.index(b"mdat")) == (name == "fast.mp4")
    with range_server.serving(data) as shelf:
        measure_object(shelf.link(), name)
        assert len(data) <= shelf.sent <= 1.1 * len(data) + 2 * BLOCK
        assert len(shelf.asked) > 10


@pytest.mark.usefixtures("small_blocks")
def test_what_lies_behind_the_film_is_hashed_too(films):
    data = films["fast.mp4"].read_bytes() + bytes(10 * BLOCK)
    with range_server.serving(data) as shelf:
        found = measure_object(shelf.link(), "a.mp4")
    assert (found.sha256, found.size) == (hashlib.sha256(data).hexdigest(), len(data))


@pytest.mark.usefixtures("small_blocks")
def test_a_store_that_stumbles_gives_the_same(films):
    data = films["end.mp4"].read_bytes()
    with range_server.serving(data) as shelf:

        def stumble(asked, handler):
            if asked.number % 3 == 1:
                handler.answer(503, b"<Error><Code>SlowDown</Code></Error>", {"Retry-After": "0"})
            elif asked.number % 3 == 2:
                told = {"Content-Range": f"bytes {asked.begin}-{asked.end - 1}/{len(data)}", "ETag": shelf.tag}
                half = (asked.begin + asked.end) // 2
                handler.answer(206, data[asked.begin : half], told, length=asked.end - asked.begin)
            return asked.number % 3 != 0

        shelf.fault = stumble
        assert measure_object(shelf.link(), "a.mp4") == measure_here(str(films["end.mp4"]))
        assert shelf.sent <= 1.1 * len(data) + 3 * BLOCK


def changing(shelf, at, change):
    """Something happens before the request of that number is answered."""

    def fault(asked, _handler):
        if asked.number == at:
            change()
        return False

    shelf.fault = fault


@pytest.mark.parametrize("at", [2, 3, 8, 14])
@pytest.mark.usefixtures("small_blocks")
def test_an_object_that_is_replaced_in_the_middle_is_not_measured(films, at):
    data = films["end.mp4"].read_bytes()
    with range_server.serving(data) as shelf:
        changing(shelf, at, lambda: setattr(shelf, "data", data[:-1] + b"?"))
        assert measure_object(shelf.link(), "a.mp4") == Trouble("s3://films/영: it was replaced while it was read")


@pytest.mark.parametrize("at", [1, 2, 8])
@pytest.mark.usefixtures("small_blocks")
def test_a_link_that_ends_in_the_middle_is_told_as_that(films, at):
    with range_server.serving(films["fast.mp4"].read_bytes()) as shelf:
        ended = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
        shelf.fault = lambda asked, handler: asked.number >= at and (handler.answer(403, ended) or True)
        found = measure_object(shelf.link(), "a.mp4")
    told = "s3://films/영: the link to it has ended (403 AccessDenied), and there is no other"
    assert found == Trouble(told, is_ended=True)


@pytest.mark.usefixtures("small_blocks")
def test_other_bytes_than_promised_are_said_to_be_that(films):
    data = films["fast.mp4"].read_bytes()
    other = hashlib.sha256(data).hexdigest()
    with range_server.serving(data) as shelf:
        found = measure_object(shelf.link(sha256="0" * 64), "a.mp4")
    told = f"s3://films/영: its bytes are not those that away.toml says: their SHA-256 is {other}"
    assert found == Trouble(told)
    with range_server.serving(b"no film" * 1000) as shelf:
        assert "are not those that away.toml says" in measure_object(shelf.link(sha256="0" * 64), "a.mp4").text


@pytest.mark.usefixtures("small_blocks")
def test_the_right_bytes_that_are_no_film_are_a_fault_of_the_film():
    with range_server.serving(b"no film" * 1000) as shelf, pytest.raises(ValueError, match="Invalid data"):
        measure_object(shelf.link(), "a.mp4")


@pytest.mark.usefixtures("small_blocks")
def test_a_film_that_breaks_off_is_measured_as_far_as_a_file_here(films, tmp_path):
    data = films["fast.mp4"].read_bytes()
    path = tmp_path / "a.mp4"
    path.write_bytes(data[: len(data) * 2 // 3])
    here = measure_here(str(path))
    with range_server.serving(path.read_bytes()) as shelf:
        there = measure_object(shelf.link(), "a.mp4")
    assert (there.info, there.sha256, there.size) == (here.info, here.sha256, here.size)
    assert there.signals.errors


@pytest.mark.usefixtures("small_blocks")
def test_nothing_but_the_object_is_opened(tmp_path):
    """A playlist that names another file is no film, whatever it is called."""
    (tmp_path / "secret.ts").write_bytes(b"G" * 188)
    playlist = f"ffconcat version 1.0\nfile {tmp_path / 'secret.ts'}\n".encode()
    hls = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{tmp_path / 'secret.ts'}\n".encode()
    for data in (playlist, hls):
        with (
            range_server.serving(data) as shelf,
            pytest.raises(ValueError, match="no file of a kind that holds a film"),
        ):
            measure_object(shelf.link(), "a.m3u8")


def place(file, **changes):
    data = file.read_bytes()
    found = Place(file, f"file:archive/{file.name}", len(data), hashlib.sha256(data).hexdigest())
    return replace(found, **changes)


def test_the_object_of_a_folder_is_read_where_it_lies(films, tmp_path):
    path = films["a.mov"]
    assert measure_object(place(path), "a.mov") == measure_here(str(path))
    assert "and away.toml says 7" in measure_object(place(path, size=7), "a.mov").text
    assert "are not those that away.toml says" in measure_object(place(path, sha256="0" * 64), "a.mov").text
    gone = measure_object(place(path, path=tmp_path / "none"), "a.mov")
    assert gone == Trouble("file:archive/a.mov: cannot be read: No such file or directory")
    (tmp_path / "text").write_bytes(b"no film" * 1000)
    with pytest.raises(ValueError, match="Invalid data"):
        measure_object(place(tmp_path / "text"), "a.mov")
    assert "are not those" in measure_object(place(tmp_path / "text", sha256="0" * 64), "a.mov").text


class Kept:
    """What is kept of bytes by their digest."""

    def __init__(self):
        self.by_digest = {}

    def measured(self, sha256):
        return self.by_digest.get(sha256)

    def keep_away(self, measured):
        self.by_digest[measured.sha256] = measured


def asked(shelf, links, **options):
    """A file that is away, its reference, and how it is measured; `links` are given away one after the other."""
    link = shelf.link()
    away = Away("thaw", "masters/film.mp4", link.sha256, link.size, link.shown, NOW)
    left = list(links)

    def next_link(_away):
        found = left.pop(0)
        if isinstance(found, StoreError):
            raise found
        return found

    sources = {"sources": next_link, **options}
    file = AssetFile(away.name, Path("/none/film.mp4"), away=away)
    return file, away, Measuring(Kept(), 60, lambda _name, _share: None, **sources), left


@pytest.mark.usefixtures("small_blocks", "read_here")
def test_for_a_link_that_ends_in_the_middle_there_is_another(films):
    """And the reading goes on where it was: nothing comes twice for it."""
    ended = b"<Error><Code>ExpiredToken</Code></Error>"
    data = films["fast.mp4"].read_bytes()
    with range_server.serving(data) as shelf:
        shelf.fault = lambda asked, handler: asked.number in {5, 9} and (handler.answer(400, ended) or True)
        file, away, how, left = asked(shelf, [shelf.link()] * 3)
        assert measure_away(file, away, how) == measure_here(str(films["fast.mp4"])) == how.kept.measured(away.sha256)
        assert not left
        assert shelf.sent <= 1.1 * len(data) + 2 * BLOCK
        assert measure_away(file, away, how), "from then on it is kept, and nobody is asked"


@pytest.mark.usefixtures("small_blocks", "read_here")
def test_where_there_is_no_other_link_it_is_not_measured(films):
    ended = b"<Error><Code>ExpiredToken</Code></Error>"
    with range_server.serving(films["fast.mp4"].read_bytes()) as shelf:
        shelf.fault = lambda asked, handler: asked.number > 3 and (handler.answer(400, ended) or True)
        for others in ([shelf.link()], [StoreError("no credentials")], [Place(Path("/a"), "a", 1, "")]):
            shelf.asked.clear()
            file, away, how, left = asked(shelf, [shelf.link(), *others])
            with pytest.raises(StoreError, match=r"s3://films/영: the link to it has ended \(400 ExpiredToken\), and"):
                measure_away(file, away, how)
            assert not left


@pytest.mark.usefixtures("small_blocks", "read_here")
def test_what_shall_not_be_measured_is_not(films):
    with range_server.serving(films["fast.mp4"].read_bytes()) as shelf:
        for options in ({"only_kept": True}, {"sources": None}):
            file, away, how, _ = asked(shelf, [], **options)
            assert measure_away(file, away, how) is None
        file, away, how, _ = asked(shelf, [shelf.link(size=0)])
        with pytest.raises(StoreError, match="it is empty"):
            measure_away(file, away, how)
        assert not shelf.asked


def test_a_worker_process_reads_it(films):
    """In a process of its own, as it is without a test: what it finds, and what it says of trouble."""
    with range_server.serving(films["fast.mp4"].read_bytes()) as shelf:
        file, away, how, _ = asked(shelf, [shelf.link(), shelf.link(sha256="0" * 64)])
        assert measure_away(file, away, how) == measure_here(str(films["fast.mp4"]))
        how.kept.by_digest.clear()
        with pytest.raises(StoreError, match=r"are not those that away\.toml says"):
            measure_away(file, away, how)
