"""A command as its console script runs it, in this process: a new interpreter for each would take most of the time."""

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from cli import main

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"}
SCRIPTS = {"releaseprint": main.main, "deliver": main.deliver}


@dataclass(frozen=True)
class Done:
    """How a command ended, as `subprocess.run` tells it."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: object, program: str = "releaseprint", cwd: Path | None = None, **environment: str) -> Done:
    """Run a command with nothing of this machine's environment. What it does not catch fails the test."""
    out, errors, nothing = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(3))
    code = 0
    with (
        mock.patch.dict(os.environ, {**ENVIRONMENT, **environment}, clear=True),
        mock.patch.object(sys, "argv", [program, *map(str, arguments)]),
        mock.patch.multiple(sys, stdin=nothing, stdout=out, stderr=errors),
        contextlib.chdir(cwd or Path.cwd()),
    ):
        try:
            SCRIPTS[program]()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
    return Done(code, _text(out), _text(errors))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
