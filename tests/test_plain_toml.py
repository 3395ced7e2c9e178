"""Statement by statement, a TOML file says what `tomllib` says of it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assets
from assets.plain_toml import PlainToml

SAMPLES = sorted((Path(assets.__file__).parent / "sample").rglob("*.toml"))
PARTS = (
    "[a]", "[[a]]", "[a.b]", "[[a.b]]", "[b]", "[a", "[[a]", 'x = "한국어"', "x = 1", "y = [", "  1,", "]", "y = [1]",
    'z = """', "[a]  # not a table", '"""', "q.r = 2", "q = { r = 2 }", "[q]", "[[y]]", '"k" = 3', "d = 2026-01-01",
    "# 주석", "", 'x = "a" # b', "'''", "w = '''", "x = 'a\"b'", 'b = "\\u0041"', "b = {", "}",
    'z = """a', "b \\", "c \\  ", "\\n", 'e"""  # f', 'g""""', "\\", "\t",
)  # fmt: skip


def outcome(loads, text):
    try:
        return loads(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_the_samples_are_read_alike(path):
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    plain = PlainToml()
    assert plain.loads(text) == tomllib.loads(text)
    assert plain.loads(text) == tomllib.loads(text)


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=9), min_size=2, max_size=3))
@settings(max_examples=100)
def test_any_document_is_read_alike_whatever_was_read_before(documents):
    plain = PlainToml()
    for lines in documents:
        text = "\n".join(lines)
        assert outcome(plain.loads, text) == outcome(tomllib.loads, text)


def test_what_is_shared_is_not_changed_by_another_file():
    plain = PlainToml()
    first = plain.loads("a = [{ b = 1 }]")
    with pytest.raises(tomllib.TOMLDecodeError):
        plain.loads("a = [{ b = 1 }]\n[[a]]\nb = 2")
    assert first == plain.loads("a = [{ b = 1 }]") == {"a": [{"b": 1}]}
