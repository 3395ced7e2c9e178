"""Where the clause of a source can be read: the address that it gives, or that follows from an article's number."""

import re

_ADDRESS = re.compile(r"https://[^\s<>\"'()]+[^\s<>\"'().,;:]")
_NETFLIX = re.compile(r"\bNetflix\b[^;]*?\((\d{9,16})\)")
"""Articles of Netflix' help centre are named by their number, which is the last part of their address."""


def clause_url(source: str) -> str:
    """The address of the first document of a source; empty where it names none that has one."""
    if address := _ADDRESS.search(source):
        return address[0]
    if article := _NETFLIX.search(source):
        return f"https://partnerhelp.netflixstudios.com/hc/en-us/articles/{article[1]}"
    return ""
