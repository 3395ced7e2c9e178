"""How long the deals of a catalogue take to be read: the first time, and again from what was kept in its state.

Limit: 10,000 titles of ten licences are ready for questions within 10 s when they were read before.

python benchmarks/rights_loading.py [titles]
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from assets.catalogue import CONFIG_NAME, open_catalogue
from assets.rights import tree
from cli.agreed_titles import agreed_titles
from cli.held_titles import held_titles
from storage.agreements import Kind

TITLES = 2_000
FULL = 10_000
AGAIN_SECONDS = 10.0
REGIONS = ("KR", "JP", "US", "BENELUX", "EU", "LATAM", "MENA", "worldwide")
ZONES = ("Asia/Seoul", "Asia/Tokyo", "UTC", "America/Los_Angeles")
LANGUAGES = ('"all"', '["ko", "en"]', '["ja"]')
TITLE = """\
original_language = "ko"
format = "1 x 90"
runtime = "01:30:00"
production_year = 2025
[names]
ko = "눈석이 {0}"
ja = "雪解け {0}"
en = "Thaw {0}"
[[versions]]
id = "original"
language = "ko"
master = "masters/film.mp4"
"""
MANDATE = """\
zone = "Asia/Seoul"
[[mandates]]
id = "mandate"
from = "a producer"
contract = "M"
status = "signed"
signed = 2020-01-01
[[mandates.grants]]
id = "mandate-grant"
rights = ["all-rights"]
territories = ["worldwide"]
start = 2020-01-01
end = 2031-01-01
languages = "all"
exclusive = true
"""
LICENCE = """
[[licences]]
id = "licence-{number}"
to = "a licensee {number}"
contract = "contract {number}"
status = "{status}"
signed = 2024-05-01
[[licences.grants]]
id = "grant-{number}"
rights = ["{right}"]
territories = ["{region}"]
start = {start}
end = {end}
zone = "{zone}"
languages = {languages}
exclusive = {exclusive}
"""


def write_catalogue(root: Path, size: int) -> None:
    """A catalogue of so many titles of ten licences, older than the tool has any doubt of."""
    (root / CONFIG_NAME).write_text('platform = "svod"\n', encoding="utf-8")
    for number in range(size):
        folder = root / "titles" / f"title-{number:06}"
        folder.mkdir(parents=True)
        (folder / "title.toml").write_text(TITLE.format(number), encoding="utf-8")
        draw = random.Random(number)  # noqa: S311 -- the same deals each time
        deals = "".join(_licence(draw, item) for item in range(10))
        (folder / "rights.toml").write_text(MANDATE + deals, encoding="utf-8")
    time.sleep(3)  # what was written less than two seconds ago may change unseen, and is read again


def _licence(draw: random.Random, number: int) -> str:
    start = date(2027, 1, 1) + timedelta(days=draw.randrange(-900, 900))
    return LICENCE.format(
        number=number,
        status=draw.choice(("signed", "signed", "signed", "pending")),
        right=draw.choice(tree.leaves()),
        region=draw.choice(REGIONS),
        start=start,
        end=start + timedelta(days=draw.randrange(30, 720)),
        zone=draw.choice(ZONES),
        languages=draw.choice(LANGUAGES),
        exclusive=str(number % 4 == 0).lower(),
    )


def seconds_of(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Print the figures, for as many titles as were written and for ten thousand."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else TITLES
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_catalogue(root, size)
        catalogue = open_catalogue(root)
        for kind in Kind:
            for time_of_reading in ("first", "again"):
                found = seconds_of(lambda kind=kind: agreed_titles(catalogue, (), kind))  # type: ignore[misc]
                print(f"{kind:8} read {time_of_reading}: {found:7.2f} s, of {FULL:,}: {found * FULL / size:7.2f} s")
        ready = seconds_of(lambda: held_titles(catalogue, ())) * FULL / size
    print(f"ready for questions, of {FULL:,}: {ready:.2f} s, {ready / AGAIN_SECONDS:.2f} x of the limit")


if __name__ == "__main__":
    main()
