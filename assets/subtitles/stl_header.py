"""The header of an EBU STL file: the General Subtitle Information block (Tech 3264, 4.2), 1024 bytes.

The disk format code gives the count of frames. STL30.01 is that of television of 525 lines: 30 labels a second while
30000/1001 frames go by, and no label left out, as the format has no mark of drop-frame. Tech 3264 knows STL25.01 and
STL30.01; STL23, STL24 and STL50 are found, and are read and written at 24000/1001, 24 and 50.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles import frames, stl_codes, stl_languages
from assets.subtitles.model import Damage

SIZE = 1024
SIGNATURE = re.compile(r"(?s).{3}STL[0-9]{2}\.[0-9]{2}", re.IGNORECASE)

RATES = {
    "STL23.01": Fraction(24000, 1001),
    "STL24.01": Fraction(24),
    "STL25.01": Fraction(25),
    "STL30.01": frames.NTSC,
    "STL50.01": Fraction(50),
}
_ODD_RATES = {29: frames.NTSC, 59: Fraction(60000, 1001)}

_FIELDS = {
    "CPN": (0, 3),
    "DFC": (3, 11),
    "DSC": (11, 12),
    "CCT": (12, 14),
    "LC": (14, 16),
    "OPT": (16, 48),
    "OET": (48, 80),
    "TPT": (80, 112),
    "TET": (112, 144),
    "TN": (144, 176),
    "TCD": (176, 208),
    "SLR": (208, 224),
    "CD": (224, 230),
    "RD": (230, 236),
    "RN": (236, 238),
    "TNB": (238, 243),
    "TNS": (243, 248),
    "TNG": (248, 251),
    "MNC": (251, 253),
    "MNR": (253, 255),
    "TCS": (255, 256),
    "TCP": (256, 264),
    "TCF": (264, 272),
    "TND": (272, 273),
    "DSN": (273, 274),
    "CO": (274, 277),
    "PUB": (277, 309),
    "EN": (309, 341),
    "ECD": (341, 373),
    "UDA": (448, 1024),
}
"""The fields and the bytes they stand in, from the first to before the last; what is between is spare."""

_TOLD = ("OPT", "OET", "TPT", "TET", "TN", "TCD", "SLR", "CO", "PUB", "EN", "ECD", "UDA")
"""Fields on the programme and the people, which the model has no place for. Dates and disk numbers are not told."""

COLUMNS, ROWS = 40, 23
"""The most characters in a row and the rows of a picture that are written (MNC, MNR)."""

_TELETEXT = ("1", "2")
_ROWS = {True: 23, False: 99}


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says. `start` is the frame number of the timecode of the programme's first frame (TCP).

    `rows` is how many rows the vertical positions count; `blocks` and `subtitles` are None where they are no numbers.
    """

    rate: Fraction
    table: str
    language: str
    teletext: bool
    rows: int
    start: int
    blocks: int | None
    subtitles: int | None

    @property
    def nominal(self) -> int:
        """How many frames a second of the timecode counts."""
        return round(self.rate)


def read(data: bytes) -> tuple[Header, list[Damage]]:
    """The header at the beginning of a file, and what is wrong with it or not kept of it; its line is 0."""
    codec = f"cp{data[:3].decode('latin-1')}"
    try:
        codecs.lookup(codec)
    except (LookupError, ValueError):
        codec = "cp850"
    texts = {name: data[begin:end].decode(codec, "replace").strip(" \0") for name, (begin, end) in _FIELDS.items()}
    damage = list(_wrong(texts))
    rate = RATES.get(texts["DFC"].upper()) or _odd_rate(texts["DFC"])
    start = _label(texts["TCP"])
    teletext = texts["DSC"] in _TELETEXT
    header = Header(
        rate=rate,
        table=texts["CCT"] if texts["CCT"] in stl_codes.TABLES else stl_codes.LATIN,
        language=stl_languages.TAGS.get(texts["LC"].upper(), ""),
        teletext=teletext,
        rows=_number(texts["MNR"]) or _ROWS[teletext],
        start=frames.count(start, round(rate)) if start else 0,
        blocks=_number(texts["TNB"]),
        subtitles=_number(texts["TNS"]),
    )
    told = "; ".join(f"{name} {' '.join(texts[name].split())}" for name in _TOLD if texts[name])
    if told:
        damage.append(Damage("not-kept", 0, "header fields, which are not kept", told))
    return header, damage


def write(rate: Fraction, *, table: str, language: str, start: int, first: int, counts: tuple[int, int]) -> bytes:
    """A header for open subtitles. `start` and `first` are frame numbers, `counts` those of blocks and subtitles.

    The same subtitles give the same bytes: the dates, which must be there, are those of no particular day.
    """
    nominal = round(rate)
    blocks, subtitles = counts
    given = {
        "CPN": "850",
        "DFC": next(code for code, each in RATES.items() if each == rate),
        "DSC": "0",
        "CCT": table,
        "LC": stl_languages.code_of(language),
        "CD": "000101",
        "RD": "000101",
        "RN": "00",
        "TNB": f"{blocks:05}",
        "TNS": f"{subtitles:05}",
        "TNG": "001",
        "MNC": f"{COLUMNS:02}",
        "MNR": f"{ROWS:02}",
        "TCS": "1",
        "TCP": _label_text(start, nominal),
        "TCF": _label_text(first, nominal),
        "TND": "1",
        "DSN": "1",
    }
    data = bytearray(b" " * SIZE)
    for name, text in given.items():
        begin, end = _FIELDS[name]
        data[begin:end] = text.encode("ascii")
    return bytes(data)


def _wrong(texts: dict[str, str]) -> Iterator[Damage]:
    allowed = {
        "DFC": (texts["DFC"].upper() in RATES, ", ".join(RATES)),
        "DSC": (texts["DSC"] in {"", "0", "1", "2"}, "0, 1, 2 or a blank"),
        "CCT": (texts["CCT"] in stl_codes.TABLES, f"{', '.join(stl_codes.TABLES)}; read as Latin"),
        "LC": (texts["LC"].upper() in {"", stl_languages.UNKNOWN, *stl_languages.TAGS}, "00 to 2B and 45 to 7F"),
        "TNB": (_number(texts["TNB"]) is not None, "a number"),
        "TNS": (_number(texts["TNS"]) is not None, "a number"),
        "TCS": (texts["TCS"] == "1", "1, timecode meant to be used; it is used all the same"),
        "TCP": (_label(texts["TCP"]) is not None, "HHMMSSFF; times count from zero"),
    }
    for name, (right, what) in allowed.items():
        if not right:
            place = f"byte {_FIELDS[name][0]}: {name}"
            yield Damage("bad-header", 0, f"{place} is {texts[name] or 'blank'}; allowed is {what}", texts[name])


def _odd_rate(code: str) -> Fraction:
    number = _number(code[3:5]) or round(RATES["STL25.01"])
    return _ODD_RATES.get(number) or Fraction(number)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,5}", text) else None


def _label(text: str) -> tuple[int, int, int, int] | None:
    if re.fullmatch("[0-9]{8}", text) is None:
        return None
    hours, minutes, seconds, frame = (int(text[place : place + 2]) for place in range(0, 8, 2))
    return (hours, minutes, seconds, frame) if frames.is_clock(hours, minutes, seconds) else None


def _label_text(frame: int, nominal: int) -> str:
    hours, *rest = frames.fields(frame, nominal)
    return "".join(f"{field:02}" for field in (hours % 24, *rest))
