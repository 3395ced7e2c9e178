"""The tables of docs/scale.md: what so many titles need, from what one title was measured to need.

Each input says where it is from; what is assumed says so. `tests/test_scale.py` compares the page with what is printed.

python benchmarks/scale.py
"""

from collections.abc import Callable
from dataclasses import dataclass

SIZES = (10_000, 100_000, 1_000_000)
FILM_SECONDS = 84 * 60
PLATFORMS = 20
"""Packages of a title, each in a store of its own, so that none can be copied from another one."""
SMALL_FILES = 8
"""Files of a package besides those of the small one that was measured."""
WEEK_SECONDS = 7 * 24 * 3600
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """A number that the others are made of: of one title, or a price."""

    value: float
    unit: str
    what: str
    source: str


PRORES_CORE = Input(0.87, "core s", "measuring a second of 1080p25 ProRes 422 HQ", "benchmarks/signals.py, 4 s of film")
H264_CORE = Input(
    0.75, "core s", "measuring a second of 1080p25 H.264 at 30 Mb/s", "benchmarks/signals.py, 4 s of film"
)
PRORES_BYTES = Input(24.2e6, "bytes", "a second of that ProRes", "the same file")
H264_BYTES = Input(6.2e6, "bytes", "a second of that H.264", "the same file")
AGAIN = Input(1.0, "core s", "judging a title from kept measurements", "the limit that benchmarks/check.py holds")
COORDINATOR = Input(
    0.008, "core s", "the coordinator's own work for a title", "benchmarks/running.py, its process alone"
)
TASK = Input(56e3, "bytes", "a task and its answer between coordinator and worker", "37 kB out, 19 kB back, pickled")
STATE = Input(36_731, "bytes", "the state's rows of a title with twelve files", "benchmarks/state.py, 1,000,000 assets")
HASH = Input(1.0e9, "bytes/s", "SHA-256 by one core", "assumed: half of what hashlib does with OpenSSL")
PUTS = Input(9, "requests", "PUT for a package of a master and a track", "deliver to a counted store")
LISTS = Input(9, "requests", "LIST for the same, all below the title's own prefixes", "the same run")
GETS = Input(12, "requests", "HEAD and GET for the same", "the same run")
UPLOAD = Input(4, "requests", "beside the parts of an upload: begin, end, two lists of unfinished ones", "the same run")
PART = Input(16 * _MIB, "bytes", "a part; more where there would be over 10,000", "storage/stores/s3_upload.py")
LINE = Input(3e-3, "core s", "adding a line to the audit log", "timed, 100,000 lines")
CORE_HOUR = Input(0.0408, "USD", "an hour of a core: m7g.large, on demand, us-east-1", "a price list of June 2026")
PUT_PRICE = Input(5e-6, "USD", "a PUT, POST or LIST of S3 Standard, us-east-1", "AWS's list, see below")
GET_PRICE = Input(0.4e-6, "USD", "a GET or HEAD of the same", "as above")
GB_MONTH = Input(0.021, "USD", "a GB for a month, S3 Standard above 500 TB", "as above")
EGRESS = Input(0.05, "USD", "a GB out of AWS to the internet, above 150 TB a month", "as above")
RATE = Input(3_500, "requests/s", "PUT that S3 takes at least for a partitioned prefix", "AWS's user guide")

INPUTS = tuple(value for value in globals().values() if isinstance(value, Input))


def parts(size: float) -> int:
    """How many parts a file of so many bytes is sent in."""
    return int(-(-size // max(PART.value, size / 10_000)))


def puts_of(size: float) -> float:
    """What is charged as a PUT for a package with a master of so many bytes: PUT, POST and LIST."""
    return PUTS.value - 1 + SMALL_FILES + UPLOAD.value + parts(size) + LISTS.value


MASTER = PRORES_BYTES.value * FILM_SECONDS
LIGHT = H264_BYTES.value * FILM_SECONDS
CORE = PRORES_CORE.value * FILM_SECONDS
ROWS: tuple[tuple[str, str, Callable[[int], float]], ...] = (
    ("measure all masters once, ProRes", "core h", lambda titles: titles * CORE / 3600),
    ("the same, H.264", "core h", lambda titles: titles * H264_CORE.value * FILM_SECONDS / 3600),
    ("bytes read for it, ProRes", "TB", lambda titles: titles * MASTER / 1e12),
    ("the same, H.264", "TB", lambda titles: titles * LIGHT / 1e12),
    ("judge again, measurements kept", "core h", lambda titles: titles * AGAIN.value / 3600),
    ("the coordinator's part of that", "core h", lambda titles: titles * COORDINATOR.value / 3600),
    ("tasks and answers over the network", "GB", lambda titles: titles * TASK.value / 1e9),
    ("state", "GB", lambda titles: titles * STATE.value / 1e9),
    ("packages", "", lambda titles: titles * PLATFORMS),
    ("bytes sent, ProRes", "TB", lambda titles: titles * PLATFORMS * MASTER / 1e12),
    ("that in a week", "Gb/s", lambda titles: titles * PLATFORMS * MASTER * 8 / WEEK_SECONDS / 1e9),
    ("hash what is sent, ProRes", "core h", lambda titles: titles * PLATFORMS * MASTER / HASH.value / 3600),
    ("PUT, POST, LIST, ProRes", "million", lambda titles: titles * PLATFORMS * puts_of(MASTER) / 1e6),
    ("the same, H.264", "million", lambda titles: titles * PLATFORMS * puts_of(LIGHT) / 1e6),
    ("PUT and such in a week, ProRes", "a second", lambda titles: titles * PLATFORMS * puts_of(MASTER) / WEEK_SECONDS),
    ("HEAD and GET", "million", lambda titles: titles * PLATFORMS * GETS.value / 1e6),
    ("add to the audit log", "core h", lambda titles: LINE.value * titles * PLATFORMS / 3600),
    ("cores to measure, ProRes", "USD", lambda titles: titles * CORE / 3600 * CORE_HOUR.value),
    ("cores to judge again", "USD", lambda titles: titles * AGAIN.value / 3600 * CORE_HOUR.value),
    ("requests, ProRes", "USD", lambda titles: titles * PLATFORMS * requests_usd(MASTER)),
    ("a month of the masters, ProRes", "USD", lambda titles: titles * MASTER / 1e9 * GB_MONTH.value),
    ("egress, if the masters lie in AWS", "USD", lambda titles: titles * PLATFORMS * MASTER / 1e9 * EGRESS.value),
)


def requests_usd(size: float) -> float:
    """What the requests of a package cost."""
    return puts_of(size) * PUT_PRICE.value + GETS.value * GET_PRICE.value


def inputs_table() -> str:
    """What is put in, as Markdown."""
    lines = ["| what | value | from |", "|---|---|---|"]
    lines += [f"| {item.what} | {item.value:,.10g} {item.unit} | {item.source} |" for item in INPUTS]
    return "\n".join(lines)


def results_table() -> str:
    """What comes out for each number of titles, as Markdown."""
    lines = ["| titles | " + " | ".join(f"{size:,}" for size in SIZES) + " |", "|---|" + "--:|" * len(SIZES)]
    for name, unit, work in ROWS:
        lines.append(
            f"| {name}{', ' if unit else ''}{unit} | " + " | ".join(shown(work(size)) for size in SIZES) + " |"
        )
    return "\n".join(lines)


def shown(value: float) -> str:
    """Two digits that count, and no more than that is known."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"  # noqa: PLR2004 -- two digits


def main() -> None:
    """Print both tables."""
    print(f"{inputs_table()}\n\n{results_table()}")


if __name__ == "__main__":
    main()
