"""A title with a Korean track, on disk, for the tests of revisions."""

from datetime import UTC, datetime
from pathlib import Path

from assets import digest, history
from assets.manifest import read_title

ROLE = "original/subtitles/ko/full"
WHEN = datetime(2026, 11, 21, 9, tzinfo=UTC)

TITLE = """\
original_language = "ko"
format = "1 x 1"
runtime = "00:00:02"
production_year = 1985
[names]
ko = "봄날의 눈석이"
[[versions]]
id = "original"
language = "ko"
master = "masters/film.mov"
[[versions.subtitles]]
file = "subtitles/한국어.srt"
language = "ko"
[[versions.subtitles]]
file = "subtitles/ko.sdh.srt"
language = "ko"
kind = "sdh"
[[versions.subtitles]]
file = "subtitles/en.srt"
language = "en"
[[artwork]]
file = "artwork/poster.jpg"
kind = "poster"
"""


def write(root: Path):
    """The title `thaw` of a catalogue that has nothing else; its track is there, its master is not."""
    folder = root / "titles" / "thaw"
    (folder / "subtitles").mkdir(parents=True)
    (root / "releaseprint.toml").write_text('platform = "svod"\n', encoding="utf-8")
    (folder / "title.toml").write_text(TITLE, encoding="utf-8")
    (folder / "subtitles" / "한국어.srt").write_bytes(b"one")
    return read(root)


def read(root: Path):
    return read_title(root / "titles" / "thaw" / "title.toml", root)


def track(title):
    return history.roles(title)[ROLE]


def record(title, why="first"):
    file = track(title)
    data = file.path.read_bytes()
    return history.record(
        title, file, ROLE, sha256=digest.sha256_bytes(data), size=len(data), who="Kim", why=why, at=WHEN
    )


def replace(title, data: bytes, why="better"):
    root = title.folder.parent.parent
    source = root / "incoming.srt"
    source.write_bytes(data)
    return history.replace_file(root, title, ROLE, track(title), source, who="Kim", why=why, note="", at=WHEN)
