"""Faults of single channels, those at the same time together: a lost block of samples is lost in all channels."""

from collections.abc import Callable, Iterable

from assets.signals.model import ChannelSignals, SoundSignals, Stretch


def by_stretch(sound: SoundSignals, faults: Callable[[ChannelSignals], Iterable[Stretch]]) -> list[tuple[Stretch, str]]:
    """Each stretch with the channels that have it, `FL, FR`, in the order of time."""
    found: dict[Stretch, list[str]] = {}
    for channel in sound.channels:
        for stretch in faults(channel):
            found.setdefault(stretch, []).append(channel.label)
    return [
        (stretch, ", ".join(labels))
        for stretch, labels in sorted(found.items(), key=lambda item: (item[0].start, item[0].end))
    ]
