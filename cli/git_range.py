"""What differs between the files that lie here and a git revision."""

import os
import subprocess
from pathlib import Path

from assets.errors import UsageError

SINCE_THE_FORK = "..."
"""At the end of a revision: what differs from the commit at which it and HEAD parted, as a pull request is shown."""

_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git tells its hooks; it may be relative to a folder that is not the catalogue's."""

_SECONDS = 300


def changed_paths(root: Path, base: str) -> frozenset[Path]:
    """The files at and below `root` that differ from the revision `base`: committed since, not committed, not tracked.

    A renamed file is two, the one that is gone and the one that came. `main...` are those since HEAD and `main` parted.
    Raises UsageError where there is no git, no repository or no such revision, and says what to do.
    """
    _require_repository(root)
    start = _commit(root, base)
    differing = _git(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--relative", start, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(root / os.fsdecode(name) for name in (differing + untracked).split(b"\0") if name)


def _require_repository(root: Path) -> None:
    done = _run(root, "rev-parse", "--is-inside-work-tree")
    if done.returncode or done.stdout.strip() != b"true":
        raise UsageError(
            f"--changed: {root} cannot be compared with a revision: {_said(done) or 'no files are checked out there'}; "
            "it must lie in a git repository; without one name the titles or files to check"
        )


def _commit(root: Path, base: str) -> str:
    """The commit that `base` means. Raises UsageError."""
    name = base.removesuffix(SINCE_THE_FORK)
    if not name or name.startswith("-") or ".." in name:
        raise UsageError(
            f"--changed: {base!r} is no single revision; a commit, branch or tag, such as HEAD~1 or origin/main; "
            f"`origin/main{SINCE_THE_FORK}` for what changed since it and HEAD parted"
        )
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode:
        raise UsageError(f"--changed: git knows no revision {name!r} here; {_what_to_fetch(root, name)}")
    commit = os.fsdecode(found.stdout.strip())
    if not base.endswith(SINCE_THE_FORK):
        return commit
    parted = _run(root, "merge-base", commit, "HEAD")
    if parted.returncode:
        raise UsageError(f"--changed: {name} and HEAD have no commit in common here; {_what_to_fetch(root, name)}")
    return os.fsdecode(parted.stdout.split(b"\n", 1)[0])


def _what_to_fetch(root: Path, name: str) -> str:
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return "this clone is shallow: `git fetch --unshallow`, or check out with the whole history (fetch-depth: 0)"
    remote, slash, branch = name.partition("/")
    return f"`git fetch {remote} {branch}` brings a branch of a remote" if slash else "`git log` shows those there are"


def _git(root: Path, *arguments: str) -> bytes:
    done = _run(root, *arguments)
    if done.returncode:
        raise UsageError(f"--changed: git says: {_said(done) or done.returncode}")
    return done.stdout


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Git as the user has it. No program that a repository names is started to watch its files."""
    environment = {key: value for key, value in os.environ.items() if key not in _OF_A_HOOK}
    try:
        return subprocess.run(
            ["git", "-C", str(root), "-c", "core.fsmonitor=false", *arguments],  # noqa: S607 -- the user's own git
            capture_output=True,
            check=False,
            env=environment,
            timeout=_SECONDS,
        )
    except OSError as error:
        raise UsageError(f"--changed needs git: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"--changed: git did not answer within {_SECONDS} s") from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
