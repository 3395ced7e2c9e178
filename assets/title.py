"""A title and what it declares: programme, versions, tracks, artwork, rights. Nothing here has opened a media file."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from assets.metadata import Award, Credit, OtherName, PressQuote, Rating, Release
from assets.rights import RightsWindow
from assets.rights.model import NO_RIGHTS, TitleRights
from assets.stems import StemKind
from assets.timing import Time, ms_text
from assets.waivers import Waiver


class Kind(StrEnum):
    """What a subtitle track is for."""

    FULL = "full"
    """The dialogue and the forced narrative, translated or transcribed."""
    FORCED = "forced"
    """The forced narrative alone: what must be shown when no subtitles are chosen."""
    SDH = "sdh"
    """Subtitles for the deaf and hard of hearing: dialogue, speakers and sounds."""
    TEMPLATE = "template"
    """A pivot template: the dialogue in a language that other translations are made from, with its times."""
    MARKETING = "marketing"
    """The text of a trailer or another picture that advertises the programme."""


class Audience(StrEnum):
    """Whom a programme is made for: children read more slowly."""

    ADULT = "adult"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Away:
    """A reference to bytes that lie in a store, as away.toml says: those of the file `name` of the title `title`.

    `url` is that of their object: `s3://BUCKET/KEY`, or `file:PATH`, which is below the catalogue if it is relative.
    `since` is when they were stored.
    """

    title: str
    name: str
    sha256: str
    size: int
    url: str
    since: datetime

    @property
    def reason(self) -> str:
        """Why the file cannot be read here, and what brings it back."""
        fetch = shlex.join(("releaseprint", "fetch", self.title, self.name))
        return f"it is away, in {self.url}; `{fetch}` brings it back"


@dataclass(frozen=True, slots=True)
class AssetFile:
    """A file that a title refers to: `name` as written in title.toml (relative, `/`, NFC), `path` where it is.

    `place` is where title.toml refers to it. `away` is where its bytes can be had if it does not lie there.
    """

    name: str
    path: Path
    place: str = field(default="", compare=False)
    away: Away | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class AudioDeclaration:
    """The sound of a version: stream number `stream` (from 0, among the audio streams) of the master, or of `file`."""

    language: str
    layout: str
    stream: int
    file: AssetFile | None = None


@dataclass(frozen=True, slots=True)
class SubtitleDeclaration:
    """A subtitle track of a version, as declared; its language may be any text, a check judges it."""

    file: AssetFile
    language: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class ArtworkDeclaration:
    """A picture that goes with the title, such as `poster` or `key-art`."""

    file: AssetFile
    kind: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentDeclaration:
    """A paper that goes with the title, such as `chain-of-title`, `music-cue-sheet` or `dialogue-list`."""

    file: AssetFile
    kind: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StemDeclaration:
    """A part of a version's mix in a file of its own; `channel` names the loudspeaker of a file of one channel."""

    file: AssetFile
    kind: StemKind
    layout: str
    language: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the programme, such as the Korean original or the English version."""

    id: str
    language: str
    master: AssetFile | None
    audio: tuple[AudioDeclaration, ...] = ()
    subtitles: tuple[SubtitleDeclaration, ...] = ()
    stems: tuple[StemDeclaration, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Programme:
    """What the contract says of the programme: `runtime` of one episode and what may differ from it.

    `minutes` 0 and `runtime` 0 mean that title.toml says nothing of them.
    """

    episodes: int
    minutes: int
    runtime: Time
    runtime_tolerance: Time
    production_year: int
    original_language: str
    release_date: date | None = None
    supplier: str = ""
    production_companies: tuple[str, ...] = ()
    production_countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    audience: Audience = Audience.ADULT

    @property
    def format(self) -> str:
        """`1 x 84`: episodes and minutes, as the trade writes it; empty if it is not declared."""
        return f"{self.episodes} x {self.minutes}" if self.minutes else ""

    @property
    def runtime_text(self) -> str:
        """`01:24:00.000`, or empty if it is not declared."""
        return ms_text(self.runtime) if self.runtime else ""

    @property
    def is_declared(self) -> bool:
        """Whether a title.toml says anything of it; a file that belongs to no title has a programme without a year."""
        return self.production_year > 0


@dataclass(frozen=True, slots=True)
class Title:
    """A programme with all its versions and the rights to it. `folder` holds its title.toml.

    `windows` are those of its title.toml and those of its signed licences; `rights` is everything that is agreed.
    `away` are all references of its away.toml, those to bytes of older revisions included; of a file's the last counts.
    `trailer` is an address on the web or a file that the portfolio shows; no delivery takes it, `files` leaves it out.
    `waivers` are what somebody answers for, whether they still hold or not.
    `sha256` is the digest of the files that declare it, empty for a title that no file declares.
    """

    id: str
    folder: Path
    names: Mapping[str, str]
    programme: Programme
    synopses: Mapping[str, str] = field(default_factory=dict)
    short_synopses: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    artwork: tuple[ArtworkDeclaration, ...] = ()
    documents: tuple[DocumentDeclaration, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    ratings: tuple[Rating, ...] = ()
    releases: tuple[Release, ...] = ()
    credits: tuple[Credit, ...] = ()
    awards: tuple[Award, ...] = ()
    press: tuple[PressQuote, ...] = ()
    trailer: AssetFile | str | None = None
    windows: tuple[RightsWindow, ...] = ()
    rights: TitleRights = NO_RIGHTS
    away: tuple[Away, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    sha256: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The name to show: English if there is one, else the original, else the first."""
        names = self.names
        return names.get("en") or names.get(self.programme.original_language) or next(iter(names.values()))

    def files(self) -> tuple[AssetFile, ...]:
        """Every file the title refers to, each once, in the order of the title."""
        found: dict[AssetFile, None] = {}
        for version in self.versions:
            candidates = [version.master, *(audio.file for audio in version.audio)]
            found |= dict.fromkeys(file for file in candidates if file is not None)
            found |= dict.fromkeys(track.file for track in version.subtitles)
            found |= dict.fromkeys(stem.file for stem in version.stems)
        found |= dict.fromkeys(artwork.file for artwork in self.artwork)
        return tuple(found | dict.fromkeys(document.file for document in self.documents))
