"""SCC written: each caption is loaded in time to be shown in its very frame, and reads back as it was."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.errors import UsageError
from assets.subtitles import Cue, Region, Run, Target, frames, markup, scc, scc_codes, scc_row, scc_write
from assets.timing import from_frames, timecode

NTSC = Fraction(30000, 1001)
TARGET = Target("en", NTSC)
BASIC = "".join(character for character in scc_codes.BASIC.values() if character != " ")
KNOWN = "".join(sorted(scc_row.KNOWN - {" ", scc_codes.TRANSPARENT}))
COLOURS = [*scc_codes.COLOURS, "#000000"]
BACKGROUNDS = [*scc_codes.BACKGROUNDS, "#0000ff80", "#00000080", "#00000000"]


def cue(text, start=300, end=400, **changes):
    runs = text if isinstance(text, tuple) else (Run(text),)
    return Cue(1, from_frames(start, NTSC), from_frames(end, NTSC), runs, **changes)


def written(*cues, target=TARGET):
    return scc.FORMAT.write(cues, target).decode()


def again(*cues, target=TARGET):
    document = scc.read(written(*cues, target=target))
    assert {item.kind for item in document.damage} <= {"ambiguous-rate"}
    return [replace(each, line=0) for each in document.cues]


def crowding(cues, target=TARGET):
    return scc_write.write_and_tell(cues, target)[1]


def losses(one, target=TARGET):
    return list(scc.FORMAT.losses(one, target))


def styled(one):
    """Each character of a cue that is seen, with its style."""
    return [(letter, replace(run, text="")) for run in one.runs for letter in run.text if letter not in " \n"]


@st.composite
def cue_lists(draw):
    """Cues one after the other, with time to be sent."""
    rows = st.lists(st.text(BASIC, min_size=1, max_size=20), min_size=1, max_size=4).map("\n".join)
    found, frame = [], draw(st.integers(150, 400))
    for number in range(1, draw(st.integers(1, 4)) + 1):
        end = frame + draw(st.integers(1, 60))
        run = Run(draw(rows), draw(st.booleans()), underline=draw(st.booleans()), colour=draw(st.sampled_from(COLOURS)))
        place = draw(st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 9]))
        found.append(replace(cue((run,), frame, end, position=place), number=number))
        frame = end + draw(st.integers(0, 4)) + (150 if draw(st.booleans()) else 120)
    return found


@pytest.mark.parametrize("drop", [False, True])
@pytest.mark.parametrize("hours", [0, 1])
@given(cues=cue_lists())
@settings(deadline=None, max_examples=40)
def test_written_cues_are_read_back(drop, hours, cues):
    start = from_frames(hours * (107_892 if drop else 108_000), NTSC)
    target = Target("en", NTSC, drop=drop, start=start)
    read = again(*cues, target=target)
    assert [replace(each, start=each.start - start, end=each.end - start, position=0) for each in read] == [
        replace(each, position=0) for each in cues
    ]
    near = [(a.position, b.position) for a, b in zip(read, cues, strict=True) if max(map(len, b.lines)) < 20]
    assert all(found == wanted for found, wanted in near)
    assert crowding(cues, target) == []


@given(
    st.lists(
        st.builds(
            Run,
            st.text(KNOWN + " ", min_size=1, max_size=6),
            italic=st.booleans(),
            underline=st.booleans(),
            colour=st.sampled_from(COLOURS),
            background=st.sampled_from(BACKGROUNDS),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(deadline=None, max_examples=200)
def test_each_character_keeps_its_style(runs):
    one = cue(markup.tidy(runs), 900, 1200)
    if not one.text.strip():
        return
    read = again(one)
    assert [pair for each in read for pair in styled(each)] == styled(one)
    assert not [loss for loss in losses(one) if "character" in loss and "row of" not in loss]


@given(st.text(max_size=100))
@settings(deadline=None)
def test_any_text_is_written_and_what_changes_is_named(text):
    one = cue(markup.tidy([Run(text)]), 9000, 12_000)
    read = again(one)
    shown = "\n".join(each.text for each in read)
    assert shown == one.text or losses(one) or one.text.strip() != one.text or not one.text.strip(" \u00a0\n")


@given(st.integers(0, 3), st.lists(st.tuples(st.integers(0, 300), st.integers(-5, 60)), min_size=1, max_size=8))
@settings(deadline=None, max_examples=100)
def test_crowded_and_overlapping_cues_are_all_shown(rows, times):
    cues = [
        replace(cue("\n".join([f"cue {number}"] * (rows + 1)), start, start + length), number=number)
        for number, (start, length) in enumerate(times, 1)
    ]
    read = again(*cues)
    told = dict(crowding(cues))
    for each in cues:
        wanted = any(each.lines[0] in found.lines for found in read)
        assert wanted or each.number in told
    starts = [found.start for found in read]
    assert starts == sorted(starts)


def test_bytes():
    assert written(cue("Hi", 100, 130, position=1)) == (
        "Scenarist_SCC V1.0\n\n00:00:03:03\t94ae 94ae 9420 9420 9470 9470 c8e9 942f 942f\n\n00:00:04:10\t942c 942c\n"
    )


def test_every_byte_has_odd_parity_and_every_code_comes_twice():
    text = written(cue("Ét♪ é {x}\nab", 300, 400), cue("next", 450, 500))
    for line in text.splitlines()[2::2]:
        words = line.split()[1:]
        data = bytes.fromhex("".join(words))
        assert all(byte.bit_count() % 2 for byte in data)
        codes = [word for word in words if 0x10 <= int(word[:2], 16) & 0x7F < 0x20]
        assert codes[::2] == codes[1::2]


def test_the_caption_before_is_taken_off_while_the_next_is_loaded():
    text = written(cue("one", 100, 140), cue("the second caption", 150, 200))
    lines = [line for line in text.splitlines() if "\t" in line]
    assert lines[1] == (
        "00:00:04:10\t94ae 94ae 9420 9420 94f2 94f2 9723 9723 f468 e520 942c 942c 73e5 e3ef 6e64 20e3 6170 f4e9 ef6e"
    )
    assert [line.split("\t")[0] for line in lines] == ["00:00:03:00", "00:00:04:10", "00:00:05:00", "00:00:06:20"]
    assert [(each.text, each.start, each.end) for each in scc.read(text).cues] == [
        ("one", from_frames(100, NTSC), from_frames(140, NTSC)),
        ("the second caption", from_frames(150, NTSC), from_frames(200, NTSC)),
    ]


@pytest.mark.parametrize("gap", range(40))
def test_a_caption_is_shown_in_its_frame_whatever_the_gap_before_it(gap):
    first, second = cue("one", 100, 150), replace(cue("two two two two", 150 + gap, 220 + gap), number=2)
    assert [(each.start, each.end) for each in again(first, second)] == [
        (first.start, first.end),
        (second.start, second.end),
    ]


def test_a_caption_that_cannot_be_loaded_in_time_comes_late_and_is_reported():
    cues = [cue("x" * 32 + "\n" + "y" * 32, 100, 110), replace(cue("z" * 32, 110, 200), number=2)]
    read = again(*cues)
    assert [each.text for each in read] == ["x" * 32 + "\n" + "y" * 32, "z" * 32]
    late = round((read[1].start - cues[1].start) * NTSC / 17_640_000_000)
    assert set(crowding(cues)) == {
        (1, f"taken off {late} frames late: there is no time to send what follows before"),
        (2, f"shown {late} frames late: there is no time to send it before"),
    }
    assert (late, read[0].end) == (14, read[1].start)
    assert any("dense text" in loss for loss in losses(cues[0]))


@pytest.mark.parametrize("seed", range(20))
def test_every_time_that_is_not_kept_is_told(seed):
    choose = random.Random(seed)  # noqa: S311 -- the same captions every time
    cues, at = [], 100
    for number in range(1, 25):
        at += choose.choice((0, 1, 2, 3, 10, 60))
        end = at + choose.choice((1, 5, 20, 40, 90))
        text = "".join(choose.choice("ab éñ♪") for _ in range(choose.randint(1, 30)))
        cues.append(replace(cue(f"x{text}x", at, end), number=number))
        at = end
    told = {number for number, _ in crowding(cues)}
    read = {(each.start, each.end) for each in again(*cues)}
    assert told < {each.number for each in cues}
    assert [each.number for each in cues if each.number not in told and (each.start, each.end) not in read] == []


def test_a_caption_before_there_is_time_to_send_it():
    one = cue("Hello", 2, 60)
    assert losses(one)[0].startswith("the in-cue: the text takes 11 frames to send")
    assert again(one)[0].start == from_frames(11, NTSC)
    hour = from_frames(108_000, NTSC)
    assert again(one, target=Target("en", NTSC, start=hour))[0].start == one.start + hour


@pytest.mark.parametrize(
    ("rate", "told"),
    [(None, "none is given"), (Fraction(24000, 1001), "23.976"), (Fraction(25), "25"), (Fraction(30), "30 is")],
)
def test_frame_rates_that_cannot_be_written(rate, told):
    with pytest.raises(UsageError, match=rf"{told}.*29\.97 \(30000/1001\)"):
        scc.FORMAT.write([cue("a")], Target("en", rate))


@pytest.mark.parametrize(
    ("frame", "drop", "timecode"),
    [
        (1807, True, "00:01:00;02"),
        (1806, True, "00:00:59;29"),
        (17_989, True, "00:10:00;00"),
        (1807, False, "00:01:00:00"),
        (108_007, False, "01:00:00:00"),
    ],
)
def test_timecode(frame, drop, timecode):
    lines = written(cue("a", frame, frame + 60, position=1), target=Target("en", NTSC, drop=drop)).splitlines()
    assert lines[2].split("\t")[0] == timecode


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (cue("Plain {text} — “quoted” ♪"), []),
        (cue("영화 ok 映画"), ["characters 영 화 映 画, written as ?"]),
        (cue("wait…"), ["characters …, written as ..."]),
        (cue("Őł"), ["characters Ő, written as O", "characters ł, written as ?"]),
        (cue("x" * 20 + " " + "y" * 20), [f"a row of more than 32 characters, set on 2 rows: {'x' * 20} {'y' * 20}"]),
        (cue("a\nb\nc\nd\ne"), ["5 rows; decoders need show no more than 4"]),
        (cue("\n".join("abcdefghijklmnop"), 3000, 4000), ["rows after the first 15, which are left out"]),
        (cue((Run("a"), Run("b", italic=True))), ["a style that changes without a blank, where one is put in: ab"]),
        (cue((Run("a "), Run("b", italic=True))), []),
        (cue((Run("a", colour="#123456"),)), ["colours that are none of the eight, written as white: #123456"]),
        (cue((Run("a", colour="#FFFFFF"),)), []),
        (
            cue((Run("a", background="#0000ff40"),)),
            ["backgrounds that are none of the eight, written as black: #0000ff40"],
        ),
        (cue((Run("a", background="#000000ff"),)), []),
        (cue("a", text_align="right", position=3), []),
        (cue("a", text_align="right"), ["the alignment right, written as the place of the whole cue"]),
        (cue("a", rows_align="start"), ["the alignment start of rows among themselves"]),
        (
            cue("a", end=300),
            [
                "no duration, written as one frame",
                "dense text: 9 frames to send, 1 to be shown; what follows may come late",
            ],
        ),
        (
            cue("a", region=Region(Fraction(10), Fraction(80), Fraction(80), Fraction(10), "after")),
            ["the exact place: the cue is set on row 15 from column 16"],
        ),
    ],
)
def test_losses(one, expected):
    found = losses(one)
    assert [loss for loss in found if not loss.startswith("dense")] == [
        loss for loss in expected if not loss.startswith("dense")
    ]


def test_long_rows_go_on_in_the_next_row():
    words = "one two three four five six seven eight nine ten eleven twelve"
    assert again(cue(words))[0].text.replace("\n", " ") == words
    assert again(cue("x" * 70))[0].lines == ["x" * 32, "x" * 32, "x" * 6]


@pytest.mark.parametrize("row", range(1, 16))
@pytest.mark.parametrize("column", [0, 3, 9, 15, 27])
def test_each_place_reads_back_as_it_was(row, column):
    region = Region(
        10 + Fraction(80 * column, 32), 10 + Fraction(80 * (row - 1), 15), Fraction(12), Fraction(80, 15), "before"
    )
    width = Fraction(10)
    one = cue("abcd", region=replace(region, width=width), text_align="left")
    read = again(one)[0]
    assert losses(one) == []
    assert read.region in {one.region, None}
    if read.region is None:
        assert column in {0, 15}
        assert row in {1, 2, 8, 14, 15}


def test_overlapping_cues_are_one_screen_while_they_overlap():
    first, second = cue("low", 300, 400), replace(cue("high", 350, 450, position=8), number=2)
    read = [
        (each.text, round(each.start * NTSC / 17_640_000_000), round(each.end * NTSC / 17_640_000_000))
        for each in again(first, second)
    ]
    assert read == [("low", 300, 350), ("high", 350, 400), ("low", 350, 400), ("high", 400, 450)]
    assert [number for number, _ in crowding([first, second])] == [1, 2]


def test_cues_that_want_the_same_row_are_moved_apart_or_named():
    cues = [replace(cue(f"row {number}", 900, 999), number=number) for number in range(1, 17)]
    read = again(*cues)
    assert sorted(line for each in read for line in each.lines) == sorted(each.text for each in cues[:15])
    told = list(crowding(cues))
    assert (16, "left out while other cues take its rows") in told
    assert (1, "shown at once with cue 2 on the next row: read as one cue with it") in told
    assert {number for number, what in told if what.startswith("moved to row")} == set(range(2, 16))


@given(st.integers(0, 100 * 108_000), st.sampled_from([24, 25, 30, 60]), st.booleans())
@settings(deadline=None)
def test_labels_and_counts_are_inverse(frame, nominal, drop):
    drop = drop and nominal in {30, 60}
    label = frames.fields(frame, nominal, drop=drop)
    assert frames.count(label, nominal, drop=drop) == frame
    assert not (drop and frames.is_dropped(label, nominal))
    rate = Fraction(nominal * 1000, 1001)
    assert timecode(from_frames(frame, rate), rate, drop=drop).replace(";", ":") == ":".join(
        f"{each:02}" for each in label
    )


def test_no_cues_are_a_file_without_captions():
    assert written() == "Scenarist_SCC V1.0\n"


def test_cues_of_the_same_times_are_one_cue_to_a_reader():
    low, upper = cue("low", 300, 400), replace(cue("upper", 300, 400), number=2)
    assert [each.text for each in again(low, upper)] == ["upper\nlow"]
    told = dict(pair for pair in crowding([low, upper]) if "read as one" in pair[1])
    assert told == {
        1: "shown at once with cue 2 on the next row: read as one cue with it",
        2: "shown at once with cue 1 on the next row: read as one cue with it",
    }


def test_cues_of_the_same_times_at_both_edges_change_their_order():
    low, high = cue("low", 300, 400), replace(cue("high", 300, 400, position=8), number=2)
    assert [each.text for each in again(low, high)] == ["high", "low"]
    assert list(crowding([low, high])) == [
        (2, "shown at once with cue 1: the upper one is read first"),
        (1, "shown at once with cue 2: the upper one is read first"),
    ]
    assert not list(crowding([replace(high, number=1), replace(low, number=2)]))


@pytest.mark.parametrize("text", ["", "\n", "  ", "\u00a0"])
def test_a_cue_in_which_nothing_is_to_be_seen_is_a_loss(text):
    one = cue((Run(text),) if text else ())
    assert again(one) == []
    assert "a cue in which nothing is to be seen; no reader finds it" in losses(one)


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("\na", "empty rows above or below the text"),
        ("a\n", "empty rows above or below the text"),
        ("a\n  \nb", "blanks that are all of a row"),
        ("a\n\nb", None),
    ],
)
def test_empty_rows(text, loss):
    one = cue(markup.tidy([Run(text)]))
    assert (again(one)[0].text == text) is (loss is None)
    assert losses(one) == ([loss] if loss else [])


@given(
    st.lists(st.integers(1, 32), min_size=1, max_size=3),
    st.integers(1, 9),
    st.sampled_from(COLOURS),
    st.booleans(),
)
@settings(deadline=None, max_examples=100)
def test_a_place_that_is_read_as_another_is_a_loss(widths, position, colour, italic):
    one = cue((Run("\n".join("x" * width for width in widths), italic, colour=colour),), 900, 1200, position=position)
    read = again(one)[0]
    told = [loss for loss in losses(one) if loss.startswith("place")]
    assert ((read.position, read.region) != (position, None)) == bool(told) or len(read.lines) != len(widths)


def test_a_row_of_31_characters_loses_its_side():
    assert losses(cue("x" * 31, position=1)) == [
        "place 1 of the keypad: rows that fill the screen on the left are read as at place 2 of the keypad"
    ]
    assert losses(cue("x" * 30, position=1)) == []
