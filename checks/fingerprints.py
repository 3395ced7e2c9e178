"""The fingerprint of a finding: 16 hex digits that name it from report to report.

It is made of

 1. the check's name;
 2. the role of the file, such as `original/subtitles/ko/full`: not its name, its bytes or its revision;
 3. the kind of place: `audio stream 1`, `synopses.ja`, and `cue` or `line` without the number;
 4. the words of the cue, line by line, and what was measured if it has no digit; or, where there is no cue, what was
    measured and the texts of the message, each figure by its first two digits, a time by the clock in milliseconds;
 5. its number among equal ones of the report, in the order of time, from the second on.

Texts are compared in NFC, white space as one space. Neither language nor wording of messages, limits, severity nor
clause are part of it, nor are cue numbers and times.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from assets.digest import sha256_bytes
from checks.core import Finding

FORM = "releaseprint/fingerprint/1"
"""Goes into every fingerprint: another form would make others of all of them."""

DIGITS = 16

_COUNTED = re.compile(r"\b(cue|line)s? [0-9]+(?:-[0-9]+)?")
_INDEX = re.compile(r"\[[0-9]+\]")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"(?<![\w.:])(?:([0-9]+):([0-9]{2}):([0-9]{2})\.([0-9]{3})|[0-9]+(?:\.[0-9]+)?)(?![\w:])")
_LONGEST_FIGURE = 24
"""Digits; what is longer is no figure."""

_Parts = tuple[str, str, str, str, str, tuple[str, ...]]


def fingerprinted(findings: Iterable[Finding], roles: Mapping[str, str]) -> list[Finding]:
    """The findings of a report, in its order, each with its fingerprint. `roles` are those of the files, by name."""
    seen: Counter[_Parts] = Counter()
    named = []
    for finding in findings:
        parts = _parts(finding, roles)
        seen[parts] += 1
        named.append(replace(finding, fingerprint=_digest(parts, seen[parts])))
    return named


def in_words(finding: Finding) -> tuple[str, str]:
    """What names a finding of a report that has no fingerprints: the kind of place and the message, without numbers."""
    return _place(finding.at.label, {}), _coarse(finding.message)


def _parts(finding: Finding, roles: Mapping[str, str]) -> _Parts:
    role, place = roles.get(finding.asset, finding.asset), _place(finding.at.label, roles)
    if words := _plain(finding.at.words):
        said = "" if _DIGIT.search(finding.measured) else _plain(finding.measured)
        return finding.check, role, place, words, said, ()
    facts = tuple(_coarse(roles.get(fact, fact)) for fact in finding.facts)
    return finding.check, role, place, "", _coarse(roles.get(finding.measured, finding.measured)), facts


def _digest(parts: _Parts, number: int) -> str:
    text = json.dumps([FORM, *parts, number if number > 1 else ""])  # in ASCII, lone surrogates too
    return sha256_bytes(text.encode())[:DIGITS]


def _place(label: str, roles: Mapping[str, str]) -> str:
    """A label with a file's role for its name, and without what counts cues and lines."""
    if label in roles:
        return roles[label]
    name, comma, rest = label.rpartition(", ")
    place = f"{roles[name]}{comma}{rest}" if name in roles else label
    return _plain(_INDEX.sub("", _COUNTED.sub(r"\1", place)))


def _plain(text: str) -> str:
    """A text in NFC, without empty lines, with one space for any run of white space."""
    if text.isascii() and "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(filter(None, lines))


def _coarse(text: str) -> str:
    return _plain(_INDEX.sub("", _FIGURE.sub(_first_digits, text)))


def _first_digits(found: re.Match[str]) -> str:
    """`62` of `62.563`, `210` of `212`, `5.1` of `5.1`; of a time by the clock the milliseconds: `4800000`."""
    if len(found[0]) > _LONGEST_FIGURE:
        return found[0]
    figure = Decimal(_milliseconds(found) if found[1] else found[0])
    if not figure:
        return "0"
    step = Decimal(1).scaleb(figure.adjusted() - 1)
    return f"{figure.quantize(step, ROUND_DOWN).normalize():f}"


def _milliseconds(found: re.Match[str]) -> int:
    hours, minutes, seconds, thousandths = (int(part) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
