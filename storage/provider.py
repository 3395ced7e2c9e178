"""Providers of S3-compatible stores as data: the form of their endpoints, how they are spoken to, and their quirks.

`provider = "wasabi"` in a table of releaseprint.toml fills in what that table, or the environment, leaves open. A
provider's file says only what a source says; what nobody has said is measured when it is needed.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from assets.catalogue import StoreSettings
from assets.errors import UsageError
from assets.tomlfile import Record, TomlFile

SHIPPED = Path(__file__).with_name("providers")

_REGION = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

Text = Annotated[str, Field(min_length=1)]


class Quirk(Record):
    """One thing that a provider does otherwise than S3, or that its users stumble over."""

    text: Text
    source: Text
    verified_on: date


class Provider(Record):
    """A file of providers/: what a store of this kind is spoken to with, and where that is said.

    `endpoint` may have `{region}` in it, which the settings fill in; any other name in braces, or no endpoint at all,
    is for the user to say. `region` is the usual one. `conditional_writes` is None where it has to be measured.
    """

    name: Text
    endpoint: str | None = None
    region: str | None = None
    path_style: bool = False
    checksum: Literal["when_supported", "when_required"] = "when_supported"
    conditional_writes: bool | None = None
    list_version: Literal[1, 2] = 2
    source: Text
    verified_on: date
    quirks: tuple[Quirk, ...] = ()


def available() -> list[str]:
    """The ids of all providers, sorted."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


@cache
def load(provider_id: str) -> Provider:
    """One provider. Raises UsageError if there is none of that id, InputError if its file is wrong."""
    if provider_id not in available():
        raise UsageError(f"provider: there is no {provider_id!r}; allowed: {', '.join(available())}")
    return TomlFile(SHIPPED / f"{provider_id}.toml").parse(Provider)


def completed(settings: StoreSettings) -> StoreSettings:
    """Settings with what their provider says where they say nothing. Raises UsageError if its endpoint is not known."""
    if settings.provider is None:
        return settings
    provider = load(settings.provider)
    said = settings.model_fields_set
    region = settings.region or provider.region
    filled: dict[str, object] = {
        "endpoint": settings.endpoint or _endpoint(settings.provider, provider, region),
        "region": region,
        "path_style": settings.path_style if "path_style" in said else provider.path_style,
        "checksum": settings.checksum if "checksum" in said else provider.checksum,
        "conditional_writes": (
            settings.conditional_writes if "conditional_writes" in said else provider.conditional_writes
        ),
    }
    if "list_version" not in said:
        filled["list_version"] = provider.list_version
    return settings.model_copy(update=filled)


def _endpoint(provider_id: str, provider: Provider, region: str | None) -> str:
    if provider.endpoint is None:
        raise UsageError(f"endpoint: missing; that of {provider.name} is not known here and is set beside provider")
    if "{region}" not in provider.endpoint:
        if "{" in provider.endpoint:
            raise UsageError(f"endpoint: missing; {provider_id} has one for each customer: {provider.endpoint}")
        return provider.endpoint
    if region is None:
        raise UsageError(f"region: missing; the endpoint of {provider_id} has it in its name: {provider.endpoint}")
    if not _REGION.fullmatch(region):
        raise UsageError(f"region: {region!r} is not allowed; a-z, 0-9 and - as in ap-northeast-1")
    return provider.endpoint.replace("{region}", region)
