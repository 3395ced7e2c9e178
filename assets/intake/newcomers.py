"""Titles of a drop that the catalogue does not know: by the sheet, else by the names and the sound of masters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assets import language
from assets.ids import is_id
from assets.importing.matching import id_of
from assets.importing.new_title import title_text
from assets.intake import film_names
from assets.intake.producer_sheet import SheetTitle
from assets.intake.proposal import Said
from assets.intake.propose_media import spoken_language
from assets.intake.recognising import Recognised, Sort
from assets.intake.telling import Sureness, Told
from assets.intake.titles import Clues, Known, title_of
from assets.timing import TICKS_PER_SECOND, Time, ms_text
from assets.title import Programme, Title


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A title to be made. `lacks` says what nothing tells, without which it cannot be; `runtime` 0: not known."""

    id: str
    name: Told
    name_language: str
    year: Told | None
    original_language: Told | None
    runtime: Time = 0
    lacks: tuple[str, ...] = ()

    def title(self, root: Path) -> Title:
        """The title as it will be."""
        spoken = self.original_language.value if self.original_language else "und"
        year = int(self.year.value) if self.year else 0
        programme = Programme(1, 0, self.runtime, TICKS_PER_SECOND, year, spoken)
        return Title(self.id, root / "titles" / self.id, {self.name_language: self.name.value}, programme)

    def text(self) -> str:
        """Its title.toml. What a drop tells is what the producer delivers, and not what was contracted."""
        data: dict[str, object] = {"original_language": self.original_language.value if self.original_language else ""}
        if self.runtime:
            data["runtime"] = ms_text(self.runtime)
        data["production_year"] = int(self.year.value) if self.year else 0
        data["names"] = {self.name_language: self.name.value}
        head = "# Made by `submit` of what a drop tells: compare it with the contract, the runtime above all.\n\n"
        return head + title_text(data)

    def known(self) -> Known:
        """What files are compared with. Its runtime is that of its own master, which proves nothing."""
        return Known(self.id, ((self.name.value, self.name_language),))


@dataclass(slots=True)
class _Films:
    """The masters of a drop that are of no title, by the key of the name that they have."""

    names: dict[str, Told] = field(default_factory=dict)
    masters: dict[str, list[Recognised]] = field(default_factory=dict)

    def put(self, title_id: str, name: Told, master: Recognised) -> None:
        self.names.setdefault(title_id, name)
        self.masters.setdefault(title_id, []).append(master)


def newcomers(
    files: Sequence[Recognised],
    known: Sequence[Known],
    words: Mapping[str, Said],
    told: Mapping[str, SheetTitle],
) -> tuple[Newcomer, ...]:
    """The titles to be made; `words` is what a person says of files, `told` what the sheet says of titles, by id."""
    films, ids = _Films(), {title.id for title in known}
    for item in files:
        said_id = words.get(item.file.name, Said()).title
        if said_id is not None:
            if said_id not in ids and is_id(said_id):
                films.put(said_id, _said_name(said_id, told), item)
        elif (name := _name(item, known)) is not None and (title_id := id_of(name.value)) and title_id not in ids:
            films.put(title_id, name, item)
    return tuple(
        _newcomer(title_id, name, films.masters[title_id], words, told.get(title_id))
        for title_id, name in films.names.items()
    )


def _said_name(title_id: str, told: Mapping[str, SheetTitle]) -> Told:
    said = told.get(title_id)
    if said is not None and said.name:
        return Told(said.name, Sureness.SURE, (f"said by {said.by}",))
    return Told(title_id.replace("-", " ").title(), Sureness.LIKELY, ("its id says so",))


def _name(item: Recognised, known: Sequence[Known]) -> Told | None:
    """The name of the film in a master's name, if no title is told by it.

    Where its name has a year, too, that it is as long as another film is chance.
    """
    file = item.file.name
    if item.sort is not Sort.MASTER or item.media is None:
        return None
    duration = None if film_names.year(file) else item.media.duration
    if title_of(Clues(file, duration), known) is not None:
        return None
    name = film_names.film_name(file)
    return Told(name, Sureness.LIKELY, (f"{file} begins so",)) if name else None


def _newcomer(
    title_id: str, name: Told, files: Sequence[Recognised], words: Mapping[str, Said], said: SheetTitle | None
) -> Newcomer:
    masters = [item for item in files if item.sort is Sort.MASTER and item.media is not None]
    year = _year(files, said)
    spoken = _spoken(masters, words)
    lacks = []
    if year is None:
        lacks.append("its production year (a column `year` of the sheet)")
    if spoken is None:
        lacks.append("its original language (`language` of its master in the sheet)")
    runtime = masters[0].media.duration if masters and masters[0].media else 0
    return Newcomer(
        id=title_id,
        name=name,
        name_language=film_names.language_of(name.value, spoken.value if spoken else "und"),
        year=year,
        original_language=spoken,
        runtime=runtime,
        lacks=tuple(lacks),
    )


def _year(files: Sequence[Recognised], said: SheetTitle | None) -> Told | None:
    if said is not None and said.year:
        return Told(str(said.year), Sureness.SURE, (f"said by {said.by}",))
    for item in files:
        if year := film_names.year(item.file.name):
            return Told(str(year), Sureness.LIKELY, (f"{item.file.name} says so",))
    return None


def _spoken(masters: Sequence[Recognised], words: Mapping[str, Said]) -> Told | None:
    """The language of the masters' sound; None where they differ, since nothing tells which is the original."""
    found = [
        spoken
        for item in masters
        if item.media is not None
        and (spoken := spoken_language(item.file.name, item.media, words.get(item.file.name, Said())))
    ]
    if not found or any(not language.same_language(item.value, found[0].value) for item in found):
        return None
    return found[0]
