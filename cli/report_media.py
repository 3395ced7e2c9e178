"""What lies beside a report page in its folder: copies of masters that a browser plays, stills, cues as WebVTT.

Files are named by the digest of what they were made from, so that those of the folder that is replaced serve again.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.errors import InputError, Refused
from assets.file_bytes import why_unreadable
from assets.making.proxy import write_proxy
from assets.making.source import How, Source
from assets.making.thumbnails import Still, write_thumbnails
from assets.media import Master, Measured
from assets.subjects import ReadTitle
from assets.subtitles import Target
from assets.subtitles.conversion import convert
from assets.timing import Time, to_frames
from checks.report import Report
from cli import making
from cli.render.report import Context, Reel

MOST_STILLS = 60
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Beside:
    """The folder that is written, the one that it replaces, and how media are made; None: nothing new is made."""

    folder: Path
    old: Path
    how: How | None

    def has(self, name: str) -> bool:
        """Whether a file is there, or was in the old folder and is now here as well."""
        here, before = self.folder / name, self.old / name
        if not here.exists() and before.is_file() and not before.is_symlink():
            here.parent.mkdir(exist_ok=True)
            try:
                os.link(before, here)
            except OSError:  # not every file system has links
                shutil.copyfile(before, here)
        return here.exists()

    def place(self, name: str) -> Path:
        """Where a file is to be written."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        return path


def with_media(context: Context, read: ReadTitle, report: Report, beside: Beside) -> Context:
    """The context with its media, which are made if they are not there. Raises UsageError if they cannot be written."""
    masters = {master.file.name: master for master in read.masters()}
    reels = tuple(_reel(reel, masters[reel.asset], read, beside) for reel in context.reels)
    stills: dict[tuple[str, Time], str] = {}
    for master in masters.values():
        stills |= _stills(master, report, beside)
    return replace(context, reels=reels, stills=stills)


def _reel(reel: Reel, master: Master, read: ReadTitle, beside: Beside) -> Reel:
    name = f"media/{master.sha256[:_DIGITS]}.mp4"
    why = "" if beside.has(name) else _make_proxy(master, beside, name)
    if why:
        return replace(reel, no_video=why)
    return replace(reel, video=name, captions=tuple(_captions(reel, read, beside)))


def _make_proxy(master: Master, beside: Beside, name: str) -> str:
    """Why there is no copy of a master, or nothing."""
    if beside.how is None:
        return "none was asked for"
    source = _source(master)
    if isinstance(source, str):
        return source
    try:
        write_proxy(source, beside.place(name), beside.how)
    except Refused as error:
        return "; ".join(error.reasons)
    except InputError as error:
        return "; ".join(fault.wrong for fault in error.faults)
    return ""


def _source(master: Master) -> Source | str:
    """The master as a source, or why it is none."""
    if master.signals is None:
        return master.not_measured
    if not master.file.path.is_file():
        return why_unreadable(master.file)
    measured = Measured(master.info, master.signals, master.size, master.sha256)
    return Source(master.file.name, master.file.path, measured)


def _captions(reel: Reel, read: ReadTitle, beside: Beside) -> Iterator[tuple[str, str, str]]:
    for track in read.tracks():
        if track.file.name not in reel.tracks:
            continue
        name = f"captions/{track.sha256[:_DIGITS]}.vtt"
        if not beside.has(name):
            beside.place(name).write_bytes(convert(track.cues, "webvtt", Target(track.language)).data)
        yield track.language, track.file.name, name


def _stills(master: Master, report: Report, beside: Beside) -> dict[tuple[str, Time], str]:
    """Where the still of each time is at which something was found in a master, as far as there is one."""
    rate = master.info.video[0].frame_rate if master.info.video else None
    here = [finding for finding in report.findings if finding.asset == master.file.name]
    names: dict[Time, str] = {}
    for finding in making.worth_seeing(here, MOST_STILLS):
        at = finding.at.start or 0
        names[at] = f"stills/{master.sha256[:_DIGITS]}-{to_frames(at, rate) if rate else at}.jpg"
    _make_stills(master, [Still(at, name) for at, name in names.items() if not beside.has(name)], beside)
    return {(master.file.name, at): name for at, name in names.items() if (beside.folder / name).exists()}


def _make_stills(master: Master, stills: Sequence[Still], beside: Beside) -> None:
    """A place that cannot be decoded has no still: what is wrong with it is found, and told, by the checks."""
    source = _source(master)
    if beside.how is None or isinstance(source, str):
        return
    one_each = {still.name: still for still in stills}
    for number, still in enumerate(one_each.values(), 1):
        beside.how.told("stills", number / len(one_each))
        beside.place(still.name)
        try:
            write_thumbnails(source, [still], beside.folder, replace(beside.how, told=lambda _step, _share: None))
        except (InputError, Refused):
            continue
