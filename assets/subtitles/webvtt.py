"""WebVTT (.vtt), read as the parser of the W3C Recommendation does, with a report of what that parser drops.

Kept: ids, text, italic, bold, underline, ruby, voices, languages, the eight default colours, alignment, regions, and
the place of a cue. Not kept, and reported: lines counted from within the picture, other classes, karaoke times, STYLE
blocks, header lines. Comments (NOTE) are passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assets.subtitles import (
    faults,
    markup,
    timestamps,
    webvtt_losses,
    webvtt_place,
    webvtt_regions,
    webvtt_text,
)
from assets.subtitles.decoding import newlines
from assets.subtitles.format import Feature, Format, Grid, Target
from assets.subtitles.model import Cue, Damage, Document, Region
from assets.timing import from_ms

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
_CLOCK = r"(?:[0-9]{2,6}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]+-->[ \t]+{_CLOCK}(?:[ \t].*)?")
_ARROW = "-->"


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    cues: list[Cue] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    regions: dict[str, Region] = field(default_factory=dict)
    unused: dict[str, tuple[int, str]] = field(default_factory=dict)

    def report(self, kind: str, line: int, what: str, text: str) -> None:
        self.damage.append(Damage(kind, line, what, text))

    def block(self, line: int, block: list[str]) -> None:
        """A block that begins on `line`: a cue if its first or second line has an arrow."""
        arrow = next((number for number, text in enumerate(block[:2]) if _ARROW in text), None)
        if arrow is not None:
            self.cue(line, block, arrow)
            return
        text, word = "\n".join(block), block[0].split(maxsplit=1)[:1]
        if word == ["NOTE"]:
            return
        kind = block[0].rstrip()
        if kind == "REGION" and not self.cues:
            self.region(line, block)
        elif kind == "STYLE" and not self.cues:
            self.report("not-kept", line, "STYLE block, which is not kept", text)
        else:
            self.report("unparsed-text", line, "a block without times", text)

    def region(self, line: int, block: list[str]) -> None:
        """A region, which is kept if a cue is in it. A second one of the same id takes the place of the first."""
        name, region, lost = webvtt_regions.parse(block[1:])
        if name in self.unused:
            self.report("not-kept", *_unused(*self.unused[name]))
        self.unused[name] = line, "\n".join(block)
        if name:
            self.regions[name] = region
        if lost:
            self.report("not-kept", line, "settings of a region that are not kept", " ".join(lost))

    def cue(self, line: int, block: list[str], arrow: int) -> None:
        """A cue whose times are on the line `arrow` of its block; a line before it is its identifier."""
        times = block[arrow]
        timing = timestamps.loose(times) or timestamps.loose(times.replace("\ufffd", ""))
        if timing is None:
            self.report(
                "bad-timestamp", line + arrow, "times that cannot be read; the cue is left out", "\n".join(block)
            )
            return
        if _TIMES.fullmatch(times) is None:
            what = "not as HH:MM:SS.mmm --> HH:MM:SS.mmm, which players drop; read all the same"
            self.report("odd-timestamp", line + arrow, what, times)
        runs, notes = webvtt_text.read("\n".join(block[arrow + 1 :]))
        place = webvtt_place.read(timing.rest, self.regions, "".join([run.text for run in runs]))
        if place.lost:
            self.report("not-kept", line, "settings that are not kept", " ".join(place.lost))
        self.damage.extend(Damage(kind, line, what, text) for kind, what, text in notes)
        if place.block:
            self.unused.pop(place.block, None)
        name = block[0] if arrow else ""
        start, end = from_ms(timing.start), from_ms(timing.end)
        self.cues.append(
            Cue(
                len(self.cues) + 1,
                start,
                end,
                runs,
                line,
                place.position,
                place.region,
                text_align=place.text_align,
                id=name,
            )
        )


def _unused(line: int, text: str) -> tuple[int, str, str]:
    return line, "a region that no cue is in", text


def read(text: str) -> Document:
    """The cues of a WebVTT text in the order of the file, and all that is wrong with it or not kept of it."""
    lines = newlines(text).split("\n")
    reader = _Reader()
    for line, block in _blocks(lines, _header(lines, reader), reader):
        reader.block(line, block)
    for where in reader.unused.values():
        reader.report("not-kept", *_unused(*where))
    reader.damage.extend(faults.of_cues(reader.cues))
    return Document(tuple(reader.cues), tuple(reader.damage))


def write(cues: Sequence[Cue], _target: Target) -> bytes:
    """A WebVTT text in milliseconds. The format has no place for the language of a whole file."""
    names, used = webvtt_regions.named(cues), set()
    blocks = ["WEBVTT\n"]
    blocks += ["\n".join(["REGION", *webvtt_regions.block(name, region), ""]) for region, name in names.items()]
    for cue in cues:
        name = [cue.id] if cue.id not in used and webvtt_losses.is_id(cue.id) else []
        used.add(cue.id)
        settings = webvtt_place.write(cue, names.get(cue.region, "") if cue.region else "")
        rows = webvtt_text.write(cue.runs)
        text = [] if rows == [markup.GUARD] else rows
        blocks.append("\n".join([*name, f"{_clock(cue.start)} --> {_clock(cue.end)}{settings}", *text, ""]))
    return "\n".join(blocks).encode()


def _clock(time: int) -> str:
    seconds, ms = divmod(timestamps.nearest_ms(time), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def _header(lines: list[str], reader: _Reader) -> int:
    """The number of header lines: the signature and what follows it up to a blank line or times."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if first or _SIGNATURE.fullmatch(lines[0]) is None:
        reader.report("bad-header", first + 1, "the file does not begin with WEBVTT; players refuse it", lines[first])
    if _ARROW in lines[first]:
        return first
    end = first + 1
    while end < len(lines) and lines[end] and _ARROW not in lines[end]:
        end += 1
    if end < len(lines) and _ARROW in lines[end]:
        reader.report("missing-blank-line", end + 1, "no blank line after the header", lines[end])
    metadata = "\n".join(lines[first + 1 : end]).strip()
    if metadata:
        reader.report("not-kept", first + 2, "header lines, which are not kept", metadata)
    return end


def _blocks(lines: list[str], start: int, reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    """Each run of lines that are not empty, cut where a second line of times begins another cue; lines from 1."""
    block: list[str] = []
    arrow = False
    for number in range(start, len(lines) + 1):
        line = lines[number] if number < len(lines) else ""
        times = _ARROW in line
        if block and (not line or (times and (arrow or len(block) > 1))):
            yield number - len(block) + 1, block
            if line:
                reader.report("missing-blank-line", number + 1, "no blank line before these times", line)
            block, arrow = [], False
        if line:
            block.append(line)
            arrow = arrow or times


FORMAT = Format(
    id="webvtt",
    name="WebVTT",
    suffix="vtt",
    matches=lambda text: text.lstrip("\ufeff \t\r\n")[:6].upper() == "WEBVTT",
    read_text=read,
    write=write,
    holds=frozenset(Feature) - {Feature.EMPHASIS, Feature.COMBINE, Feature.SLANT, Feature.FONT, Feature.FORCED},
    grid=Grid.MILLISECONDS,
    losses=webvtt_losses.losses,
    crowding=webvtt_losses.crowding,
    in_order=True,  # WebVTT 4.1: each in-cue is at or after all those before it
    null="\ufffd",
)
