"""The commands that look after packages, as an operator runs them."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from assets.errors import StoreError, UsageError
from cli import judgement
from cli.main import group
from storage.stores.folder import FolderStore

SUBTITLES = "1\n00:00:00,200 --> 00:00:00,900\nHello there.\n\n2\n00:00:01,000 --> 00:00:01,800\nGoodbye.\n"


class Tool:
    """The commands on one catalogue."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.title = catalogue / "titles/small-film"

    def run(self, *arguments, code=0):
        done = CliRunner().invoke(group, [*arguments, "-C", str(self.catalogue)], standalone_mode=False)
        if done.exception is not None:
            raise done.exception
        assert (done.return_value or 0) == code, done.output
        return done.stdout

    def json(self, *arguments, code=0):
        return json.loads(self.run(*arguments, "--json", code=code))

    def deliver(self, *arguments, code=0):
        (outcome,) = self.json("deliver", "--territory", "KR", *arguments, code=code)
        return outcome

    def states(self):
        return {row["package"]: row["state"] for row in self.json("receipts", "small-film")}


@pytest.fixture
def tool(catalogue):
    return Tool(catalogue)


def at(monkeypatch, text):
    monkeypatch.setattr(judgement, "now", lambda: datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_life_of_a_title_after_its_delivery(tool, tmp_path, monkeypatch):
    monkeypatch.setenv("RELEASEPRINT_HOOK_FOLDER", str(tmp_path))
    monkeypatch.setenv("RELEASEPRINT_HOOK", "/nonexistent/hook")
    first = tool.deliver()
    (tool.title / "subtitles/en.srt").write_text(SUBTITLES, encoding="utf-8")
    (planned,) = tool.json("redeliver", "small-film", "--dry-run")
    changes = {"before": first["prefix"], "added": [], "changed": ["subtitles/ko/en.full.vtt"], "removed": []}
    assert (planned["state"], planned["changes"]) == ("planned", changes)
    (second,) = tool.json("redeliver", "small-film")
    (master,) = (tool.title / "masters").iterdir()
    assert planned["would_copy_bytes"] >= master.stat().st_size, "the master is not sent again"
    assert second["sent_bytes"] == planned["would_send_bytes"]
    assert (second["state"], second["superseded"]) == ("delivered", [first["prefix"]])
    assert tool.states() == {first["package"]: "superseded", second["package"]: "standing"}
    assert "withdrawn" in tool.run("withdraw", "small-film", "--superseded", "--why", "=대체됨")
    assert tool.states() == {first["package"]: "withdrawn", second["package"]: "standing"}
    assert tool.deliver()["state"] == "unchanged"
    tool.run("withdraw", "small-film", "--why", "계약 종료")
    refused = tool.deliver(code=1)
    assert "계약 종료; `releaseprint redeliver` sends it again" in refused["reasons"][0]
    with pytest.raises(UsageError, match="has no such package"):
        tool.run("withdraw", "small-film", "--why", "계약 종료")
    assert [item["state"] for item in tool.json("redeliver", "small-film")] == ["delivered"]
    assert tool.deliver()["state"] == "unchanged"
    told = [path.name.partition("-")[0] for path in tmp_path.glob("*.json")]
    assert sorted(told) == ["delivered"] * 3 + ["superseded"] + ["withdrawn"] * 2
    assert "nothing was changed" in tool.run("audit", "verify")
    rows = list(csv.DictReader(io.StringIO(tool.run("receipts", "--csv"))))
    assert "'=대체됨" in {row["text"] for row in rows}, "no cell is a formula"
    (receipt, *_) = (tool.catalogue / "deliveries/_receipts").rglob("*.json")
    receipt.write_text("{}", encoding="utf-8")
    assert "was changed after it was logged" in tool.run("audit", "verify", code=4)
    tool.run("receipts", code=4)


def test_wrong_bytes_are_found_and_mended_as_verify_says(tool):
    prefix = tool.deliver()["prefix"]
    master = tool.catalogue / "deliveries" / prefix / "masters/ko/작은_영화.mp4"
    right = master.read_bytes()
    master.write_bytes(bytes([right[0] ^ 1]) + right[1:])
    said = tool.run("verify", prefix, code=4)
    assert "wrong  masters/ko/작은_영화.mp4" in said
    mended = [text.split() for text in said.split("`") if text.startswith("releaseprint")]
    assert [words[1] for words in mended] == ["redeliver", "withdraw"]
    for words in reversed(mended):
        tool.run(*words[1:])
    assert "all as delivered" in tool.run("verify", prefix)
    assert master.read_bytes() == right


def test_what_is_wrong_with_one_package_does_not_stop_the_others(tool):
    shutil.copytree(tool.title, tool.title.with_name("another-film"))
    notice = tool.catalogue / "deliveries/_embargoed/another-film/house/svod-world/embargo.json"
    notice.parent.mkdir(parents=True)
    notice.write_text("{}", encoding="utf-8")
    failed, delivered = tool.json("deliver", "--territory", "KR", code=4)
    assert (failed["title"], failed["state"], delivered["state"]) == ("another-film", "failed", "delivered")
    assert "is no notice of an embargo; deliver again with --not-before" in failed["reasons"][0]
    (held,) = tool.json("deliver", "--territory", "KR", "--title", "another-film", "--not-before", "2098-01-01")
    assert held["state"] == "held", "as the reason says"
    notice.write_text("{}", encoding="utf-8")
    (kept,) = tool.json("release", code=4)
    assert (kept["state"], kept["prefix"]) == ("failed", held["prefix"])
    assert "another-film" not in tool.run("packages")


def test_what_cannot_be_taken_down_does_not_keep_the_others_up(tool, monkeypatch):
    shutil.copytree(tool.title, tool.title.with_name("another-film"))
    tool.json("deliver", "--territory", "KR")
    for title in tool.title.parent.iterdir():
        path = title / "title.toml"
        ended = path.read_text(encoding="utf-8").replace('end = "open"', "end = 2026-02-01")
        path.write_text(ended, encoding="utf-8")
    remove, lists = FolderStore.remove, FolderStore.list

    def refused(store, key):
        if key.startswith("another-film/"):
            raise StoreError(f"{store.url}: {key}: may not be removed")
        return remove(store, key)

    def silent(store, prefix=""):
        if prefix.count("/") > 3:
            raise StoreError(f"{store.url}: does not answer")
        return lists(store, prefix)

    monkeypatch.setattr(FolderStore, "remove", refused)
    failed, withdrawn = tool.json("expire", "--write", code=4)
    assert (failed["title"], failed["withdrawn"]) == ("another-film", None)
    assert failed["failed"].endswith("manifest.json: may not be removed")
    assert (withdrawn["title"], withdrawn["failed"]) == ("small-film", None)
    assert "may not be removed" in tool.run("expire", "--write", code=4)
    monkeypatch.setattr(FolderStore, "list", silent)
    with pytest.raises(StoreError, match="does not answer"):
        tool.run("expire", "--write")
    monkeypatch.setattr(FolderStore, "list", lists)
    monkeypatch.setattr(FolderStore, "remove", remove)
    (last,) = tool.json("expire", "--write")
    assert (last["failed"], last["withdrawn"]["what"]) == (None, "withdrawn")


def test_held_back_and_released_by_a_later_run(tool, monkeypatch):
    at(monkeypatch, "2026-11-22T12:00:00")
    assert tool.deliver("--not-before", "2026-12-01", "--dry-run")["held_until"] == "2026-12-01T00:00:00Z"
    assert tool.json("release") == []
    held = tool.deliver("--not-before", "2026-12-01")
    assert (held["state"], held["held_until"]) == ("held", "2026-12-01T00:00:00Z")
    assert tool.json("packages") == []
    assert tool.deliver()["state"] == "held", "the embargo holds for whoever delivers without naming it"
    assert [item["state"] for item in tool.json("release")] == ["waiting"]
    at(monkeypatch, "2026-12-01T00:00:00")
    assert [item["state"] for item in tool.json("release", "--dry-run")] == ["due"]
    title = tool.title / "title.toml"
    text = title.read_text(encoding="utf-8")
    title.write_text(text.replace('id = "svod-world"', 'id = "another"'), encoding="utf-8")
    (refused,) = tool.json("release", code=1)
    assert "has no window svod-world" in refused["reasons"][0]
    title.write_text(text, encoding="utf-8")
    assert "released" in tool.run("release", "small-film")
    assert [item["package"] for item in tool.json("packages")] == [held["package"]]
    assert tool.deliver()["state"] == "unchanged"
    assert "nothing was changed" in tool.run("audit", "verify")


def test_what_must_come_down(tool, monkeypatch):
    at(monkeypatch, "2026-11-22T00:00:00")
    title = tool.title / "title.toml"
    text = title.read_text(encoding="utf-8")
    title.write_text(text.replace('end = "open"', "end = 2027-01-01"), encoding="utf-8")
    package = tool.deliver()
    assert tool.json("expire") == []
    (item,) = tool.json("expire", "--at", "2026-12-31T15:00Z", code=1)
    assert item["reasons"] == ["its window ended 2026-12-31T15:00:00Z"]
    assert tool.json("expire", "--at", "2026-12-31T14:59:59Z") == []
    title.write_text(text.replace('end = "open"', "end = 2026-02-01"), encoding="utf-8")
    (item,) = tool.json("expire", code=1)
    assert item["reasons"] == ["the window svod-world ended 2026-01-31T15:00:00Z"]
    with pytest.raises(UsageError, match="is yet to come"):
        tool.run("expire", "--at", "2098-01-01", "--write")
    at(monkeypatch, "2027-01-01T00:00:00")
    assert "withdrawn" in tool.run("expire", "--write")
    assert tool.states() == {package["package"]: "withdrawn"}
    assert tool.json("expire") == []
    manifest = tool.catalogue / "deliveries" / package["prefix"] / "manifest.json"
    manifest.write_text("{}", encoding="utf-8")
    assert tool.json("expire", code=4) == [], "what cannot be read is not overlooked"
    manifest.unlink()
    title.write_text(text, encoding="utf-8")
    assert tool.deliver()["state"] == "delivered", "a window that was prolonged is not closed"
