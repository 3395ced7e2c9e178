"""`metadata/url-in-text`."""

import re

from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check
from checks.metadata._texts import texts

_ADDRESS = re.compile(
    r"\b(?:https?|ftp)://\S+"
    r"|\bwww\.[a-z0-9-]+\.\S+"
    r"|\b[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|(?P<host>(?<![\w.@-])[a-z0-9-]{2,}\.(?:com|net|org|info|tv|film|movie|(?:co|or|go|ne|ac)\.[kj][rp]|kr|jp)(?![\w-])(?:/\S*)?)"
    r"|(?<![\w@])@[a-z0-9_]{3,30}\b",
    re.ASCII | re.IGNORECASE,
)


@check("metadata/url-in-text", on=ReadTitle)
def url_in_text(read: ReadTitle) -> Problems:
    """A name or a synopsis has an address: of a page, of mail, or of somebody on a social network.

    Platforms refuse what leads viewers away from them. Take it out; the address belongs to the distributor's own page.
    A film may be called by the name of a host: in a name that alone is only pointed out.
    """
    for item in texts(read.title):
        if found := _ADDRESS.search(item.text):
            address = repr(found[0][:60])
            is_doubtful = item.is_name and found["host"] is not None
            yield Problem(
                "{measured} is an address; none in names and synopses", item.at, address, borderline=is_doubtful
            )
