"""The meters of one stream of pictures, and of one sound: what they are shown, and what they found."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assets import timing
from assets.signals import pictures, sounds
from assets.signals.decoded import BLOCKS_PER_SECOND, Blocks, Pictures
from assets.signals.meters import Block, Picture, PictureSetting, SoundSetting
from assets.signals.model import PictureSignals, SoundSignals, Stretch, Unmeasured

if TYPE_CHECKING:
    from assets.probe import OpenMedia
    from assets.signals.meters import PictureMeter, SoundMeter
    from assets.signals.together import Group


MOST_WAITING = 60 * BLOCKS_PER_SECOND
"""Blocks that may wait for another stream of their sound: a minute. Of stems that end early, or are empty, no more."""


RATES = range(4_000, 768_001)
"""Sample rates of sound, in hertz. A header may state others; its meters would have nothing to hold on to."""


class PictureStream:
    """The pictures of one stream. `unmeasured` is complete when `signals` was asked for."""

    def __init__(self, stream: Any, media: OpenMedia) -> None:  # noqa: ANN401 -- PyAV's own types
        stream.thread_type = "AUTO"
        context = stream.codec_context
        rate = Fraction(stream.average_rate or stream.base_rate or 0) or None
        self.unmeasured: list[Unmeasured] = []
        self._index = stream.index
        self._media = media
        self._pictures = Pictures(stream, rate)
        self._meters: list[PictureMeter] = pictures.meters_for(PictureSetting(context.width, context.height, rate))
        self._size: tuple[int, int] | None = None

    @property
    def has_any(self) -> bool:
        """Whether a picture was decoded at all."""
        return self._size is not None

    def take(self, _: int, frame: Any) -> None:  # noqa: ANN401
        """One more frame. One of another size than the first cannot be compared with it, and is left out and said."""
        self._media.see_picture(self._index, frame)
        size = frame.width, frame.height
        self._size = self._size or size
        if size == self._size:
            for picture in self._pictures.of(frame):
                self._show(picture)
        elif not self.unmeasured:
            words = f"its raster changes from {self._size[0]}x{self._size[1]} to {size[0]}x{size[1]} inside the file"
            self.unmeasured.append(Unmeasured(self._index, "frames", words))

    def end(self) -> None:
        """There are no more frames."""
        for picture in self._pictures.last():
            self._show(picture)

    def _show(self, picture: Picture) -> None:
        for meter in self._meters:
            meter.see(picture)

    def signals(self) -> PictureSignals:
        """What the meters found."""
        found: dict[str, Any] = {}
        for meter in self._meters:
            found |= _fields(meter, self._index, self.unmeasured)
        if self._pictures.is_converted:
            found["levels"] = None
            reason = "its codes are not those of Y'CBCR pictures"
            self.unmeasured.append(Unmeasured(self._index, "levels", reason))
        return PictureSignals(stream=self._index, **found)


class SoundGroup:
    """One sound, of one stream or of several with a channel each. `unmeasured` as of pictures."""

    def __init__(self, group: Group, streams: Sequence[Any]) -> None:
        own = [stream for stream in streams if stream.index in group.streams]
        self.group = group
        self.unmeasured: list[Unmeasured] = []
        self.has_any = False
        self._start = min((_start(stream) for stream in own), default=0)
        self._blocks = {stream.index: Blocks(stream, self._start if len(own) > 1 else None) for stream in own}
        self._waiting: dict[int, deque[Block]] = {stream.index: deque() for stream in own}
        self._missed = dict.fromkeys(self._waiting, 0)
        self._meters: list[SoundMeter] = []

    def take(self, index: int, frame: Any) -> None:  # noqa: ANN401 -- PyAV's own types
        """One more frame of one of the streams."""
        if self.group.rate not in RATES:
            self._leave_out(f"its sample rate of {self.group.rate} Hz is none that sound has")
            return
        if frame.layout.nb_channels * len(self._blocks) != len(self.group.labels) or frame.rate != self.group.rate:
            self._leave_out("its channels or its sample rate change inside the file")
            return
        for block in self._blocks[index].of(frame):
            self._wait(index, block)
        while all(self._waiting.values()) or max(map(len, self._waiting.values())) > MOST_WAITING:
            self._hear()

    def _wait(self, index: int, block: Block) -> None:
        """A block waits for those of the other streams; one that they could not wait for is left out and said."""
        if self._missed[index]:
            self._missed[index] -= 1
            self._leave_out("its channels lie more than a minute apart in the file")
        else:
            self._waiting[index].append(block)

    def _leave_out(self, reason: str) -> None:
        if not self.unmeasured:
            self.unmeasured.append(Unmeasured(self.group.streams[0], "samples", reason))

    def end(self) -> None:
        """There are no more frames: what is left is heard, with silence where a stream has ended before the others."""
        for index, blocks in self._blocks.items() if self.group.rate in RATES else ():
            for block in blocks.last():
                self._wait(index, block)
        while any(self._waiting.values()):
            self._hear()

    def _hear(self) -> None:
        for index, waiting in self._waiting.items():
            self._missed[index] += not waiting
        block = _joined([waiting.popleft() if waiting else None for waiting in self._waiting.values()])
        if not self.has_any:
            self.has_any = True
            self._start = block.start
            group = self.group
            self._meters = sounds.meters_for(SoundSetting(group.layout, group.labels, group.rate, block.start))
        for meter in self._meters:
            meter.hear(block)

    def signals(self) -> SoundSignals:
        """What the meters found."""
        found: dict[str, Any] = {
            "gaps": tuple(Stretch(*gap) for blocks in self._blocks.values() for gap in blocks.gaps),
            "start": self._start,
            "end": max(blocks.end for blocks in self._blocks.values()),
        }
        for meter in self._meters:
            found |= _fields(meter, self.group.streams[0], self.unmeasured)
        return SoundSignals(streams=self.group.streams, layout=self.group.layout, **found)


def _start(stream: Any) -> timing.Time:  # noqa: ANN401
    return timing.from_seconds((stream.start_time or 0) * Fraction(stream.time_base or 1))


def _fields(meter: PictureMeter | SoundMeter, stream: int, unmeasured: list[Unmeasured]) -> dict[str, Any]:
    """A meter's fields of the record; what it could not measure goes to `unmeasured`."""
    found = dict(meter.result())
    unmeasured += [Unmeasured(stream, signal, reason) for signal, reason in found.pop("unmeasured", ())]
    return found


def _joined(parts: Sequence[Block | None]) -> Block:
    """The blocks of several streams as one with all their channels; a shorter or missing one goes on in silence."""
    import numpy as np

    present = [part for part in parts if part is not None]
    if len(parts) == 1:
        return present[0]
    length = max(part.samples.shape[1] for part in present)
    samples = np.zeros((len(parts), length), np.float32)
    for number, part in enumerate(parts):
        if part is not None:
            samples[number, : part.samples.shape[1]] = part.samples[0]
    return Block(present[0].start, present[0].rate, samples)
