"""The media engine: the library that reads and measures, the ffmpeg that makes, and that a playlist opens nothing."""

import contextlib
import re
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.diagnosis import Answer, Question, fail, ok

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

ORDER = 20
SECONDS = 40.0
_RUN_SECONDS = 20
_LIBRARIES = ("libavcodec", "libavformat", "libavfilter")
_DECODERS = ("h264", "hevc", "prores", "dnxhd", "mpeg2video", "jpeg2000", "aac", "ac3", "eac3", "pcm_s24le", "flac")
_FILTERS = ("blackdetect", "freezedetect", "ebur128", "idet")
_ENCODERS = ("libx264", "aac", "mjpeg", "png", "pcm_s24le", "pcm_s16le")
_MUXERS = ("mov", "mp4", "matroska", "mxf")
_PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"
_REINSTALL = "install the tool anew: the package in its environment is not the one that was tested"


def probe(_: Question) -> Iterator[Answer]:
    """What reads, what makes, and the wall between a playlist and the network."""
    yield from _reading()
    yield from _making()
    yield from _wall()


def _reading() -> Iterator[Answer]:
    import av
    from av.codec import codecs_available

    known = {name: ".".join(map(str, numbers)) for name, numbers in av.library_versions.items()}
    libraries = ", ".join(f"{name} {known[name]}" for name in _LIBRARIES if name in known)
    yield ok("reading", f"PyAV {av.__version__}; {libraries}")
    from av.filter import filters_available

    lacking = [*_lacking(_DECODERS, codecs_available), *_lacking(_FILTERS, filters_available)]
    yield _judged("decoders", f"{len(_DECODERS)} decoders and {len(_FILTERS)} filters that are needed", lacking)


def _making() -> Iterator[Answer]:
    from assets import encode

    binary = encode.bundled()
    version = _said(binary, "-version").partition("\n")[0]
    yield ok("making", re.sub(r" Copyright.*", "", version))
    encoders, muxers = _names(_said(binary, "-encoders")), _names(_said(binary, "-muxers"))
    lacking = [*_lacking(_ENCODERS, encoders), *_lacking(_MUXERS, muxers)]
    yield _judged("encoders", f"{len(_ENCODERS)} encoders and {len(_MUXERS)} containers that are needed", lacking)


def _wall() -> Iterator[Answer]:
    """Offers the reader a playlist that names a server of ours, and sees whether anybody comes."""
    from assets.probe import probe as read
    from assets.worker import WorkerError

    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        playlist = Path(folder) / "film.m3u8"
        playlist.write_text(_PLAYLIST.format(f"http://127.0.0.1:{server.getsockname()[1]}/film.ts"), encoding="utf-8")
        with contextlib.suppress(WorkerError):
            read(playlist, _RUN_SECONDS)
        server.setblocking(False)
        try:
            server.accept()[0].close()
        except BlockingIOError:
            yield ok("one file alone", "a playlist that poses as a film opens nothing")
            return
    yield fail(
        "one file alone", "a playlist that poses as a film is followed", f"judge no file of others; {_REINSTALL}"
    )


def _judged(what: str, all_there: str, lacking: list[str]) -> Answer:
    return fail(what, f"there is no {', no '.join(lacking)}", _REINSTALL) if lacking else ok(what, all_there)


def _lacking(wanted: Iterable[str], found: "AbstractSet[str]") -> list[str]:
    return [name for name in wanted if name not in found]


def _said(binary: str, option: str) -> str:
    done = subprocess.run(
        [binary, "-hide_banner", option],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=_RUN_SECONDS,
    )
    return done.stdout.decode("utf-8", "replace")


def _names(listed: str) -> frozenset[str]:
    """The names in ffmpeg's list: the second word of each line; several of one thing stand with commas."""
    words = (line.split() for line in listed.splitlines())
    return frozenset(name for word in words if len(word) > 1 for name in word[1].split(","))
