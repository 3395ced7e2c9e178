"""The pictures of a portfolio: small copies of posters and other artwork, made once and kept from site to site."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assets import digest
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.portfolio import pictures
from assets.portfolio.pictures import Job
from assets.title import ArtworkDeclaration
from cli.render.portfolio.facts import Entry, Picture
from cli.render.words import count_text
from cli.site_folder import MARKER

_POSTERS = ("poster",)
_WIDES = ("key-art", "hero", "banner", "still")
"""The kinds of artwork that a page shows, the best first."""


@dataclass
class Art:
    """Makes the copies for a site in `folder`; those that the site in `before` has already are taken over."""

    catalogue: Catalogue
    folder: Path
    before: Path
    told: Callable[[str, float], None]
    jobs: dict[str, Job] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def added(self, entries: Sequence[Entry], said: list[str]) -> list[Entry]:
        """The titles with their pictures; what could not be read is said and left out."""
        (self.folder / "art").mkdir()
        shown = [self._with_jobs(entry, said) for entry in entries]
        jobs = [job for job in self.jobs.values() if not job.target.exists()]
        failed = pictures.make(jobs, lambda done: self.told("pictures", min(1, done / len(jobs))))
        sources = {job.target: job.source for job in jobs}
        said += sorted({f"{self.catalogue.shown(sources[path])}: {why}; left out" for path, why in failed.items()})
        if self.missing:
            what = count_text(len(self.missing), "picture")
            said.append(f"{what} not here, such as {self.missing[0]}; left out")
        return [_sized(entry, self.folder / "art") for entry in shown]

    def _with_jobs(self, entry: Entry, said: list[str]) -> Entry:
        return replace(
            entry,
            posters=tuple(self._pictures(entry, _POSTERS, pictures.WIDTHS["poster"], said)),
            wides=tuple(self._pictures(entry, _WIDES, pictures.WIDTHS["wide"], said)),
        )

    def _pictures(
        self, entry: Entry, kinds: Iterable[str], widths: Iterable[int], said: list[str]
    ) -> Iterable[Picture]:
        for kind in kinds:
            declared = [item for item in entry.title.artwork if item.kind == kind]
            found = [item for item in declared if item.file.path.is_file()]
            self.missing += [self.catalogue.shown(item.file.path) for item in declared if item not in found]
            if found:
                return [made for item in found if (made := self._picture(item, widths, said))]
        return []

    def _picture(self, declared: ArtworkDeclaration, widths: Iterable[int], said: list[str]) -> Picture | None:
        path = declared.file.path
        try:
            self.catalogue.require_inside(path)
            sha256 = digest.sha256_file(path)
        except (InputError, OSError) as error:
            said.append(f"{self.catalogue.shown(path)}: {getattr(error, 'strerror', None) or error}; left out")
            return None
        copies = tuple((width, self._copy(path, sha256, width)) for width in widths)
        return Picture(copies, 0, 0, declared.language or "")

    def _copy(self, path: Path, sha256: str, width: int) -> str:
        name = pictures.name_of(sha256, width)
        target, known = self.folder / "art" / name, self.before / "art" / name
        if (self.before / MARKER).is_file() and known.is_file() and not target.exists():
            shutil.copyfile(known, target)
        self.jobs.setdefault(name, Job(path, target, width))
        return name


def _sized(entry: Entry, folder: Path) -> Entry:
    """The title with those of its pictures that were made, and their sizes."""
    return replace(entry, posters=_made(entry.posters, folder), wides=_made(entry.wides, folder))


def _made(found: Iterable[Picture], folder: Path) -> tuple[Picture, ...]:
    whole = []
    for item in found:
        sizes = {name: size for _, name in item.copies if (size := _size(folder / name))}
        if len(sizes) == len(item.copies):
            copies = {sizes[name][0]: name for _, name in item.copies}
            width, height = sizes[item.copies[-1][1]]
            whole.append(replace(item, copies=tuple(sorted(copies.items())), width=width, height=height))
    return tuple(whole)


def _size(path: Path) -> tuple[int, int] | None:
    from PIL import Image

    if not path.is_file():
        return None
    with Image.open(path) as image:  # a copy that was made here
        return image.size
