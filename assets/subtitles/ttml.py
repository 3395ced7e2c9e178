"""TTML: IMSC 1.1 text is written; IMSC 1, IMSC 1.1, EBU-TT-D, TTML1 and the drafts of 2006 are read.

Kept: text, italic, bold, underline, and the place as far as a numeric keypad tells it. Read with exact times, nested
`begin`, `end` and `dur` and inherited styles. Not kept, and reported: ruby, emphasis, text combination, shear, vertical
writing, animation, images, and other styles. Sequential containers are reported and their text is left out.

Sources: TTML2 (W3C Recommendation, 8 November 2018), IMSC 1.1 (W3C Recommendation, 8 November 2018).
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from assets.subtitles import faults, markup, ttml_style, ttml_text, ttml_time
from assets.subtitles.decoding import newlines
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.format import Feature, Format, Grid, Target
from assets.subtitles.model import Cue, Damage, Document, Run
from assets.subtitles.ttml_style import Element
from assets.subtitles.ttml_text import NEVER, Context, Paragraph

PROFILE = "http://www.w3.org/ns/ttml/profile/imsc1.1/text"
_ROOT = re.compile(r"<(?:[^\s<>/:]{1,100}:)?tt[\s>/]")
_MAX_DEPTH = 100
_REGIONS = {
    1: "bottomLeft",
    2: "bottom",
    3: "bottomRight",
    4: "left",
    5: "middle",
    6: "right",
    7: "topLeft",
    8: "top",
    9: "topRight",
}
_ROWS = ("after", "center", "before")
_COLUMNS = ("left", "center", "right")
_STYLES = {"italic": 'fontStyle="italic"', "bold": 'fontWeight="bold"', "underline": 'textDecoration="underline"'}


def is_ttml(text: str) -> bool:
    """Whether a text has the root element of TTML near its beginning."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and _ROOT.search(text, 0, 20_000) is not None


def read(text: str) -> Document:
    """The cues of a TTML document in document order, and what of it is bad or not kept.

    Raises NotSubtitlesError for what is not well-formed XML, has a document type declaration or is no TTML.
    """
    root = _parse(newlines(text))
    given = ttml_style.attributes(root)
    reader = _Reader(ttml_style.load(root), ttml_time.clock(given))
    reader.report_document(root, given)
    outer = Context(0, NEVER, {}, None, given.get("xml:space") == "preserve")
    for body in root:
        if ttml_style.name_of(body) == "body":
            reader.element(body, outer, 0)
    for name in sorted(reader.styles.unknown):
        reader.damage.append(Damage("bad-reference", root.sourceline or 1, "no such style is defined", name))
    reader.damage.extend(faults.of_cues(reader.cues, ordered=False))
    return Document(tuple(reader.cues), tuple(reader.damage), given.get("xml:lang", ""))


def _parse(text: str) -> Element:
    from lxml import etree

    root_at = _ROOT.search(text)
    if "<!DOCTYPE" in text[: root_at.start() if root_at else None]:
        raise NotSubtitlesError("a document type declaration; TTML has none, and entities are not read")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = cast("Element", etree.fromstring(text.lstrip().encode("utf-8"), parser))
    except etree.XMLSyntaxError as error:
        line = (error.lineno or 1) + text[: len(text) - len(text.lstrip())].count("\n")
        raise NotSubtitlesError(f"line {line}: not well-formed XML: {error.msg}") from None
    if ttml_style.name_of(root) != "tt":
        raise NotSubtitlesError(f"the root element is {root.tag}; tt of {ttml_style.NAMESPACES[0]} is read")
    return root


@dataclass(slots=True)
class _Reader:
    """The walk through a document's body."""

    styles: ttml_style.Styles
    clock: ttml_time.Clock
    cues: list[Cue] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)

    def report(self, kind: str, element: Element, what: str, text: str = "") -> None:
        self.damage.append(Damage(kind, element.sourceline or 1, what, text))

    def report_document(self, root: Element, given: dict[str, str]) -> None:
        """Report what is about the document as a whole."""
        if given.get("ttp:timeBase") == "clock":
            self.report("not-kept", root, "times are of a wall clock; read as times of the programme", "clock")
        if given.get("ttp:contentProfiles", given.get("ttp:profile", "")).rstrip("/").endswith("/image"):
            self.report("not-kept", root, "an image profile; only text is read", "image")
        names = {
            key
            for element in root.iter("*")
            for key, value in ttml_style.attributes(element).items()
            if ttml_style.is_not_held(key, value)
        }
        if names:
            self.report("not-kept", root, "styles that are not kept", " ".join(sorted(names)))
        for name, layout in self.styles.regions.items():
            if layout.get("tts:writingMode", "").startswith("tb"):
                self.report("not-kept", root, "vertical writing, which is not kept", name)

    def element(self, element: Element, outer: Context, depth: int) -> None:
        """Read a body, div or p and what is in it."""
        if depth > _MAX_DEPTH:
            raise NotSubtitlesError(f"line {element.sourceline}: elements nested more than {_MAX_DEPTH} deep")
        name = ttml_style.name_of(element)
        if name in {"set", "animate", "image"} or (name == "div" and _has_background(element)):
            self.report("not-kept", element, f"{name} with an image or animation, which is not kept", _source(element))
        if name not in {"body", "div", "p"}:
            return
        given = ttml_style.attributes(element)
        if "region" in given and given["region"] != outer.region:
            layout = self.styles.regions.get(given["region"], {})
            outer = replace(outer, style={**layout, **outer.style}, region=given["region"])
        inner = ttml_text.enter(given, outer, self.styles, self.clock)
        if inner is None:
            times = " ".join(f'{key}="{given[key]}"' for key in ("begin", "dur", "end") if key in given)
            self.report("bad-timestamp", element, f"{times} cannot be read; the text is left out", _text(element))
        elif given.get("timeContainer") == "seq":
            self.report("sequential", element, "times one after another; the text is left out", _text(element))
        elif ttml_text.is_hidden(inner.style) or ttml_text.is_hidden(outer.style):
            self.report("not-kept", element, "text that is not displayed, which is left out", _text(element))
        elif name == "p":
            self.paragraph(element, inner)
        else:
            for child in element:
                self.element(child, inner, depth + 1)

    def paragraph(self, element: Element, context: Context) -> None:
        """The cues of a p: one, or several if its spans have times of their own."""
        context = replace(context, style={**self.styles.initial, **context.style})
        paragraph = Paragraph(self.styles, self.clock)
        paragraph.note(context.style, _text(element))
        paragraph.gather(element, context)
        if self.styles.regions and context.region not in self.styles.regions:
            self.report(
                "bad-reference", element, "in no region that is defined; players do not show it", _text(element)
            )
        position = self.styles.position(context.region, context.style)
        for begin, end, runs in paragraph.intervals(context):
            self.cue(element, begin, end, runs, position)
        for text in paragraph.bad_times:
            self.report("bad-timestamp", element, "times of a span cannot be followed; its text is left out", text)
        if paragraph.features:
            what = f"not kept: {', '.join(sorted(paragraph.features))}"
            self.report(
                "not-kept", element, what, " ".join(text for found in paragraph.features.values() for text in found)
            )

    def cue(self, element: Element, begin: int, end: int, runs: tuple[Run, ...], position: int) -> None:
        """Add a cue; one without an end ends where it begins."""
        number = len(self.cues) + 1
        if end >= NEVER:
            self.report("no-end", element, f"cue {number} has no end", _text(element))
            end = begin
        self.cues.append(Cue(number, begin, end, runs, element.sourceline or 1, position))


def _has_background(element: Element) -> bool:
    return any(key.endswith("backgroundImage") for key in ttml_style.attributes(element))


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _source(element: Element) -> str:
    return " ".join(f'{key}="{value}"' for key, value in ttml_style.attributes(element).items())


def write(cues: Sequence[Cue], target: Target) -> bytes:
    """An IMSC 1.1 text document: times exact to the tick, styles by reference, one region for each place in use."""
    used = sorted({markup.BOTTOM, *(cue.position for cue in cues)})
    tag = html.escape(target.language)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"',
            f'    xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="{tag}" xml:space="preserve"',
            f'    ttp:contentProfiles="{PROFILE}" ttp:timeBase="media">',
            "  <head>",
            "    <styling>",
            *(f'      <style xml:id="{name}" tts:{style}/>' for name, style in _STYLES.items()),
            "    </styling>",
            "    <layout>",
            *map(_region, used),
            "    </layout>",
            "  </head>",
            "  <body>",
            "    <div>",
            *_paragraphs(cues),
            "    </div>",
            "  </body>",
            "</tt>",
            "",
        ]
    ).encode()


def _region(position: int) -> str:
    row, column = divmod(position - 1, 3)
    return (
        f'      <region xml:id="{_REGIONS[position]}" tts:origin="10% 10%" tts:extent="80% 80%"'
        f' tts:displayAlign="{_ROWS[row]}" tts:textAlign="{_COLUMNS[column]}"/>'
    )


def _paragraphs(cues: Iterable[Cue]) -> Iterator[str]:
    for number, cue in enumerate(cues, 1):
        times = f'begin="{ttml_time.expression(cue.start)}" end="{ttml_time.expression(cue.end)}"'
        text = "<br/>".join("".join(map(_span, row)) for row in markup.rows(cue.runs))
        yield f'      <p xml:id="cue{number}" region="{_REGIONS[cue.position]}" {times}>{text}</p>'


def _span(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    names = [name for name in _STYLES if getattr(run, name)]
    return f'<span style="{" ".join(names)}">{text}</span>' if names else text


FORMAT = Format(
    id="imsc1.1",
    name="TTML",
    suffix="ttml",
    matches=is_ttml,
    read_text=read,
    write=write,
    holds=frozenset({Feature.ITALIC, Feature.BOLD, Feature.UNDERLINE, Feature.TOP}),
    grid=Grid.EXACT,
)
