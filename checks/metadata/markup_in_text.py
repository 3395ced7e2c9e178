"""`metadata/markup-in-text`."""

import re

from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check
from checks.metadata._texts import texts

_MARKUP = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>"  # a tag
    r"|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,8});"  # an entity
    r"|\*\*[^*\s][^*]*\*\*|\[[^\]]+\]\([^)]+\)"  # bold and a link of Markdown
    r"|\\[nrt]|\{\\"  # escapes that nobody has resolved
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")


@check("metadata/markup-in-text", on=ReadTitle)
def markup_in_text(read: ReadTitle) -> Problems:
    """A name or a synopsis has markup, entities or characters that nobody sees.

    Platforms show metadata as plain text: a tag or an entity stands there as it is written, and a direction mark or a
    replacement character tells of a broken import. Write the character itself.
    """
    for item in texts(read.title):
        if found := _MARKUP.search(item.text):
            yield Problem("{measured} is markup; plain text only", item.at, repr(found[0][:40]))
        elif hidden := _CONTROL.search(item.text):
            yield Problem("has the character {measured}, which is no text", item.at, f"U+{ord(hidden[0]):04X}")
