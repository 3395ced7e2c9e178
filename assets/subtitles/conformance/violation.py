"""What is said of a document that does not conform, and the profiles that it can be judged by."""

from dataclasses import dataclass
from typing import Final

DOCUMENT: Final = "document"
"""Stands for what the document itself claims to be."""
TTML1: Final = "ttml1"
TTML2: Final = "ttml2"
IMSC_TEXT: Final = "imsc1.1-text"
IMSC_IMAGE: Final = "imsc1.1-image"
EBU_TT_D: Final = "ebu-tt-d"
NETFLIX: Final = "netflix-imsc1.1-text"
WEBVTT: Final = "webvtt"

PROFILES: Final = (DOCUMENT, TTML1, TTML2, IMSC_TEXT, IMSC_IMAGE, EBU_TT_D, NETFLIX, WEBVTT)
"""What a document can be judged by."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a document does not conform.

    `line` counts from 1. `path` names the element, as an XPath without prefixes (`/tt/body/div/p[2]`), and after an `@`
    the attribute; of a WebVTT file it names the part (`cue 3`, `header`). `clause` is of the document that asks for
    what is `allowed`, `profile` one of PROFILES. `advice` marks what the clause says should be, and does not ask for.
    """

    line: int
    path: str
    what: str
    allowed: str
    clause: str
    profile: str
    advice: bool = False
