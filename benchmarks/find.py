"""How long `releaseprint find` takes in catalogues of growing size, to read and to find. Limit: 2 s at 10,000 titles.

python benchmarks/find.py
"""

import random
import tempfile
import time
from pathlib import Path

from assets.catalogue import CONFIG_NAME, open_catalogue
from assets.name_scanning import read_entries
from assets.sample.writing import DECLARATIONS, TITLE_ID
from assets.searching import find

SIZES = (1_250, 2_500, 5_000, 10_000)
LIMIT_SECONDS = 2.0
QUERIES = ("bombnari", "haru no hi", "はるのひ", "봄날", "pomnarui nunsogi", "no such film")
WORDS = ("north", "river", "spring", "girl", "mother", "snow", "bridge", "night", "train", "song", "flower", "wind")
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ"
SOUGHT = """
ko = "봄날의 눈석이"
en = "Thaw"
[[other_names]]
text = "Haru no hi no yukidoke"
language = "ja-Latn"
"""


def write_catalogue(root: Path, size: int) -> None:
    """A catalogue of so many titles with names in three languages, and the rest of the sample's title.toml."""
    draw = random.Random(size)  # noqa: S311 -- the same names each time
    head, _, rest = (DECLARATIONS / "titles" / TITLE_ID / "title.toml").read_text(encoding="utf-8").partition("[names]")
    rest = rest[rest.index("[synopses]") :]
    (root / CONFIG_NAME).touch()
    for number in range(size):
        hangul = "".join(chr(draw.randrange(0xAC00, 0xD7A4)) for _ in range(6))
        english = " ".join(draw.choices(WORDS, k=4)).title()
        names = f'\nko = "{hangul[:3]} {hangul[3:]}"\nja = "{"".join(draw.choices(KANA, k=8))}"\nen = "{english}"\n'
        path = root / "titles" / f"title-{number:06}" / "title.toml"
        path.parent.mkdir(parents=True)
        path.write_text(f"{head}[names]{SOUGHT if number == size // 2 else names}{rest}", encoding="utf-8")


def measure(size: int) -> float:
    """Print the times for one size, and give the longest of reading and finding, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_catalogue(root, size)
        begun = time.perf_counter()
        entries, _ = read_entries(open_catalogue(root))
        reading = time.perf_counter() - begun
        times = []
        for text in QUERIES:
            begun = time.perf_counter()
            find(entries, text)
            times.append(time.perf_counter() - begun)
    print(f"{size:7,} titles   names read in {reading:5.2f} s   found in {min(times):.2f} to {max(times):.2f} s")
    return reading + max(times)


def main() -> None:
    """Print the figures."""
    longest = [measure(size) for size in SIZES][-1]
    print(f"of the limit     {longest / LIMIT_SECONDS:5.2f} x {LIMIT_SECONDS} s")


if __name__ == "__main__":
    main()
