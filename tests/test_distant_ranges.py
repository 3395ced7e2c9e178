"""Parts of an object over HTTP: from a store that stumbles, that lies, that changes its mind, and that refuses."""

import base64
import os
import pickle
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import range_server

from assets.distant import connecting, ranges
from assets.distant.connecting import way_to
from assets.distant.link import Link, LinkError
from assets.distant.ranges import Ranges
from assets.measuring import STALL_SECONDS

DATA = os.urandom(100_000)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def server():
    with range_server.serving(DATA) as shelf:
        yield shelf


@pytest.fixture
def shelf(server, monkeypatch):
    """The server, which does as it is asked until a test says otherwise; nobody waits between two tries."""
    monkeypatch.setattr(ranges, "WAITS_SECONDS", (0.0, 0.0))
    server.data, server.sent, server.tags = DATA, 0, True
    server.asked.clear()
    server.fault = lambda _asked, _handler: False
    return server


def reading(shelf, **changes):
    return closing(Ranges(shelf.link(**changes)))


def failing(*answers):
    """A fault of the first requests: what each is answered instead; None answers as it should be."""

    def fault(asked, handler):
        answer = answers[asked.number - 1] if asked.number <= len(answers) else None
        if answer is None:
            return False
        answer(asked, handler)
        return True

    return fault


def status(number, body=b"", **headers):
    return lambda _asked, handler: handler.answer(number, body, headers)


def cut_after(count):
    """The head of the right answer, and some bytes of its body."""

    def answer(asked, handler):
        told = {"Content-Range": f"bytes {asked.begin}-{asked.end - 1}/{len(DATA)}", "ETag": handler.server.shelf.tag}
        handler.answer(206, DATA[asked.begin : asked.begin + count], told, length=asked.end - asked.begin)

    return answer


def hang_up(_asked, handler):
    handler.close_connection = True


def trouble(shelf, begin=0, end=1000, **changes):
    """Why a part cannot be read; nothing of the address is in it."""
    with reading(shelf, **changes) as read, pytest.raises(LinkError) as caught:
        read.read(begin, end)
    text = str(caught.value)
    assert text.startswith("s3://films/영: ")
    assert not [word for word in ("geheim", "X-Amz", "127.0.0.1", "%EC") if word in text]
    assert "\n" not in text
    return caught.value.trouble


def test_each_part_is_asked_for_once_and_of_the_same_object(shelf):
    with reading(shelf) as read:
        assert read.read(10, 20) == DATA[10:20]
        assert read.read(99_990, 100_000) == DATA[99_990:]
        assert read.read(0, 100_000) == DATA
    assert [(asked.begin, asked.end) for asked in shelf.asked] == [(10, 20), (99_990, 100_000), (0, 100_000)]
    assert [asked.headers.get("If-Match") for asked in shelf.asked] == [None, shelf.tag, shelf.tag]
    assert read.received == 100_020 == shelf.sent


@pytest.mark.parametrize("number", [408, 429, 500, 502, 503, 504])
def test_what_fails_for_a_moment_is_asked_again(shelf, number):
    shelf.fault = failing(status(number, b"<Error><Code>SlowDown</Code></Error>"), hang_up)
    with reading(shelf) as read:
        assert read.read(5, 50_000) == DATA[5:50_000]
    assert len(shelf.asked) == 3


def test_a_store_that_goes_on_failing_is_told_of(shelf):
    shelf.fault = failing(*[status(503, b"<Error><Code>SlowDown</Code></Error>")] * 3)
    told = trouble(shelf)
    assert told.text.endswith("the store answers 503 SlowDown, again and again; try later")
    assert not told.is_ended


def test_a_body_that_breaks_off_is_gone_on_with_where_it_broke(shelf):
    shelf.fault = failing(cut_after(30_000), cut_after(20_000))
    with reading(shelf) as read:
        assert read.read(1000, 90_000) == DATA[1000:90_000]
    assert [asked.begin for asked in shelf.asked] == [1000, 31_000, 51_000]
    assert shelf.sent == 89_000


def test_a_body_that_always_breaks_off_is_told_of(shelf):
    shelf.fault = failing(*[cut_after(10)] * 3)
    assert "the connection breaks off at byte 30, again and again" in trouble(shelf).text


@pytest.mark.parametrize("tags", [True, False])
def test_an_object_that_is_replaced_meanwhile_is_noticed(shelf, tags):
    """Also by a store that does not look at If-Match, and by its size where it has no tags."""
    shelf.tags = tags
    told = "replaced while it was read" if tags else "has 100004 bytes, and away.toml says 100000"
    with reading(shelf) as read:
        read.read(0, 10)
        shelf.data = DATA[::-1] if tags else DATA + b"more"
        with pytest.raises(LinkError, match=told):
            read.read(10, 20)


def test_a_tag_is_compared_by_us_as_well(shelf):
    with reading(shelf) as read:
        read.read(0, 10)
        shelf.fault = lambda asked, handler: handler.part(asked, ETag='"another"') or True
        with pytest.raises(LinkError, match="replaced while it was read"):
            read.read(10, 20)


def test_a_weak_tag_is_no_condition(shelf):
    shelf.tags = False
    shelf.fault = lambda asked, handler: handler.part(asked, ETag='W/"weak"') or True
    with reading(shelf) as read:
        assert read.read(0, 10) + read.read(10, 20) == DATA[:20]
    assert not [asked for asked in shelf.asked if "If-Match" in asked.headers]


@pytest.mark.parametrize(
    ("number", "body"),
    [
        (403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"),
        (400, b"<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>"),
        (403, b"<Error><Code>ExpiredPresignRequest</Code></Error>"),
    ],
)
def test_a_link_that_has_ended_is_told_as_that(shelf, number, body):
    shelf.fault = failing(status(number, body))
    told = trouble(shelf)
    assert told.is_ended
    assert "the link to it has ended" in told.text


REFUSALS = {
    "redirect": (status(307, Location="http://127.0.0.1:9/geheim"), "sends elsewhere (307), and is not followed"),
    "denied": (status(403, b"<Error><Code>AccessDenied</Code></Error>"), "refuses to give it (403 AccessDenied)"),
    "hostile": (status(403, b"<Error><Code>\x1b[31mgeheim</Code></Error>"), "refuses to give it (403); see"),
    "gone": (status(404, b"<Error><Code>NoSuchKey</Code></Error>"), "there is no such object"),
    "shorter": (status(416), "it was replaced while it was read"),
    "whole": (lambda _asked, handler: handler.answer(200, DATA), "sends no parts of objects; `releaseprint fetch`"),
    "another part": (
        lambda _asked, handler: handler.answer(206, DATA[:1000], {"Content-Range": "bytes 1-1000/100000"}),
        "sends another part of it than was asked for",
    ),
    "no range": (lambda _asked, handler: handler.answer(206, DATA[:1000]), "sends another part of it"),
    "teapot": (status(418), "refuses to give it (418)"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_no_part_is_no_part(shelf, case):
    answer, text = REFUSALS[case]
    shelf.fault = failing(answer)
    assert text in trouble(shelf).text
    assert len(shelf.asked) == 1, "it is not asked again"


def test_an_object_of_another_size_is_another_object(shelf):
    assert "it has 100000 bytes, and away.toml says 7000" in trouble(shelf, size=7000).text


def test_a_small_object_may_come_whole(shelf):
    shelf.fault = failing(lambda _asked, handler: handler.answer(200, DATA))
    with reading(shelf) as read:
        assert read.read(0, len(DATA)) == DATA


def test_who_is_not_there_is_told_of(shelf, monkeypatch):
    monkeypatch.setattr(ranges, "WAITS_SECONDS", (0.0,))
    assert "the connection fails: " in trouble(shelf, url=f"http://127.0.0.1:1/a?{range_server.SIGNED}").text
    assert "no such host" in trouble(shelf, url=f"http://no-host.invalid/a?{range_server.SIGNED}").text


@pytest.mark.parametrize("url", ["file:///etc/passwd?geheim", "ftp://geheim.example/a", "http:///geheim", "geheim"])
def test_only_http_is_spoken(shelf, url):
    assert "the link to it is no address of a store" in trouble(shelf, url=url).text


def test_a_certificate_that_nobody_vouches_for_is_not_asked_again(shelf, monkeypatch):
    def refuse(*_, **__):
        error = ssl.SSLCertVerificationError(1, "geheim")
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr("http.client.HTTPSConnection.connect", refuse)
    assert "certificate is not trusted: self-signed" in trouble(shelf, url="https://127.0.0.1:1/a?geheim").text


def test_a_file_of_authorities_that_is_not_there_is_told_of(shelf, monkeypatch):
    monkeypatch.setenv("AWS_CA_BUNDLE", "/none")
    assert "AWS_CA_BUNDLE: cannot be read" in trouble(shelf, url="https://127.0.0.1:1/a").text


def test_who_waits_for_an_answer_is_woken_when_nobody_reads_any_more(shelf):
    arrived, over = threading.Event(), threading.Event()

    def hold(_asked, _handler):
        arrived.set()
        over.wait(60)
        return True

    shelf.fault = hold
    with reading(shelf) as read, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(read.read, 0, 10)
        assert arrived.wait(60)
        read.stop()
        with pytest.raises(LinkError):
            waiting.result(30)
        over.set()


def test_a_store_that_only_drips_is_not_waited_for(shelf, monkeypatch):
    monkeypatch.setattr(ranges, "PART_SECONDS", 0.0)
    assert "the store takes longer than 0 s for 1000 bytes of it" in trouble(shelf).text


def test_what_two_parts_may_take_is_less_than_a_measurement_may_stand_still():
    assert 2 * (ranges.PART_SECONDS + connecting.SECONDS) < STALL_SECONDS


def test_a_link_is_a_secret(shelf):
    link = shelf.link()
    assert "geheim" not in repr(link) + str(link) + repr([link])
    assert "geheim" not in repr(way_to(link))
    assert pickle.loads(pickle.dumps(link)) == link  # noqa: S301 -- our own


def test_a_proxy_is_asked_where_the_environment_names_one(shelf, monkeypatch):
    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Proxy-Authorization"], self.headers["Host"]))
            self.send_response(206)
            self.send_header("Content-Range", "bytes 0-9/100000")
            self.send_header("Content-Length", "10")
            self.end_headers()
            self.wfile.write(DATA[:10])

        def log_message(self, *_):
            """Say nothing."""

    asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}).start()
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", f"http://user:geheim@127.0.0.1:{proxy.server_port}")
        with reading(shelf, url="http://store.invalid/a?x=1") as read:
            assert read.read(0, 10) == DATA[:10]
        proxy.shutdown()
    assert asked == [
        ("http://store.invalid/a?x=1", "Basic " + base64.b64encode(b"user:geheim").decode(), "store.invalid")
    ]
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    assert way_to(Link("https://store.invalid/a", "a", 1, "")).connection.host == "127.0.0.1"
    monkeypatch.setenv("no_proxy", "store.invalid")
    assert way_to(Link("https://store.invalid/a", "a", 1, "")).connection.host == "store.invalid"
