"""Files that arrived together -> a proposal for each: titles first, then masters, and then what goes with them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from assets import manifest
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError
from assets.intake import name_marks, propose_media, propose_papers, propose_tracks
from assets.intake.arriving import Turned
from assets.intake.newcomers import Newcomer
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.recognising import Recognised, Sort
from assets.intake.shelf import MediaOf, Shelf
from assets.intake.telling import Sureness, Told, said
from assets.intake.title_by_times import title_by_times
from assets.intake.titles import Clues, Known, title_of
from assets.renaming import is_other_format
from assets.title import Title

Propose = Callable[[Proposal, Said, Shelf], Proposal]
Put = Callable[[Shelf, Proposal], None]

_BY_SORT: Mapping[Sort, tuple[Propose, Put]] = {
    Sort.MASTER: (propose_media.propose_master, propose_media.put_master),
    Sort.AUDIO: (propose_media.propose_audio, propose_media.put_audio),
    Sort.SUBTITLES: (propose_tracks.propose, propose_tracks.put),
    Sort.ARTWORK: (propose_papers.propose_artwork, propose_papers.put),
    Sort.DOCUMENT: (propose_papers.propose_document, propose_papers.put),
}
"""In the order in which files are proposed for: a track is compared with the master it came with."""


@dataclass(frozen=True, slots=True)
class Drop:
    """What arrived: files that were recognised, and those that are not taken in."""

    files: tuple[Recognised, ...]
    turned: tuple[Turned, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal for each file, in the order of the drop, and the titles as they would be.

    `texts` are the bytes of each title.toml that the plan was made on, `new` the titles that are to be made.
    """

    proposals: tuple[Proposal, ...]
    titles: Mapping[str, Title]
    texts: Mapping[str, bytes]
    new: tuple[Newcomer, ...] = ()

    def named(self, names: Mapping[str, str]) -> "Plan":
        """The same with the names that the files were given, by their own."""
        given = tuple(replace(item, name=names.get(item.what.file.name, item.name)) for item in self.proposals)
        return replace(self, proposals=given)


@dataclass(frozen=True, slots=True)
class Context:
    """What a drop is planned by: the titles it may be of, those that are new, and what a person says of files by name.

    Nothing is said of a file that is not in `words`.
    """

    known: tuple[Known, ...]
    words: Mapping[str, Said]
    new: tuple[Newcomer, ...] = ()

    @property
    def all_known(self) -> tuple[Known, ...]:
        """The titles that files are compared with."""
        return (*self.known, *(item.known() for item in self.new))


def plan(catalogue: Catalogue, drop: Drop, by: Context, media_of: MediaOf) -> Plan:
    """What to do with each file; of two that came for one place none is chosen, whatever their names.

    Raises UsageError for a title that does not exist, InputError where one cannot be read.
    """
    made, rivals = _planned(catalogue, drop, by, media_of, {})
    return _planned(catalogue, drop, by, media_of, rivals)[0] if rivals else made


def _planned(
    catalogue: Catalogue, drop: Drop, by: Context, media_of: MediaOf, rivals: Mapping[str, str]
) -> tuple[Plan, dict[str, str]]:
    """What to do with each file, and by its name the other one of those that came for one place.

    Of those, which are known as `rivals`, none is put into a title.
    """
    words = by.words
    titles = _titles(drop, by.all_known, words)
    bases = [
        _base(_sorted(item, words), titles.get(item.file.name), drop.files[:place])
        for place, item in enumerate(drop.files)
    ]
    found: dict[str, Proposal] = {base.what.file.name: base for base in bases}
    shelves: dict[str, Shelf] = {}
    texts: dict[str, bytes] = {}
    order = list(_BY_SORT)
    waiting = [base for base in bases if base.status is Status.ADD]
    for base in sorted(waiting, key=lambda base: (order.index(base.what.sort), -_cues(base.what))):
        if base.title is None:
            continue
        title_id, name = base.title.value, base.what.file.name
        if title_id not in shelves:
            title, texts[title_id] = _title(catalogue, title_id, by.new)
            shelves[title_id] = Shelf(title, media_of)
        proposed = _proposed(base, words.get(name, Said()), shelves[title_id], rivals.get(name, ""))
        found[name] = _of_new(proposed, by.new)
    pairs = {name: other for shelf in shelves.values() for name, other in shelf.rivals.items()}
    then = {name: shelf.title for name, shelf in shelves.items()}
    return Plan(tuple(found.values()), then, texts, by.new), pairs


def _title(catalogue: Catalogue, title_id: str, new: Sequence[Newcomer]) -> tuple[Title, bytes]:
    """A title and the bytes of its title.toml, as they are or will be. Raises UsageError, InputError."""
    made = next((item for item in new if item.id == title_id), None)
    if made is not None:
        return made.title(catalogue.root), made.text().encode()
    catalogue.require_title(title_id)
    path = catalogue.root / "titles" / title_id / manifest.FILE_NAME
    try:
        data = path.read_bytes()  # before it is read as a title: whatever changes it since is noticed
    except OSError as error:
        raise InputError(Fault(catalogue.shown(path), "", f"cannot be read: {error.strerror}")) from error
    return catalogue.title(title_id), data


def _of_new(made: Proposal, new: Sequence[Newcomer]) -> Proposal:
    """A file of a title that cannot be made as long as nobody says what it lacks."""
    own = next((item for item in new if made.title and item.id == made.title.value), None)
    if own is None or not own.lacks or made.status is not Status.ADD:
        return made
    return made.unsettled(f"{own.id} is new, and nothing tells {' and '.join(own.lacks)}")


def _sorted(what: Recognised, words: Mapping[str, Said]) -> Recognised:
    """A picture that is said to be a paper, or named as one, is the scan of it."""
    name = what.file.name
    kind = words.get(name, Said()).kind or name_marks.document_kind(name)
    if what.sort is not Sort.ARTWORK or kind not in name_marks.DOCUMENT_KINDS or name_marks.artwork_kind(name):
        return what
    return replace(what, sort=Sort.DOCUMENT, picture=None)


def _cues(what: Recognised) -> int:
    """The cues of a track: the fullest one comes first, and the others are compared with it."""
    return len(what.track.cues) if what.track else 0


def _base(what: Recognised, title: Told | None, before: Sequence[Recognised]) -> Proposal:
    """What is known of a file before its title is looked at."""
    twin = next((other for other in before if other.file.sha256 == what.file.sha256), None)
    if what.sort is Sort.UNKNOWN:
        return Proposal(what, Status.UNKNOWN, why=what.facts)
    if twin is not None:
        return Proposal(what, Status.DUPLICATE, title, why=f"the same bytes as {twin.file.name}")
    if title is None:
        return Proposal(what, Status.AMBIGUOUS, why="nothing tells its title; say it with --title")
    return Proposal(what, Status.ADD, title)


def _proposed(base: Proposal, by: Said, shelf: Shelf, rival: str) -> Proposal:
    """The proposal for a file of a known title, which is put on the shelf if it can be added and has no `rival`."""
    there = shelf.same_bytes(base.what.file)
    if there is not None and not _is_shared(base.what, by, shelf):
        return replace(base, status=Status.PRESENT, name=there.name, why=f"the title has it as {there.name}")
    in_place = there.name if there is not None else shelf.name_in_place(base.what.file)
    propose, put = _BY_SORT[base.what.sort]
    made = propose(replace(base, name=in_place, is_in_place=bool(in_place)), by, shelf).settled()
    if made.status not in {Status.ADD, Status.REPLACE}:
        return made
    if rival:
        return made.unsettled(f"{rival} came with it and is the same by version, language and kind")
    other = shelf.new.setdefault(made.name, made.what.file.name)
    if other != made.what.file.name:
        shelf.rivals |= {other: made.what.file.name, made.what.file.name: other}
    if made.status is Status.REPLACE:
        return _named_by_format(replace(made, why=f"{made.name} is in its place"), shelf)
    put(shelf, made)
    return made


def _named_by_format(made: Proposal, shelf: Shelf) -> Proposal:
    """A new revision keeps the name of the file, unless that would say another format."""
    name, suffix = made.name, made.what.suffix
    if not is_other_format(name, suffix):
        return made
    return replace(made, instead=name, name=shelf.free_name(PurePosixPath(name).with_suffix(suffix).as_posix()))


def _is_shared(what: Recognised, by: Said, shelf: Shelf) -> bool:
    """Whether a master that the title has is said to be that of another version as well, which has none."""
    own = shelf.version(by.version) if by.version else None
    return what.sort is Sort.MASTER and by.version is not None and (own is None or own.master is None)


def _titles(drop: Drop, known: Sequence[Known], words: Mapping[str, Said]) -> dict[str, Told]:
    """The title of each file by its name; what tells none follows the others, or is of the only title there is.

    Where there are no others, the times of a track may suggest one.
    """
    found: dict[str, Told] = {}
    for item in drop.files:
        by = words.get(item.file.name, Said())
        duration = item.media.duration if item.media is not None and item.sort is Sort.MASTER else None
        told = said(by.title, by.by) if by.title else title_of(Clues(item.file.name, duration), known)
        if told is not None:
            found[item.file.name] = told
    others = _followed(drop, found, known)
    if others is not None:
        return {item.file.name: found.get(item.file.name, others) for item in drop.files}
    by_times = {item.file.name: title_by_times(item.track.cues, known) for item in drop.files if item.track}
    return {name: told for name, told in by_times.items() if told is not None} | found


def _followed(drop: Drop, found: Mapping[str, Told], known: Sequence[Known]) -> Told | None:
    """The title that files which tell none are of."""
    ids = Counter(told.value for told in found.values() if told.sureness is not Sureness.DOUBTFUL)
    if len(ids) == 1:
        return Told(next(iter(ids)), Sureness.LIKELY, ("the other files that came with it are of this title",))
    if not found and len(known) == 1 and not any(item.sort is Sort.MASTER for item in drop.files):
        return Told(known[0].id, Sureness.LIKELY, ("the only title of the catalogue",))
    return None
