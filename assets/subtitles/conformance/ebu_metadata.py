"""ebuttm:documentMetadata: its elements, their order and their values (EBU Tech 3380, EBU Tech 3390)."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.values import is_integer, is_ratio, words

_ORDER: Final = words(
    "conformsToStandard authoredFrameRate authoredFrameRateMultiplier documentEbuttVersion documentIdentifier"
    " documentOriginatingSystem documentTargetAspectRatio documentTargetActiveFormatDescriptor"
    " documentIntendedTargetBarData documentIntendedTargetFormat documentTranslatorsName"
    " documentTranslatorsContactDetails documentCreationDate documentRevisionDate documentRevisionNumber"
    " documentCountryOfOrigin documentPublisher documentEditorsName documentEditorsContactDetails"
    " documentUserDefinedArea"
)
_DATE: Final = re.compile(r"-?[0-9]{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_REPEATED: Final = frozenset({"conformsToStandard", "authoredFrameRateMultiplier", "documentIntendedTargetFormat"})
_BARS: Final = ("topBottom", "leftRight")
_CLAUSE: Final = "EBU Tech 3380 ebuttm:documentMetadata"


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None


_VALUES: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "authoredFrameRate": ((lambda text: is_integer(text, positive=True)), "an integer above zero"),
    "authoredFrameRateMultiplier": (is_ratio, "two integers above zero"),
    "documentCreationDate": (_is_date, "a date, YYYY-MM-DD"),
    "documentRevisionDate": (_is_date, "a date, YYYY-MM-DD"),
    "documentRevisionNumber": (
        (lambda text: is_integer(text) and not text.startswith("-")),
        "an integer, not negative",
    ),
}


def judge(source: Source, findings: Findings) -> None:
    """Note elements of the document's metadata that are out of order, come twice or say what they may not."""
    for node in source.root.everything():
        if node.name == "ebuttm:documentMetadata":
            _order(node, findings)
        elif node.name == "ebuttm:documentIntendedTargetBarData":
            position = node.attributes.get("position")
            if position not in _BARS:
                what = f"position='{position}'" if position else "no position"
                findings.add(node, "position", what, " or ".join(_BARS), _CLAUSE)


def _order(metadata: Node, findings: Findings) -> None:
    place = -1
    for child in metadata.children:
        local = child.name.partition(":")[2]
        if not child.name.startswith("ebuttm:") or local not in _ORDER:
            continue
        here = _ORDER.index(local)
        if here < place:
            findings.add(child, "", f"{child.name} stands too late", "the order of the clause", _CLAUSE)
        elif here == place and local not in _REPEATED:
            findings.add(child, "", f"more than one {child.name}", "one", _CLAUSE)
        place = max(place, here)
        test, allowed = _VALUES.get(local, ((lambda _: True), ""))
        if not test(child.text.strip()):
            findings.add(child, "", f"{child.name} says '{child.text.strip()}'", allowed, _CLAUSE)
