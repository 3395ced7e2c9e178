"""Which elements TTML has, where they stand, and which attributes they take (TTML1 6–12, TTML2 6–14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_MANY: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an element's content: any of `names`, at most `most` of them."""

    names: frozenset[str]
    most: int = _MANY


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its attributes and its content, in order.

    `attributes` are those in no namespace, `open` the prefixes of which any attribute may stand. `clauses` are those
    of TTML1 (empty if it came later) and TTML2.
    """

    clauses: tuple[str, str]
    attributes: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    content: tuple[Part, ...] = ()
    text: bool = False


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


METADATA: Final = _names("metadata ttm:agent ttm:copyright ttm:desc ttm:item ttm:title")
ANIMATION: Final = _names("set animate")
EMBEDDED: Final = _names("image audio")

_TIMING = "begin end dur timeContainer"
_STYLED = _names("tts tta")
_CONTENT = _names("tts ttm tta")
_META = Part(METADATA)
_ANIMATE = Part(ANIMATION)
_INLINE = Part(_names("span br") | EMBEDDED)
_REGION = Part(_names("region"))
_SOURCES = Part(_names("source"))
_SHOWN = f"{_TIMING} animate region style"


def _content(clauses: tuple[str, str], *parts: Part, extra: str = "", text: bool = False) -> Element:
    """An element of the body that has timing, style and region."""
    attributes = _names(f"{_TIMING} region style animate condition {extra}")
    return Element(clauses, attributes, _CONTENT, content=(_META, _ANIMATE, *parts), text=text)


def _words(clauses: tuple[str, str], attributes: str = "", required: tuple[str, ...] = ()) -> Element:
    """An element that holds nothing but text."""
    return Element(clauses, _names(f"condition {attributes}"), required=required, text=True)


def _embedded(attributes: str, *parts: Part, also: frozenset[str] = frozenset(), text: bool = False) -> Element:
    """An element of embedded content (TTML2 9.1)."""
    names = _names(f"condition format src type {attributes}")
    return Element(("", "TTML2 9.1"), names, also, content=(_META, *parts), text=text)


ELEMENTS: Final[Mapping[str, Element]] = {
    "tt": Element(
        ("TTML1 7.1.1", "TTML2 8.1.1"),
        open=_names("ttp"),
        required=("xml:lang",),
        content=(Part(_names("head"), 1), Part(_names("body"), 1)),
    ),
    "head": Element(
        ("TTML1 7.1.2", "TTML2 8.1.2"),
        content=(
            _META,
            Part(_names("ttp:profile")),
            *(Part(_names(name), 1) for name in ("resources", "styling", "layout", "animation")),
        ),
    ),
    "body": _content(("TTML1 7.1.3", "TTML2 8.1.3"), Part(_names("div"))),
    "div": _content(("TTML1 7.1.4", "TTML2 8.1.4"), _REGION, Part(_names("div p") | EMBEDDED)),
    "p": _content(("TTML1 7.1.5", "TTML2 8.1.5"), _REGION, _INLINE, text=True),
    "span": _content(("TTML1 7.1.6", "TTML2 8.1.6"), _INLINE, text=True),
    "br": Element(("TTML1 7.1.7", "TTML2 8.1.7"), _names("style condition"), _CONTENT, content=(_META, _ANIMATE)),
    "styling": Element(
        ("TTML1 8.1.1", "TTML2 10.1.3"), content=(_META, Part(_names("initial")), Part(_names("style")))
    ),
    "style": Element(("TTML1 8.1.2", "TTML2 10.1.2"), _names("style condition"), _STYLED, content=(_META,)),
    "initial": Element(("", "TTML2 10.1.1"), _names("condition"), _STYLED, content=(_META,)),
    "layout": Element(("TTML1 9.1.1", "TTML2 11.1.1"), content=(_META, _REGION)),
    "region": Element(
        ("TTML1 9.1.2", "TTML2 11.1.2"),
        _names(f"{_TIMING} style animate condition"),
        _CONTENT,
        content=(_META, _ANIMATE, Part(_names("style"))),
    ),
    "set": Element(
        ("TTML1 11.1.1", "TTML2 13.1.3"),
        _names("begin end dur fill repeatCount condition"),
        _STYLED,
        content=(_META,),
    ),
    "animate": Element(
        ("", "TTML2 13.1.1"),
        _names("begin calcMode condition dur end fill keySplines keyTimes repeatCount"),
        _STYLED,
        content=(_META,),
    ),
    "animation": Element(("", "TTML2 13.1.2"), content=(_META, _ANIMATE)),
    "resources": Element(("", "TTML2 9.1"), content=(_META, Part(_names("audio data font image")))),
    "image": _embedded(_SHOWN, _ANIMATE, _SOURCES, also=_CONTENT),
    "audio": _embedded(f"{_SHOWN} clipBegin clipEnd", _ANIMATE, _SOURCES, also=_CONTENT),
    "font": _embedded("encoding family range style weight", _SOURCES),
    "data": _embedded("encoding length", Part(_names("chunk source")), text=True),
    "source": _embedded("encoding length", Part(_names("data"), 1)),
    "chunk": Element(("", "TTML2 9.1"), _names("condition encoding length"), text=True),
    "metadata": Element(
        ("TTML1 12.1.1", "TTML2 14.1"),
        _names("condition"),
        _names("ttm"),
        content=(Part(METADATA - {"metadata"} | _names("ttm:name ttm:actor data")),),
    ),
    "ttm:title": _words(("TTML1 12.1.2", "TTML2 14.1")),
    "ttm:desc": _words(("TTML1 12.1.3", "TTML2 14.1")),
    "ttm:copyright": _words(("TTML1 12.1.4", "TTML2 14.1")),
    "ttm:agent": Element(
        ("TTML1 12.1.5", "TTML2 14.1"),
        _names("type condition"),
        required=("type",),
        content=(Part(_names("ttm:name")), Part(_names("ttm:actor"), 1)),
    ),
    "ttm:name": _words(("TTML1 12.1.6", "TTML2 14.1"), "type", ("type",)),
    "ttm:actor": Element(("TTML1 12.1.7", "TTML2 14.1"), _names("agent condition"), required=("agent",)),
    "ttm:item": Element(
        ("", "TTML2 14.1"),
        _names("name condition"),
        required=("name",),
        content=(Part(_names("ttm:item")),),
        text=True,
    ),
    "ttp:profile": Element(
        ("TTML1 6.1.1", "TTML2 6.1"),
        _names("use combine designator type"),
        content=(_META, Part(_names("ttp:features")), Part(_names("ttp:extensions")), Part(_names("ttp:profile"))),
    ),
    "ttp:features": Element(("TTML1 6.1.2", "TTML2 6.1"), content=(_META, Part(_names("ttp:feature")))),
    "ttp:feature": Element(("TTML1 6.1.3", "TTML2 6.1"), _names("value extends restricts"), text=True),
    "ttp:extensions": Element(("TTML1 6.1.4", "TTML2 6.1"), content=(_META, Part(_names("ttp:extension")))),
    "ttp:extension": Element(("TTML1 6.1.5", "TTML2 6.1"), _names("value extends restricts"), text=True),
}
"""Every element of TTML, by its name with its customary prefix."""

SHARED: Final = frozenset({("layout", "region"), ("animation", "set"), ("animation", "animate")})
"""Elements that TTML2 has others refer to, below their parent: they need an xml:id there (TTML2 11.1.2, 13.1)."""

LATER_ATTRIBUTES: Final = _names("animate condition fill repeatCount combine designator type extends restricts")
"""Attributes in no namespace that came with TTML2; `type` of metadata is older."""
