"""The sounds of an open file: `assets.sounds` tells which of its streams are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assets import sounds
from assets.probing import values


@dataclass(frozen=True, slots=True)
class Group:
    """Streams that are one sound, by their indexes in the file."""

    streams: tuple[int, ...]
    layout: str
    labels: tuple[str, ...]
    rate: int


@dataclass(frozen=True, slots=True)
class _Facts:
    """What `assets.sounds` asks of a stream."""

    channels: int
    sample_rate: int
    language: str | None
    layout: str
    labels: tuple[str, ...]


def sounds_of(streams: Sequence[Any]) -> list[Group]:
    """The sounds of a file's audio streams, in their order."""
    facts = [_facts(stream) for stream in streams]
    return [
        Group(
            tuple(int(streams[number].index) for number in sound.numbers),
            sound.layout,
            sound.labels,
            facts[sound.numbers[0]].sample_rate,
        )
        for sound in sounds.sounds_of(facts)
    ]


def _facts(stream: Any) -> _Facts:  # noqa: ANN401 -- PyAV's own types
    """A channel without a label is called by its number, so that a finding can name it."""
    context = stream.codec_context
    layout = context.layout
    names = [str(channel.name) for channel in layout.channels]
    return _Facts(
        channels=int(layout.nb_channels),
        sample_rate=int(context.sample_rate),
        language=values.language(stream),
        layout=str(layout.name),
        labels=tuple(str(number) if name == "NONE" else name for number, name in enumerate(names, 1)),
    )
