"""The tool's own manifest, JSON; its schema is manifest.schema.json beside this file.

The manifest is the commit mark of a package: a package without it does not exist. It names every other file with size
and SHA-256, and the window in which the receiver may show the copy.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets import territory
from assets.digest import sha256_bytes
from assets.errors import PackageError
from assets.rights import RightsWindow, utc
from assets.rights.answers import Claim
from assets.rights.own_windows import deal_of
from assets.title import Title
from assets.version import tool_version
from storage.manifests import licensed, strict
from storage.manifests.licensed import Licensed
from storage.plan import Draft, Plan
from storage.planned import PlannedFile

NAME = "manifest.json"
SUMS_NAME = "SHA256SUMS"
SCHEMA_ID = "releaseprint/manifest/1"
SCHEMA_PATH = Path(__file__).with_name("manifest.schema.json")


SEAL = "seal"
"""The kind of a manifest of another standard: it bears the date of the report."""

_DATED = frozenset({"report", SEAL})

_IS_NONE = "is no manifest of a package"


class NotAManifestError(PackageError):
    """What lies where a manifest should is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a manifest names it; `made_from` is the digest of the asset that it was converted from, if it was."""

    key: str
    size: int
    sha256: str
    kind: str
    made_from: str = ""


def entry(file: PlannedFile) -> Entry:
    """A planned file as the manifest will name it."""
    return Entry(file.key, file.size, file.sha256, file.kind)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was read back: what a receiver needs to know of a package."""

    package: str
    title: str
    platform: str
    revision: str
    window: str
    not_before: str
    not_after: str | None
    entries: tuple[Entry, ...]
    judged_at: str
    licensed: Licensed

    @property
    def prefix(self) -> str:
        """Where a package with this manifest lies."""
        return f"{self.title}/{self.platform}/{self.window}/{self.package[:16]}/"

    @property
    def size(self) -> int:
        """Bytes of all files that the manifest names."""
        return sum(entry.size for entry in self.entries)

    @property
    def delivered(self) -> frozenset[str]:
        """The digests of the assets that are in the package, as they are or converted."""
        return frozenset(entry.made_from or entry.sha256 for entry in self.entries)


def content(plan: Draft) -> dict[str, Any]:
    """What a package is, without when it was made: title, platform revision, window, payload. Its digest is the id.

    `forms` are the standards beside this one whose manifests are in it; nothing where there are none.
    """
    forms = [form for form in plan.platform.package.manifests if form != "own"]
    return {
        **({"forms": forms} if forms else {}),
        "schema": SCHEMA_ID,
        "title": _title(plan.title),
        "platform": {
            "id": plan.platform.id,
            "name": plan.platform.name,
            "right": plan.platform.right,
            "revision": plan.platform.revision,
        },
        "window": _window(plan.window) | _licence(plan),
        "files": [_file(file) for file in plan.files],
    }


def package_id(plan: Draft) -> str:
    """The id of a package: the SHA-256 of its content, so that the same content is the same package everywhere."""
    return sha256_bytes(_canonical(content(plan)))


def write(plan: Plan, reports: Sequence[PlannedFile], judged_at: str) -> bytes:
    """The manifest of a package with its reports and seals. The same input gives the same bytes."""
    whole = content(plan)
    whole["files"] += [_file(file) for file in reports]
    whole |= {
        "package": package_id(plan),
        "judged_at": judged_at,
        "verdict": "pass",
        "tool": f"releaseprint {tool_version()}",
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def read(data: bytes, where: str) -> Manifest:
    """A manifest from its bytes. Raises NotAManifestError if it is none, or names a file outside its package."""
    try:
        whole = strict.loads(data)
        if whole["schema"] != SCHEMA_ID:
            raise NotAManifestError(f"{where}: schema {whole['schema']!r} is not known; {SCHEMA_ID}")
        if whole["package"] != _id_of(whole):
            raise NotAManifestError(f"{where}: its id is not that of its content; it was changed after it was written")
        return _manifest(whole)
    except KeyError as error:
        raise NotAManifestError(f"{where}: {_IS_NONE}: {error} is missing; see manifest.schema.json") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise NotAManifestError(f"{where}: {_IS_NONE}: {error}; see manifest.schema.json") from error


def _manifest(whole: Mapping[str, Any]) -> Manifest:
    """Raises ValueError, KeyError or TypeError for what no manifest has, whoever computed its id."""
    entries = tuple(
        Entry(
            strict.key(file["key"]),
            strict.count(file["size"]),
            strict.sha256(file["sha256"]),
            strict.text(file["kind"]),
            strict.sha256(file["made_from"]["sha256"]) if "made_from" in file else "",
        )
        for file in whole["files"]
    )
    strict.require_apart([NAME, SUMS_NAME, *(entry.key for entry in entries)])
    end = whole["window"]["not_after"]
    return Manifest(
        package=strict.sha256(whole["package"]),
        title=strict.text(whole["title"]["id"]),
        platform=strict.text(whole["platform"]["id"]),
        revision=strict.text(whole["platform"]["revision"]),
        window=strict.text(whole["window"]["id"]),
        not_before=strict.instant(whole["window"]["not_before"]),
        not_after=None if end is None else strict.instant(end),
        entries=entries,
        judged_at=strict.instant(whole["judged_at"]),
        licensed=licensed.read(whole),
    )


def sums(entries: Sequence[Entry]) -> bytes:
    """The file that `sha256sum -c` reads: every file that the manifest names, so all but itself and the manifest."""
    return "".join(f"{entry.sha256}  {entry.key}\n" for entry in sorted(entries, key=lambda entry: entry.key)).encode()


def _id_of(whole: Mapping[str, Any]) -> str:
    """The id that a manifest must have: the digest of its content, without its reports and seals."""
    body = {key: whole[key] for key in ("schema", "title", "platform", "window", *(["forms"] * ("forms" in whole)))}
    payload = [file for file in whole["files"] if file["kind"] not in _DATED]
    return sha256_bytes(_canonical(body | {"files": payload}))


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _title(title: Title) -> dict[str, Any]:
    programme = title.programme
    return {
        "id": title.id,
        "names": dict(title.names),
        "format": programme.format,
        "runtime": programme.runtime_text,
        "production_year": programme.production_year,
        "original_language": programme.original_language,
        "identifiers": dict(title.identifiers),
    }


def _window(window: RightsWindow) -> dict[str, Any]:
    territories, without = territory.written(window.territories)
    return {
        "id": window.id,
        "right": window.right,
        "territories": territories,
        **({"territories_without": without} if without else {}),
        "territories_list": territory.revision(),
        "not_before": utc(window.start),
        "not_after": utc(window.end) if window.end else None,
        "zone": window.zone,
        "languages": window.languages.data(),
        "exclusive": window.exclusive,
    }


def _licence(plan: Draft) -> dict[str, Any]:
    """The licence that the window stands for, by its own words; a window of a title.toml has none."""
    for deal in plan.title.rights.licences:
        for grant in deal.grants:
            if grant.id == plan.window.id and deal.id != deal_of(grant.id):
                source = Claim(deal, grant).source
                return {"licence": {"id": deal.id, "contract": source.contract, "clause": source.clause}}
    return {}


def _file(file: PlannedFile) -> dict[str, Any]:
    entry: dict[str, Any] = {"key": file.key, "size": file.size, "sha256": file.sha256, "kind": file.kind}
    if file.versions:
        entry["versions"] = list(file.versions)
    if file.language:
        entry["language"] = file.language
    if file.subtitle_kind:
        entry["subtitle_kind"] = file.subtitle_kind
    if file.stem_kind:
        entry["stem_kind"] = file.stem_kind
    if file.made_from:
        entry["made_from"] = {"name": file.made_from[0], "sha256": file.made_from[1]}
    return entry
