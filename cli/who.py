"""Who makes a revision: as git knows them, else as the system does."""

import getpass
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def who_option(function: F) -> F:
    """`--who`."""
    return click.option("--who", metavar="NAME", help="Who says so; otherwise git's user, or the system's.")(function)


def who(root: Path, said: str | None) -> str:
    """`Name <address>` of git's settings in the catalogue, if nobody is named; the system's user if git has none."""
    if said and said.strip():
        return said.strip()
    name, address = _git(root, "user.name"), _git(root, "user.email")
    if name or address:
        return " ".join(part for part in (name, f"<{address}>" if address else "") if part)
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without a name, as in some containers
        return "unknown"


def _git(root: Path, key: str) -> str:
    """One of git's settings; empty where there is no git, or no such setting."""
    command = ["git", "-C", str(root), "config", "--get", key]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
