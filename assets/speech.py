"""Where somebody speaks in a sound stream: voice activity detection, offline, in a process of its own.

The sound is decoded a packet at a time, made 16 kHz mono, and given to the detector a frame of some milliseconds at a
time, so that a film takes no more memory than a minute of it. The detector hears voices, also sung and murmured ones,
not words; its beginnings and ends are right to about a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.probe import FORMATS
from assets.subjects import Asset
from assets.subtitles.model import Speech, SubtitleTrack
from assets.timing import Time, from_seconds
from assets.title import AssetFile, Title, Version
from assets.worker import WorkerError, run_isolated

if TYPE_CHECKING:
    import numpy as np

SAMPLE_RATE = 16_000
THRESHOLD, SHORTEST_MS, HANGOVER_MS = 0.72, 32, 0
"""How sure the detector must be, which is its own default; at what length it answers, and what it adds at the end."""

SHORTEST_SPEECH = from_seconds(Fraction(1, 10))
"""What is shorter is a click."""

SHORTEST_PAUSE = from_seconds(Fraction(1, 4))
"""Speech that pauses for less is one stretch: a breath is no new line."""

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
        return joined(_stretches(_samples(container, sound), from_seconds(start)))


def _samples(container: Any, sound: Any) -> Iterator[np.ndarray[Any, Any]]:  # noqa: ANN401 -- PyAV's own types
    """The stream as blocks of 16 kHz mono samples between -1 and 1."""
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    for frame in container.decode(sound):
        for block in resampler.resample(frame):
            yield block.to_ndarray()[0]
    for block in resampler.resample(None):
        yield block.to_ndarray()[0]


def _stretches(blocks: Iterator[np.ndarray[Any, Any]], start: Time) -> Iterator[Stretch]:
    """Where the detector hears a voice, in blocks of samples that begin at `start`."""
    import fast_vad
    import numpy as np

    detector = fast_vad.VadStateful.with_config(SAMPLE_RATE, THRESHOLD, SHORTEST_MS, SHORTEST_MS, HANGOVER_MS)
    size = detector.frame_size
    frame = from_seconds(Fraction(size, SAMPLE_RATE))
    rest, now, begun = np.empty(0, np.float32), start, None
    for block in blocks:
        rest = np.concatenate((rest, block))
        for place in range(0, len(rest) - size + 1, size):
            speaks = detector.detect_frame(rest[place : place + size])
            if speaks and begun is None:
                begun = now
            elif not speaks and begun is not None:
                yield begun, now
                begun = None
            now += frame
        rest = rest[len(rest) // size * size :]
    if begun is not None:
        yield begun, now


def joined(found: Iterator[Stretch]) -> list[Stretch]:
    """The stretches, with those that only a breath parts made one, and without clicks."""
    result: list[Stretch] = []
    for start, end in found:
        if result and start - result[-1][1] < SHORTEST_PAUSE:
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return [(start, end) for start, end in result if end - start >= SHORTEST_SPEECH]
