"""How long `releaseprint status` takes for whole catalogues of growing size, start of the command included.

The aim is 2 s at 10,000 titles of about 12 files each.

python benchmarks/status.py
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assets.catalogue import CONFIG_NAME
from assets.sample.writing import DECLARATIONS, TITLE_ID

SIZES = (1_250, 2_500, 5_000, 10_000)
LIMIT_SECONDS = 2.0
RUNS = 3


def write_catalogue(root: Path, size: int) -> None:
    """So many titles with names, synopses and masters of their own, and otherwise those of the sample; no files."""
    text = (DECLARATIONS / "titles" / TITLE_ID / "title.toml").read_text(encoding="utf-8")
    (root / CONFIG_NAME).write_text('platform = "svod"\n', encoding="utf-8")
    for number in range(size):
        path = root / "titles" / f"title-{number:06}" / "title.toml"
        path.parent.mkdir(parents=True)
        own = text.replace("kim-il-sungs-children.mp4", f"film-{number:06}.mp4").replace('= """\n', f'= """\n{number} ')
        path.write_text(own.replace('ko = "김', f'ko = "{number} 김'), encoding="utf-8")


def measure(size: int) -> float:
    """The shortest of a few runs, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        write_catalogue(Path(folder), size)
        times = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            command = [Path(sys.executable).with_name("releaseprint"), "status", "-C", folder]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
            times.append(time.perf_counter() - begun)
            if done.returncode:
                raise SystemExit(f"status ended with {done.returncode}")
    return min(times)


def main() -> None:
    """Print the figures."""
    before = 0.0
    for size in SIZES:
        seconds = measure(size)
        growth = f"   {seconds / before:4.2f} x the size before" if before else ""
        print(f"{size:7,} titles   {seconds:5.2f} s{growth}")
        before = seconds
    print(f"of the aim       {before / LIMIT_SECONDS:5.2f} x {LIMIT_SECONDS} s")


if __name__ == "__main__":
    main()
