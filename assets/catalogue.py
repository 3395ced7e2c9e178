"""A catalogue: a folder with releaseprint.toml, titles/<id>/title.toml and the user's own platforms/<id>.toml."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from assets import manifest, paths
from assets.errors import Fault, InputError, UsageError
from assets.nearest import did_you_mean
from assets.title import Title
from assets.tomlfile import Record, TomlFile

CONFIG_NAME = "releaseprint.toml"
STORE_VARIABLE = "RELEASEPRINT_STORE"
"""The environment variable that names another store than releaseprint.toml does."""


class StoreSettings(Record):
    """One `[stores.<name>]` table: where packages go and how the store is spoken to; nothing secret stands here.

    `provider` fills in what is left open. `conditional_writes` says whether an object can be stored only if there is
    none at its key; where nobody says so it is tried. `list_version` 1 lists with S3's older request.
    """

    url: Annotated[str, Field(min_length=1)]
    provider: str | None = None
    endpoint: str | None = None
    profile: str | None = None
    region: str | None = None
    path_style: bool = False
    checksum: Literal["when_supported", "when_required"] = "when_supported"
    conditional_writes: bool | None = None
    encryption: Annotated[str, Field(pattern=r"^(AES256|aws:kms(:[A-Za-z0-9:/_-]{1,2048})?)$")] | None = None
    list_version: Literal[1, 2] = 2


class Config(Record):
    """The whole of a releaseprint.toml."""

    platform: str | None = None
    store: str = "file:deliveries"
    stores: dict[str, StoreSettings] = {}
    media_timeout_seconds: Annotated[int, Field(ge=1)] = 3600
    measure_timeout_seconds: Annotated[int, Field(ge=1)] = 86_400


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue on disk; titles are read when they are asked for."""

    root: Path
    config: Config

    def title_ids(self) -> list[str]:
        """The ids of all titles, sorted: each folder of titles/ that has a title.toml."""
        return sorted(path.parent.name for path in (self.root / "titles").glob(f"*/{manifest.FILE_NAME}"))

    def title(self, title_id: str) -> Title:
        """One title. Raises UsageError if there is none of that id, InputError if its title.toml is wrong."""
        self.require_title(title_id)
        path = self.root / "titles" / title_id / manifest.FILE_NAME
        self.require_inside(path)
        return manifest.read_title(path, self.root, self.shown(path))

    def require_title(self, title_id: str) -> None:
        """Raises UsageError if there is no title of that id."""
        is_name = title_id not in {"", ".", ".."} and not {"/", "\0"} & set(title_id)
        if not (is_name and (self.root / "titles" / title_id / manifest.FILE_NAME).is_file()):
            ids = self.title_ids()
            known = ", ".join(ids[:20]) or "none; `releaseprint new` makes one"
            meant = did_you_mean(title_id, ids) or ("`releaseprint find` looks for names; " if ids else "")
            raise UsageError(f"there is no title {title_id!r} in {self.root}; {meant}titles: {known}")

    def require_inside(self, path: Path) -> None:
        """Raises InputError for a path that links lead out of the catalogue: nothing is read or written there."""
        if not paths.stays_inside(path, self.root):
            raise InputError(Fault(self.shown(path), "", "is behind a link that leaves the catalogue", "files in it"))

    def titles(self, ids: tuple[str, ...] = ()) -> Iterator[Title]:
        """The titles of the given ids, or all."""
        for title_id in ids or self.title_ids():
            yield self.title(title_id)

    def shown(self, path: Path) -> str:
        """A path as it is shown to a person: relative to the catalogue if it is inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def open_catalogue(start: Path | None = None) -> Catalogue:
    """The catalogue at `start`, or the nearest one upwards from the current folder. Raises UsageError, InputError."""
    if start is not None:
        if not (start / CONFIG_NAME).is_file():
            raise UsageError(f"{start} is no catalogue: it has no {CONFIG_NAME}; `releaseprint init` makes one")
        return _load(start.resolve())
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG_NAME).is_file():
            return _load(folder)
    raise UsageError(
        f"no catalogue here: neither {here} nor a folder above has a {CONFIG_NAME}; "
        "name one with --catalogue, or make one with `releaseprint init`"
    )


def _load(root: Path) -> Catalogue:
    file = TomlFile(root / CONFIG_NAME, CONFIG_NAME)
    config = file.parse(Config)
    store = os.environ.get(STORE_VARIABLE, config.store)
    if ":" not in store and store not in config.stores:
        known = ", ".join(config.stores) or "none"
        allowed = f"file:… s3://… or {known}"
        if STORE_VARIABLE in os.environ:
            raise UsageError(f"{STORE_VARIABLE}: no store {store!r}; {allowed}")
        raise InputError(Fault(CONFIG_NAME, file.place(("store",)), f"no store {store!r}", allowed))
    return Catalogue(root, config.model_copy(update={"store": store}))
