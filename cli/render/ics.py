"""What happens to rights as an iCalendar file (RFC 5545), to be imported or subscribed to.

A date on which a day begins or ends is an event of that whole day; any other instant is one of no length, in UTC, so
that no time zone has to be described. Events take no time of whoever subscribes (TRANSP).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from assets.rights.spans import seconds
from cli.render.happening_words import Line, details, summary
from cli.render.words import visible

_LONGEST = 75
"""The octets of a line without its end; longer ones are folded (RFC 5545, 3.1)."""
_DAY = 86_400
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})
_NO_EVENT = ("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000")
_NO_EVENT_END = ("TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE")
"""A calendar has at least one component (RFC 5545, 3.6); a zone that nothing refers to stands in an empty one."""


def render(lines: Sequence[Line], at: datetime, name: str, *, internal: bool) -> bytes:
    """A calendar as bytes. `at` is the clock that its events are stamped with, `name` what calendars show it as."""
    content = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//releaseprint//calendar//EN", "CALSCALE:GREGORIAN"]
    content += ["METHOD:PUBLISH", f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    content += [row for line in lines for row in _event(line, at, internal=internal)]
    content += () if lines else (*_NO_EVENT, *_NO_EVENT_END)
    return "".join(f"{fold(row)}\r\n" for row in (*content, "END:VCALENDAR")).encode()


def _event(line: Line, at: datetime, *, internal: bool) -> Iterator[str]:
    item = line.happening
    yield "BEGIN:VEVENT"
    yield f"UID:{item.uid}@releaseprint"
    yield f"DTSTAMP:{_utc(at)}"
    # Nothing remembers what was written before. A number that grows with the days makes a later file win over an
    # earlier one, as does DTSTAMP on the same day (RFC 5546, 2.1.5).
    yield f"SEQUENCE:{max(seconds(at), 0) // _DAY}"
    yield f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}" if item.day else f"DTSTART:{_utc(item.local)}"
    yield f"SUMMARY:{_text(summary(line))}"
    yield f"DESCRIPTION:{_lines(f'{key}: {value}' for key, value in details(line, internal=internal))}"
    yield f"CATEGORIES:{_text(item.kind.value)}"
    yield f"STATUS:{'TENTATIVE' if item.is_tentative else 'CONFIRMED'}"
    yield f"CLASS:{'CONFIDENTIAL' if internal else 'PRIVATE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11), without control characters."""
    return visible(text).translate(_ESCAPES)


def _lines(texts: Iterable[str]) -> str:
    return "\\n".join(_text(text) for text in texts)


def fold(row: str) -> str:
    """A content line in pieces of at most 75 octets, cut between characters; a piece begins with a space."""
    if len(row.encode()) <= _LONGEST:
        return row
    pieces, piece, size = [], "", 0
    for char in row:
        octets = len(char.encode())
        if size + octets > _LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join((*pieces, piece))
