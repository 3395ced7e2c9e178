"""A delivery of the sample title and then the same again with nothing changed. Limits: 0 payload bytes, 2 s.

python benchmarks/redelivery.py [CATALOGUE]
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DELIVER = str(Path(sys.executable).with_name("deliver"))
RELEASEPRINT = str(Path(sys.executable).with_name("releaseprint"))
LIMIT_SECONDS = 2.0


def deliver(catalogue: Path, store: Path) -> tuple[float, int]:
    """Wall time and payload bytes of one delivery of the good sample title."""
    command = [DELIVER, "--platform", "svod", "--territory", "worldwide", "--title", "kim-il-sungs-children", "--json"]
    begun = time.perf_counter()
    done = subprocess.run([*command, "-C", str(catalogue), "--to", f"file:{store}"], check=True, capture_output=True)
    return time.perf_counter() - begun, sum(item["sent_bytes"] for item in json.loads(done.stdout))


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "sample"
        if not catalogue.exists():
            subprocess.run([RELEASEPRINT, "sample", str(catalogue)], check=True)
        store = Path(folder) / "store"
        first, sent = deliver(catalogue, store)
        print(f"delivery        {first:6.2f} s   {sent:>12} bytes sent")
        again = [deliver(catalogue, store) for _ in range(3)]
        second, sent = min(again)[0], max(sent for _, sent in again)
        print(f"redelivery      {second:6.2f} s   {sent:>12} bytes sent   {second / first:.2f} x the delivery")
        print(f"of the limit    {second / LIMIT_SECONDS:6.2f} x {LIMIT_SECONDS} s")
        shutil.rmtree(store)


if __name__ == "__main__":
    main()
