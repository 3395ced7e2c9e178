"""Files that are broken, lie, or pose as films: each is read as far as it goes, or refused in one line."""

import contextlib
import io
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import av
import media_files
import pytest
from media_files import box, ffmpeg, insert, picture, sound

from assets import timing
from assets.media import MediaInfo
from assets.probe import MediaError, open_media, probe, read_media
from assets.probing.boxes import MAX_BOXES, Boxes
from assets.probing.encryption import read_encryption
from assets.probing.movie import read_movie
from assets.worker import WorkerError

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10")
KINDS = {
    "behind.mp4": (*H264, "-c:a", "aac"),
    "first.mp4": (*H264, "-c:a", "aac", "-movflags", "+faststart"),
    "fragments.mp4": (*H264, "-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov"),
    "prores.mov": ("-c:v", "prores_ks", "-profile:v", "0", "-c:a", "pcm_s24le"),
    "film.mkv": (*H264, "-c:a", "flac"),
    "film.mxf": ("-c:v", "mpeg2video", "-g", "12", "-c:a", "pcm_s24le"),
    "film.ts": (*H264, "-c:a", "aac"),
}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """The bytes of two seconds of film in each container."""
    folder = tmp_path_factory.mktemp("films")
    inputs = (*picture("160x90", seconds=2), *sound(seconds=2))
    return {name: ffmpeg(folder / name, *inputs, *arguments).read_bytes() for name, arguments in KINDS.items()}


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """The bytes of a small MOV file of ProRes."""
    return media_files.movie(tmp_path_factory.mktemp("film"))


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refused(path, seconds=60):
    with pytest.raises(WorkerError) as caught:
        probe(path, seconds)
    said = str(caught.value)
    assert said
    assert "\n" not in said
    assert "Traceback" not in said
    return said


def read_or_refuse(path):
    """The facts of a file, None if the media library refuses it; any other way out fails the test."""
    with contextlib.suppress(OSError, ValueError, ArithmeticError, LookupError, MemoryError):
        return read_media(str(path))
    return None


@pytest.mark.parametrize("name", KINDS)
def test_cut_short_anywhere(tmp_path, films, name):
    whole = films[name]
    length = read_media(str(write(tmp_path, name, whole))).duration
    for tenth in range(10):
        info = read_or_refuse(write(tmp_path, name, whole[: len(whole) * tenth // 10]))
        assert info is None or info.duration <= length
    for size in range(0, 400, 7):
        read_or_refuse(write(tmp_path, name, whole[:size]))


@pytest.mark.parametrize("name", ["first.mp4", "film.mkv", "film.mxf"])
def test_what_is_missing_shows_as_a_length_that_differs(tmp_path, films, name):
    info = read_media(str(write(tmp_path, name, films[name][: len(films[name]) * 6 // 10])))
    assert info.declared_duration - info.duration > timing.from_ms(100)


@pytest.mark.parametrize("name", KINDS)
def test_damaged_in_the_middle(tmp_path, films, name):
    chance = random.Random(name)  # noqa: S311 -- repeatable, not secret
    for _ in range(25):
        broken = bytearray(films[name])
        at = chance.randrange(len(broken))
        broken[at : at + chance.randrange(1, 64)] = chance.randbytes(chance.randrange(1, 64))
        info = read_or_refuse(write(tmp_path, name, broken))
        assert info is None or isinstance(info, MediaInfo)


def test_content_counts_and_not_the_suffix(tmp_path, films):
    assert read_media(str(write(tmp_path, "film.mxf", films["first.mp4"]))).container == "mp4"
    assert read_media(str(write(tmp_path, "film.mov", films["film.ts"]))).container == "mpegts"


def _zip():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("film.mov", b"moov" * 1000)
    return data.getvalue()


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100_000,
        "이것은 영화가 아니라 글이다.\n".encode() * 500,
        b"<!DOCTYPE html><html><body><video src='http://127.0.0.1/film.mp4'></video></body></html>" * 50,
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        b"%PDF-1.7\n" + b"1 0 obj\n" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
        _zip(),
        b"RIFF\xff\xff\xff\xffAVI LIST\xff\xff\xff\xff" + b"\xff" * 500,
        bytes.fromhex("060e2b34020501010d0102010101") + b"\xff" * 500,
        b"\x1aE\xdf\xa3" + b"\xff" * 500,
    ],
    ids=["empty", "zeros", "text", "html", "xml", "pdf", "png", "zip", "avi", "mxf", "matroska"],
)
def test_what_is_no_film_is_refused(tmp_path, data):
    refused(write(tmp_path, "film.mov", data))


@pytest.fixture
def server():
    """A listening port of this machine, and the list of who has called it."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        is_over = threading.Event()

        def accept():
            while not is_over.is_set():
                with contextlib.suppress(TimeoutError):
                    calls.append(listening.accept()[0].close())

        thread = threading.Thread(target=accept)
        thread.start()
        yield listening.getsockname()[1], calls
        is_over.set()
        thread.join()


def test_a_playlist_calls_nobody_and_opens_nothing(tmp_path, server, films):
    port, calls = server
    write(tmp_path, "real.ts", films["film.ts"])
    for target in (f"http://127.0.0.1:{port}/film.ts", f"tcp://127.0.0.1:{port}", "real.ts", "/etc/passwd"):
        texts = (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{target}\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile '{target}'\n",
            f"<?xml version='1.0'?><MPD><Period><BaseURL>{target}</BaseURL></Period></MPD>",
            f"v=0\nm=video 5004 RTP/AVP 96\nc=IN IP4 127.0.0.1\na=control:{target}\n",
            f"[playlist]\nFile1={target}\n",
        )
        for number, text in enumerate(texts):
            path = write(tmp_path, f"{number}.mov", text.encode())
            with pytest.raises(
                ValueError, match=r"Invalid data found when processing input|no file of a kind that holds a film"
            ):
                read_media(str(path))
    time.sleep(0.2)
    assert calls == []


def test_a_movie_that_lies_in_another_file_is_refused(tmp_path, film, server):
    port, calls = server
    url = f"http://127.0.0.1:{port}/film.mov".encode() + b"\0"
    at = film.index(b"url ", film.index(b"dref"))
    assert film[at + 4 : at + 8] == b"\0\0\0\1"
    outside = film[: at + 7] + b"\0" + film[at + 8 :]
    assert "another file" in refused(write(tmp_path, "a.mov", outside))
    address = box(b"rdrf", bytes(4), b"url ", len(url).to_bytes(4, "big"), url)
    reference = box(b"moov", box(b"rmra", box(b"rmda", address)))
    assert "another file" in refused(write(tmp_path, "b.mov", box(b"ftyp", b"qt  ", bytes(4)) + reference))
    assert "another file" in refused(write(tmp_path, "c.mov", insert(film, b"moov", box(b"rmra"))))
    time.sleep(0.2)
    assert calls == []


def test_a_pipe_is_no_regular_file(tmp_path):
    os.mkfifo(tmp_path / "film.mov")
    assert refused(tmp_path / "film.mov", 20) == "it is not a regular file"
    assert refused(tmp_path, 20) == "it is not a regular file"


def test_a_file_that_is_replaced_while_it_is_read(tmp_path, films):
    path = write(tmp_path, "film.ts", films["film.ts"])

    def read():
        with open_media(str(path)) as media:
            for packet in media.container.demux():
                media.see(packet)
            path.write_bytes(films["film.ts"][:-188])

    with pytest.raises(MediaError, match="it changed while it was read"):
        read()


def test_a_file_that_grows_while_it_is_read_comes_to_an_end(tmp_path, films):
    path = write(tmp_path, "film.ts", films["film.ts"])

    def read():
        with open_media(str(path)) as media, path.open("ab") as file:
            for packet in media.container.demux():
                file.write(films["film.ts"])
                file.flush()
                media.see(packet)

    with pytest.raises(MediaError, match="it grows while it is read"):
        read()


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_encrypted_mp4(tmp_path, suffix):
    secret = ("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", "11" * 16, "-encryption_kid", "22" * 16)
    path = ffmpeg(tmp_path / f"a{suffix}", *picture(), *H264, "-f", "mp4", *secret)
    assert probe(path).encryption == "cenc"


def test_scrambled_transport_stream(tmp_path, films):
    data = bytearray(films["film.ts"])
    for at in range(188 * 10, len(data), 188):
        data[at + 3] |= 0x80
    path = write(tmp_path, "film.ts", data)
    assert read_encryption(path) == "scrambled transport stream"
    info = read_or_refuse(path)
    assert info is None or info.encryption == "scrambled transport stream"


def test_encrypted_matroska(tmp_path, films):
    def element(name, *content):
        data = b"".join(content)
        return bytes.fromhex(name) + (len(data) | 1 << 28).to_bytes(4, "big") + data

    encodings = element("6d80", element("6240", element("5035", b"")))
    head = films["film.mkv"][:40]
    head = head[: 5 + (head[4] & 0x7F)]
    tracks = element("1654ae6b", element("ae", encodings))
    assert read_encryption(write(tmp_path, "a.mkv", head + element("18538067", tracks))) == "Matroska encryption"
    assert read_encryption(write(tmp_path, "b.mkv", films["film.mkv"])) is None


LARGEST = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("mark", "offset", "numbers"),
    [
        (b"apch", 28, struct.pack(">HH", 0xFFFF, 0xFFFF)),
        (b"tkhd", 80, struct.pack(">II", LARGEST, LARGEST)),
        (b"stsz", 12, struct.pack(">I", LARGEST)),
        (b"stsz", 8, struct.pack(">I", LARGEST)),
        (b"stsc", 8, struct.pack(">I", LARGEST)),
        (b"stts", 8, struct.pack(">II", LARGEST, LARGEST)),
        (b"stco", 12, struct.pack(">I", LARGEST)),
        (b"elst", 8, struct.pack(">III", LARGEST, LARGEST, LARGEST)),
        (b"mdhd", 16, struct.pack(">II", 0, LARGEST)),
        (b"mdhd", 16, struct.pack(">II", LARGEST, LARGEST)),
        (b"mvhd", 16, struct.pack(">II", 0, 0)),
        (b"stsd", 8, struct.pack(">I", LARGEST)),
        (b"dref", 8, struct.pack(">I", LARGEST)),
        (b"pasp", 4, struct.pack(">II", 0, 0)),
        (b"pasp", 4, struct.pack(">II", LARGEST, 1)),
        (b"moov", -4, struct.pack(">I", 0)),
        (b"moov", -4, struct.pack(">I", 8)),
        (b"trak", -4, struct.pack(">I", LARGEST)),
        (b"trak", -4, struct.pack(">I", 1)),
        (b"mdia", -4, struct.pack(">I", 7)),
    ],
)
def test_absurd_headers(tmp_path, film, mark, offset, numbers):
    broken = bytearray(film)
    at = film.index(mark) + offset
    broken[at : at + len(numbers)] = numbers
    path = write(tmp_path, "a.mov", broken)
    try:
        info = probe(path, 60)
    except WorkerError as error:
        assert "took longer" not in str(error)  # noqa: PT017 -- either way out is right, if it comes in time
    else:
        assert info.container in {"mov", "mp4"}


def test_boxes_of_a_hostile_file_cost_little(tmp_path):
    head = box(b"ftyp", b"qt  ", bytes(4))
    nested = b""
    for _ in range(2000):
        nested = box(b"trak", nested)
    many = box(b"moov", box(b"free") * (2 * MAX_BOXES))
    endless = box(b"moov", struct.pack(">I4sQ", 1, b"trak", 2**64 - 1) + bytes(100))
    for number, data in enumerate((box(b"moov", nested), many, endless, struct.pack(">I4s", 0, b"moov"))):
        began = time.process_time()
        movie = read_movie(write(tmp_path, f"{number}.mov", head + data))
        assert len(movie.tracks) <= 1
        assert time.process_time() - began < 2


@pytest.mark.parametrize("kind", [b"junk", b"uuid", b"udta", b"pict", b"prfl"])
def test_an_index_is_found_behind_whatever_the_media_library_passes_over(tmp_path, film, kind):
    path = write(tmp_path, "later.mov", box(kind, bytes(16)) + film)
    with av.open(str(path)) as container:
        assert container.format.name.startswith("mov")
    movie = read_movie(path)
    assert movie is not None
    assert [track.kind for track in movie.tracks[:1]] == ["vide"]


def test_no_more_boxes_than_there_may_be():
    data = box(b"free") * (MAX_BOXES + 10)
    assert sum(1 for _ in Boxes(io.BytesIO(data)).within(0, len(data))) == MAX_BOXES


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["empty", "playlist", "movie in another file", "cut short", "pipe"])
def test_a_title_with_such_a_master_does_not_pass(catalogue, film, kind):
    [path] = (catalogue / "titles/small-film/masters").iterdir()
    at = film.index(b"url ", film.index(b"dref"))
    whole = path.read_bytes()
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    else:
        data = {
            "empty": b"",
            "playlist": b"ffconcat version 1.0\nfile '/etc/passwd'\n",
            "movie in another file": film[: at + 7] + b"\0" + film[at + 8 :],
            "cut short": whole[: len(whole) // 2],
        }
        path.write_bytes(data[kind])
    command = [str(Path(sys.executable).parent / "releaseprint"), "check"]
    done = subprocess.run(command, cwd=catalogue, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stdout + done.stderr
