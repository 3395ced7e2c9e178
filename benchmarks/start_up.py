"""How long `releaseprint --help` takes, beside a bare `python -c pass`. Limit: 0.2 s.

python benchmarks/start_up.py
"""

import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
LIMIT_SECONDS = 0.2


def best(*command: str) -> float:
    """The shortest wall time of several runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Print the figures."""
    bare = best(sys.executable, "-c", "pass")
    tool = best(str(Path(sys.executable).with_name("releaseprint")), "--help")
    print(f"python -c pass        {bare * 1000:6.0f} ms")
    print(f"releaseprint --help   {tool * 1000:6.0f} ms   {tool / bare:.1f} x python -c pass")
    print(f"of the limit          {tool / LIMIT_SECONDS:6.2f} x {LIMIT_SECONDS} s")


if __name__ == "__main__":
    main()
