"""Another link for one that has ended, asked for over a socket that nobody else can reach."""

import stat
import tempfile
import threading
from pathlib import Path

import pytest

from assets.distant.link import Link
from assets.distant.renewing import renewable, renewed
from assets.errors import StoreError

LINK = Link("http://a?geheim", "s3://films/a", 7, "ab" * 32)


def test_as_often_as_it_is_asked_for_there_is_another():
    numbers = iter(range(3))
    with renewable(LINK, lambda: f"http://b?geheim{next(numbers)}") as link:
        assert (link.url, link.shown, link.size, link.sha256) == (LINK.url, LINK.shown, LINK.size, LINK.sha256)
        assert [renewed(link).url for _ in range(3)] == [f"http://b?geheim{number}" for number in range(3)]
        folder = Path(link.renewals).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()
    assert not [thread for thread in threading.enumerate() if "_answer" in thread.name]


def test_who_has_none_says_nothing():
    def fail():
        raise StoreError("no credentials")

    with renewable(LINK, fail) as link:
        assert renewed(link) is None
        assert renewed(link) is None
    assert renewed(link) is None, "nobody is there any more"
    assert renewed(LINK) is None


def test_without_a_socket_the_link_is_what_it_is(monkeypatch, tmp_path):
    deep = tmp_path / ("long" * 40)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with renewable(LINK, lambda: "http://b") as link:
        assert link is LINK
    assert not list(deep.iterdir())


def test_what_goes_wrong_meanwhile_is_told_as_it_was():
    with pytest.raises(ValueError, match="in the middle"), renewable(LINK, lambda: "http://b"):
        raise ValueError("in the middle")
