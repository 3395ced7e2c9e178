"""Scenarist SCC (.scc): line 21 captions (CTA-608; 47 CFR 79.101) as hexadecimal byte pairs, read; `scc_write` writes.

All four channels are decoded. Cues are those of CC1, or of the first channel that has any; the captions of the others,
text services and extended data (XDS) are reported with their text. A cue begins in the frame of the code that shows it
and ends in that of the code that takes it off. Times are those of the timecode, as the file does not tell where the
programme begins.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from assets.subtitles import faults, frames, scc_codes, scc_lines, scc_write
from assets.subtitles.decoding import newlines
from assets.subtitles.format import Format, Grid
from assets.subtitles.model import Cue, Damage, Document
from assets.subtitles.scc_decoder import Decoder
from assets.subtitles.scc_lines import Line
from assets.timing import from_frames

_CHANNELS = ("CC1", "CC2", "CC3", "CC4")
_FIRST_SHOWN, _FIRST_CONTROL, _END_OF_DATA, _ADDRESS = 0x20, 0x10, 0x0F, 0x40


@dataclass(slots=True)
class _Reader:
    """What has been read so far. `channel` is the number of the one that is sent to."""

    decoders: list[Decoder] = field(default_factory=lambda: [Decoder(name) for name in _CHANNELS])
    damage: list[Damage] = field(default_factory=list)
    channel: int = 0
    data: list[str] = field(default_factory=list)
    data_line: int = 0
    is_data: bool = False
    repeated: tuple[int, int] = (0, 0)  # a control code and the frame in which it may come once more

    def line(self, line: Line) -> None:
        """Decode the byte pairs of a line."""
        wrong = 0
        for frame, word in enumerate(line.words, line.frame):
            high, low = word >> 8, word & 0xFF
            wrong += not (scc_codes.has_parity(high) and scc_codes.has_parity(low))
            self.decoders[self.channel].at(frame, line.number)
            self.pair(frame, line.number, high & 0x7F, low & 0x7F)
        if wrong:
            what = f"{wrong} pairs of bytes without odd parity, read without it"
            self.damage.append(Damage("bad-parity", line.number, what, line.text))

    def pair(self, frame: int, line: int, first: int, second: int) -> None:
        """Decode one pair, without parity."""
        if _FIRST_CONTROL <= first < _FIRST_SHOWN:
            code = first << 8 | second
            is_repeat = self.repeated == (code, frame)
            self.repeated = (0, 0) if is_repeat else (code, frame + 1)
            self.is_data = False
            if not is_repeat:
                self.control(frame, line, first, second)
        elif 0 < first < _FIRST_CONTROL:
            self.is_data = first != _END_OF_DATA
            self.data_line = self.data_line or line
        else:
            self.characters(first, second)

    def characters(self, *pair: int) -> None:
        """Decode two characters; a byte of zero is none."""
        for character in (scc_codes.BASIC[byte] for byte in pair if byte >= _FIRST_SHOWN):
            if self.is_data:
                self.data.append(character)
            else:
                self.decoders[self.channel].character(character)

    def control(self, frame: int, line: int, first: int, second: int) -> None:
        """Decode a control code: its first byte tells the channel, of a miscellaneous code the field as well."""
        kind = first & ~scc_codes.CHANNEL_BIT
        is_second = bool(first & scc_codes.CHANNEL_BIT)
        is_general = kind in {scc_codes.FIELD_1, scc_codes.FIELD_2} and _FIRST_SHOWN <= second < 0x30  # noqa: PLR2004
        field_of = 2 * (kind == scc_codes.FIELD_2) if is_general else self.channel & 2
        self.channel = field_of + is_second
        decoder = self.decoders[self.channel]
        decoder.at(frame, line)
        if is_general:
            decoder.control(second)
        elif second >= _ADDRESS and (kind, second & 0x60) in scc_codes.ROW_OF:
            decoder.address(scc_codes.ROW_OF[kind, second & 0x60], second & 0x1F)
        elif (kind, second) in scc_codes.SPECIAL:
            decoder.character(scc_codes.SPECIAL[kind, second])
        elif (kind, second) in scc_codes.EXTENDED:
            decoder.character(scc_codes.EXTENDED[kind, second], replaces=True)
        elif kind == scc_codes.STYLE and _FIRST_SHOWN <= second < 0x30:  # noqa: PLR2004
            decoder.style(second & 0xF)
        elif kind == scc_codes.BACKGROUND and _FIRST_SHOWN <= second < 0x30:  # noqa: PLR2004
            decoder.background(second & 0xF)
        elif kind == scc_codes.TAB and _FIRST_SHOWN <= second < 0x30:  # noqa: PLR2004
            decoder.tab(second)
        else:
            decoder.note("control-character", f"code {first:02X}{second:02X}h, which is none", "")


def read(text: str) -> Document:
    """The cues of a file in the order of its time, and all that is wrong with it or not kept of it."""
    lines = scc_lines.Lines()
    lines.gather(newlines(text))
    reader = _Reader(damage=lines.damage)
    for line in lines.lines:
        reader.line(line)
    for decoder in reader.decoders:
        decoder.end()
    if reader.data_line:
        what = "extended data (XDS), which is not kept"
        reader.damage.append(Damage("not-kept", reader.data_line, what, "".join(reader.data)))
    main = next((decoder for decoder in reader.decoders if decoder.shown), reader.decoders[0])
    cues = [
        Cue(
            number,
            from_frames(shown.start, frames.NTSC),
            from_frames(shown.end, frames.NTSC),
            shown.caption.runs,
            shown.line,
            shown.caption.position,
            shown.caption.region,
            shown.caption.text_align,
        )
        for number, shown in enumerate(main.shown, 1)
    ]
    damage = [*reader.damage, *_channels(reader.decoders, main), *faults.of_cues(cues)]
    return Document(tuple(cues), tuple(damage), frame_rate=frames.NTSC, drop=lines.drop)


def _channels(decoders: list[Decoder], main: Decoder) -> Iterator[Damage]:
    """What the decoders report, and the captions of every channel but the main one."""
    for decoder in decoders:
        yield from decoder.damage
        if decoder is not main:
            for shown in decoder.shown:
                words = "".join(run.text for run in shown.caption.runs)
                yield Damage("not-kept", shown.line, f"a caption of {decoder.name}, beside those of {main.name}", words)


FORMAT = Format(
    id="scc",
    name="Scenarist SCC",
    suffix="scc",
    matches=scc_lines.matches,
    read_text=read,
    write=scc_write.write,
    holds=scc_write.HOLDS,
    grid=Grid.FRAMES,
    losses=scc_write.losses,
    write_and_tell=scc_write.write_and_tell,
    aligned_by_place=True,
)
