"""Every measured signal of 1080p H.264 and ProRes HQ, beside a bare decode and beside one pass a measurement.

    python benchmarks/signals.py [SECONDS]

All in one run on the same file: our measurement in its worker process; a decode of picture and sound by the same
libraries (PyAV) that looks at nothing; and the bundled ffmpeg once for each measurement, which is how it is done by
hand.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
from decoding import bare, measured

from assets.worker import run_isolated

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
PICTURE = "testsrc2=s=1920x1080:r=25:d={0},noise=alls=12:allf=t"
SOUND = "anoisesrc=d={0}:c=pink:r=48000:a=0.3"
FILES = {
    "H.264 High, 30 Mb/s": ("h264.mov", "-c:v libx264 -preset veryfast -b:v 30M -pix_fmt yuv420p"),
    "ProRes 422 HQ": ("prores.mov", "-c:v prores_ks -profile:v 3"),
}
PICTURE_PASSES = (
    "blackdetect=d=0.04",
    "freezedetect=d=0.5",
    "scdet",
    "idet",
    "cropdetect",
    "signalstats",
    "photosensitivity",
    "vfrdet",
)
SOUND_PASSES = ("ebur128=peak=true", "astats", "silencedetect", "aphasemeter=video=0")
RUNS = 3


def passes(name: str) -> None:
    """Run ffmpeg once for each measurement, and the digest."""
    start = [FFMPEG, "-v", "quiet", "-nostdin", "-i", name]
    for graph in PICTURE_PASSES:
        subprocess.run([*start, "-an", "-vf", graph, "-f", "null", "-"], check=True)
    for graph in SOUND_PASSES:
        subprocess.run([*start, "-vn", "-af", graph, "-f", "null", "-"], check=True)
    subprocess.run(["sha256sum", name], check=True, capture_output=True)


def cost(work: Callable[[], object]) -> tuple[float, float, object]:
    """Wall and processor time, in seconds, of what runs in processes of its own, and what it gives."""
    before, begun = os.times(), time.perf_counter()
    result = work()
    after, ended = os.times(), time.perf_counter()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return ended - begun, busy, result


def make(path: Path, options: str, seconds: int) -> None:
    """Write a test film."""
    picture = ["-f", "lavfi", "-i", PICTURE.format(seconds)]
    sound = ["-f", "lavfi", "-i", SOUND.format(seconds), "-c:a", "pcm_s24le", "-ac", "2"]
    subprocess.run([FFMPEG, "-v", "error", "-y", *picture, *sound, *options.split(), str(path)], check=True)


def measure(label: str, name: str) -> None:
    """Print the figures for one file."""
    decoded = min(cost(lambda: run_isolated(bare, name, seconds=3600)) for _ in range(RUNS))
    ours = min(cost(lambda: run_isolated(measured, name, seconds=3600)) for _ in range(RUNS))
    by_hand = cost(lambda: passes(name))
    slower, faster = ours[0] / decoded[0], by_hand[0] / ours[0]
    print(label)
    print(f"  bare decode             {decoded[0]:7.2f} s, processor {decoded[1]:7.2f} s, {decoded[2]} MB")
    print(f"  all signals             {ours[0]:7.2f} s, processor {ours[1]:7.2f} s, {ours[2]} MB (limit 600)")
    print(f"                          {slower:7.2f} x the bare decode (limit 1.25)")
    print(f"  one pass a measurement  {by_hand[0]:7.2f} s, {faster:.2f} x ours (at least 5)")
    print(f"  cores kept busy         {ours[1] / ours[0]:7.2f} of {os.cpu_count()}")


def main() -> None:
    """Make the films and measure each."""
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # for the workers
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        for label, (name, options) in FILES.items():
            path = Path(folder) / name
            make(path, options, seconds)
            measure(label, str(path))


if __name__ == "__main__":
    main()
