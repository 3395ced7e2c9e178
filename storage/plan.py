"""Title + window + platform + clearance -> Plan: which files leave, under which names. Pure: no clock, no store.

Without a clearance there is only a Draft: its large files may be sent ahead, so that nobody sees them, but what is
delivered is a Plan.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from assets.clearance import Clearance
from assets.errors import Refused
from assets.leaving import forbidden
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.subjects import ReadTitle
from assets.title import Title
from assets.waivers import Waiver
from assets.wanted import wanted_part
from storage.package_keys import Naming, key_faults
from storage.planned import PlannedFile, files_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What a package for one rights window would hold, whether or not anything of it may leave."""

    title: Title
    platform: Platform
    window: RightsWindow
    files: tuple[PlannedFile, ...]


@dataclass(frozen=True, slots=True)
class Plan(Draft):
    """What a delivery will send for one rights window, what it leaves out and why, and the waivers it rests on."""

    left_out: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def losses(self) -> tuple[str, ...]:
        """What conversions to the platform's formats cannot hold."""
        return tuple(loss for file in self.files for loss in file.losses)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def draft(read: ReadTitle, window: RightsWindow, platform: Platform) -> Draft:
    """What the package of a title would hold. Raises Refused for files that cannot lie beside each other."""
    read, _ = wanted_part(read, platform)
    naming = Naming(read.title.id, platform.id, window.id, platform.package.keys)
    files = _without_clashes(list(files_of(read, platform, naming)), platform)
    return Draft(read.title, platform, window, tuple(sorted(files, key=lambda file: file.key)))


def make_plan(
    read: ReadTitle,
    window: RightsWindow,
    platform: Platform,
    clearance: Clearance,
    *,
    at: datetime,
    left_out: tuple[str, ...] = (),
) -> Plan:
    """The files of a package, to leave at `at`. Raises Refused for what rights forbid or the clearance does not bind.

    No platform's data can lift what is refused here: what any deal forbids in any territory of the window, a window
    that is over, sound in a language that it does not license, an asset that is not byte for byte the one checked.
    """
    read, _ = wanted_part(read, platform)
    title = read.title
    reasons = list(forbidden(read, window, platform, at))
    asked = (title.id, platform.id, platform.revision, window.id)
    given = (clearance.title, clearance.platform, clearance.revision, clearance.window)
    if asked != given:
        reasons.append(f"cleared is {' / '.join(given)}, asked for {' / '.join(asked)}")
    reasons += [
        f"{asset.file}: not the bytes that were checked"
        for asset in read.assets
        if clearance.digests.get(asset.file.name) != asset.sha256
    ]
    if reasons:
        raise Refused(f"{title.id} is not cleared", reasons)
    return Plan(title, platform, window, draft(read, window, platform).files, left_out, clearance.waivers)


def _without_clashes(files: list[PlannedFile], platform: Platform) -> list[PlannedFile]:
    """The files, each key once. Two files that would fall on one key are kept apart by their digests.

    The same bytes twice are one file only if they are the same thing: a track in two languages is two.
    Keys are compared as a case-insensitive, NFC file system would: a package must unpack anywhere. Where the platform
    says itself what keys are, it would not find a file under another: there a clash is refused.
    """
    taken: dict[str, PlannedFile] = {}
    kept: list[PlannedFile] = []
    clashes: list[str] = []
    for file in files:
        key = file.key
        there = taken.get(key.casefold(), file)
        if (there.sha256, _use(there)) != (file.sha256, _use(file)):
            if platform.package.keys.is_own(file.kind):
                clashes.append(
                    f"{key}: two files would have this key; the key template of {file.kind} tells them apart"
                )
            path = PurePosixPath(key)
            key = str(path.with_name(f"{path.stem}.{file.sha256[:8]}{path.suffix}"))
        if key.casefold() not in taken:
            kept.append(replace(file, key=key))
            taken[key.casefold()] = kept[-1]
    if reasons := [*clashes, *key_faults(file.key for file in kept)]:
        raise Refused(f"platform {platform.id} cannot be delivered to", reasons)
    return kept


def _use(file: PlannedFile) -> tuple[object, ...]:
    """What a manifest says of a file beside its bytes."""
    return file.kind, file.versions, file.language, file.subtitle_kind, file.stem_kind
