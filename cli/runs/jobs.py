"""From a plan to what its steps need: platforms, stores and titles, all known before anything is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assets import territory
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, StoreError, UsageError
from assets.platform import Platform
from cli import judgement
from cli.runs.after import Expire, Release
from cli.runs.doing import Check, Work
from cli.runs.plan import OPTIONS, Plan, Step
from cli.runs.record import StepRecord
from cli.runs.sending import Deliver, Redeliver
from storage.stores import Store, open_store
from storage.stores.pace import Pace


@dataclass(frozen=True, slots=True)
class Job:
    """A step that can be done, and the record of it before anything is."""

    work: Work
    record: StepRecord


def jobs_of(plan: Plan, catalogue: Catalogue, tell: Callable[[str], None], *, dry_run: bool) -> list[Job]:
    """The steps of a plan. Raises InputError with everything that a step names and that there is not."""
    opening = _Opening(plan, catalogue, tell, [])
    jobs = [_job(opening, number, step, dry_run=dry_run) for number, step in enumerate(plan.said.steps)]
    if opening.faults:
        raise InputError(*opening.faults)
    return [job for job in jobs if job is not None]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A plan that is being opened, and what was found to be wrong with it."""

    plan: Plan
    catalogue: Catalogue
    tell: Callable[[str], None]
    faults: list[Fault]

    def wrong(self, number: int, key: str, text: str) -> None:
        """Something is wrong with a key of a step, or with the default that stands for it."""
        said = self.plan.said.steps[number].model_fields_set | {"do"}
        default = {"platform": "platform", "to": "store", "in": "store"}.get(key)
        here = key in said or (key == "in" and "in_" in said)
        is_default = not here and default in self.plan.said.defaults.model_fields_set
        place = ("defaults", str(default)) if is_default else ("steps", number, key) if here else ("steps", number)
        wrong, _, allowed = text.partition("; ")
        fault = self.plan.file.fault(place, wrong, allowed)
        if fault not in self.faults:
            self.faults.append(fault)


def _job(opening: _Opening, number: int, step: Step, *, dry_run: bool) -> Job | None:
    """What a step is; None where something that it needs is wrong."""
    for text in _late(step, dry_run=dry_run):
        opening.wrong(number, "at", text)
    if step.do in {"release", "expire"}:  # of whatever the store has, also of titles that the catalogue has no more
        store = _store(opening, number, step)
        kind = Release if step.do == "release" else Expire
        return Job(kind(step, store), _record(number, step, step.platform or "", store, step.titles)) if store else None
    for title in step.titles:
        try:
            opening.catalogue.require_title(title)
        except UsageError as error:
            opening.wrong(number, "titles", str(error))
    platform, titles = _platform(opening, number, step), step.titles or opening.catalogue.title_ids()
    if step.do == "check":
        return Job(Check(step, platform), _record(number, step, platform.id, None, titles)) if platform else None
    store = _store(opening, number, step)
    if platform is None or store is None:
        return None
    work = Deliver(step, platform, store) if step.do == "deliver" else Redeliver(step, platform, store)
    return Job(work, _record(number, step, platform.id, store, titles))


def _record(number: int, step: Step, platform: str, store: Store | None, titles: Sequence[str]) -> StepRecord:
    where, place = territory.describe(step.territory) if step.territory else "", store.url if store else ""
    return StepRecord(number + 1, step.do, platform, where, place, to_do=dict.fromkeys(titles))


def _late(step: Step, *, dry_run: bool) -> Iterator[str]:
    """What is wrong with the date of a step, as the command of that name would say."""
    if step.at is None or dry_run:
        return
    if step.do == "deliver" and step.at < judgement.now():
        yield f"{step.at.isoformat()} is past; what leaves now is judged by now or later"
    if step.do == "expire" and step.write and step.at > judgement.now():
        yield f"{step.at.isoformat()} is yet to come; `write` takes down what must come down by now"


def _platform(opening: _Opening, number: int, step: Step) -> Platform | None:
    try:
        return judgement.platform_of(opening.catalogue, step.platform or opening.plan.said.defaults.platform)
    except UsageError as error:
        opening.wrong(number, "platform", str(error))
    except InputError as error:
        opening.faults.extend(fault for fault in error.faults if fault not in opening.faults)
    return None


def _store(opening: _Opening, number: int, step: Step) -> Store | None:
    name = step.store or opening.plan.said.defaults.store or opening.catalogue.config.store
    try:
        return open_store(name, opening.catalogue, Pace(step.limit) if step.limit else None, opening.tell)
    except (UsageError, StoreError) as error:
        opening.wrong(number, "to" if "to" in OPTIONS[step.do] else "in", str(error))
    return None
