"""The findings of a report as small as they can be: lists of numbers, each text kept once."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from assets.timing import TICKS_PER_MS, Time, to_frames
from checks.core import Finding
from checks.report import AssetRecord
from checks.report_json import frame_rate
from cli.render import sheet, words
from cli.render.languages import LANGUAGES, in_place, template
from cli.render.languages.book import has_words, quoted
from cli.render.languages.patterns import names
from cli.render.report.texts import Texts

_OTHERS = tuple(language for language in LANGUAGES if language != "en")


def place(time: Time | None, rate: Fraction | None) -> int | None:
    """A time as the script has it: the number of the frame, or milliseconds where there is no frame rate."""
    if time is None:
        return None
    return round(Fraction(time, TICKS_PER_MS)) if rate is None else to_frames(time, rate)


class Rows:
    """Findings as rows, and the tables that their numbers point into.

    A row is check, severity, asset, label, in, out, line, template, measured, allowed, source, reason, whether it is
    borderline, fingerprint, then the values of the template's names in their order. Severities are 1 to 3.
    """

    def __init__(self, assets: Sequence[AssetRecord], texts: Texts) -> None:
        self._texts = texts
        self._strings: dict[str, int] = {}
        self._templates: dict[str, int] = {}
        self._names: list[tuple[str, ...]] = []
        self._assets = {"": 0}
        self._rates: list[Fraction | None] = [None]
        self.assets: list[dict[str, Any]] = [{"name": sheet.ABOUT_THE_TITLE, "language": "", "rate": None}]
        for asset in assets:
            self._add(asset.name, asset.language, frame_rate(asset.frame_rate))

    def asset(self, name: str) -> int:
        """The number of an asset; one that the report does not list is added."""
        if name not in self._assets:
            self._add(name, "", None)
        return self._assets[name]

    def _add(self, name: str, language: str, rate: Fraction | None) -> None:
        if name in self._assets:
            return
        self._assets[name] = len(self.assets)
        self._rates.append(rate)
        said = [rate.numerator, rate.denominator] if rate else None
        self.assets.append({"name": words.visible(name), "language": words.visible(language), "rate": said})

    def string(self, text: str, *, is_ours: bool = True) -> int:
        """The number of a text; what is ours is translated, what is quoted from a file is not."""
        shown = words.visible(text)
        if is_ours and shown:
            self._texts.learn(shown)
        return self._strings.setdefault(shown, len(self._strings))

    def row(self, finding: Finding) -> list[int | str | None]:
        """A finding as a row."""
        number = self.asset(finding.asset)
        rate = self._rates[number]
        kind, values = self._message(finding)
        return [
            self.string(finding.check, is_ours=False),
            int(finding.severity),
            number,
            self.string(finding.at.label),
            place(finding.at.start, rate),
            place(finding.at.end, rate),
            finding.at.line,
            kind,
            self.string(finding.measured),
            self.string(finding.allowed),
            self.string(finding.source, is_ours=False),
            self.string(finding.reason),
            int(finding.borderline),
            finding.fingerprint,
            *values,
        ]

    def rows(self, findings: Iterable[Finding]) -> list[list[int | str | None]]:
        """Findings as rows."""
        return [self.row(finding) for finding in findings]

    def tables(self) -> dict[str, Any]:
        """The tables: assets, strings, and templates in each language with the names of their values."""
        return {"assets": self.assets, "strings": list(self._strings), "templates": list(map(_said, self._templates))}

    def _message(self, finding: Finding) -> tuple[int, list[int]]:
        """The template and its values; where they do not give the message, the message itself."""
        known = {"measured": finding.measured, "allowed": finding.allowed, **dict(finding.values)}
        kind = self._template(finding.template)
        wanted = self._names[kind]
        if set(wanted) <= known.keys() and _is_filled(finding, known):
            secret = _quoted(finding.template)
            return kind, [self._value(name, known[name], is_ours=name not in secret) for name in wanted]
        return self._template(finding.message.replace("{", "{{").replace("}", "}}")), []

    def _value(self, name: str, text: str, *, is_ours: bool) -> int:
        """The number of a value; where it is another word than elsewhere, that is kept as well."""
        if is_ours and (key := in_place(name, text)) != text:
            self._texts.learn(key)
        return self.string(text, is_ours=is_ours)

    def _template(self, text: str) -> int:
        if text not in self._templates:
            self._templates[text] = len(self._templates)
            self._names.append(names(text))
        return self._templates[text]


def _is_filled(finding: Finding, known: dict[str, str]) -> bool:
    try:
        return finding.template.format(**known) == finding.message
    except (ValueError, LookupError, AttributeError):
        return False


@cache
def _quoted(english: str) -> frozenset[str]:
    return frozenset((*quoted()["everywhere"], *quoted().get(english, ())))


def _said(english: str) -> list[Any]:
    """English, the other languages (None: no translation), the names of the values, those that are quoted."""
    said: list[str | None] = []
    for language in _OTHERS:
        found = template(english, language)
        said.append(None if found == english and has_words(english) else words.visible(found))
    wanted = dict.fromkeys(names(english))
    return [words.visible(english), *said, list(wanted), [name for name in wanted if name in _quoted(english)]]
