"""The blocks of an EBU STL file after its header: Text and Timing Information (Tech 3264, 4.3), 128 bytes each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from assets.subtitles import frames, stl_codes, stl_header
from assets.subtitles.model import Damage
from assets.subtitles.stl_text import FILLER

SIZE, HEAD = 128, 16
TEXT_SIZE = SIZE - HEAD

LAST, USER_DATA = 0xFF, 0xFE
_FIRST_RESERVED = 0xF0
MAX_OF_ONE = _FIRST_RESERVED + 1
"""The most blocks of one subtitle: extension blocks 00h to EFh and the last."""

MAX_COUNT = 99_999
"""The most blocks of a file, as its header counts them in five digits."""

_CUMULATIVE = 3
_JUSTIFICATIONS = 4
_PADDING = (b"\0", b"\x1a", b" ", bytes([FILLER]))

Label = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Subtitle:
    """The blocks of one subtitle: the fields of its first block, and the text fields of all of them joined.

    `number` is that of the first block, from 1; `index` the subtitle number (SN). `text` is the bytes as they stand.
    """

    number: int
    index: int
    start: Label
    end: Label
    row: int
    justification: int
    comment: bool
    text: bytes

    @property
    def offset(self) -> int:
        """Where the first block begins in the file."""
        return stl_header.SIZE + (self.number - 1) * SIZE


@dataclass(slots=True)
class Blocks:
    """The subtitles of a file in its order, how many blocks there are, and what is wrong with them."""

    table: str
    subtitles: list[Subtitle] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    count: int = 0
    _open: list[bytes] = field(default_factory=list)
    _first: int = 0

    def gather(self, data: bytes) -> None:
        """Read the blocks of a whole file."""
        for number, block in enumerate(self._split(data), 1):
            self.count = number
            self._block(number, block)
        self._close(complete=False)

    def _report(self, kind: str, number: int, what: str, text: str = "") -> None:
        offset = stl_header.SIZE + (number - 1) * SIZE
        self.damage.append(Damage(kind, number, f"block {number} at byte {offset}: {what}", text))

    def _split(self, data: bytes) -> Iterator[bytes]:
        end = _end(data)
        for place in range(stl_header.SIZE, end, SIZE):
            block, number = data[place : min(place + SIZE, end)], (place - stl_header.SIZE) // SIZE + 1
            if len(block) < HEAD:
                self._report("truncated-block", number, f"{len(block)} bytes of a block, cut off", block.hex())
                return
            if len(block) < SIZE:
                what = f"{len(block)} of {SIZE} bytes of a block; the text that is there is read"
                self._report("truncated-block", number, what)
                block = block.ljust(SIZE, bytes([FILLER]))
            yield block
        if end < len(data):
            number = (end - stl_header.SIZE) // SIZE + 1
            self._report(
                "unparsed-text", number, f"{len(data) - end} bytes that only fill the file", data[end:][:1].hex()
            )

    def _block(self, number: int, block: bytes) -> None:
        extension = block[3]
        if extension == USER_DATA:
            used = block[HEAD:].rstrip(bytes([FILLER]) + b"\0 ")
            self._report("not-kept", number, "user data, which is not kept", used.hex())
            return
        if _FIRST_RESERVED <= extension < USER_DATA:
            what = f"extension block number {extension:02X}h, which is reserved; the block is left out"
            self._report("bad-index", number, what, self._shown(block[HEAD:]))
            return
        if self._open and self._is_other(block):
            self._close(complete=False)
        expected = len(self._open)
        if extension not in {LAST, expected}:
            what = f"extension block number {extension} where {expected} is expected; its text is joined on"
            self._report("bad-index", number, what)
        self._first = self._first if self._open else number
        self._open.append(block)
        if extension == LAST:
            self._close(complete=True)

    def _is_other(self, block: bytes) -> bool:
        """Whether a block begins another subtitle than the one that is open: its number, or a first block's times."""
        first = self._open[0]
        is_first = block[3] == 0 and block[5:13] != first[5:13]
        return block[1:3] != first[1:3] or is_first or len(self._open) == MAX_OF_ONE

    def _close(self, *, complete: bool) -> None:
        if not self._open:
            return
        first, number = self._open[0], self._first
        if not complete:
            self._report("missing-block", number, "a subtitle without its last block; what is there is read")
        text = b"".join(block[HEAD:] for block in self._open)
        self._open = []
        if first[4] > _CUMULATIVE:
            self._report("bad-header", number, f"cumulative status {first[4]:02X}h; allowed is 00h to 03h")
        if first[14] >= _JUSTIFICATIONS:
            self._report("bad-header", number, f"justification code {first[14]:02X}h; allowed is 00h to 03h")
        start, end = tuple(first[5:9]), tuple(first[9:13])
        index = int.from_bytes(first[1:3], "little")
        comment = first[15] != 0
        self.subtitles.append(
            Subtitle(number, index, start, end, first[13], first[14], comment, text)  # type: ignore[arg-type]
        )

    def _shown(self, text: bytes) -> str:
        return stl_codes.decode(bytes(code for code in text if 0x20 <= code < 0x7F or code >= 0xA0), self.table)  # noqa: PLR2004


def _end(data: bytes) -> int:
    """Where the blocks end and bytes of one value follow that fill the file up."""
    filler = data[-1:]
    if filler not in _PADDING:
        return len(data)
    used = max(0, len(data.rstrip(filler)) - stl_header.SIZE)
    return min(len(data), stl_header.SIZE + -(-used // SIZE) * SIZE)


def is_label(label: Label) -> bool:
    """Whether the hours, minutes and seconds of a label are a time of day."""
    return frames.is_clock(*label[:3])
