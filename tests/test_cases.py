"""Each check against its cases: tests/cases/<family>/<check>.toml, data that a non-programmer can add to.

    limits = { max_cpl = { ko = 16 } }      # for all cases of the file; a case may have its own
    [[fail]]                                # must find exactly `finds`, each "label: message"
    [[pass]]                                # must find nothing
    [[borderline]]                          # like fail, and every problem is marked as borderline
    [[cannot]]                              # must say why it cannot check: `because`

The other keys of a case describe the subject; tests/support/case_<family>.py builds it.
"""

import importlib
import tomllib
from pathlib import Path

import pytest

from checks import core, suites

CASES = Path(__file__).parent / "cases"


def _file(name: str) -> dict:
    path = CASES / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _cases() -> list:
    return [
        pytest.param(name, verdict, {**_file(name), **case}, id=f"{name}-{verdict}-{case.get('why', number)}")
        for name in suites.all_names()
        for verdict in ("fail", "pass", "borderline", "cannot")
        for number, case in enumerate(_file(name).get(verdict, []))
    ]


@pytest.mark.parametrize("name", suites.all_names())
def test_check_has_passing_and_failing_cases(name):
    file = _file(name)
    assert file.get("fail"), f"{name} needs a failing case in tests/cases/{name}.toml"
    assert file.get("pass") or suites.load(name).on.__name__.startswith("Unreadable")


def test_no_case_file_without_a_check():
    files = {path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.glob("*/*.toml")}
    assert files <= set(suites.all_names())


@pytest.mark.parametrize(("name", "verdict", "case"), _cases())
def test_case(name, verdict, case):
    check = suites.load(name)
    builder = importlib.import_module(f"case_{check.family}")
    subject = builder.subject(check, case)
    assert isinstance(subject, check.on)
    arguments = [subject]
    if check.limits is not None:
        arguments.append(check.limits.model_validate(case.get("limits", {})))
    if verdict == "cannot":
        with pytest.raises(core.CannotCheck, match=case["because"]):
            list(check.function(*arguments))
        return
    problems = list(check.function(*arguments))
    said = [f"{problem.at.label}: {problem.message}".removeprefix(": ") for problem in problems]
    assert said == case.get("finds", [])
    assert bool(said) == (verdict != "pass")
    assert all(problem.borderline == (verdict == "borderline") for problem in problems)
