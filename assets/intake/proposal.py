"""What is proposed for a file that arrived: where it belongs, as what, and whether that can be done as it stands."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assets import language
from assets.ids import is_id
from assets.intake.recognising import Recognised
from assets.intake.telling import Sureness, Told


class Status(StrEnum):
    """What would become of a file."""

    ADD = "add"
    """It is new and everything of it is told."""
    REPLACE = "replace"
    """There is another file in its place: it would be a new revision of that one."""
    PRESENT = "present"
    """The title has these bytes already."""
    DUPLICATE = "duplicate"
    """Another file of the same drop has the same bytes."""
    AMBIGUOUS = "ambiguous"
    """Something of it is doubtful or not told: a person has to say it."""
    UNKNOWN = "unknown"
    """It is no asset, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a file; None is left to the tool. `by` is where it is said, such as `--language`."""

    title: str | None = None
    version: str | None = None
    language: str | None = None
    kind: str | None = None
    by: str = "an option"

    def problem(self) -> str | None:
        """What is said that can be of no file, or None; `what is wrong; what is allowed`."""
        tag, kind = self.language, self.kind
        if tag is not None and (wrong := language.confusion(tag)):
            return f"{tag!r}: {wrong}"
        if tag is not None and not language.is_valid(tag):
            return f"{tag!r} is no language; a BCP-47 tag such as ko, en, ja, pt-BR"
        if kind is not None and not is_id(kind):
            return f"{kind!r} is no kind; such as full, forced, sdh, poster, key-art, chain-of-title"
        return None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file, what is told of it, and what would become of it.

    What does not apply to a file of its sort, or is not told, is None. `notes` say what else was seen, `why` what
    stands in the way or where the file is already. `name` is the one it gets in the title's folder, `instead` that of
    a file of another format whose place it takes. `streams` are the sounds of a media file: first stream, language,
    layout; `channel` is the loudspeaker of a stem of one channel.
    """

    what: Recognised
    status: Status
    title: Told | None = None
    version: Told | None = None
    language: Told | None = None
    kind: Told | None = None
    frame_rate: Told | None = None
    notes: tuple[str, ...] = ()
    why: str = ""
    name: str = ""
    instead: str = ""
    is_in_place: bool = False
    makes_version: bool = False
    streams: tuple[tuple[int, str, str], ...] = ()
    channel: str = ""

    @property
    def told(self) -> dict[str, Told]:
        """What is told, by name, in the order in which people ask."""
        values = {
            "title": self.title,
            "version": self.version,
            "language": self.language,
            "kind": self.kind,
            "frame rate": self.frame_rate,
        }
        return {name: value for name, value in values.items() if value is not None}

    def settled(self) -> "Proposal":
        """The same; ambiguous if it would be added and something of it is doubtful."""
        doubtful = [
            f"{name} {told.value}: {'; '.join(told.reasons)}"
            for name, told in self.told.items()
            if told.sureness is Sureness.DOUBTFUL
        ]
        if self.status not in {Status.ADD, Status.REPLACE} or not doubtful:
            return self
        return replace(self, status=Status.AMBIGUOUS, why=" | ".join(doubtful))

    def unsettled(self, why: str) -> "Proposal":
        """The same, with what a person has to say first."""
        return replace(self, status=Status.AMBIGUOUS, why=why)
