"""Earlier revisions of a catalogue's platforms: data to compare with, by which nothing is delivered any more.

`platforms/earlier/<id>@<revision>.toml` is a whole platform: it has no base, whose limits would change beneath it.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assets.errors import InputError, Refused, UsageError
from assets.ids import is_id
from assets.platform import CheckSettings, Platform, available, load, load_file
from assets.tomlfile import TomlFile

EARLIER = "earlier"
MARK = "@"
_UNFIT = frozenset('/\\:*?"<>|\0')
"""What cannot stand in the name of a file everywhere."""


def earlier(own: Path | None) -> dict[str, Path]:
    """The earlier revisions that are kept beside the platforms in `own`, as `svod@2026-05`."""
    folder = own / EARLIER if own is not None else None
    return {path.stem: path for path in sorted(folder.glob("*.toml"))} if folder else {}


def find(name: str, own: Path | None) -> Platform:
    """A platform as it was: `svod@2026-05`, or the path of a platform file; `svod` alone is as it is now.

    Raises UsageError if there is none, InputError if its file is wrong or is another revision than its name says.
    """
    if name.endswith(".toml"):
        return _of_file(Path(name), own)
    if MARK not in name:
        return load(name, own)
    platform_id, _, revision = name.partition(MARK)
    kept = earlier(own)
    if name in kept:
        return _kept(kept[name], own)
    if platform_id in available(own):
        current = load(platform_id, own)
        if current.revision == revision:
            return current
    known = ", ".join(item for item in kept if item.startswith(platform_id + MARK)) or "none"
    raise UsageError(
        f"there is no revision {name!r}; kept earlier revisions of {platform_id}: {known}; the path of a platform file "
        f"will do as well, and `releaseprint platforms {platform_id} --keep` keeps the present one"
    )


def _of_file(path: Path, own: Path | None) -> Platform:
    """A platform file that lies anywhere, such as one that version control gave back."""
    platform_id = path.stem.partition(MARK)[0]
    if not is_id(platform_id):
        raise UsageError(f"{path}: {platform_id!r} is no id of a platform; a file name such as svod.toml")
    return load_file(path, platform_id, own)


def _kept(path: Path, own: Path | None) -> Platform:
    platform_id, _, revision = path.stem.partition(MARK)
    file = TomlFile(path, f"platforms/{EARLIER}/{path.name}")
    if "base" in file.data:
        raise InputError(file.fault(("base",), "an earlier revision has no base", "all of it, as --keep writes it"))
    found = load_file(path, platform_id, own)
    if found.revision != revision:
        wrong = f"{found.revision!r}, while the file's name says {revision!r}"
        raise InputError(file.fault(("revision",), wrong, "the same in both"))
    return found


def keep(platform: Platform, own: Path) -> Path:
    """Write a platform as it is now, its base included, among the earlier ones; a file that says the same stays.

    Raises Refused if that revision is kept already and said something else: what was judged by it must stay as it was;
    UsageError for a revision that no file can be named by, or a place that cannot be written.
    """
    path = own / EARLIER / f"{platform.id}{MARK}{platform.revision}.toml"
    if _UNFIT & set(platform.revision) or platform.revision.strip(". ") != platform.revision:
        wrong = f"the revision {platform.revision!r} cannot be part of a file's name"
        raise UsageError(f"{platform.id}: {wrong}; letters, digits, `-`, `_` and `.`, such as 2026-11")
    data = dumps(platform).encode()
    try:
        if path.exists():
            if path.read_bytes() != data:
                reason = "what was judged by a revision stays as it was: give the changed platform another `revision`"
                raise Refused(f"{path} is kept already, and says something else", [reason])
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        incoming = path.with_name(f".{path.name}.{os.getpid()}")
        incoming.write_bytes(data)
        incoming.replace(path)
    except OSError as error:
        raise UsageError(f"{error.filename or path}: cannot be written: {error.strerror}") from error
    return path


def dumps(platform: Platform) -> str:
    """A platform as the text of one file that stands alone."""
    import tomlkit

    whole: dict[str, Any] = {
        "name": platform.name,
        "right": platform.right,
        "revision": platform.revision,
        "source": platform.source,
        "package": _plain(platform.package.model_dump(exclude_unset=True)),
    }
    if platform.lead_time:
        whole["lead_time"] = platform.lead_time.model_dump()
    every = {**platform.checks, **platform.off}
    whole["checks"] = {name: _table(settings) for name, settings in sorted(every.items())}
    return tomlkit.dumps(whole)


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    """With lists for tuples and texts for exact numbers, as TOML has them."""
    return {
        key: [item if isinstance(item, str) else str(item) for item in value] if isinstance(value, tuple) else value
        for key, value in values.items()
    }


def _table(settings: CheckSettings) -> dict[str, Any]:
    said = {
        **settings.limits,
        "severity": settings.severity,
        "source": settings.source,
        "verified_on": settings.verified_on,
    }
    if settings.reason:
        said["reason"] = settings.reason
    if settings.cases and settings.severity != "off":
        said["when"] = [{"if": _plain(condition.keys()), **_case(case)} for condition, case in settings.cases]
    return said


def _case(case: CheckSettings) -> dict[str, Any]:
    return {key: value for key, value in _table(case).items() if key != "reason"}
