"""How fast bytes leave, and how long an overloaded store is left alone."""

import io
from datetime import UTC, datetime

import click
import pytest
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment
from tiny_s3 import tiny_s3

from assets.retry_after import retry_after_seconds
from cli.options import Rate
from storage.stores import open_store, s3_upload
from storage.stores.pace import Pace, PacedBody


class Clock:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.mark.parametrize("blocks", [[1000] * 50, [50_000], [1] * 100 + [49_900]])
def test_no_more_leaves_than_the_limit_but_for_a_short_burst(blocks):
    clock = Clock()
    pace = Pace(1000, clock, clock.sleep)
    clock.now += 3600  # a long silence is not saved up
    begun = clock.now
    for block in blocks:
        pace.take(block)
    assert clock.now - begun == pytest.approx(50 - 0.25)


def test_a_body_is_read_at_the_pace_and_again_from_its_start():
    clock = Clock()
    body = PacedBody(io.BytesIO(b"x" * 1000), Pace(1000, clock, clock.sleep))
    assert [len(body.read(600)), len(body.read(600)), body.tell()] == [600, 400, 1000]
    assert clock.now == pytest.approx(101 - 0.25, abs=0.3)
    assert (body.seek(0), body.read()) == (0, b"x" * 1000)


def test_every_byte_that_goes_to_a_store_is_counted(tmp_path, monkeypatch):
    class Counting(Pace):
        taken = 0

        def take(self, count):
            Counting.taken += count

    path, data = file_of(tmp_path, 10_000)
    monkeypatch.setattr(s3_upload, "PART_BYTES", 4096)
    with tiny_s3() as bucket:
        settings = {"RELEASEPRINT_S3_ENDPOINT": bucket.endpoint, "RELEASEPRINT_S3_PATH_STYLE": "1"}
        use_environment(monkeypatch, {**MOTO_ENVIRONMENT, **settings})
        for url in ("s3://films", "file:store"):
            Counting.taken = 0
            open_store(url, catalogue(tmp_path), Counting(1)).put_file("a.mov", path, sha256(data), lambda _: None)
            assert len(data) <= Counting.taken <= len(data) + 1, "and one byte that tries the store"
        assert bucket.objects["a.mov"].data == data


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        ("999999999999999999999", 60),
        ("Sun, 22 Nov 2026 12:00:05 GMT", 5),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 23 Nov 2026 12:00:00 -0000", 60),
        ("", 0),
        ("soon", 0),
        ("-3", 0),
        ("٣", 0),
        ("²", 0),
        ("Mon, 1 Jan 99999999999999999999 00:00:00 GMT", 0),
    ],
)
def test_what_a_store_asks_for_with_retry_after(value, seconds):
    assert retry_after_seconds(value, datetime(2026, 11, 22, 12, tzinfo=UTC), 60) == seconds


@pytest.mark.parametrize(("text", "rate"), [("500k", 500_000), ("20M", 20_000_000), ("1G", 10**9), ("7", 7)])
def test_a_rate_is_bytes_a_second(text, rate):
    assert Rate().convert(text, None, None) == rate


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5M", "20MB", "M", "２０M", "1e9"])
def test_what_is_no_rate_is_said_with_what_is(text):
    with pytest.raises(click.BadParameter, match="is no rate; 500k, 20M or 1G bytes a second"):
        Rate().convert(text, None, None)
