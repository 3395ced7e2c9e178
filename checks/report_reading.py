"""A report's JSON, whoever wrote it -> the reports in it. What is not of their form is told with its place."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assets import strict_json
from assets.errors import Fault, InputError
from checks.report import Report
from checks.report_parts import ReportPart

FORMS = ("releaseprint/report/1", "releaseprint/report/2")
MOST_BYTES = 64 * 1024 * 1024
MOST_REPORTS = 1_000

_MOST_FAULTS = 20
_A_REPORT = "a report as `releaseprint report --json` writes it, or an array of such reports"


def loads(data: bytes, shown: str) -> tuple[Report, ...]:
    """The reports that a JSON text holds, one or an array. Raises InputError with places such as `findings[3].check`.

    `shown` is what the text is called in an error. A verdict that the text claims is not believed: it follows from what
    was found and what was not checked.
    """
    if len(data) > MOST_BYTES:
        raise InputError(Fault(shown, "", f"is too large for a report: {len(data)} bytes", f"at most {MOST_BYTES}"))
    try:
        whole = strict_json.loads(data)
    except ValueError as error:
        raise InputError(Fault(shown, "", f"is no JSON: {error}", _A_REPORT)) from error
    several = isinstance(whole, list)
    if not (several or isinstance(whole, dict)):
        raise InputError(Fault(shown, "", "is no report", _A_REPORT))
    parts: Sequence[object] = whole if several else [whole]
    if not 1 <= len(parts) <= MOST_REPORTS:
        raise InputError(Fault(shown, "", f"has {len(parts)} reports", f"1 to {MOST_REPORTS}"))
    reader = TypeAdapter(ReportPart)
    faults: list[Fault] = []
    found = [
        _read(reader.validate_python, part, f"[{index}]." if several else "", shown, faults)
        for index, part in enumerate(parts)
    ]
    if faults:
        raise InputError(*faults[:_MOST_FAULTS])
    return tuple(part.report() for part in found if part)


def _read(
    validate: Callable[[object], ReportPart], part: object, before: str, shown: str, faults: list[Fault]
) -> ReportPart | None:
    form = part.get("schema") if isinstance(part, dict) else None
    if form not in FORMS:
        wrong = f"{form!r:.80} is no form of a report" if form else "is no report"
        faults.append(Fault(shown, f"{before}schema" if form else before.rstrip("."), wrong, " or ".join(FORMS)))
        return None
    try:
        return validate(part)
    except ValidationError as error:
        faults += [_fault(item, before, shown) for item in error.errors(include_url=False)[:_MOST_FAULTS]]
        return None


def _fault(item: Any, before: str, shown: str) -> Fault:  # noqa: ANN401 -- pydantic's own dictionary
    place = before
    for step in item["loc"]:
        place += f"[{step}]" if isinstance(step, int) else f".{step}"
    place = place.replace("..", ".").strip(".")
    if item["type"] == "missing":
        return Fault(shown, place, "missing", "this key is required")
    wrong, _, allowed = str(item["msg"]).removeprefix("Value error, ").partition("; ")
    return Fault(shown, place, wrong[0].lower() + wrong[1:], allowed)
