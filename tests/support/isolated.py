"""Functions for a worker process to run: each ends, or does not, in its own way."""

import os
import resource
import stat
import sys
import time
from pathlib import Path

from assets import worker


def counts(most):
    """Tells its progress."""
    for number in range(most):
        worker.tell(number / most)
    return most


def prints():
    """Writes to standard output by Python and by the system, as a library may."""
    sys.stdout.write("hello\n")
    sys.stdout.flush()
    os.write(1, b"hello\n")
    return 1


def slow(rounds):
    """Takes a fifth of a second a round, and says so."""
    for number in range(rounds):
        time.sleep(0.2)
        worker.tell(number / rounds)
    return rounds


def hangs():
    """Never says a word."""
    time.sleep(600)


def answers_with_code():
    """Its answer names a function."""
    return os.system


def family():
    """The process, who began it, and its session."""
    return os.getpid(), os.getppid(), os.getsid(0)


def descriptors():
    """What is open, by number: what the system says of each, as of what kind it is and which."""
    opened = {}
    for path in Path("/dev/fd").iterdir():
        try:
            found = os.fstat(int(path.name))
        except OSError:  # that of the list itself
            continue
        opened[int(path.name)] = stat.S_IFMT(found.st_mode), found.st_ino
    return opened


def limits():
    """What the process may take of memory, and write when it crashes."""
    return resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CORE)


def says_and_ends(code):
    """Ends without an answer."""
    sys.stderr.write("the last words\n")
    sys.stderr.flush()
    os._exit(code)


def leaves(code):
    """Ends as a program does."""
    sys.exit(code)


def takes(data):
    """How much it was given."""
    return len(data)


def marks_and_hangs(mark):
    """Leaves its number and that of who began it, and never says a word; the second time it answers."""
    if Path(mark).exists():
        return "again"
    Path(mark).write_text(f"{os.getpid()} {os.getppid()}", encoding="utf-8")
    time.sleep(600)
    return "never"


def imported_by(module, name, *arguments):
    """What a function has to import when it is called."""
    function = getattr(sys.modules[module], name)
    before = set(sys.modules)
    function(*arguments)
    return sorted(set(sys.modules) - before)


def environment(name):
    """A variable, and the current folder."""
    return os.environ.get(name), str(Path.cwd())
