"""Whether a TTML, IMSC 1.1, EBU-TT-D or WebVTT document keeps to its specification, line by line, with the clause.

Written from the specifications: TTML1 (Third Edition, 2018), TTML2 (2018), IMSC 1.1 (2018), EBU Tech 3380 v1.0.1,
WebVTT (2019). Not judged: the render model of IMSC 1.1 (its clause on complexity), embedded resources, style sheets.
"""

from assets.subtitles.conformance import ttml, webvtt
from assets.subtitles.conformance.violation import DOCUMENT, PROFILES, WEBVTT, Violation

__all__ = ["DOCUMENT", "PROFILES", "Violation", "violations"]


def violations(text: str, encoding: str = "utf-8", profile: str = DOCUMENT) -> list[Violation]:
    """Every way in which a document does not conform to a profile of PROFILES, in the order of its lines.

    `text` is the decoded document, `encoding` what it was decoded from. `document` stands for what the document itself
    claims to be. A profile of the other kind (one of TTML for WebVTT) is no question, and nothing is found.
    """
    is_xml = text.lstrip("\ufeff \t\r\n").startswith("<")
    if profile != DOCUMENT and is_xml == (profile == WEBVTT):
        return []
    if is_xml:
        return ttml.violations(text, encoding, profile)
    return webvtt.violations(text, encoding)
