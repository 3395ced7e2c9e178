"""`check --changed`: what differs from a revision, and what is said where that cannot be told."""

import subprocess
import unicodedata

import pytest
import titles

from assets.catalogue import open_catalogue
from assets.errors import UsageError
from cli import git_range, targets

IDENTITY = ("-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-c", "init.defaultBranch=main")
NAME = "subtitles/film.en.srt"


def git(folder, *arguments):
    done = subprocess.run(["git", "-C", folder, *IDENTITY, *arguments], check=True, capture_output=True, timeout=60)
    return done.stdout.decode().strip()


@pytest.fixture
def root(tmp_path):
    """A catalogue of one title in a folder of a repository, everything committed, on `work` beside `main`."""
    repository = tmp_path / "repository"
    root = repository / "catalogue"
    folder = titles.write_title(root).parent
    for name in ("masters/film.mov", NAME):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(name.encode())
    git(repository.parent, "init", "-q", "repository")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "first")
    git(repository, "checkout", "-qb", "work")
    return root


def names(root, base="HEAD"):
    return [target.only for target in targets.changed(open_catalogue(root), base)]


def folder_of(root):
    return root / "titles" / "film"


def commit(root, name, data=b"other"):
    (folder_of(root) / name).write_bytes(data)
    git(root, "add", "-A")
    git(root, "commit", "-qm", name)


def test_nothing_changed_is_nothing(root):
    assert names(root) == []


@pytest.mark.parametrize("change", ["written", "gone", "staged", "committed"])
def test_a_changed_file_is_judged_whatever_became_of_it(root, change):
    path = folder_of(root) / NAME
    if change == "gone":
        path.unlink()
    elif change == "committed":
        commit(root, NAME)
    else:
        path.write_bytes(b"other")
    if change == "staged":
        git(root, "add", "-A")
    assert names(root, "main") == [frozenset({NAME})]


def test_a_renamed_file_is_the_one_that_is_gone_and_the_one_that_came(root):
    git(root, "mv", f"titles/film/{NAME}", "titles/film/subtitles/other.srt")
    found = git_range.changed_paths(root, "HEAD")
    assert {path.name for path in found} == {"film.en.srt", "other.srt"}
    assert names(root) == [frozenset({NAME})], "title.toml still names what is gone"


@pytest.mark.parametrize("name", targets.OF_TITLES)
def test_a_file_about_the_title_puts_all_of_it_to_the_question(root, name):
    path = folder_of(root) / name
    path.write_bytes(path.read_bytes() + b"\n" if path.exists() else b"")
    assert names(root) == [None]


@pytest.mark.parametrize(("name", "is_asked"), [("platforms/house.toml", True), ("platforms/earlier/x.toml", False)])
def test_a_platform_puts_all_titles_to_the_question(root, name, is_asked):
    (root / name).parent.mkdir(parents=True)
    (root / name).touch()
    assert names(root) == ([None] if is_asked else [])


def test_what_the_other_branch_did_meanwhile_is_not_ours(root):
    commit(root, NAME)
    git(root, "checkout", "-q", "main")
    commit(root, "masters/film.mov")
    git(root, "checkout", "-q", "work")
    assert names(root, "main") == [frozenset({NAME, "masters/film.mov"})]
    assert names(root, "main...") == [frozenset({NAME})]


def test_a_name_that_git_knows_in_another_normal_form_is_the_same_file(root):
    name = "subtitles/영화.srt"
    toml = folder_of(root) / "title.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace(NAME, name), encoding="utf-8")
    commit(root, unicodedata.normalize("NFD", name))
    (folder_of(root) / unicodedata.normalize("NFD", name)).write_bytes(b"again")
    assert names(root) == [frozenset({name})]


def test_a_name_that_is_no_text_stops_nothing(root):
    path = folder_of(root) / "subtitles"
    (path / "\udcff.srt").write_bytes(b"")
    assert names(root) == []


def test_a_hook_of_git_is_no_other_repository(root, monkeypatch):
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert names(root, "main") == []


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("no-such", "git knows no revision 'no-such' here; `git log` shows"),
        ("origin/main", "`git fetch origin main` brings a branch of a remote"),
        ("main..work", "'main..work' is no single revision; .*HEAD~1 or origin/main"),
        ("-p", "'-p' is no single revision"),
        ("--output=x...", "is no single revision"),
        ("...", "is no single revision"),
    ],
)
def test_a_revision_that_is_none_is_told_with_what_to_do(root, base, said):
    with pytest.raises(UsageError, match=said):
        names(root, base)


def test_a_shallow_clone_is_told(root, tmp_path):
    commit(root, NAME)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{root.parent}", "shallow")
    shallow = tmp_path / "shallow" / "catalogue"
    with pytest.raises(UsageError, match=r"shallow: `git fetch --unshallow`, or .*fetch-depth: 0"):
        names(shallow, "HEAD~1")
    with pytest.raises(UsageError, match=r"origin/main and HEAD have no commit in common here; this clone is shallow"):
        names(shallow, "origin/main...")
    git(shallow, "fetch", "-q", "--unshallow")
    assert names(shallow, "origin/main...") == [frozenset({NAME})]


def test_no_repository_is_told(tmp_path):
    titles.write_title(tmp_path)
    with pytest.raises(UsageError, match="it must lie in a git repository; without one name the titles or files"):
        names(tmp_path)


def test_no_git_is_told(root, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="--changed needs git: No such file"):
        names(root)


def test_a_file_of_a_title_names_the_title(root):
    catalogue = open_catalogue(root)
    said = targets.Said()
    both = (str(folder_of(root) / NAME), str(folder_of(root) / "masters/film.mov"))
    (found,) = targets.named(catalogue, both, said)
    assert (found.title.id, found.only) == ("film", frozenset({NAME, "masters/film.mov"}))
    (whole,) = targets.named(catalogue, (*both, str(folder_of(root) / "title.toml")), said)
    assert (whole.title.id, whole.only) == ("film", None)
    (other,) = targets.named(catalogue, (str(root / "releaseprint.toml"),), targets.Said("ko"))
    assert other.title.id == "file"
