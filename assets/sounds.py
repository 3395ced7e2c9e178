"""Which streams are one sound: a file may carry each loudspeaker in a stream of its own, a stem of one channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

LAYOUTS = {2: (("stereo", 2),), 6: (("5.1", 6),), 8: (("5.1", 6), ("stereo", 2))}
"""What so many stems in a row are: EBU R48 and SMPTE ST 377-4 put stereo after 5.1."""

MONO = "mono"
"""The layout of a stream of one channel, whether that is labelled, and as what, or not."""

_LABELS = {MONO: ("FC",), "stereo": ("FL", "FR"), "5.1": ("FL", "FR", "FC", "LFE", "BL", "BR")}


class SoundStream(Protocol):
    """What tells how the streams of a file belong together; `sample_rate` is in hertz."""

    @property
    def channels(self) -> int:
        """How many channels the stream has."""

    @property
    def sample_rate(self) -> int:
        """Samples of a channel in a second."""

    @property
    def language(self) -> str | None:
        """The language tag, None where there is none."""

    @property
    def layout(self) -> str:
        """The layout as the file says it."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The loudspeakers of the channels."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One sound: `numbers` of its streams, from 0 among the file's sound streams, and its layout and loudspeakers."""

    numbers: tuple[int, ...]
    layout: str
    labels: tuple[str, ...]


def sounds_of(streams: Sequence[SoundStream], singles: Collection[int] = ()) -> tuple[Sound, ...]:
    """The sounds of a file's audio streams, in their order.

    Streams of one channel that follow each other with the same language and rate are taken together if their number
    is that of a layout; every other stream is a sound by itself. `singles` are numbers of streams that are known to be
    a sound each: stems that would be taken together with one of them are not.
    """
    result: list[Sound] = []
    for run in _runs(streams):
        layouts = LAYOUTS.get(len(run)) if streams[run[0]].channels == 1 else None
        rest = run
        for layout, count in layouts or ():
            part, rest = rest[:count], rest[count:]
            if set(part) & set(singles):
                result += [_alone(number, streams[number]) for number in part]
            else:
                result.append(Sound(tuple(part), layout, _LABELS[layout]))
        result += [_alone(number, streams[number]) for number in rest]
    return tuple(result)


def _alone(number: int, stream: SoundStream) -> Sound:
    if stream.channels == 1:
        return Sound((number,), MONO, _LABELS[MONO])
    return Sound((number,), stream.layout, stream.labels)


def _runs(streams: Sequence[SoundStream]) -> list[list[int]]:
    """The numbers of the streams, with those of one channel that are alike and neighbours together."""
    runs: list[list[int]] = []
    for number, stream in enumerate(streams):
        if runs and stream.channels == 1 and _kind(stream) == _kind(streams[runs[-1][0]]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _kind(stream: SoundStream) -> tuple[int, int, str | None]:
    return stream.channels, stream.sample_rate, stream.language
