"""Cues -> a TTML document: styles and regions by reference, each once, in the dialect's vocabulary."""

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assets.subtitles import frames, markup, ttml_losses, ttml_region, ttml_time, ttml_values
from assets.subtitles.format import Feature, Target
from assets.subtitles.model import Cue, Region, Run
from assets.subtitles.ttml_dialects import XML_NAME, Dialect, itunes_rate, nominal_rate
from assets.timing import Time

_FULL = Fraction(100)


def write(dialect: Dialect, cues: Sequence[Cue], target: Target) -> bytes:
    """A document of a dialect. What it does not hold is left out; see `ttml_losses`.

    Raises UsageError if the dialect needs a frame rate that the target does not give.
    """
    writer = _Writer(dialect, target, {cue.id for cue in cues}, {cue.region.id for cue in cues if cue.region})
    body = list(writer.paragraphs(cues))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', dialect.root(target), "  <head>"]
    lines += writer.metadata()
    lines += ["    <styling>", f'      <style xml:id="{writer.base}" {dialect.base}/>']
    lines += [f'      <style xml:id="{name}" {given}/>' for given, name in writer.styles.items()]
    lines += ["    </styling>", "    <layout>", *writer.regions.values(), "    </layout>", "  </head>"]
    if body:  # EBU-TT-D has no empty div
        lines += [f'  <body style="{writer.base}">', "    <div>", *body, "    </div>", "  </body>"]
    return "\n".join([*lines, "</tt>", ""]).encode()


@dataclass(slots=True)
class _Writer:
    """What the head will define: styles and agents by what they say, regions by id.

    `taken` are the ids in use, those of the cues to begin with, and `named` those that regions of the cues have.
    """

    dialect: Dialect
    target: Target
    taken: set[str]
    named: set[str]
    styles: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    base: str = ""
    _places: dict[tuple[Region | None, int], str] = field(default_factory=dict)
    _blocks: dict[tuple[object, ...], str] = field(default_factory=dict)
    _spans: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = self._free("base")

    def paragraphs(self, cues: Sequence[Cue]) -> Iterator[str]:
        """The paragraphs, one a line. There is a region even if there are none, as EBU-TT-D asks for one."""
        if not cues:
            self._place(None, markup.BOTTOM)
        time = _clock(self.dialect, self.target)
        used: set[str] = set()
        for number, cue in enumerate(cues, 1):
            key = (
                *(cue.region, cue.position, cue.text_align, cue.rows_align, cue.slant, cue.forced),
                ttml_losses.common_slant(cue) if not cue.slant else 0,
                any(run.ruby for run in cue.runs),
            )
            block = self._blocks.get(key)
            if block is None:
                block = self._blocks[key] = self._block(cue)
            name = ""
            if cue.id and cue.id not in used and XML_NAME.fullmatch(cue.id):
                used.add(cue.id)
                name = f' xml:id="{cue.id}"'
            elif self.dialect.identified:
                name = f' xml:id="rp-p{number}"'
            text = "".join([self._text(run) for run in cue.runs])
            yield f'      <p{name}{block} begin="{time(cue.start)}" end="{time(cue.end)}">{text}</p>'

    def metadata(self) -> Iterator[str]:
        """The metadata of the head: what the dialect asks for, and the speakers."""
        lines = list(self.dialect.metadata(self.target))
        for speaker, name in self.agents.items():
            words = html.escape(speaker, quote=False)
            lines.append(
                f'<ttm:agent xml:id="{name}" type="character"><ttm:name type="alias">{words}</ttm:name></ttm:agent>'
            )
        if lines:
            yield "    <metadata>"
            yield from (f"      {line}" for line in lines)
            yield "    </metadata>"

    def _holds(self, feature: Feature) -> bool:
        return feature in self.dialect.holds

    def _block(self, cue: Cue) -> str:
        """The attributes of a paragraph that many share."""
        given = []
        if self._holds(Feature.ALIGN):
            if cue.text_align:
                given.append(f'tts:textAlign="{cue.text_align}"')
            if cue.rows_align in {"start", "center", "end"} and self.dialect.rows_align:
                given.append(f'ebutts:multiRowAlign="{cue.rows_align}"')
        slant = cue.slant or ttml_losses.common_slant(cue)
        if slant and self._holds(Feature.SLANT):
            given.append(f'tts:shear="{ttml_values.decimal(slant)}%"')
        if cue.forced and self._holds(Feature.FORCED):
            given.append('itts:forcedDisplay="true"')
        if self._holds(Feature.RUBY) and any(run.ruby for run in cue.runs):
            given.append('tts:rubyReserve="outside"')
        style = f' style="{self._style(given)}"' if given else ""
        return f' region="{self._place(cue.region, cue.position)}"{style}'

    def _text(self, run: Run) -> str:
        """The text of a run, its row breaks outside its spans."""
        text = markup.UNHELD.sub("", run.text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = html.escape(text, quote=False)
        key = (run.italic, run.bold, run.underline, run.emphasis, run.combine, run.colour, run.background, run.font)
        both = self._spans.get((*key, run.language, run.speaker))
        if both is None:
            both = self._spans[(*key, run.language, run.speaker)] = self._span(run)
        opening, closing = both
        if run.ruby and self._holds(Feature.RUBY):
            return self._ruby(run, text, opening, closing)
        if not opening:
            return text.replace("\n", "<br/>") if "\n" in text else text
        return "<br/>".join([f"{opening}{row}{closing}" if row else "" for row in text.split("\n")])

    def _ruby(self, run: Run, text: str, opening: str, closing: str) -> str:
        """A base with its reading. A base does not span rows: the reading goes with the first of them."""
        position = (
            f' tts:rubyPosition="{run.ruby_position}"' if run.ruby_position in {"outside", "before", "after"} else ""
        )
        ruby = html.escape(markup.UNHELD.sub("", run.ruby).replace("\r\n", "\n").replace("\r", "\n"), quote=False)
        rows = text.split("\n")
        first = next((number for number, row in enumerate(rows) if row), -1)
        container = f'{opening[:-1] if opening else "<span"} tts:ruby="container">'
        result = []
        for number, row in enumerate(rows):
            if number == first:
                base = f'<span tts:ruby="base">{row}</span><span tts:ruby="text"{position}>{ruby}</span>'
                result.append(f"{container}{base}</span>")
            else:
                result.append(f"{opening}{row}{closing}" if row else "")
        return "<br/>".join(result)

    def _span(self, run: Run) -> tuple[str, str]:
        """The tags around a run; none for plain text."""
        given = [
            f"tts:{text}"
            for feature, is_set, text in (
                (Feature.ITALIC, run.italic, 'fontStyle="italic"'),
                (Feature.BOLD, run.bold, 'fontWeight="bold"'),
                (Feature.UNDERLINE, run.underline, 'textDecoration="underline"'),
                (Feature.COMBINE, run.combine, 'textCombine="all"'),
                (Feature.EMPHASIS, run.emphasis, f'textEmphasis="{ttml_losses.emphasis(run.emphasis)}"'),
                (Feature.COLOUR, run.colour, f'color="{html.escape(run.colour)}"'),
                (Feature.BACKGROUND, run.background, f'backgroundColor="{html.escape(run.background)}"'),
                (Feature.FONT, run.font, f'fontFamily="{html.escape(ttml_values.families(run.font))}"'),
            )
            if is_set and self._holds(feature)
        ]
        attributes = f' style="{self._style(given)}"' if given else ""
        if run.language and run.language != self.target.language and self._holds(Feature.LANGUAGE):
            attributes += f' xml:lang="{html.escape(run.language)}"'
        speaker = " ".join(markup.UNHELD.sub("", run.speaker).split())
        if speaker and self._holds(Feature.SPEAKER):
            name = self.agents.get(speaker) or self.agents.setdefault(speaker, self._free("agent", 1))
            attributes += f' ttm:agent="{name}"'
        return (f"<span{attributes}>", "</span>") if attributes else ("", "")

    def _style(self, given: list[str]) -> str:
        """The id of the style that says this."""
        key = " ".join(given)
        return self.styles.get(key) or self.styles.setdefault(key, self._free("style", 1))

    def _place(self, region: Region | None, position: int) -> str:
        """The id of a region, which is defined if it is not yet. Where the dialect has no exact place, the nearest."""
        if not self._holds(Feature.PLACE):
            region, position = None, 8 if position > 6 else 2  # noqa: PLR2004 -- the upper keys
        key = (region, position if region is None else 0)
        found = self._places.get(key)
        if found is None:
            align = ""
            if region is None:
                shape = ttml_region.place(position)
                if not self._holds(Feature.PLACE):
                    shape = ttml_region.itunes_place(position)
                align = ttml_region.COLUMNS[(position - 1) % 3]
                name = shape.id if shape.id not in self.taken | self.named else f"rp-place{position}"
            else:
                shape = region
                free = XML_NAME.fullmatch(region.id) and region.id not in self.taken
                name = region.id if free else self._free("rp-region", len(self.regions) + 1)
            self._places[key] = found = name
            self.taken.add(name)
            style = self._style([f'tts:textAlign="{align}"']) if align else ""
            self.regions[name] = _region(name, shape, style)
        return found

    def _free(self, stem: str, number: int = 0) -> str:
        """An id that is not in use."""
        name = f"{stem}{number}" if number else stem
        while name in self.taken:
            number += 1
            name = f"{stem}{number}"
        self.taken.add(name)
        return name


def _region(name: str, region: Region, style: str) -> str:
    x, y = (max(Fraction(0), min(_FULL, edge)) for edge in (region.x, region.y))
    width = max(Fraction(0), min(region.x + region.width, _FULL) - x)
    height = max(Fraction(0), min(region.y + region.height, _FULL) - y)
    left, upper, wide, high = map(ttml_values.decimal, (x, y, width, height))
    reference = f' style="{style}"' if style else ""
    writing = f' tts:writingMode="{region.writing}"' if region.writing != "lrtb" else ""
    return (
        f'      <region xml:id="{name}"{reference} tts:origin="{left}% {upper}%" tts:extent="{wide}% {high}%"'
        f' tts:displayAlign="{region.align}"{writing}/>'
    )


def _clock(dialect: Dialect, target: Target) -> Callable[[Time], str]:
    """How the dialect writes times."""
    if not dialect.frames:
        return ttml_time.expression
    rate = itunes_rate(target)
    nominal, _ = nominal_rate(rate)

    def label(time: Time) -> str:
        hours, minutes, seconds, frame = frames.fields(frames.nearest(time, rate), nominal, drop=target.drop)
        return f"{hours:02}:{minutes:02}:{seconds:02}:{frame:02}"

    return label
