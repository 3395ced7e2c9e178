"""`metadata/placeholder-text`."""

import unicodedata
from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check
from checks.metadata._texts import texts

_AROUND = " .…-–—_*()[]{}<>「」『』【】〈〉《》“”‘’'!?:;,"


class Placeholders(Limits):
    """Words that stand for a text that is not there yet: as the `whole` text, or `anywhere` in it."""

    whole: Annotated[list[str], Field(min_length=1)]
    anywhere: list[str] = []


@check("metadata/placeholder-text", on=ReadTitle, limits=Placeholders)
def placeholder_text(read: ReadTitle, limits: Placeholders) -> Problems:
    """A name or a synopsis is a placeholder that nobody has replaced.

    It would be shown to viewers as it stands. Write the text, or take the key out: what is missing is then said by
    the checks of what the platform asks for.
    """
    whole = {_plain(word) for word in limits.whole}
    anywhere = [_plain(word) for word in limits.anywhere]
    for item in texts(read.title):
        text = _plain(item.text)
        if not text or text in whole or (not item.is_name and any(word in text for word in anywhere)):
            yield Problem("{measured} is no text for viewers", item.at, repr(item.text.strip()[:60]))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().strip(_AROUND).split())
