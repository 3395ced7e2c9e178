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
_SIGNS = ("", "万", "億", "兆", "京")


class LargeNumbers(Limits):
    """The most digits in a row, by language; longer numbers have 万 in them, and none has commas between thousands."""

    max_digits: ByLanguage[Annotated[int, Field(ge=1)]]


@check("subtitle/large-numbers", on=SubtitleTrack, limits=LargeNumbers)
def large_numbers(track: SubtitleTrack, limits: LargeNumbers) -> Problems:
    """A large number is written with commas or in a long row of digits.

    Japanese counts by ten thousands: 1万2345, not 12,345 or 12345. A row of digits that is no quantity, such as a
    telephone number, is right as it is: therefore it is borderline.
    """
    most = rule_of(limits.max_digits, track)
    if most is None:
        return
    text = text_of(track)
    for found in text.find(_GROUPED, needs=",，"):
        digits = re.sub("[,，]", "", found.text)
        yield found.problem(found.text, digits if len(digits) <= most else _with_ten_thousands(digits))
    for found in text.find(re.compile(rf"[0-9０-９]{{{most + 1},}}")):
        yield found.problem(found.text, _with_ten_thousands(found.text), borderline=True)


def _with_ten_thousands(digits: str) -> str:
    """`1万2345` of `12345`, in half-width digits; the rule alone where there are more than Japanese has words for."""
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)]
    if len(groups) > len(_SIGNS):
        return "groups of four digits"
    parts = [f"{int(group)}{sign}" for group, sign in zip(groups, _SIGNS, strict=False) if int(group)]
    return "".join(reversed(parts)) or "0"
