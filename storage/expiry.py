"""Documents for an S3 store: rules by which it removes packages by itself when their windows are over, and tags.

`aws s3api put-bucket-lifecycle-configuration --lifecycle-configuration file://…` takes the rules,
`aws s3api put-object-tagging --cli-input-json` one item of the tags. A rule's date is a midnight in UTC, as S3 asks for
(Expiration/Date of PutBucketLifecycleConfiguration): the first one at which the window is over. The rest of a package
is removed a day after its manifest, so that none is there in parts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from assets.errors import Refused, StoreError
from assets.rights import utc
from storage.manifests import own
from storage.verify import Standing

_MAX_RULES = 1000
"""How many rules a bucket has at most."""

_TIDY_DAYS = 7
"""After so many days the store gives an upload up that nobody has finished."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A package, and when it must not be there any more; None is never."""

    package: Standing
    end: datetime | None


def place_of(url: str) -> tuple[str, str]:
    """Bucket, and what keys begin with, of the URL of an S3 store. Raises StoreError for another kind of store."""
    scheme, _, rest = url.partition("://")
    if scheme != "s3":
        raise StoreError(f"{url}: has no rules, tags or policies; only S3 stores have")
    bucket, _, prefix = rest.partition("/")
    return bucket, f"{prefix}/" if prefix else ""


def lifecycle(url: str, packages: Iterable[Ending]) -> dict[str, Any]:
    """The rules of a bucket, by package. Raises Refused for more of them than a bucket can have."""
    _, start = place_of(url)
    rules: list[dict[str, Any]] = [
        {
            "ID": "releaseprint-unfinished-uploads",
            "Status": "Enabled",
            "Filter": {"Prefix": start},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": _TIDY_DAYS},
        }
    ]
    for item in packages:
        if item.end is None:
            continue
        day, prefix = _midnight(item.end), start + item.package.prefix
        name = f"releaseprint-{item.package.manifest.package[:16]}"
        rules += [
            _rule(f"{name}-manifest", prefix + own.NAME, day),
            _rule(f"{name}-files", prefix, day + timedelta(days=1)),
        ]
    if len(rules) > _MAX_RULES:
        reason = f"{len(rules)} rules are needed; a bucket has at most {_MAX_RULES}: name a TITLE, or use --tags"
        raise Refused(f"{url}: lifecycle rules cannot be written", [reason])
    return {"Rules": rules}


def _rule(name: str, prefix: str, day: datetime) -> dict[str, Any]:
    """A rule for the objects whose keys begin with a prefix."""
    date = f"{day:%Y-%m-%dT%H:%M:%SZ}"
    return {"ID": name, "Status": "Enabled", "Filter": {"Prefix": prefix}, "Expiration": {"Date": date}}


def _midnight(instant: datetime) -> datetime:
    """The first midnight in UTC that is not before an instant."""
    found = instant.astimezone(UTC)
    day = found.replace(hour=0, minute=0, second=0, microsecond=0)
    return day if day == found else day + timedelta(days=1)


def tags(url: str, packages: Sequence[Ending]) -> list[dict[str, Any]]:
    """The tags of every object of packages: title, platform, window, and from when on it must not be there."""
    bucket, start = place_of(url)
    return [
        {"Bucket": bucket, "Key": f"{start}{item.package.prefix}{name}", "Tagging": {"TagSet": _tag_set(item)}}
        for item in packages
        for name in (*(entry.key for entry in item.package.manifest.entries), own.SUMS_NAME, own.NAME)
    ]


def _tag_set(item: Ending) -> list[dict[str, str]]:
    manifest = item.package.manifest
    said = {
        "releaseprint-title": manifest.title,
        "releaseprint-platform": manifest.platform,
        "releaseprint-window": manifest.window,
        "releaseprint-not-after": utc(item.end) if item.end else "open",
    }
    return [{"Key": key, "Value": value} for key, value in said.items()]
