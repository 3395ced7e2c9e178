"""Foreign text made safe for where it goes: XML, and cells of a spreadsheet."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from cli.render.words import visible

if TYPE_CHECKING:
    from lxml import etree

_NO_XML = re.compile("[\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for a formula, full-width forms included (OWASP, CSV injection)."""


def xml_text(text: str) -> str:
    r"""A text on one line, with what XML 1.0 cannot hold shown as escapes such as `\x1b`."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))


def token(text: str) -> str:
    """A text as an `xs:token` that is never empty: no white space at its ends, one space inside."""
    return " ".join(xml_text(text).split()) or "-"


def xml_document(root: "etree._Element") -> str:
    """A document with its declaration, to be written as UTF-8."""
    from lxml import etree

    text = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def cell(text: str) -> str:
    """A text as a cell: what a spreadsheet may take for a formula begins with an apostrophe."""
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else shown


def uri(path: str) -> str:
    """A path as a relative reference (RFC 3986), percent-encoded in UTF-8; a lone surrogate becomes a question mark."""
    return quote(path, safe="/", errors="replace")
