r"""The text of a SubRip cue: inline tags, and what on writing keeps plain text from reading as structure.

`<i>`, `<b>`, `<u>`, `<font color="#rrggbb">`, and what players took over from SubStation Alpha: `{\i1}` to `{\i0}`,
likewise `b` and `u`, and `{\an8}`, which places the cue as on a numeric keypad. Other fonts and overrides are taken
off. There is no escape: on writing, an empty pair of tags goes into plain text that would read as a tag, a blank row
or times.
"""

import re
from collections.abc import Iterator

from assets.subtitles import markup, timestamps
from assets.subtitles.format import Target
from assets.subtitles.html_colours import colour_of
from assets.subtitles.model import Cue, Damage, Run, quick_run
from assets.subtitles.sami_text import attributes

_TAG = re.compile(
    r"<(?P<closing>/?)(?:(?P<style>[ibu])[^\S\n]*|font(?P<font>[^\S\n][^<>\n]*)?)>|\{\\(?P<overrides>[^{}<>\n]*)\}",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"<i>([^<{\n][^<{]*)</i>")
_OVERRIDE = re.compile(r"(?P<style>[ibu])(?P<on>[01])|an(?P<position>[1-9])", re.IGNORECASE)
_RGB = len("#rrggbb")


def runs(text: str, line: int, damage: list[Damage]) -> tuple[tuple[Run, ...], int]:
    """The runs of the rows of a cue and its position. `line` is where what is wrong is reported."""
    if "<" not in text and "{\\" not in text:
        return ((quick_run(text),) if text else ()), markup.BOTTOM
    whole = _ITALIC.fullmatch(text)
    if whole and not markup.UNHELD.search(text):
        return (quick_run(whole[1], italic=True),), markup.BOTTOM
    reader, end = _Reader(), 0
    for match in _TAG.finditer(text):
        reader.text(text[end : match.start()])
        end = match.end()
        if match["overrides"] is not None:
            reader.overrides(match["overrides"])
        else:
            reader.tag(match)
    reader.text(text[end:])
    unbalanced = [*reader.unbalanced, *(f"<{name}>" for name, _ in reader.open)]
    if reader.lost:
        what = "fonts, overrides and second places, which are not kept"
        damage.append(Damage("not-kept", line, what, " ".join(reader.lost)))
    if unbalanced:
        what = "tags without their other half, or closed in another order than opened"
        damage.append(Damage("unbalanced-tag", line, what, " ".join(unbalanced)))
    return markup.tidy(reader.runs), reader.position or markup.BOTTOM


class _Reader:
    """What has been read of a cue: its runs, the tags that are open with the colours they give, and what is wrong."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.open: list[tuple[str, str]] = []
        self.switched: set[str] = set()
        self.position = 0
        self.lost: list[str] = []
        self.unbalanced: list[str] = []

    def text(self, text: str) -> None:
        """Add text in the styles that are open."""
        if text:
            styles = self.switched.union(name for name, _ in self.open)
            colour = next((colour for _, colour in reversed(self.open) if colour), "")
            self.runs.append(Run(text, "i" in styles, "b" in styles, "u" in styles, colour=colour))

    def tag(self, match: re.Match[str]) -> None:
        """Open or close a style or a font."""
        name = (match["style"] or "font").lower()
        if match["closing"]:
            self.close(name)
            return
        colour: str | None = ""
        if name == "font":
            given = attributes(match["font"] or "")
            colour = colour_of(given.pop("color", "")) if "color" in given else None
            if given or colour is None:
                self.lost.append(match[0])
        self.open.append((name, colour or ""))

    def close(self, name: str) -> None:
        """Close the last tag of a name; that it is missing, or not the last that was opened, is noted."""
        names = [opened for opened, _ in self.open]
        if names[-1:] != [name]:
            self.unbalanced.append(f"</{name}>")
        if name in names:
            del self.open[len(names) - 1 - names[::-1].index(name)]

    def overrides(self, block: str) -> None:
        """Follow what a block of overrides says of styles and of the place; the rest is noted."""
        for override in block.split("\\"):
            match = _OVERRIDE.fullmatch(override.strip())
            if match and match["style"]:
                change = self.switched.add if match["on"] == "1" else self.switched.discard
                change(match["style"].lower())
            elif match and not self.position:
                self.position = int(match["position"])
            else:
                self.lost.append(f"{{\\{override}}}")


def written(cue: Cue) -> str:
    """The rows of a cue with their tags."""
    rows = [_row("".join(map(_tagged, row))) for row in markup.rows(cue.runs)]
    place = "" if cue.position == markup.BOTTOM else f"{{\\an{cue.position}}}"
    return place + ("" if rows == [markup.GUARD] else "\n".join(rows))


def losses(cue: Cue, _target: Target) -> Iterator[str]:
    """What of a cue SubRip does not hold, beside features: transparency."""
    for colour in sorted({run.colour for run in cue.runs if len(run.colour) > _RGB}):
        yield f"transparency of a colour: {colour}"


def _tagged(run: Run) -> str:
    """A run with its tags."""
    text = markup.tagged([run], _escape)
    return f'<font color="{run.colour[:_RGB]}">{text}</font>' if run.colour else text


def _escape(text: str) -> str:
    return _TAG.sub(lambda match: match[0][0] + markup.GUARD + match[0][1:], text)


def _row(row: str) -> str:
    if not row.strip(" \t"):
        return markup.GUARD + row
    return timestamps.without_arrows(row, markup.GUARD) if timestamps.is_meant_as_times(row) else row
