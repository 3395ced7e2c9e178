"""Rights over the years as one HTML page: nothing is loaded and nothing runs; every text is escaped.

Every bar is a link to its line of a table that says the same, so that keyboards and screen readers reach all of it.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assets.rights import utc
from assets.rights.spans import Span, seconds
from cli.render import happening_words, words
from cli.render.happening_words import Line, Named
from cli.render.timeline_bars import Section, Tick, axis, place, sections, ticks

_HERE = Path(__file__).parent
LOOKS = (
    ("mandate", "held by a mandate"),
    ("licence", "licensed"),
    ("holdback", "held back"),
    ("pending", "pending: not signed yet"),
    ("unknown", "a date is not known yet"),
)


def timeline_page(
    titles: Sequence[Named],
    at: datetime,
    *,
    internal: bool,
    span: Span | None = None,
    lines: Sequence[Line] = (),
) -> str:
    """The rights of titles over `span`, by default the years that matter, as the text of a page to be written as UTF-8.

    Without `internal` the page names neither parties nor contracts nor terms. `lines` are dates to list above.
    """
    now = seconds(at)
    shown = span or axis(titles, now)
    found, years = tuple(sections(titles, shown, now, internal=internal)), ticks(shown)
    today = place(now, shown) if now in shown else None
    style = _style(found, years, today)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("timeline.html.j2")
        .render(
            heading=_heading(titles),
            internal=internal,
            as_of=utc(at),
            looks=LOOKS,
            lines=lines,
            sections=found,
            ticks=years,
            today=today,
            say=happening_words,
            style=style,
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        )
    )


def _heading(titles: Sequence[Named]) -> str:
    return titles[0].name if len(titles) == 1 else words.count_text(len(titles), "title")


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """What the template may print: text in its visible form, and the style sheet."""
    return value if isinstance(value, Markup) else words.visible(str(value))


def _style(found: Iterable[Section], years: Iterable[Tick], today: int | None) -> Markup:
    """The style sheet, with a rule for each place and width in use: the page's policy forbids styles in elements."""
    bars = [bar for section in found for bar in section.bars]
    places = {bar.left for bar in bars} | {tick.place for tick in years} | ({today} - {None})
    rules = [
        f".l{value} {{ left: {_percent(value)}; }}" for value in sorted(item for item in places if item is not None)
    ]
    rules += [f".w{value} {{ width: {_percent(value)}; }}" for value in sorted({bar.width for bar in bars})]
    sheets = [(_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "cards.css", "timeline.css")]
    return Markup("\n".join((*sheets, *rules)))  # noqa: S704 -- files of this package, and numbers


def _percent(value: int) -> str:
    return f"{value // 100}.{value % 100:02}%"
