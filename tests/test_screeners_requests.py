"""Requests for screeners: from the command line, and from files that anybody may have written."""

import json
import unicodedata

import pytest
import screener_runs
from screener_runs import ASKED, lines, listed, run

from cli.render.portfolio.data import REQUEST_SCHEMA


@pytest.fixture
def root(tmp_path, monkeypatch):
    return screener_runs.write(tmp_path, monkeypatch)[0]


def test_a_request_is_recorded_and_granted(root):
    done = run(root, "request", "small-film", *ASKED, "--language", "JA")
    assert done.out == f"small-film: request {lines(root)[0]['id']}\n"
    found, code = listed(root)
    assert (found["requests"][0]["languages"], code) == (["ja"], 0)
    given = run(root, "grant", "small-film", "--request", lines(root)[0]["id"])
    assert "the copy has sound in ko and no subtitles; asked for was ja" in given.told
    assert listed(root)[0]["requests"] == []
    assert listed(root)[0]["grants"][0]["person"] == "\uae40\ucca0\uc218"
    assert "no request" in run(root, "grant", "small-film", "--request", "00000000").error
    assert "leave the other options out" in run(root, "grant", "small-film", "--request", "00000000", *ASKED).error


GOOD = {
    "schema": "releaseprint/screener-request/1",
    "title": "small-film",
    "person": "\u5c71\u7530\u592a\u90ce",
    "company": "A",
    "reason": "first\r\nsecond",
    "territory": "JP",
    "languages": ["ja", "ja"],
}


def test_the_file_of_the_portfolio_is_read(root, tmp_path):
    path = tmp_path / "request.json"
    path.write_text(json.dumps(GOOD | {"person": unicodedata.normalize("NFD", "\uae40")}), encoding="utf-8-sig")
    assert run(root, "request", "--file", path).code is None
    found = listed(root)[0]["requests"][0]
    assert (found["person"], found["reason"], found["languages"]) == ("\uae40", "first\nsecond", ["ja"])
    assert "asks for small-film, not for other" in run(root, "request", "other", "--file", path).error
    assert "--file says who asks" in run(root, "request", "--file", path, *ASKED).error


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff", "is no request"),
        (b"[" * 60_000, "is no request"),
        (b"[]", "is not allowed"),
        (b'{"title": "a", "title": "b"}', "is no request"),
        (b" " * (64 << 10) + b"{}", "too large for a request; at most 65536 bytes"),
        (GOOD | {"schema": "x"}, "schema: is not allowed"),
        (GOOD | {"title": "../../etc"}, "title: '../../etc' is no id"),
        (GOOD | {"price": 1}, "price: unknown key; known: person"),
        ({**GOOD, "person": ""}, "person: is not allowed"),
        (GOOD | {"person": "a" * 201}, "person: is not allowed"),
        (GOOD | {"person": "a\nb"}, "person: it has more than one line"),
        (GOOD | {"person": "a\u202eb"}, "person: it has the character U+202E"),
        (GOOD | {"reason": "\x1b[2J"}, "reason: it has the character U+001B"),
        (GOOD | {"reason": "a" * 2001}, "reason: is not allowed"),
        (GOOD | {"person": 5}, "person: is not allowed"),
        (GOOD | {"territory": "XX"}, "territory: 'XX' is not"),
        (GOOD | {"languages": ["klingonisch"]}, "languages.0: 'klingonisch' is no language tag"),
        (GOOD | {"languages": ["ja"] * 31}, "languages: is not allowed"),
        ({key: value for key, value in GOOD.items() if key != "reason"}, "reason: missing"),
    ],
)
def test_a_hostile_request_is_refused(root, tmp_path, content, said):
    path = tmp_path / "request.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    done = run(root, "request", "--file", path)
    assert done.error.startswith(str(path))
    assert said in done.error
    assert "\x1b" not in done.error
    assert lines(root) == []


def test_the_form_of_the_portfolio_writes_what_is_read():
    assert GOOD["schema"] == REQUEST_SCHEMA
