"""The check master/decode-errors."""

from assets.media import Master
from checks.core import At, Problem, Problems, check
from checks.signals import measured, require
from checks.stretches import shortened


@check("master/decode-errors", on=Master)
def decode_errors(master: Master) -> Problems:
    """The file's pictures or sound cannot all be decoded.

    The file is damaged: whoever plays it sees blocks, grey, or nothing at that time. Copy it again from its source and
    compare the checksums; if the source is the same, export it again.
    """
    require(master, None, "errors")
    yield from shortened(
        Problem("the decoder says: {said}", At(start=error.at), values={"said": error.text})
        for error in measured(master).errors
    )
