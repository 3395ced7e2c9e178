r"""SubRip (.srt), read and written with pysrt.

pysrt alone passes over in silence what it cannot parse, glues cues that lack a blank line and cuts white space off
rows. So `srt_scan` finds the lines of each cue and reports what is wrong with them; pysrt then reads each cue's times,
and writes whole files.

Inline tags: `<i>`, `<b>`, `<u>`; `<font>` is taken off; `{\an8}` places the cue as on a numeric keypad. There is no
escape: on writing, an empty pair of tags goes into plain text that would read as a tag, a blank row or times.
"""

import io
import re
from collections.abc import Sequence

from assets.subtitles import faults, markup, timestamps
from assets.subtitles.decoding import newlines
from assets.subtitles.format import Feature, Format, Grid, Target
from assets.subtitles.model import Cue, Damage, Document, Run
from assets.subtitles.srt_scan import Frame, scan
from assets.timing import from_ms

_TAG = re.compile(
    r"<(?P<closing>/?)(?:(?P<style>[ibu])[^\S\n]*|font(?:[^\S\n][^<>\n]*)?)>|\{\\an(?P<position>[1-9])\}", re.IGNORECASE
)


def read(text: str) -> Document:
    """The cues of a SubRip text in the order of the file, and all that is wrong with it."""
    text, damage = _line_ends(text)
    frames, found = scan(text.split("\n"))
    damage += found
    cues = [_cue(number, frame, damage) for number, frame in enumerate(frames, 1)]
    damage.extend(faults.of_cues(cues))
    return Document(tuple(cues), tuple(damage))


def write(cues: Sequence[Cue], _target: Target) -> bytes:
    """A SubRip text: indexes from 1, milliseconds. The format has no place for the language."""
    from pysrt import SubRipFile, SubRipItem

    items = [
        SubRipItem(number, timestamps.nearest_ms(cue.start), timestamps.nearest_ms(cue.end), _text(cue))
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
    runs, position = _runs(text, frame.line, damage)
    return Cue(
        number, from_ms(item.start.ordinal), from_ms(item.end.ordinal), runs, frame.line, position or markup.BOTTOM
    )


def _runs(text: str, line: int, damage: list[Damage]) -> tuple[tuple[Run, ...], int | None]:
    if "<" not in text and "{\\" not in text:
        return ((Run(text),) if text else ()), None
    styler, position, end = markup.Styler(), None, 0
    lost: list[str] = []
    for match in _TAG.finditer(text):
        styler.text(text[end : match.start()])
        end = match.end()
        if match["style"]:
            styler.tag(match["style"].lower(), closing=bool(match["closing"]))
        elif match["position"] and position is None:
            position = int(match["position"])
        elif not match["closing"]:
            lost.append(match[0])
    styler.text(text[end:])
    runs = styler.runs()
    if lost:
        damage.append(Damage("not-kept", line, "fonts and second places, which are not kept", " ".join(lost)))
    if styler.unbalanced:
        damage.append(Damage("unbalanced-tag", line, "tags without their other half", " ".join(styler.unbalanced)))
    return runs, position


def _text(cue: Cue) -> str:
    rows = [_row(markup.tagged(row, _escape)) for row in markup.rows(cue.runs)]
    place = "" if cue.position == markup.BOTTOM else f"{{\\an{cue.position}}}"
    return place + ("" if rows == [markup.GUARD] else "\n".join(rows))


def _escape(text: str) -> str:
    return _TAG.sub(lambda match: match[0][0] + markup.GUARD + match[0][1:], text)


def _row(row: str) -> str:
    if not row.strip(" \t"):
        return markup.GUARD + row
    return timestamps.without_arrows(row, markup.GUARD) if timestamps.is_meant_as_times(row) else row


FORMAT = Format(
    id="srt",
    name="SubRip",
    suffix="srt",
    matches=timestamps.has_times,
    read_text=read,
    write=write,
    holds=frozenset({Feature.ITALIC, Feature.BOLD, Feature.UNDERLINE, Feature.TOP}),
    grid=Grid.MILLISECONDS,
)
