"""Styles of TTML: what an element is given by reference and by itself, inherits, and takes from its region.

The order of precedence is that of TTML2, clause 10.4.4: the element's own attributes, the styles it refers to, what its
parents hand down, its region, the document's initial values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assets.subtitles import markup, ttml_values, ttml_vocabulary
from assets.subtitles.model import Region, Run
from assets.subtitles.ttml_region import Placed

PLAIN = Run("")

_DEFAULT_FONTS = frozenset({"", "default", "sansSerif", "proportionalSansSerif"})
_WHITE = "#ffffff"
_ITALIC = frozenset({"italic", "oblique", "reverseOblique"})
_ALIGNS = frozenset({"start", "center", "end", "left", "right"})
_RUBY_POSITIONS = frozenset({"outside", "before", "after"})
_RUBY = frozenset({"container", "base", "baseContainer", "text", "textContainer", "delimiter"})
_MAX_REFERENCES = 50
"""How long a chain of styles that refer to styles may be."""

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What an element hands down to its children, and how its own text is set: `run` without the text.

    `content` are the styles inherited from elements of the body, without those of region and initial values. `digits`
    is the longest number that is set upright in a vertical row. `gone` is what takes no place, `hidden` what is not
    seen. Compared by identity, for the cache.
    """

    content: Mapping[str, str] = field(default_factory=dict)
    region: str | None = None
    preserve: bool = False
    language: str = ""
    run: Run = PLAIN
    ruby: str = ""
    ruby_position: str = ""
    digits: int = 0
    gone: bool = False
    hidden: bool = False
    forced: bool = False
    sequential: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """How a paragraph is set as a whole: the part of a cue that its style alone decides."""

    placed: Placed | None
    position: int
    region: Region | None
    text_align: str
    rows_align: str
    slant: Fraction


@dataclass(slots=True)
class Styles:
    """The styles and regions of a document. `unknown` collects references to nothing, `not_held` what is lost."""

    language: str = ""
    initial: dict[str, str] = field(default_factory=dict)
    defined: dict[str, dict[str, str]] = field(default_factory=dict)
    layouts: dict[str, dict[str, str]] = field(default_factory=dict)
    regions: dict[str, Placed] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    not_held: set[str] = field(default_factory=set)
    _resolved: dict[str, dict[str, str]] = field(default_factory=dict)
    _entered: dict[tuple[Style, str, Attributes], Style] = field(default_factory=dict)
    _blocks: dict[Style, Block] = field(default_factory=dict)
    _depth: int = 0

    def enter(self, outer: Style, name: str, given: Attributes) -> Style:
        """The style inside the element `name` with the given attributes, those of timing and xml:id left out."""
        key = (outer, name, given)
        found = self._entered.get(key)
        if found is None:
            found = self._entered[key] = self._enter(outer, name, dict(given))
        return found

    def block(self, style: Style) -> Block:
        """How a paragraph of a style is set."""
        found = self._blocks.get(style)
        if found is None:
            found = self._blocks[style] = self._block(style)
        return found

    def specified(self, given: Mapping[str, str]) -> dict[str, str]:
        """The styles of an element: those it refers to, in order, under its own."""
        result: dict[str, str] = {}
        for reference in given.get("style", "").split():
            result.update(self._style(reference))
        result.update(
            (key, " ".join(value.split())) for key, value in given.items() if key.startswith(ttml_vocabulary.STYLING)
        )
        return result

    def check(self, name: str, own: Mapping[str, str]) -> None:
        """Note the styles of an element that change what is shown and that the model does not hold."""
        self.not_held.update(ttml_vocabulary.not_held(name, own))

    def _enter(self, outer: Style, name: str, given: Mapping[str, str]) -> Style:
        own = self.specified(given)
        self.check(name, own)
        self.not_held.update(ttml_vocabulary.not_read(given))
        content = dict(outer.content)
        decoration = set(own.pop("tts:textDecoration", "").split())
        if decoration & {"none", "underline", "noUnderline"}:
            content["tts:textDecoration"] = "underline" if "underline" in decoration else "none"
        if decoration - {"none", "underline"} and any(not word.startswith("no") for word in decoration - {"underline"}):
            self.not_held.add("tts:textDecoration")
        content.update((key, value) for key, value in own.items() if key in ttml_vocabulary.INHERITED)
        gone = outer.gone or own.get("tts:display") == "none"
        ruby = own.get("tts:ruby", "")
        style = replace(
            outer,
            content=content,
            region=given.get("region", outer.region),
            preserve=given["xml:space"] == "preserve" if "xml:space" in given else outer.preserve,
            language=given.get("xml:lang", outer.language),
            ruby=ruby if ruby in _RUBY else "",
            gone=gone,
            sequential=given.get("timeContainer") == "seq",
        )
        layout = self.layouts.get(style.region or "", {})
        values = {**self.initial, **layout, **content}
        return replace(
            style,
            gone=gone or layout.get("tts:display") == "none",
            hidden=gone or values.get("tts:visibility") == "hidden",
            forced=values.get("itts:forcedDisplay") == "true",
            ruby_position=values["tts:rubyPosition"] if values.get("tts:rubyPosition") in _RUBY_POSITIONS else "",
            digits=_digits(values.get("tts:textCombine", "")),
            run=self._run(outer, name, given, own, {**values, "xml:lang": style.language}),
        )

    def _run(
        self, outer: Style, name: str, given: Mapping[str, str], own: Mapping[str, str], values: Mapping[str, str]
    ) -> Run:
        """How text is set. A background behind an outer stretch is seen behind the inner one, too."""
        behind = self._colour(own.get("tts:backgroundColor", "")) if name in {"p", "span"} else ""
        if ttml_values.is_transparent(behind):
            behind = ""
        colour = self._colour(values.get("tts:color", ""))
        emphasis = values.get("tts:textEmphasis", "")
        font = ttml_values.font(values.get("tts:fontFamily", ""))
        language = values["xml:lang"]
        return Run(
            "",
            italic=values.get("tts:fontStyle") in _ITALIC,
            bold=values.get("tts:fontWeight") == "bold",
            underline="underline" in values.get("tts:textDecoration", "").split(),
            emphasis="" if emphasis == "none" else emphasis,
            combine=values.get("tts:textCombine") == "all",
            slant=self._percent("tts:fontShear", values),
            colour="" if colour == _WHITE else colour,
            background=behind or outer.run.background,
            font="" if font in _DEFAULT_FONTS else font,
            language="" if language == self.language else language,
            speaker=self._speaker(given["ttm:agent"]) if "ttm:agent" in given else outer.run.speaker,
        )

    def _block(self, style: Style) -> Block:
        layout = self.layouts.get(style.region or "", {})
        values = {**self.initial, **layout, **style.content}
        text_align = values.get("tts:textAlign", "")
        rows_align = values.get("ebutts:multiRowAlign", "")
        if text_align not in {"", *_ALIGNS}:
            self.not_held.add("tts:textAlign")
        text_align = text_align if text_align in _ALIGNS else ""
        placed = self.regions.get(style.region or "")
        return Block(
            placed,
            placed.position(text_align) if placed else markup.BOTTOM,
            placed.region if placed else None,
            text_align,
            rows_align if rows_align in _ALIGNS else "",
            self._percent("tts:shear", values) or self._percent("tts:lineShear", values),
        )

    def _style(self, name: str) -> dict[str, str]:
        given = self.defined.get(name)
        if given is None:
            self.unknown.add(name)
            return {}
        if name not in self._resolved:
            if self._depth == _MAX_REFERENCES:
                return {}
            self._resolved[name] = {}  # a style that refers to itself ends here
            self._depth += 1
            self._resolved[name] = self.specified(given)
            self._depth -= 1
        return self._resolved[name]

    def _colour(self, value: str) -> str:
        found = ttml_values.colour(value) if value else ""
        if found is None:
            self.not_held.add(f"the colour {value}")
        return found or ""

    def _percent(self, key: str, values: Mapping[str, str]) -> Fraction:
        if key not in values:
            return Fraction(0)
        found = ttml_values.percent(values[key])
        if found is None:
            self.not_held.add(key)
        return found or Fraction(0)

    def _speaker(self, references: str) -> str:
        names = [name for name in references.split() if name in self.agents]
        self.unknown.update(name for name in references.split() if name not in self.agents)
        return ", ".join(self.agents[name] for name in names)


def _digits(combine: str) -> int:
    """The longest number that `digits N` sets upright; N is 2 if it is not given (TTML2, 10.2.39)."""
    words = combine.split()
    if words[:1] != ["digits"]:
        return 0
    return int(words[1]) if len(words) > 1 and words[1] in {"2", "3", "4"} else 2
