"""SubRip (.srt), read and written with pysrt.

pysrt alone passes over in silence what it cannot parse, glues cues that lack a blank line and cuts white space off
rows. So `srt_plain` takes the cues that are as they should be, `srt_scan` finds the lines of the others and reports
what is wrong with them; pysrt then reads their times, and writes whole files.
"""

import io
from collections.abc import Sequence

from assets.errors import UsageError
from assets.subtitles import faults, srt_text, timestamps
from assets.subtitles.decoding import newlines
from assets.subtitles.format import Feature, Format, Grid, Target
from assets.subtitles.model import Cue, Damage, Document
from assets.subtitles.srt_plain import Progress, stretches
from assets.subtitles.srt_scan import Frame, scan
from assets.timing import from_ms


def read(text: str) -> Document:
    """The cues of a SubRip text in the order of the file, and all that is wrong with it."""
    text, damage = _line_ends(text)
    progress = Progress()
    for stretch in stretches(text, progress):
        scanned = scan(stretch.text.split("\n"), stretch.above, progress.index, last=stretch.last)
        damage += scanned.damage
        for frame in scanned.frames:
            progress.cues.append(_cue(len(progress.cues) + 1, frame, progress.damage))
        progress.index = scanned.index
    cues = tuple(progress.cues)
    return Document(cues, (*damage, *progress.damage, *faults.of_cues(cues)))


def write(cues: Sequence[Cue], _target: Target) -> bytes:
    """A SubRip text: indexes from 1, milliseconds. The format has no place for the language.

    Raises UsageError if there are no cues: the file would be empty, and no reader could tell what it is.
    """
    from pysrt import SubRipFile, SubRipItem

    if not cues:
        raise UsageError("SubRip: there are no cues, and the file would be empty; at least one is needed")
    items = [
        SubRipItem(number, timestamps.nearest_ms(cue.start), timestamps.nearest_ms(cue.end), srt_text.written(cue))
        for number, cue in enumerate(cues, 1)
    ]
    file = io.StringIO()
    SubRipFile(items, eol="\n").write_into(file)
    return file.getvalue().encode()


def _line_ends(text: str) -> tuple[str, list[Damage]]:
    doubled = text.count("\r\r\n")
    if doubled and doubled * 2 >= text.count("\n"):
        what = "lines end with CR CR LF, read as one line end"
        return newlines(text.replace("\r\r\n", "\n")), [Damage("odd-line-ends", 1, what)]
    both = text.count("\r\n")
    kinds = {"CR LF": both, "CR": text.count("\r") - both, "LF": text.count("\n") - both}
    used = [f"{count} {name}" for name, count in kinds.items() if count]
    if kinds["CR"] or len(used) > 1:
        return newlines(text), [Damage("odd-line-ends", 1, f"lines end with {', '.join(used)}; all are read")]
    return newlines(text), []


def _cue(number: int, frame: Frame, damage: list[Damage]) -> Cue:
    from pysrt import SubRipItem

    text = "\n".join(frame.rows)
    if frame.timing:
        item = SubRipItem(frame.index, frame.timing.start, frame.timing.end, text, frame.timing.rest)
    else:
        start, end, coordinates = SubRipItem.split_timestamps(frame.times)
        item = SubRipItem(frame.index, start, end, text, coordinates)
    if item.position:
        what = "text after the times, such as coordinates, which is not kept"
        damage.append(Damage("not-kept", frame.line, what, item.position))
    runs, position = srt_text.runs(text, frame.line, damage)
    return Cue(number, from_ms(item.start.ordinal), from_ms(item.end.ordinal), runs, frame.line, position)


FORMAT = Format(
    id="srt",
    name="SubRip",
    suffix="srt",
    matches=timestamps.has_times,
    read_text=read,
    write=write,
    holds=frozenset({Feature.ITALIC, Feature.BOLD, Feature.UNDERLINE, Feature.COLOUR, Feature.TOP}),
    grid=Grid.MILLISECONDS,
    losses=srt_text.losses,
)
