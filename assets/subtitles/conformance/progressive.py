"""What a document asks of itself with ittp:progressivelyDecodable (IMSC 1.1 7.8.2)."""

from typing import Final

from assets.subtitles.conformance import schedule
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.values import words

_CLAUSE: Final = "IMSC 1.1 7.8.2"
_TIMING: Final = ("begin", "end", "dur", "timeContainer")
_REFERENCES: Final = frozenset({"style", "region", "ttm:agent", "agent"})


def judge(source: Source, findings: Findings) -> None:
    """Note what keeps a document from being shown while it is still on its way."""
    for node in source.root.walk():
        above = {item.name for item in node.ancestors()}
        for name in _TIMING:
            if name in node.attributes and above & {"head", "p"}:
                where = "head" if "head" in above else "p"
                what = f"{name} on {node.name} in {where}, though the document is progressively decodable"
                findings.add(node, name, what, f"no times in {where}", _CLAUSE)
        for name in sorted(_REFERENCES & node.attributes.keys()):
            for reference in words(node.attributes[name]):
                target = source.ids.get(reference)
                if target is not None and target.order > node.order:
                    what = f"'{reference}' is defined later, on line {target.line}"
                    findings.add(node, name, what, "references to what stands before", _CLAUSE)
    _order(source, findings)


def _order(source: Source, findings: Findings) -> None:
    latest = 0
    for piece in schedule.shown(source):
        if piece.begin < latest:
            what = "content that is shown before content that stands before it"
            findings.add(piece.node, "", what, "content in the order of its times", _CLAUSE)
        latest = max(latest, piece.begin)
