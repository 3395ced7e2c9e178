"""Planning, packaging, delivering, verifying: on a folder store, stopped at every point, twice at once."""

import json
import shutil
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from crashing import CrashingStore, Killed
from titles import NOW, TITLE_TOML, read_title, write_files, write_title
from waivers import waiver

from assets import manifest, platform
from assets.catalogue import open_catalogue
from assets.clearance import Clearance
from assets.errors import Refused, StoreError, UsageError
from assets.licensing import licensed_part
from assets.rights import select
from assets.rights.languages import same_for_all
from storage import package as packaging
from storage import package_keys, verify
from storage import plan as planning
from storage.deliver import Ordered, deliver, foresee, whats_missing
from storage.manifests import own
from storage.stores import open_store

ORDERED = Ordered(NOW, "worldwide")


def nothing(_count):
    """No progress."""


def reports(instant):
    body = json.dumps({"judged_at": instant.isoformat(), "verdict": "pass"}).encode()
    return {"qc/report.json": body, "qc/report.html": b"<!doctype html>" + body}


@pytest.fixture
def title(tmp_path):
    path = write_title(tmp_path / "catalogue")
    found = manifest.read_title(path, tmp_path / "catalogue")
    write_files(found)
    return found


@pytest.fixture
def store(title, tmp_path):
    assert title.folder.is_relative_to(tmp_path)
    return open_store("file:deliveries", open_catalogue(tmp_path / "catalogue"))


def clearance_of(read, for_window, **changes):
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    spec = platform.load("svod")
    return replace(Clearance(read.title.id, "svod", spec.revision, for_window.id, digests), **changes)


def plan_of(title, **changes):
    read = read_title(title)
    (window,) = title.windows
    part, left_out = licensed_part(read, window)
    clearance = clearance_of(part, window, **changes)
    plan = planning.make_plan(part, window, platform.load("svod"), clearance, at=NOW, left_out=left_out)
    return packaging.with_metadata(plan)


def root_of(store):
    return Path(store.url.removeprefix("file:").removeprefix("//"))


def visible(store):
    found, wrong = verify.packages(store)
    assert wrong == []
    return found


def test_package_is_whole_and_verifies_by_sha256sum_alone(title, store):
    plan = plan_of(title)
    receipt = deliver(plan, store, reports, ORDERED, nothing)
    (standing,) = visible(store)
    folder = root_of(store) / receipt.prefix
    if shutil.which("sha256sum"):
        done = subprocess.run(
            ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=True
        )
        assert done.stdout.count(b": OK") == len(standing.manifest.entries)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    named = {entry.key for entry in standing.manifest.entries}
    assert files == named | {"SHA256SUMS", "manifest.json"}
    assert named >= {
        "masters/ko/film.mov",
        "subtitles/ko/en.full.ttml",
        "metadata/title.json",
        "qc/report.json",
        "qc/report.html",
    }


def test_manifest_follows_its_schema(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    data = b"".join(store.get(receipt.prefix + own.NAME))
    schema = json.loads(own.SCHEMA_PATH.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(data), schema)
    body = json.loads(data)
    assert body["window"]["not_before"] == "2026-11-30T15:00:00Z"
    assert body["window"]["not_after"] == "2028-11-30T15:00:00Z"
    assert len(body["window"]["territories"]) == 249
    assert body["files"][-1]["kind"] == "report"


def test_second_delivery_sends_nothing_and_keeps_the_receipt(title, store):
    first = deliver(plan_of(title), store, reports, ORDERED, nothing)
    watched = CrashingStore(store)
    second = deliver(plan_of(title), watched, reports, replace(ORDERED, at=NOW + timedelta(days=3)), nothing)
    assert watched.calls == 0, "neither a payload file nor a small one is written or read again"
    assert (second.sent_files, second.sent_bytes) == (0, 0)
    assert second.key == first.key
    assert whats_missing(plan_of(title), store) == []


def assert_as_foreseen(receipt, foreseen):
    sent, copied, there = foreseen.sent, foreseen.copied, foreseen.there
    assert (receipt.sent_files, receipt.sent_bytes) == (len(sent), sum(file.size for file in sent))
    assert (receipt.copied_files, receipt.copied_bytes) == (len(copied), sum(file.size for file in copied))
    assert (receipt.skipped_files, receipt.skipped_bytes) == (len(there), sum(file.size for file in there))


def test_what_is_foreseen_is_done(title, store):
    foreseen = foresee(plan_of(title), store, reports, NOW)
    assert list(store.list()) == [], "nothing was written"
    first = deliver(plan_of(title), store, reports, ORDERED, nothing)
    assert (foreseen.copied, foreseen.there) == ((), ())
    assert_as_foreseen(first, foreseen)

    title.versions[0].subtitles[0].file.path.write_bytes(b"another revision of the track")
    for hours in (0, 1):  # a report of the same instant has the same bytes, and is stored all the same: it is a claim
        at = NOW + timedelta(hours=hours)
        foreseen = foresee(plan_of(title), store, reports, at)
        assert "qc/report.json" in {file.key for file in foreseen.sent}
        assert "masters/ko/film.mov" in {file.key for file in foreseen.copied}
        receipt = deliver(plan_of(title), store, reports, replace(ORDERED, at=at), nothing)
        assert_as_foreseen(receipt, foreseen)
        shutil.rmtree(root_of(store) / receipt.prefix)


def test_what_a_package_has_lost_is_foreseen(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    for key in ("masters/ko/film.mov", "qc/report.html"):
        (root_of(store) / receipt.prefix / key).unlink()
    foreseen = foresee(plan_of(title), store, reports, NOW + timedelta(days=1))
    assert {file.key for file in foreseen.sent} == {"masters/ko/film.mov", "qc/report.html"}
    assert_as_foreseen(deliver(plan_of(title), store, reports, ORDERED, nothing), foreseen)


def operations_of_a_delivery(title, store):
    counted = CrashingStore(store)
    deliver(plan_of(title), counted, reports, ORDERED, nothing)
    shutil.rmtree(root_of(store))
    return counted.calls


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_stopped_at_every_operation_and_resumed(title, store, after):
    operations = operations_of_a_delivery(title, store)
    assert operations > 7
    for at in range(operations):
        crashing = CrashingStore(store, at, after=after)
        with pytest.raises(Killed):
            deliver(plan_of(title), crashing, reports, ORDERED, nothing)
        for standing in visible(store):
            assert verify.verify(store, standing, nothing).wrong == ()
        foreseen = foresee(plan_of(title), store, reports, NOW + timedelta(hours=5))
        resumed = CrashingStore(store)
        receipt = deliver(plan_of(title), resumed, reports, replace(ORDERED, at=NOW + timedelta(hours=5)), nothing)
        assert_as_foreseen(receipt, foreseen)
        (standing,) = visible(store)
        assert verify.verify(store, standing, nothing) == replace(
            verify.verify(store, standing, nothing), wrong=(), extra=()
        )
        total = sum(file.size for file in plan_of(title).files if file.path)
        assert crashing.payload + resumed.payload == total, "no payload byte is sent twice"
        assert len(list(store.list("_receipts/"))) == 1
        shutil.rmtree(root_of(store))


def test_two_deliverers_at_once_end_with_one_package(title, store):
    done = []

    def run(hours):
        done.append(deliver(plan_of(title), store, reports, replace(ORDERED, at=NOW + timedelta(hours=hours)), nothing))

    threads = [threading.Thread(target=run, args=(hours,)) for hours in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4
    (standing,) = visible(store)
    result = verify.verify(store, standing, nothing)
    assert result.wrong == ()
    assert result.extra == ()


def test_unfinished_report_of_another_content_is_left_alone(title, store):
    prefix = packaging.prefix_of(plan_of(title))
    store.put_bytes(prefix + "qc/report.json", b'{"judged_at": "2026-11-20T00:00:00+00:00", "by": "another version"}')
    deliver(plan_of(title), store, reports, ORDERED, nothing)
    (standing,) = visible(store)
    result = verify.verify(store, standing, nothing)
    assert result.wrong == ()
    assert result.extra == ("qc/report.json",)
    assert any(entry.key.startswith("qc/report-") for entry in standing.manifest.entries)


def test_receipt_of_who_was_not_first_counts_what_the_manifest_names(title, store):
    plan = plan_of(title)

    def others(instant):
        return {key: data + b" " * 5000 for key, data in reports(instant).items()}

    def overtaken():
        deliver(plan, store, others, ORDERED, nothing)
        return ()

    receipt = deliver(plan, store, reports, replace(ORDERED, forbids=overtaken), nothing)
    (standing,) = visible(store)
    payload = [file for file in plan.files if file.key in {entry.key for entry in standing.manifest.entries}]
    assert (receipt.sent_files, receipt.sent_bytes) == (len(payload), sum(file.size for file in payload))
    assert receipt.skipped_files == len(standing.manifest.entries) - len(payload) == 2
    assert receipt.sent_bytes + receipt.skipped_bytes == standing.manifest.size
    written = json.loads(b"".join(store.get(receipt.key)))
    assert sum(way["files"] for way in written["integrity"]) == len(payload)


class Lagging:
    """A store whose lists do not have what was stored lately."""

    def __init__(self, store, lately):
        self.store, self.lately = store, lately

    def __getattr__(self, name):
        return getattr(self.store, name)

    def list(self, prefix=""):
        return (found for found in self.store.list(prefix) if not found.key.endswith(self.lately))


def test_list_that_lags_is_no_loss(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    lagging = Lagging(store, "masters/ko/film.mov")
    assert whats_missing(plan_of(title), lagging) == []
    assert deliver(plan_of(title), lagging, reports, ORDERED, nothing).sent_files == 0
    (standing,) = visible(store)
    assert verify.verify(lagging, standing, nothing, frozenset()).wrong == ()
    (root_of(store) / receipt.prefix / "masters/ko/film.mov").write_bytes(b"cut")
    (told,) = verify.verify(lagging, standing, nothing, frozenset()).wrong
    assert "has 3 bytes" in told


def test_master_that_changed_after_the_check_does_not_leave(title, store):
    plan = plan_of(title)
    title.versions[0].master.path.write_bytes(b"another cut" * 1000)
    with pytest.raises(StoreError, match="film"):
        deliver(plan, store, reports, ORDERED, nothing)
    assert visible(store) == []
    assert not any("masters" in found.key for found in store.list())


def test_wrong_missing_and_extra_files_are_found(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    folder = root_of(store) / receipt.prefix
    master = folder / "masters/ko/film.mov"
    master.write_bytes(b"X" + master.read_bytes()[1:])
    (folder / "metadata/title.json").unlink()
    (folder / "SHA256SUMS").write_text("nothing\n")
    (folder / "stranger.txt").write_text("hello")
    (standing,) = visible(store)
    result = verify.verify(store, standing, nothing)
    assert [line.split(":")[0] for line in result.wrong] == [
        "masters/ko/film.mov",
        "metadata/title.json",
        "SHA256SUMS",
    ]
    assert result.extra == ("stranger.txt",)


def test_manifest_that_points_outside_is_no_manifest(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    path = root_of(store) / receipt.prefix / own.NAME
    path.write_text(path.read_text(encoding="utf-8").replace("masters/ko/film.mov", "../../secret"), encoding="utf-8")
    found, wrong = verify.packages(store)
    assert found == []
    assert len(wrong) == 1
    assert "was changed after it was written" in wrong[0]


def test_package_is_found_by_prefix_or_id(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    assert verify.find(store, receipt.prefix).manifest.package == receipt.package
    assert verify.find(store, receipt.package[:8]).prefix == receipt.prefix
    with pytest.raises(UsageError, match=r"'nothing' is no package of .*; packages: film/svod/svod-world/"):
        verify.find(store, "nothing")


@pytest.mark.parametrize(
    "changes",
    [{"title": "other"}, {"platform": "avod"}, {"revision": "2020-01"}, {"window": "svod-japan"}, {"digests": {}}],
    ids=str,
)
def test_a_clearance_for_anything_else_is_refused(title, changes):
    read = read_title(title)
    (window,) = title.windows
    with pytest.raises(Refused, match="film is not cleared"):
        planning.make_plan(read, window, platform.load("svod"), clearance_of(read, window, **changes), at=NOW)


def test_tracks_outside_the_licensed_languages_stay_here(tmp_path):
    text = TITLE_TOML.replace('["ko", "en"]', '["ko"]')
    title = manifest.read_title(write_title(tmp_path, text), tmp_path)
    write_files(title)
    part, left_out = licensed_part(read_title(title), title.windows[0])
    assert left_out == ("subtitles/film.en.srt: en is not licensed in window svod-world",)
    assert [asset.file.name for asset in part.assets] == ["masters/film.mov"]
    assert part.title.versions[0].subtitles == ()


def test_same_input_same_bytes(title):
    first = packaging.build(plan_of(title), reports(NOW), "2026-11-21T12:00:00Z")
    second = packaging.build(plan_of(title), reports(NOW), "2026-11-21T12:00:00Z")
    assert (first.manifest, first.sums, first.id) == (second.manifest, second.sums, second.id)


def test_window_over_at_its_end_instant(title):
    (window,) = title.windows
    end = datetime(2028, 11, 30, 15, tzinfo=UTC)
    assert select(title.windows, "svod", frozenset({"KR"}), end - timedelta(seconds=1)).windows == (window,)
    refused = select(title.windows, "svod", frozenset({"KR"}), end)
    assert refused.windows == ()
    assert "is over at 2028-11-30T15:00:00+00:00" in refused.refusals[0]


def test_keys_are_plain():
    assert package_keys.safe_name("a/b/김일성 의 아이들.mov") == "김일성_의_아이들.mov"
    assert package_keys.safe_name("...") == "_"
    assert package_keys.safe_name("x\x00y.mov") == "x_y.mov"


def test_a_package_that_lost_files_gets_them_again(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    folder = root_of(store) / receipt.prefix
    (folder / "masters/ko/film.mov").unlink()
    (folder / "qc/report.html").write_text("cut")
    (folder / "SHA256SUMS").unlink()
    mended = deliver(plan_of(title), store, reports, replace(ORDERED, at=NOW + timedelta(days=2)), nothing)
    assert mended.sent_files == 2
    assert verify.verify(store, visible(store)[0], nothing).wrong == ()


def test_a_changed_manifest_or_receipt_is_found(title, store):
    receipt = deliver(plan_of(title), store, reports, ORDERED, nothing)
    path = root_of(store) / receipt.prefix / own.NAME
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("2028-11-30", "2038-11-30"), encoding="utf-8")
    with pytest.raises(StoreError, match="was changed after it was written"):
        verify.find(store, receipt.prefix)
    path.write_text(whole.replace('"tool": "', '"tool": "other '), encoding="utf-8")
    (wrong,) = verify.verify(store, verify.find(store, receipt.prefix), nothing).wrong
    assert wrong.endswith("is not the receipt of this manifest")


def test_receipts_and_metadata_follow_their_schemas(title, store):
    receipt = deliver(plan_of(title, waivers=(waiver(),)), store, reports, ORDERED, nothing)
    for key, name in ((receipt.key, "receipt"), (receipt.prefix + "metadata/title.json", "title")):
        schema = json.loads(own.SCHEMA_PATH.with_name(f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(b"".join(store.get(key))), schema)


def test_a_receipt_names_the_waivers_and_the_package_is_the_same(title, store):
    bare, waived = plan_of(title), plan_of(title, waivers=(waiver(),))
    assert own.package_id(bare) == own.package_id(waived)
    receipt = deliver(waived, store, reports, ORDERED, nothing)
    (named,) = json.loads(b"".join(store.get(receipt.key)))["waivers"]
    assert named == {**waiver().told, "until": "open", "by": "김하늘"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"languages": same_for_all({"en"})},
            "version ko: sound in ko is not licensed in window svod-world; licensed: en",
        ),
        ({"end": NOW}, "is over at 2026-11-21T12:00:00"),
        ({"right": "est"}, "window svod-world is for est, platform svod needs svod"),
    ],
    ids=["sound", "over", "right"],
)
def test_no_platform_can_lift_what_rights_forbid(title, changes, said):
    read = read_title(title)
    window = replace(title.windows[0], **changes)
    with pytest.raises(Refused, match=said):
        planning.make_plan(read, window, platform.load("svod"), clearance_of(read, window), at=NOW)


def test_versions_tracks_and_artwork_in_other_languages_stay_here(tmp_path):
    text = TITLE_TOML.replace(
        'language = "en"\n',
        'language = "en"\n[[versions.subtitles]]\nfile = "subtitles/film.en.srt"\nlanguage = "fr"\n',
        1,
    )
    text += '[[versions]]\nid = "fr"\nlanguage = "fr"\nmaster = "masters/fr.mov"\n'
    text += '[[artwork]]\nfile = "poster.jpg"\nkind = "poster"\nlanguage = "fr"\n'
    title = manifest.read_title(write_title(tmp_path, text), tmp_path)
    write_files(title)
    read = read_title(title)
    part, left_out = licensed_part(read, title.windows[0])
    assert [(asset.file.name, getattr(asset, "language", "")) for asset in part.assets] == [
        ("masters/film.mov", ""),
        ("subtitles/film.en.srt", "en"),
    ]
    assert [line.split(":")[0] for line in left_out] == ["subtitles/film.en.srt", "version fr", "poster.jpg"]
    plan = planning.make_plan(
        part, title.windows[0], platform.load("svod"), clearance_of(part, title.windows[0]), at=NOW
    )
    assert [file.key for file in plan.files] == ["masters/ko/film.mov", "subtitles/ko/en.full.ttml"]


def test_keys_that_differ_in_case_only_are_kept_apart(title):
    plan = plan_of(title)
    twin = replace(plan.files[0], key=plan.files[0].key.upper(), sha256="f" * 64)
    keys = [file.key for file in planning._without_clashes([plan.files[0], twin], plan.platform)]
    assert len({key.casefold() for key in keys}) == 2
