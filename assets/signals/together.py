"""Which streams are one sound: a master may carry each loudspeaker in a stream of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LAYOUTS = {2: (("stereo", 2),), 6: (("5.1", 6),), 8: (("5.1", 6), ("stereo", 2))}
"""What so many streams of one channel in a row are: EBU R48 and SMPTE ST 377-4 put stereo after 5.1."""

_LABELS = {"mono": ("FC",), "stereo": ("FL", "FR"), "5.1": ("FL", "FR", "FC", "LFE", "BL", "BR")}


@dataclass(frozen=True, slots=True)
class Group:
    """Streams that are one sound, by their indexes in the file."""

    streams: tuple[int, ...]
    layout: str
    labels: tuple[str, ...]
    rate: int


def sounds_of(streams: Sequence[Any]) -> list[Group]:
    """The sounds of a file's audio streams, in their order.

    Streams of one channel that follow each other with the same language and rate are taken together if their number
    is that of a layout; every other stream is a sound by itself.
    """
    result: list[Group] = []
    for run in _runs(streams):
        layouts = LAYOUTS.get(len(run)) if _channels(run[0]) == 1 else None
        if layouts is None:
            result += [_alone(stream) for stream in run]
            continue
        rest = list(run)
        for layout, count in layouts:
            part, rest = rest[:count], rest[count:]
            indexes = tuple(stream.index for stream in part)
            result.append(Group(indexes, layout, _LABELS[layout], int(part[0].codec_context.sample_rate)))
    return result


def _alone(stream: Any) -> Group:  # noqa: ANN401 -- PyAV's own types
    layout = stream.codec_context.layout
    rate = int(stream.codec_context.sample_rate)
    if layout.nb_channels == 1:  # labelled or not: one channel is one loudspeaker
        return Group((stream.index,), "mono", _LABELS["mono"], rate)
    names = [str(channel.name) for channel in layout.channels]
    labels = tuple(str(number) if name == "NONE" else name for number, name in enumerate(names, 1))
    return Group((stream.index,), str(layout.name), labels, rate)


def _runs(streams: Sequence[Any]) -> list[list[Any]]:
    """The streams, with those of one channel that are alike and neighbours together."""
    runs: list[list[Any]] = []
    for stream in streams:
        if runs and _channels(stream) == 1 and _kind(stream) == _kind(runs[-1][0]):
            runs[-1].append(stream)
        else:
            runs.append([stream])
    return runs


def _kind(stream: Any) -> tuple[int, int, str]:  # noqa: ANN401
    return _channels(stream), int(stream.codec_context.sample_rate), stream.metadata.get("language", "")


def _channels(stream: Any) -> int:  # noqa: ANN401
    return int(stream.codec_context.layout.nb_channels)
