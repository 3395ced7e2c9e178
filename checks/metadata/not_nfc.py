"""`metadata/not-nfc`."""

from assets.subjects import ReadTitle
from assets.text import is_nfc
from checks.core import Problem, Problems, check
from checks.metadata._texts import texts


@check("metadata/not-nfc", on=ReadTitle)
def not_nfc(read: ReadTitle) -> Problems:
    """A name or a synopsis has decomposed letters (it is not in Unicode form NFC).

    Two names that look the same are then two names to a platform, and Korean syllables may be shown in pieces. Type
    the text again, or normalize title.toml to NFC; text copied from file names on a Mac often needs it.
    """
    for item in texts(read.title):
        if not is_nfc(item.text):
            yield Problem("not in {allowed}", item.at, "decomposed", "NFC")
