"""The faulty sample: files made as faults.toml says, and the list of what the checks must find in them."""

import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assets import encode

TITLE_ID = "faulty-sample"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that was put in: the file it is in (empty for the title as a whole) and the check that finds it."""

    asset: str
    check: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("faults.toml").read_text(encoding="utf-8"))


def planted() -> tuple[Planted, ...]:
    """Every fault of the faulty sample."""
    data = _data()
    files = [*data["masters"], *data["subtitles"], *data["artwork"]]
    return tuple(Planted(item.get("file", ""), check) for item in (data["title"], *files) for check in item["checks"])


def write(folder: Path, ffmpeg: str | None, progress: Callable[[str], None]) -> None:
    """Write the files of the faulty sample below its folder. Raises InputError if ffmpeg fails."""
    for item in _data()["masters"]:
        progress(item["file"])
        _write_master(_ready(folder, item), item, ffmpeg)
    for item in _data()["subtitles"]:
        if not item.get("absent"):
            _write_subtitles(_ready(folder, item), item)
    for item in _data()["artwork"]:
        _write_artwork(_ready(folder, item), item)


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
