"""`subtitle/large-numbers`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

_GROUPED = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGNS = ("", "万", "億", "兆", "京")


class LargeNumbers(Limits):
    """The most digits in a row, by language; longer numbers have 万 in them, and none has commas between thousands."""

    max_digits: ByLanguage[Annotated[int, Field(ge=1)]]


@check("subtitle/large-numbers", on=SubtitleTrack, limits=LargeNumbers)
def large_numbers(track: SubtitleTrack, limits: LargeNumbers) -> Problems:
    """A large number is written with commas or in a long row of digits.

    Japanese counts by ten thousands: １万2345, not 12,345 or 12345. A row of digits that is no quantity, such as a
    telephone number, is right as it is: therefore it is borderline. Digits after a Latin letter, ISO40500, are a name.
    """
    most = rule_of(limits.max_digits, track)
    if most is None:
        return
    text = text_of(track)
    for found in text.find(_GROUPED, needs=",，"):
        digits = re.sub("[,，]", "", found.text)
        yield found.problem(found.text, digits if len(digits) <= most else _with_ten_thousands(digits))
    for found in text.find(re.compile(rf"(?<![0-9０-９A-Za-zＡ-Ｚａ-ｚ])[0-9０-９]{{{most + 1},}}")):
        yield found.problem(found.text, _with_ten_thousands(found.text), borderline=True)


def _with_ten_thousands(digits: str) -> str:
    """`１万2345` of `12345`: a digit alone is full-width. The rule alone where Japanese has no word for so many."""
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)]
    if len(groups) > len(_SIGNS):
        return "groups of four digits"
    parts = [f"{_number(int(group))}{sign}" for group, sign in zip(groups, _SIGNS, strict=False) if int(group)]
    return "".join(reversed(parts)) or "0"


def _number(value: int) -> str:
    digits = str(value)
    return digits.translate(_FULL_WIDTH) if len(digits) == 1 else digits
