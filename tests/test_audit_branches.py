"""Two branches of a catalogue that wrote to one chain: told after the merge, joined, and as safe as before."""

import json
import shutil

import pytest
from crashing import CrashingStore, Killed
from in_process import run
from packaged import store_of
from titles import NOW

from assets.digest import sha256_bytes
from assets.errors import InputError, StoreError, UsageError
from storage import audit, audit_branches, audit_verify
from storage.audit import Done
from storage.stores.folder import FolderStore

CLASH = "two copies of a catalogue have one chain"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "releaseprint.toml").write_text('store = "file:deliveries"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def store(root):
    return store_of(root)


def log(root, store, *names):
    for name in names:
        store.put_bytes(f"_receipts/{name}.json", name.encode())
        audit.append(root, store, [Done("delivered", f"_receipts/{name}.json", NOW, "김덕영")])


def own_log(root):
    return root / "audit" / f"{(root / '.releaseprint/audit-chain').read_text()}.jsonl"


def branched(root, store, ours=("b", "c"), theirs=("d", "e")):
    """A log to which two branches have added after one line: the common line, what one added, what the other did."""
    log(root, store, "a")
    path = own_log(root)
    common = path.read_bytes()
    log(root, store, *ours)
    first = path.read_bytes().removeprefix(common)
    path.write_bytes(common)
    for name in theirs:
        with pytest.raises(StoreError, match=CLASH):
            log(root, store, name)
    return common, first, path.read_bytes().removeprefix(common)


def marked(common, ours, theirs):
    return common + b"<<<<<<< HEAD\n" + ours + b"||||||| base\n=======\n" + theirs + b">>>>>>> branch\n"


def wrong(root, *stores):
    return audit_verify.verify(root, stores).wrong


def join(root, *stores):
    return audit_branches.join(root, {store.url: store for store in stores}, NOW, "이영희")


@pytest.fixture
def merged(root, store):
    """The log of a catalogue after a merge with its marks; the bytes of both branches."""
    common, ours, theirs = branched(root, store)
    own_log(root).write_bytes(marked(common, ours, theirs))
    return common, ours, theirs


def test_what_a_merge_left_is_told_with_the_command_that_joins_it(root, store):
    common, ours, theirs = branched(root, store)
    own_log(root).write_bytes(common + ours + theirs)
    told = wrong(root, store)
    assert "line 4: is a second line 2: two branches of the catalogue wrote to this chain; `releaseprint" in told[0]
    assert not any("does not follow" in text for text in told)
    own_log(root).write_bytes(marked(common, ours, theirs))
    assert any("line 2: is the mark of a merge" in text for text in wrong(root, store))


@pytest.mark.parametrize("turned", [False, True])
def test_both_branches_keep_every_line_and_the_next_chain_names_both_ends(root, store, merged, turned):
    (common, ours, theirs), path = merged, own_log(root)
    if turned:
        path.write_bytes(marked(common, theirs, ours))
    (branch,) = join(root, store)
    assert (branch.grew_from, branch.lines) == (path.stem, 2)
    assert (root / "audit" / f"{branch.chain}.jsonl").read_bytes() == theirs
    assert path.read_bytes() == common + ours
    said = [json.loads(line) for line in own_log(root).read_bytes().splitlines()]
    assert [(one["what"], one["number"], one["who"]) for one in said] == [("joined", n, "이영희") for n in (1, 2)]
    assert [one["sha256"] for one in said] == [sha256_bytes(lines.splitlines()[-1]) for lines in (ours, theirs)]
    found = audit_verify.verify(root, [store])
    assert (found.lines, found.compared, found.wrong) == (7, 7, ())
    log(root, store, "f")
    assert wrong(root, store) == ()
    assert join(root, store) == [], "there is nothing left to join"


def forge_changed(lines):
    return [lines[0].replace("김덕영".encode(), b"somebody"), *lines[1:]]


@pytest.mark.parametrize("forge", [forge_changed, lambda lines: lines[:-1], lambda lines: lines[1:], lambda _lines: []])
@pytest.mark.parametrize("with_store", [True, False])
@pytest.mark.usefixtures("merged")
def test_what_is_changed_in_either_branch_is_found_also_without_the_store(root, store, forge, with_store):
    trunk = own_log(root)
    (branch,) = join(root, store)
    for path in (root / "audit" / f"{branch.chain}.jsonl", trunk):
        before = path.read_bytes()
        path.write_bytes(b"\n".join([*forge(before.splitlines()), b""]))
        assert wrong(root, *([store] if with_store else ())), path
        path.unlink()
        assert any("was joined and is not in the catalogue as it was" in text for text in wrong(root))
        path.write_bytes(before)
    assert wrong(root, store) == ()


@pytest.mark.usefixtures("merged")
def test_what_is_changed_in_the_store_of_a_joined_branch_is_found(root, store):
    (branch,) = join(root, store)
    store.put_bytes(f"_audit/{branch.chain}/00000001.json", b"{}")
    store.remove(f"_audit/{branch.chain}/00000002.json")
    store.put_bytes("_receipts/d.json", b"{}")
    told = "\n".join(wrong(root, store))
    for text in ("00000001.json: is not the line", "00000002.json: is in the catalogue and not", "d.json: was changed"):
        assert text in told


@pytest.mark.parametrize("at", [0, 1])
def test_a_line_that_does_not_follow_is_not_joined(root, store, at):
    common, ours, theirs = branched(root, store)
    lines = theirs.splitlines(keepends=True)
    lines[at] = lines[at].replace("김덕영".encode(), b"somebody") if at == 0 else b""
    own_log(root).write_bytes(marked(common, ours, b"".join(lines if at == 0 else theirs.splitlines(True)[1:])))
    before = own_log(root).read_bytes()
    with pytest.raises(InputError, match="does not follow any line; a line was changed or removed, and is not joined"):
        join(root, store)
    assert own_log(root).read_bytes() == before
    assert len(list((root / "audit").iterdir())) == 1


@pytest.mark.usefixtures("merged")
def test_killed_between_any_two_steps_the_same_command_goes_on(root, store, tmp_path_factory):
    kills = 0
    for at, after in [(at, after) for at in range(5) for after in (False, True)]:
        copy, twin = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("store")
        shutil.copytree(root, copy, dirs_exist_ok=True)
        shutil.copytree(root / "deliveries", twin, dirs_exist_ok=True)
        there = _Called(FolderStore(twin), store.url)
        try:
            audit_branches.join(copy, {store.url: CrashingStore(there, at, after=after)}, NOW, "이영희")
        except Killed:
            kills += 1
            audit_branches.join(copy, {store.url: there}, NOW, "이영희")
        found = audit_verify.verify(copy, [there])
        assert (found.lines, found.wrong) == (7, ())
    assert kills > 8


class _Called:
    """A store under the URL of another one."""

    def __init__(self, store, url):
        self._store, self.url = store, url

    def __getattr__(self, name):
        return getattr(self._store, name)


def test_branches_about_several_stores_are_joined_in_each(root, store):
    other = FolderStore(root / "other")
    log(root, store, "a")
    path = own_log(root)
    common = path.read_bytes()
    log(root, store, "b")
    ours = path.read_bytes().removeprefix(common)
    path.write_bytes(common)
    log(root, other, "x")  # nobody has another line 2 there
    log(root, store, "y", "z")  # nor here a line 3, or 4
    path.write_bytes(marked(common, ours, path.read_bytes().removeprefix(common)))
    with pytest.raises(UsageError, match=r"a branch has lines about .*other; name that store with --in"):
        join(root, store)
    join(root, store, other)
    assert wrong(root, store, other) == ()
    assert len(own_log(root).read_bytes().splitlines()) == 3, "one end of the one, two of the other"
    other.put_bytes("_audit/0123456789abcdef/00000001.json", b"{}")
    assert "is in the store and not in the catalogue" in wrong(root, store, other)[0]


@pytest.mark.usefixtures("merged")
def test_a_branch_of_a_joined_chain_is_joined_again(root, store):
    join(root, store)
    path = own_log(root)
    common = path.read_bytes()
    log(root, store, "f")
    ours = path.read_bytes().removeprefix(common)
    path.write_bytes(common)
    with pytest.raises(StoreError, match=CLASH):
        log(root, store, "g")
    path.write_bytes(marked(common, ours, path.read_bytes().removeprefix(common)))
    assert len(join(root, store)) == 1
    assert wrong(root, store) == ()
    assert len(list((root / "audit").iterdir())) == 5


def test_branches_from_the_very_first_line_on(root, store):
    log(root, store, "a")
    path = own_log(root)
    ours = path.read_bytes()
    path.write_bytes(b"")
    with pytest.raises(StoreError, match=CLASH):
        log(root, store, "b")
    path.write_bytes(marked(b"", ours, path.read_bytes()))
    (branch,) = join(root, store)
    assert branch.grew_from == ""
    assert wrong(root, store) == ()


def test_branches_that_both_clash_with_a_store_both_become_chains_of_their_own(root, store, merged):
    common, ours, theirs = merged
    path = own_log(root)
    store.put_bytes(f"_audit/{path.stem}/00000002.json", b"{}")
    assert [branch.lines for branch in join(root, store)] == [2, 2]
    assert path.read_bytes() == common
    files = [file.read_bytes() for file in (root / "audit").iterdir()]
    assert ours in files
    assert theirs in files
    (told,) = wrong(root, store)
    assert "00000002.json: is in the store and not in the catalogue" in told, "what somebody wrote there is not hidden"


@pytest.mark.usefixtures("merged")
def test_a_log_that_is_none_of_text_is_refused(root, store):
    own_log(root).write_bytes(own_log(root).read_bytes() + '{"before": "é"}\n'.encode("latin-1"))
    with pytest.raises(InputError, match="is no entry of an audit log"):
        join(root, store)


@pytest.mark.usefixtures("merged")
def test_the_command_says_what_it_joined(root):
    done = run("audit", "join", "--who", "이영희", "-C", str(root))
    assert done.returncode == 0, done.stderr
    assert "2 lines joined as a chain of their own" in done.stdout
    assert run("audit", "verify", "-C", str(root)).returncode == 0
    again = run("audit", "join", "-C", str(root))
    assert (again.returncode, again.stdout) == (0, "no branches to join\n")
