"""Cues to a file of another format, and what of each cue that format cannot hold.

What is left is exact: the file reads back as the cues of `Converted.cues`, except where a format's own `losses` says
that it does not, and but that the formats of television write characters composed (NFC).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from assets.subtitles import markup
from assets.subtitles.format import Feature, Format, Target
from assets.subtitles.grids import after, on_grid, time_text
from assets.subtitles.model import Cue, Region, Run
from assets.subtitles.reading import format_of
from assets.subtitles.ttml_region import keypad
from assets.timing import Time, rate_text

TIME, ROUNDED, ORDER = "time", "time rounded", "order"

_OF_RUNS = {
    Feature.ITALIC: "italic",
    Feature.BOLD: "bold",
    Feature.UNDERLINE: "underline",
    Feature.RUBY: "ruby",
    Feature.EMPHASIS: "emphasis",
    Feature.COMBINE: "combine",
    Feature.SLANT: "slant",
    Feature.COLOUR: "colour",
    Feature.BACKGROUND: "background",
    Feature.FONT: "font",
    Feature.LANGUAGE: "language",
    Feature.SPEAKER: "speaker",
}
_OF_CUES = {Feature.SLANT: "slant", Feature.FORCED: "forced", Feature.ID: "id"}
_PLAIN, _NO_CUE = Run(""), Cue(0, 0, 0, ())
_OPAQUE = len("#rrggbbff")
_SIDES = ({"left", "start"}, {"center"}, {"right", "end"})


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a cue that the target does not hold.

    `what` is a feature, `time`, `order`, or a format's sentence; or `time rounded`, to the nearest that the format can
    write, which is listed and is no loss of content: milliseconds and frames do not fall together.

    `number` is the cue's place in the source, from 1, `line` its line there; `text` is what is lost: the value that a
    feature has, or a time with the one that is written in its place.
    """

    number: int
    line: int
    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """A file of the target's format, the cues that it holds, and what was lost of the source's."""

    data: bytes
    cues: tuple[Cue, ...]
    losses: tuple[Loss, ...]


def convert(cues: Sequence[Cue], format_id: str, target: Target) -> Converted:
    """The cues as a file of the given format, with the losses in the order of the cues.

    Raises UsageError if the target lacks what the format needs, such as a frame rate.
    """
    found = format_of(format_id)
    fitting = _Fitting(found, target, [item for item in _OF_RUNS.items() if item[0] not in found.holds])
    held = [fitting.cue(number, cue) for number, cue in enumerate(cues, 1)]
    if found.one_at_a_time:
        held = fitting.one_at_a_time(held)
    elif found.in_order:
        held = fitting.in_order(held)
    held = [cue if cue.number == number else replace(cue, number=number) for number, cue in enumerate(held, 1)]
    told: Iterable[tuple[int, str]] = found.crowding(held, target) if found.crowding else ()
    if found.write_and_tell:
        data, told = found.write_and_tell(held, target)
    else:
        data = found.write(held, target)
    fitting.losses += [Loss(number, held[number - 1].line, what) for number, what in told]
    return Converted(data, tuple(held), tuple(sorted(fitting.losses, key=lambda loss: loss.number)))


@dataclass(slots=True)
class _Fitting:
    """Cues made to fit a format: what it does not hold is taken off and noted."""

    found: Format
    target: Target
    dropped: list[tuple[Feature, str]]
    losses: list[Loss] = field(default_factory=list)
    _of: Cue = _NO_CUE

    def lose(self, what: str, text: str = "") -> None:
        """Note something that is lost of the cue at hand."""
        self.losses.append(Loss(self._of.number, self._of.line, what, text))

    def cue(self, number: int, source: Cue) -> Cue:
        """What the format holds of one cue."""
        self._of = source if source.number == number else replace(source, number=number)
        changes = {**self.place(source), **self.marks(source)}
        slanted = "slant" in changes and Feature.ITALIC in self.found.holds
        runs = self.runs(source.runs, italic=slanted)
        start, end = self.times(source)
        if changes or runs is not source.runs or (start, end) != (source.start, source.end):
            self._of = replace(self._of, start=start, end=end, runs=runs, **changes)
        if self.found.losses:
            for what in self.found.losses(self._of, self.target):
                self.lose(what)
        return self._of

    def place(self, cue: Cue) -> dict[str, Any]:
        """What changes of a cue's place and alignment."""
        holds = self.found.holds
        changes: dict[str, Any] = {}
        position = cue.position
        if cue.region is not None:
            needed = [Feature.VERTICAL, Feature.PLACE] if cue.vertical else [Feature.PLACE]
            if missing := next((feature for feature in needed if feature not in holds), None):
                changes["region"] = None
                self.lose(missing, region_text(cue.region))
                position = keypad(cue.region, cue.text_align)
        if position != markup.BOTTOM and Feature.TOP not in holds:
            self.lose(Feature.TOP, f"place {position} of a numeric keypad")
            position = markup.BOTTOM
        if position != cue.position:
            changes["position"] = position
        if (cue.text_align or cue.rows_align) and Feature.ALIGN not in holds:
            changes |= {"text_align": "", "rows_align": ""}
            self.lose(Feature.ALIGN, " ".join(filter(None, (cue.text_align, cue.rows_align))))
        elif self.found.aligned_by_place and cue.region is None:
            names = [name for name in ("text_align", "rows_align") if _is_side_of_place(cue, getattr(cue, name))]
            changes |= dict.fromkeys(names, "")
        return changes

    def marks(self, cue: Cue) -> dict[str, Any]:
        """What changes of a cue's other marks."""
        changes: dict[str, Any] = {}
        for feature, name in _OF_CUES.items():
            value = getattr(cue, name)
            if value and feature not in self.found.holds:
                changes[name] = getattr(_NO_CUE, name)
                self.lose(feature, cue.text if value is True else _value_text(value))
        return changes

    def runs(self, runs: tuple[Run, ...], *, italic: bool) -> tuple[Run, ...]:
        """The runs that are held. A slant is written as italics where the format has only these."""
        result = tuple(self.run(run, italic=italic) for run in runs)
        same = all(new is old for new, old in zip(result, runs, strict=True))
        if same and len(runs) == 1 and runs[0].text[:1] not in {"\n", ""} and _is_tidy(runs[0]):
            return runs
        self.controls(runs)
        tidied = markup.tidy(result)
        return runs if tidied == runs else tidied

    def controls(self, runs: tuple[Run, ...]) -> None:
        """Note the characters of runs that no format can hold."""
        for run in runs:
            for text in (run.text, run.ruby, run.font, run.speaker):
                if names := sorted({f"U+{ord(each):04X}" for each in markup.UNHELD.findall(text)}):
                    self.lose(f"control characters {', '.join(names)}", markup.UNHELD.sub("", text))

    def run(self, run: Run, *, italic: bool) -> Run:
        """What is held of one run."""
        changes: dict[str, Any] = {"italic": True} if italic and not run.italic else {}
        if run.language and run.language == self.target.language:
            changes["language"] = ""
        for feature, name in self.dropped:
            value = getattr(run, name)
            if value and name not in changes:
                changes[name] = getattr(_PLAIN, name)
                self.lose(feature, run.text if value is True else f"{_value_text(value)}: {run.text}")
        if "slant" in changes and Feature.ITALIC in self.found.holds:
            changes["italic"] = True
        if "ruby" in changes:
            changes["ruby_position"] = ""
        for name in ("colour", "background"):
            value = changes.get(name, getattr(run, name))
            if value and value != canonical_colour(value):
                changes[name] = canonical_colour(value)
        return replace(run, **changes) if changes else run

    def times(self, source: Cue) -> tuple[Time, Time]:
        """When the format shows a cue; one that would never be shown is shown for the format's smallest step."""
        start, end = self.time(source.start), self.time(source.end)
        if start < end:
            return start, end
        shown = after(start, self.found.grid, self.target.frame_rate)
        span = f"{time_text(source.start)} --> {time_text(source.end)}"
        self.lose(TIME, f"{span}, never shown; written as {time_text(start)} --> {time_text(shown)}: {source.text}")
        return start, shown

    def time(self, time: Time) -> Time:
        """The nearest time that the format can write; none is before zero."""
        new = on_grid(max(0, time), self.found.grid, self.target.frame_rate)
        if new != time:
            self.lose(ROUNDED if time >= 0 else TIME, f"{time_text(time)} -> {time_text(new)}")
        return new

    def in_order(self, cues: list[Cue]) -> list[Cue]:
        """The cues in the order of their in-cues."""
        latest = -1
        for cue in cues:
            if cue.start < latest:
                self._of = cue
                self.lose(ORDER, f"begins at {time_text(cue.start)}, before a cue that stands before it")
            latest = max(latest, cue.start)
        return sorted(cues, key=lambda cue: cue.start)

    def one_at_a_time(self, cues: list[Cue]) -> list[Cue]:
        """The cues in the order of their times, each ended where the next one of its language begins."""
        ordered = self.in_order(cues)
        following: dict[str, Time] = {}
        for place in range(len(ordered) - 1, -1, -1):
            self._of = cue = ordered[place]
            language = markup.language_of(cue)
            end = max(cue.start, min(cue.end, following.get(language, cue.end)))
            following[language] = cue.start
            if end != cue.end:
                self.lose(TIME, f"{time_text(cue.end)} -> {time_text(end)}, since one cue is shown at a time")
                ordered[place] = replace(cue, end=end)
        return ordered


def _is_side_of_place(cue: Cue, align: str) -> bool:
    """Whether an alignment says no more than the column of the keypad that a cue stands in."""
    return align in _SIDES[(cue.position - 1) % 3]


def canonical_colour(colour: str) -> str:
    """`#rrggbb` in small letters, two more digits only where the colour is not opaque."""
    small = colour.lower()
    return small[:-2] if len(small) == _OPAQUE and small.endswith("ff") else small


def region_text(region: Region) -> str:
    """`tbrl at 80% 10%, 10% by 80%`."""
    x, y, width, height = (f"{rate_text(value)}%" for value in (region.x, region.y, region.width, region.height))
    return f"{region.writing} at {x} {y}, {width} by {height}"


def _value_text(value: object) -> str:
    return f"{rate_text(value)}%" if isinstance(value, Fraction) else str(value)


def _is_tidy(run: Run) -> bool:
    return "\r" not in run.text and not any(map(markup.UNHELD.search, (run.text, run.ruby, run.font, run.speaker)))
