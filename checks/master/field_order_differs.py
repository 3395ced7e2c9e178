"""The check master/field-order-differs."""

from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.master._fields import FEWEST, INTERLACED, Percent, fields_of, percent, woven
from checks.signals import pictures_measured


class FieldOrderDiffers(Limits):
    """The share of woven pictures, in per cent, that may have the other order, as archive footage may."""

    max_percent: Percent


@check("master/field-order-differs", on=Master, limits=FieldOrderDiffers)
def field_order_differs(master: Master, limits: FieldOrderDiffers) -> Problems:
    """The fields of the picture follow each other in another order than the stream says.

    Everything that moves jumps back and forth. Correct the flag; if the fields were swapped by an edit, swap them back.
    """
    for at, picture, stream in pictures_measured(master, "fields"):
        if stream.scan not in INTERLACED:
            continue
        fields = fields_of(picture)
        if woven(fields) < FEWEST:
            raise CannotCheck("too little moves in the picture to tell the order of its fields")
        other = fields.bottom_first if stream.scan == "interlaced-tff" else fields.top_first
        if percent(other, woven(fields)) > limits.max_percent:
            yield Problem(
                "{measured} of the pictures with motion are not {order}, as the stream says; at most {allowed}",
                at,
                measured=f"{percent(other, woven(fields))} %",
                allowed=f"{limits.max_percent} %",
                values={"order": INTERLACED[stream.scan]},
            )
