"""`stow` and `fetch` as commands, and what the other commands do with a file that is away."""

import json
import subprocess
from dataclasses import replace
from datetime import timedelta

import histories
import pytest
from click.testing import CliRunner
from titles import NOW, read_title, write_files, write_title

from assets import digest, manifest, platform
from assets.catalogue import open_catalogue
from assets.clearance import Clearance
from assets.errors import InputError, Refused, StoreError
from assets.intake.arriving import Arrived
from assets.intake.shelf import Shelf
from assets.licensing import licensed_part
from assets.title import Away
from cli import targets
from cli.main import group
from storage import plan as planning
from storage.deliver import Ordered, deliver
from storage.stores import open_store
from storage.stores.objects import open_object
from storage.streaming import from_stores
from storage.verify import packages

NAME = "subtitles/한국어.srt"


@pytest.fixture
def root(tmp_path):
    histories.write(tmp_path / "catalogue")
    return tmp_path / "catalogue"


def run(root, *arguments):
    return CliRunner().invoke(group, [*arguments, "-C", str(root)], catch_exceptions=False, standalone_mode=False)


def test_the_commands_say_what_they_did(root):
    kept = run(root, "stow", "thaw", "ko", "--to", "file:../archive", "--keep", "--who", "Kim")
    assert kept.output.startswith(f"{NAME}: in both places: 3 B in file:../archive/sha256/")
    done = run(root, "stow", "thaw", "ko", "--to", "file:../archive", "--who", "Kim")
    assert done.stdout.startswith(f"{NAME}: away: 3 B in file:../archive/sha256/")
    assert done.stderr == f"{NAME}: its content can be checked again when it is fetched\n"
    assert "was away already" in run(root, "stow", "thaw", NAME, "--to", "file:../archive").output
    assert "fetched: 3 B from file:../archive/" in run(root, "fetch", "thaw").output
    assert f"{NAME}: is here already" in run(root, "fetch", "thaw", NAME).output


def test_history_says_where_a_file_is(root):
    run(root, "stow", "thaw", "ko", "--to", "file:../archive", "--who", "Kim")
    assert "away: file:../archive/sha256/" in run(root, "history", "thaw", "ko").output
    (asset,) = json.loads(run(root, "history", "thaw", "ko", "--json").output)["assets"]
    assert asset["away"].startswith("file:../archive/")
    assert (asset["gone"], asset["sha256"]) == (False, digest.sha256_bytes(b"one"))
    assert run(root, "announce", "thaw", "--why", "all").output.startswith("nothing to record")


def test_the_export_has_the_bytes_of_what_is_away(root, tmp_path):
    run(root, "stow", "thaw", "ko", "--to", "file:../archive", "--who", "Kim")
    assert run(root, "rebuild").return_value == 0
    run(root, "export", "--json", str(tmp_path / "all.json"))
    found = {item["name"]: item for item in json.loads((tmp_path / "all.json").read_bytes())["assets"]}
    assert (found[NAME]["size"], found[NAME]["sha256"]) == (3, digest.sha256_bytes(b"one"))


def test_errors_have_their_exit_codes(root, tmp_path):
    run(root, "stow", "thaw", "ko", "--to", "file:../archive", "--who", "Kim")
    histories.track(histories.read(root)).path.write_bytes(b"two")
    with pytest.raises(Refused):
        run(root, "fetch", "thaw", "ko")
    histories.track(histories.read(root)).path.unlink()
    next((tmp_path / "archive").rglob("sha256/*/*")).unlink()
    with pytest.raises(StoreError, match="there is no such object"):
        run(root, "fetch", "thaw")


def test_nothing_is_made_of_a_master_that_is_away(root, tmp_path):
    title = histories.read(root)
    (title.folder / "masters").mkdir()
    (title.folder / "masters/film.mov").write_bytes(b"film")
    run(root, "stow", "thaw", "master", "--to", "file:../archive", "--who", "Kim")
    with pytest.raises(InputError, match=r"`releaseprint fetch thaw masters/film.mov` brings it back"):
        run(root, "proxy", "thaw", str(tmp_path / "proxy.mp4"))


@pytest.mark.parametrize("name", ["away.toml", "rights.toml"])
def test_a_changed_file_of_a_title_puts_it_to_the_question(root, name):
    def git(*arguments):
        subprocess.run(["git", "-C", root, "-c", "user.name=K", "-c", "user.email=k@x", *arguments], check=True)

    git("init", "-q")
    git("add", "titles/thaw/title.toml", "releaseprint.toml")
    git("commit", "-qm", "first")
    (root / "titles/thaw/subtitles/한국어.srt").unlink()
    assert not list(targets.changed(open_catalogue(root), "HEAD"))
    (root / "titles/thaw" / name).write_text("", encoding="utf-8")
    (target,) = targets.changed(open_catalogue(root), "HEAD")
    assert target.only is None


def test_what_is_added_and_is_away_already_is_told(root, tmp_path):
    run(root, "stow", "thaw", "ko", "--to", "file:../archive", "--who", "Kim")
    path = tmp_path / "again.srt"
    path.write_bytes(b"one")
    title = histories.read(root)
    arrived = Arrived("again.srt", path, 3, digest.sha256_bytes(b"one"))
    assert Shelf(title, lambda _: None).same_bytes(arrived) == histories.track(title)


@pytest.fixture
def plan(tmp_path):
    """A plan of a title whose master was measured and lies in a folder beside the catalogue."""
    root = tmp_path / "catalogue"
    title = manifest.read_title(write_title(root), root)
    write_files(title)
    (window,) = title.windows
    part, left_out = licensed_part(read_title(title), window)
    digests = {asset.file.name: asset.sha256 for asset in part.assets}
    spec = platform.load("svod")
    clearance = Clearance(title.id, "svod", spec.revision, window.id, digests)
    made = planning.make_plan(part, window, spec, clearance, at=NOW, left_out=left_out)
    master = title.versions[0].master
    (tmp_path / "archive").mkdir()
    master.path.rename(tmp_path / "archive" / "film.mov")
    sha256 = digests[master.name]
    away = Away(title.id, master.name, sha256, 16_000, "file:../archive/film.mov", NOW - timedelta(days=1))
    return replace(made, title=replace(made.title, away=(away,)))


def reports(instant):
    return {"qc/report.json": json.dumps({"judged_at": instant.isoformat()}).encode()}


def test_what_is_away_is_delivered_from_its_store(plan, tmp_path):
    known = open_catalogue(tmp_path / "catalogue")
    store = open_store("file:deliveries", known)
    whole = from_stores(plan, lambda url: open_object(url, known))
    receipt = deliver(whole, store, reports, Ordered(NOW, "worldwide"), lambda _: None)
    ((standing,), wrong) = packages(store)
    assert not wrong
    (key,) = [entry.key for entry in standing.manifest.entries if entry.kind == "master"]
    sent = b"".join(store.get(receipt.prefix + key))
    assert sent == (tmp_path / "archive" / "film.mov").read_bytes()


def test_other_bytes_in_its_store_are_not_delivered(plan, tmp_path):
    (tmp_path / "archive" / "film.mov").write_bytes(b"x" * 16_000)
    known = open_catalogue(tmp_path / "catalogue")
    store = open_store("file:deliveries", known)
    whole = from_stores(plan, lambda url: open_object(url, known))
    with pytest.raises(StoreError, match="nothing was stored"):
        deliver(whole, store, reports, Ordered(NOW, "worldwide"), lambda _: None)
    assert packages(store) == ([], [])
