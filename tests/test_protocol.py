"""docs/protocol.md says what the code does: names, schemas, the order of writes, times, kinds, how an id is made."""

import fnmatch
import hashlib
import json
import re
from pathlib import Path

import pytest
from packaged import plan_of, reports, store_of
from titles import NOW

from storage import audit_lines, embargo, exposure, records, sending, verify
from storage.deliver import _RESUMED_WITHIN, RECEIPTS, Ordered, deliver
from storage.manifests import own
from storage.records import What
from storage.stores import folder, keys, lease, s3_checksums, s3_upload, s3_whole, small
from storage.trials import core

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
NOT_IN_STORES = {
    "releaseprint/comparison/1",
    "releaseprint/fingerprint/1",
    "releaseprint/report/1",
    "releaseprint/screener-request/1",
}


class Recording:
    """A store that tells what was written, in order; `calls` are keys and whether they went only if absent."""

    def __init__(self, store):
        self.store, self.calls = store, []

    def __getattr__(self, name):
        return getattr(self.store, name)

    def put_file(self, key, path, sha256, progress):
        self.calls.append((key, False))
        return self.store.put_file(key, path, sha256, progress)

    def put_bytes(self, key, data, *, only_if_absent=False):
        self.calls.append((key, only_if_absent))
        return self.store.put_bytes(key, data, only_if_absent=only_if_absent)


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    root = tmp_path_factory.mktemp("protocol")
    (root / "releaseprint.toml").touch()
    store = Recording(store_of(root))
    receipt = deliver(plan_of(root), store, reports, Ordered(NOW, "worldwide"), lambda _count: None)
    return store, receipt


def rows(heading):
    """The rows of the table below a heading."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def in_code(text):
    return re.findall(r"`([^`]+)`", text)


def test_the_order_of_writes_is_that_of_the_table(delivered):
    store, receipt = delivered
    table = [
        (int(step), in_code(objects), "only if absent" in how) for step, objects, how in rows("The order of writes")
    ]
    steps = []
    for key, only_if_absent in store.calls:
        name = key.removeprefix(receipt.prefix)
        bare = name.removeprefix("data/")
        is_referring = any(fnmatch.fnmatchcase(bare, pattern) for pattern in table[2][1])
        name = bare if is_referring else name
        step, once = next(
            (step, once)
            for step, patterns, once in table
            if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
        )
        assert once == only_if_absent, key
        steps.append(step)
    assert steps == sorted(steps)
    assert set(steps) == {step for step, _, _ in table}


def test_the_id_is_made_as_the_text_says(delivered):
    store, receipt = delivered
    whole = json.loads(b"".join(store.get(receipt.prefix + own.NAME)))
    content = {name: whole[name] for name in ("schema", "title", "platform", "window", "forms")}
    content["files"] = [file for file in whole["files"] if file["kind"] not in {"report", "seal"}]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == whole["package"]
    assert receipt.prefix == f"film/svod/svod-world/{whole['package'][:16]}/"
    assert sending.elsewhere(store, "film/other/"), "another sender finds it"


def test_every_schema_is_named():
    found = set()
    for room in ("storage", "checks"):
        for path in [*(ROOT / room).rglob("*.py"), *(ROOT / room).rglob("*.json")]:
            found |= set(re.findall(r"releaseprint/[a-z-]+/[0-9]+", path.read_text(encoding="utf-8")))
    assert set(re.findall(r"releaseprint/[a-z-]+/[0-9]+", TEXT)) == found - NOT_IN_STORES


def test_every_name_is_told():
    named = " ".join(in_code(TEXT))
    for name in (
        RECEIPTS,
        records.RECORDS,
        embargo.EMBARGOED,
        audit_lines.AUDIT,
        lease.NAME,
        folder.INCOMING,
        own.NAME,
    ):
        assert name in named, name
    assert own.SUMS_NAME in named
    assert core.FOLDER in named
    assert exposure.PROBE.partition("/")[0] + "/" in named


def test_times_and_sizes_are_those_of_the_code():
    plain = " ".join(TEXT.split())
    for said in (
        f"how long it holds, {lease.HOLDS_SECONDS}.",
        f"one that says nothing for {lease.MOST_SECONDS}; none for longer",
        f"within {lease.SLOW_SECONDS:g} s",
        f"Wait {lease.SETTLE_SECONDS:g} s",
        f"more than {_RESUMED_WITHIN.days} days",
        f"at most {small.MAX_BYTES >> 20} MiB",
        f"parts of {s3_upload.PART_BYTES >> 20} MiB",
        f"at most {keys.MAX_KEY_BYTES:,} bytes",
    ):
        assert said in plain, said


def test_what_keeps_an_older_receipt_true_is_told():
    (said,) = re.findall(
        r"stays true of one that was withdrawn: a record (.*?) names its SHA-256", " ".join(TEXT.split())
    )
    assert set(in_code(said)) == {str(what) for what in verify.WITHDRAWALS}


def test_kinds_of_records_and_of_integrity_are_told():
    kinds = [in_code(row[0])[0] for row in rows("Receipts and records")]
    assert kinds == [str(kind) for kind in What if kind is not What.DELIVERED]
    told = {name for row in rows("Integrity") for name in in_code(row[0])}
    modes = {mode.told for mode in (*s3_checksums.CHECKSUMS, s3_checksums.MD5, s3_checksums.UNCHECKED)}
    assert modes | {s3_whole.FULL_SHA256, "hashed as it was written", "sent by another deliverer"} <= told
