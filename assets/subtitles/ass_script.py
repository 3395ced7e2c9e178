"""The sections of a script of SubStation Alpha: script information, styles, events; times and fields.

The order of the fields is what each section's Format line says. What is broken or missing is read as far as it goes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assets.subtitles import ass_style
from assets.subtitles.ass_style import Style
from assets.subtitles.ass_text import Event
from assets.subtitles.model import Cue, Damage
from assets.timing import TICKS_PER_SECOND, Time

_SECTION = re.compile(r"\[([^\[\]]{1,80})\]\s*")
_TIME = re.compile(r"([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2})(?:[.:]([0-9]{1,9}))?", re.ASCII)
_STRICT = re.compile(r"[0-9]+:[0-5][0-9]:[0-5][0-9]\.[0-9]{2}", re.ASCII)
_KEY = re.compile(r"\s*([^:]{1,80}?)\s*:(.*)", re.DOTALL)
_STYLE_FIELDS = {
    False: "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, "
    "BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding",
    True: "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
    "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, "
    "MarginR, MarginV, Encoding",
}
_EVENT_FIELDS = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_KNOWN = frozenset(
    name.strip().lower() for line in (*_STYLE_FIELDS.values(), _EVENT_FIELDS, "Marked") for name in line.split(",")
)
_WORDS = frozenset({"name", "fontname"})
_VALUE = re.compile(r"[-+]?[0-9.]{0,20}|&?[Hh]?[0-9A-Fa-f]{0,10}&?")
"""What a field of a style is, but for names: a number or a colour."""

_EVENTS = frozenset({"dialogue", "comment", "picture", "sound", "movie", "command"})
_SIZE = (Fraction(384), Fraction(288))
"""The size of the picture that a script without PlayResX and PlayResY counts in."""

_INFO = {
    "scripttype": {"v4.00+", "v4.00"},
    "collisions": {"normal"},
    "playdepth": {"0", ""},
    "timer": {"100", "100.0000", "100,0000", ""},
    "wrapstyle": {"0", "2"},
    "scaledborderandshadow": {"yes"},
    "title": {""},
}
"""Script information that changes nothing, beside PlayResX and PlayResY, which are used."""


@dataclass(slots=True)
class Script:
    """What has been read so far of a script."""

    plus: bool
    cues: list[Cue] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    lost_info: list[str] = field(default_factory=list)
    styles: dict[str, Style] = field(default_factory=dict)
    style_fields: list[str] = field(default_factory=list)
    event_fields: list[str] = field(default_factory=list)
    size: tuple[Fraction, Fraction] = _SIZE

    def report(self, kind: str, line: int, what: str, text: str = "") -> None:
        """Note damage."""
        self.damage.append(Damage(kind, line, what, text))

    def read(self, lines: list[str]) -> None:
        """Read all sections."""
        first = next((line for line in lines if line.strip() and not line.lstrip().startswith(";")), "")
        if first.strip("\ufeff \t").lower() != "[script info]":
            self.report("bad-header", 1, "the file does not begin with [Script Info]; some players refuse it", first)
        for start, name, body in _sections(lines):
            if name == "script info":
                self.script_info(start, body)
            elif name in {"v4 styles", "v4+ styles"}:
                self.section(start, body, {"style": self.style}, self.style_fields)
            elif name == "events":
                self.section(start, body, dict.fromkeys(_EVENTS, self.event), self.event_fields)
            elif text := "\n".join(line for _, line in body if line.strip()):
                what = f"section [{name}], which is not kept" if name else "text before the first section"
                self.report("not-kept" if name else "unparsed-text", start, what, text)

    def script_info(self, start: int, body: list[tuple[int, str]]) -> None:
        """The key and value lines of [Script Info]."""
        for _, line in body:
            key, value = _keyed(line)
            if not line.strip():
                continue
            self.info.setdefault(key, value.strip())
            is_size = key in {"playresx", "playresy"} and _number(value.strip())
            if not is_size and value.strip().lower() not in _INFO.get(key, ()):
                self.lost_info.append(line.strip())
        self.size = (_number(self.info.get("playresx")), _number(self.info.get("playresy")))
        self.size = _completed(self.size)
        if self.lost_info:
            self.report("not-kept", start, "script information that is not kept", "\n".join(self.lost_info))

    def section(
        self,
        start: int,
        body: list[tuple[int, str]],
        readers: Mapping[str, Callable[[int, str, str], None]],
        fields: list[str],
    ) -> None:
        """A section whose first line says in which order the fields of the others stand."""
        goes_on = False
        for number, line in body:
            key, value = _keyed(line)
            if goes_on and key not in readers and line.strip():
                self.report("bad-header", number, "the Format line goes on in this line; read as one", line.strip())
                fields += _names(line)
            elif key == "format":
                fields[:] = _names(value)
                if unknown := [name for name in fields if name not in _KNOWN]:
                    self.report("not-kept", number, "fields that are not known", " ".join(unknown))
            elif key in readers:
                readers[key](number, key, value)
            elif line.strip() and not line.lstrip().startswith(";"):
                self.report("unparsed-text", number, "no line of this section", line)
            elif line.strip():
                self.report("not-kept", number, "a comment, which is not kept", line.strip())
            goes_on = (goes_on or key == "format") and line.rstrip().endswith(",") and key not in readers
        if not fields and any(_keyed(line)[0] in readers for _, line in body):
            self.report("bad-header", start, "no Format line; the order of the published formats is taken")

    def style(self, line: int, _key: str, value: str) -> None:
        """A Style line."""
        names = self.style_fields or _names(_STYLE_FIELDS[self.plus])
        parts = [part.strip() for part in value.split(",")]
        fields = dict(zip(names, parts, strict=False))
        if not fields.get("name"):
            self.report("unparsed-text", line, "a style without a name", value.strip())
            return
        self.styles[fields["name"].lstrip("*").lower()] = ass_style.style(fields, legacy=not self.plus)
        odd = [f"{key} {text}" for key, text in fields.items() if key not in _WORDS and not _VALUE.fullmatch(text)]
        odd += (
            parts[len(names) :]
            if len(parts) >= len(names)
            else [f"{len(parts)} of {len(names)} fields: {value.strip()}"]
        )
        if odd:
            self.report("unparsed-text", line, "values of a style that are none", ", ".join(odd))
        if lost := ass_style.not_held(fields):
            self.report("not-kept", line, f"what style {fields['name']} says beside look and place", lost)

    def event(self, line: int, key: str, value: str) -> None:
        """A line of [Events]: Dialogue is a cue, the others are not shown or are no text."""
        names = self.event_fields or _names(_EVENT_FIELDS)
        parts = value.split(",", max(len(names) - 1, 0))
        fields = {name: part if name == "text" else part.strip() for name, part in zip(names, parts, strict=False)}
        if key != "dialogue":
            what = "a comment, which players do not show" if key == "comment" else f"{key}, which is not kept"
            self.report("not-kept", line, what, value.strip())
            return
        start, end = _time(fields.get("start", "")), _time(fields.get("end", ""))
        if start is None or end is None or "text" not in fields:
            self.report("bad-timestamp", line, "no times and text as the Format line has them; left out", value.strip())
            return
        if not (_STRICT.fullmatch(fields["start"]) and _STRICT.fullmatch(fields["end"])):
            what = "not as H:MM:SS.cc; read all the same"
            self.report("odd-timestamp", line, what, f"{fields['start']}, {fields['end']}")
        self.cue(line, start, end, fields)

    def cue(self, line: int, start: Time, end: Time, fields: Mapping[str, str]) -> None:
        """Add a cue from the fields of a Dialogue line."""
        name = fields.get("style", "").lstrip("*")
        own = self.styles.get(name.lower())
        soft = "\n" if self.info.get("wrapstyle") == "2" else " "
        event = Event(self.styles, own or self.styles.get("default", Style()), self.size, soft, fields.get("name", ""))
        event.read(fields["text"])
        region = event.region()
        self.cues.append(Cue(len(self.cues) + 1, start, end, event.tidied(), line, position=event.place, region=region))
        defined = own or not name or (name.lower() == "default" and not self.styles)
        unknown = [*([] if defined else [name]), *event.unknown]
        if unknown:
            self.report("bad-reference", line, "no such style is defined", " ".join(unknown))
        if lost := [*_lost_fields(fields), *event.lost]:
            self.report("not-kept", line, "fields, tags or drawings that are not kept", " ".join(lost))
        if event.open_brace:
            self.report("unbalanced-tag", line, "a brace that is not closed; read as text", "{")


def _sections(lines: list[str]) -> list[tuple[int, str, list[tuple[int, str]]]]:
    """The sections: the line of its name, its name in lower case, its lines with their numbers.

    What stands before the first section has no name.
    """
    found: list[tuple[int, str, list[tuple[int, str]]]] = [(1, "", [])]
    for number, line in enumerate(lines, 1):
        match = _SECTION.fullmatch(line.strip("\ufeff \t"))
        if match:
            found.append((number, match[1].strip().lower(), []))
        else:
            found[-1][2].append((number, line))
    return found


def _keyed(line: str) -> tuple[str, str]:
    match = _KEY.fullmatch(line)
    return (match[1].lower(), match[2]) if match else ("", line)


def _names(line: str) -> list[str]:
    return [name for name in (part.strip().lower() for part in line.split(",")) if name]


def _number(text: str | None) -> Fraction:
    digits = re.fullmatch(r"[0-9]{1,6}", text or "", re.ASCII)
    return Fraction(digits[0]) if digits else Fraction(0)


def _completed(size: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """The size of the picture where a script gives one side or none: 4 by 3."""
    width, height = size
    if not width and not height:
        return _SIZE
    return width or height * 4 / 3, height or width * 3 / 4


def _time(text: str) -> Time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups(default="0")
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    scale: int = 10 ** len(fraction)
    return whole * TICKS_PER_SECOND + (2 * int(fraction) * TICKS_PER_SECOND + scale) // (2 * scale)


def _lost_fields(fields: Mapping[str, str]) -> list[str]:
    """The fields of an event that change how it is shown and that the model does not hold."""
    numbers = {name: fields[name] for name in ("layer", "marginl", "marginr", "marginv") if name in fields}
    lost = [f"{name} {value}" for name, value in numbers.items() if value.strip("0")]
    others = (name for name, value in fields.items() if value and (name == "effect" or name not in _KNOWN))
    return [*lost, *(f"{name} {fields[name]}" for name in others)]
