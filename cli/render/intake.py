"""What is proposed for files that arrived, as text and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assets.intake.arriving import Turned
from assets.intake.drop import Plan
from assets.intake.newcomers import Newcomer
from assets.intake.proposal import Proposal, Status
from assets.intake.telling import Told
from assets.timing import ms_text
from cli.render.words import size_text, visible

_LABEL = len("frame rate")
_SURE = len("doubtful")


def word(status: Status, *, is_done: bool) -> str:
    """What becomes of a file, or became of it."""
    done = {Status.ADD: "added", Status.REPLACE: "replaced"}
    return done.get(status, status) if is_done else status


def lines_of(item: Proposal, *, is_done: bool = False) -> Iterator[str]:
    """A proposal, with its reasons: what a person needs to say yes or no."""
    file = item.what.file
    yield visible(f"{word(item.status, is_done=is_done)}  {file.name}")
    yield visible(f"  {item.what.sort}, {size_text(file.size)}: {item.what.facts}")
    for name, told in item.told.items():
        reasons = "; ".join(told.reasons)
        yield visible(f"  {name:<{_LABEL}}  {told.value}  {told.sureness.word:<{_SURE}}  {reasons}")
    yield from (visible(f"  {note}") for note in item.notes)
    if item.why:
        yield visible(f"  {item.why}")
    if item.name and item.status in {Status.ADD, Status.REPLACE} and item.title is not None:
        yield visible(f"  as titles/{item.title.value}/{item.name}")


def new_titles(made: Plan, *, is_done: bool) -> Iterator[str]:
    """The titles that the catalogue does not know, with what tells of them."""
    for item in made.new:
        is_made = is_done and any(
            one.status is Status.ADD and one.title and one.title.value == item.id for one in made.proposals
        )
        yield visible(f"{'made' if is_made else 'new'} title  {item.id}")
        told = {"name": item.name, "year": item.year, "language": item.original_language}
        for name, value in told.items():
            if value is not None:
                reasons = "; ".join(value.reasons)
                yield visible(f"  {name:<{_LABEL}}  {value.value}  {value.sureness.word:<{_SURE}}  {reasons}")
        if item.runtime:
            yield f"  {'runtime':<{_LABEL}}  {ms_text(item.runtime)}  that of its master"
        yield from (visible(f"  nothing tells {what}") for what in item.lacks)


def text(
    proposals: Iterable[Proposal], turned: Iterable[Turned], lacks: Mapping[str, Sequence[str]], *, is_done: bool
) -> Iterator[str]:
    """A whole drop; `is_done` if what could be added has been."""
    for item in proposals:
        yield from lines_of(item, is_done=is_done)
    for refused in turned:
        yield visible(f"refused  {refused.name}")
        yield visible(f"  {refused.reason}")
    for title, missing in lacks.items():
        if missing:
            yield visible(f"{title} {'lacks' if is_done else 'would lack'}:")
            yield from (visible(f"  {what}") for what in missing)


def data(made: Plan, turned: Iterable[Turned], lacks: Mapping[str, Sequence[str]], *, is_done: bool) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "done": is_done,
        "new_titles": [_new(item) for item in made.new],
        "files": [_file(item) for item in made.proposals],
        "refused": [{"file": item.name, "why": item.reason} for item in turned],
        "missing": {title: list(missing) for title, missing in lacks.items()},
    }


def _new(item: Newcomer) -> dict[str, Any]:
    told = {"name": item.name, "production_year": item.year, "original_language": item.original_language}
    return {
        "title": item.id,
        "told": {name: _told(value) for name, value in told.items() if value is not None},
        "runtime": ms_text(item.runtime) if item.runtime else None,
        "lacks": list(item.lacks),
    }


def _told(told: Told) -> dict[str, Any]:
    return {"value": told.value, "sureness": told.sureness.word, "reasons": list(told.reasons)}


def _file(item: Proposal) -> dict[str, Any]:
    file = item.what.file
    told = {name.replace(" ", "_"): _told(value) for name, value in item.told.items()}
    return {
        "file": file.name,
        "bytes": file.size,
        "sha256": file.sha256,
        "sort": item.what.sort,
        "facts": item.what.facts,
        "status": item.status,
        "why": item.why,
        "told": told,
        "name": item.name,
    }
