"""Screeners from the command line, in this process, without a decode: a copy's bytes are the lines of its mark."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from click.testing import CliRunner
from small import TITLE

from assets.errors import InputError, Refused, StoreError, UsageError
from cli import judgement, screening
from cli.main import group

NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
RIGHTS = """
zone = "UTC"
[[mandates]]
id = "producer"
from = "A secret producer"
contract = "C-1"
status = "signed"
signed = 2025-12-01
[[mandates.grants]]
id = "held"
rights = ["svod", "freetv"]
territories = ["KR", "JP"]
start = 2026-01-01
through = 2027-01-31
languages = "all"
"""
BARRED = """
[[mandates.holdbacks]]
id = "premiere"
rights = ["festival"]
territories = ["JP"]
start = 2026-01-01
end = 2027-01-03
languages = "all"
"""
ASKED = (
    "--for",
    "\uae40\ucca0\uc218",
    "--company",
    "\u5c0f\u3055\u306a\u6620\u753b\u793e",
    "--reason",
    "to buy",
    "--territory",
    "KR",
)


class Clock:
    """The present of the tests."""

    now = NOW

    def ahead(self, **time):
        self.now += timedelta(**time)


def write(tmp_path, monkeypatch):
    """A catalogue of one title, and the clock that everything goes by."""
    folder = tmp_path / "catalogue" / "titles" / "small-film"
    folder.mkdir(parents=True)
    (tmp_path / "catalogue" / "releaseprint.toml").touch()
    (folder / "title.toml").write_text(TITLE, encoding="utf-8")
    (folder / "rights.toml").write_text(RIGHTS, encoding="utf-8")
    clock = Clock()
    monkeypatch.setattr(judgement, "now", lambda: clock.now)
    monkeypatch.setattr(
        screening, "write_screener", lambda _source, mark, out, *_: out.write_text("|".join(mark.lines()))
    )
    have_sound(monkeypatch, "ko", "")
    return tmp_path / "catalogue", clock


def have_sound(monkeypatch, *tags):
    """The languages that the streams of every master are tagged with."""
    info = SimpleNamespace(audio=[SimpleNamespace(language=tag) for tag in tags])
    monkeypatch.setattr(screening.making, "read", lambda *_: SimpleNamespace(info=info))


def set_rights(root, text):
    (root / "titles" / "small-film" / "rights.toml").write_text(text, encoding="utf-8")


def run(root, *words):
    """The exit code, or the error, and what was said."""
    done = CliRunner().invoke(group, ["screener", *map(str, words), "-C", str(root)], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, UsageError | InputError | Refused | StoreError):
        raise done.exception
    return SimpleNamespace(code=done.return_value, error=str(done.exception or ""), out=done.stdout, told=done.stderr)


def grant(root, *words):
    done = run(root, "grant", "small-film", *ASKED, *words)
    assert not done.error, done.error
    return done


def lines(root):
    path = root / "titles" / "small-film" / "screeners.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def listed(root, *words):
    done = run(root, "list", "--json", *words)
    assert not done.error, done.error
    return json.loads(done.out), done.code


def copies(root):
    return sorted((root / "deliveries" / "_screeners").rglob("*.mp4"))
