"""The first and the second `check` of the 84-minute sample title, beside a bare decode by the bundled ffmpeg.

    python benchmarks/check.py [CATALOGUE]

CATALOGUE is a sample catalogue that was not checked yet; without one it is made first, in a temporary folder.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import imageio_ffmpeg

TITLE = "kim-il-sungs-children"
RELEASEPRINT = str(Path(sys.executable).with_name("releaseprint"))


def seconds(*command: str) -> float:
    """The wall time of one run that must succeed."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def measure(catalogue: Path) -> None:
    """Print the figures for a sample catalogue."""
    (master,) = (catalogue / "titles" / TITLE / "masters").iterdir()
    decode = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-i", str(master), "-f", "null", "-")
    check = (RELEASEPRINT, "check", TITLE, "--platform", "svod", "--territory", "worldwide", "-C", str(catalogue))
    first = seconds(*check)
    again = min(seconds(*check) for _ in range(3))
    decoded = seconds(*decode)
    print(f"bare decode of the master      {decoded:7.2f} s")
    print(f"first check, decodes it once   {first:7.2f} s   {first / decoded:.3f} x the decode")
    print(f"the same again                 {again:7.2f} s   (limit 1 s)")


def main() -> None:
    """Measure in the catalogue that is named, or in a new one."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "sample"
        subprocess.run([RELEASEPRINT, "sample", str(catalogue)], check=True)
        measure(catalogue)


if __name__ == "__main__":
    main()
