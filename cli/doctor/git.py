"""Git, by which the history of titles, rights and waivers is kept and changes are told."""

import shutil
import subprocess
from collections.abc import Iterator

from cli.diagnosis import Answer, Question, ok, warn

ORDER = 70
SECONDS = 10.0


def probe(question: Question) -> Iterator[Answer]:
    """Whether there is git, and whether the catalogue is under version control."""
    binary = shutil.which("git")
    if binary is None:
        yield warn("git", "is not installed", "install it; `check --changed` and the names of who did what need it")
        return
    yield ok("git", _said(binary, "--version").removeprefix("git version "))
    if question.catalogue is None:
        return
    inside = _said(binary, "-C", str(question.catalogue.root), "rev-parse", "--is-inside-work-tree")
    if inside == "true":
        yield ok("version control", "the catalogue is in a git repository")
    else:
        so = "run `git init` in it: titles, rights, waivers and histories are text that is worth keeping"
        yield warn("version control", "the catalogue is in no git repository", so)


def _said(*command: str) -> str:
    done = subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", errors="replace", timeout=SECONDS
    )
    return done.stdout.strip()
