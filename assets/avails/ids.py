"""The identifiers of a work as MovieLabs writes them: the same in its Avails, its manifest and its metadata.

MovieLabs, TR-META-CM, content identifiers: an EIDR without its prefix (`eidr-s`), or a name of an organisation's own.
"""

from assets import eidr
from assets.title import Title


def eidr_of(title: Title) -> str:
    """The EIDR of a title without its prefix, `XXXX-XXXX-XXXX-XXXX-XXXX-C`; nothing if it has none that is right."""
    for name, value in sorted(title.identifiers.items()):
        parts = eidr.parse(value) if name.lower().startswith("eidr") else None
        if parts and parts[0] == eidr.CONTENT and eidr.check_character(parts[1][:-1]) == parts[1][-1]:
            digits, last = parts[1][:-1], parts[1][-1]
            return "-".join((*(digits[at : at + 4] for at in range(0, 20, 4)), last))
    return ""


def work_name(title: Title, organisation: str) -> str:
    """What every identifier of the work itself ends with."""
    own = eidr_of(title)
    return f"eidr-s:{own}" if own else f"org:{organisation}:{title.id}"


def part_name(title: Title, organisation: str, part: str) -> str:
    """What the identifier of a part of the work ends with, such as a track of it."""
    own = eidr_of(title)
    return f"eidr-x:{own}:{part}" if own else f"org:{organisation}:{title.id}:{part}"


def alid(title: Title, organisation: str) -> str:
    """The identifier of what is offered, which Avails and a manifest's experience map have in common."""
    return f"md:alid:{work_name(title, organisation)}"


def content_id(title: Title, organisation: str) -> str:
    """The identifier of the work as content, which metadata is about."""
    return f"md:cid:{work_name(title, organisation)}"
