"""What becomes of packages: superseded, held back, withdrawn; killed between every two steps, and told by the store."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from crashing import CrashingStore, Killed
from packaged import plan_of, reports, store_of
from titles import NOW

from assets.digest import sha256_bytes
from assets.errors import PackageError, StoreError
from assets.rights.languages import ALL_LANGUAGES
from cli.still_allowed import earliest_end
from storage import embargo, expiry, receipts, records, verify, withdraw
from storage import package as packaging
from storage.deliver import RECEIPTS, Ordered, deliver
from storage.embargo import HeldBack
from storage.manifests import own
from storage.manifests.licensed import Licensed
from storage.receipts import State
from storage.records import Subject, What
from storage.stores.folder import FolderStore
from storage.withdraw import Said

ORDERED = Ordered(NOW, "worldwide")
LATER = NOW + timedelta(days=1)
SAID = Said("김덕영", LATER, "계약 종료", closes=True)
SCHEMA = Path(own.SCHEMA_PATH).with_name("record.schema.json")


def nothing(_count):
    """No progress."""


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Two plans of one window: a title, and the same after its subtitles were replaced."""
    root = tmp_path_factory.mktemp("titles")
    first = plan_of(root, ("own",))
    files = tuple(
        replace(file, path=None, content=b"another", size=7, sha256=sha256_bytes(b"another"))
        if file.kind == "subtitles"
        else file
        for file in first.files
    )
    return first, replace(first, files=files)


@pytest.fixture
def store(tmp_path):
    (tmp_path / "releaseprint.toml").touch()
    return store_of(tmp_path)


def root_of(store):
    return Path(store.url.removeprefix("file:"))


def ship(store, plan, at=NOW):
    """A delivery and what belongs to it; the package as records speak of it."""
    receipt = deliver(plan, store, reports, replace(ORDERED, at=at), nothing)
    subject = Subject(receipt.package, receipt.prefix, receipt.manifest_sha256)
    receipts.supersede(store, subject, at, "김덕영")
    return subject


def states(store):
    known, wrong = receipts.accounts(store)
    assert wrong == []
    return {item.prefix: item.state for item in known}


def doomed(store, prefix):
    (account,) = receipts.accounts(store, prefix)[0]
    return withdraw.of_account(store, account)


def keys(store):
    return {found.key for found in store.list()}


def read(store, key):
    return b"".join(store.get(key)).decode()


def finish(work):
    """Run `work` on a store that dies at every operation, before and after it, and once to its end after each death."""
    deaths = 0
    for after in (False, True):
        at = 0
        while True:
            try:
                work(at, after)
            except Killed:
                deaths += 1
                at += 1
            else:
                break
    return deaths


def test_newer_package_supersedes_and_an_older_one_is_reinstated(store, plans):
    first, second = (ship(store, plan, NOW + timedelta(hours=number)) for number, plan in enumerate(plans))
    assert states(store) == {first.prefix: State.SUPERSEDED, second.prefix: State.STANDING}
    (record,) = records.of_package(store, first.prefix)
    assert (record.what, record.by, record.who) == (What.SUPERSEDED, second.package, "김덕영")
    before = keys(store)
    ship(store, plans[1], LATER)
    assert keys(store) == before, "what was said is not said again"
    ship(store, plans[0], LATER)
    assert states(store) == {first.prefix: State.STANDING, second.prefix: State.SUPERSEDED}
    assert len(verify.packages(store)[0]) == 2, "nothing of an older package is touched"


FAST = timedelta(hours=5)
"""How far the clock of one of two deliverers is ahead."""


def test_a_clock_that_is_ahead_does_not_decide_which_package_is_the_present_one(store, plans):
    first = ship(store, plans[0])
    second = ship(store, plans[1], NOW + FAST)
    ship(store, plans[0], NOW + timedelta(hours=1))
    assert states(store) == {first.prefix: State.STANDING, second.prefix: State.SUPERSEDED}
    before = keys(store)
    ship(store, plans[0], NOW + timedelta(hours=2))
    assert keys(store) == before, "what was said is not said again"


@pytest.mark.parametrize("at", range(3))
def test_of_two_packages_that_are_delivered_at_once_one_is_the_present_one(store, plans, at):
    """Each deliverer has looked before the other wrote; the other comes in before our write number `at`."""
    receipt, theirs = (deliver(plan, store, reports, ORDERED, nothing) for plan in plans)
    subjects = [Subject(one.package, one.prefix, one.manifest_sha256) for one in (receipt, theirs)]

    class Interrupted(_Lagging):
        """The other deliverer runs to his end before a request of ours, and has seen nothing of ours."""

        calls = 0

        def list(self, prefix=""):
            return iter(list(self._store.list(prefix)))

        def put_bytes(self, key, data, **options):
            if self.calls == at:
                receipts.supersede(store, subjects[1], NOW, "이영희")
            self.calls += 1
            return self._store.put_bytes(key, data, **options)

    receipts.supersede(Interrupted(store), subjects[0], NOW, "김덕영")
    if at:
        receipts.supersede(store, subjects[1], NOW, "이영희")
    known = receipts.accounts(store)[0]
    assert sorted(item.state for item in known) == [State.STANDING, State.SUPERSEDED]
    before = keys(store)
    (present,) = [item.prefix for item in known if item.state is State.STANDING]
    receipts.supersede(store, next(one for one in subjects if one.prefix == present), LATER, "김덕영")
    assert keys(store) == before


@pytest.mark.parametrize("stopped", [False, True])
def test_a_withdrawal_is_later_than_a_delivery_by_a_clock_that_is_ahead(store, plans, stopped):
    subject = ship(store, plans[0], NOW + FAST)
    item = doomed(store, subject.prefix)
    if stopped:
        with pytest.raises(Killed):
            withdraw.withdraw(CrashingStore(store, 3, after=True), item, Said("김덕영", NOW, "rights"))
        assert states(store) == {subject.prefix: State.WITHDRAWING}
        item = doomed(store, subject.prefix)
    withdraw.withdraw(store, item, Said("김덕영", NOW, "rights"))
    assert states(store) == {subject.prefix: State.WITHDRAWN}
    assert doomed(store, subject.prefix) is None


def test_a_window_that_a_clock_ahead_closed_is_open_once_it_is_delivered_to_again(store, plans):
    old = ship(store, plans[0])
    withdraw.withdraw(store, doomed(store, old.prefix), Said("김덕영", NOW + FAST, "rights", closes=True))
    assert receipts.closed(receipts.accounts(store)[0])
    new = ship(store, plans[1], NOW + timedelta(hours=1))
    assert receipts.closed(receipts.accounts(store)[0]) is None
    assert states(store) == {old.prefix: State.WITHDRAWN, new.prefix: State.STANDING}


def test_an_instant_of_no_clock_moves_none_of_ours(store, plans):
    subject = ship(store, plans[0])
    far = records.Record(What.SUPERSEDED, subject, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "somebody")
    records.write(store, far)
    assert withdraw.withdraw(store, doomed(store, subject.prefix), Said("김덕영", LATER, "rights")).at == LATER


def test_withdrawal_removes_everything_and_keeps_the_proof(store, plans):
    subject = ship(store, plans[0])
    manifest = b"".join(store.get(subject.prefix + own.NAME))
    store.put_bytes(subject.prefix + "of-somebody-else.txt", b"?")
    done = withdraw.withdraw(store, doomed(store, subject.prefix), SAID)
    assert [key for key in keys(store) if key.startswith("film/")] == [subject.prefix + "of-somebody-else.txt"]
    assert done.left == ("of-somebody-else.txt",)
    assert (done.files, done.size) == (len(json.loads(manifest)["files"]) + 1, done.size)
    assert b"".join(store.get(records.kept_key(subject))) == manifest
    assert states(store) == {subject.prefix: State.WITHDRAWN}
    assert doomed(store, subject.prefix) is None
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for record in records.of_package(store, subject.prefix):
        jsonschema.validate(json.loads(b"".join(store.get(record.key))), schema)


@pytest.fixture
def again(store, plans):
    """A store with a package that was withdrawn and delivered again with another manifest; the withdrawn one."""
    subject = ship(store, plans[0])
    withdraw.withdraw(store, doomed(store, subject.prefix), SAID)
    assert ship(store, plans[0], LATER + timedelta(days=1)).manifest_sha256 != subject.manifest_sha256
    return subject


def receipts_that_differ(store, subject):
    return verify.verify(store, verify.find(store, subject.prefix), nothing).wrong


def test_receipt_stays_true_of_the_manifest_that_was_withdrawn(store, again):
    assert len([key for key in keys(store) if key.startswith("_receipts/")]) == 2
    assert receipts_that_differ(store, again) == ()
    (done,) = [key for key in keys(store) if "-withdrawn-" in key]
    (root_of(store) / done).unlink()
    assert receipts_that_differ(store, again) == (), "a withdrawal that was killed, and delivered over"


@pytest.mark.parametrize("lost", ["-withdraw", ".manifest"])
def test_receipt_of_a_manifest_that_nothing_shows_to_be_withdrawn_is_told(store, again, lost):
    for key in keys(store):
        if key.startswith("_records/") and lost in key:
            (root_of(store) / key).unlink()
    (told,) = receipts_that_differ(store, again)
    assert told.endswith(".json: is not the receipt of this manifest")


def test_withdrawal_answers_for_no_other_manifest_than_its_own(store, again):
    kept = root_of(store) / records.kept_key(again)
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b"film", b"fiLm", 1))
    assert len(receipts_that_differ(store, again)) == 1, "what is kept is not what was withdrawn"
    kept.write_bytes(whole)
    (receipt,) = [
        key for key in keys(store) if key.startswith("_receipts/") and again.manifest_sha256 in read(store, key)
    ]
    path = root_of(store) / receipt
    path.write_text(path.read_text("utf-8").replace(again.manifest_sha256, "0" * 64), encoding="utf-8")
    (told,) = receipts_that_differ(store, again)
    assert told.startswith(receipt)


def test_withdrawn_window_is_closed_until_it_is_delivered_to_again(store, plans):
    subject = ship(store, plans[0])
    assert receipts.closed(receipts.accounts(store)[0]) is None
    withdraw.withdraw(store, doomed(store, subject.prefix), SAID)
    event = receipts.closed(receipts.accounts(store)[0])
    assert (event.who, event.text) == ("김덕영", "계약 종료")
    ship(store, plans[0], LATER + timedelta(days=1))
    assert receipts.closed(receipts.accounts(store)[0]) is None
    assert states(store) == {subject.prefix: State.STANDING}


def test_withdrawal_of_a_superseded_package_closes_nothing(store, plans):
    first, second = (ship(store, plan, NOW + timedelta(hours=number)) for number, plan in enumerate(plans))
    withdraw.withdraw(store, doomed(store, first.prefix), replace(SAID, closes=False))
    assert receipts.closed(receipts.accounts(store)[0]) is None
    assert verify.verify(store, verify.find(store, second.prefix), nothing).wrong == ()


def test_withdrawal_killed_between_any_two_steps_is_finished(store, plans):
    def work(at, after):
        shutil.rmtree(root_of(store), ignore_errors=True)
        subject = ship(store, plans[0])
        try:
            withdraw.withdraw(CrashingStore(store, at, after=after), doomed(store, subject.prefix), SAID)
        except Killed:
            stands = store.head(subject.prefix + own.NAME) is not None
            for standing in verify.packages(store)[0]:
                assert verify.verify(store, standing, nothing).wrong == (), "what can be seen is whole"
            rest = doomed(store, subject.prefix)
            assert rest is not None or (not stands and states(store)[subject.prefix] is State.WITHDRAWN)
            if rest is not None:
                withdraw.withdraw(store, rest, SAID)
            assert states(store) == {subject.prefix: State.WITHDRAWN}
            assert not [key for key in keys(store) if key.startswith("film/")]
            raise

    assert finish(work) >= 20


def stage(store, plan, until, at=NOW):
    prefix = packaging.prefix_of(plan)
    embargo.hold(store, prefix, until)
    deliver(plan, HeldBack(store, prefix), reports, replace(ORDERED, at=at), nothing)
    return prefix


def let_go(store, at, refusals=lambda _manifest: ()):
    return [embargo.release(store, item, at, "김덕영", refusals) for item in list(embargo.held(store))]


def test_package_that_is_held_back_stands_only_when_it_is_due(store, plans):
    prefix = stage(store, plans[0], LATER)
    assert verify.packages(store) == ([], [])
    assert not list(store.list("_receipts/"))
    assert [item.state for item in let_go(store, LATER - timedelta(seconds=1))] == ["waiting"]
    assert [item.reasons for item in let_go(store, LATER, lambda _: ["over"])] == [("over",)]
    assert verify.packages(store) == ([], [])
    (released,) = let_go(store, LATER)
    assert released.state == "released"
    (standing,) = verify.packages(store)[0]
    assert verify.verify(store, standing, nothing).wrong == ()
    (account,) = receipts.accounts(store)[0]
    assert [event.what for event in account.events] == [What.DELIVERED, What.RELEASED]
    assert list(embargo.held(store)) == []
    assert embargo.until(store, prefix) == LATER


def test_what_changed_while_the_files_were_read_keeps_a_package_back(store, plans):
    def on_second(act, answer=()):
        asked = []

        def refusals(_manifest):
            asked.append(1)
            if len(asked) == 2:
                act()
                return answer
            return ()

        return refusals

    prefix = stage(store, plans[0], LATER)
    (refused,) = let_go(store, LATER, on_second(lambda: None, ["the deal ended meanwhile"]))
    assert (refused.state, refused.reasons) == ("refused", ("the deal ended meanwhile",))
    later = LATER + timedelta(days=1)
    (waiting,) = let_go(store, LATER, on_second(lambda: embargo.hold(store, prefix, later)))
    assert (waiting.state, waiting.held.until) == ("waiting", later)

    def take_down():
        (held,) = withdraw.held(store)
        withdraw.withdraw(store, held, SAID)

    with pytest.raises(StoreError, match="was taken down in the meantime; nothing was released"):
        let_go(store, later, on_second(take_down))
    assert verify.packages(store) == ([], [])
    assert states(store) == {prefix: State.WITHDRAWN}


def test_second_staging_sends_nothing_and_a_delivery_in_between_is_no_harm(store, plans):
    stage(store, plans[0], LATER)
    watched = CrashingStore(store)
    deliver(plans[0], HeldBack(watched, packaging.prefix_of(plans[0])), reports, ORDERED, nothing)
    assert watched.payload == 0
    ship(store, plans[0])
    (released,) = let_go(store, LATER)
    assert released.state == "released"
    assert len(verify.packages(store)[0]) == 1


def hold_back(store, plan, until=LATER):
    """A package that is held back; what is known of it."""
    prefix = packaging.prefix_of(plan)
    embargo.hold(store, prefix, until)
    deliver(plan, HeldBack(store, prefix), reports, ORDERED, nothing)
    (item,) = embargo.held(store)
    return item


def release(store, item):
    return embargo.release(store, item, LATER, "김덕영", lambda _: ())


def test_a_manifest_of_somebody_else_is_not_released_and_ours_stays(store, plans):
    item = hold_back(store, plans[0])
    there = FolderStore(Path(store.url.removeprefix("file:")).parent / "elsewhere")
    other = ship(there, plans[1])
    for data in (b"{}", b"".join(there.get(other.prefix + own.NAME))):
        store.put_bytes(item.prefix + own.NAME, data)
        with pytest.raises(StoreError, match=r"is no manifest of a package|is the manifest of another package"):
            release(store, item)
        assert [held.prefix for held in embargo.held(store)] == [item.prefix]
        assert not list(store.list(RECEIPTS + item.prefix))


def test_receipts_of_a_manifest_that_never_stood_are_not_given(store, plans):
    item = hold_back(store, plans[0])
    manifest = b"".join(store.get(item.manifest_key))
    whole = json.loads(manifest)
    store.put_bytes(item.prefix + own.NAME, json.dumps(whole | {"tool": "releaseprint 0.1"}).encode())
    assert release(store, item).state == "released"
    assert not list(store.list(RECEIPTS + item.prefix))
    (standing,) = verify.packages(store)[0]
    assert verify.verify(store, standing, nothing).wrong == ()


def test_what_a_list_does_not_show_yet_is_not_released_after_a_withdrawal(store, plans):
    hold_back(store, plans[0])
    lagging = _Lagging(store)
    (held,) = withdraw.held(store)
    withdraw.withdraw(lagging, held, Said("김덕영", LATER, "rights"))
    assert list(embargo.held(store)) == []


class _Lagging:
    """A store whose lists show nothing yet."""

    def __init__(self, store):
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)

    def list(self, _prefix=""):
        return iter(())


def test_a_package_that_is_withdrawn_while_others_are_listed_hides_none_of_them(store, plans):
    first, second = ship(store, plans[0]), ship(store, plans[1], LATER)

    class Going(_Lagging):
        """It takes a manifest away after it was listed."""

        def list(self, prefix=""):
            yield from list(self._store.list(prefix))

        def get(self, key):
            if key == first.prefix + own.NAME:
                self._store.remove(key)
            return self._store.get(key)

    known, wrong = verify.packages(Going(store))
    assert ([item.prefix for item in known], wrong) == ([second.prefix], [])


def test_staged_file_that_was_changed_does_not_stand(store, plans):
    prefix = stage(store, plans[0], LATER)
    (root_of(store) / prefix / "masters/ko/영화.mov").write_bytes(b"another film")
    with pytest.raises(StoreError, match="not as it was staged"):
        let_go(store, LATER)
    assert verify.packages(store) == ([], [])


def test_release_killed_between_any_two_steps_is_finished(store, plans):
    def work(at, after):
        shutil.rmtree(root_of(store), ignore_errors=True)
        prefix = stage(store, plans[0], LATER)
        try:
            let_go(CrashingStore(store, at, after=after), LATER)
        except Killed:
            let_go(store, LATER + timedelta(hours=1))
            (standing,) = verify.packages(store)[0]
            assert verify.verify(store, standing, nothing).wrong == ()
            (account,) = receipts.accounts(store)[0]
            assert [event.what for event in account.events] == [What.DELIVERED, What.RELEASED]
            assert list(embargo.held(store, prefix)) == []
            raise

    assert finish(work) >= 20


def test_package_that_is_held_back_can_be_withdrawn(store, plans):
    prefix = stage(store, plans[0], LATER)
    (item,) = withdraw.held(store)
    withdraw.withdraw(store, item, SAID)
    assert states(store) == {prefix: State.WITHDRAWN}
    assert let_go(store, LATER) == []


def test_notice_that_is_none_is_told(store, plans):
    prefix = stage(store, plans[0], LATER)
    for text in (b"[", b"{}", b'{"schema": "releaseprint/embargo/1", "until": "2027-01-01"}', b"[" * 100_000):
        store.put_bytes(f"_embargoed/{prefix.rsplit('/', 2)[0]}/embargo.json", text)
        (item,) = embargo.held(store)
        assert item == embargo.Held(prefix, None), "it hides nothing that is held back"
        with pytest.raises(PackageError, match="no notice of an embargo"):
            embargo.release(store, item, LATER, "김덕영", lambda _: ())


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"[" * 100_000, b'{"schema": "releaseprint/record/1"}', b'{"schema": "other", "what": "withdrawn"}'],
)
def test_record_or_receipt_that_is_none_is_told(store, plans, text):
    subject = ship(store, plans[0])
    store.put_bytes(f"_records/{subject.prefix}x.json", text)
    store.put_bytes(f"_receipts/{subject.prefix}x.json", text)
    known, wrong = receipts.accounts(store)
    assert [item.state for item in known] == [State.STANDING]
    assert len(wrong) == 2
    with pytest.raises(StoreError, match=r"x\.json"):
        list(records.of_package(store, subject.prefix))


def test_record_in_the_folder_of_another_package_is_told(store, plans):
    first, second = (ship(store, plan, NOW + timedelta(hours=number)) for number, plan in enumerate(plans))
    (record,) = records.of_package(store, first.prefix)
    store.put_bytes(f"_records/{second.prefix}x.json", b"".join(store.get(record.key)))
    assert "whose folder it lies in" in receipts.accounts(store)[1][0]


def test_package_that_lost_its_manifest_is_lost(store, plans):
    subject = ship(store, plans[0])
    store.remove(subject.prefix + own.NAME)
    assert states(store) == {subject.prefix: State.LOST}


def ending(end):
    entry = own.Entry("masters/ko/영화.mov", 1, "0" * 64, "master")
    start, licensed = "2026-01-01T00:00:00Z", Licensed("svod", frozenset({"KR"}), ALL_LANGUAGES, frozenset())
    manifest = own.Manifest("a" * 64, "film", "svod", "1", "w", start, None, (entry,), start, licensed)
    package = verify.Standing("film/svod/w/aaaaaaaaaaaaaaaa/", manifest)
    return expiry.Ending(package, datetime.fromisoformat(end) if end else None)


def test_rules_remove_the_manifest_a_day_before_the_rest():
    rules = expiry.lifecycle("s3://bucket/films", [ending("2028-11-30T15:00:00Z"), ending(None)])["Rules"]
    assert [(rule["Filter"]["Prefix"], rule.get("Expiration", {}).get("Date")) for rule in rules] == [
        ("films/", None),
        ("films/film/svod/w/aaaaaaaaaaaaaaaa/manifest.json", "2028-12-01T00:00:00Z"),
        ("films/film/svod/w/aaaaaaaaaaaaaaaa/", "2028-12-02T00:00:00Z"),
    ]
    (_, rule, _) = expiry.lifecycle("s3://bucket", [ending("2028-12-01T00:00:00Z")])["Rules"]
    assert rule["Expiration"]["Date"] == "2028-12-01T00:00:00Z"
    with pytest.raises(StoreError, match="only S3"):
        expiry.lifecycle("file:deliveries", [])


def test_a_package_ends_by_its_manifest_or_by_its_title_whichever_is_sooner(plans):
    title, window = plans[0].title, plans[0].window
    manifest = replace(ending(None).package.manifest, window=window.id)
    assert earliest_end(title, manifest) == window.end
    assert earliest_end(title, replace(manifest, not_after="2099-01-01T00:00:00Z")) == window.end
    sooner = replace(manifest, not_after="2027-01-01T00:00:00Z")
    assert earliest_end(title, sooner) == earliest_end(None, sooner) == datetime(2027, 1, 1, tzinfo=UTC)
    assert earliest_end(None, manifest) is None


def test_tags_name_every_object_with_its_last_instant():
    found = expiry.tags("s3://bucket", [ending(None)])
    assert [item["Key"].rpartition("/")[2] for item in found] == ["영화.mov", "SHA256SUMS", "manifest.json"]
    assert {"Key": "releaseprint-not-after", "Value": "open"} in found[0]["Tagging"]["TagSet"]


def test_instants_of_records_are_utc(store, plans):
    subject = ship(store, plans[0], datetime(2026, 12, 1, tzinfo=UTC))
    assert receipts.accounts(store, subject.prefix)[0][0].events[0].at == datetime(2026, 12, 1, tzinfo=UTC)
