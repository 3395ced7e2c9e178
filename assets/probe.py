"""A media file -> MediaInfo, by PyAV, in a worker process. Packets are read, one frame is decoded, nothing else."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets import timing
from assets.media import MediaInfo
from assets.media_facts import ContainerSays
from assets.probing import container_facts, values
from assets.probing.boxes import Seekable
from assets.probing.encryption import encryption_in, read_encryption
from assets.probing.first_picture import FirstPicture, first_picture
from assets.probing.movie import Movie, movie_in, read_movie
from assets.probing.packets import Packets
from assets.probing.streams import WITHOUT_HEADER, Header, audio_stream, other_stream, start_of, video_stream
from assets.worker import run_isolated

if TYPE_CHECKING:
    import av.container

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mxf,mpegts,mpeg,avi,wav,w64,aiff,flac,gxf,mpegvideo,h264,hevc"
"""Demuxers that read one file and nothing beside it: a playlist is not among them."""

PROBE_SECONDS = 900.0

_BUFFER_BYTES = 1 << 18
"""What the media library reads at a time of a file that is not read by its name."""


class MediaError(ValueError):
    """A media file that must not or cannot be read; the text says why, in one line."""


def probe(path: Path, seconds: float = PROBE_SECONDS) -> MediaInfo:
    """What a media file says. Raises assets.worker.WorkerError with one line if it cannot be read."""
    info = run_isolated(read_media, str(path), seconds=seconds)
    if not isinstance(info, MediaInfo):
        raise TypeError(info)
    return info


def read_media(name: str) -> MediaInfo:
    """The file `name`, read in this process; use `probe`. Raises MediaError, and whatever the media library raises."""
    with open_media(name) as media:
        for stream in media.video:
            _decode_first(media, stream)
        for packet in media.container.demux():
            media.see(packet)
        return media.info()


@contextmanager
def open_media(name: str) -> Iterator[OpenMedia]:
    """The media file `name` alone: nothing beside it is opened, whatever it refers to.

    Raises MediaError if it is no regular file, refers to another one, or has changed when the block ends; and whatever
    the media library raises.
    """
    before = _state(name)
    movie = read_movie(Path(name))
    encryption = movie.encryption if movie else read_encryption(Path(name))
    _require_own(movie)
    with _container(name, "file") as container:
        yield _opened(container, movie, before[0], encryption)
    if _state(name) != before:
        raise MediaError("it changed while it was read; wait until its copy is complete")


@contextmanager
def open_stream(file: Seekable, size: int) -> Iterator[OpenMedia]:
    """The same of an open file that has so many bytes, and never others; its `name` is what a file would be called.

    Raises as `open_media`, and what the file raises.
    """
    movie = movie_in(file, size)
    encryption = movie.encryption if movie else encryption_in(file)
    _require_own(movie)
    file.seek(0)
    with _container(file, "none") as container:
        yield _opened(container, movie, size, encryption)


def _require_own(movie: Movie | None) -> None:
    if movie is not None and movie.is_elsewhere:
        raise MediaError("it refers to pictures or sound in another file; a master must hold all of its own")


def _opened(
    container: av.container.InputContainer, movie: Movie | None, size: int, encryption: str | None
) -> OpenMedia:
    if not container.streams:
        raise MediaError("there is no stream in it; a media file has picture or sound")
    return OpenMedia(container, movie, size, encryption)


def _container(source: str | Seekable, protocols: str) -> av.container.InputContainer:
    import av

    options = {"format_whitelist": FORMATS, "protocol_whitelist": protocols}
    try:
        return av.open(source, "r", options=options, metadata_errors="replace", buffer_size=_BUFFER_BYTES)
    except av.EOFError:
        raise MediaError("it ends before its first picture or sound; copy it again from its source") from None
    except av.FFmpegError as error:
        if error.errno == errno.EINVAL:  # a playlist, or another format that is not among FORMATS
            raise MediaError("it is no file of a kind that holds a film; such as mov, mp4, mxf, mkv, mpegts") from None
        raise


def _state(name: str) -> tuple[int, int, int]:
    """Size, time of change and identity of a file, by which a change while it is read is noticed."""
    found = os.stat(name)  # noqa: PTH116 -- a name comes from the other process
    if not stat.S_ISREG(found.st_mode):
        raise MediaError("it is not a regular file")
    return found.st_size, found.st_mtime_ns, found.st_ino


class OpenMedia:
    """A media file that is being read once. Tell it of every packet, and of the first picture of each stream.

    `container` is PyAV's; `video` and `audio` are those of its streams that are pictures and sound and can be decoded.
    """

    def __init__(
        self, container: av.container.InputContainer, movie: Movie | None, size: int, encryption: str | None
    ) -> None:
        self.container = container
        self.video = [stream for stream in _decodable(container.streams.video) if not _is_attached(stream)]
        self.audio = _decodable(container.streams.audio)
        self._movie, self._size, self._encryption = movie, size, encryption
        self._headers = {stream.index: _header(stream, movie) for stream in self.video}
        self._first: dict[int, FirstPicture] = {}
        self._packets = {
            stream.index: Packets(stream, values.codec_name(stream), picture=stream.index in self._headers)
            for stream in container.streams
        }

    def see(self, packet: Any) -> None:  # noqa: ANN401 -- PyAV's own types
        """One more packet, in the order of the file. Raises MediaError where it lies behind what the file's end was."""
        packets = self._packets.get(packet.stream_index)
        if packets is None:
            return
        if packet.pos is not None and packet.pos > self._size:
            raise MediaError("it grows while it is read; wait until its copy is complete")
        packets.see(packet)

    def see_picture(self, index: int, frame: Any) -> None:  # noqa: ANN401
        """A decoded picture of the stream `index`; only the first one is looked at."""
        if index not in self._first:
            self._first[index] = first_picture(frame)

    def info(self) -> MediaInfo:
        """Everything the file says, when all its packets were seen."""
        video = tuple(
            video_stream(
                stream,
                self._packets[stream.index],
                self._headers[stream.index],
                self._first.get(stream.index, FirstPicture()),
            )
            for stream in self.video
        )
        used = {stream.index for stream in (*self.video, *self.audio)}
        timecodes = container_facts.timecodes(self.container)
        return MediaInfo(
            container=container_facts.name_of(self.container),
            duration=self._duration(used),
            bit_rate=self.container.bit_rate or None,
            video=video,
            audio=tuple(audio_stream(stream, self._packets[stream.index]) for stream in self.audio),
            other=tuple(other_stream(stream) for stream in self.container.streams if stream.index not in used),
            timecode=timecodes[0].text if timecodes else None,
            timecodes=timecodes,
            chapters=container_facts.chapters(self.container),
            edit_lists=container_facts.edit_lists(self.container, self._movie),
            declared_duration=container_facts.declared_duration(self.container),
            is_fast_start=self._movie.is_fast_start if self._movie else None,
            encryption=self._encryption,
            writer=values.text(self.container.metadata, "encoder", "product_name", "encoding_tool", "software"),
        )

    def _duration(self, used: set[int]) -> timing.Time:
        """The length of the programme: to the end of the last stream, from 0 or from where a clock without 0 starts."""
        end = max((self._packets[index].time(self._packets[index].end) for index in used), default=0)
        if self.container.format.name not in WITHOUT_HEADER:
            return end
        streams = [stream for stream in self.container.streams if stream.index in used]
        return end - min((start_of(stream, self._packets[stream.index]) for stream in streams), default=0)


def _decodable(streams: Iterable[Any]) -> list[Any]:
    return [stream for stream in streams if stream.codec_context is not None]


def _is_attached(stream: Any) -> bool:  # noqa: ANN401
    """Whether a stream is a picture of the cover, which stands in a file beside what it shows."""
    return bool(stream.disposition & stream.disposition.attached_pic)


def _header(stream: Any, movie: Movie | None) -> Header:  # noqa: ANN401
    tags = values.colour_of(stream.codec_context)
    if movie is None:
        return Header(ContainerSays(tags, values.aspect(stream.sample_aspect_ratio)), tags)
    entry = next((track.entry for track in movie.tracks if track.number == stream.id), None)
    return Header(entry.says, tags, entry.dolby_vision) if entry else Header(ContainerSays(), tags)


def _decode_first(media: OpenMedia, stream: Any) -> None:  # noqa: ANN401
    """Shows `media` the first frame of a stream that can be decoded, and goes back to the beginning."""
    import av

    try:
        frame = next(media.container.decode(stream), None)
    except av.FFmpegError:
        frame = None
    finally:
        media.container.seek(0)
    if frame is not None:
        media.see_picture(stream.index, frame)
