"""The parameter and metadata attributes, and the words of attributes in no namespace (TTML1 6.2, 12.2; TTML2 7.2)."""

from collections.abc import Mapping
from typing import Final

from assets.subtitles.conformance.values import Syntax, is_integer, is_ncname, is_ratio, one_of, words

_TTML1: Final = words(
    "cellResolution clockMode dropMode frameRate frameRateMultiplier markerMode pixelAspectRatio profile subFrameRate"
    " tickRate timeBase"
)
_ROLES: Final = frozenset(
    words(
        "action caption description dialog expletive kinesic lyrics music narration quality sound source suppressed"
        " reproduction thought title transcription"
    )
)


def _positive(text: str) -> bool:
    return is_integer(text.strip(), positive=True)


def _is_uri(text: str) -> bool:
    return text.strip() != "" and not any(
        character.isspace() or character in '<>"{}|\\^`' for character in text.strip()
    )


def _is_profiles(text: str) -> bool:
    """Whether a value is `designators` or `all(designators)`, each designator once (TTML2 6.2.1)."""
    found = designators(text)
    return bool(found) and all(map(_is_uri, found)) and len(set(found)) == len(found)


def designators(text: str) -> list[str]:
    """The profiles of a value of ttp:contentProfiles: a list, or one within `all(…)` or `any(…)`."""
    given = text.strip()
    for word in ("all", "any"):
        if given.startswith(f"{word}(") and given.endswith(")"):
            given = given[len(word) + 1 : -1]
    return words(given)


def _is_roles(text: str) -> bool:
    given = words(text)
    return bool(given) and all(
        word in _ROLES or (word.startswith("x-") and is_ncname(word) and len(word) > len("x-")) for word in given
    )


def _is_count(text: str) -> bool:
    return text == "indefinite" or (text.isascii() and text.isdecimal())


_RATIO = Syntax("two integers above zero", is_ratio)
_COUNT = Syntax("an integer above zero", _positive)
_URI = Syntax("a URI", _is_uri)
_EACH = "profile designators with blanks between them, each once, or the same within all(…)"
_CONTENT = Syntax(_EACH, lambda text: _is_profiles(text) and not text.strip().startswith("any("), 2)
_PROCESSORS = Syntax(f"{_EACH} or any(…)", _is_profiles, 2)
_COMBINATION = one_of("leastRestrictive mostRestrictive replace ignore", since=2)
_BOOLEAN = one_of("true false 1 0", since=2)

PARAMETERS: Final[Mapping[str, Syntax]] = {
    "ttp:cellResolution": _RATIO,
    "ttp:clockMode": one_of("local gps utc"),
    "ttp:contentProfileCombination": _COMBINATION,
    "ttp:contentProfiles": _CONTENT,
    "ttp:displayAspectRatio": Syntax(_RATIO.allowed, is_ratio, 2),
    "ttp:dropMode": one_of("dropNTSC dropPAL nonDrop"),
    "ttp:frameRate": _COUNT,
    "ttp:frameRateMultiplier": _RATIO,
    "ttp:inferProcessorProfileMethod": one_of("loose strict", since=2),
    "ttp:inferProcessorProfileSource": one_of("combined first", since=2),
    "ttp:markerMode": one_of("continuous discontinuous"),
    "ttp:permitFeatureNarrowing": _BOOLEAN,
    "ttp:permitFeatureWidening": _BOOLEAN,
    "ttp:pixelAspectRatio": _RATIO,
    "ttp:processorProfileCombination": _COMBINATION,
    "ttp:processorProfiles": _PROCESSORS,
    "ttp:profile": _URI,
    "ttp:subFrameRate": _COUNT,
    "ttp:tickRate": _COUNT,
    "ttp:timeBase": one_of("media smpte clock"),
    "ttp:validation": one_of("required optional prohibited", since=2),
    "ttp:validationAction": one_of("abort warn ignore", since=2),
}

METADATA: Final[Mapping[str, Syntax]] = {
    "ttm:role": Syntax("role names such as dialog or sound, or x-…", _is_roles),
    "ttm:agent": Syntax("ids of ttm:agent elements", lambda text: words(text) != []),
}

_USE = one_of("optional required use prohibited")
WORDS: Final[Mapping[tuple[str, str], Syntax]] = {
    ("", "timeContainer"): one_of("par seq"),
    ("", "fill"): one_of("freeze remove", since=2),
    ("", "repeatCount"): Syntax("a count, or indefinite", _is_count, 2),
    ("animate", "calcMode"): one_of("discrete linear paced spline", since=2),
    ("", "xml:space"): one_of("default preserve"),
    ("ttm:agent", "type"): one_of("person character group organization other"),
    ("ttm:name", "type"): one_of("full family given alias other"),
    ("ttp:feature", "value"): _USE,
    ("ttp:extension", "value"): _USE,
    ("ttp:profile", "use"): _URI,
    ("ttp:profile", "combine"): _COMBINATION,
    ("ttp:profile", "type"): one_of("content processor", since=2),
}
"""What an attribute may say, by element (empty: any) and name."""


def clause(name: str, version: int) -> str:
    """The clause of a parameter attribute, such as `TTML1 6.2.4` for `ttp:frameRate`."""
    local = name.partition(":")[2]
    if version == 1 and local in _TTML1:
        return f"TTML1 6.2.{_TTML1.index(local) + 1}"
    return "TTML2 6.2" if "rofile" in local or local.startswith(("permit", "validation")) else "TTML2 7.2"
