"""Ids: the names that titles, versions, windows, platforms and media rights have in files and keys."""

import re

from assets import rights

MAX_ID = 100
ID_RULE = f"lower-case letters, digits and hyphens, at most {MAX_ID}"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Whether a text may be the id of a title, version, window or platform."""
    return len(text) <= MAX_ID and _ID.fullmatch(text) is not None


def an_id(text: str) -> str:
    """The text, if it is an id. Raises ValueError: what is wrong; what is allowed."""
    if not is_id(text):
        raise ValueError(f"{text!r} is no id; {ID_RULE}")
    return text


def media_right(text: str) -> str:
    """The text, if it is the id of a media right. Raises ValueError: what is wrong; what is allowed."""
    if text not in rights.media_rights():
        raise ValueError(f"{text!r} is no media right; {', '.join(rights.media_rights())}")
    return text
