"""From the command line of `calendar` to its answer."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from assets import platform
from assets.agreed_titles import AgreedTitle
from assets.catalogue import Catalogue, open_catalogue
from assets.errors import InputError, UsageError
from assets.rights.happenings import Happening, LeadTime, happenings, undated
from assets.rights.spans import OPEN, Span, seconds
from cli.agreed_titles import agreed_titles
from cli.main import CLEAN, UNREADABLE
from cli.render import happening_words
from cli.render.happening_words import Line
from cli.render.words import visible_lines
from cli.writing import write_bytes
from storage.agreements import Kind

SCHEMA = "releaseprint/calendar/1"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question about the dates of some titles from `start` on, until `until`; None: without an end.

    A bound is an instant, or a day by the clock of each deal. No titles are all. `at` is now.
    """

    catalogue: Catalogue
    titles: tuple[str, ...]
    at: datetime
    start: date
    until: date | None

    @property
    def span(self) -> Span:
        """From when to when, with days as those of UTC."""
        return Span(_seconds(self.start), OPEN if self.until is None else _seconds(self.until))

    def includes(self, happening: Happening) -> bool:
        """Whether something happens in the time that is asked about."""
        ends_later = self.until is None or _is_before(happening, self.until)
        return ends_later and not _is_before(happening, self.start)


def _seconds(bound: date) -> int:
    return seconds(bound if isinstance(bound, datetime) else datetime.combine(bound, time(), UTC))


def _is_before(happening: Happening, bound: date) -> bool:
    """Whether something happens before an instant, or before a day where the deal says its dates."""
    if isinstance(bound, datetime):
        return happening.at < seconds(bound)
    return happening_words.day_of(happening) < bound


@dataclass(frozen=True, slots=True)
class Answer:
    """The titles that could be read, what happens to them, and what waits for a date."""

    titles: tuple[AgreedTitle, ...]
    lines: tuple[Line, ...]
    waiting: tuple[str, ...]
    faults: tuple[InputError, ...]


def asking(folder: Path | None, titles: tuple[str, ...], start: date | None, until: date | None) -> Asking:
    """The question. Raises UsageError, InputError."""
    catalogue = open_catalogue(folder)
    for title_id in titles:
        catalogue.require_title(title_id)
    at = datetime.now(UTC).replace(microsecond=0)
    question = Asking(catalogue, tuple(dict.fromkeys(titles)), at, start or at, until)
    if not question.span:
        raise UsageError("--until is not after --from, or not after now; a later date")
    return question


def answer(question: Asking, form: str | None, output: Path | None, *, internal: bool) -> int:
    """Print what happens, or write it to a file; what has no date, and what cannot be read, goes to standard error."""
    found = _found(question)
    for note in (*(str(fault) for fault in found.faults), *found.waiting):
        click.echo(visible_lines(note), err=True)
    chosen = form or _form_of(output)
    if output is not None:
        write_bytes(output, _FORMS[chosen](question, found, internal))
    elif chosen == "text":
        _show(found, internal)
    else:
        click.echo(_FORMS[chosen](question, found, internal), nl=False)
    return UNREADABLE if found.faults else CLEAN


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return {"htm": "html"}.get(suffix, suffix) if suffix in {*_FORMS, "htm"} else "text"


def _found(question: Asking) -> Answer:
    leads, at = _leads(question.catalogue), seconds(question.at)
    titles, faults = agreed_titles(question.catalogue, question.titles, Kind.WHOLE)
    lines = [line for title in titles for line in _lines(title, at, leads) if question.includes(line.happening)]
    waiting = [happening_words.waiting(title.id, claim) for title in titles for claim in undated(title.rights)]
    lines.sort(key=lambda line: line.happening.at)
    return Answer(tuple(titles), tuple(lines), tuple(waiting), tuple(faults))


def _leads(catalogue: Catalogue) -> list[LeadTime]:
    """The lead times of all platforms that say one."""
    own = catalogue.root / "platforms"
    loaded = (platform.load(name, own) for name in platform.available(own))
    return [LeadTime(item.id, item.right, item.lead_time.days) for item in loaded if item.lead_time]


def _lines(title: AgreedTitle, at: int, leads: Sequence[LeadTime]) -> Iterator[Line]:
    return (happening_words.line_of(title, item) for item in happenings(title.rights, at, leads))


def _ics(question: Asking, found: Answer, internal: bool) -> bytes:
    from cli.render import ics

    name = found.titles[0].name if len(found.titles) == 1 and not found.faults else "Rights"
    return ics.render(found.lines, question.at, f"{name} (internal)" if internal else name, internal=internal)


def _json(question: Asking, found: Answer, internal: bool) -> bytes:
    whole = {
        "schema": SCHEMA,
        "as_of": happening_words.utc_text(seconds(question.at)),
        "from": _bound(question.start),
        "until": None if question.until is None else _bound(question.until),
        "events": [happening_words.data(line, internal=internal) for line in found.lines],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _bound(bound: date) -> str:
    """An instant in UTC, or a day."""
    return happening_words.utc_text(seconds(bound)) if isinstance(bound, datetime) else bound.isoformat()


def _html(question: Asking, found: Answer, internal: bool) -> bytes:
    from cli.render.timeline import timeline_page

    has_bounds = question.start is not question.at and question.until is not None
    span = question.span if has_bounds else None
    lines = happening_words.by_day(found.lines)
    page = timeline_page(found.titles, question.at, internal=internal, span=span, lines=lines)
    return page.encode()


def _text(_: Asking, found: Answer, internal: bool) -> bytes:
    from cli.render import happening_text

    return happening_text.text(found.lines, internal=internal).encode()


def _show(found: Answer, internal: bool) -> None:
    from cli.render import happening_text
    from cli.terminal import console

    happening_text.show(found.lines, console(), internal=internal)


_FORMS: Mapping[str, Callable[[Asking, Answer, bool], bytes]] = {
    "ics": _ics,
    "json": _json,
    "html": _html,
    "text": _text,
}
