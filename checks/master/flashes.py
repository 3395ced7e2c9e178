"""The check master/flashes."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened


@check("master/flashes", on=Master)
def flashes(master: Master) -> Problems:
    """The picture flashes more than three times in a second, which can cause seizures.

    This is a screening, and no test after ITU-R BT.1702: it may find too much or too little, and it looks for no
    patterns. Have the programme tested by a device that is approved for it where a broadcaster asks for that.
    """
    for at, picture, _ in pictures_measured(master, "flashes"):
        yield from shortened(
            Problem(
                "more than three flashes in a second, for {measured} (a screening, no test after ITU-R BT.1702)",
                placed(at, stretch),
                measured=length_text(length(stretch)),
            )
            for stretch in picture.flashes
        )
