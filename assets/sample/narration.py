"""The narration of the sample title -> its subtitle tracks, each from the same lines at the same times."""

import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from assets import timing
from assets.subtitles import Cue, Run, Target, write_subtitles

FRAME_RATE = Fraction(24)
FORMAT = "srt"

_TIMECODE = re.compile(r"(\d\d):(\d\d):(\d\d):(\d\d)")


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("narration.toml").read_text(encoding="utf-8"))


def tracks() -> dict[str, tuple[Cue, ...]]:
    """The cues of each track, by the name of its file."""
    lines = _data()["cues"]
    return {
        "ko.srt": _cues(lines, "ko"),
        "ko.sdh.srt": _cues(_with_sounds(lines), "ko"),
        "en.srt": _cues(lines, "en"),
        "en.forced.srt": _cues([line for line in lines if line.get("on_screen")], "en"),
        "ja.srt": _cues(lines, "ja"),
    }


def write(folder: Path) -> None:
    """Write the tracks into a folder."""
    folder.mkdir(parents=True)
    for name, cues in tracks().items():
        (folder / name).write_bytes(write_subtitles(cues, FORMAT, Target(name.split(".", 1)[0])))


def _with_sounds(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines in the wording for the deaf and hard of hearing, and the sounds between them."""
    worded = [{**line, "ko": line.get("sdh", line["ko"])} for line in lines]
    return sorted([*worded, *_data()["sounds"]], key=lambda line: str(line["start"]))


def _cues(lines: list[dict[str, Any]], language: str) -> tuple[Cue, ...]:
    return tuple(_numbered(lines, language))


def _numbered(lines: list[dict[str, Any]], language: str) -> Iterator[Cue]:
    for number, line in enumerate(lines, 1):
        # Japanese slants what stands written in the picture; Korean never does, and English writes it in capitals.
        slanted = language == "ja" and bool(line.get("on_screen"))
        yield Cue(number, _time(line["start"]), _time(line["end"]), (Run(line[language], italic=slanted),))


def _time(timecode: str) -> timing.Time:
    match = _TIMECODE.fullmatch(timecode)
    if match is None:
        raise ValueError(timecode)
    hours, minutes, seconds, frames = map(int, match.groups())
    return timing.from_frames(((hours * 60 + minutes) * 60 + seconds) * 24 + frames, FRAME_RATE)
