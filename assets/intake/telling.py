"""What is told of a file, how surely, and by what."""

from dataclasses import dataclass, replace
from enum import IntEnum


class Sureness(IntEnum):
    """How far something that was told may be relied upon; a person settles what is doubtful."""

    DOUBTFUL = 0
    """Two things contradict each other, or nothing but a guess tells it."""
    LIKELY = 1
    """One thing tells it and nothing speaks against it."""
    SURE = 2
    """It was said, the content tells it beyond doubt, or two independent things agree."""

    @property
    def word(self) -> str:
        """The word for a person, and in JSON."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Told:
    """A value, how sure it is, and the reasons, each a short phrase."""

    value: str
    sureness: Sureness
    reasons: tuple[str, ...]

    def doubted(self, reason: str) -> "Told":
        """The same with something that speaks against it."""
        return replace(self, sureness=Sureness.DOUBTFUL, reasons=(*self.reasons, reason))

    def confirmed(self, reason: str) -> "Told":
        """The same with something independent that says so, too: what was likely is sure."""
        surer = self.sureness if self.sureness is Sureness.DOUBTFUL else Sureness.SURE
        return replace(self, sureness=surer, reasons=(*self.reasons, reason))


def said(value: str, by: str) -> Told:
    """What a person said by an option or a sheet."""
    return Told(value, Sureness.SURE, (f"said by {by}",))
