"""The check master/edit-list."""

from collections.abc import Iterator

from assets.media import Master
from assets.media_facts import EditList
from assets.timing import Time, from_ms
from checks.core import At, Limits, Problem, Problems, check
from checks.media import Milliseconds, ms_text


class EditLists(Limits):
    """How much of a stream an edit list may hide at its beginning and at its end.

    Frames that are decoded before they are shown, and the priming samples of AAC, need some tenths of a second.
    """

    max_hidden_ms: Milliseconds


@check("master/edit-list", on=Master, limits=EditLists)
def edit_list(master: Master, limits: EditLists) -> Problems:
    """An edit list cuts, delays, repeats or slows what the file holds.

    Encoders read past it (ISO/IEC 14496-12, 8.6.6): what was hidden comes back, and picture and sound drift apart.
    Export the film as it is to be seen, without edits.
    """
    tolerance = from_ms(limits.max_hidden_ms)
    known = {stream.index for stream in master.info.video} | {stream.index for stream in master.info.audio}
    for item in master.info.edit_lists:
        if item.stream in known:
            for fault, measured in _faults(item, tolerance):
                yield Problem(
                    "edit list {fault}",
                    At(f"stream {item.stream}"),
                    measured=measured,
                    allowed=f"all of the stream, within {limits.max_hidden_ms} ms",
                    values={"fault": fault.format(measured)},
                )


def _faults(item: EditList, tolerance: Time) -> Iterator[tuple[str, str]]:
    """What an edit list does, in words with a place for the figure, and the figure."""
    empty = sum(edit.duration for edit in item.edits if edit.media_start is None)
    if empty > tolerance:
        yield "shows nothing for {}", ms_text(empty)
    shown = [(edit.media_start, edit.duration, edit.rate) for edit in item.edits if edit.media_start is not None]
    if len(shown) > 1:
        yield "plays the stream in {} pieces", str(len(shown))
    if rates := sorted({rate for _, _, rate in shown if rate != 1}):
        yield "plays the stream at {} of its speed", ", ".join(f"{float(rate):g}" for rate in rates)
    if not shown or len(shown) > 1 or rates:
        return
    [(start, duration, _)] = shown
    if start > tolerance:
        yield "hides {} at the beginning", ms_text(start)
    # A duration of 0 lasts to the end, as in files that were written in fragments.
    if duration and (left := item.media_duration - start - duration) > tolerance:
        yield "hides {} at the end", ms_text(left)
    elif duration and -left > max(start, tolerance):
        yield "goes on for {} after the end of the stream", ms_text(-left)
