"""What a format is given and what it makes: the reports of one run, and the text of one file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assets import collecting
from assets.errors import InputError
from checks.core import Finding
from checks.report import Report
from cli.render import languages
from cli.render.places import Places

ENGLISH = "en"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Batch:
    """The reports of one run, and the errors of the inputs that could not be read.

    Reports of many titles are read from disk, each time that they are asked for. `places` knows where files lie.
    `language` is that of the texts for people. `now` is when the run ended. `verbose` and `fingerprints` are for the
    text alone.
    """

    reports: Sequence[Report]
    unread: tuple[InputError, ...] = ()
    places: Places = field(default_factory=Places)
    language: str = ENGLISH
    now: datetime = EPOCH
    verbose: bool = False
    fingerprints: bool = False

    def message(self, finding: Finding) -> str:
        """What a finding says, in the language of the run."""
        return languages.message(finding, self.language)

    def phrase(self, text: str) -> str:
        """A fixed text, in the language of the run."""
        return languages.phrase(text, self.language)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text of a file, and what a person has to be told of it, such as what did not fit."""

    text: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports: `name` as it is chosen, `title` in a few words, the function that makes it."""

    name: str
    title: str
    render: Callable[[Batch], Rendered]

    @collecting.paused()
    def made(self, batch: Batch) -> Rendered:
        """What `render` makes."""
        return self.render(batch)
