"""What of a cue a dialect of TTML cannot hold beside whole features."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assets.subtitles.format import Feature, Target
from assets.subtitles.model import Cue, Region, Run
from assets.subtitles.ttml_dialects import XML_NAME, Dialect
from assets.subtitles.ttml_region import MADE, keypad, place
from assets.subtitles.ttml_values import is_transparent, rounded
from assets.timing import Time

_MARKS = frozenset({"none", "auto", "filled", "open", "circle", "dot", "sesame", "outside", "before", "after"})
_PICTURE = Fraction(100)


def losses(dialect: Dialect, cue: Cue, _target: Target) -> Iterator[str]:
    """What of a cue is lost, in words; what the dialect's `holds` says already is not said again."""
    if cue.id and (XML_NAME.fullmatch(cue.id) is None or MADE.fullmatch(cue.id)):
        yield f"the id {cue.id!r}; an id is an XML name, and not one that is made up for cues without"
    if Feature.PLACE not in dialect.holds and cue.position not in {2, 8}:
        yield f"place {cue.position} of the keypad: {dialect.name} has the top and the bottom, centred"
    if Feature.PLACE in dialect.holds and cue.region is not None:
        yield from _of_region(cue.region, cue)
    if Feature.ALIGN in dialect.holds and cue.rows_align and not dialect.rows_align:
        yield "the alignment of rows among themselves"
    elif Feature.ALIGN in dialect.holds and cue.rows_align not in {"", "start", "center", "end"}:
        yield f"rows aligned {cue.rows_align}; allowed are start, center, end"
    yield from _of_slant(dialect, cue)
    for run in cue.runs:
        yield from _of_run(dialect, run)


def repeated_ids(cues: Sequence[Cue], _target: Target) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, of cues and of regions: only the first is written."""
    used = {cue.id: cue.number for cue in reversed(cues) if cue.id}
    regions: dict[str, Region] = {}
    for number, cue in enumerate(cues, 1):
        if cue.id and used[cue.id] != cue.number:
            yield number, f"the id {cue.id!r}, which cue {used[cue.id]} has"
        if cue.region and cue.region.id:
            if cue.region.id in used:
                yield number, f"the id {cue.region.id!r} of a region, which cue {used[cue.region.id]} has"
            elif regions.setdefault(cue.region.id, cue.region) != cue.region:
                yield number, f"the id {cue.region.id!r} of a region, which another region has"


def crowding(cues: Sequence[Cue], target: Target) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, and the numbers of cues in regions that overlap while both are shown (IMSC 1.1, 7.12.1.2).

    Cues in one region are shown one below the other, as they may be.
    """
    yield from repeated_ids(cues, target)
    what = "region overlapping that of a cue shown at once: cue"
    shown: dict[Region, tuple[Time, int]] = {}  # the last out-cue in each region, and whose it is
    for cue in sorted(cues, key=lambda each: each.start):
        region = cue.region or place(cue.position)
        for other in [other for other, (end, _) in shown.items() if end <= cue.start]:
            del shown[other]
        for other, (_, number) in shown.items():
            if other != region and _overlap(region, other):
                yield cue.number, f"{what} {number}"
                yield number, f"{what} {cue.number}"
                break
        shown[region] = max(shown.get(region, (cue.end, cue.number)), (cue.end, cue.number))


def _overlap(one: Region, other: Region) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def _of_region(region: Region, cue: Cue) -> Iterator[str]:
    edges = (region.x, region.y, region.width, region.height)
    if min(edges) < 0 or max(region.x + region.width, region.y + region.height) > _PICTURE:
        yield "a region that reaches beyond the picture"
    if any(rounded(edge) != edge for edge in edges):
        values = " ".join(f"{edge}%" for edge in edges if rounded(edge) != edge)
        yield f"the place of a region beyond six decimals: {values}"
    if (key := keypad(region, cue.text_align)) != cue.position:
        yield f"place {cue.position} of the keypad: the region is at {key}"
    if region.id and (XML_NAME.fullmatch(region.id) is None or MADE.fullmatch(region.id)):
        yield f"the id {region.id!r} of a region; an id is an XML name"


def _of_slant(dialect: Dialect, cue: Cue) -> Iterator[str]:
    if Feature.SLANT not in dialect.holds:
        return
    if any(run.slant for run in cue.runs):
        whole = not cue.slant and common_slant(cue)
        yield "a slant of text, written as that of the whole cue" if whole else "the slant of a part of a cue"
    if rounded(cue.slant) != cue.slant:
        yield f"a slant beyond six decimals: {cue.slant}%"


def _of_run(dialect: Dialect, run: Run) -> Iterator[str]:
    """Values that TTML has another way of saying, so that they read back as that."""
    if run.colour == "#ffffff":
        yield "white as a colour of its own: it is the default"
    if Feature.BACKGROUND in dialect.holds and is_transparent(run.background):
        yield "a background that is not seen"
    if Feature.FONT in dialect.holds and run.font in {"default", "sansSerif", "proportionalSansSerif"}:
        yield f"the font {run.font}: it is the default"
    for feature, value in ((Feature.FONT, run.font), (Feature.LANGUAGE, run.language), (Feature.SPEAKER, run.speaker)):
        if value and feature in dialect.holds and " ".join(value.split()) != value:
            yield f"the blanks of {feature} {value!r}"
    if Feature.EMPHASIS in dialect.holds and emphasis(run.emphasis) != run.emphasis:
        yield f"emphasis {run.emphasis!r}; marks are circles, dots and sesames"
    if Feature.RUBY in dialect.holds and run.ruby and "\n" in run.text.rstrip("\n"):
        yield f"ruby {run.ruby!r} over more than one row"


def common_slant(cue: Cue) -> Fraction:
    """The slant of all runs of a cue, if they have one: shear is of whole paragraphs (TTML2, 10.2.36)."""
    slant = cue.runs[0].slant if cue.runs else Fraction(0)
    return slant if slant and all(run.slant == slant for run in cue.runs) else Fraction(0)


def emphasis(value: str) -> str:
    """Emphasis in the vocabulary of IMSC 1.1, which has no quoted marks and no colours."""
    return value if set(value.split()) <= _MARKS else "auto"
