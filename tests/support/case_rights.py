"""The subject of a case of a rights check.

    right = "svod"; at = 2026-11-20; territories = "KR"; window = "a"; languages = ["ko"]
    windows = [{ id = "a", territories = "worldwide-KR", start = 2026-01-01, end = 2027-01-01 }]

`languages` are those of the sound, of a version in the language `version`. Dates are midnight in Seoul; a window
without `end` has none; `territories = ""` means that none was asked for. `rights` is the text of a rights.toml.
"""

import tempfile
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from builders_text import title

from assets.rights import RightsWindow
from assets.rights.delivery_windows import windows_of
from assets.rights.languages import same_for_all
from assets.rights.model import TitleRights
from assets.rights.own_windows import with_own_windows
from assets.rights.reading import About, read_rights
from assets.subjects import RightsQuestion
from assets.territory import parse
from assets.tomlfile import TomlFile

SEOUL = ZoneInfo("Asia/Seoul")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=SEOUL)


def _window(number: int, case: dict) -> RightsWindow:
    return RightsWindow(
        id=case.get("id", "a"),
        right=case.get("right", "svod"),
        territories=parse(case.get("territories", "worldwide")),
        start=_midnight(case.get("start", date(2026, 1, 1))),
        end=_midnight(case["end"]) if "end" in case else None,
        zone="Asia/Seoul",
        languages=same_for_all(case.get("languages")),
        exclusive=case.get("exclusive", False),
        place=f"titles/sample/title.toml:{number * 10}",
    )


def _rights(text: str) -> TitleRights:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rights.toml"
        path.write_text(text, encoding="utf-8")
        return read_rights(TomlFile(path, "titles/sample/rights.toml"), About("sample"))


def subject(_check, case):
    own = tuple(_window(number, item) for number, item in enumerate(case.get("windows", [{}]), 1))
    agreed = _rights(case["rights"]) if "rights" in case else TitleRights("sample")
    windows = (*own, *windows_of(agreed.licences))
    asked = case.get("territories", "KR")
    return RightsQuestion(
        title=title(case, windows=windows, rights=with_own_windows(agreed, own)),
        right=case.get("right", "svod"),
        at=_midnight(case.get("at", date(2026, 11, 20))),
        territories=parse(asked) if asked else None,
        window=next((window for window in windows if window.id == case.get("window")), None),
        sound=frozenset((case.get("version", ""), tag) for tag in case.get("languages", ["ko", "en", "ja"])),
    )
