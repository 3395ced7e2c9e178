"""Safe fixes: what each mends, and that none loses a cue, changes what is said, makes a finding, or acts twice."""

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import in_process
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import platform
from assets.errors import UsageError
from assets.subtitles import Cue, Run, format_of
from assets.subtitles.model import SubtitleTrack
from assets.timing import TICKS_PER_MS, from_ms, from_seconds
from assets.title import AssetFile, Kind
from checks import core, fixing, suites
from checks.fixes._fix import Setting

RATE = Fraction(24)
WORDS = (
    "안녕",
    "그래",
    "Hello",
    "No",
    "... ",
    "...",
    "-",
    "- ",
    "–",
    " — ",
    "  ",
    " ",
    "\n",
    "?",
    "!",
    "1",
    "か\u3099",
    "각",
    "…",
    "行く",
    "、",
    "\u3000",
    "？",
    "민수: ",
    "# ",
)


@cache
def suite():
    return [item for item in suites.suite(platform.load("svod")) if item.check.on is SubtitleTrack]


def track(cues, language="ko", **more):
    file = AssetFile("film.srt", Path("film.srt"))
    values = {"frame_rate": RATE, "programme_end": from_seconds(Fraction(3600)), **more}
    return SubtitleTrack(file, "film", language, Kind.FULL, "srt", "utf-8", bom=False, cues=tuple(cues), **values)


def cue(number, start, end, text):
    return Cue(number, from_ms(start), from_ms(end), (Run(text),), number)


def mended(*cues, language="ko", only=(), **more):
    return fixing.fix_track(track(cues, language, **more), suite(), format_of("srt"), only)


def findings(subject):
    return {(item.check, item.at.label) for item in core.run(suite(), [subject]) if isinstance(item, core.Finding)}


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join)
styled = st.lists(st.builds(Run, texts, st.booleans()), min_size=1, max_size=3).map(tuple)


@st.composite
def tracks(draw):
    cues = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        start = draw(st.integers(0, 20_000)) if draw(st.booleans()) else (cues[-1].end // TICKS_PER_MS if cues else 0)
        start = max(0, start + draw(st.integers(-600, 600)))
        end = start + draw(st.integers(0, 7500))
        cues.append(Cue(number, from_ms(start), from_ms(end), draw(styled), number))
    cuts = draw(st.none() | st.lists(st.integers(0, 600).map(lambda frame: from_seconds(frame / RATE)), max_size=5))
    return track(cues, draw(st.sampled_from(("ko", "en", "ja"))), cuts=None if cuts is None else tuple(cuts))


def meaning(text):
    """A text without what a fix may change: spaces, dashes and ellipses as they are written, composition."""
    composed = unicodedata.normalize("NFC", text).replace("...", "…")
    return re.sub(r"--|[-‐‑‒–—−－]", "-", re.sub(r"\s+", "", composed))


@settings(deadline=None, max_examples=25)
@given(tracks())
def test_fixes_are_safe(subject):
    before = findings(subject)
    done = fixing.fix_track(subject, suite(), format_of("srt"))
    assert sorted(item.number for item in done.track.cues) == [item.number for item in subject.cues]
    old = {item.number: item for item in subject.cues}
    assert all(meaning(item.text) == meaning(old[item.number].text) for item in done.track.cues)
    assert findings(done.track) <= before
    changed = {change.before.number for change in done.changes}
    assert all(item == old[item.number] for item in done.track.cues if item.number not in changed)


@settings(deadline=None, max_examples=25)
@given(tracks())
def test_fixes_act_once(subject):
    once = fixing.fix_track(subject, suite(), format_of("srt"))
    assert not fixing.fix_track(once.track, suite(), format_of("srt")).changes
    for name in fixing.names():
        setting = fixing.setting_of(subject, suite(), format_of("srt"))
        mend = fixing.load(name).mend
        first = mend(subject.cues, setting)
        assert mend(first, setting) == first, name


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "그래...", "그래…"),
        ("ko", "그래....", "그래...."),
        ("en", "What?...", "What?..."),
        ("ko", "-어디 가?\n– 집에", "- 어디 가?\n- 집에"),
        ("en", "- Where to?\n—Home", "-Where to?\n-Home"),
        ("en", "-5 degrees\n-6 degrees", "-5 degrees\n-6 degrees"),
        ("en", "I saw—no.", "I saw--no."),
        ("en", "I saw — no.", "I saw-- no."),
        ("en", "1939–1945 was war.", "1939–1945 was war."),
        ("ko", " 그  래 ", "그 래"),
        ("ko", unicodedata.normalize("NFD", "안녕"), "안녕"),
        ("ja", "- 行く？\n- うん", "- 行く？\n- うん"),
    ],
)
def test_text(language, text, expected):
    (done,) = mended(cue(1, 1000, 4000, text), language=language).track.cues
    assert done.text == expected


def test_styles_stay_where_they_were():
    runs = (Run("Wait. "), Run("So..", italic=True), Run(". you came."))
    done = mended(replace(cue(1, 1000, 4000, ""), runs=runs), language="en").track.cues[0]
    assert done.runs == (Run("Wait. "), Run("So…", italic=True), Run(" you came."))


@pytest.mark.parametrize(
    ("gap_ms", "end_ms"),
    [(83, 3000), (125, 3041), (458, 3374), (500, 3000), (-200, 2716), (0, 2916)],
)
def test_gaps_and_overlaps(gap_ms, end_ms):
    first, second = cue(1, 1000, 3000, "그래"), cue(2, 3000 + gap_ms, 6000, "안녕")
    done = mended(first, second).track.cues
    assert (done[0].end // TICKS_PER_MS, done[1].start) == (end_ms, second.start)


def test_without_a_frame_rate_no_gap_is_touched():
    assert not mended(cue(1, 1000, 3000, "그래"), cue(2, 3200, 6000, "안녕"), frame_rate=None).changes


def test_order():
    done = mended(cue(1, 5000, 7000, "그래"), cue(2, 1000, 3000, "안녕"))
    assert [item.number for item in done.track.cues] == [2, 1]


def test_in_cue_moves_to_the_cut():
    cut = from_seconds(Fraction(72, 24))
    done = mended(cue(1, 3208, 6000, "그래"), cuts=(cut,))
    assert done.track.cues[0].start == cut


def test_a_change_that_makes_a_finding_is_withheld():
    done = mended(cue(1, 1000, 2000, "그래"), cue(2, 1300, 6000, "안녕"), only=("overlaps",))
    assert not done.changes
    assert [(item.cue.number, item.reason.split(":")[0]) for item in done.withheld] == [(1, "subtitle/too-short")]


def test_only_some():
    done = mended(cue(1, 1000, 4000, " 그래..."), only=("ellipsis",))
    assert done.track.cues[0].text == " 그래…"
    with pytest.raises(UsageError, match="fixes: nfc"):
        fixing.load("all")


def test_setting_leaves_the_gap_on_the_grid():
    assert Setting("ko", RATE, grid=TICKS_PER_MS).before(from_ms(1000)) == from_ms(916)


def run(folder, *arguments):
    return in_process.run("fix", *arguments, "-p", "svod", cwd=folder)


SOURCE = "1\n00:00:01,000 --> 00:00:03,000\n그래...\n\n2\n00:00:03,200 --> 00:00:05,000\n안녕\n"


def test_preview_writes_nothing_and_write_keeps_the_original(tmp_path):
    path = tmp_path / "film.ko.srt"
    path.write_text(SOURCE, encoding="utf-8")
    shown = run(tmp_path, path.name, "--preview", "--frame-rate", "24")
    assert "- 00:00:01.000 --> 00:00:03.000  그래...\n+ 00:00:01.000 --> 00:00:03.000  그래…" in shown.stdout
    assert [item.name for item in tmp_path.iterdir()] == [path.name]
    (tmp_path / "film.ko.orig.1.srt").write_text("mine", encoding="utf-8")
    assert run(tmp_path, path.name, "--write", "--frame-rate", "24").returncode == 0
    assert (tmp_path / "film.ko.orig.1.srt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "film.ko.orig.2.srt").read_text(encoding="utf-8") == SOURCE
    assert "03,116\n그래…" in path.read_text(encoding="utf-8")
    assert "nothing to mend" in run(tmp_path, path.name, "--write", "--frame-rate", "24").stdout


def test_what_would_lose_something_is_refused(tmp_path):
    path = tmp_path / "film.ko.srt"
    path.write_text(SOURCE.replace("안녕", "<font face=Arial>안녕</font>"), encoding="utf-8")
    before = path.read_bytes()
    done = run(tmp_path, path.name, "--write")
    assert done.returncode == 1
    assert "would be lost: line 5: fonts" in done.stdout
    assert path.read_bytes() == before
