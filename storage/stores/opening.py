"""The name or URL of a store -> the store."""

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assets import paths
from assets.catalogue import CONFIG_NAME, Catalogue, StoreSettings
from assets.errors import UsageError
from assets.nearest import did_you_mean
from storage import provider
from storage.stores.folder import FolderStore
from storage.stores.pace import Pace
from storage.stores.store import Store

if TYPE_CHECKING:
    from storage.stores.s3_handed import S3Place

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
_FORMS = "file:PATH, s3://BUCKET/PREFIX"


@dataclass(frozen=True, slots=True)
class _Place:
    """What a store is opened with: the folder that relative paths are below, what to name in errors, and its pace."""

    root: Path
    where: str
    pace: Pace | None
    tell: Callable[[str], None]


def open_store(
    name_or_url: str, catalogue: Catalogue, pace: Pace | None = None, tell: Callable[[str], None] = lambda _: None
) -> Store:
    """The store of a name in the catalogue's settings, or of a URL `file:PATH` or `s3://BUCKET/PREFIX`.

    A relative path is below the catalogue. A URL to which the settings give a name has the settings of that store, so
    that what receipts and the tool say can be typed again. For S3 the environment overrides the settings:
    RELEASEPRINT_S3_PROVIDER, _ENDPOINT, _PROFILE, _REGION, _PATH_STYLE and _CHECKSUM; a provider fills in what is left
    open. Opening does not yet speak to the store. `pace` limits what is sent to it; `tell` hears what the store is
    waited for.
    Raises UsageError for what cannot be a store, StoreError for a profile that does not exist.
    """
    stores = catalogue.config.stores
    if name_or_url not in stores and ":" not in name_or_url:
        known = "".join(f", {name}" for name in stores)
        meant = did_you_mean(name_or_url, stores)
        raise UsageError(f"there is no store {name_or_url!r}; {meant}allowed: {_FORMS}{known}")
    name = name_or_url if name_or_url in stores else _name_of(name_or_url, stores)
    settings = stores[name] if name else StoreSettings(url=name_or_url)
    where = f"{CONFIG_NAME}: stores.{name}.url" if name else "store"
    if name:
        _require_one_server(name, stores)
    scheme, _, rest = settings.url.partition(":")
    opener = _SCHEMES.get(scheme)
    if opener is None:
        raise UsageError(f"{where}: {_without_secrets(settings.url)}: no such kind of store; allowed: {_FORMS}")
    return opener(rest, settings, _Place(catalogue.root, where, pace, tell))


def _name_of(url: str, stores: Mapping[str, StoreSettings]) -> str | None:
    """The name that the settings give to a URL of S3, if they do."""
    return next((name for name, item in stores.items() if _is_same(url, item.url)), None)


def _is_same(one: str, other: str) -> bool:
    """Whether two URLs are one bucket and prefix of S3."""
    spelt = [unicodedata.normalize("NFC", url.rstrip("/")) for url in (one, other)]
    return one.startswith("s3:") and spelt[0] == spelt[1]


def _require_one_server(name: str, stores: Mapping[str, StoreSettings]) -> None:
    """Refuse a URL that two stores of the settings have at different servers.

    Receipts, the audit log and away.toml know a store by its URL: what lies in one would be looked for in the other.
    """
    for other, settings in stores.items():
        if _is_same(stores[name].url, settings.url) and _server(stores[name]) != _server(settings):
            raise UsageError(
                f"{CONFIG_NAME}: stores.{name}.url: {_without_secrets(settings.url)} is also that of stores.{other}, at"
                " another endpoint, and the audit log knows a store by its URL; allowed is a prefix of its own for each"
            )


def _server(settings: StoreSettings) -> str:
    """Whom requests go to; nothing for Amazon, whose buckets have one name in all regions."""
    endpoint = provider.completed(_with_environment(settings)).endpoint or ""
    host = endpoint.partition("//")[2].rstrip("/")
    return "" if host.endswith((".amazonaws.com", ".amazonaws.com.cn")) else host


def _open_folder(rest: str, _settings: StoreSettings, place: _Place) -> Store:
    if not rest or "\0" in rest or (rest.startswith("//") and not rest.startswith("///")):
        raise UsageError(
            f"{place.where}: {_without_secrets(f'file:{rest}')}: no path; allowed: file:PATH or file:///PATH"
        )
    return FolderStore(place.root / rest, place.pace)


def _open_s3(rest: str, settings: StoreSettings, place: _Place) -> Store:
    bucket, _, prefix = rest.removeprefix("//").partition("/")
    prefix = unicodedata.normalize("NFC", prefix.rstrip("/"))  # two senders who spell it otherwise mean one store
    if not rest.startswith("//") or not _BUCKET.fullmatch(bucket):
        shown = _without_secrets(f"s3:{rest}")
        raise UsageError(
            f"{place.where}: {shown}: no bucket; allowed: s3://BUCKET/PREFIX, a bucket of 3 to 63 a-z 0-9 . - _"
        )
    wrong = paths.problem(prefix) if prefix else None
    if wrong is not None or "//" in prefix:
        raise UsageError(f"{place.where}: prefix: {wrong or f'{prefix!r} has an empty part; allowed is a/b'}")
    settings = provider.completed(_with_environment(settings))
    _require_endpoint(settings.endpoint)
    from storage.stores.s3 import S3Store  # boto3 takes long to import, and a folder does without

    return S3Store(settings, bucket, prefix, place.pace, place.tell)


def reopened(place: "S3Place") -> Store:
    """A store that another process has opened, by its settings and the environment of this one.

    Raises UsageError, StoreError.
    """
    settings = provider.completed(_with_environment(place.settings))
    _require_endpoint(settings.endpoint)
    from storage.stores.s3 import S3Store

    return S3Store(settings, place.bucket, place.prefix)


_SCHEMES: dict[str, Callable[[str, StoreSettings, _Place], Store]] = {"file": _open_folder, "s3": _open_s3}


def _with_environment(settings: StoreSettings) -> StoreSettings:
    """The settings with what the environment says instead. A variable that is empty says nothing."""
    said = {key: os.environ.get(f"RELEASEPRINT_S3_{key.upper()}", "") for key in _READERS}
    return settings.model_copy(update={key: _READERS[key](value) for key, value in said.items() if value})


def _path_style(value: str) -> bool:
    if value.lower() not in _TRUTHS:
        raise UsageError(f"RELEASEPRINT_S3_PATH_STYLE: {value!r} is not allowed; allowed: {', '.join(_TRUTHS)}")
    return _TRUTHS[value.lower()]


def _checksum(value: str) -> str:
    allowed = ("when_supported", "when_required")
    if value not in allowed:
        raise UsageError(f"RELEASEPRINT_S3_CHECKSUM: {value!r} is not allowed; allowed: {', '.join(allowed)}")
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "provider": str,
    "endpoint": str,
    "profile": str,
    "region": str,
    "path_style": _path_style,
    "checksum": _checksum,
}


def _require_endpoint(endpoint: str | None) -> None:
    """Refuse an endpoint that is no plain http or https address. One with a password in it is not shown."""
    if endpoint is None:
        return
    try:
        parts = urlsplit(endpoint)
        plain = parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
        valid = plain and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, or an IPv6 address with one bracket
        valid = False
    if not valid:
        shown = _without_secrets(endpoint)
        raise UsageError(
            f"endpoint: {shown}: no address; allowed: https://HOST or http://HOST:PORT, no user or password"
        )


def _without_secrets(url: str) -> str:
    """A URL as it may be shown: without what stands before an @."""
    return re.sub(r"(//|:)[^/]*@", r"\1…@", url)
