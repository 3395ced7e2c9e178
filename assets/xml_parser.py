"""The one way in which XML from outside is parsed: no entities, no document type, no network, no great depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def hardened(*, encoding: str | None = None, recover: bool = False) -> etree.XMLParser:
    """A parser that opens nothing but the bytes it is given; `encoding` overrules what the document says of itself.

    The library refuses more than 256 elements one in another. With `recover` it reads on after a fault.
    """
    from lxml import etree

    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,  # else an id that occurs twice, or is no name, makes the whole document unreadable
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
