"""What `add` and `submit` share: files are recognised, proposals made, and what is agreed upon is taken in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, Refused, UsageError
from assets.intake import storing
from assets.intake.arriving import Arrived, Turned
from assets.intake.drop import Context, Drop, Plan, plan
from assets.intake.newcomers import Newcomer
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.recognising import recognise
from assets.intake.shelf import MediaOf
from assets.intake.titles import Known, known_titles
from assets.media import MediaInfo
from assets.worker import WorkerError
from cli import judgement
from cli.forgiving import measurements
from cli.known_names import entries_of
from cli.terminal import reading_progress, steps_progress

_ATTEMPTS = 20
"""How often a proposal is made anew because another process changed the title meanwhile."""

TAKEN = frozenset({Status.ADD, Status.REPLACE, Status.PRESENT})
"""What is done with no further question, once it is agreed to."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A drop before a catalogue: what arrived, what may be its title, and what a person says of files by name.

    `new` are titles that the catalogue does not know, which are made if their files are taken in.
    """

    catalogue: Catalogue
    drop: Drop
    known: tuple[Known, ...]
    words: Mapping[str, Said]
    new: tuple[Newcomer, ...] = ()

    def plan(self) -> Plan:
        """The proposal for each file as things stand now."""
        by = Context(self.known, self.words, self.new)
        return plan(self.catalogue, self.drop, by, _media_of(self.catalogue))

    def without(self, name: str) -> "Intake":
        """The same without a file."""
        left = tuple(item for item in self.drop.files if item.file.name != name)
        return replace(self, drop=replace(self.drop, files=left))

    def saying(self, name: str, words: Said) -> "Intake":
        """The same with something said of a file."""
        return replace(self, words={**self.words, name: words})


def read(
    catalogue: Catalogue, found: Sequence[Arrived | Turned], title: str | None, words: Mapping[str, Said]
) -> Intake:
    """Everything that arrived, recognised, with a progress bar. Raises UsageError if there is no such title."""
    if title is not None:
        catalogue.require_title(title)
    files = [item for item in found if isinstance(item, Arrived)]
    seconds = catalogue.config.media_timeout_seconds
    recognised = []
    with reading_progress("recognising", len(files)) as (told, *_):
        for file in files:
            recognised.append(recognise(file, seconds))
            told(file.name)
    turned = tuple(item for item in found if isinstance(item, Turned))
    known = known_titles(entries_of(catalogue, title)[0])
    return Intake(catalogue, Drop(tuple(recognised), turned), known, words)


def _media_of(catalogue: Catalogue) -> MediaOf:
    """Reads a master of the catalogue to compare with: what was measured is known, the rest is looked at."""
    from assets.measuring import Measuring, measure
    from assets.probe import probe

    def media_of(path: Path) -> MediaInfo | None:
        try:
            with measurements(catalogue) as kept:
                measured = measure(path, path.name, Measuring(kept, 0.0, lambda *_: None, only_kept=True))
            return measured.info if measured else probe(path, catalogue.config.media_timeout_seconds)
        except WorkerError:
            return None

    return media_of


def take_in(intake: Intake, agreed: Callable[[Plan], Sequence[Proposal]], who: str | None, why: str) -> Plan:
    """Do what `agreed` picks of a plan, which is made anew as long as others change the titles meanwhile.

    Gives the plan as it was done. Raises InputError, Refused.
    """
    from cli.who import who as signed

    name = signed(intake.catalogue.root, who)
    for _ in range(_ATTEMPTS):
        made = intake.plan()
        picked = agreed(made)
        if not picked:
            return made
        by = storing.Signed(name, why, judgement.now())
        try:
            with steps_progress("copying") as told:
                return made.named(storing.take_in(intake.catalogue, made, picked, by, told))
        except storing.StaleError as error:
            changed = error.args[0]
    raise Refused(f"{changed}: nothing was added", ["others change its title.toml all the time; try again later"])


def require_all(made: Plan) -> Sequence[Proposal]:
    """Every proposal but duplicates, if each can be done as it stands. Raises Refused with those that cannot."""
    wanted = [item for item in made.proposals if item.status is not Status.DUPLICATE]
    reasons = [f"{item.what.file.name}: {item.status}: {item.why}" for item in wanted if item.status not in TAKEN]
    if reasons:
        raise Refused("nothing was added", reasons)
    return wanted


def require_readable(drop: Drop) -> None:
    """Raises InputError for files that a person named and that cannot be taken."""
    if drop.turned:
        raise InputError(*(Fault(item.name, "", item.reason, "a regular file") for item in drop.turned))


def require_why(made: Plan, why: str | None, *, may_replace: bool) -> None:
    """Raises Refused for a file in whose place another one is, unless it was said to replace it and why."""
    replaced = [f"{item.what.file.name}: {item.why}" for item in made.proposals if item.status is Status.REPLACE]
    if replaced and not may_replace:
        raise Refused("nothing was added: --replace would make a new revision", replaced)
    if replaced and not why:
        raise UsageError("--replace needs --why: the history says why a file was replaced")


def require_said(words: Said) -> None:
    """Raises UsageError for a language that is no tag, or a kind that is no id."""
    if wrong := words.problem():
        raise UsageError(wrong)
