"""EBU STL written: what can be held reads back exactly, what cannot is named."""

from dataclasses import replace
from fractions import Fraction
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.errors import UsageError
from assets.subtitles import Cue, Region, Run, Target, markup, stl, stl_codes
from assets.timing import TICKS_PER_SECOND, from_frames

RATES = [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(50)]
TARGET = Target("en", Fraction(25))
OF_CUES = {"empty-cue", "no-duration", "out-of-order"}
LATIN = "".join(stl_codes.encoder("00"))


def cue(text, start=25, end=50, **changes):
    runs = text if isinstance(text, tuple) else (Run(text),)
    return Cue(1, from_frames(start, Fraction(25)), from_frames(end, Fraction(25)), runs, **changes)


def again(one, target=TARGET):
    return replace(stl.read(stl.FORMAT.write([one], target)).cues[0], line=0)


def losses(one, target=TARGET):
    return list(stl.FORMAT.losses(one, target))


@st.composite
def cue_lists(draw, rate):
    text = st.text(st.sampled_from(LATIN + "\n"), max_size=60)
    style = st.builds(
        Run, text, italic=st.booleans(), underline=st.booleans(), background=st.sampled_from(["", "#000000"])
    )
    one = st.builds(
        Cue,
        number=st.just(1),
        start=st.integers(0, 11 * 3600 * 25).map(lambda frame: from_frames(frame, rate)),
        end=st.integers(0, 11 * 3600 * 25).map(lambda frame: from_frames(frame, rate)),
        runs=st.lists(style, max_size=3).map(markup.tidy),
        position=st.integers(1, 9),
    )
    found = draw(st.lists(one.filter(lambda each: len(each.lines) <= 10), min_size=1, max_size=3))
    return [replace(each, number=number) for number, each in enumerate(sorted(found, key=lambda each: each.start), 1)]


@pytest.mark.parametrize("rate", RATES, ids=str)
@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_written_cues_are_read_back(rate, data):
    cues = data.draw(cue_lists(rate))
    start = from_frames(data.draw(st.sampled_from([0, 1, round(rate) * 3600])), rate)
    written = stl.FORMAT.write(cues, Target("en", rate, start=start))
    document = stl.read(written)
    assert [replace(each, line=0) for each in document.cues] == cues
    assert {item.kind for item in document.damage} <= OF_CUES
    assert (document.language, document.frame_rate, document.start) == ("en", rate, start)
    assert len(written) % 128 == 0


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_written_and_what_changes_is_named(text):
    one = Cue(1, 0, TICKS_PER_SECOND, markup.tidy([Run(text)]))
    read = again(one)
    assert read.text == one.text or losses(one)


@given(st.sampled_from(["ru", "uk", "ar", "el", "he", "fr"]), st.data())
@settings(deadline=None, max_examples=30)
def test_each_language_is_written_in_its_table(language, data):
    known = "".join(stl_codes.encoder(stl_codes.table_for(language)))
    text = data.draw(st.text(st.sampled_from(known), min_size=1, max_size=40))
    target = Target(language, Fraction(25))
    assert again(cue(text), target).text == normalize("NFC", text), "composed, as characters are written"
    assert losses(cue(text), target) == []


def test_bytes():
    data = stl.FORMAT.write(
        [cue((Run("Hé", italic=True), Run(" x\ny")))], Target("fr-CA", Fraction(25), start=3600 * TICKS_PER_SECOND)
    )
    assert data[:16] == b"850STL25.010000F"
    assert data[224:277] == b"00010100010100000010000100140231010000000100010011   "
    block = data[1024:]
    assert block[:16] == bytes([0, 1, 0, 0xFF, 0, 1, 0, 1, 0, 1, 0, 2, 0, 21, 2, 0])
    assert block[16:].rstrip(b"\x8f") == b"\x80H\xc2e\x81 x\x8ay"
    assert len(data) == 1024 + 128


def test_long_text_is_written_in_extension_blocks_that_keep_accents_whole():
    text = "é" * 200
    data = stl.FORMAT.write([cue("a" + text)], TARGET)
    blocks = [data[at : at + 128] for at in range(1024, len(data), 128)]
    assert [block[3] for block in blocks] == [0, 1, 2, 0xFF]
    assert blocks[0][16:].endswith(b"\xc2e\x8f")
    assert data[238:248] == b"0000400001"
    assert stl.read(data).cues[0].text == "a" + text


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (Target("en"), "none is given"),
        (Target("en", Fraction(30)), "30 is given"),
        (Target("en", Fraction(60000, 1001)), "59.94 is given"),
        (Target("en", Fraction(30000, 1001), drop=True), "drop-frame"),
    ],
)
def test_frame_rates_that_cannot_be_written(target, told):
    with pytest.raises(UsageError, match=rf"{told}.*23\.976, 24, 25, 29\.97, 50"):
        stl.FORMAT.write([cue("a")], target)


def test_the_labels_of_29_97_leave_none_out():
    rate = Fraction(30000, 1001)
    data = stl.FORMAT.write([Cue(1, from_frames(1800, rate), from_frames(1802, rate), (Run("a"),))], Target("en", rate))
    assert (data[3:11], data[1029:1037]) == (b"STL30.01", bytes([0, 1, 0, 0, 0, 1, 0, 2]))


@pytest.mark.parametrize(
    ("time", "label"), [(-1, (0, 0)), (TICKS_PER_SECOND // 50 - 1, (0, 0)), (TICKS_PER_SECOND // 50, (0, 1))]
)
def test_times_are_written_as_the_nearest_frame(time, label):
    data = stl.FORMAT.write([Cue(1, time, TICKS_PER_SECOND, (Run("a"),))], TARGET)
    assert tuple(data[1031:1033]) == label


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (cue("Plain, with ♪ and “quotes”"), []),
        (cue("영화 映画 ok"), ["characters 영 화 映 画, written as ?"]),
        (cue("wait… – no"), ["characters …, written as ...", "characters –, written as -"]),
        (cue("a\u200bb"), ["characters U+200B, written as nothing"]),
        (cue("Ａ１"), ["characters Ａ, written as A", "characters １, written as 1"]),
        (cue("x" * 41), [f"a row of 41 characters; at most 40 are shown: {'x' * 41}"]),
        (cue("\n".join("x" * 23)), ["23 rows; at most 22 are shown"]),
        (cue((Run("a", background="#ff0000"),)), ["backgrounds other than black: #ff0000"]),
        (cue("a", position=1, text_align="left"), []),
        (cue("a", text_align="center"), []),
        (cue("a", text_align="end"), ["the alignment end, written as the place of the whole cue"]),
        (cue("a", rows_align="start"), ["the alignment start of rows among themselves"]),
        (cue("a", end=24 * 3600 * 25), ["hours after 23 of the timecode, which begins again at 00"]),
    ],
)
def test_losses(one, expected):
    assert losses(one) == expected


def test_text_longer_than_all_extension_blocks_is_a_loss():
    one = cue("\n".join(["x" * 40] * 700))
    assert f"text after {241 * 111} bytes" in losses(one)
    assert len(again(one).text) == 241 * 111


@pytest.mark.parametrize(
    ("one", "row", "justification"),
    [
        (cue("a"), 22, 2),
        (cue("a\nb", position=3), 21, 3),
        (cue("a", position=7), 1, 1),
        (cue("a", position=5), 12, 2),
        (cue("a", text_align="right"), 22, 3),
    ],
)
def test_places(one, row, justification):
    data = stl.FORMAT.write([one], TARGET)
    assert tuple(data[1037:1039]) == (row, justification)


@pytest.mark.parametrize("row", range(3, 22))
def test_each_row_reads_back_as_it_was(row):
    region = Region(Fraction(0), Fraction(100 * (row - 1), 23), Fraction(100), Fraction(100, 23), "before")
    read = again(cue("a", region=region))
    assert read.region == (None if row == 12 else region)
    assert losses(cue("a", region=region)) == []


def test_a_region_off_the_rows_is_named():
    region = Region(Fraction(10), Fraction(80), Fraction(80), Fraction(10), "after")
    assert losses(cue("a", region=region)) == ["the exact place: only its row, 21 of 23, is written"]


@pytest.mark.parametrize(
    ("text", "count", "most"), [("a", 65_536, "65535 can be numbered"), ("é" * 2000, 2800, "99999")]
)
def test_more_than_can_be_counted(text, count, most):
    with pytest.raises(UsageError, match=most):
        stl.FORMAT.write([cue(text)] * count, TARGET)
