"""What a manifest of the tool's own says of rights: for which right, where and in which languages a copy may be shown.

It is read back to be compared with the rights of a later day, which may allow less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assets import territory
from assets.licensing import WITHOUT_LANGUAGE, carrier
from assets.rights import media_rights
from assets.rights.languages import ALL, ALL_LANGUAGES, Carrier, Languages, Tags, same_for_all
from assets.rights.permission import Tongues
from assets.title import Kind
from storage.manifests import strict

_SOUND = frozenset({"audio", "stem"})


@dataclass(frozen=True, slots=True)
class Licensed:
    """The right, territories and languages that a package names, and the languages of its files beside the masters."""

    right: str
    territories: frozenset[str]
    languages: Languages
    tongues: Tongues


def read(whole: Mapping[str, Any]) -> Licensed:
    """What a manifest says of rights. Raises ValueError, KeyError or TypeError for what no manifest has."""
    window = whole["window"]
    tongues = (_tongue(file) for file in whole["files"] if file["kind"] in _SOUND | {"subtitles"})
    return Licensed(
        right=_right(whole["platform"]["right"]),
        territories=_territories(window["territories"]) - _texts(window.get("territories_without", [])),
        languages=_languages(window["languages"]),
        tongues=frozenset(tongue for tongue in tongues if tongue[1] not in WITHOUT_LANGUAGE | {""}),
    )


def _right(value: object) -> str:
    right = strict.text(value)
    if right not in media_rights():
        raise ValueError(f"{right!r:.80} is no media right")
    return right


def _tongue(file: Mapping[str, Any]) -> tuple[Carrier, str]:
    how = Carrier.DUBBED if file["kind"] in _SOUND else carrier(Kind(file["subtitle_kind"]))
    return how, strict.text(file.get("language", ""))


def _territories(value: object) -> frozenset[str]:
    """Atoms; a code that the list of today lacks stays as it was written, and no window of today covers it."""
    names = _texts(value)
    unknown = frozenset(name for name in names if territory.problem(name))
    return territory.expand(names - unknown) | unknown


def _languages(value: object) -> Languages:
    """The languages of a grant, as `Languages.data` writes them."""
    if value is None:
        return ALL_LANGUAGES
    if isinstance(value, Mapping):
        return Languages(*(_tags(value[carrier.value]) for carrier in Carrier))
    return same_for_all(_texts(value))


def _tags(value: object) -> Tags:
    if value is None:
        return ALL
    if isinstance(value, Mapping):
        included = value["included"]
        return Tags(None if included is None else _texts(included), _texts(value["excluded"]))
    return Tags(_texts(value))


def _texts(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r:.80} is no list")  # noqa: TRY004 -- one kind of error for the caller
    return frozenset(map(strict.text, value))
