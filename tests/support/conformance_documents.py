"""TTML documents for the tests of conformance, and their violations in short."""

from assets.subtitles.conformance import violations

TT = "http://www.w3.org/ns/ttml"
IMSC = f"{TT}/profile/imsc1.1/text"
IMAGE = f"{TT}/profile/imsc1.1/image"
NAMESPACES = {
    "": TT,
    "ttp": f"{TT}#parameter",
    "tts": f"{TT}#styling",
    "ttm": f"{TT}#metadata",
    "tta": f"{TT}#audio",
    "itts": f"{TT}/profile/imsc1#styling",
    "ittp": f"{TT}/profile/imsc1#parameter",
    "ittm": f"{TT}/profile/imsc1#metadata",
    "ebutts": "urn:ebu:tt:style",
    "ebuttm": "urn:ebu:tt:metadata",
    "smpte": "http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt",
    "x": "urn:other",
}
DECLARED = " ".join(f'xmlns{":" if prefix else ""}{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def ttml(body="", head="", root='xml:lang="en"'):
    """A document whose head stands on line 3 and whose body on line 6; empty ones are left out."""
    inner_head = f"<head>\n{head}\n</head>" if head else "\n\n"
    inner_body = f"<body>\n{body}\n</body>" if body else ""
    return f"<tt {DECLARED} {root}>\n{inner_head}\n{inner_body}</tt>"


def imsc(body="", head="", root=""):
    """As `ttml`, with the designator of the text profile of IMSC 1.1."""
    return ttml(body, head, f'xml:lang="en" ttp:contentProfiles="{IMSC}" {root}')


def said(document, profile="document", encoding="utf-8"):
    """Violations as `6 /tt/body/div@x TTML1 7.1.4`."""
    return [f"{item.line} {item.path} {item.clause}" for item in violations(document, encoding, profile)]
