"""Catalogues of many small titles: each with subtitles in three languages, and a master with bytes of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from drops import TEXTS, srt

from assets.catalogue import CONFIG_NAME

PLATFORM = "svod"
HEAD = """\
original_language = "ko"
runtime = "00:00:02"
production_year = 2020
[names]
en = "Small Film {number}"
[[versions]]
id = "original"
language = "ko"
"""
MASTER = 'master = "masters/film.mp4"\n[[versions.audio]]\nlanguage = "ko"\n'
WINDOW = """\
[[windows]]
id = "svod-world"
right = "svod"
territories = ["worldwide"]
start = 2026-01-01
end = "open"
zone = "Asia/Seoul"
languages = "all"
"""


def write_catalogue(root: Path, titles: int, master: bytes = b"") -> Path:
    """So many titles; without the bytes of a master they have none."""
    root.mkdir()
    (root / CONFIG_NAME).write_text(f'platform = "{PLATFORM}"\n', encoding="utf-8")
    tracks = "".join(f'[[versions.subtitles]]\nfile = "subtitles/{tag}.srt"\nlanguage = "{tag}"\n' for tag in TEXTS)
    for number in range(titles):
        folder = root / "titles" / f"film-{number:05}"
        (folder / "subtitles").mkdir(parents=True)
        text = HEAD.format(number=number) + (MASTER if master else "") + tracks + WINDOW
        (folder / "title.toml").write_text(text, encoding="utf-8")
        for tag in TEXTS:
            (folder / "subtitles" / f"{tag}.srt").write_bytes(srt(tag))
        if master:
            (folder / "masters").mkdir()
            (folder / "masters" / "film.mp4").write_bytes(master + _free(number))
    return root


def _free(number: int) -> bytes:
    """A box of MP4 that says nothing, of another length for each number: other bytes, the same film."""
    length = 8 + number
    return length.to_bytes(4, "big") + b"free" + bytes(number)
