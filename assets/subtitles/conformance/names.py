"""The namespaces of timed text, and the customary prefixes that this package writes names with."""

from collections.abc import Mapping
from typing import Final

TT: Final = "http://www.w3.org/ns/ttml"

PREFIXES: Final[Mapping[str, str]] = {
    TT: "",
    f"{TT}#parameter": "ttp:",
    f"{TT}#styling": "tts:",
    f"{TT}#metadata": "ttm:",
    f"{TT}#audio": "tta:",
    f"{TT}#isd": "isd:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/1999/xlink": "xlink:",
    f"{TT}/profile/imsc1#styling": "itts:",
    f"{TT}/profile/imsc1#parameter": "ittp:",
    f"{TT}/profile/imsc1#metadata": "ittm:",
    "urn:ebu:tt:style": "ebutts:",
    "urn:ebu:tt:metadata": "ebuttm:",
    "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt": "smpte:",
    "http://www.smpte-ra.org/schemas/2052-1/2013/smpte-tt": "smpte:",
}

DRAFTS: Final = (
    "http://www.w3.org/2004/11/ttaf1",
    "http://www.w3.org/2006/04/ttaf1",
    "http://www.w3.org/2006/10/ttaf1",
)
"""Namespaces of drafts of TTML1: documents in them never conformed to a Recommendation."""

_TT_PREFIXES = frozenset({"", "ttp", "tts", "ttm", "tta", "isd"})


def customary(expanded: str) -> str:
    """A name with its customary prefix, from expat's `namespace}local`; one in an unknown namespace is `{…}local`."""
    namespace, brace, local = expanded.rpartition("}")
    if not brace:
        return local
    prefix = PREFIXES.get(namespace)
    return f"{{{namespace}}}{local}" if prefix is None else prefix + local


def element_name(expanded: str) -> str:
    """As `customary`, for an element: one in no namespace at all is foreign too."""
    return customary(expanded) if "}" in expanded else f"{{}}{expanded}"


def is_tt(name: str) -> bool:
    """Whether a name is of a TT namespace; others are foreign, and are set aside before a document is judged."""
    if name.startswith("{"):
        return False
    prefix, colon, _ = name.partition(":")
    return (prefix if colon else "") in _TT_PREFIXES
