"""A folder in which masters, subtitle files and pictures land, as `check --watch` follows it: each is judged alone."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets import paths
from assets.catalogue import Catalogue, Config
from assets.errors import Fault, InputError, ReleaseprintError, UsageError
from cli import judgement
from cli.judgement import Asked
from cli.loose_files import NotJudgedError, target_of
from cli.main import UNREADABLE
from cli.render.batch import ENGLISH
from cli.targets import Said
from cli.watch import Event, judged, trouble
from cli.watching import STRAY, Mark, marks


@dataclass(slots=True)
class WatchedFolder:
    """A folder that is watched, and of each file in it the exit code of its last judgement.

    `root` is the folder as it was named, `device` the file system that it was on at first, `said` what the command
    line says of all files. Files are called by their paths below the folder.
    """

    root: Path
    device: int
    catalogue: Catalogue | None
    asked: Asked
    said: Said
    language: str = ENGLISH
    states: dict[str, int] = field(default_factory=dict)

    subject = "file"

    @property
    def whole(self) -> str:
        """The folder."""
        return str(self.root)

    def seen(self) -> dict[Path, Mark]:
        """The files as they are now. Raises OSError, UsageError: a folder that is not there has lost no file."""
        if self.root.stat().st_dev != self.device:
            raise UsageError("another file system is there than at first: the one that was watched is not mounted")
        os.scandir(self.root).close()
        return marks([self.root], strays=True)

    def judge(self, settled: Mapping[Path, Mark | None], moving: Collection[Path]) -> Iterator[Event]:  # noqa: ARG002 -- each file is alone
        """Judge the files that came to rest, one after the other; those that went are told first."""
        for path in sorted(path for path, mark in settled.items() if mark is None):
            if self.states.pop(self._name(path), None) is not None:
                yield Event(judgement.now(), self._name(path), "gone", "is not there any more")
        for path, mark in sorted((path, mark) for path, mark in settled.items() if mark is not None):
            event = self._judged(path)
            if marks([], [path]).get(path, STRAY) == mark:  # else it changes again, and is judged when it is at rest
                self.states[event.name] = event.exit_code
                yield event

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _judged(self, path: Path) -> Event:
        name = self._name(path)
        if not paths.stays_inside(path, self.root):
            return _refused("refused", name, path, "is a link that leaves the folder", "files that lie in it")
        if path.is_dir():
            wrong = "is a link to a folder" if path.is_symlink() else "is a folder that cannot be looked into"
            return _refused("refused", name, path, wrong, "folders and files that can be read")
        try:
            target = target_of(path, self.said, self.catalogue.config if self.catalogue else Config())
            reports, _ = judgement.judge_targets(self.catalogue, [target], self.asked)
        except NotJudgedError as error:
            return Event(judgement.now(), name, "not judged", str(error))
        except UsageError:
            meant = f"call it {path.stem}.ko{path.suffix} if it is Korean, or name a language with --language"
            return _refused("incomplete", name, path, "its name tells no language", meant)
        except (ReleaseprintError, OSError) as error:
            return trouble(name, str(path.absolute()), error)
        return judged(name, reports, self.language)


def _refused(verdict: str, name: str, path: Path, wrong: str, allowed: str) -> Event:
    fault = InputError(Fault(str(path.absolute()), "", wrong, allowed))
    return Event(judgement.now(), name, verdict, f"{wrong}; {allowed}", UNREADABLE, fault=fault)
