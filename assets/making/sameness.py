"""Whether a product holds exactly what its source does: by the digests of packets, of pictures, of samples."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assets import encode
from assets.making.source import How, Source, opened
from assets.media import AudioStream
from assets.timing import to_seconds

_PCM = "pcm_"


@dataclass(frozen=True, slots=True)
class Samples:
    """A part of a sound, `[start, end)` in samples from its first one; None is its end."""

    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a master: its pictures `[first, last)`, and of each sound the samples."""

    first: int
    last: int
    samples: tuple[Samples, ...]


def is_pcm(sound: AudioStream) -> bool:
    """Whether a sound is samples as they are."""
    return sound.codec.startswith(_PCM)


def cut(stream: encode.Stream, samples: Samples) -> encode.Stream:
    """A part of a sound, to the sample, beginning at 0."""
    options: dict[str, str | int] = {"start_sample": samples.start}
    if samples.end is not None:
        options["end_sample"] = samples.end
    return encode.filtered("asetpts", encode.filtered("atrim", stream, options), {"expr": "PTS-STARTPTS"})


def unlike(source: Source, part: Part, product: Path, how: How) -> tuple[str, ...]:
    """Where a product is not bit for bit a part of its source."""
    return tuple(_unlike(source, part, product, how))


def _unlike(source: Source, part: Part, product: Path, how: How) -> Iterator[str]:
    made = encode.from_file(product)
    ours = opened(source)[str(source.picture.index)]
    how.told("comparing", 0.0)
    if not any(_pictures(ours, copied, part, how) == _pictures(made["v:0"], copied, None, how) for copied in (1, 0)):
        yield "the pictures are not those of the source, bit for bit"
    for number, (sound, samples) in enumerate(zip(source.info.audio, part.samples, strict=True)):
        stream, other = opened(source)[str(sound.index)], made[f"a:{number}"]
        if is_pcm(sound):  # MXF fills the last frame up with silence: what comes before that is compared
            stream, other = cut(stream, samples), cut(other, Samples(0, _count(sound, samples)))
        elif _digests(stream, {"c": "copy"}, how) == _digests(other, {"c": "copy"}, how):
            continue
        if _samples(stream, how) != _samples(other, how):
            yield f"the sound of audio stream {number} is not that of the source, bit for bit"
    how.told("comparing", 1.0)


def _count(sound: AudioStream, samples: Samples) -> int:
    whole = round(to_seconds(sound.duration) * sound.sample_rate)
    return (whole if samples.end is None else min(whole, samples.end)) - samples.start


def _pictures(stream: encode.Stream, copied: int, part: Part | None, how: How) -> tuple[str, ...]:
    """The digest of each picture: as it is coded, or decoded, since containers may wrap the same code otherwise."""
    found = _digests(stream, {"c": "copy"} if copied else {"fps_mode": "passthrough"}, how)
    return found[part.first : part.last] if part else found


def _samples(stream: encode.Stream, how: How) -> tuple[str, ...]:
    """One digest of all samples, however they are divided into packets and in which order their bytes are."""
    return tuple(_written(stream, {"c:a": "pcm_s32le", "f": "hash"}, how))


def _digests(stream: encode.Stream, options: encode.Options, how: How) -> tuple[str, ...]:
    """Size and digest of each packet or frame, without its time."""
    lines = _written(stream, {**options, "f": "framemd5"}, how)
    return tuple(",".join(line.split(",")[4:6]) for line in lines if not line.startswith("#"))


def _written(stream: encode.Stream, options: encode.Options, how: How) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="digests-") as folder:
        path = Path(folder) / "digests.txt"
        encode.make(path, stream, options=options, ffmpeg=how.ffmpeg, timeout_seconds=how.seconds)
        return path.read_text(encoding="ascii").splitlines()
