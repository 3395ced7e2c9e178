"""The titles of a catalogue, as `check --watch` follows them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets import manifest
from assets.catalogue import CONFIG_NAME, Catalogue, open_catalogue
from assets.errors import ReleaseprintError
from cli import judgement
from cli.judgement import Asked, Target
from cli.main import UNREADABLE
from cli.render.batch import ENGLISH
from cli.watch import EVERYTHING, Event, back, judged, trouble
from cli.watching import Mark, marks


@dataclass(slots=True)
class WatchedTitles:
    """A catalogue that is watched, and of each title the exit code of its last judgement.

    `titles` are those to watch; none are all. `platform` is the name on the command line, if there is one. `due` are
    the titles whose files changed since they were judged; a title of which a file still moves waits.
    """

    root: Path
    platform: str | None
    asked: Callable[[Catalogue, str | None], Asked]
    titles: tuple[str, ...] = ()
    language: str = ENGLISH
    states: dict[str, int] = field(default_factory=dict)
    due: set[str] = field(default_factory=set)
    all_due: bool = False

    subject = "title"
    whole = "catalogue"

    def seen(self) -> dict[Path, Mark]:
        """The files as they are now."""
        folders = [self.root / "titles" / name for name in self.titles] or [self.root / "titles"]
        return marks([*folders, self.root / "platforms"], [self.root / CONFIG_NAME])

    def judge(self, settled: Mapping[Path, Mark | None], moving: Collection[Path]) -> Iterator[Event]:
        """Judge the titles that changed files belong to; a platform or releaseprint.toml is of all titles."""
        self._note(settled)
        busy = set(filter(None, map(self._title_of, moving)))
        if not settled and not self.due - busy:
            return
        try:
            catalogue = open_catalogue(self.root)
            asked = self.asked(catalogue, self.platform)
        except ReleaseprintError as error:
            self.all_due = True  # what changes meanwhile is judged by nothing
            self.due.clear()
            self.states[EVERYTHING] = UNREADABLE
            yield trouble(EVERYTHING, CONFIG_NAME, error)
            return
        if self.states.pop(EVERYTHING, None):
            yield back()
        known = [name for name in catalogue.title_ids() if not self.titles or name in self.titles]
        if self.all_due:
            self.due.update(known, self.states)
            self.all_due = False
        ready = self.due - busy
        self.due -= ready
        for name in sorted(ready & self.states.keys() - set(known)):
            del self.states[name]
            yield Event(judgement.now(), name, "gone", f"there is no {manifest.FILE_NAME} any more")
        for name in known:
            if name in ready:
                event = self._judged(catalogue, name, asked)
                self.states[name] = event.exit_code
                yield event

    def _note(self, settled: Iterable[Path]) -> None:
        for title in map(self._title_of, settled):
            if title:
                self.due.add(title)
            else:
                self.all_due = True

    def _title_of(self, path: Path) -> str:
        """The title in whose folder a file is; empty for a platform and for releaseprint.toml."""
        parts = path.relative_to(self.root).parts
        return parts[1] if parts[0] == "titles" else ""

    def _judged(self, catalogue: Catalogue, name: str, asked: Asked) -> Event:
        path = f"titles/{name}/{manifest.FILE_NAME}"
        try:
            reports, _ = judgement.judge_targets(catalogue, [Target(catalogue.title(name))], asked)
        except (ReleaseprintError, OSError) as error:
            return trouble(name, path, error)
        return judged(name, reports, self.language)
