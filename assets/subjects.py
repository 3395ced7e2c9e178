"""What checks are asked about: assets that were read, assets that could not be, and questions of rights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assets.artwork_reading import Picture
from assets.history.model import History
from assets.media import Master, SoundFile, Stem
from assets.rights import RightsWindow
from assets.subtitles.model import SubtitleTrack
from assets.title import ArtworkDeclaration, AssetFile, DocumentDeclaration, StemDeclaration, Title, Version


@dataclass(frozen=True, slots=True)
class ArtworkImage:
    """A picture that could be read: pixels, colour mode (Pillow's word: `RGB`, `RGBA`, `CMYK`), format, bytes.

    `picture` is what its pixels tell.
    """

    file: AssetFile
    declaration: ArtworkDeclaration
    width: int
    height: int
    mode: str
    format: str
    size: int
    sha256: str
    picture: Picture = field(default_factory=Picture)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of the title that could be read; `form` is told by its content: `PDF`, `ZIP` (office), `text`."""

    file: AssetFile
    declaration: DocumentDeclaration
    form: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An asset that exists in the title but could not be read; `reason` says why. Checks of its content cannot run."""

    file: AssetFile
    version: str
    reason: str
    size: int = 0
    sha256: str = ""

    @property
    def is_away(self) -> bool:
        """Whether nothing is wrong with it, but that its bytes lie in a store, and perhaps cannot be had there."""
        return self.file.away is not None and self.reason.startswith(self.file.away.reason)


@dataclass(frozen=True, slots=True)
class UnreadableMaster(Unreadable):
    """A master that could not be opened."""


@dataclass(frozen=True, slots=True)
class UnreadableSound(Unreadable):
    """A file of sound that could not be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableStem(UnreadableSound):
    """A stem that could not be opened."""

    declaration: StemDeclaration


@dataclass(frozen=True, slots=True)
class UnreadableSubtitles(Unreadable):
    """A subtitle file that could not be read."""


@dataclass(frozen=True, slots=True)
class UnreadableArtwork(Unreadable):
    """A picture that could not be opened."""


@dataclass(frozen=True, slots=True)
class UnreadableDocument(Unreadable):
    """A document that could not be read."""


Asset = (
    Master
    | SoundFile
    | Stem
    | SubtitleTrack
    | ArtworkImage
    | Document
    | UnreadableMaster
    | UnreadableSound
    | UnreadableStem
    | UnreadableSubtitles
    | UnreadableArtwork
    | UnreadableDocument
)


@dataclass(frozen=True, slots=True)
class ReadTitle:
    """A title with everything of it that was read. Checks across assets and of metadata are about this.

    `history` are the revisions of its files. `roles` are those of the files of the whole title by name, also where only
    a part of it leaves.
    """

    title: Title
    assets: tuple[Asset, ...]
    history: History = field(default_factory=History)
    roles: Mapping[str, str] = field(default_factory=dict)

    def master_of(self, version: Version) -> Master | None:
        """The master of a version, if it could be read; versions may share a file."""
        return next((master for master in self.masters() if master.file == version.master), None)

    def masters(self) -> tuple[Master, ...]:
        """The masters that could be read."""
        return tuple(asset for asset in self.assets if isinstance(asset, Master))

    def sound_files(self) -> tuple[SoundFile, ...]:
        """The files of sound beside masters that could be read."""
        return tuple(asset for asset in self.assets if isinstance(asset, SoundFile))

    def tracks(self) -> tuple[SubtitleTrack, ...]:
        """The subtitle tracks that could be read."""
        return tuple(asset for asset in self.assets if isinstance(asset, SubtitleTrack))

    def artwork(self) -> tuple[ArtworkImage, ...]:
        """The pictures that could be read."""
        return tuple(asset for asset in self.assets if isinstance(asset, ArtworkImage))


@dataclass(frozen=True, slots=True)
class RightsQuestion:
    """Whether a title may be delivered: for which right, where, when, in which window.

    `territories` None means that nobody asked for a territory. `window` is set when one window is being delivered.
    `sound` are the languages of the sound that would leave, each with the language of its version: a version whose
    language a window does not license stays here, and its sound with it. An empty version language always leaves.
    """

    title: Title
    right: str
    at: datetime
    territories: frozenset[str] | None = None
    window: RightsWindow | None = None
    sound: frozenset[tuple[str, str]] = frozenset()
