"""Catalogues of any size for the benchmarks: small files, but as many, and as much known of each, as a distributor has.

A title has twelve files, two of them in a second revision, the verdicts of two platforms on each and on the whole, one
delivery, and twelve windows that begin on a day of its own.
"""

import hashlib
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assets.catalogue import CONFIG_NAME
from assets.sample.writing import DECLARATIONS, TITLE_ID
from storage.index import WHOLE, Delivery, Verdict, open_index

PLATFORMS = ("svod", "est")
AT = "2026-11-21T09:00:00Z"
WORDS = ("north", "river", "spring", "girl", "mother", "snow", "bridge", "night", "train", "song", "flower", "wind")
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ"
SOUGHT = 'ko = "봄날의 눈석이"\nen = "Thaw"\n[[other_names]]\ntext = "Haru no hi no yukidoke"\nlanguage = "ja-Latn"\n'
"""The names of the title in the middle of each catalogue, which searches are for."""
FILES = {
    "original/master": "masters/kim-il-sungs-children.mp4",
    "original/subtitles/ko/full": "subtitles/ko.srt",
    "original/subtitles/ko/sdh": "subtitles/ko.sdh.srt",
    "english/subtitles/en/full": "subtitles/en.srt",
    "english/subtitles/en/forced": "subtitles/en.forced.srt",
    "japanese/subtitles/ja/full": "subtitles/ja.srt",
    "artwork/poster/en": "artwork/poster.jpg",
    "artwork/key-art/en": "artwork/key-art.jpg",
    "artwork/thumbnail": "artwork/thumbnail.jpg",
    "documents/dialogue-list": "documents/dialogue-list.pdf",
    "documents/music-cue-sheet": "documents/music-cue-sheet.pdf",
    "documents/chain-of-title": "documents/chain-of-title.pdf",
}
"""The files of each title by their roles: those of the sample, and what it lacks to twelve."""
_MORE = '[[artwork]]\nfile = "artwork/thumbnail.jpg"\nkind = "thumbnail"\n\n' + "".join(
    f'[[documents]]\nfile = "{name}"\nkind = "{role.partition("/")[2]}"\n\n'
    for role, name in FILES.items()
    if role.startswith("documents/")
)
REVISED = ("subtitles/ko.srt", "artwork/poster.jpg")
"""The files that have a second revision; the packages hold the first one of the poster in every tenth title."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A title that was written: its id, the digest of its title.toml, those of each file's revisions by name."""

    id: str
    declared: str
    digests: dict[str, list[str]]


def title_id(number: int) -> str:
    """The id of a title by its number."""
    return f"title-{number:06}"


def write_catalogue(root: Path, size: int) -> None:
    """A catalogue of so many titles, whose files are older than the tool has any doubt of, and its state."""
    (root / CONFIG_NAME).write_text('platform = "svod"\n', encoding="utf-8")
    text = (DECLARATIONS / "titles" / TITLE_ID / "title.toml").read_text(encoding="utf-8")
    draw = random.Random(size)  # noqa: S311 -- the same names each time
    made = [_write_title(root, number, size, text, draw) for number in range(size)]
    time.sleep(3)  # what was written less than two seconds ago may change unseen, and is read again
    with open_index(root) as index:
        index.keep_verdicts(_verdicts(made))
        index.put_store("s3://deliveries", _deliveries(made))


def _write_title(root: Path, number: int, size: int, text: str, draw: random.Random) -> _Made:
    own = title_id(number)
    folder = root / "titles" / own
    for part in ("masters", "subtitles", "artwork", "documents"):
        (folder / part).mkdir(parents=True)
    digests: dict[str, list[str]] = {}
    lines: list[str] = []
    for role, name in FILES.items():
        digests[name] = []
        for revision in range(1, 2 + (name in REVISED)):
            data = f"{own} {role} {revision}\n".encode()
            was = digests[name][-1] if digests[name] else None
            digests[name].append(hashlib.sha256(data).hexdigest())
            said = {"asset": role, "revision": revision, "name": name, "sha256": digests[name][-1], "size": len(data)}
            lines.append(json.dumps(said | {"at": AT, "who": "A Person", "why": "added", "note": "", "was": was}))
        (folder / name).write_bytes(data)
    (folder / "history.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    declared = _title_text(text, number, size, draw).encode()
    (folder / "title.toml").write_bytes(declared)
    return _Made(own, hashlib.sha256(declared).hexdigest(), digests)


def _title_text(text: str, number: int, size: int, draw: random.Random) -> str:
    """The sample's title.toml with names and synopses of its own."""
    head, _, rest = text.partition("[names]")
    hangul = "".join(chr(draw.randrange(0xAC00, 0xD7A4)) for _ in range(6))
    english = " ".join(draw.choices(WORDS, k=4)).title()
    names = f'ko = "{hangul[:3]} {hangul[3:]}"\nja = "{"".join(draw.choices(KANA, k=8))}"\nen = "{english} {number}"\n'
    names = SOUGHT if number == size // 2 else names
    rest = rest[rest.index("[synopses]") :].replace('= """\n', f'= """\n{number} ')
    rest = rest.replace("start = 2026-01-01", f"start = {date(2025, 1, 1) + timedelta(days=number % 365)}")
    return f"{head}[names]\n{names}\n{rest.replace('# One window', _MORE + '# One window')}"


def _verdicts(made: list[_Made]) -> Iterator[Verdict]:
    """What two platforms said of every revision of every file."""
    for title in made:
        for name, digests in title.digests.items():
            for sha256 in digests:
                yield from (_verdict(title.id, name, sha256, platform) for platform in PLATFORMS)
        yield from (_verdict(title.id, WHOLE, title.declared, platform) for platform in PLATFORMS)


def _verdict(title: str, name: str, sha256: str, platform: str) -> Verdict:
    said = (title, name, sha256, platform, "2026-11", f"{platform}-2026", AT)
    return Verdict(*said, "pass", errors=0, warnings=1, notes=0, not_checked=0)


def _deliveries(made: list[_Made]) -> Iterator[Delivery]:
    for number, title in enumerate(made):
        is_old = number % 10 == 0
        held = tuple((name, all_of[0 if is_old else -1]) for name, all_of in title.digests.items())
        package = hashlib.sha256(title.id.encode()).hexdigest()
        prefix = f"{title.id}/svod/svod-2026/{package[:16]}/"
        receipt = (f"_receipts/{prefix}1.json", AT, "worldwide")
        window = ("svod-2026", "2025-12-31T15:00:00Z", "2045-12-31T15:00:00Z", AT)
        said = ("s3://deliveries", prefix, package, title.id, "svod", "2026-11", *window)
        yield Delivery(*said, assets=held, receipts=(receipt,))
