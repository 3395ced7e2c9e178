"""The permission to ship: made by a clean report, demanded by a plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from assets.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Clearance:
    """That these bytes passed this revision of this platform. `digests` maps an asset's name to its SHA-256.

    Only `checks.report.Report.clearance` makes one. `window` is the rights window it was given for. `waivers` are those
    without which it would say something else.
    """

    title: str
    platform: str
    revision: str
    window: str
    digests: Mapping[str, str]
    waivers: tuple[Waiver, ...] = ()
