"""The text and the settings of a WebVTT cue."""

import html
import re

from assets.subtitles import markup
from assets.subtitles.model import Run

Note = tuple[str, str, str]
"""Kind of damage, what is wrong, the source text."""

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-z]*)(?P<classes>(?:\.[^\s>.]+)*)(?P<rest>[^>]*)(?:>|$)")
_PLAIN_TAGS = {*markup.STYLES, "c", "v", "lang", "ruby", "rt"}
_EXACT_LINES = ("0", "0%", "50%", "50%,center", "-1", "auto", "100%")
_ALIGNS = {"start": 0, "left": 0, "center": 1, "middle": 1, "end": 2, "right": 2}
_LINE = re.compile(r"(-?)([0-9]{1,20})(?:\.[0-9]{1,20})?(%?)(?:,(?:start|center|end))?")
_TOP_LINES = 7
_THIRDS = (34, 67)


def position(text: str) -> tuple[int, list[str]]:
    """Where a cue's settings place it, as on a numeric keypad, and the settings that this does not tell in full."""
    row, column = 1, 1
    if not text:
        return markup.BOTTOM, []
    for setting in text.split():
        name, _, value = setting.partition(":")
        if name == "line":
            row = _row(value)
        elif name == "align":
            column = _ALIGNS.get(value, column)
    told = {f"line:{value}" for value in _EXACT_LINES} | {f"align:{value}" for value in _ALIGNS}
    told |= {"size:100%", "position:auto", f"position:{column * 50}%"}
    return row + column, [setting for setting in text.split() if setting not in told]


def settings(place: int) -> str:
    """The settings that place a cue, with a blank before each; nothing for the bottom centre."""
    row, column = divmod(place - 1, 3)
    return ("", " line:50%", " line:0")[row] + (" align:start", "", " align:end")[column]


def _row(value: str) -> int:
    """The left key of the row for a `line` setting: lines count from the top, negative ones from the bottom."""
    match = _LINE.fullmatch(value)
    if match is None:
        return 1
    sign, number, percent = match.groups()
    if percent:
        return 7 if int(number) < _THIRDS[0] else 4 if int(number) < _THIRDS[1] else 1
    return 7 if int(number) < _TOP_LINES and not (sign and int(number)) else 1


def read_text(text: str) -> tuple[tuple[Run, ...], list[Note]]:
    """The runs of a cue's text, and what of its markup is not kept."""
    if "<" not in text and "&" not in text:
        return ((Run(text),) if text else ()), []
    styler, end = markup.Styler(), 0
    lost: list[str] = []
    ruby: list[str] | None = None
    for match in _TAG.finditer(text):
        _text(styler, text[end : match.start()], ruby)
        end = match.end()
        name, closing = match["name"], bool(match["closing"])
        if name in markup.STYLES:
            styler.tag(name, closing=closing)
        if not _is_kept(match):
            lost.append(match[0])
        if name == "rt" and not closing:
            ruby = []
        elif name in {"rt", "ruby"} and ruby is not None:
            lost.append(f"<rt>{''.join(ruby)}</rt>")
            ruby = None
    _text(styler, text[end:], ruby)
    if ruby is not None:
        lost.append(f"<rt>{''.join(ruby)}")
    return styler.runs(), _notes(lost, styler.unbalanced)


def escape(text: str) -> str:
    """Plain text as cue text: no tag, no entity, no arrow."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(styler: markup.Styler, text: str, ruby: list[str] | None) -> None:
    plain = html.unescape(text)
    if ruby is None:
        styler.text(plain)
    else:
        ruby.append(plain)


def _is_kept(match: re.Match[str]) -> bool:
    """Whether a tag says nothing that the model cannot hold."""
    known = match["name"] in _PLAIN_TAGS
    return known and (bool(match["closing"]) or not (match["classes"] or match["rest"].strip()))


def _notes(lost: list[str], unbalanced: list[str]) -> list[Note]:
    notes: list[Note] = []
    if lost:
        notes.append(
            ("not-kept", "classes, voices, languages, ruby or unknown tags, which are not kept", " ".join(lost))
        )
    if unbalanced:
        notes.append(("unbalanced-tag", "tags without their other half", " ".join(unbalanced)))
    return notes
