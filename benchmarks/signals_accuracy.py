"""Faults planted in pictures at known frames, through codecs: what was found, and how many frames off.

    python benchmarks/signals_accuracy.py

Sound is measured by benchmarks/loudness.py.
"""

import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from assets import encode
from assets.signals.model import PictureSignals, Stretch
from assets.signals.one_pass import measure_here
from assets.timing import Time, from_seconds

RATE = Fraction(25)
FRAME = from_seconds(1 / RATE)
SIZE = "s=1280x720:r=25"
ZOOM = f"mandelbrot={SIZE}:maxiter=200,trim=duration=4"
CODECS: dict[str, dict[str, str | int]] = {
    "H.264 CRF 18": {"c:v": "libx264", "crf": 18, "pix_fmt": "yuv420p", "preset": "veryfast"},
    "H.264 CRF 23": {"c:v": "libx264", "crf": 23, "pix_fmt": "yuv420p", "preset": "veryfast"},
    "ProRes HQ": {"c:v": "prores_ks", "profile:v": 3, "pix_fmt": "yuv422p10le"},
}
Found = Callable[[PictureSignals], list[int]]


def ends(stretches: tuple[Stretch, ...]) -> list[int]:
    """First frame and first frame after, of each stretch."""
    return [at(time) for stretch in stretches for time in (stretch.start, stretch.end)]


def at(time: Time) -> int:
    """The number of a frame."""
    return round(time / FRAME)


# The loop filter repeats the picture before the one that it is told.
PLANTED: dict[str, tuple[str, Found, list[int]]] = {
    "black": (f"{ZOOM},drawbox=c=black:t=fill:enable='between(n,40,59)'", lambda found: ends(found.black), [40, 60]),
    "freeze": (f"{ZOOM},loop=loop=24:size=1:start=30", lambda found: ends(found.frozen), [29, 54]),
    "bars": (f"smptehdbars={SIZE}:d=2[a];{ZOOM}[b];[a][b]concat", lambda found: ends(found.bars), [0, 50]),
    "cut": (f"{ZOOM}[a];testsrc2={SIZE}:d=2[b];[a][b]concat", lambda found: [at(cut) for cut in found.cuts], [100]),
    "flashes": (
        f"{ZOOM},drawbox=c=white:t=fill:enable='between(n,25,74)*lt(mod(n,5),2)'",
        lambda found: ends(found.flashes),
        [25, 72],
    ),
    "letterbox": (
        f"{ZOOM},drawbox=h=90:c=black:t=fill:enable='gte(n,50)',drawbox=y=630:h=90:c=black:t=fill:enable='gte(n,50)'",
        lambda found: ends(tuple(Stretch(box.start, box.end) for box in found.framings)),
        [0, 50, 50, 100],
    ),
    "levels": (
        f"{ZOOM},format=yuv420p,lutyuv=y='if(gt(val,140),250,val)':enable='between(n,50,59)'",
        lambda found: ends(found.levels.outside if found.levels else ()),
        [50, 60],
    ),
    "interlacing": (
        f"mandelbrot={SIZE.replace('25', '50')}:maxiter=200,trim=duration=4,format=yuv420p,tinterlace=mode=4",
        lambda found: ends(found.fields.combed if found.fields else ()),
        [0, 100],
    ),
    "repetition": (
        f"{ZOOM},loop=loop=1:size=1:start=60",
        lambda found: [at(time) for time in (found.repeats.at if found.repeats else ())],
        [60],
    ),
    "nothing": (
        ZOOM,
        lambda found: [*ends(found.black + found.frozen + found.bars + found.flashes + found.burnt_in), *found.cuts],
        [],
    ),
}


def main() -> None:
    """Print a line for each fault and codec, and fail if one is missed or more than a frame off."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for codec, options in CODECS.items():
            for fault, (graph, read, planted) in PLANTED.items():
                file = Path(folder) / f"{codec} {fault}.mov"
                woven = {"flags": "+ildct+ilme"} if fault == "interlacing" else {}
                encode.make(file, encode.generated(graph), options=options | woven)
                found = read(measure_here(str(file)).signals.pictures[0])
                off = [abs(a - b) for a, b in zip(found, planted, strict=False)]
                is_right = len(found) == len(planted) and max(off, default=0) <= 1
                missed += not is_right
                print(f"{codec:14} {fault:12} planted {planted!s:20} found {found!s:20} {'' if is_right else 'MISSED'}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
