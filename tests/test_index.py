"""What the state knows of titles: verdicts, deliveries, revisions; kept, exported and made anew."""

import csv
import io
import json
import sqlite3
from dataclasses import replace

import histories
import pytest

from assets import history
from assets.file_bytes import FileBytes, bytes_of
from assets.history import Revision
from cli.exporting import as_csv, as_json, cell
from storage import state, tables
from storage.agreements import Agreements, Kind
from storage.answers import Answer
from storage.forgetting import forget
from storage.index import Delivery, Entry, Index, Lying, Verdict, open_index
from storage.rebuilding import deliveries, entry
from storage.stores.folder import FolderStore
from storage.verdicts import verdicts

A, B = "a" * 64, "b" * 64
VERDICT = Verdict("thaw", "ko.srt", A, "svod", "2026-11", "", "2026-11-21T09:00:00Z", "fail", 2, 1, 0, 0)
DELIVERY = Delivery(
    "file:/x", "thaw/svod/w/1/", "1" * 64, "thaw", "svod", "2026-11", "w", "2026-01-01T00:00:00Z", None, "2026-11-21",
    assets=(("ko.srt", A), ("m.mov", B)), receipts=(("_receipts/1.json", "2026-11-21T10:00:00Z", "KR"),),
)  # fmt: skip
REVISION = Revision("original/master", 1, "m.mov", B, 7, histories.WHEN, "김", "first")
ENTRY = Entry("thaw", "눈석이", "ko", 1985, (Lying("original/master", "m.mov", 7, B),), (REVISION,))


def rows(root, table):
    with open_index(root) as index:
        return index.exported()[table][1]


def test_a_verdict_that_repeats_the_last_one_makes_it_newer(tmp_path):
    later = replace(VERDICT, judged_at="2026-11-22T09:00:00Z")
    better = replace(VERDICT, judged_at="2026-11-23T09:00:00Z", verdict="pass", errors=0)
    worse = replace(VERDICT, judged_at="2026-11-24T09:00:00Z")
    with open_index(tmp_path) as index:
        for item in (VERDICT, later, better, better, worse):
            index.keep_verdicts([item])
        assert index.verdicts("thaw") == (later, better, worse)
        assert index.verdicts("bird") == ()


def test_verdicts_on_other_bytes_platforms_and_windows_stand_beside_each_other(tmp_path):
    others = [replace(VERDICT, sha256=B), replace(VERDICT, platform="est"), replace(VERDICT, window="w")]
    with open_index(tmp_path) as index:
        index.keep_verdicts([VERDICT, *others])
        assert set(index.verdicts("thaw")) == {VERDICT, *others}


def test_an_older_verdict_that_is_found_again_changes_nothing(tmp_path):
    later = replace(VERDICT, judged_at="2026-11-22T09:00:00Z")
    with open_index(tmp_path) as index:
        index.keep_verdicts([later, VERDICT, VERDICT])
        assert index.verdicts("thaw") == (VERDICT, later)


def test_deliveries_are_found_by_what_they_were_made_of(tmp_path):
    with open_index(tmp_path) as index:
        index.add_delivery(DELIVERY)
        index.add_delivery(replace(DELIVERY, receipts=(("_receipts/2.json", "2026-11-22", "JP"),)))
        assert index.deliveries_of([A, "c" * 64]) == {A: ("file:/x thaw/svod/w/1/",), "c" * 64: ()}
    assert len(rows(tmp_path, "receipts")) == 2
    assert len(rows(tmp_path, "delivered")) == 2


def test_a_store_made_anew_forgets_what_it_has_no_more(tmp_path):
    other = replace(DELIVERY, store="s3://b")
    with open_index(tmp_path) as index:
        index.put_store("file:/x", [DELIVERY])
        index.put_store("s3://b", [other])
        index.put_store("file:/x", [])
        assert index.deliveries_of([A]) == {A: ("s3://b thaw/svod/w/1/",)}
    assert [row[0] for row in rows(tmp_path, "receipts")] == ["s3://b"]


def test_what_is_told_while_a_store_is_read_stays(tmp_path):
    """One package is new, one is delivered again, one is taken down, one is gone."""
    new, again, down, gone = (replace(DELIVERY, prefix=f"{name}/", receipts=()) for name in ("n", "a", "d", "g"))
    with open_index(tmp_path) as index, open_index(tmp_path) as other:
        index.put_store("file:/x", [again, down, gone])
        before = index.known_in("file:/x")
        assert before == dict.fromkeys(("a/", "d/", "g/"), frozenset())
        other.add_delivery(replace(new, receipts=(("_receipts/n.json", "2026-11-22T10:00:00Z", "KR"),)))
        other.add_delivery(replace(again, receipts=(("_receipts/a.json", "2026-11-22T10:00:00Z", "JP"),)))
        forget(tmp_path, "file:/x", "d/")
        index.put_store("file:/x", [again, down], before)
    assert [row[1] for row in rows(tmp_path, "deliveries")] == ["a/", "n/"]
    assert [row[2] for row in rows(tmp_path, "receipts")] == ["_receipts/a.json", "_receipts/n.json"]


def test_titles_made_anew_keep_verdicts(tmp_path):
    with open_index(tmp_path) as index:
        index.keep_verdicts([VERDICT])
        index.put_titles([ENTRY, replace(ENTRY, id="bird")])
        index.put_titles([ENTRY])
        found = index.exported()
    assert found["titles"][1] == [("thaw", "눈석이", "ko", 1985)]
    assert found["assets"] == (
        ("title", "asset", "name", "size", "sha256"),
        [("thaw", "original/master", "m.mov", 7, B)],
    )
    assert found["revisions"][1][0][:3] == ("thaw", "original/master", 1)
    assert found["qc"][1][0][0] == "thaw"


def test_titles_that_cannot_all_be_put_change_nothing(tmp_path):
    def broken():
        yield replace(ENTRY, id="bird")
        raise KeyboardInterrupt

    with open_index(tmp_path) as index:
        index.put_titles([ENTRY])
        with pytest.raises(KeyboardInterrupt):
            index.put_titles(broken())
    assert [row[0] for row in rows(tmp_path, "titles")] == ["thaw"]


def test_a_state_of_the_first_form_keeps_its_measurements(tmp_path, monkeypatch):
    with monkeypatch.context() as first:
        first.setattr(state, "MIGRATIONS", tables.MIGRATIONS[:1])
        with state.connected(tmp_path) as connection, connection:
            connection.execute("INSERT INTO file VALUES ('필름.mov', 's', 'd')")
    with open_index(tmp_path) as index:
        index.put_titles([ENTRY])
    with sqlite3.connect(tmp_path / ".releaseprint" / "state.sqlite") as connection:
        assert connection.execute("SELECT path FROM file").fetchall() == [("필름.mov",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (len(tables.MIGRATIONS),)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


class Plans:
    """A connection that asks SQLite how it would do what is asked, and then lets it be done."""

    def __init__(self, connection):
        self.connection = connection
        self.found = []

    def execute(self, query, values=()):
        self.explain(query, values)
        return self.connection.execute(query, values)

    def executemany(self, query, rows):
        rows = list(rows)
        if rows:
            self.explain(query, rows[0])
        return self.connection.executemany(query, rows)

    def explain(self, query, values):
        if query.startswith(("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")):
            self.found += [(query, row[3]) for row in self.connection.execute(f"EXPLAIN QUERY PLAN {query}", values)]

    def __enter__(self):
        return self.connection.__enter__()

    def __exit__(self, *error):
        return self.connection.__exit__(*error)


def ask_of_a_title(plans, root):
    """Everything that is asked and kept of one title or one file."""
    (root / "titles/thaw").mkdir(parents=True)
    film = root / "titles/thaw/m.mov"
    film.write_bytes(b"film")
    kept, index = state.State(plans, root), Index(plans)
    for look in (kept.of_file, kept.digest_of, lambda path: kept.of_digest(path, A)):
        look(film)
    kept.has_size(4)
    kept.measured(A)
    for of_titles in (index.newest_verdicts, index.deliveries, index.file_digests):
        of_titles(["thaw", "bird"])
    index.verdicts("thaw")
    index.deliveries_of([A, B])
    index.keep_verdicts([VERDICT, VERDICT])
    index.add_delivery(DELIVERY)
    index.answers.keep("status", [Answer("thaw", "", (), "", "", "")], index.answers.commit())
    index.answers.forget(["thaw"])
    agreements = Agreements(plans, root, Kind.WHOLE)
    agreements.find("thaw")
    plans.execute("INSERT INTO agreed VALUES ('whole', 'bird', '', '', '')")
    agreements.forget_others(["thaw"])


def test_whatever_is_asked_of_one_title_is_found_by_an_index(tmp_path):
    with state.connected(tmp_path) as connection:
        plans = Plans(connection)
        ask_of_a_title(plans, tmp_path)
    of_all = "SELECT DISTINCT title FROM agreed"  # once a command: which titles are gone
    of_questions = "SCAN asked"  # of which there are a few
    past_all = [(query, how) for query, how in plans.found if "SCAN" in how and query != of_all and how != of_questions]
    assert past_all == []
    assert len(plans.found) > 15


def test_the_receipts_of_one_package_are_found_by_its_store_and_prefix(tmp_path):
    with state.connected(tmp_path) as connection:
        plans = Plans(connection)
        Index(plans).deliveries(["thaw"])
        plans.execute("DELETE FROM receipt WHERE store = ? AND prefix = ?", ("file:/x", "thaw/svod/w/1/"))  # a cascade
    receipts = [how for query, how in plans.found if "FROM receipt" in query and " receipt " in how]
    assert receipts
    assert all("receipt_package (prefix=? AND store=?)" in how for how in receipts)


def test_an_entry_says_what_lies_there(tmp_path):
    title = histories.write(tmp_path)
    made = histories.record(title)
    found = entry(title, bytes_of)
    lying = {file.asset: file for file in found.files}
    assert lying[histories.ROLE] == Lying(histories.ROLE, "subtitles/한국어.srt", 3, made.sha256)
    assert lying["original/master"] == Lying("original/master", "masters/film.mov", None, None)
    assert found.revisions == (made,) == history.revisions(title)


def test_an_empty_file_lies_there_with_nothing_in_it(tmp_path):
    title = histories.write(tmp_path)
    found = entry(title, lambda _: FileBytes(0, A, "it is empty"))
    assert {(file.size, file.sha256) for file in found.files} == {(0, A)}


REPORT = {
    "schema": "releaseprint/report/1",
    "title": {"id": "thaw"},
    "platform": {"id": "svod", "revision": "2026-11"},
    "window": "",
    "judged_at": "2026-11-21T18:00:00+09:00",
    "assets": [{"name": "ko.srt", "sha256": A}, {"name": "m.mov", "sha256": B}, {"name": "en.srt", "sha256": B}],
    "findings": [
        {"asset": "ko.srt", "severity": "error"},
        {"asset": "ko.srt", "severity": "error"},
        {"asset": "ko.srt", "severity": "warning"},
        {"asset": "", "severity": "error"},
    ],
    "not_checked": [{"asset": "m.mov", "required": True}, {"asset": "en.srt", "required": False}],
}


def test_the_verdicts_of_a_report():
    first, second, third = verdicts(REPORT)
    assert first == VERDICT
    assert (second.verdict, second.not_checked) == ("incomplete", 1)
    assert (third.verdict, third.errors, third.not_checked) == ("pass", 0, 1)
    with pytest.raises(ValueError, match="else"):
        verdicts({**REPORT, "schema": "else"})


def test_a_store_with_nothing_of_ours(tmp_path):
    store = FolderStore(tmp_path)
    store.put_bytes("a/b/c/0123456789abcdef/manifest.json", b"{}")
    found, said, wrong = deliveries(store)
    assert (found, said) == ([], [])
    assert len(wrong) == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("  +1", "'  +1"),
        ("-2", "'-2"),
        ("@SUM", "'@SUM"),
        ("\tx", "'\tx"),
        ("＝１", "'＝１"),
        ('봄, "날"', '봄, "날"'),
        (-2, -2),
        (None, ""),
    ],
)  # fmt: skip
def test_no_cell_becomes_a_formula(value, shown):
    assert cell(value) == shown


def test_tables_as_csv_and_json():
    columns, values = ("name", "size"), [("봄\n날", 7), ("=1", None)]
    data = as_csv(columns, values)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [["name", "size"], ["봄\n날", "7"], ["'=1", ""]]
    whole = json.loads(as_json({"files": (columns, values)}))
    assert whole == {
        "schema": "releaseprint/export/1",
        "files": [{"name": "봄\n날", "size": 7}, {"name": "=1", "size": None}],
    }
