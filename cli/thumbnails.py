"""From a title's report to a picture of each place in its masters at which something was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.making.source import Source
from assets.making.thumbnails import Still, write_thumbnails
from assets.platform import Platform
from assets.timing import Time, timecode, to_frames
from assets.title import Title
from checks.core import Finding
from cli import judgement, making
from cli.render.words import time_text, visible_lines
from cli.terminal import steps_progress


@dataclass(frozen=True, slots=True)
class Asked:
    """At most how many pictures, and by which ffmpeg."""

    most: int
    ffmpeg: str | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture with the findings that it shows."""

    still: Still
    findings: tuple[Finding, ...]


def write(catalogue: Catalogue, title: Title, platform: Platform, folder: Path, asked: Asked) -> list[str]:
    """Write the pictures into a folder, which is made if it is not there; gives a line for each finding shown.

    Raises UsageError if the folder cannot be made or a file is there, InputError if a master cannot be read again.
    """
    question = judgement.Asked(platform, None, None)
    reports, _ = judgement.judge_targets(catalogue, [judgement.Target(title)], question)
    masters = {version.master.name: version.master for version in title.versions if version.master is not None}
    found = [finding for report in reports for finding in report.findings if finding.asset in masters]
    chosen = making.worth_seeing(found, asked.most)
    lines: list[str] = []
    if chosen:
        _make(folder)
    with steps_progress(title.id) as told:
        how = making.how_to_make(catalogue, asked.ffmpeg, told)
        for name, file in masters.items():
            here = [finding for finding in chosen if finding.asset == name]
            if here:
                source = making.read(catalogue, file, how)
                shown = list(_shown(source, here, len(lines)))
                write_thumbnails(source, [item.still for item in shown], folder, how)
                lines += _lines(source, shown)
    return lines


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}") from error


def _shown(source: Source, findings: Sequence[Finding], before: int) -> Iterator[_Shown]:
    """One picture for each frame at which something was found."""
    rate = source.picture.frame_rate
    by_frame: dict[int, list[Finding]] = {}
    for finding in findings:
        by_frame.setdefault(_frame(finding.at.start or 0, rate), []).append(finding)
    for number, same in enumerate(by_frame.values(), before + 1):
        at = same[0].at.start or 0
        name = f"{number:04}_{_file_text(at, rate)}_{same[0].check.replace('/', '-')}.jpg"
        yield _Shown(Still(at, name), tuple(same))


def _frame(at: Time, rate: Fraction | None) -> int:
    return to_frames(at, rate) if rate else at


def _file_text(at: Time, rate: Fraction | None) -> str:
    """A time as a part of a file's name on every system."""
    return (timecode(at, rate) if rate else time_text(at, None)).replace(":", "-").replace(";", "-")


def _lines(source: Source, shown: Sequence[_Shown]) -> list[str]:
    return [
        visible_lines(f"{item.still.name}: {source.name}: {making.marked(finding)}")
        for item in shown
        for finding in item.findings
    ]
