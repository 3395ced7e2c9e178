"""The style sheets and scripts of the page, each joined to one, and the policy that permits only these two."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

_HERE = Path(__file__).parent
STYLES = ("../page.css", "report.css", "review.css", "../cards.css", "narrow.css", "print.css")
SCRIPTS = (
    "data.js", "words.js", "rows.js", "list.js", "timeline.js", "player.js", "cues.js", "filter.js", "keys.js",
    "main.js",
)  # fmt: skip
"""In the order in which they build on each other."""

_SAID = re.compile(r'say\("([^"\\]+)"')


@cache
def style() -> Markup:
    """The style sheet."""
    return _joined(STYLES)


@cache
def script() -> Markup:
    """The script: its parts share the scope of one function, and leave nothing in that of the page."""
    return Markup('"use strict";\n(() => {{\n{}}})();\n').format(_joined(SCRIPTS))


@cache
def script_words() -> tuple[str, ...]:
    """The texts that the script says by itself."""
    return tuple(dict.fromkeys(_SAID.findall(script())))


@cache
def policy(*, has_media: bool) -> str:
    """The page's own Content Security Policy; media and pictures beside it are permitted if it has any.

    A page that is opened from a folder has no origin of its own, so that `file:` has to be named.
    """
    beside = "; img-src 'self' file:; media-src 'self' file:" if has_media else ""
    sources = f"style-src '{_source(style())}'; script-src '{_source(script())}'"
    return f"default-src 'none'; {sources}{beside}; base-uri 'none'; form-action 'none'"


def _joined(names: tuple[str, ...]) -> Markup:
    texts = ((_HERE / name).read_text(encoding="utf-8") for name in names)
    return Markup("".join(texts))  # noqa: S704 -- files of this package


def _source(part: str) -> str:
    """The source expression of Content Security Policy that permits exactly this part."""
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
