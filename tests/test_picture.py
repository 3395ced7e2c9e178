"""The README's picture of a terminal is made from what the commands print, and is the same each time."""

import importlib.util
import io
from contextlib import redirect_stderr
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_that_the_readme_shows():
    text = (ROOT / "docs" / "terminal.svg").read_text(encoding="utf-8")
    assert "docs/terminal.svg" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.encode()) < 200_000
    assert "http" not in text.replace("http://www.w3.org/2000/svg", ""), "it loads nothing"
    shown = "".join(ET.fromstring(text).itertext())  # noqa: S314 -- our own file
    assert "눈석이" in shown
    assert "FAIL" in shown


@pytest.mark.slow
def test_the_picture_is_drawn_alike_twice(script):
    with redirect_stderr(io.StringIO()):
        assert script.picture() == script.picture()
