"""Conversion: what a format cannot hold is listed cue by cue, what is left reads back the same."""

import unicodedata
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.errors import UsageError
from assets.subtitles import FORMATS, Cue, Region, Run, Target, format_of, markup, read_subtitles
from assets.subtitles.conversion import canonical_colour, convert
from assets.subtitles.format import Feature, Grid
from assets.subtitles.grids import on_grid, time_text
from assets.timing import TICKS_PER_MS, from_frames, from_ms, from_seconds

RATES = [Fraction(*rate) for rate in ((24000, 1001), (24,), (25,), (30000, 1001), (30,), (50,), (60000, 1001))]
TARGET = Target("ko", Fraction(25))
TELEVISION = {"stl", "scc"}
NTSC = Target("ko", Fraction(30000, 1001))


def target(*names):
    """25 frames a second, unless one of the formats has no such rate."""
    return NTSC if "scc" in names else TARGET


REGION = Region(Fraction(80), Fraction(10), Fraction(10), Fraction(80), "before", "tbrl", "right")


def one(*runs, **changes):
    return Cue(1, from_ms(1000), from_ms(2000), runs or (Run("가"),), **changes)


def lost(cue, name, target=TARGET):
    return [(loss.what, loss.text) for loss in convert([cue], name, target).losses]


@pytest.mark.parametrize(
    ("cue", "name", "losses"),
    [
        (one(), "srt", []),
        (one(Run("가", italic=True)), "srt", []),
        (one(Run("映画", ruby="えいが")), "srt", [(Feature.RUBY, "えいが: 映画")]),
        (one(Run("映画", ruby="えいが")), "sami", []),
        (one(Run("12", combine=True)), "ass", [(Feature.COMBINE, "12")]),
        (one(Run("가", emphasis="filled dot outside")), "webvtt", [(Feature.EMPHASIS, "filled dot outside: 가")]),
        (one(Run("가", slant=Fraction(50, 3))), "srt", [(Feature.SLANT, "16.667%: 가")]),
        (one(Run("가", colour="#ffff00")), "srt", []),
        (one(Run("가", colour="#ffff0080")), "srt", [("transparency of a colour: #ffff0080", "")]),
        (one(Run("a", colour="#ffff00")), "stl", [(Feature.COLOUR, "#ffff00: a")]),
        (one(Run("가", colour="#FFFF00FF")), "ass", []),
        (one(Run("가", font="바탕")), "srt", [(Feature.FONT, "바탕: 가")]),
        (one(Run("가", speaker="철수")), "srt", [(Feature.SPEAKER, "철수: 가")]),
        (one(Run("映画", language="ja")), "srt", [(Feature.LANGUAGE, "ja: 映画")]),
        (one(Run("가", language="ko")), "srt", []),
        (one(Run("가", underline=True)), "ssa", [(Feature.UNDERLINE, "가")]),
        (one(position=8), "sami", [(Feature.TOP, "place 8 of a numeric keypad")]),
        (one(region=REGION), "srt", [(Feature.VERTICAL, "tbrl at 80% 10%, 10% by 80%")]),
        (one(region=replace(REGION, writing="lrtb")), "srt", [(Feature.PLACE, "lrtb at 80% 10%, 10% by 80%")]),
        (one(text_align="start", rows_align="end"), "ass", [(Feature.ALIGN, "start end")]),
        (one(forced=True), "srt", [(Feature.FORCED, "가")]),
        (one(id="a1"), "srt", [(Feature.ID, "a1")]),
        (one(slant=Fraction(15)), "webvtt", [(Feature.SLANT, "15%")]),
    ],
)
def test_what_is_not_held_is_listed(cue, name, losses):
    if FORMATS.get(name) == "assets.subtitles.webvtt" and any(what in format_of(name).holds for what, _ in losses):
        losses = []
    assert lost(cue, name) == losses


def test_losses_name_the_cue_and_its_line():
    cues = [replace(one(), line=2), replace(one(Run("가", font="바탕")), number=9, line=7)]
    (loss,) = convert(cues, "srt", TARGET).losses
    assert (loss.number, loss.line) == (2, 7)


@pytest.mark.parametrize(
    ("region", "text_align", "position"),
    [
        (Region(Fraction(0), Fraction(0), Fraction(100), Fraction(9), "after"), "", 8),
        (Region(Fraction(0), Fraction(0), Fraction(100), Fraction(9), "after"), "left", 7),
        (Region(Fraction(0), Fraction(80), Fraction(100), Fraction(20), "before"), "", 2),
        (REGION, "start", 9),
    ],
)
def test_a_region_that_is_not_held_leaves_its_place(region, text_align, position):
    cue = one(region=region, text_align=text_align, position=2)
    assert [convert([cue], name, TARGET).cues[0].position for name in ("srt", "sami")] == [position, 2]


def test_a_slant_becomes_italic_where_only_that_is_held():
    assert convert([one(Run("가", slant=Fraction(15)))], "srt", TARGET).cues[0].runs == (Run("가", italic=True),)
    assert convert([one(slant=Fraction(15))], "srt", TARGET).cues[0].runs == (Run("가", italic=True),)


def test_ruby_into_sub_rip_keeps_the_base():
    cue = one(Run("昨日"), Run("映画", ruby="えいが", ruby_position="before"), Run("を見た"))
    converted = convert([cue], "srt", TARGET)
    assert "昨日映画を見た" in converted.data.decode()
    assert converted.cues[0].runs == (Run("昨日映画を見た"),)


def test_times_between_milliseconds_are_listed():
    frame = from_frames(1, Fraction(24))
    assert lost(replace(one(), start=frame), "srt") == [("time rounded", "00:00:00.041667 -> 00:00:00.042")]
    assert lost(replace(one(), start=from_ms(1004)), "ass") == [("time rounded", "00:00:01.004 -> 00:00:01.000")]
    assert lost(replace(one(), start=frame), "imsc1.1") == []


def test_a_time_before_zero_is_listed():
    assert lost(replace(one(), start=-from_ms(1)), "srt") == [("time", "-00:00:00.001 -> 00:00:00.000")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("srt", "00:00:01.001"),
        ("webvtt", "00:00:01.001"),
        ("imsc1.1", "00:00:01.001"),
        ("ass", "00:00:01.010"),
        ("stl", "00:00:01.040"),
    ],
)
@pytest.mark.parametrize("end", ["00:00:01.000", "00:00:00.500"])
def test_a_cue_that_is_never_shown_is_written_and_listed(name, shown, end):
    cue = replace(one(), end=from_ms(int(end[-3:]) + 1000 * int(end[6:8])))
    text = f"00:00:01.000 --> {end}, never shown; written as 00:00:01.000 --> {shown}: 가"
    assert ("time", text) in lost(cue, name)
    converted = convert([cue], name, TARGET)
    (read,) = read_subtitles(converted.data).cues
    assert (read.start, time_text(read.end)) == (cue.start, shown)


@pytest.mark.parametrize("rate", RATES)
def test_frames_are_exact_on_the_grid_of_frames(rate):
    times = [from_frames(frame, rate) for frame in (0, 1, 1799, 1800, 107_892, 2_073_600)]
    assert [on_grid(time, Grid.FRAMES, rate) for time in times] == times
    in_ms = [on_grid(time, Grid.MILLISECONDS, None) for time in times]
    assert [on_grid(time, Grid.FRAMES, rate) for time in in_ms] == times


def test_frames_need_a_rate():
    with pytest.raises(UsageError, match="need a frame rate"):
        on_grid(0, Grid.FRAMES, None)
    with pytest.raises(UsageError):
        convert([one()], "itt", Target("ko"))


def test_one_at_a_time():
    first = replace(one(), end=from_ms(5000))
    second = replace(one(Run("나")), number=2, start=from_ms(3000), end=from_ms(4000))
    third = replace(one(Run("다")), number=3, start=from_ms(500), end=from_ms(800))
    converted = convert([first, second, third], "sami", TARGET)
    assert [(cue.number, cue.text, cue.start, cue.end) for cue in converted.cues] == [
        (1, "다", from_ms(500), from_ms(800)),
        (2, "가", from_ms(1000), from_ms(3000)),
        (3, "나", from_ms(3000), from_ms(4000)),
    ]
    assert [(loss.number, loss.what, loss.text) for loss in converted.losses] == [
        (1, "time", "00:00:05.000 -> 00:00:03.000, since one cue is shown at a time"),
        (3, "order", "begins at 00:00:00.500, before a cue that stands before it"),
    ]


def test_cues_that_crowd_each_other_are_listed():
    cues = [replace(one(Run("one")), end=from_ms(4000)), replace(one(Run("two")), number=2, start=from_ms(3000))]
    cues[1] = replace(cues[1], end=from_ms(5000))
    numbers = {loss.number for loss in convert(cues, "scc", NTSC).losses if loss.what.startswith("overlaps")}
    assert numbers == {1, 2}


@pytest.mark.parametrize("name", ["imsc1.1", "ebu-tt-d"])
def test_overlapping_regions_are_listed(name):
    cues = [one(), replace(one(), number=2, position=1), replace(one(), number=3), replace(one(), number=4, position=8)]
    later = replace(one(), number=5, position=3, start=from_ms(2000), end=from_ms(3000))
    assert convert([cues[0], cues[2], cues[3], later], name, TARGET).losses == ()
    found = [(loss.number, loss.what) for loss in convert([*cues, later], name, TARGET).losses]
    overlap = "region overlapping that of a cue shown at once: cue"
    assert found == [(1, f"{overlap} 2"), (2, f"{overlap} 1"), (2, f"{overlap} 3"), (3, f"{overlap} 2")]


def test_two_languages_may_be_shown_at_once():
    cues = [one(), replace(one(Run("a", language="en")), number=2)]
    converted = convert(cues, "sami", TARGET)
    assert converted.losses == ()
    assert list(converted.cues) == cues


def test_words_for_times():
    assert time_text(from_seconds(Fraction(3661))) == "01:01:01.000"
    assert time_text(from_frames(1, Fraction(24000, 1001))) == "00:00:00.041708"
    assert time_text(-1) == "-00:00:00.000000"


def test_colours_have_one_form():
    assert canonical_colour("#FFff00fF") == "#ffff00"
    assert canonical_colour("#ffff0080") == "#ffff0080"


def in_time(cue):
    """The cue with an end that is not before its start: timecode goes round at midnight, and would take it for late."""
    return replace(cue, start=min(cue.start, cue.end), end=max(cue.start, cue.end))


within_a_day = st.integers(0, 20 * 3_600_000).map(from_ms)
per_cent = st.integers(0, 100).map(Fraction)
lengths = st.integers(1, 100).map(Fraction)
colours = st.sampled_from(["", "", "#ffff00", "#00FF00", "#ff000080"])
names = st.sampled_from(["", "", "철수", "Jane, Doe", "  x", "바탕", "Noto Sans", "a{b}"])
styled = st.builds(
    Run,
    strategies.texts.filter(lambda text: "\n" not in text),
    italic=st.booleans(),
    bold=st.booleans(),
    underline=st.booleans(),
    colour=colours,
    background=colours,
    font=names,
    speaker=names,
    language=st.sampled_from(["", "", "ja", "en"]),
    slant=st.sampled_from([Fraction(0), Fraction(15)]),
    emphasis=st.sampled_from(["", "", "filled dot outside"]),
    combine=st.booleans(),
)
with_ruby = st.builds(
    replace,
    styled.filter(lambda run: run.text.strip()),
    ruby=st.sampled_from(["えいが", "ルビ"]),
    ruby_position=st.sampled_from(["", "outside", "before"]),
    emphasis=st.just(""),
    combine=st.just(False),
)
rows = st.one_of(styled, styled, with_ruby, st.just(Run("\n")))
regions = st.builds(
    Region,
    per_cent,
    per_cent,
    lengths,
    lengths,
    st.sampled_from(["before", "center", "after"]),
    st.sampled_from(["lrtb", "tbrl", "tblr"]),
)
rich = st.builds(
    Cue,
    number=st.just(1),
    start=within_a_day,
    end=within_a_day,
    runs=st.lists(rows, max_size=4).map(markup.tidy),
    position=st.sampled_from([2, 2, 8, 5, 1]),
    region=st.one_of(st.none(), st.none(), regions),
    text_align=st.sampled_from(["", "start", "end"]),
    slant=st.sampled_from([Fraction(0), Fraction(15)]),
    forced=st.booleans(),
).map(in_time)


def shown(cues, *names):
    """All of the cues but their lines, and the keypad's place of one with a region, which follows from it.

    The formats of television have characters composed, and sides and alignment only as far as a row leaves room.
    """
    found = [replace(cue, line=0, position=2 if cue.region else cue.position) for cue in cues]
    if TELEVISION.isdisjoint(names):
        return found
    return [
        replace(
            cue,
            position=(cue.position - 1) // 3,
            text_align="",
            rows_align="",
            runs=tuple(replace(run, text=unicodedata.normalize("NFC", run.text)) for run in cue.runs),
        )
        for cue in found
    ]


def is_plain(cue):
    """Whether each row shows something: the formats of television have no empty rows, nor blanks around text."""
    return all(row and row == row.strip() for row in cue.lines)


def is_alone(cues):
    """Whether no two cues are shown at once: Scenarist SCC makes one caption of what is on the screen together."""
    ordered = sorted(cues, key=lambda cue: cue.start)
    return all(cue.end <= after.start for cue, after in pairwise(ordered))


OF_FORMATS = {"time", "time rounded", "order", *Feature}


SHOWN = rich.filter(lambda cue: cue.text.strip())
TRACKS = strategies.rich_cues(within_a_day)
PLAIN = strategies.cues(within_a_day).map(lambda cues: [in_time(cue) for cue in cues if cue.text.strip()]).filter(bool)


def reads_back(name, cue):
    converted = convert([cue], name, target(name))
    again = convert(converted.cues, name, target(name))
    assert {loss.what for loss in again.losses}.isdisjoint(OF_FORMATS), "what is held is held whole"
    read = read_subtitles(converted.data)
    assert read.format == name
    if name in TELEVISION and not is_plain(cue):
        return
    if not {loss.what for loss in converted.losses} - OF_FORMATS:
        assert shown(read.cues, name) == shown(converted.cues, name)


def track_reads_back(name, cues):
    cues = list(map(in_time, cues))
    converted = convert(cues, name, target(name))
    read = read_subtitles(converted.data)
    if name == "scc" and not is_alone(converted.cues):
        return
    if {loss.what for loss in converted.losses} <= OF_FORMATS and all(map(is_plain, cues)):
        assert shown(read.cues, name) == shown(converted.cues, name)
    assert {loss.number for loss in converted.losses} <= {cue.number for cue in cues}


def round_trip(name, other, cues):
    """What both formats hold is the same after a way through both, on the times that both can write."""
    wanted = target(name, other)
    held = convert(convert(cues, name, wanted).cues, other, wanted)
    there = convert(held.cues, name, wanted)
    both = convert(there.cues, other, wanted)
    if TELEVISION & {name, other} and not all(map(is_plain, cues)):
        return
    if "scc" in {name, other} and not is_alone(held.cues):
        return
    if any(loss.what not in OF_FORMATS for loss in (*held.losses, *there.losses, *both.losses)):
        return
    first = read_subtitles(convert(both.cues, name, wanted).data)
    second = read_subtitles(convert(first.cues, other, wanted).data)
    assert shown(second.cues, name, other) == shown(both.cues, name, other)


@pytest.mark.parametrize("name", FORMATS)
@given(cue=SHOWN)
@settings(max_examples=20)
def test_what_is_left_reads_back_the_same(name, cue):
    reads_back(name, cue)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@given(cue=SHOWN)
@settings(max_examples=200)
def test_what_is_left_of_many_reads_back_the_same(name, cue):
    reads_back(name, cue)


@pytest.mark.parametrize("name", FORMATS)
@given(cues=TRACKS)
@settings(max_examples=15)
def test_a_track_with_all_that_the_model_holds(name, cues):
    track_reads_back(name, cues)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@given(cues=TRACKS)
@settings(max_examples=100)
def test_many_tracks_with_all_that_the_model_holds(name, cues):
    track_reads_back(name, cues)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
@given(cues=PLAIN)
@settings(max_examples=4)
def test_round_trips_through_every_pair(name, other, cues):
    round_trip(name, other, cues)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
@given(cues=PLAIN)
@settings(max_examples=30)
def test_round_trips_of_many_through_every_pair(name, other, cues):
    round_trip(name, other, cues)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_convert(name):
    if name == "srt":
        with pytest.raises(UsageError, match="the file would be empty; at least one is needed"):
            convert([], name, target(name))
        return
    converted = convert([], name, target(name))
    assert (converted.cues, converted.losses) == ((), ())
    assert read_subtitles(converted.data).cues == ()


@pytest.mark.parametrize("name", ["imsc1.1", "ebu-tt-d", "ttml1", "itt", "webvtt"])
def test_the_second_of_two_cues_with_one_id_loses_it_and_says_so(name):
    cues = [replace(one(), id="a1"), replace(one(), number=2, id="a1", start=from_ms(3000), end=from_ms(4000))]
    converted = convert(cues, name, TARGET)
    assert [(loss.number, loss.what.startswith("the id 'a1'")) for loss in converted.losses] == [(2, True)]
    assert [cue.id for cue in read_subtitles(converted.data).cues] == ["a1", ""]


@pytest.mark.parametrize("name", ["scc", "stl"])
@pytest.mark.parametrize(("position", "align"), [(1, "left"), (2, "center"), (3, "end"), (8, "center"), (7, "start")])
def test_an_alignment_that_the_place_says_already_is_no_loss(name, position, align):
    cue = Cue(1, from_frames(300, NTSC.frame_rate), from_frames(400, NTSC.frame_rate), (Run("abc"),), 0, position)
    wanted = NTSC if name == "scc" else TARGET
    converted = convert([replace(cue, text_align=align, start=from_ms(12_000), end=from_ms(16_000))], name, wanted)
    assert [loss for loss in converted.losses if loss.what != "time rounded"] == []
    (read,) = read_subtitles(converted.data).cues
    assert (
        (read.position, read.text_align) == (position, "") == (converted.cues[0].position, converted.cues[0].text_align)
    )


def test_conversion_is_linear_in_the_number_of_cues():
    cues = [
        Cue(number, number * 2000 * TICKS_PER_MS, (number * 2000 + 1500) * TICKS_PER_MS, (Run("가"),))
        for number in range(1, 2001)
    ]
    for name in FORMATS:
        assert len(convert(cues, name, target(name)).cues) == 2000


def test_webvtt_is_written_in_the_order_of_its_in_cues_and_says_so():
    late, early = replace(one(), start=from_ms(5000), end=from_ms(6000)), one()
    converted = convert([late, early], "webvtt", TARGET)
    assert [cue.start for cue in converted.cues] == sorted(cue.start for cue in (late, early))
    assert [(loss.number, loss.what) for loss in converted.losses] == [(2, "order")]
    assert convert([late, early], "srt", TARGET).losses == ()
