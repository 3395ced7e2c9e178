"""The text of a WebVTT cue: styles, voices, languages, ruby, and the default colours, read and written."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from assets.subtitles import markup
from assets.subtitles.conformance.values import is_language
from assets.subtitles.model import Run

Note = tuple[str, str, str]
"""Kind of damage, what is wrong, the source text."""

COLOURS = {
    "white": "#ffffff",
    "lime": "#00ff00",
    "cyan": "#00ffff",
    "red": "#ff0000",
    "yellow": "#ffff00",
    "magenta": "#ff00ff",
    "blue": "#0000ff",
    "black": "#000000",
}
"""The classes that every player knows (WebVTT 5); `bg_` before the name makes a background of it."""
_NAMES = {colour: name for name, colour in COLOURS.items()}
_CLASSES = {
    **{name: ("colour", colour) for name, colour in COLOURS.items()},
    **{f"bg_{name}": ("background", colour) for name, colour in COLOURS.items()},
}
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-z]*)(?P<classes>(?:\.[^\s>.]+)*)(?P<rest>[^>]*)(?:>|$)")
_BLANKS = re.compile("[ \t\n\f\r]+")
_ANNOTATED = {"v": "speaker", "lang": "language"}
_PLAIN_TAGS = {*markup.STYLES, *_ANNOTATED, "c", "ruby", "rt"}
_OPAQUE = len("#rrggbbff")


class _Reader:
    """Collects runs while tags open and close. A closing tag undoes what the last open one of its name changed."""

    def __init__(self) -> None:
        self.style = Run("")
        self.pieces: list[Run] = []
        self.open: dict[str, list[dict[str, object]]] = {name: [] for name in _PLAIN_TAGS}
        self.base = 0  # where the base of the ruby that is open begins in `pieces`
        self.ruby: list[str] | None = None
        self.lost: list[str] = []
        self.unbalanced: list[str] = []
        self.unclosed: list[str] = []

    def text(self, source: str) -> None:
        """Add text, between tags."""
        plain = html.unescape(source)
        if self.ruby is not None:
            self.ruby.append(plain)
        elif plain:
            self.pieces.append(replace(self.style, text=plain))

    def tag(self, match: re.Match[str]) -> None:
        """Open or close an element."""
        name = match["name"]
        if not match[0].endswith(">"):
            self.unclosed.append(match[0])
        inside = self.ruby is not None and name not in {"rt", "ruby"}
        if name not in _PLAIN_TAGS or inside or (name == "rt" and not self.open["ruby"]):
            self.lost.append(match[0])
        elif match["closing"]:
            self.close(name)
        else:
            self.begin(match)

    def close(self, name: str) -> None:
        """Close an element. `</rt>` may be left out before `</ruby>`."""
        if name == "ruby":
            self.reading()
            self.open["rt"].clear()
        elif name == "rt":
            self.reading()
        if self.open[name]:
            self.style = replace(self.style, **self.open[name].pop())  # type: ignore[arg-type]
        else:
            self.unbalanced.append(f"</{name}>")

    def begin(self, match: re.Match[str]) -> None:
        """Open an element: what it changes, and what of it is not kept."""
        name, rest = match["name"], _BLANKS.sub(" ", html.unescape(match["rest"])).strip(" ")
        changes: dict[str, object] = {}
        if name in markup.STYLES:
            changes[markup.STYLES[name]] = True
        elif name in _ANNOTATED and rest:
            changes[_ANNOTATED[name]] = rest
        classes = match["classes"].split(".")[1:]
        changes.update(_CLASSES[each] for each in classes if each in _CLASSES)
        if any(each not in _CLASSES for each in classes) or (rest and name not in _ANNOTATED):
            self.lost.append(match[0])
        self.open[name].append({field: getattr(self.style, field) for field in changes})
        self.style = replace(self.style, **changes)  # type: ignore[arg-type]
        if name == "ruby":
            self.base = len(self.pieces)
        elif name == "rt":
            self.reading()
            self.ruby = []

    def reading(self) -> None:
        """Set the ruby text that ends here beside its base, which becomes one run in the style of its beginning."""
        if self.ruby is None:
            return
        ruby, base = "".join(self.ruby), self.pieces[self.base :]
        self.ruby = None
        text = "".join(run.text for run in base)
        if not text or not ruby:
            self.lost.append(f"<rt>{ruby}</rt>")
        else:
            if any(replace(run, text="") != replace(base[0], text="") for run in base):
                self.lost.append(f"styles within the base {text}")
            self.pieces[self.base :] = [replace(base[0], text=text, ruby=ruby)]
        self.base = len(self.pieces)

    def end(self) -> tuple[Run, ...]:
        """The runs. A voice may last to the end of its cue."""
        self.reading()
        self.unbalanced += [f"<{name}>" for name in (*markup.STYLES, "c", "lang", "ruby") if self.open[name]]
        return markup.tidy(self.pieces)


def read(text: str) -> tuple[tuple[Run, ...], list[Note]]:
    """The runs of a cue's text, and what of its markup is not kept."""
    if "<" not in text and "&" not in text:
        return ((Run(text),) if text else ()), []
    reader, end = _Reader(), 0
    for match in _TAG.finditer(text):
        reader.text(text[end : match.start()])
        reader.tag(match)
        end = match.end()
    reader.text(text[end:])
    runs = reader.end()
    notes: list[Note] = []
    if reader.lost:
        notes.append(("not-kept", "classes, times, styles of ruby or unknown tags", " ".join(reader.lost)))
    if reader.unclosed:
        notes.append(("unparsed-text", "a tag without >; what stands in it is left out", " ".join(reader.unclosed)))
    if reader.unbalanced:
        notes.append(("unbalanced-tag", "tags without their other half", " ".join(reader.unbalanced)))
    return runs, notes


def write(runs: Iterable[Run]) -> list[str]:
    """The rows of a cue's text; tags never span rows, as some players need."""
    return [_nested(row, _LEVELS) or markup.GUARD for row in markup.rows(runs)]


def losses(run: Run) -> Iterator[str]:
    """What of a run WebVTT does not hold."""
    for name in ("colour", "background"):
        colour = getattr(run, name)
        if colour and _opaque(colour) not in _NAMES:
            yield f"the {name} {colour}: allowed are {', '.join(COLOURS)}"
    if run.language and not is_language(run.language):
        yield f"the language {run.language!r}, which is no language tag"
    if run.speaker != _clean(run.speaker):
        yield f"the blanks of speaker {run.speaker!r}"
    if run.ruby_position and run.ruby:
        yield f"the place of ruby: {run.ruby_position}"
    if run.ruby and ("\n" in run.text or _without_breaks(run.ruby) != run.ruby):
        yield f"ruby {run.ruby!r} over more than one row"


def _opaque(colour: str) -> str:
    small = colour.lower()
    return small[:-2] if len(small) == _OPAQUE and small.endswith("ff") else small


def _escape(text: str) -> str:
    """Plain text as cue text: no tag, no entity, no arrow."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_breaks(text: str) -> str:
    return re.sub("[\r\n]+", " ", markup.UNHELD.sub("", text))


def _clean(annotation: str) -> str:
    return _BLANKS.sub(" ", markup.UNHELD.sub("", annotation)).strip(" ")


def _voice(run: Run) -> tuple[str, str]:
    name = _clean(run.speaker)
    return (f"<v {_escape(name)}>", "</v>") if name else ("", "")


def _language(run: Run) -> tuple[str, str]:
    return (f"<lang {run.language}>", "</lang>") if run.language and is_language(run.language) else ("", "")


def _colours(run: Run) -> tuple[str, str]:
    named = [("", _NAMES.get(_opaque(run.colour))), ("bg_", _NAMES.get(_opaque(run.background)))]
    classes = "".join(f".{prefix}{name}" for prefix, name in named if name)
    return (f"<c{classes}>", "</c>") if classes else ("", "")


def _styles(run: Run) -> tuple[str, str]:
    tags = [tag for tag, style in markup.STYLES.items() if getattr(run, style)]
    return "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))


_LEVELS: tuple[Callable[[Run], tuple[str, str]], ...] = (_voice, _language, _colours, _styles)
"""The tags around a run, from the outermost: what runs have in common is written around all of them."""


def _nested(row: Iterable[Run], levels: tuple[Callable[[Run], tuple[str, str]], ...]) -> str:
    if not levels:
        return "".join(map(_base, row))
    around = groupby(row, levels[0])
    return "".join(f"{opening}{_nested(runs, levels[1:])}{closing}" for (opening, closing), runs in around)


def _base(run: Run) -> str:
    text, ruby = _escape(run.text), _escape(_without_breaks(run.ruby))
    return f"<ruby>{text}<rt>{ruby}</rt></ruby>" if ruby else text
