"""A translated policy -> the text of a platform file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assets.platform import Platform
from assets.policy.facts import Limits
from assets.policy.translate import Asked, Translation

_EVERY_STREAM = (
    "# In MediaConch a rule holds if one stream of the file keeps it; these checks ask it of every stream.",
    "# What a file does not say is not checked, which is no pass either.",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a platform's file begins with. `policy` and `file` name where its checks come from."""

    policy: str
    file: str
    right: str
    on: date
    base: Platform | None = None

    @property
    def source(self) -> str:
        """`policy NAME, FILE`."""
        return f"policy {self.policy or 'without a name'}, {self.file}"


def platform_text(head: Head, translation: Translation) -> str:
    """A platform file. What was left out stands in it as comments."""
    lines = [f"# {_plain(head.source)}, imported on {head.on}.", *_EVERY_STREAM]
    if translation.left:
        lines += [
            "#",
            "# Left out, because no check asks for it:",
            *(f"# - {_plain(item)}" for item in translation.left),
        ]
    lines += ["", f"name = {_value(head.policy or head.file)}", f"right = {_value(head.right)}"]
    lines += [f"revision = {_value(str(head.on))}", f"source = {_value(head.source)}"]
    lines += [f"base = {_value(head.base.id)}"] if head.base else []
    for item in translation.asked:
        lines += ["", *_table(head, item)]
    return "\n".join([*lines, ""])


def _table(head: Head, item: Asked) -> Iterator[str]:
    solved = item.solved
    yield from (f"# {_plain(note[0].upper() + note[1:])}." for note in item.notes)
    yield f"[checks.{_value(solved.check)}]"
    yield from _keys(solved.limits)
    yield 'severity = "error"'
    where = "line" if len(item.lines) == 1 else "lines"
    yield f"source = {_value(f'{head.source}, {where} ' + ', '.join(str(line) for line in item.lines))}"
    yield f"verified_on = {head.on}"
    cases = solved.cases
    if not cases and _has_cases(head.base, solved.check):
        yield "# The base has cases here; this one holds of every picture, so that they do not."
        cases = (({"min_height": 1}, solved.limits),)
    for condition, limits in cases:
        yield f"[[checks.{_value(solved.check)}.when]]"
        yield f"if = {_value(condition)}"
        yield from _keys(limits)


def _has_cases(base: Platform | None, check: str) -> bool:
    return base is not None and check in base.checks and bool(base.checks[check].cases)


def _keys(limits: Limits) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in limits.items())


def _value(value: object) -> str:
    """A value as TOML; a text on one line, with what a terminal could act on escaped."""
    if isinstance(value, str):
        return "".join(
            letter if letter.isprintable() else f"\\U{ord(letter):08X}"
            for letter in json.dumps(value, ensure_ascii=False)
        )
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    return str(value).lower()


def _plain(text: object) -> str:
    """A text as a comment: on one line, without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(text)).split())
