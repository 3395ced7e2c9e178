"""JSON as it stands in an element of the page."""

import json

from markupsafe import Markup

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def dumps(value: object) -> Markup:
    """A value as JSON in which nothing is left that could end its element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 -- the characters of markup are escaped


def size(value: object) -> int:
    """How many bytes of the page a value takes."""
    return len(dumps(value).encode())
