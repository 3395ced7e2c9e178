"""What elements Avails in XML have, by version (MovieLabs TR-META-AVAIL and its schemas)."""

import re

NEWEST = "2.7"

WRITTEN = {"2.6.1": "2.11", "2.7": "2.12"}
"""The versions that are written, with the version of Common Metadata that each is made with."""

READ = ("2.2", "2.2.1", "2.2.2", "2.3", "2.4", "2.5", "2.6", "2.6.1", "2.7")
"""The versions that are read: each has everything that the one before it had."""

_NAMESPACE = re.compile(r"http://www\.movielabs\.com/schema/avails/v([0-9.]+)/avails")


def namespace(version: str) -> str:
    """The namespace of Avails of a version."""
    return f"http://www.movielabs.com/schema/avails/v{version}/avails"


def metadata_namespace(version: str) -> str:
    """The namespace of Common Metadata that Avails of a version are made with."""
    return f"http://www.movielabs.com/schema/md/v{WRITTEN[version]}/md"


def version_of(name: str) -> str:
    """The version of Avails that a namespace says; nothing for any other namespace."""
    match = _NAMESPACE.fullmatch(name)
    return match[1] if match else ""


TEXT_TERMS = {
    "Download": "download",
    "TitleStatus": "title_status",
    "ExclusiveAttributes": "exclusive_attributes",
    "BrandingRightsAttributes": "branding_attributes",
}
EVENT_TERMS = {
    "AnnounceDate": "announce",
    "SuppressionLiftDate": "suppress_until",
    "PreorderFulfillDate": "preorder_fulfil",
}
DURATION_TERMS = {"RentalDuration": "rental", "WatchDuration": "watch"}
BOOLEAN_TERMS = {"Exclusive": "exclusive", "BrandingRights": "branding"}
"""The terms of a transaction by name, with the fields of a row that they fill."""

RELEASES = {"original": "release_original", "DVD": "release_video", "Blu-ray": "release_video"}
"""Types of releases, with the fields of a row that they fill."""

FORMAT_ATTRIBUTES = {"HDR": "hdr", "WCG": "wcg", "HFR": "hfr", "NGAudio": "audio"}
