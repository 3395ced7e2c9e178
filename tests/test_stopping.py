"""Whoever ends the process from outside ends it as with ^C; what it was started to ignore it ignores."""

import os
import signal

import pytest

from cli.stopping import stopped_like_a_key


@pytest.fixture(params=["SIGTERM", "SIGHUP"])
def number(request):
    """A signal, with what the tests make of it put back."""
    number = signal.Signals[request.param]
    earlier = signal.getsignal(number)
    yield number
    signal.signal(number, earlier)


def test_it_is_a_key(number):
    signal.signal(number, signal.SIG_DFL)
    with pytest.raises(KeyboardInterrupt), stopped_like_a_key():
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is signal.SIG_DFL


@pytest.mark.parametrize("handler", [signal.SIG_IGN, lambda *_: None], ids=["ignored", "somebody's own"])
def test_what_somebody_decided_stays(number, handler):
    signal.signal(number, handler)
    with stopped_like_a_key():
        os.kill(os.getpid(), number)
        assert signal.getsignal(number) is handler
