"""A proxy: a small copy with the timecode burnt into every picture, to find the places of a report by eye."""

import tempfile
from pathlib import Path

from assets import encode
from assets.making.source import How, Source, constant_rate, start_timecode
from assets.making.viewing import size_of, small_picture, write_copy
from assets.timing import DROP_FRAME_RATES

MOST_LINES = 540
FIRST_LABEL = "00:00:00:00"
"""Where a master has no timecode; reports count from there too."""

# Light grey on a dark band of the picture itself: inside legal range, and so are the overshoots at the letters' edges.
_LETTERS, _BAND = "0xc8c8c8", "0x202020@0.7"
_LINES_A_LETTER = 14


def write_proxy(source: Source, out: Path, how: How) -> None:
    """Write the proxy of a master, checked, with its sounds and the label of each frame at the bottom.

    Raises Refused for a picture that has no constant frame rate or a text for a timecode, UsageError if `out` exists
    or is no MP4 file, InputError if it cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="proxy-") as folder:
        font = Path(folder) / "digits.ttf"
        font.write_bytes(_digits())
        write_copy(source, out, labelled(source, font), how)


def labelled(source: Source, font: Path) -> encode.Stream:
    """The small picture with its label; frames are counted, so that each has the one of its number."""
    rate = constant_rate(source)
    label = start_timecode(source) or FIRST_LABEL
    size = size_of(source.picture, MOST_LINES)
    letters = max(8, size.height // _LINES_A_LETTER)
    options: encode.Options = {
        "fontfile": str(font),
        "fontsize": letters,
        "fontcolor": _LETTERS,
        "timecode": label if rate in DROP_FRAME_RATES else label.replace(";", ":"),
        "timecode_rate": f"{rate.numerator}/{rate.denominator}",
        "tc24hmax": 1,
        "box": 1,
        "boxcolor": _BAND,
        "boxborderw": letters // 4,
        "x": "(w-text_w)/2",
        "y": f"h-{2 * letters}",
    }
    return encode.filtered("drawtext", small_picture(source, size), options)


def _digits() -> bytes:
    """A font with digits of one width: the one that Pillow carries, whatever the system has."""
    from PIL import ImageFont

    font = ImageFont.load_default(12)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError(font)
    return bytes(font.font_bytes)
