"""What a check is, how it is declared, and how it is run; `suites.py` has those that a platform asks for.

A check is a generator `(subject, limits) -> Problem…` in a file of its own: `subtitle/line-too-long` is
`checks/subtitle/line_too_long.py`. It only says where and what; the runner adds name, asset, severity and clause.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, TypeVar, overload

from assets.conditions import Condition
from assets.timing import Time
from assets.tomlfile import Record
from assets.waivers import Waiver
from checks import conditions


class Severity(IntEnum):
    """How bad a finding is. Only an error forbids delivery."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Limits(Record):
    """Base of a check's limits: the keys of its table in a platform file, with their types and meaning."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in an asset: `label` in words (`cue 12`, `audio stream 1`), time span, line of the source file.

    `words` are what is shown there, if it is a cue: they name the place when its time and its number have changed.
    `file` is the file of the title's folder that `line` counts in, where that is not the asset's own.
    """

    label: str = ""
    start: Time | None = None
    end: Time | None = None
    line: int | None = None
    words: str = field(default="", compare=False)
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found. `template` is filled with `measured`, `allowed` and `values`, and can be translated.

    `measured` and the texts of `values` name the finding from report to report: what another day would make another,
    such as the day itself, is `allowed`, or a value that is no text.

    `borderline` marks what passes one reading of the standard and fails another: never worse than a warning.
    """

    template: str
    at: At = field(default_factory=At)
    measured: object = ""
    allowed: object = ""
    values: Mapping[str, object] = field(default_factory=dict)
    borderline: bool = False

    @property
    def message(self) -> str:
        """The template, filled."""
        return self.template.format(measured=self.measured, allowed=self.allowed, **self.values)


class CannotCheck(Exception):  # noqa: N818 -- a result, not an error: the check is reported as not checked
    """Raised by a check that lacks what it needs; its text says what. The check is then not passed."""


class NotAsked(CannotCheck):
    """Raised where the question itself was not put, such as a territory: reported, but nothing required is missing."""


Problems = Iterator[Problem]
S = TypeVar("S")
L = TypeVar("L", bound=Limits)


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check. `on` is the type of its subjects, `limits` the model of its table or None."""

    name: str
    on: type
    limits: type[Limits] | None
    function: Callable[..., Problems]
    title: str
    advice: str

    @property
    def family(self) -> str:
        """`subtitle` of `subtitle/line-too-long`."""
        return self.name.split("/")[0]


@overload
def check(name: str, *, on: type[S], limits: type[L]) -> Callable[[Callable[[S, L], Problems]], Check]: ...
@overload
def check(name: str, *, on: type[S]) -> Callable[[Callable[[S], Problems]], Check]: ...
def check(name: str, *, on: type, limits: type[Limits] | None = None) -> Callable[[Callable[..., Problems]], Check]:
    """Declare a check. Its docstring's first line states the fault; the rest says why it matters and what to do."""

    def declare(function: Callable[..., Problems]) -> Check:
        title, _, advice = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        if not title or not advice:
            raise TypeError(f"check {name}: the docstring needs a line for the fault and a paragraph of advice")
        return Check(name, on, limits, function, " ".join(title.split()), advice)

    return declare


@dataclass(frozen=True, slots=True)
class Selected:
    """A check as a platform wants it."""

    check: Check
    limits: Limits | None
    severity: Severity
    source: str
    verified_on: date
    reason: str = ""
    cases: "tuple[tuple[Condition, Selected], ...]" = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with everything a report says of it. `asset` is the file's name in the title, or empty.

    `values` fill its template beside `measured` and `allowed`, by name; `facts` are those of them that were texts.
    `fingerprint` names it over time, see `fingerprints.py`. `waiver` is what lifts it, if anything does.
    """

    check: str
    severity: Severity
    asset: str
    at: At
    message: str
    template: str
    measured: str
    allowed: str
    source: str
    borderline: bool = False
    reason: str = ""
    facts: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that did not run on a subject, and why. `required` if the platform makes its finding an error."""

    check: str
    asset: str
    reason: str
    required: bool


def asset_name(subject: object) -> str:
    """The name a subject has in a report: its file's, or empty for a title or a question of rights."""
    file = getattr(subject, "file", None)
    return str(file) if file is not None else ""


def run_one(
    selected: Selected,
    subject: Any,  # noqa: ANN401 -- of type `check.on`
    territories: frozenset[str] | None = None,
) -> Iterator[Finding | NotChecked]:
    """The findings of one check on one subject, or the one NotChecked that says why it could not run.

    `territories` are those that are asked for: a platform's limits may depend on them.
    """
    name, asset = selected.check.name, asset_name(subject)
    try:
        if selected.cases:
            selected = _that_applies(selected, subject, territories)
        arguments = (subject,) if selected.limits is None else (subject, selected.limits)
        problems = list(selected.check.function(*arguments))
    except CannotCheck as why:
        required = selected.severity is Severity.ERROR and not isinstance(why, NotAsked)
        yield NotChecked(name, asset, str(why), required)
        return
    for problem in problems:
        severity = min(selected.severity, Severity.WARNING) if problem.borderline else selected.severity
        yield Finding(
            check=name,
            severity=severity,
            asset=asset,
            at=problem.at,
            message=problem.message,
            template=problem.template,
            measured=str(problem.measured),
            allowed=str(problem.allowed),
            source=selected.source,
            borderline=problem.borderline,
            reason=selected.reason,
            facts=tuple(str(value) for _, value in sorted(problem.values.items()) if isinstance(value, str)),
            values=tuple((name, str(value)) for name, value in sorted(problem.values.items())),
        )


def _that_applies(selected: Selected, subject: object, territories: frozenset[str] | None) -> Selected:
    """The first case whose condition holds of the subject, else the check as its table has it."""
    for condition, case in selected.cases:
        fact = conditions.unknown_fact(condition, subject, territories)
        if fact:
            raise CannotCheck(f"the file does not say its {fact}, and the limits depend on it")
        if conditions.holds(condition, subject, territories):
            return case
    return selected


def run(
    checks: Iterable[Selected], subjects: Iterable[object], territories: frozenset[str] | None = None
) -> Iterator[Finding | NotChecked]:
    """Every check on every subject of its type. A check that had no subject at all says nothing here."""
    everything = list(subjects)
    for selected in checks:
        for subject in everything:
            if isinstance(subject, selected.check.on):
                yield from run_one(selected, subject, territories)
