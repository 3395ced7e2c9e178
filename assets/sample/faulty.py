"""The faulty titles of the sample: files made as faults/*.toml say, and what the checks must find in them."""

import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assets import encode

FAULTS = Path(__file__).with_name("faults")
"""One TOML file for each faulty title, named by its id."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that was put in: the title, the file it is in (empty for the title as a whole), the check to find it."""

    title: str
    asset: str
    check: str


@cache
def _titles() -> dict[str, dict[str, Any]]:
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FAULTS.glob("*.toml"))}


def title_ids() -> tuple[str, ...]:
    """The ids of the faulty titles."""
    return tuple(_titles())


def planted() -> tuple[Planted, ...]:
    """Every fault of the faulty titles."""
    return tuple(
        Planted(title, item.get("file", ""), check)
        for title, data in _titles().items()
        for item in (data["title"], *data["masters"], *data["subtitles"], *data["artwork"])
        for check in item["checks"]
    )


def write(title_id: str, folder: Path, ffmpeg: str | None, progress: Callable[[str], None]) -> None:
    """Write the files of a faulty title into its folder. Raises InputError if ffmpeg fails."""
    data = _titles()[title_id]
    for item in _made(data["masters"]):
        progress(f"{title_id}: {item['file']}")
        _write_master(_ready(folder, item), item, ffmpeg)
    for item in _made(data["subtitles"]):
        _write_subtitles(_ready(folder, item), item)
    for item in _made(data["artwork"]):
        _write_artwork(_ready(folder, item), item)


def _made(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the files that are declared and missing on purpose."""
    return [item for item in items if not item.get("absent")]


def _ready(folder: Path, item: dict[str, Any]) -> Path:
    path = folder / str(item["file"])
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write_master(path: Path, item: dict[str, Any], ffmpeg: str | None) -> None:
    graphs = [*item.get("pictures", []), *item.get("sounds", [])]
    options = {"fflags": "+bitexact", **item["options"]}
    encode.make(path, *(encode.generated(graph) for graph in graphs), options=options, ffmpeg=ffmpeg)
    _cut(path, item)


def _write_subtitles(path: Path, item: dict[str, Any]) -> None:
    form = item.get("form", "NFC")
    name = unicodedata.normalize(form, path.name)
    text = unicodedata.normalize(form, item["text"].lstrip("\n"))
    path.with_name(name).write_bytes(text.encode(item.get("encoding", "utf-8")))


def _write_artwork(path: Path, item: dict[str, Any]) -> None:
    from PIL import Image

    ramp = Image.linear_gradient("L").resize(tuple(item["size"]))
    Image.merge("RGB", (ramp, ramp.rotate(180), ramp)).convert(item["mode"]).save(path, item["format"])
    _cut(path, item)


def _cut(path: Path, item: dict[str, Any]) -> None:
    if "bytes" in item:
        path.write_bytes(path.read_bytes()[: item["bytes"]])
