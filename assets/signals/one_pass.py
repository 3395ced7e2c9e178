"""One pass over a media file: its packets, its pictures, its sound and its digest, read once. Use `assets.measuring`.

Decoding takes nearly all of the time, and all cores: the media library decodes ahead in threads of its own while the
meters look at what is there.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assets import timing, worker
from assets.media import Measured
from assets.probe import OpenMedia, open_media
from assets.signals.complaints import Complaints
from assets.signals.hashing import HashBeside, Hashing
from assets.signals.model import MEASUREMENT, Signals
from assets.signals.streams import PictureStream, SoundGroup
from assets.signals.together import sounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLD_EVERY_SECONDS = 0.25
_MICROSECOND = timing.TICKS_PER_SECOND // 1_000_000


def measure_here(name: str) -> Measured:
    """The file `name`, measured in this process. Raises what `assets.probe.open_media` and the media library raise."""
    with open_media(name) as media:
        return measured(media, HashBeside(name))


def measured(media: OpenMedia, hashing: Hashing) -> Measured:
    """An open file, measured; `hashing` makes its digest meanwhile. Raises what the media library raises."""
    try:
        one_pass = _OnePass(media)
        one_pass.run(hashing)
    except BaseException:
        hashing.abandon()
        raise
    sha256, size = hashing.result(lambda: worker.tell(1.0))  # far behind where the media ends, if that is damaged
    return Measured(media.info(), one_pass.signals(), size, sha256)


class _OnePass:
    """The meters of every stream, fed packet by packet."""

    def __init__(self, media: OpenMedia) -> None:
        self._media = media
        self._complaints = Complaints()
        self._bases = {stream.index: Fraction(stream.time_base or 1) for stream in (*media.video, *media.audio)}
        self._pictures = {stream.index: PictureStream(stream, media) for stream in media.video}
        self._sounds = [SoundGroup(group, media.audio) for group in sounds_of(media.audio)]
        self._of: dict[int, PictureStream | SoundGroup] = {
            **{index: sound for sound in self._sounds for index in sound.group.streams},
            **self._pictures,
        }
        self._told = 0.0

    @property
    def _streams(self) -> Sequence[PictureStream | SoundGroup]:
        return (*self._pictures.values(), *self._sounds)

    def run(self, hashing: Hashing) -> None:
        """Reads the file to its end, or to where nothing more of it can be read: that is a complaint."""
        import av

        with self._complaints.heard():
            try:
                for packet in self._media.container.demux():
                    self._media.see(packet)
                    if packet.pos is not None:
                        hashing.reached(packet.pos)
                    if packet.stream.index in self._of:
                        self._decode(packet)
            except av.FFmpegError as error:
                self._complaints.add(error.strerror or str(error))
                self._flush()
            for stream in self._streams:
                stream.end()

    def _decode(self, packet: Any) -> None:  # noqa: ANN401 -- PyAV's own types
        import av

        index = packet.stream.index  # a packet that ends a stream has the number 0
        at = packet.pts if packet.pts is not None else packet.dts
        if at is not None:
            self._complaints.at = timing.from_seconds(at * self._bases[index])
            self._tell(self._complaints.at)
        try:
            for frame in packet.decode():
                self._of[index].take(index, frame)
        except av.FFmpegError as error:
            self._complaints.add(error.strerror or str(error))

    def _flush(self) -> None:
        """What decoders still hold, where the file breaks off."""
        import av

        for stream in (*self._media.video, *self._media.audio):
            try:
                for frame in stream.decode(None):
                    self._of[stream.index].take(stream.index, frame)
            except av.FFmpegError as error:
                self._complaints.add(error.strerror or str(error))

    def _tell(self, at: timing.Time) -> None:
        now = time.monotonic()
        if now - self._told < TOLD_EVERY_SECONDS:
            return
        self._told = now
        duration = (self._media.container.duration or 0) * _MICROSECOND
        worker.tell(min(1.0, max(0.0, at / duration)) if duration else 0.0)

    def signals(self) -> Signals:
        """Everything that was measured, and what could not be."""
        pictures = tuple(stream.signals() for stream in self._pictures.values() if stream.has_any)
        sounds = tuple(sound.signals() for sound in self._sounds if sound.has_any)
        return Signals(
            version=MEASUREMENT,
            pictures=pictures,
            sounds=sounds,
            errors=self._complaints.all(),
            unmeasured=tuple(item for stream in self._streams for item in stream.unmeasured),
        )
