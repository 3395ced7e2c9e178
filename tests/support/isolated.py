"""Functions for a worker process to run: each ends, or does not, in its own way."""

import os
import sys
import time

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
