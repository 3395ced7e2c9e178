"""Where somebody speaks in a sound stream: the detector of signals/voices.py over a file, in a process of its own.

The sound is decoded a packet at a time and made 16 kHz mono, so that a film takes no more memory than a minute of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.probe import FORMATS
from assets.signals.voices import SAMPLE_RATE, Detector, joined
from assets.subjects import Asset
from assets.subtitles.model import Speech, SubtitleTrack
from assets.timing import Time, from_seconds
from assets.title import AssetFile, Title, Version
from assets.worker import WorkerError, run_isolated

if TYPE_CHECKING:
    import numpy as np

Stretch = tuple[Time, Time]


def with_speech(title: Title, assets: Sequence[Asset], seconds: float) -> list[Asset]:
    """The assets, where each subtitle track knows the speech in its version's first declared sound.

    Each sound is measured once, in at most `seconds`; one that cannot be decoded is told by the track's `speech`.
    """
    sounds = {version.id: _first_sound(version) for version in title.versions}
    heard: dict[tuple[AssetFile, int], Speech] = {}
    result: list[Asset] = []
    for asset in assets:
        sound = sounds.get(asset.version) if isinstance(asset, SubtitleTrack) else None
        if isinstance(asset, SubtitleTrack) and sound is not None:
            if sound not in heard:
                heard[sound] = _heard(sound[0].path, sound[1], seconds)
            result.append(replace(asset, speech=heard[sound]))
        else:
            result.append(asset)
    return result


def _first_sound(version: Version) -> tuple[AssetFile, int] | None:
    """The file and the stream in it of the first sound that a version declares."""
    if not version.audio:
        return None
    file = version.audio[0].file or version.master
    return (file, version.audio[0].stream) if file is not None else None


def _heard(path: Path, stream: int, seconds: float) -> Speech:
    try:
        return Speech(measure(path, stream, seconds))
    except WorkerError as error:
        return Speech(missing=str(error))


def measure(path: Path, stream: int, seconds: float) -> tuple[Stretch, ...]:
    """The stretches of speech in sound stream `stream` (from 0, among the sound streams), in the file's own time.

    Raises assets.worker.WorkerError with one line if there is no such stream, it cannot be decoded, or it takes longer
    than `seconds`.
    """
    found = run_isolated(stretches_of_file, str(path), stream, seconds=seconds)
    return tuple((int(start), int(end)) for start, end in found)


def stretches_of_file(name: str, stream: int) -> list[Stretch]:
    """As `measure`, in this process. Raises what the media library raises, ValueError if there is no such stream."""
    import av

    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    with av.open(name, options=options, metadata_errors="replace") as container:
        if stream >= len(container.streams.audio):
            raise ValueError(f"there is no sound stream {stream}, only {len(container.streams.audio)}")
        sound = container.streams.audio[stream]
        start = Fraction(sound.start_time or 0) * Fraction(sound.time_base or 1)
        detector = Detector(from_seconds(start))
        for samples in _samples(container, sound):
            detector.feed(samples)
        return joined(detector.finish())


def _samples(container: Any, sound: Any) -> Iterator[np.ndarray[Any, Any]]:  # noqa: ANN401 -- PyAV's own types
    """The stream as blocks of 16 kHz mono samples between -1 and 1."""
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    for frame in container.decode(sound):
        for block in resampler.resample(frame):
            yield block.to_ndarray()[0]
    for block in resampler.resample(None):
        yield block.to_ndarray()[0]
