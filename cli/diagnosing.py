"""`releaseprint doctor`: asks every probe, at once, each for its own time, and shows what they found."""

import importlib
import json
import pkgutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from assets.errors import InputError, ReleaseprintError
from cli import diagnosis, doctor
from cli.diagnosis import Answer, Probe, Question, State, fail
from cli.main import CLEAN, exit_code

SCHEMA = "releaseprint/doctor/1"
_SECONDS = 20.0
_STYLES = {State.OK: "green", State.WARN: "yellow", State.FAIL: "bold red"}

Answers = Sequence[tuple[str, Sequence[Answer]]]


def probes() -> list[Probe]:
    """Every module of `cli.doctor`, in the order of the table."""
    names = sorted(item.name for item in pkgutil.iter_modules(doctor.__path__))
    modules = [(name, importlib.import_module(f"{doctor.__name__}.{name}")) for name in names]
    modules.sort(key=lambda item: item[1].ORDER)
    return [Probe(name, module.probe, getattr(module, "SECONDS", _SECONDS)) for name, module in modules]


def run(folder: Path | None, store: str | None, *, as_json: bool) -> int:
    """Ask, show, and return the exit code. Raises UsageError for a catalogue that is named and is none."""
    question, broken = _question(folder, store)
    answers = [*broken, *asked(probes(), question)]
    if as_json:
        found = [diagnosis.data(name, answer) for name, given in answers for answer in given]
        data = {"schema": SCHEMA, "exit_code": worst(answers), "answers": found}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _show(answers)
    return worst(answers)


def _question(folder: Path | None, store: str | None) -> tuple[Question, Answers]:
    """What to ask of; a catalogue whose settings cannot be read is told, and everything else is asked all the same."""
    from cli import judgement

    try:
        return Question(judgement.catalogue(folder, required=False), store), ()
    except InputError as error:
        so = "correct the line that is named; the catalogue and its store were not looked at"
        return Question(None, None), (("settings", [fail("settings", str(error), so, exit_code(error))]),)


def asked(probes: Sequence[Probe], question: Question) -> Answers:
    """What each probe found. One that raises, or takes too long, is a failure of its own and of no other."""
    found: dict[str, list[Answer]] = {item.name: [] for item in probes}
    context = click.get_current_context(silent=True)
    threads = [
        threading.Thread(target=_ask, args=(item, question, found[item.name], context), daemon=True) for item in probes
    ]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for item, thread in zip(probes, threads, strict=True):
        thread.join(max(0.0, begun + item.seconds - time.monotonic()))
    return [(item.name, _given(item, thread, found[item.name])) for item, thread in zip(probes, threads, strict=True)]


def _given(item: Probe, thread: threading.Thread, answers: list[Answer]) -> list[Answer]:
    """What a probe said so far; one that still works is given up, and ends with the process."""
    given = list(answers)
    if thread.is_alive():
        so = "run it again; where it stays so, what is named here hangs"
        given.append(fail(item.name, f"no answer within {item.seconds:g} s", so))
    return given


def _ask(item: Probe, question: Question, answers: list[Answer], context: click.Context | None) -> None:
    """Ask in this thread, which does not have click's context by itself: `--no-color` is known by it."""
    try:
        with context.scope(cleanup=False) if context else nullcontext():
            answers.extend(item.ask(question))  # one by one: what was found before it hangs is shown
    except ReleaseprintError as error:
        answers.append(fail(item.name, str(error), "correct what is named, then run it again", exit_code(error)))
    except Exception as error:  # noqa: BLE001 -- a probe that breaks is what this command is there to tell
        text = f"could not be looked at: {type(error).__name__}: {error}"
        answers.append(fail(item.name, text, "install the tool anew; where it stays so, report it with this line"))


def worst(answers: Answers) -> int:
    """The exit code: the highest of what fails, 0 if nothing does."""
    return max((item.code for _, given in answers for item in given if item.state is State.FAIL), default=CLEAN)


def _show(answers: Answers) -> None:
    from cli.render.words import count_text, visible
    from cli.terminal import print_table

    print_table(("", "what", "found", "what to do"), _rows(answers))
    states = [item.state for _, given in answers for item in given]
    failing, warnings = states.count(State.FAIL), states.count(State.WARN)
    counts = f"{count_text(failing, 'failure')}, {count_text(warnings, 'warning')}"
    click.echo(visible(counts if failing or warnings else "all is well"))


def _rows(answers: Answers) -> Iterator[list[str | tuple[str, str]]]:
    for _, given in answers:
        for item in given:
            yield [(str(item.state), _STYLES[item.state]), item.what, item.found, item.so]
