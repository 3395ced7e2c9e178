"""Decoded frames as meters see them: pictures with their planes, sound in blocks of a tenth of a second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assets import timing
from assets.signals.meters import STEP, Block, Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assets.signals.meters import Plane, Small

BLOCKS_PER_SECOND = 10

LONGEST_HOLE = timing.TICKS_PER_SECOND * 600
"""Missing sound is heard as silence, up to so much at a time: a time that is further away comes from a damaged file."""


@dataclass(slots=True)
class _Seen:
    """A frame with what was made of it; the frame is kept because its planes are the decoder's memory."""

    frame: Any
    planes: tuple[Plane, ...]
    depth: int
    small: Small
    start: timing.Time
    still: bool


class Pictures:
    """Makes pictures of the frames of one stream. A picture is known when the next one tells where it ends.

    `native` is the pixel format that is asked of swscale where the decoder's own has no planes of Y'CBCR that could
    be looked at; `is_converted` then says that codes are no longer those of the file.
    """

    def __init__(self, stream: Any, rate: Fraction | None) -> None:  # noqa: ANN401 -- PyAV's own types
        self._base = Fraction(stream.time_base or 1)
        self._nominal = timing.from_seconds(1 / rate) if rate else 0
        # The rate of the header, not the average: with pull-down flags pictures last two fields of it, or three.
        self._two_fields = timing.from_seconds(1 / Fraction(stream.base_rate)) if stream.base_rate else 0
        self._before: _Seen | None = None
        self.is_converted = False

    def of(self, frame: Any) -> Iterator[Picture]:  # noqa: ANN401
        """The picture before `frame`, now that it ends."""
        before = self._before
        start = self._start(frame, before)
        planes, depth = self._planes(frame)
        small = _small(planes[0], depth)
        still = before is not None and _is_same(before, planes, small)
        self._before = _Seen(frame, planes, depth, before.small if still and before else small, start, still)
        if before is not None:
            yield self._picture(before, start)

    def last(self) -> Iterator[Picture]:
        """The last picture, when there are no more frames."""
        if self._before is not None:
            yield self._picture(self._before, None)
            self._before = None

    def _start(self, frame: Any, before: _Seen | None) -> timing.Time:  # noqa: ANN401
        if frame.pts is not None:
            return timing.from_seconds(frame.pts * self._base)
        return before.start + self._shown(before.frame) if before else 0

    def _shown(self, frame: Any) -> timing.Time:  # noqa: ANN401
        """How long a frame says that it is shown, else what its stream's rate says."""
        duration = frame.duration
        return timing.from_seconds(duration * self._base) if duration else self._nominal

    def _picture(self, seen: _Seen, following: timing.Time | None) -> Picture:
        """A picture lasts until the next one, but not over a hole: that is a gap, and what it shows is not known.

        One that is shown for three fields asks for its first to be shown again.
        """
        shown = self._shown(seen.frame)
        end = seen.start + shown
        if following is not None and following > seen.start and (not shown or 2 * abs(following - end) <= shown):
            end = following
        return Picture(
            start=seen.start,
            end=end,
            planes=seen.planes,
            depth=seen.depth,
            full_range=seen.frame.format.name.startswith("yuvj") or int(seen.frame.color_range) == 2,  # noqa: PLR2004
            small=seen.small,
            still=seen.still,
            interlaced=bool(seen.frame.interlaced_frame),
            repeat=5 * self._two_fields < 4 * shown < 7 * self._two_fields,
        )

    def _planes(self, frame: Any) -> tuple[tuple[Plane, ...], int]:  # noqa: ANN401
        pixels = frame.format
        if not _has_planes(pixels):
            deep = max(component.bits for component in pixels.components) > 8  # noqa: PLR2004 -- a byte
            is_only_packed = not pixels.is_rgb and not deep
            self.is_converted = self.is_converted or not is_only_packed
            frame = frame.reformat(format="yuv444p10le" if deep else "yuv422p" if is_only_packed else "yuv444p")
            pixels = frame.format
        components = pixels.components
        planes = tuple(_view(frame.planes[number], components[number]) for number in range(min(len(components), 3)))
        return planes if len(planes) == 3 else planes[:1], components[0].bits  # noqa: PLR2004 -- Y', C'B, C'R


def _has_planes(pixels: Any) -> bool:  # noqa: ANN401
    """Whether a pixel format has a plane for each component, of whole bytes in this machine's order."""
    components = pixels.components
    numbers = [component.plane for component in components]
    is_own = len(set(numbers)) == len(numbers) and not pixels.has_palette and not pixels.is_bit_stream
    return is_own and not pixels.is_rgb and not pixels.is_big_endian and pixels.name.startswith(("yuv", "gray"))


def _view(plane: Any, component: Any) -> Plane:  # noqa: ANN401
    import numpy as np

    kind = np.uint8 if component.bits <= 8 else np.uint16  # noqa: PLR2004 -- a byte
    codes = np.frombuffer(plane, kind)
    whole: NDArray[Any] = codes.reshape(plane.height, -1)[:, : plane.width]
    return whole


def _small(luma: Plane, depth: int) -> Small:
    import numpy as np

    sample: NDArray[Any] = luma[::STEP, ::STEP]
    return (sample >> (depth - 8) if depth > 8 else sample).astype(np.uint8)  # noqa: PLR2004 -- a byte


def _is_same(before: _Seen, planes: tuple[Plane, ...], small: Small) -> bool:
    """Whether every pixel is that of the frame before; the small picture tells most differences at once."""
    import numpy as np

    if before.small.shape != small.shape or not np.array_equal(before.small, small):
        return False
    return len(planes) == len(before.planes) and all(
        np.array_equal(one, other) for one, other in zip(planes, before.planes, strict=True)
    )


class Blocks:
    """Makes blocks of the frames of one stream of sound, one after the other; holes are filled with silence.

    `start` is where the first block begins, None to begin with the first frame. `gaps` are the holes; one that is
    longer than LONGEST_HOLE is not filled, and what follows it then has earlier times than in the file.
    """

    def __init__(self, stream: Any, start: timing.Time | None) -> None:  # noqa: ANN401 -- PyAV's own types
        import av

        self.rate = int(stream.codec_context.sample_rate)
        self.gaps: list[tuple[timing.Time, timing.Time]] = []
        self.start = start
        self._base = Fraction(stream.time_base or 1)
        self._resampler = av.AudioResampler(format="flt")  # planes of more than eight channels cannot be read
        self._waiting: list[NDArray[Any]] = []
        self._held = 0
        self._given = 0
        self._received = 0
        self._left_out: timing.Time = 0

    @property
    def size(self) -> int:
        """The samples of a block."""
        return self.rate // BLOCKS_PER_SECOND

    @property
    def end(self) -> timing.Time:
        """When the last sample ends."""
        return self._at(self._received)

    def of(self, frame: Any) -> Iterator[Block]:  # noqa: ANN401
        """The blocks that are full with this frame."""
        if frame.pts is not None:
            self._place(timing.from_seconds(frame.pts * Fraction(frame.time_base or self._base)), frame)
        if self.start is None:
            self.start = 0
        self._resample(frame)
        yield from self._full()

    def last(self) -> Iterator[Block]:
        """What is left, when there are no more frames."""
        if self.start is None:
            return
        self._resample(None)
        yield from self._full()
        if self._held:
            yield self._block(self._held)

    def _place(self, time: timing.Time, frame: Any) -> None:  # noqa: ANN401
        """Notes the first time; fills a hole before a frame."""
        import numpy as np

        if self.start is None:
            self.start = time
            return
        hole = time - self._left_out - self.end
        if hole < -LONGEST_HOLE:  # the clock has come back from where it had jumped to
            self._left_out, hole = 0, time - self.end
        tolerance = timing.from_seconds(Fraction(frame.samples, 2 * self.rate))  # less is the rounding of time bases
        if hole <= tolerance:
            return
        self.gaps.append((time - hole, time))
        if hole > LONGEST_HOLE:
            self._left_out += hole
            return
        count = round(timing.to_seconds(hole) * self.rate)
        self._add(np.zeros((frame.layout.nb_channels, count), np.float32))

    def _resample(self, frame: Any) -> None:  # noqa: ANN401
        for part in self._resampler.resample(frame):
            self._add(part.to_ndarray().reshape(-1, part.layout.nb_channels).T)

    def _add(self, samples: NDArray[Any]) -> None:
        self._waiting.append(samples)
        self._held += samples.shape[1]
        self._received += samples.shape[1]

    def _full(self) -> Iterator[Block]:
        while self._held >= self.size:
            yield self._block(self.size)

    def _block(self, size: int) -> Block:
        import numpy as np

        joined = self._waiting[0] if len(self._waiting) == 1 else np.concatenate(self._waiting, axis=1)
        rest = joined[:, size:]
        self._held = rest.shape[1]
        self._waiting = [rest] if self._held else []
        block = Block(self._at(self._given), self.rate, joined[:, :size])
        self._given += size
        return block

    def _at(self, sample: int) -> timing.Time:
        return (self.start or 0) + timing.from_seconds(Fraction(sample, self.rate))
