"""Python, and the packages that the tool is made of, beside the versions that it was tested with."""

import re
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from cli.diagnosis import Answer, Question, fail, ok, warn

ORDER = 10
_OLDEST = (3, 11)
_PINS = Path(__file__).resolve().parents[2] / "requirements.txt"
_NEEDED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(?:;\s*(.*))?$")
_LIMIT = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9]+(?:\.[0-9]+)*)")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
_REINSTALL = "install the tool anew into an environment of its own"

Version = tuple[int, ...]


def probe(_: Question) -> Iterator[Answer]:
    """The interpreter, then each package that is missing, outside what is declared, or other than pinned."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _OLDEST:
        yield fail("Python", found, "use Python 3.11 or newer")
    else:
        yield ok("Python", found)
    try:
        needed = metadata.requires("releaseprint") or []
    except metadata.PackageNotFoundError:
        yield fail("packages", "releaseprint itself is not installed", _REINSTALL)
        return
    wrong = list(_wrong(needed, pins()))
    yield from wrong or [ok("packages", f"{_count(needed)} packages, each in a version that is allowed")]


def _count(needed: list[str]) -> int:
    return sum("extra ==" not in line for line in needed)


def _wrong(needed: list[str], pinned: Mapping[str, frozenset[str]]) -> Iterator[Answer]:
    for line in needed:
        match = _NEEDED.match(line)
        if match is None or "extra" in (match[3] or ""):
            continue
        name, limits = match[1], match[2].strip()
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield fail(name, "is not installed", _REINSTALL)
            continue
        wanted = pinned.get(name.lower(), frozenset())
        if not allows(limits, version):
            yield fail(name, f"{version}, and {limits} is needed", _REINSTALL)
        elif wanted and version not in wanted:
            tested = " or ".join(sorted(wanted))
            yield warn(name, version, f"the tool was tested with {tested}; `pip install -r requirements.txt` brings it")


def allows(limits: str, version: str) -> bool:
    """Whether a version keeps limits such as `>=18,<19`; only the numbers of a release count."""
    own = _numbers(version)
    return all(_keeps(own, sign, _numbers(limit)) for sign, limit in _LIMIT.findall(limits))


def _keeps(own: Version, sign: str, limit: Version) -> bool:
    length = max(len(own), len(limit))
    left, right = (item + (0,) * (length - len(item)) for item in (own, limit))
    kept = {
        ">=": left >= right,
        "<=": left <= right,
        "==": left == right,
        "!=": left != right,
        "<": left < right,
        ">": left > right,
    }
    return kept[sign]


def _numbers(version: str) -> Version:
    match = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()


def pins() -> Mapping[str, frozenset[str]]:
    """The pinned versions by name, where the tool runs from its own checkout; a name may have one for each Python."""
    if not _PINS.is_file():
        return {}
    found: dict[str, frozenset[str]] = {}
    for name, version in _PIN.findall(_PINS.read_text(encoding="utf-8")):
        found[name.lower()] = found.get(name.lower(), frozenset()) | {version}
    return found
