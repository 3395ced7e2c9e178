"""What is agreed about very many titles, and what they are called: enough for every question about rights.

Reading a title's deals takes milliseconds, and a catalogue has ten thousand titles. What was read is therefore kept
from one command to the next, where there is a place for it, and is read again when one of its files has changed.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from assets import away, collecting, waiver_records
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.manifest import FILE_NAME
from assets.outline_rights import Carried, carried_in, deals_in
from assets.outlining import Outline, Outliner
from assets.rights import RightsWindow, keeping, reading
from assets.rights.languages import Carrier
from assets.rights.model import TitleRights
from assets.title import Title

RESTS_ON = (FILE_NAME, reading.FILE_NAME, away.FILE_NAME, waiver_records.FILE_NAME)
"""The files of a title that decide what is read of it, or whether it can be read, whether they are there or not."""


@dataclass(frozen=True, slots=True)
class AgreedTitle:
    """A title as far as its rights go. `rights` are all deals, its own windows among them.

    `carried` are the languages that its versions declare; it and `names` are told of a title in outline and of a whole
    one respectively, and are empty otherwise.
    """

    id: str
    name: str
    original_language: str
    windows: tuple[RightsWindow, ...]
    rights: TitleRights
    names: Mapping[str, str]
    carried: tuple[Carried, ...] = ()


class KeptTitles(Protocol):
    """Where titles are kept between two commands, by what the file system says of the files that they rest on."""

    def find(self, title_id: str) -> str | None:
        """What was kept of a title of which no file has changed since. To be called before its files are read."""

    def keep(self, title_id: str, text: str) -> None:
        """Keeps a title that was read after `find` was called for it."""


Read = Callable[[str], AgreedTitle]


def in_outline(catalogue: Catalogue) -> Read:
    """Reads titles in outline: what is wrong elsewhere in a title.toml is not told."""
    outliner = Outliner(catalogue)
    return lambda title_id: _of_outline(outliner.read(title_id, with_files=False))


def as_a_whole(catalogue: Catalogue) -> Read:
    """Reads titles as a whole: every fault of a title.toml is told, and where its own windows stand."""
    return lambda title_id: _of_title(catalogue.title(title_id))


def _of_outline(outline: Outline) -> AgreedTitle:
    own = (outline.id, outline.name, outline.original_language, outline.windows)
    return AgreedTitle(*own, deals_in(outline), {}, carried_in(outline))


def _of_title(title: Title) -> AgreedTitle:
    own = (title.id, title.name, title.programme.original_language, title.windows)
    return AgreedTitle(*own, title.rights, dict(title.names))


@collecting.paused()
def read_titles(
    titles: Iterable[str], read: Read, kept: KeptTitles | None = None
) -> tuple[list[AgreedTitle], list[InputError]]:
    """The titles by id, and the faults of those that cannot be read."""
    found, faults = list[AgreedTitle](), list[InputError]()
    for title_id in titles:
        text = kept.find(title_id) if kept else None
        if text is not None:
            found.append(from_text(text))
            continue
        try:
            found.append(read(title_id))
        except InputError as error:
            faults.append(error)
            continue
        if kept:
            kept.keep(title_id, to_text(found[-1]))
    return found, faults


def to_text(title: AgreedTitle) -> str:
    """A title as it is kept."""
    head = (title.id, title.name, title.original_language, dict(title.names), title.carried)
    data = (*head, keeping.to_data(title.rights, title.windows))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


_CARRIERS = {carrier.value: carrier for carrier in Carrier}


def from_text(text: str) -> AgreedTitle:
    """The title that was kept as a text."""
    own, name, original, names, carried, agreed = json.loads(text)
    rights, windows = keeping.from_data(agreed)
    spoken = tuple((version, _CARRIERS[carrier], tag) for version, carrier, tag in carried)
    return AgreedTitle(own, name, original, windows, rights, names, spoken)
