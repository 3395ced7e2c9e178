"""Media that is made: commands written with ffmpeg-python, run with the ffmpeg of imageio-ffmpeg or another one.

An input may only be a file or a pipe, whatever a playlist or a reference inside it names, so that making media never
opens the network. ffmpeg gets no terminal to read from, a session of its own, so that ^C reaches the tool and not it,
and a time limit.
"""

import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

from assets.errors import Fault, InputError

PROTOCOLS = "file,pipe"
TIMEOUT_SECONDS = 600
_WORDS = 3
_MOST_WORDS = 1 << 16

Options = Mapping[str, str | int]
"""ffmpeg's options without the leading hyphen: `{"c:a": "aac", "metadata:s:a:0": "language=kor"}`."""


class Stream(Protocol):
    """A stream of ffmpeg-python: one that a file has, one that a filter graph makes."""

    @property
    def video(self) -> "Stream":
        """The picture alone."""

    @property
    def audio(self) -> "Stream":
        """The sound alone."""

    def __getitem__(self, specifier: str, /) -> "Stream":
        """One stream by ffmpeg's specifier: its index in the file, or `v:0`."""


def from_file(path: Path, options: Options | None = None) -> Stream:
    """The streams of a file; `options` are those of ffmpeg's input."""
    import ffmpeg

    stream: Stream = ffmpeg.input(f"file:{path}", protocol_whitelist=PROTOCOLS, **(options or {}))
    return stream


def generated(graph: str) -> Stream:
    """What a source filter graph makes, such as `testsrc2=d=2` (picture) or `sine=d=2` (sound). Never user text."""
    import ffmpeg

    stream: Stream = ffmpeg.input(graph, f="lavfi", protocol_whitelist=PROTOCOLS)
    return stream


def filtered(name: str, streams: Stream | list[Stream], options: Options | None = None) -> Stream:
    """What a filter makes of one stream, or of several. Its options are escaped: none of them is read as a graph."""
    import ffmpeg

    stream: Stream = ffmpeg.filter(streams, name, **(options or {}))
    return stream


def make(
    path: Path,
    *streams: Stream,
    options: Options | None = None,
    ffmpeg: str | None = None,
    timeout_seconds: int = TIMEOUT_SECONDS,
    told: Callable[[Fraction], None] = lambda _: None,
) -> None:
    """Make a media file of streams; its suffix tells the container.

    `ffmpeg` names another binary. `told` is told again and again how many seconds of it are made. Raises InputError if
    `path` exists, or with ffmpeg's words if it fails, or if it cannot be started or takes too long; no half-made file
    is left.
    """
    if path.exists():
        raise InputError(Fault(str(path), "", "exists already", "media is made under a new name"))
    try:
        _run(_command(ffmpeg or bundled(), streams, path, options or {}), path, timeout_seconds, told)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _run(command: list[str], path: Path, timeout_seconds: int, told: Callable[[Fraction], None]) -> None:
    """Run ffmpeg. Raises InputError if it does not start, does not end or fails."""
    with tempfile.TemporaryFile() as words:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words, start_new_session=True
            )
        except OSError as error:
            allowed = "`ffmpeg` in releaseprint.toml names a binary; without it the tool uses its own"
            raise InputError(Fault(command[0], "", f"cannot be started: {error.strerror}", allowed)) from error
        limit = threading.Timer(timeout_seconds, process.kill)
        try:
            limit.start()
            _listen(process, told)
            process.wait()
            late = limit.finished.is_set()
        finally:  # whatever stops the tool stops ffmpeg first: it must not write to a file that is taken away
            limit.cancel()
            process.kill()
            process.wait()
        if late:
            raise InputError(Fault(str(path), "", "takes ffmpeg too long to make", f"at most {timeout_seconds} s"))
        if process.returncode:
            raise InputError(Fault(str(path), "", f"ffmpeg cannot make it: {_words(_ends(words))}"))


def _listen(process: subprocess.Popen[bytes], told: Callable[[Fraction], None]) -> None:
    """Reads what `-progress` says, to the end of the process."""
    if process.stdout is None:
        raise TypeError(process)
    with process.stdout as lines:
        for line in lines:
            key, _, value = line.strip().partition(b"=")
            if key == b"out_time_us" and value.isdigit():
                told(Fraction(int(value), 1_000_000))


def _ends(words: Any) -> bytes:  # noqa: ANN401 -- an open file
    """The beginning and the end of a file that may be very long."""
    size = words.seek(0, 2)
    words.seek(0)
    if size <= 2 * _MOST_WORDS:
        return bytes(words.read())
    head = words.read(_MOST_WORDS)
    words.seek(size - _MOST_WORDS)
    return bytes(head + b"\n" + words.read())


def bundled() -> str:
    """The ffmpeg that comes with the tool. Raises InputError where imageio-ffmpeg has none for this machine."""
    import imageio_ffmpeg  # type: ignore[import-untyped] # it ships no types

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        allowed = "install ffmpeg and name it as `ffmpeg` in releaseprint.toml"
        raise InputError(Fault("ffmpeg", "", "imageio-ffmpeg has no binary for this machine", allowed)) from error


def _command(binary: str, streams: tuple[Stream, ...], path: Path, options: Options) -> list[str]:
    import ffmpeg

    start = [binary, "-hide_banner", "-nostdin", "-loglevel", "error", "-nostats", "-progress", "pipe:1"]
    command: list[str] = ffmpeg.compile(ffmpeg.output(*streams, f"file:{path}", **options), cmd=start)
    return command


def _words(stderr: bytes) -> str:
    """The beginning and the end of what ffmpeg said: a damaged input can make it say a million lines between them."""
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    if len(lines) > 2 * _WORDS:
        lines = [*lines[:_WORDS], "…", *lines[-_WORDS:]]
    return "; ".join(lines) or "it does not say why"
