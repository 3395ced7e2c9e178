"""Addresses on the web that a page may link to: https, a host, and nothing that is not seen."""

from urllib.parse import urlsplit

MAX_LENGTH = 2000
_ALLOWED = (
    f"an address such as https://example.org/film, without user names and spaces, at most {MAX_LENGTH} characters"
)


def is_address(text: str) -> bool:
    """Whether a text is meant as an address, right or wrong: no path of a file begins so."""
    return "://" in text or text.lower().startswith(("http:", "https:", "javascript:", "data:", "file:"))


def an_address(text: str) -> str:
    """The text, if a page may link to it. Raises ValueError: what is wrong; what is allowed."""
    if not text.isprintable() or set(text) & set(" \"'<>\\`") or len(text) > MAX_LENGTH:
        raise ValueError(f"{text[:80]!r} is no address of a page; {_ALLOWED}")
    try:
        parts = urlsplit(text)
        is_good = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise ValueError(f"{text[:80]!r} is no address of a page; {_ALLOWED}")
    return text
