"""Settings of WebVTT cues and regions (WebVTT 4.3, 4.4)."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

_PERCENT: Final = re.compile(r"0*(?:[0-9]{0,2}(?:(?<=[0-9])\.[0-9]+)?(?<=[0-9])|100(?:\.0+)?)%", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]+", re.ASCII)
_ALL: Final = re.compile(r"0*100(?:\.0+)?%", re.ASCII)
_CLAUSE: Final = "WebVTT 4.4"
_OBSOLETE: Final = "middle"
"""What `center` was called in drafts before 2015; many files have it, and players read it as the default."""

_ALLOWED: Final[Mapping[str, str]] = {
    "vertical": "rl or lr",
    "line": "a line number or 0% to 100%, and ,start ,center or ,end",
    "position": "0% to 100%, and ,line-left ,center or ,line-right",
    "size": "0% to 100%",
    "align": "start, center, end, left or right",
    "region": "the id of a region that is defined",
}
_REGION: Final[Mapping[str, str]] = {
    "id": "characters other than blanks",
    "width": "0% to 100%",
    "lines": "digits",
    "regionanchor": "two percentages with a comma, such as 0%,100%",
    "viewportanchor": "two percentages with a comma, such as 10%,90%",
    "scroll": "up",
}

_LEAVING: Final = frozenset({"line", "size", "vertical"})
"""Settings with which a cue is shown outside of the region that it names."""

CueFault = tuple[str, str, str, str, bool]
"""Name of the setting, what is wrong, what is allowed, the clause, whether that is merely obsolete or vain."""


def _is_percent(text: str) -> bool:
    return _PERCENT.fullmatch(text) is not None


def cue_faults(text: str, regions: Collection[str]) -> Iterator[CueFault]:
    """What is wrong with the settings of a cue."""
    given: dict[str, str] = {}
    for setting in text.split():
        name, colon, value = setting.partition(":")
        if name not in _ALLOWED or not colon:
            yield name, f"there is no setting {setting}", ", ".join(_ALLOWED), _CLAUSE, False
        elif name in given:
            yield name, f"{name} is set twice", "each setting once", _CLAUSE, False
        elif not _is_setting(name, value, regions):
            obsolete = _OBSOLETE in value.split(",") and _is_setting(name, value.replace(_OBSOLETE, "center"), regions)
            yield name, f"{setting}{', an obsolete word' if obsolete else ''}", _ALLOWED[name], _CLAUSE, obsolete
        given.setdefault(name, value)
    for name in sorted(_LEAVING & given.keys() if "region" in given else ()):
        yield name, f"{name} beside region, which it undoes", "region without line, size and vertical", _CLAUSE, True
    aside = given.get("align") in {"start", "end"} and "position" not in given
    size = given.get("size", "100%")
    if aside and _is_percent(size) and not _ALL.fullmatch(size):
        yield "position", f"align:{given['align']} with size:{size} and no position", "a position", "WebVTT 3.3", False


def _is_setting(name: str, value: str, regions: Collection[str]) -> bool:
    first, comma, second = value.partition(",")
    if name == "line":
        aligned = not comma or second in {"start", "center", "end"}
        return aligned and (_is_percent(first) or _NUMBER.fullmatch(first) is not None)
    if name == "position":
        return _is_percent(first) and (not comma or second in {"line-left", "center", "line-right"})
    if name == "size":
        return _is_percent(value)
    words = {"vertical": {"rl", "lr"}, "align": {"start", "center", "end", "left", "right"}}
    return value in words.get(name, regions)


def region_faults(lines: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """What is wrong with the settings of a region: line from 0, name, what, what is allowed."""
    given: set[str] = set()
    for number, line in enumerate(lines):
        for setting in line.split():
            name, colon, value = setting.partition(":")
            if name not in _REGION or not colon:
                yield number, name, f"there is no setting {setting}", ", ".join(_REGION)
            elif name in given:
                yield number, name, f"{name} is set twice", "each setting once"
            elif not _is_region_setting(name, value):
                yield number, name, setting, _REGION[name]
            given.add(name)


def _is_region_setting(name: str, value: str) -> bool:
    if name in {"regionanchor", "viewportanchor"}:
        first, comma, second = value.partition(",")
        return bool(comma) and _is_percent(first) and _is_percent(second)
    if name == "width":
        return _is_percent(value)
    if name == "lines":
        return re.fullmatch(r"[0-9]+", value, re.ASCII) is not None
    return value == "up" if name == "scroll" else value != ""
