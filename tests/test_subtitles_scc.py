"""SCC read as a decoder shows it: each code does what CTA-608 says, and nothing that is sent is lost unseen."""

from fractions import Fraction
from pathlib import Path

import pytest
import scc_files
from hypothesis import given, settings
from hypothesis import strategies as st
from scc_files import CR, EDM, ENM, EOC, RCL, RDC, RU2, RU3, RU4

from assets.subtitles import Run, read_subtitles, scc
from assets.timing import from_frames

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "subtitles" / "scc"
NTSC = Fraction(30000, 1001)
ROW_15 = 0x1470


def read(*lines):
    return scc.read(scc_files.file(*lines))


def pop(*pairs):
    """One pop-on caption, shown from frame 60 to frame 90."""
    return read(("00:00:00:10", ENM, RCL, *pairs), ("00:00:02:00", EOC), ("00:00:03:00", EDM))


def shown(document):
    return [
        (round(cue.start * NTSC / 17_640_000_000), round(cue.end * NTSC / 17_640_000_000), cue.text)
        for cue in document.cues
    ]


def told(document):
    return [(item.kind, item.line, item.text) for item in document.damage]


def test_the_format_is_told_from_the_text():
    parsed = read_subtitles(scc_files.file(("00:00:01;00", ENM, RCL, ROW_15, "Hi", EOC)).encode())
    assert (parsed.format, parsed.encoding, parsed.frame_rate, parsed.drop) == ("scc", "utf-8", NTSC, True)
    assert [cue.text for cue in parsed.cues] == ["Hi"]


def test_a_pop_on_caption_is_seen_from_the_code_that_shows_it():
    document = pop(ROW_15, "Hello")
    cue = document.cues[0]
    assert (cue.start, cue.end, cue.line) == (from_frames(60, NTSC), from_frames(90, NTSC), 5)
    assert (document.damage, document.drop, document.frame_rate) == ((), False, NTSC)


def test_the_next_caption_ends_the_one_before():
    document = read(
        ("00:00:00:00", ENM, RCL, ROW_15, "one", EOC),
        ("00:00:02:00", ENM, RCL, ROW_15, "two", EOC),
        ("00:00:04:00", EDM),
    )
    assert shown(document) == [(8, 68, "one"), (68, 120, "two")]


def test_codes_come_twice_but_count_once():
    single = "Scenarist_SCC V1.0\n\n00:00:00:00\t9420 94f0 c180 942f\n\n00:00:01:00\t942c"
    assert shown(scc.read(single)) == [(3, 30, "A")]
    four = scc_files.file(("00:00:00:00", RCL, ROW_15, "abcd", 0x1421, 0x1421, EOC), ("00:00:01:00", EDM))
    assert [cue.text for cue in scc.read(four).cues] == ["ab"]


def test_roll_up_shows_its_rows_until_they_roll_off():
    words = enumerate(["one", "two", "three"], 1)
    lines = [(f"00:00:{second:02}:00", RU2, CR, ROW_15, word) for second, word in words]
    document = read(*lines, ("00:00:04:00", EDM))
    assert shown(document) == [(36, 62, "one"), (62, 92, "one\ntwo"), (92, 120, "two\nthree")]
    assert {cue.position for cue in document.cues} == {1}


@pytest.mark.parametrize(("code", "depth"), [(RU2, 2), (RU3, 3), (RU4, 4)])
def test_roll_up_depth(code, depth):
    lines = [(f"00:00:{second:02}:00", code, CR, ROW_15, str(second)) for second in range(1, 7)]
    document = read(*lines, ("00:00:09:00", EDM))
    assert document.cues[-1].text.split("\n") == [str(second) for second in range(7 - depth, 7)]


def test_roll_up_moves_with_its_base_row():
    document = read(
        ("00:00:01:00", RU2, CR, ROW_15, "one"), ("00:00:02:00", CR, 0x1140 | 0x60, "two"), ("00:00:03:00", EDM)
    )
    assert [(cue.text, cue.position) for cue in document.cues] == [("one", 1), ("one", 1), ("one\ntwo", 7)]


def test_paint_on_is_seen_as_it_comes():
    document = read(
        ("00:00:01:00", RDC, 0x1440, "first", ROW_15, "second"),
        ("00:00:03:00", RDC, 0x1440, "other"),
        ("00:00:05:00", EDM),
    )
    assert shown(document) == [(34, 94, "first\nsecond"), (94, 150, "other\nsecond")]


@pytest.mark.parametrize(
    ("pairs", "text"),
    [
        ((ROW_15, "abc", 0x1421), "ab"),
        ((ROW_15, "abcdef", ROW_15 | 0x02, 0x1424), "abcd"),
        ((ROW_15, "abcdef", ROW_15, 0x1722, 0x1424), "ab"),
        ((ROW_15, "gone", ENM, ROW_15, "kept"), "kept"),
        ((0x1440, "a", ROW_15, "b"), "a\nb"),
        ((ROW_15, "*\\^_`{|}~\x7f"), "áéíóúç÷Ññ█"),
        ((ROW_15, "[@]'\"<>&#"), "[@]'\"<>&#"),
    ],
)
def test_text_codes(pairs, text):
    assert "\n".join(cue.text for cue in pop(*pairs).cues) == text


@pytest.mark.parametrize(
    ("first", "start", "characters"),
    [
        (0x11, 0x30, "®°½¿™¢£♪à\u00a0èâêîôû"),
        (0x12, 0x20, "ÁÉÓÚÜü‘¡*'—©℠•“”"),
        (0x12, 0x30, "ÀÂÇÈÊËëÎÏïÔÙùÛ«»"),
        (0x13, 0x20, "ÃãÍÌìÒòÕõ{}\\^_|~"),
        (0x13, 0x30, "ÄäÖöß¥¤¦ÅåØø┌┐└┘"),
    ],
)
@pytest.mark.parametrize("channel", [0, 0x08])
def test_special_and_extended_characters(first, start, characters, channel):
    for code, character in enumerate(characters, start):
        pair = (first | channel) << 8 | code
        bit = channel << 8
        document = read(
            ("00:00:00:00", RCL | bit, ROW_15 | bit, "ab ", pair, "c", EOC | bit), ("00:00:03:00", EDM | bit)
        )
        blank = " " if first == 0x11 else ""
        assert document.cues[0].text == f"ab{blank}{character}c"
        assert document.damage == ()


@pytest.mark.parametrize(
    ("before", "pair", "lost"), [("E", 0x1221, []), ("e", 0x1221, []), ("x", 0x1221, ["x"]), ("x", 0x122B, [])]
)
def test_a_letter_that_an_extended_one_replaces_unduly_is_reported(before, pair, lost):
    document = pop(ROW_15, before, pair)
    assert [item.text for item in document.damage] == lost
    assert len(document.cues[0].text) == 1


ROWS = {
    1: 0x1140, 2: 0x1160, 3: 0x1240, 4: 0x1260, 5: 0x1540, 6: 0x1560, 7: 0x1640, 8: 0x1660,
    9: 0x1740, 10: 0x1760, 11: 0x1040, 12: 0x1340, 13: 0x1360, 14: 0x1440, 15: 0x1460,
}  # fmt: skip


@pytest.mark.parametrize(("row", "pair"), ROWS.items())
def test_rows(row, pair):
    cue = pop(pair, "x").cues[0]
    expected = {1: 7, 2: 7, 14: 1, 15: 1}.get(row)
    if expected:
        assert (cue.position, cue.region) == (expected, None)
    elif row == 8:
        assert (cue.position, cue.region) == (4, None)
    else:
        assert cue.region.y == 10 + Fraction(80 * (row - 1), 15)
        assert cue.position == (7 if row <= 5 else 4 if row <= 10 else 1)


@pytest.mark.parametrize("indent", range(0, 32, 4))
@pytest.mark.parametrize("tab", [0, 1, 2, 3])
def test_indents_and_tabs(indent, tab):
    pair = 0x1470 | indent // 2
    document = pop(pair, *([0x1720 + tab] if tab else []), "x")
    column = indent + tab
    cue = document.cues[0]
    if cue.region:
        assert cue.region.x == 10 + Fraction(80 * column, 32)
    else:
        assert column in {0, 31} or abs(column - 15) <= 2


@pytest.mark.parametrize(
    ("low", "style"),
    [
        (0x0, Run("")),
        (0x1, Run("", underline=True)),
        (0x2, Run("", colour="#00ff00")),
        (0x4, Run("", colour="#0000ff")),
        (0x6, Run("", colour="#00ffff")),
        (0x8, Run("", colour="#ff0000")),
        (0xA, Run("", colour="#ffff00")),
        (0xC, Run("", colour="#ff00ff")),
        (0xD, Run("", colour="#ff00ff", underline=True)),
        (0xE, Run("", italic=True)),
        (0xF, Run("", italic=True, underline=True)),
    ],
)
def test_styles_of_addresses_and_mid_row_codes(low, style):
    def one(text):
        return Run(text, style.italic, underline=style.underline, colour=style.colour)

    assert pop(0x1460 | low, "ab").cues[0].runs == (one("ab"),)
    mid_row = pop(ROW_15, "a", 0x1120 | low, "b").cues[0].runs
    assert mid_row == ((Run("a "), one("b")) if low else (Run("a b"),))


def test_italics_keep_the_colour_and_a_colour_ends_italics():
    runs = pop(0x1468, "a", 0x112E, "b", 0x1122, "c").cues[0].runs
    assert runs == (
        Run("a ", colour="#ff0000"),
        Run("b", italic=True, colour="#ff0000"),
        Run(" c", colour="#00ff00"),
    )


@pytest.mark.parametrize(
    ("pair", "style"),
    [
        (0x1020, Run("b", background="#ffffff")),
        (0x1021, Run("b", background="#ffffff80")),
        (0x1024, Run("b", background="#0000ff")),
        (0x102E, Run("b")),
        (0x102F, Run("b", background="#00000080")),
        (0x172D, Run("b", background="#00000000")),
        (0x172E, Run("b", colour="#000000")),
        (0x172F, Run("b", colour="#000000", underline=True)),
    ],
)
def test_backgrounds_take_the_place_of_a_blank(pair, style):
    for before in ("a ", "a"):
        runs = pop(ROW_15, before, pair, "b").cues[0].runs
        assert runs == ((Run("a "), style) if style != Run("b") else (Run("a b"),))


def test_rows_apart_are_cues_apart():
    document = pop(0x1170, "top", ROW_15, "low")
    assert [(cue.text, cue.position, cue.start) for cue in document.cues] == [
        ("top", 7, document.cues[0].start),
        ("low", 1, document.cues[0].start),
    ]


@pytest.mark.parametrize(
    ("pairs", "text", "position", "align"),
    [
        ((0x1474, 0x1723, "centred by"), "centred by", 2, None),
        ((ROW_15, "x" * 32), "x" * 32, 2, None),
        ((0x147E, "abcd"), "abcd", 3, None),
        ((0x1454, "one", 0x1474, "three"), "one\nthree", 1, "left"),
    ],
)
def test_columns(pairs, text, position, align):
    cue = pop(*pairs).cues[0]
    assert (cue.text.strip(), cue.position, cue.text_align or None, cue.region is not None) == (
        text,
        position,
        align,
        bool(align),
    )


@pytest.mark.parametrize(
    ("pairs", "lost"),
    [
        ((ROW_15, "x" * 32 + "yz"), "xy"),
        ((ROW_15, "gone", ENM), "gone"),
        ((0x142A, "text service"), "text service"),
        ((0x142B, "more text"), "more text"),
        ((0x1428,), ""),
        ((0x1422,), ""),
        ((0x1728,), ""),
    ],
)
def test_what_is_not_kept_is_reported(pairs, lost):
    document = pop(*pairs)
    assert ("not-kept", 3, lost) in told(document)


def test_a_code_that_is_none_is_reported():
    assert told(pop(0x1060, ROW_15, "x")) == [("control-character", 3, "")]


def test_other_channels_are_reported_with_their_text():
    document = read(
        ("00:00:00:00", RCL, ROW_15, "one", EOC),
        ("00:00:01:00", 0x1C20, 0x1C70, "two", 0x1C2F),
        ("00:00:02:00", 0x1520, ROW_15, "three", 0x152F),
        ("00:00:03:00", 0x1D20, 0x1C70, "four", 0x1D2F),
        ("00:00:04:00", EDM, 0x1C2C, 0x152C, 0x1D2C),
    )
    assert [cue.text for cue in document.cues] == ["one"]
    assert told(document) == [("not-kept", 5, "two"), ("not-kept", 7, "three"), ("not-kept", 9, "four")]
    assert [item.what.split(",")[0] for item in document.damage] == [f"a caption of CC{number}" for number in (2, 3, 4)]


def test_a_file_of_another_channel_alone_is_read():
    document = read(("00:00:00:00", 0x1520, ROW_15, "only", 0x152F), ("00:00:03:00", 0x152C))
    assert ([cue.text for cue in document.cues], document.damage) == (["only"], ())


def test_extended_data_are_no_characters():
    document = read(
        ("00:00:00:00", RCL, ROW_15, "ab"),
        ("00:00:00:20", "\x01\x03Film\x0f\x1d", RCL, "cd", EOC),
        ("00:00:03:00", EDM),
    )
    assert [cue.text for cue in document.cues] == ["abcd"]
    assert told(document) == [("not-kept", 5, "Film")]


def test_bytes_without_parity_are_read_and_reported():
    text = "Scenarist_SCC V1.0\n\n00:00:00:00\t1420 9420 9470 4142 942f\n\n00:00:01:00\t942c"
    document = scc.read(text)
    assert [cue.text for cue in document.cues] == ["AB"]
    assert [(item.kind, item.line) for item in document.damage] == [("bad-parity", 3)]
    assert document.damage[0].what.startswith("2 pairs")


def test_a_caption_that_is_never_taken_off_ends_with_the_file():
    document = read(("00:00:00:00", RCL, ROW_15, "x", EOC))
    assert shown(document) == [(5, 7, "x")]
    assert told(document) == [("no-end", 3, "x")]


@pytest.mark.parametrize(
    ("timecode", "frame", "damage"),
    [
        ("00:01:00:00", 1800, []),
        ("00:01:00;02", 1800, []),
        ("00:01:00.02", 1800, []),
        ("00:01:00;00", 1798, ["odd-timestamp"]),
        ("00:10:00;00", 17982, []),
        ("01:00:00;00", 107892, []),
        ("01:00:00:00", 108000, []),
        ("100:00:00:00", 10_800_000, []),
    ],
)
def test_timecodes(timecode, frame, damage):
    document = read((timecode, RCL, ROW_15, "ab", EOC, "", EDM))
    assert document.cues[0].start == from_frames(frame + 5, NTSC)
    assert [item.kind for item in document.damage] == damage


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("00:00:60:00\t9420", "bad-timestamp"),
        ("00:61:00:00\t9420", "bad-timestamp"),
        ("00:00:01:30\t9420", "bad-timestamp"),
        ("a comment", "unparsed-text"),
        ("00:00:01:00\t9420 94xz 942", "unparsed-text"),
    ],
)
def test_lines_that_cannot_be_read(line, kind):
    document = scc.read(f"Scenarist_SCC V1.0\n\n{line}")
    expected = "94xz 942" if line.startswith("00:00:01:00") else line
    assert told(document) == [(kind, 3, expected)]


def test_a_header_that_is_missing():
    document = scc.read(scc_files.file(("00:00:00:00", RCL, ROW_15, "x", EOC, EDM)).split("\n\n")[1])
    assert told(document) == [("bad-header", 1, document.damage[0].text)]
    assert [cue.text for cue in document.cues] == ["x"]


def test_timecodes_out_of_order_or_too_close():
    document = read(("00:00:02:00", RCL, ROW_15, "abcdefgh"), ("00:00:02:03", EOC), ("00:00:01:00", EDM))
    assert [(item.kind, item.line) for item in document.damage] == [
        ("overlapping-data", 5),
        ("out-of-order", 7),
        ("no-duration", 5),
    ]


def test_both_kinds_of_timecode_in_one_file():
    document = read(("00:00:01;00", RCL, ROW_15, "x", EOC), ("00:00:03:00", EDM))
    assert [(item.kind, item.line) for item in document.damage] == [("odd-timestamp", 3)]
    assert document.drop


@pytest.mark.parametrize(("frames", "rate"), [(24, "24 or 23.976"), (25, "25"), (30, None)])
def test_a_file_that_seems_to_count_other_frames(frames, rate):
    lines = [
        (f"00:{second // 60:02}:{second % 60:02}:{second % frames:02}", RCL, ROW_15, "x", EOC) for second in range(120)
    ]
    found = [item.what for item in read(*lines).damage if item.kind == "ambiguous-rate"]
    assert len(found) == bool(rate)
    assert not rate or f"made at {rate}," in found[0]


@given(st.lists(st.tuples(st.integers(0, 5000), st.lists(st.integers(0, 0xFFFF), max_size=30)), max_size=5))
@settings(deadline=None, max_examples=150)
def test_any_pairs_are_read(lines):
    rows = [
        f"00:{frame // 1800:02}:{frame // 30 % 60:02}:{frame % 30:02}\t{' '.join(f'{word:04x}' for word in words)}"
        for frame, words in lines
    ]
    document = scc.read("\n".join(["Scenarist_SCC V1.0", *rows]))
    assert all(cue.text.strip() for cue in document.cues)


SHOWING = st.sampled_from([EDM, ENM, EOC, 0x112E, 0x1020])


@given(st.lists(st.one_of(SHOWING, st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=2)), max_size=40))
@settings(deadline=None, max_examples=150)
def test_every_letter_is_shown_or_reported(pairs):
    document = read(("00:00:01:00", RCL, ROW_15, *pairs))
    known = "".join([*(cue.text for cue in document.cues), *(item.text for item in document.damage)])
    assert set("".join(pair for pair in pairs if isinstance(pair, str))) <= set(known)


@given(st.text(st.sampled_from("0123456789:;.abcdef \t\nS"), max_size=200))
@settings(deadline=None)
def test_text_like_a_file(text):
    assert scc.read("Scenarist_SCC V1.0\n\n" + text) is not None


def _files():
    return sorted(CORPUS.glob("*.scc"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/data/subtitles/scc is not there")
@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_published_files_lose_no_word(path):
    parsed = read_subtitles(path.read_bytes())
    assert (parsed.format, parsed.drop) == ("scc", path.name == "mix-rows-roll-up.scc")
    known = "\n".join([*(cue.text for cue in parsed.cues), *(item.text for item in parsed.damage)])
    for line in path.read_text().splitlines()[2:]:
        pairs = bytes.fromhex("".join(line.split()[1:])).translate(bytes(code & 0x7F for code in range(256)))
        shown = [pairs[at : at + 2] for at in range(0, len(pairs), 2) if pairs[at] >= 0x20]
        assert set(b"".join(shown).decode().strip("\0")) - {"\0"} <= set(known)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/data/subtitles/scc is not there")
@pytest.mark.parametrize(("name", "count"), [("pop-on.scc", 3), ("paint-on.scc", 3), ("mix-rows-roll-up.scc", 16)])
def test_published_files_have_a_cue_for_each_change_of_the_screen(name, count):
    text = (CORPUS / name).read_text()
    changes = sum(any(code in line for code in ("942f", "9429", "94ad")) for line in text.splitlines())
    assert len(scc.read(text).cues) == changes == count
