"""Commands that are killed at a random moment, and what must hold of a catalogue after each kill."""

import hashlib
import json
import multiprocessing
import os
import random
import signal
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from drops import TEXTS, srt, write_picture
from small import TITLE

from assets.catalogue import open_catalogue
from cli.main import group

_FORK = multiprocessing.get_context("fork")
_HEAD = TITLE.partition("[[versions]]")[0]
BARE = f'{_HEAD}# kept\n[[versions]]\nid = "ko"\nlanguage = "ko"\n'
"""A title with nothing in it but a version and a comment."""
WHO = ("--yes", "--who", "A Person")


def command(*words):
    """Run a command in this process; its exit code."""
    return CliRunner().invoke(group, [str(word) for word in words], standalone_mode=False).return_value


def _child(words):
    os._exit(command(*words) or 0)


@dataclass(slots=True)
class Pace:
    """How many `seconds` a command takes, as far as is known: on a busy machine now this, now that."""

    seconds: float

    def killed(self, share, *words):
        """Run it and kill it after a share of that time; whether it was still at work. If not, it takes less."""
        begun = time.monotonic()
        was_at_work = killed(share * self.seconds, *words)
        if not was_at_work:
            self.seconds = time.monotonic() - begun
        return was_at_work


def killed(seconds, *words):
    """Run a command in a process of its own and kill it after so many seconds; whether it was still at work."""
    process = _FORK.Process(target=_child, args=(words,))
    process.start()
    process.join(seconds)
    was_at_work = process.is_alive()
    process.kill()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}, process.exitcode
    return was_at_work


def timed(*words):
    """How long a command takes in a process of its own, which is not killed."""
    begun = time.monotonic()
    assert not killed(None, *words)
    return time.monotonic() - begun


def write_drop(folder):
    """Tracks in three languages, pictures and papers; the same bytes each time."""
    folder.mkdir()
    for tag in TEXTS:
        (folder / f"Small Film.{tag}.srt").write_bytes(srt(tag))
    write_picture(folder / "Small Film poster.png", (200, 300))
    write_picture(folder / "Small Film key art.png", (320, 180))
    for name in ("dialogue list", "music cue sheet", "chain of title"):
        (folder / f"Small Film {name}.pdf").write_bytes(b"%PDF-1.7\n" + name.encode() + b"\n%%EOF\n")
    return sorted(folder.iterdir())


def write_title(root, title_id):
    """A bare title."""
    folder = root / "titles" / title_id
    folder.mkdir(parents=True)
    (folder / "title.toml").write_text(BARE, encoding="utf-8")
    return folder


def digests(root):
    """The digests of all assets of a catalogue, kept revisions included; what is still being written is none."""
    texts = {"title.toml", "history.jsonl"}
    paths = [path for path in (root / "titles").rglob("*") if path.is_file() and path.name not in texts]
    paths = [path for path in paths if not path.name.startswith(".releaseprint-incoming-")]
    kept = (root / ".releaseprint" / "revisions").glob("*")
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in (*paths, *kept)}


def require_whole(root, had, *, is_done):
    """Nothing that was there is gone, every title can be read, every line of every history is whole.

    A file that was put there and not yet told of is no loss; once the command `is_done` there is none.
    """
    assert had <= digests(root), "bytes are lost"
    for title in open_catalogue(root).titles():
        assert "# kept\n" in (title.folder / "title.toml").read_text(encoding="utf-8")
        history = title.folder / "history.jsonl"
        data = history.read_bytes() if history.exists() else b""
        assert data.endswith(b"\n") or not data
        newest = {line["name"]: line["sha256"] for line in map(json.loads, data.splitlines())}
        for file in title.files():
            sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
            assert not is_done or newest[file.name] == sha256


def content(folder):
    """What a title is: its title.toml, its files, its revisions but for their times."""
    history = (folder / "history.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [{**json.loads(line), "at": ""} for line in history]
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".releaseprint-") and path.name != "history.jsonl"
    }
    return files, sorted(lines, key=lambda line: line["name"])


def kill_adds(root: Path, kills: int, seed: int) -> int:
    """Kill `add` so often: of eight new files, and of one in the place of another. How many were at work."""
    draw = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    (root / "releaseprint.toml").touch()
    drop, new = write_drop(root.parent / "drop"), root.parent / "drop" / "Small Film.ko.srt"
    write_title(root, "whole")
    assert command("add", *drop, "--title", "whole", *WHO, "-C", root) == 0
    expected = content(root / "titles" / "whole")
    assert len(expected[1]) == len(drop)
    seconds = timed("add", *drop, "--title", write_title(root, "timed").name, *WHO, "-C", root)
    adding, replacing = Pace(seconds), Pace(0.3 * seconds)
    hits = 0
    for number in range(kills):
        is_new = number % 2 == 0
        title_id = f"title-{number}" if is_new else "whole"
        if is_new:
            write_title(root, title_id)
            words = ("add", *drop, "--title", title_id, *WHO, "-C", root)
        else:
            new.write_bytes(srt("ko", f" {number}"))
            words = ("add", new, "--title", title_id, "--replace", "--why", "better", *WHO, "-C", root)
        had = digests(root)
        hits += (adding if is_new else replacing).killed(draw.random(), *words)
        require_whole(root, had, is_done=False)
        assert command(*words) == 0
        require_whole(root, had, is_done=True)
        if is_new:
            assert content(root / "titles" / title_id) == expected, "repeated, it ends as it would have"
        else:
            assert (root / "titles/whole/subtitles/ko.srt").read_bytes() == new.read_bytes()
        new.write_bytes(srt("ko"))
    return hits


def kill_imports(root: Path, kills: int, seed: int) -> int:
    """Kill `import` of changed and of new titles so often. How many were at work."""
    draw = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    (root / "releaseprint.toml").touch()
    for number in range(8):
        write_title(root, f"old-{number}")
    path, hits, pace = root.parent / "list.csv", 0, Pace(0.0)
    for number in range(-2, kills):  # the first two are not killed: they tell how long it takes
        ids = [*(f"old-{one}" for one in range(8)), *(f"new-{number + 2}-{one}" for one in range(2))]
        runtime = f"01:{number % 60:02}:00"
        rows = [f"{name},{name.title()},ko,1985,{runtime}" for name in ids]
        path.write_text("\n".join(("id,names.en,original_language,production_year,runtime", *rows)), encoding="utf-8")
        words = ("import", path, "--accept", "-C", root)
        if number < 0:
            pace = Pace(timed(*words))
            continue
        before = {name: _text(root, name) for name in ids}
        hits += pace.killed(draw.random(), *words)
        between = {name: _text(root, name) for name in ids}
        assert command(*words) == 0
        after = {name: _text(root, name) for name in ids}
        assert all(between[name] in {before[name], after[name]} for name in ids), "each is the old one or the new one"
        assert {tomllib.loads(text)["runtime"] for text in after.values()} == {runtime}
        assert all("# kept\n" in after[name] for name in ids if name.startswith("old"))
        assert not [name for name in ids if before[name] and not between[name]], "a title is lost"
    return hits


def _text(root, title_id):
    path = root / "titles" / title_id / "title.toml"
    return path.read_text(encoding="utf-8") if path.exists() else ""
