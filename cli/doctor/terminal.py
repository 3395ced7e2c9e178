"""The terminal: whether it can show Korean and Japanese, how wide it is, whether in colour."""

import sys
from collections.abc import Iterator

from cli.diagnosis import Answer, Question, ok, warn

ORDER = 80
_NARROW = 80
_LOCALE = "set LC_ALL=C.UTF-8 or PYTHONUTF8=1"


def probe(_: Question) -> Iterator[Answer]:
    """Encoding, width and colour."""
    from cli.terminal import console, has_links

    encoding = (getattr(sys.stdout, "encoding", None) or "unknown").lower()
    if encoding in {"utf-8", "utf8"}:
        yield ok("encoding", encoding)
    else:
        yield warn("encoding", f"{encoding}: Korean and Japanese are shown as escapes", _LOCALE)
    screen = console()
    if not screen.is_terminal:
        yield ok("output", "no terminal: no colour, no links, no progress")
        return
    if screen.width < _NARROW:
        yield warn(
            "width", f"{screen.width} columns", f"make the window {_NARROW} columns wide: tables are folded below"
        )
    else:
        yield ok("width", f"{screen.width} columns")
    colour = screen.color_system if screen.color_system and not screen.no_color else "none"
    yield ok("colour", f"{colour}; links {'may be shown' if has_links(screen) else 'are left out'}")
