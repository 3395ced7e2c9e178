"""SAMI, written: a class for each language, a SYNC for each moment at which something changes."""

import html
import re
from collections.abc import Iterator, Sequence

from assets.subtitles import markup, sami_head, sami_text, timestamps
from assets.subtitles.format import Target
from assets.subtitles.model import Cue, Run

_BLANKS = re.compile(r"^ |(?<= ) | $|\t|\f", re.MULTILINE)
"""Blanks that HTML would not show: at the ends of a row and after another one, tabs."""
_TAGS = (("italic", "i"), ("bold", "b"), ("underline", "u"))
_OPAQUE = "ff"
_RGB = len("#rrggbb")
_CLEAR = "&nbsp;"


def write(cues: Sequence[Cue], target: Target) -> bytes:
    """A SAMI text in milliseconds, the cues in the order of their times. A class's next text ends the one before it."""
    used = dict.fromkeys(["", *map(markup.language_of, cues)])
    classes = sami_head.class_names(tag or target.language for tag in used)
    names = {tag: classes[tag or target.language] for tag in used}
    rules = "\n".join(f".{name} {{ Name:{name}; {_lang(tag)}SAMIType:CC; }}" for tag, name in classes.items())
    head = f'<SAMI>\n<HEAD>\n<TITLE></TITLE>\n<STYLE TYPE="text/css">\n<!--\n{sami_head.NEUTRAL}\n{rules}\n-->\n'
    body = "".join(_syncs(_said(cues, names)))
    return f"{head}</STYLE>\n</HEAD>\n<BODY>\n{body}</BODY>\n</SAMI>\n".encode()


def losses(cue: Cue, _target: Target) -> Iterator[str]:
    """What of a cue SAMI does not hold, beside features: languages within a cue, transparency, fonts with quotes."""
    tags = {run.language for run in cue.runs if run.text.strip("\n")}
    if len(tags) > 1:
        yield f"languages of parts of the cue: {', '.join(sorted(tag or 'the track' for tag in tags))}"
    for tag in sorted(tags):
        if not sami_head.is_writable(tag):
            yield f"a language that a class cannot declare: {tag}"
    for colour in sorted({run.colour for run in cue.runs if len(run.colour) > _RGB}):
        yield f"transparency of a colour: {colour}"
    for run in cue.runs:
        if run.font != run.font.strip() or re.search('[\0-\x1f"<>]', run.font):
            yield f"quotes, brackets or outer blanks in a font's name: {run.font}"
        if run.ruby != " ".join(run.ruby.split()):
            yield f"blanks of a ruby text: {run.ruby}"


def _lang(tag: str) -> str:
    letters = re.sub("[^A-Za-z0-9-]", "", tag)
    return f"lang:{letters}; " if letters else ""


def _said(cues: Sequence[Cue], names: dict[str, str]) -> list[tuple[int, str, str]]:
    """What is said when, in milliseconds, in which class."""
    said: list[tuple[int, str, str]] = []
    until: dict[str, int] = {}  # when the text that a class shows ends
    for cue in sorted(cues, key=lambda cue: cue.start):
        name = names[markup.language_of(cue)]
        start, end = timestamps.nearest_ms(cue.start), timestamps.nearest_ms(cue.end)
        if name in until and until[name] < start:
            said.append((until[name], name, _CLEAR))
        said.append((start, name, _text(cue.runs)))
        until[name] = max(start, end)
    if cues and names[""] not in until:  # so that the first class is seen to be the track's
        said.append((0, names[""], _CLEAR))
    said += [(end, name, _CLEAR) for name, end in until.items()]
    return sorted(said, key=lambda item: item[0])


def _syncs(said: list[tuple[int, str, str]]) -> Iterator[str]:
    """The SYNC elements: what several classes say at once stands in one."""
    before: int | None = None
    inside: set[str] = set()
    for start, name, text in said:
        if start != before or name in inside:
            yield f"<SYNC Start={start}>"
            before, inside = start, set()
        inside.add(name)
        yield f"<P Class={name}>{text}\n"


def _text(runs: tuple[Run, ...]) -> str:
    tidied = markup.tidy(runs)
    rows = markup.rows(tidied)
    source = "".join(map(_run, tidied, _escaped(tidied)))
    text = f"{'' if rows[0] else markup.GUARD}{source}{'' if rows[-1] else markup.GUARD}"
    return markup.GUARD + text if sami_text.is_clear(text) else text


def _escaped(runs: tuple[Run, ...]) -> Iterator[str]:
    """The texts of runs as HTML, with their row breaks; blanks that HTML would not show are written as numbers."""
    whole = "".join("x" * len(run.text) if run.ruby else run.text for run in runs)
    marks = [match.start() for match in _BLANKS.finditer(whole)]
    at = 0
    for run in runs:
        inside = (mark - at for mark in marks if at <= mark < at + len(run.text))
        yield _escape(run.text, {match.start() for match in _BLANKS.finditer(run.text)} if run.ruby else set(inside))
        at += len(run.text)


def _run(run: Run, text: str) -> str:
    tags = [tag for name, tag in _TAGS if getattr(run, name)]
    opening, closing = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
    values = f' color="{run.colour[:_RGB]}"' if run.colour else ""
    font = re.sub('[\0-\x1f"<>]', "", run.font).strip()
    values += f' face="{html.escape(font)}"' if font else ""
    if values:
        opening, closing = f"<font{values}>{opening}", f"{closing}</font>"
    if run.ruby:
        place = sami_text.RUBY_POSITIONS.get(run.ruby_position, "")
        style = f' style="ruby-position:{place}"' if place else ""
        text = f"<ruby{style}>{text}<rt>{_escape(run.ruby, set())}</rt></ruby>"
    return f"{opening}{text}{closing}"


def _escape(text: str, blanks: set[int]) -> str:
    if blanks:
        return "".join(f"&#{ord(char)};" if at in blanks else _escape(char, set()) for at, char in enumerate(text))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
    return escaped.replace("\n", "<br>")
