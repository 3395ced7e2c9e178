"""The text of WebVTT cues: tags, timestamps and character references (WebVTT 4.2.2)."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.entities import html5
from typing import Final
from unicodedata import category

from assets.subtitles.conformance.values import is_language

_CLAUSE: Final = "WebVTT 4.2.2"
_TOKEN: Final = re.compile(r"<[^>]*(>?)|&(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,40});)?")
_TAG: Final = re.compile(r"<(/?)([^\s.>/]*)((?:\.[^\t\n\r &<>.]+)*)(?:([ \t\n][^>]*))?>")
_STAMP: Final = re.compile(r"<(?:([0-9]{2,9}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})>", re.ASCII)
_NAMED: Final = {"v": "a speaker", "lang": "a language"}
_NAMES: Final = ("c", "i", "b", "u", "ruby", "rt", "v", "lang")

Fault = tuple[int, str, str, str]
"""Line from 0, what is wrong, what is allowed, the clause."""


@dataclass(slots=True)
class _Text:
    """What has been seen of a cue's text so far.

    `open` has the names of the tags that are open, and their lines; `whole` is set while a voice that began with the
    text is not over. `place` is where the tag at hand begins, `read` where the last reading of a ruby ended.
    """

    start: int
    end: int
    line: int = 0
    whole: bool = False
    open: list[tuple[str, int]] = field(default_factory=list)
    latest: int = -1
    readings: int = 0
    text: str = ""
    place: int = 0
    read: int = 0

    def stamp(self, match: re.Match[str]) -> Iterator[tuple[str, str]]:
        hours, minutes, seconds, fraction = (int(part or 0) for part in match.groups())
        time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
        if not self.start < time < self.end:
            yield f"the timestamp {match[0]} is not within the cue", "times after its start and before its end"
        elif time <= self.latest:
            yield f"the timestamp {match[0]} does not follow the one before it", "times in their order"
        self.latest = max(self.latest, time)

    def opening(self, name: str, annotation: str) -> Iterator[tuple[str, str]]:
        if name not in _NAMES:
            yield f"there is no tag <{name}>", ", ".join(_NAMES)
            return
        if name in _NAMED and not annotation.strip():
            yield f"<{name}> without {_NAMED[name]}", f"<{name} …>"
        elif name == "lang" and not is_language(annotation.strip()):
            yield f"'{annotation.strip()}' is no language tag", "a tag of BCP 47"
        elif name not in _NAMED and annotation:
            yield f"<{name}{annotation}>", f"<{name}> without an annotation"
        elif "\n" in annotation or "<" in annotation:
            yield f"a line break or < in <{name}{annotation}>", "an annotation on one line, without <"
        for match in _TOKEN.finditer(annotation.replace("<", "")):
            yield from _reference(match)
        if name == "rt" and (not self.open or self.open[-1][0] != "ruby"):
            yield "<rt> outside of <ruby>", "<ruby>…<rt>…</rt></ruby>"
        self.readings += name == "rt"
        self.open.append((name, self.line))

    def closing(self, name: str) -> Iterator[tuple[str, str]]:
        if name == "ruby" and self.open and self.open[-1][0] == "rt":
            self.open.pop()  # the last </rt> may be left out
            self.read = self.place
        if not self.open or self.open[-1][0] != name:
            inner = self.open[-1][0] if self.open else "nothing"
            yield f"</{name}> closes nothing", f"the end of {inner}"
            names = [item[0] for item in self.open]
            if name in names:
                del self.open[len(names) - 1 - names[::-1].index(name) :]
            return
        self.open.pop()
        self.whole = self.whole and bool(self.open)
        self.read = self.place if name == "rt" else self.read
        after = self.text[self.read : self.place].removeprefix("</rt>")
        if name == "ruby" and (not self.readings or after.strip()):
            yield "text without <rt> in <ruby>" if self.readings else "<ruby> without <rt>", "<ruby>…<rt>…</rt></ruby>"
        self.readings = 0 if name == "ruby" else self.readings


def faults(lines: Sequence[str], start: int, end: int) -> Iterator[Fault]:
    """What is wrong with the text of a cue that is shown from `start` to `end` ms."""
    text = "\n".join(lines)
    if "<" not in text and "&" not in text:
        return
    state = _Text(start, end, whole=text.startswith("<v"), text=text)
    for match in _TOKEN.finditer(text):
        state.line += text.count("\n", state.place, match.start())
        state.place = match.start()
        found = _reference(match) if match[0][0] == "&" else _markup(state, match)
        yield from ((state.line, what, allowed, _CLAUSE) for what, allowed in found)
    if len(state.open) == 1 and state.open[0][0] == "v" and state.whole:
        return  # a voice that is all of a cue needs no end
    for name, line in state.open:
        yield line, f"<{name}> is not closed", f"</{name}>", _CLAUSE


def _reference(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    name = match[2]
    if name is None or not (_is_character(name[1:]) if name[0] == "#" else f"{name};" in html5):
        yield f"'{match[0]}' is no character reference", "&amp; for &, or a character reference of HTML"


def _is_character(number: str) -> bool:
    """Whether the number of a reference, such as `44032` or `xac00`, is that of a character, not of a control one."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if code > sys.maxunicode or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:  # noqa: PLR2004
        return False
    return code in {0x09, 0x0A, 0x0C} or category(chr(code)) not in {"Cc", "Cs"}


def _markup(state: _Text, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with something that begins with `<`."""
    if not match[1]:
        yield f"'{match[0][:20]}' is no tag", "&lt; for <"
        return
    stamp = _STAMP.fullmatch(match[0])
    tag = _TAG.fullmatch(match[0])
    if stamp is not None:
        yield from state.stamp(stamp)
    elif tag is None:
        yield f"{match[0][:40]} is no tag", "tags of 4.2.2, &lt; for <"
    elif tag[1]:
        if tag[3] or tag[4]:
            yield f"{match[0][:40]} says more than its name", f"</{tag[2]}>"
        yield from state.closing(tag[2])
    else:
        yield from state.opening(tag[2], tag[4] or "")
