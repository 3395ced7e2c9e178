"""Names of TTML, whichever of its namespaces and prefixes a document uses."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

TTML = "http://www.w3.org/ns/ttml"

FOREIGN = "?"
"""Begins the name of an attribute of no known vocabulary; its namespace and name follow."""

_TTML = r"http://www\.w3\.org/(?:ns/ttml|20[0-9]{2}/[0-9]{2}/ttaf1)"
_ELEMENT = re.compile(rf"\{{{_TTML}\}}(.+)")
_ATTRIBUTE = re.compile(rf"\{{{_TTML}#(parameter|style|styling|metadata)(?:-extension)?\}}(.+)")
_PREFIXES = {"parameter": "ttp:", "style": "tts:", "styling": "tts:", "metadata": "ttm:"}
_OTHERS = {
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/ns/ttml/profile/imsc1#styling": "itts:",
    "http://www.w3.org/ns/ttml/profile/imsc1#parameter": "ittp:",
    "urn:ebu:tt:style": "ebutts:",
    "urn:ebu:tt:metadata": "ebuttm:",
    "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt": "smpte:",
    "http://www.smpte-ra.org/schemas/2052-1/2013/smpte-tt": "smpte:",
}
_KNOWN = 4096


class Element(Protocol):
    """What is used of an lxml element. The library is loaded when a document is parsed, not before."""

    tag: object
    text: str | None
    tail: str | None
    sourceline: int | None

    def __iter__(self) -> Iterator["Element"]: ...

    def __len__(self) -> int: ...

    def items(self) -> Iterable[tuple[str, str]]:
        """The attributes with their full names."""

    def iter(self, *tags: str) -> Iterator["Element"]:
        """The elements of the given names, this one and all below, in document order."""

    def itertext(self) -> Iterator[str]:
        """All text in it, piece by piece."""

    def getparent(self) -> "Element | None":
        """The element it stands in."""


@lru_cache(maxsize=_KNOWN)
def local_name(tag: object) -> str:
    """The local name of a TTML element by its full name; empty for any other node."""
    match = _ELEMENT.fullmatch(tag) if isinstance(tag, str) else None
    return match[1] if match else ""


@lru_cache(maxsize=_KNOWN)
def short_name(name: str) -> str:
    """An attribute's name with its customary prefix, whatever the document's own: `begin`, `tts:color`, `xml:id`."""
    namespace, _, local = name.rpartition("}")
    if not namespace:
        return local
    if match := _ATTRIBUTE.fullmatch(name):
        return _PREFIXES[match[1]] + match[2]
    prefix = _OTHERS.get(namespace[1:])
    return prefix + local if prefix else FOREIGN + name


def name_of(element: Element) -> str:
    """The local name of a TTML element; empty for any other node."""
    return local_name(element.tag)


def attributes(element: Element) -> dict[str, str]:
    """The attributes of an element by their short names."""
    return {short_name(key): value for key, value in element.items()}


def text_of(element: Element) -> str:
    """All text in an element, its white space collapsed: for a report, not for a cue."""
    return " ".join("".join(element.itertext()).split())


def described(element: Element) -> str:
    """The attributes of an element as they might be written."""
    return " ".join(f'{key}="{value}"' for key, value in attributes(element).items())
