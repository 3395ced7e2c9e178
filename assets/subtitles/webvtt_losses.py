"""What of a cue WebVTT cannot hold beside whole features."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assets.subtitles import markup, webvtt_place, webvtt_regions, webvtt_text
from assets.subtitles.format import Target
from assets.subtitles.model import Cue, Region
from assets.subtitles.ttml_region import keypad
from assets.timing import rate_text

_WORDS = ("NOTE", "STYLE", "REGION", "WEBVTT")


def losses(cue: Cue, _target: Target) -> Iterator[str]:
    """What of a cue is lost, in words."""
    if cue.id and not is_id(cue.id):
        yield f"the id {cue.id!r}; an id is one line without -->, and no word that begins a block"
    if cue.rows_align:
        yield "the alignment of rows among themselves"
    yield from _of_place(cue)
    for run in cue.runs:
        yield from webvtt_text.losses(run)


def _of_place(cue: Cue) -> Iterator[str]:
    place = webvtt_place.read(webvtt_place.write(cue), {}, cue.text)
    if cue.text_align != place.text_align:
        yield f"alignment {cue.text_align or 'by default'}, which is read as {place.text_align or 'the default'}"
    if cue.region is None:
        return
    if (key := keypad(cue.region, cue.text_align)) != cue.position:
        yield f"place {cue.position} of the keypad: the region is at {key}"
    if webvtt_regions.needs_block(cue) or place.region == cue.region:
        return
    if place.region == replace(cue.region, id=""):
        yield f"the id {cue.region.id!r} of a region"
    else:
        kept = _shown(place.region) if place.region else f"place {place.position} of the keypad"
        yield f"the region {_shown(cue.region)}, written as {kept}"


def _shown(region: Region) -> str:
    x, y, width, height = (f"{rate_text(value)}%" for value in (region.x, region.y, region.width, region.height))
    return f"{region.writing} at {x} {y}, {width} by {height}"


def crowding(cues: Sequence[Cue], _target: Target) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, of cues and of regions: only the first is written."""
    names, used = webvtt_regions.named(cues), set()
    for number, cue in enumerate(cues, 1):
        if cue.id and cue.id in used:
            yield number, f"the id {cue.id!r}, which another cue has"
        used.add(cue.id)
        if cue.region and cue.region.id and names.get(cue.region, cue.region.id) != cue.region.id:
            yield number, f"the id {cue.region.id!r} of a region, which another region has"


def is_id(name: str) -> bool:
    """Whether a cue's id can be written."""
    whole = markup.UNHELD.search(name) is None and not {"\n", "\r"} & set(name)
    return whole and name == name.strip() and name != "" and "-->" not in name and not name.startswith(_WORDS)
