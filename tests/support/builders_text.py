"""Subtitle tracks and titles from the keys of a case, without files."""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from declared import with_declared_sound
from titles import audio, media, video

from assets.media import Master
from assets.metadata import OtherName, Rating, Release
from assets.stems import StemKind
from assets.subjects import ReadTitle, UnreadableMaster, UnreadableSubtitles
from assets.subtitles.model import Cue, Damage, Region, Run, Speech, SubtitleTrack
from assets.timing import Time, from_frames, from_seconds
from assets.title import (
    ArtworkDeclaration,
    AssetFile,
    Audience,
    AudioDeclaration,
    DocumentDeclaration,
    Kind,
    Programme,
    StemDeclaration,
    SubtitleDeclaration,
    Title,
    Version,
)

VERTICAL = Region(Fraction(80), Fraction(10), Fraction(10), Fraction(80), "before", "tbrl")
TIMES = re.compile(r"^(\S+) --> (\S+)$")


def asset_file(name: str) -> AssetFile:
    return AssetFile(name, Path(name), "title.toml:1")


MARKS = {
    "": {},
    "i": {"italic": True},
    "c": {"combine": True},
    "a": {"ruby": "よみ", "ruby_position": "before"},
    "b": {"ruby": "よみ", "ruby_position": "after"},
    "d": {"emphasis": "filled dot after"},
    "o": {"ruby": "よみ", "ruby_position": "outside", "emphasis": "filled dot outside"},
}
"""What the marks of `cues` stand for."""


def moment(text: str, rate: Fraction | None) -> Time:
    """`48f` (frames), `2.5`, `1:02.5` or `1:00:00` as ticks."""
    if text.endswith("f"):
        return from_frames(int(text[:-1]), rate)
    sign = -1 if text.startswith("-") else 1
    seconds = Fraction(0)
    for part in text.lstrip("-").split(":"):
        seconds = seconds * 60 + Fraction(part)
    return sign * from_seconds(seconds)


def cues(text: str, rate: Fraction | None) -> tuple[Cue, ...]:
    r"""Blocks of `START --> END` and the text below it: `<i>` italic, `<c>` set upright, `{\an8}` a position.

    `<a>` has ruby above, `<b>` below, `<d>` bouten below, `<o>` both outside.
    """
    found: list[Cue] = []
    for number, line in enumerate(text.split("\n"), 1):
        if times := TIMES.match(line):
            start, end = (moment(times[group], rate) for group in (1, 2))
            found.append(Cue(len(found) + 1, start, end, (), number))
        elif line and found:
            found[-1] = _with_line(found[-1], line)
    return tuple(found)


def _with_line(cue: Cue, line: str) -> Cue:
    place = re.match(r"^\{\\an(\d)\}", line)
    position = int(place[1]) if place else cue.position
    parts = re.split(r"</?([icabdo])>", line[place.end() :] if place else line)
    marks = ["", *(mark if number % 2 == 0 else "" for number, mark in enumerate(parts[1::2]))]
    runs = tuple(Run(part, **MARKS[mark]) for part, mark in zip(parts[::2], marks, strict=True) if part)
    before = (*cue.runs, Run("\n")) if cue.runs else ()
    return Cue(cue.number, cue.start, cue.end, (*before, *runs), cue.line, position)


def _rate(case: dict) -> Fraction | None:
    """24 unless the case has another; an empty text means that it is not known."""
    rate = case.get("rate", "24")
    return Fraction(rate) if rate else None


def track(case: dict) -> SubtitleTrack:
    """A good Korean track of a programme of ten minutes at 24 frames, with what the case says otherwise."""
    rate = _rate(case)
    language, kind = case.get("language", "ko"), Kind(case.get("kind", "full"))
    end = case.get("end", "10:00")
    text = case.get("cues", "1 --> 2\n안녕하세요")
    text = unicodedata.normalize(case["form"], text) if "form" in case else text
    found = _counted(case["count"]) if "count" in case else cues(text, rate)
    if "uneven" in case:
        found = _uneven(case["uneven"], case)
    if case.get("vertical"):
        found = tuple(replace(cue, region=VERTICAL) for cue in found)
    return SubtitleTrack(
        file=asset_file(case.get("file", f"{language}-{kind}.srt")),
        version=case.get("version", "original"),
        language=language,
        kind=kind,
        format=case.get("file_format", "srt"),
        source=case.get("document", ""),
        encoding=case.get("encoding", "utf-8"),
        bom=case.get("bom", False),
        cues=found,
        damage=tuple(Damage(**item) for item in case.get("damage", [])),
        programme=_programme({"audience": case.get("audience", "adult")}),
        frame_rate=rate,
        programme_end=moment(end, rate) if end else None,
        document_language=case.get("document_language", ""),
        document_rate=Fraction(case["document_rate"]) if "document_rate" in case else None,
        cuts=tuple(moment(cut, rate) for cut in case["cuts"]) if "cuts" in case else None,
        speech=_speech(case),
    )


def _uneven(count: int, case: dict) -> tuple[Cue, ...]:
    """So many cues at odd times, `ratio` times as late and by `late` from cue number `since` on, or from the first."""
    ratio, late, since = Fraction(case.get("ratio", "1")), Fraction(case.get("late", "0")), case.get("since", 1)
    times = [Fraction(number * 4) + Fraction(number * number % 23, 10) for number in range(1, count + 1)]
    right = [time * ratio + (late if number >= since else 0) for number, time in enumerate(times, 1)]
    return tuple(
        Cue(number, from_seconds(time), from_seconds(time + 1), (Run("안녕하세요"),))
        for number, time in enumerate(right, 1)
    )


def _speech(case: dict) -> Speech | None:
    """`speech` such cues as `uneven` has are spoken; `speech_missing` says why nothing could be heard."""
    if "speech" in case:
        return Speech(tuple((cue.start, cue.end) for cue in _uneven(case["speech"], {})))
    return Speech(missing=case["speech_missing"]) if "speech_missing" in case else None


def _counted(count: int) -> tuple[Cue, ...]:
    """So many cues, one in three seconds."""
    return tuple(
        Cue(number, from_seconds(Fraction(number * 3)), from_seconds(Fraction(number * 3 + 2)), (Run("안녕하세요"),))
        for number in range(1, count + 1)
    )


GOOD_VERSION = {
    "id": "original",
    "language": "ko",
    "sound": ["ko"],
    "tracks": [{"language": "ko"}, {"language": "en"}, {"language": "ja"}],
}


def _programme(case: dict) -> Programme:
    episodes, minutes = (int(part) for part in (case.get("format", "1 x 84") or "1 x 0").split(" x "))
    return Programme(
        episodes=episodes,
        minutes=minutes,
        runtime=moment(case.get("runtime", "1:24:00") or "0", None),
        runtime_tolerance=from_seconds(Fraction(1)),
        production_year=case.get("production_year", 2020),
        original_language=case.get("original_language", "ko"),
        audience=Audience(case.get("audience", "adult")),
        release_date=date.fromisoformat(case["release_date"]) if "release_date" in case else None,
    )


def _version(case: dict) -> Version:
    master = case.get("master", f"{case['id']}.mov")
    return Version(
        id=case["id"],
        language=case["language"],
        master=asset_file(master) if master else None,
        audio=tuple(AudioDeclaration(tag, "stereo", number) for number, tag in enumerate(case.get("sound", []))),
        subtitles=tuple(
            SubtitleDeclaration(item.file, item.language, item.kind)
            for item in (track({"version": case["id"], **declared}) for declared in case.get("tracks", []))
        ),
        stems=tuple(_stem(item) for item in case.get("stems", [])),
        identifiers=case.get("identifiers", {}),
    )


def _stem(item: dict) -> StemDeclaration:
    file = asset_file(f"{item['kind']}.{item['layout']}.{item.get('channel', '')}.wav")
    return StemDeclaration(
        file, StemKind(item["kind"]), item["layout"], item.get("language", "zxx"), item.get("channel", "")
    )


def title(case: dict, **other: object) -> Title:
    """A good title in Korean, English and Japanese, with what the case says otherwise."""
    names = {"ko": "견본", "en": "Sample", "ja": "見本"}
    return Title(
        id="sample",
        folder=Path("sample"),
        names=case.get("names", names),
        programme=_programme(case),
        synopses=case.get("synopses", names),
        short_synopses=case.get("short_synopses", {}),
        identifiers=case.get("identifiers", {}),
        versions=tuple(_version(item) for item in case.get("versions", [GOOD_VERSION])),
        artwork=tuple(
            ArtworkDeclaration(asset_file(f"{kind}.jpg"), kind, case.get("artwork_language"))
            for kind in case.get("artwork", ["poster", "key-art"])
        ),
        documents=tuple(DocumentDeclaration(asset_file(f"{kind}.pdf"), kind) for kind in case.get("documents", [])),
        other_names=tuple(OtherName(**item) for item in case.get("other_names", [])),
        ratings=tuple(Rating(**item) for item in case.get("ratings", [])),
        releases=tuple(
            Release(item["territory"], date.fromisoformat(item["date"]), item.get("kind", "theatrical"))
            for item in case.get("releases", [])
        ),
        **other,
    )


def _master(case: dict, version: Version, programme: Programme) -> Master | UnreadableMaster:
    if case.get("unreadable"):
        return UnreadableMaster(version.master, version.id, "no media file")
    duration = moment(case.get("length", "1:24:00"), None)
    rate = _rate(case)
    picture = video(frame_rate=rate, duration=duration)
    sound = tuple(audio(language=tag or None) for tag in case.get("tagged", ["kor"]))
    info = media(duration=duration, video=(picture,), audio=sound)
    return with_declared_sound(Master(version.master, version, programme, info, 1, ""))


def read_title(case: dict) -> ReadTitle:
    """A title that was read: each version's master and tracks."""
    declared = title(case)
    found: list = []
    for item, version in zip(case.get("versions", [GOOD_VERSION]), declared.versions, strict=True):
        if version.master:
            found.append(_master(item, version, declared.programme))
        found += [track({"version": version.id, **wanted}) for wanted in item.get("tracks", [])]
        found += [UnreadableSubtitles(asset_file(name), version.id, "broken") for name in item.get("broken", [])]
    return ReadTitle(declared, tuple(found))
