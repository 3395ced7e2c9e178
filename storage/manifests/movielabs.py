"""Elements of MovieLabs' documents: Media Manifest 1.13 and Media Entertainment Core 2.12, over Common Metadata 2.12.

What their schemas would not take is refused with the place that it came from.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assets.avails import ids
from assets.avails.values import is_plain
from assets.errors import Refused
from assets.title import Title

if TYPE_CHECKING:
    from lxml import etree

MD = "http://www.movielabs.com/schema/md/v2.12/md"
MEC = "http://www.movielabs.com/schema/mdmec/v2.12"
MANIFEST = "http://www.movielabs.com/schema/manifest/v1.13/manifest"

MEC_KEY = "mec.xml"
MMC_KEY = "mmc.xml"
"""Where the two lie: at the top of the payload, so that what they refer to lies below them."""

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Work:
    """A title under the names that MovieLabs' documents give it. `parts` are the names already given to parts of it."""

    title: Title
    organisation: str
    parts: set[str] = field(default_factory=set)

    @property
    def content_id(self) -> str:
        """The identifier that metadata and experiences are about."""
        return ids.content_id(self.title, self.organisation)

    @property
    def alid(self) -> str:
        """The identifier that Avails offer the work under."""
        return ids.alid(self.title, self.organisation)

    def part(self, scheme: str, name: str) -> str:
        """The identifier of one thing of the work."""
        return f"md:{scheme}:{ids.part_name(self.title, self.organisation, name)}"

    def new_part(self, scheme: str, name: str) -> str:
        """The identifier of a thing whose name others may have too: the second of them has a number."""
        number, known = 1, name
        while f"{scheme}:{known}" in self.parts:
            number += 1
            known = f"{name}.{number}"
        self.parts.add(f"{scheme}:{known}")
        return self.part(scheme, known)


def work_of(title: Title, organisation: str) -> Work:
    """The work that a title is. Raises Refused for what these documents have no words for."""
    reasons = []
    if not organisation and not ids.eidr_of(title):
        reasons.append("no identifier can be made: the title has no EIDR and the platform's [package] no organisation")
    if title.programme.episodes > 1:
        reasons.append(f"{title.programme.format}: MMC-1 has an experience for each episode; a title for each of them")
    if reasons:
        raise Refused(f"{title.id}: MMC and MEC cannot be written", reasons)
    return Work(title, organisation)


def root(space: str, name: str, spaces: dict[str, str]) -> "etree._Element":
    """The element that a document is."""
    from lxml import etree

    return etree.Element(f"{{{space}}}{name}", nsmap=spaces)


def add(
    parent: "etree._Element", name: str, text: str | None = None, *, space: str = "", **attributes: str
) -> "etree._Element":
    """A new last child, in its parent's namespace unless another is said. Raises Refused for control characters."""
    from lxml import etree

    if text is not None and not is_plain(text):
        raise Refused("MMC and MEC cannot be written", [f"{name}: {text[:40]!r} has control characters; none"])
    own = space or etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{own}}}{name}", attributes)
    element.text = text
    return element


def language(tag: str) -> str:
    """A language tag as the schemas take it. Raises Refused for any other text."""
    if not _LANGUAGE.fullmatch(tag):
        raise Refused("MMC and MEC cannot be written", [f"{tag!r} is no language tag; BCP 47, such as ko or pt-BR"])
    return tag


def document(element: "etree._Element") -> bytes:
    """The bytes of a document. The same elements give the same bytes."""
    from lxml import etree

    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True)
