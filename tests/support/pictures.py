"""Pictures for the meters: made of arrays, or decoded from a file that ffmpeg makes."""

from fractions import Fraction

import av
import numpy as np

from assets import encode
from assets.signals.meters import STEP, Picture
from assets.timing import from_seconds

RATE = Fraction(25)


def frame(number, rate=RATE):
    """The time at which picture `number` starts."""
    return from_seconds(number / rate)


def pictures(arrays, rate=RATE, *, depth=8, full_range=False, chroma=None):
    """Pictures of arrays of Y' that follow each other at `rate`; `chroma` gives C'B and C'R of each, grey without."""
    before = None
    for number, luma in enumerate(arrays):
        colours = chroma(number) if chroma else _grey(luma, depth)
        planes = (luma, *colours)
        times = frame(number, rate), frame(number + 1, rate)
        yield _picture(planes, before, times, depth=depth, full_range=full_range)
        before = planes


def _grey(luma, depth):
    plane = np.full((luma.shape[0] // 2, luma.shape[1] // 2), 1 << (depth - 1), luma.dtype)
    return plane, plane


def _picture(planes, before, times, *, depth, full_range, interlaced=False):
    luma = planes[0]
    small = (luma[::STEP, ::STEP] >> (depth - 8)).astype(np.uint8)
    still = before is not None and all(np.array_equal(a, b) for a, b in zip(planes, before, strict=True))
    return Picture(*times, planes, depth, full_range, small, still, interlaced, repeat=False)


def make(path, graph, rate=RATE, **options):
    """A file of what a filter graph shows, H.264 at CRF 20 unless `options` say otherwise."""
    chosen = {"c:v": "libx264", "crf": 20, "preset": "veryfast", "pix_fmt": "yuv420p", "threads": 2} | options
    encode.make(path, encode.generated(graph.replace("RATE", str(rate))), options=chosen)
    return path


def pictures_of(path):
    """The decoded pictures of a file."""
    before = None
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for decoded in container.decode(stream):
            depth = decoded.format.components[0].bits
            planes = tuple(_plane(plane, depth) for plane in decoded.planes[:3])
            start = from_seconds(decoded.pts * Fraction(decoded.time_base))
            length = from_seconds(1 / Fraction(stream.average_rate))
            full = int(decoded.color_range) == 2
            woven = bool(decoded.interlaced_frame)
            yield _picture(planes, before, (start, start + length), depth=depth, full_range=full, interlaced=woven)
            before = planes


def _plane(plane, depth):
    kind = np.uint8 if depth == 8 else np.uint16
    rows = np.frombuffer(plane, kind).reshape(plane.height, -1)
    return rows[:, : plane.width].copy()


def measured(meter, shown):
    """What a meter says of pictures."""
    for picture in shown:
        meter.see(picture)
    return meter.result()


def frames_of(stretches, rate=RATE):
    """Stretches as numbers of pictures, `[first, end)`."""
    return [(round(s.start / from_seconds(1 / rate)), round(s.end / from_seconds(1 / rate))) for s in stretches]
