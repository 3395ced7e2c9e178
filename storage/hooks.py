"""Somebody is told what was done: a program gets the receipt or record on its standard input, or a file is written.

Both are named by the environment and never by a catalogue, which may come from somebody else. Nothing is sent over a
network: whoever wants a webhook posts the files. The program is run without a shell, without arguments and without the
credentials of the store, and is stopped when its time is over.
"""

import os
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path

from assets.errors import UsageError

PROGRAM = "RELEASEPRINT_HOOK"
"""The path of a program."""

FOLDER = "RELEASEPRINT_HOOK_FOLDER"
"""The path of a folder that exists."""

_SECONDS = 30
_SHOWN = 200
_SECRET = (
    "AWS_ACCESS_KEY",
    "AWS_SECRET",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CONTAINER_",  # where a machine hands out credentials, and the word that it asks for
    "AWS_WEB_IDENTITY_TOKEN",
)


def notify(what: str, data: bytes, environment: Mapping[str, str]) -> None:
    """Tell whom the environment names; `data` is a receipt or a record, `what` what it speaks of.

    Raises UsageError for a program that fails or does not end, and a file that cannot be written.
    """
    if folder := environment.get(FOLDER):
        _write(Path(folder), what, data)
    if program := environment.get(PROGRAM):
        _run(Path(program), what, data, environment)


def _write(folder: Path, what: str, data: bytes) -> None:
    """A file that is whole as soon as it has its name, for whoever watches the folder."""
    name = f"{what}-{secrets.token_hex(8)}"
    draft = folder / f".{name}"
    try:
        draft.write_bytes(data)
        draft.rename(folder / f"{name}.json")
    except OSError as error:
        raise UsageError(f"{FOLDER}: {folder}: cannot be written: {error.strerror}; a folder that exists") from error


def _run(program: Path, what: str, data: bytes, environment: Mapping[str, str]) -> None:
    if not program.is_absolute():
        raise UsageError(f"{PROGRAM}: {program}: is no absolute path; /usr/local/bin/notify")
    given = {key: value for key, value in environment.items() if not key.startswith(_SECRET)}
    given["RELEASEPRINT_EVENT"] = what
    try:
        done = subprocess.run(
            [os.fspath(program)],
            input=data,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=given,
            start_new_session=True,  # ^C is for us, who stop it
        )
    except subprocess.TimeoutExpired:
        raise UsageError(f"{PROGRAM}: {program}: did not end within {_SECONDS} s and was stopped") from None
    except OSError as error:
        raise UsageError(f"{PROGRAM}: {program}: cannot be run: {error.strerror}; a program") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[:_SHOWN]
        raise UsageError(f"{PROGRAM}: {program}: failed with {done.returncode}{f': {said}' if said else ''}")
