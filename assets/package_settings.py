"""The `[package]` table of a platform: which files it takes, in which form, under which keys, with which manifests."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from assets.ids import an_id
from assets.stems import StemKind
from assets.subtitles.reading import FORMATS
from assets.tomlfile import KeyFaultError, Record

ManifestForm = Literal["own", "mmc", "asc-mhl", "bagit", "itmsp"]
"""What can lie in a package beside its files: the tool's own manifest, MovieLabs' MMC-1 and MEC, ASC MHL, BagIt,
or the metadata.xml of Apple's .itmsp."""

RESERVED = frozenset(
    {
        "ascmhl",
        "bag-info.txt",
        "bagit.txt",
        "data",
        "manifest-sha256.txt",
        "manifest.json",
        "mec.xml",
        "metadata",
        "mmc.xml",
        "qc",
        "sha256sums",
        "tagmanifest-sha256.txt",
    }
)
"""What the package itself has at its top, in lower case; no file of a title may lie there."""

_ALWAYS = frozenset({"title", "platform", "window", "kind", "name", "stem", "suffix", "digest"})
_OF_A_VERSION = _ALWAYS | {"version"}
_FIELDS = {
    "master": _OF_A_VERSION,
    "audio": _OF_A_VERSION | {"language"},
    "stem": _OF_A_VERSION | {"language", "use"},
    "subtitles": _OF_A_VERSION | {"language", "use"},
    "artwork": _ALWAYS | {"language", "use"},
    "document": _ALWAYS | {"language", "use"},
}
_FIELD = re.compile(r"\{([^{}]*)\}")
_SEGMENT = re.compile(r"[\w-][\w.-]*")


def _subtitle_format(text: str) -> str:
    if text not in FORMATS:
        raise ValueError(f"{text!r} is no subtitle format; {', '.join(FORMATS)}")
    return text


def _manifests(forms: tuple[ManifestForm, ...]) -> tuple[ManifestForm, ...]:
    if "own" not in forms:
        raise ValueError("own is missing; it is what makes a package exist")
    if len(set(forms)) < len(forms):
        raise ValueError("names one twice; each once")
    if {"bagit", "itmsp"} <= set(forms):
        raise ValueError("names bagit and itmsp, which each put the files into a folder of their own; one of them")
    return forms


def template_fault(kind: str, template: str) -> str:
    """What is wrong with the key template of a kind of file: `what; what is allowed`. Nothing if it is right."""
    if not unicodedata.is_normalized("NFC", template):
        return f"{template!r} is not in NFC; NFC, as the keys that it makes"
    unknown = sorted({name for name in _FIELD.findall(template) if name not in _FIELDS[kind]})
    if unknown:
        return f"{{{unknown[0]}}} is no field of {kind}; {', '.join(sorted(_FIELDS[kind]))}"
    parts = _FIELD.sub("x", template).split("/")
    if not all(_SEGMENT.fullmatch(part) for part in parts):
        return f"{template!r} makes no key; folders and a name of letters, digits, `-`, `_`, `.`, none of them hidden"
    if parts[0].casefold() in RESERVED and not template.startswith("{"):
        return f"{parts[0]!r} is what a package itself has at its top; another folder"
    return ""


class KeysRecord(Record):
    """The `[package.keys]` table: under which key, below the folder of its package, a file of each kind lies.

    `{name}` is the name of the file, `{stem}` and `{suffix}` its two parts, `{digest}` the first eight digits of its
    SHA-256, `{use}` what it is among its kind (`forced`, `poster`, `music-and-effects`).
    """

    master: str = "masters/{version}/{name}"
    audio: str = "audio/{version}/{name}"
    stem: str = "stems/{version}/{use}/{name}"
    subtitles: str = "subtitles/{version}/{language}.{use}.{suffix}"
    artwork: str = "artwork/{use}/{name}"
    document: str = "documents/{use}/{name}"

    @model_validator(mode="after")
    def _make_keys(self) -> "KeysRecord":
        for kind in _FIELDS:
            if wrong := template_fault(kind, self.of(kind)):
                raise KeyFaultError(kind, wrong)
        return self

    def of(self, kind: str) -> str:
        """The template of a kind of file."""
        template: str = getattr(self, kind)
        return template

    def is_own(self, kind: str) -> bool:
        """Whether the platform says itself where files of a kind lie."""
        return kind in self.model_fields_set


class PackageRecord(Record):
    """The `[package]` table: the form in which the platform takes a package.

    `documents` and `stems` are the kinds that it wants; others stay here. `organisation` is what identifiers of
    MovieLabs are made of where a title has no EIDR; it has to be that of the Avails. `provider` is by what name Apple
    knows whoever sends an .itmsp.
    """

    subtitle_format: Annotated[str, AfterValidator(_subtitle_format)] = "srt"
    artwork: bool = True
    documents: tuple[Annotated[str, AfterValidator(an_id)], ...] = ()
    stems: tuple[StemKind, ...] = ()
    manifests: Annotated[tuple[ManifestForm, ...], AfterValidator(_manifests)] = ("own",)
    organisation: Annotated[str, Field(pattern="^[a-z0-9]*$", max_length=100)] = ""
    provider: Annotated[str, Field(pattern="^[A-Za-z0-9_]*$", max_length=100)] = ""
    keys: KeysRecord = KeysRecord()

    def over(self, base: "PackageRecord") -> "PackageRecord":
        """The table of a platform that extends another: what it does not say is as its base says it."""
        own, inherited = self.model_dump(exclude_unset=True), base.model_dump(exclude_unset=True)
        keys: Mapping[str, Any] = inherited.get("keys", {}) | own.get("keys", {})
        return PackageRecord(**(inherited | own | ({"keys": keys} if keys else {})))
