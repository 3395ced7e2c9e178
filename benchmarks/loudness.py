"""Loudness and true peak beside ffmpeg's own meter, and beside what EBU Tech 3341 and 3342 say of their signals.

    python benchmarks/loudness.py

Prints the greatest differences, and what all meters of sound cost, in per cent of real time on one core.
"""

import re
import subprocess
import sys
import time
from pathlib import Path

import imageio_ffmpeg
import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "support")]

from ebu_signals import LOUDNESS, RANGES, TRUE_PEAKS, joined_tones  # noqa: E402 -- found by the path above
from sounds import RATE, SURROUND, measured, music, noise, voices  # noqa: E402 -- found by the path above

from assets.signals.loudness import LoudnessMeter  # noqa: E402 -- found by the path above
from assets.signals.model import Loudness  # noqa: E402 -- found by the path above

SECONDS = 60


def loudness(samples: np.ndarray, labels: tuple[str, ...] | None = None) -> Loudness:
    """The product's answer."""
    found: Loudness = measured(samples, labels, meters=[lambda setting: LoudnessMeter(setting, tuple)])["loudness"]
    return found


def reference(samples: np.ndarray, layout: str) -> list[float]:
    """Integrated loudness, range and true peak by the filter of the bundled binary, to a tenth."""
    command = ["-hide_banner", "-f", "f32le", "-ar", str(RATE), "-ch_layout", layout, "-i", "-"]
    done = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), *command, "-af", "ebur128=peak=true", "-f", "null", "-"],
        input=np.ascontiguousarray(samples.T, dtype="<f4").tobytes(),
        capture_output=True,
        check=True,
    )
    text = done.stderr.decode()
    summary = text[text.rindex("Summary:") :]
    found = [re.search(rf"{name}:\s+(\S+)", summary) for name in ("I", "LRA", "Peak")]
    return [float(match[1]) for match in found if match]


def surround() -> np.ndarray:
    """A mix for 5.1: music around, voices in the centre."""
    left, right = music(SECONDS), music(SECONDS, seed=2)
    voice = voices([(start, start + 6) for start in range(2, SECONDS - 8, 9)], SECONDS)
    return np.stack([left, right, voice, 0.3 * left, 0.4 * left[::-1], 0.4 * right[::-1]])


def beside_ffmpeg(mix: np.ndarray) -> None:
    """Print the differences from the filter on the same samples."""
    stereo = mix[:2] + mix[2]
    sounds = {"stereo mix": (stereo, "stereo"), "quiet mix": (stereo / 30, "stereo"), "voices": (mix[2:3], "mono")}
    sounds |= {"5.1 mix": (mix, "5.1(side)"), "noise": (np.stack([noise(20), noise(20, seed=3)]), "stereo")}
    for name, (samples, layout) in sounds.items():
        found, wanted = loudness(samples), reference(samples, layout)
        levels = [level / 100 for level in (found.gated, found.lra, found.true_peak) if level is not None]
        apart = [abs(level - value) for level, value in zip(levels, wanted, strict=True)]
        print(f"{name:12} off by {apart[0]:.2f} LU, range {apart[1]:.2f} LU, true peak {apart[2]:.2f} dB")


def beside_ebu() -> None:
    """Print what is measured of the signals of EBU, and what they should have."""
    for case, samples, expected in LOUDNESS:
        print(
            f"Tech 3341 case {case:2}: {(loudness(samples()).gated or 0) / 100:7.2f} LUFS, {expected / 100:.1f} +-0.1"
        )
    for case, samples, expected in TRUE_PEAKS:
        peak = (loudness(samples()).true_peak or 0) / 100
        print(f"Tech 3341 case {case:2}: {peak:7.2f} dBTP, {expected / 100:.1f} +0.2 -0.4")
    for case, levels, expected in RANGES:
        found = (loudness(joined_tones([(level, 20) for level in levels])).lra or 0) / 100
        print(f"Tech 3342 case {case:2}: {found:7.2f} LU, {expected / 100:.0f} +-1")


def cost(name: str, samples: np.ndarray, labels: tuple[str, ...]) -> None:
    """Print the processor time of all meters."""
    samples = samples.astype(np.float32)
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        measured(samples, labels)
        best = min(best, time.process_time() - begun)
    print(f"all meters of {name:6} {100 * best / SECONDS:.2f} % of real time")


def main() -> None:
    """All figures."""
    mix = surround()
    beside_ffmpeg(mix)
    beside_ebu()
    cost("stereo", mix[:2] + mix[2], ("FL", "FR"))
    cost("5.1", mix, SURROUND)


if __name__ == "__main__":
    main()
