r"""The text of a SubRip cue: inline tags, and what on writing keeps plain text from reading as structure.

`<i>`, `<b>`, `<u>`; `<font>` is taken off; `{\an8}` places the cue as on a numeric keypad. There is no escape: on
writing, an empty pair of tags goes into plain text that would read as a tag, a blank row or times.
"""

import re

from assets.subtitles import markup, timestamps
from assets.subtitles.model import Cue, Damage, Run, quick_run

_TAG = re.compile(
    r"<(?P<closing>/?)(?:(?P<style>[ibu])[^\S\n]*|font(?:[^\S\n][^<>\n]*)?)>|\{\\an(?P<position>[1-9])\}", re.IGNORECASE
)
_ITALIC = re.compile(r"<i>([^<{\n][^<{]*)</i>")


def runs(text: str, line: int, damage: list[Damage]) -> tuple[tuple[Run, ...], int]:
    """The runs of the rows of a cue and its position. `line` is where what is wrong is reported."""
    if "<" not in text and "{\\" not in text:
        return ((quick_run(text),) if text else ()), markup.BOTTOM
    whole = _ITALIC.fullmatch(text)
    if whole and not markup.UNHELD.search(text):
        return (quick_run(whole[1], italic=True),), markup.BOTTOM
    styler, position, end = markup.Styler(), 0, 0
    lost: list[str] = []
    for match in _TAG.finditer(text):
        styler.text(text[end : match.start()])
        end = match.end()
        if match["style"]:
            styler.tag(match["style"].lower(), closing=bool(match["closing"]))
        elif match["position"] and not position:
            position = int(match["position"])
        elif not match["closing"]:
            lost.append(match[0])
    styler.text(text[end:])
    found = styler.runs()
    if lost:
        damage.append(Damage("not-kept", line, "fonts and second places, which are not kept", " ".join(lost)))
    if styler.unbalanced:
        damage.append(Damage("unbalanced-tag", line, "tags without their other half", " ".join(styler.unbalanced)))
    return found, position or markup.BOTTOM


def written(cue: Cue) -> str:
    """The rows of a cue with their tags."""
    rows = [_row(markup.tagged(row, _escape)) for row in markup.rows(cue.runs)]
    place = "" if cue.position == markup.BOTTOM else f"{{\\an{cue.position}}}"
    return place + ("" if rows == [markup.GUARD] else "\n".join(rows))


def _escape(text: str) -> str:
    return _TAG.sub(lambda match: match[0][0] + markup.GUARD + match[0][1:], text)


def _row(row: str) -> str:
    if not row.strip(" \t"):
        return markup.GUARD + row
    return timestamps.without_arrows(row, markup.GUARD) if timestamps.is_meant_as_times(row) else row
