"""What `status` says as one HTML page: nothing is loaded and nothing runs; every text is escaped."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assets.rights import utc
from cli.render import status_words, words
from cli.render.status import CATALOGUE, cells, window_row
from cli.status import Asked, Status

_HERE = Path(__file__).parent


def render(found: Sequence[Status], asked: Asked) -> str:
    """All that is known of some titles as the text of a page, to be written as UTF-8."""
    return _page(found, [cells(status) for status in found] if len(found) > 1 else [], asked)


def summary_of(found: Sequence[Status], asked: Asked) -> str:
    """As `summary`, of titles of which more is known."""
    return summary([cells(status) for status in found], asked)


def summary(rows: Sequence[Sequence[str]], asked: Asked) -> str:
    """A line for each title of a catalogue as the text of a page, to be written as UTF-8."""
    return _page((), rows, asked)


def _page(found: Sequence[Status], rows: Sequence[Sequence[str]], asked: Asked) -> str:
    style = Markup((_HERE / "page.css").read_text(encoding="utf-8"))  # noqa: S704 -- a file of this package
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {"window_row": window_row}
    return environment.get_template("status.html.j2").render(
        found=found,
        rows=rows,
        heads=CATALOGUE,
        asked=asked,
        as_of=utc(asked.at),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        say=status_words,
    )


def _shown(value: object) -> object:
    """What the template may print: text in its visible form, and the style sheet."""
    return value if isinstance(value, Markup) else words.visible(str(value))
