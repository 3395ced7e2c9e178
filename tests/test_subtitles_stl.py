"""EBU STL read: every block of a file is in a cue or in the damage, whatever its header and its codes say."""

import time
from fractions import Fraction
from pathlib import Path

import pytest
import stl_files
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import Region, Run, read_subtitles, stl
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.stl_languages import TAGS, code_of
from assets.timing import from_frames, from_seconds

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "subtitles" / "ebu-stl"
NTSC = Fraction(30000, 1001)


def read(*blocks, **header):
    return stl.read(stl_files.file(*blocks, **header))


def texts(document):
    return [cue.text for cue in document.cues]


def kinds(document):
    return [(item.kind, item.line) for item in document.damage]


def runs(text, **header):
    return read(stl_files.block(text), **header).cues[0].runs


def test_the_format_is_told_from_the_bytes():
    parsed = read_subtitles(stl_files.file(stl_files.block(b"Hello")))
    assert (parsed.format, parsed.encoding, parsed.bom, parsed.frame_rate) == ("stl", "binary", False, 25)
    assert [cue.text for cue in parsed.cues] == ["Hello"]


@pytest.mark.parametrize(
    ("code", "rate", "kind"),
    [
        (b"STL25.01", Fraction(25), []),
        (b"stl25.01", Fraction(25), []),
        (b"STL30.01", NTSC, []),
        (b"STL23.01", Fraction(24000, 1001), []),
        (b"STL24.01", Fraction(24), []),
        (b"STL50.01", Fraction(50), []),
        (b"STL29.01", NTSC, [("bad-header", 0)]),
        (b"STL60.01", Fraction(60), [("bad-header", 0)]),
        (b"STL00.01", Fraction(25), [("bad-header", 0)]),
    ],
)
def test_frame_rates(code, rate, kind):
    document = read(stl_files.block(b"x", (0, 0, 1, 5), (1, 0, 0, 0)), DFC=code)
    nominal = round(rate)
    cue = document.cues[0]
    assert document.frame_rate == rate
    assert (cue.start, cue.end) == (from_frames(nominal + 5, rate), from_frames(3600 * nominal, rate))
    assert kinds(document) == kind


def test_times_count_from_the_first_frame_of_the_programme():
    document = read(
        stl_files.block(b"metadata", (0, 0, 0, 0), (0, 0, 0, 8)),
        stl_files.block(b"first", (10, 0, 0, 12), (10, 0, 2, 0)),
        TCP=b"10000000",
    )
    assert document.start == from_seconds(Fraction(36000))
    assert [(cue.text, cue.start, cue.end) for cue in document.cues] == [
        ("first", from_frames(12, Fraction(25)), from_frames(50, Fraction(25)))
    ]
    assert [(item.kind, item.line, item.text) for item in document.damage] == [("not-kept", 1, "metadata")]


def test_a_start_after_every_subtitle_is_no_start():
    document = read(stl_files.block(b"x", (0, 0, 1, 0), (0, 0, 2, 0)), TCP=b"10000000")
    assert (document.start, document.cues[0].start) == (0, from_frames(25, Fraction(25)))
    assert kinds(document) == [("bad-header", 0)]


def test_timecode_goes_on_after_midnight():
    document = read(
        stl_files.block(b"a", (23, 59, 59, 0), (0, 0, 1, 0)),
        stl_files.block(b"b", (0, 0, 2, 0), (0, 0, 3, 0)),
        TCP=b"23590000",
    )
    seconds = [(cue.start, cue.end) for cue in document.cues]
    assert seconds == [(from_seconds(Fraction(a)), from_seconds(Fraction(b))) for a, b in ((59, 61), (62, 63))]
    assert kinds(document) == [("odd-timestamp", 1), ("odd-timestamp", 2)]


def test_an_out_cue_long_before_the_in_cue_is_no_midnight():
    document = read(stl_files.block(b"a", (20, 0, 0, 0), (0, 30, 0, 0)))
    (cue,) = document.cues
    assert (cue.start > cue.end, kinds(document)) == (True, [("no-duration", 1)])


@pytest.mark.parametrize(
    ("label", "kind", "cues"),
    [((24, 0, 0, 0), "bad-timestamp", 0), ((0, 60, 0, 0), "bad-timestamp", 0), ((0, 0, 1, 25), "odd-timestamp", 1)],
)
def test_labels_that_are_none(label, kind, cues):
    document = read(stl_files.block(b"words", label, (2, 0, 0, 0)))
    assert len(document.cues) == cues
    assert kinds(document) == [(kind, 1)]
    assert kind == "odd-timestamp" or document.damage[0].text == "words"


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("TNB", b"00007", "bad-header"),
        ("TNB", b"abcde", "bad-header"),
        ("TNS", b"00009", "bad-header"),
        ("CCT", b"09", "bad-header"),
        ("CCT", b"  ", "bad-header"),
        ("DSC", b"7", "bad-header"),
        ("DSC", b" ", None),
        ("LC", b"44", "bad-header"),
        ("LC", b"00", None),
        ("TCS", b"0", "bad-header"),
        ("TCP", b"xxxxxxxx", "bad-header"),
        ("TCP", b"00610000", "bad-header"),
        ("CPN", b"999", None),
        ("CPN", b"\0\xff\0", None),
        ("MNR", b"  ", None),
    ],
)
def test_header_fields(field, value, kind):
    document = read(stl_files.block(b"x"), **{field: value})
    assert texts(document) == ["x"]
    assert kinds(document) == ([(kind, 0)] if kind else [])
    assert all(item.what.startswith("byte ") and field in item.what for item in document.damage)


def test_header_fields_that_are_not_kept_are_told_in_their_code_page():
    document = read(stl_files.block(b"x"), OPT="Müller".encode("cp437"), CPN=b"437", UDA=b"note")
    assert [(item.kind, item.line, item.text) for item in document.damage] == [("not-kept", 0, "OPT Müller; UDA note")]


@pytest.mark.parametrize("size", [11, 200, 1023])
def test_a_header_cut_off(size):
    with pytest.raises(NotSubtitlesError, match="1024"):
        stl.read(stl_files.file()[:size])


@pytest.mark.parametrize(
    ("code", "tag"), [(b"09", "en"), (b"65", "ko"), (b"69", "ja"), (b"0F", "fr"), (b"2a", "nl-BE")]
)
def test_languages(code, tag):
    document = read(stl_files.block(b"x"), LC=code)
    assert document.language == tag
    assert code_of(tag).encode() == code.upper()


def test_each_language_has_its_code():
    assert len(TAGS) == 0x2B + 0x80 - 0x45
    assert all(code_of(tag) == code for code, tag in TAGS.items())
    assert (code_of("ko-KR"), code_of("nb"), code_of("tlh")) == ("65", "1E", "00")


@pytest.mark.parametrize(
    ("table", "data", "text"),
    [
        (b"00", b"caf\xc2e \xc8O\xc8u \xcbc \xc4n \xcaa", "café Öü ç ñ å"),
        (b"00", b"\xc8 \xc2 \xcf ", "¨´ˇ"),
        (b"00", b"$\xa4 \xa8 \xa9x\xb9 \xaay\xba \xd5\xd0", "$$ ¤ ‘x’ “y” ♪—"),
        (b"00", b"\xe1\xf1\xe8\xf8\xe9\xf9\xfb\xea\xfa", "ÆæŁłØøßŒœ"),
        (b"00", b"a\xc9b\xa6", "a\ufffdb\ufffd"),
        (b"00", b"a\xc1", "a\ufffd"),
        (b"01", "Привет".encode("iso8859-5"), "Привет"),
        (b"02", "مرحبا".encode("iso8859-6"), "مرحبا"),
        (b"03", "Γειά".encode("iso8859-7"), "Γειά"),
        (b"04", "שלום".encode("iso8859-8"), "שלום"),
        (b"04", b"\xa1", "\ufffd"),
    ],
)
def test_character_tables(table, data, text):
    document = read(stl_files.block(data), CCT=table)
    assert texts(document) == [text]
    assert kinds(document) == ([("undecodable", 1)] if "\ufffd" in text else [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\x80b\x81c", (Run("a"), Run("b", italic=True), Run("c"))),
        (b"\x82b\x83c", (Run("b", underline=True), Run("c"))),
        (b"\x84b\x85c", (Run("b", background="#000000"), Run("c"))),
        (b"\x80a\x8ab", (Run("a\nb", italic=True),)),
        (b"a\x8a\x8ab", (Run("a\n\nb"),)),
        (b" a \x8f\x8f", (Run(" a "),)),
        (b"\x01a", (Run("a", colour="#ff0000"),)),
        (b"\x02a", (Run("a", colour="#00ff00"),)),
        (b"\x03a", (Run("a", colour="#ffff00"),)),
        (b"\x04a", (Run("a", colour="#0000ff"),)),
        (b"\x05a", (Run("a", colour="#ff00ff"),)),
        (b"\x06a", (Run("a", colour="#00ffff"),)),
        (b"\x07a", (Run("a"),)),
        (b"\x00a", (Run("a", colour="#000000"),)),
        (b"a\x03b", (Run("a"), Run(" b", colour="#ffff00"))),
        (b"a \x03b", (Run("a "), Run("b", colour="#ffff00"))),
        (b"\x03\x1d\x04a\x1cb", (Run("a", colour="#0000ff", background="#ffff00"), Run(" b", colour="#0000ff"))),
        (b"\x1da", (Run("a", background="#ffffff"),)),
        (b"\x03a\x8ab", (Run("a\n", colour="#ffff00"), Run("b"))),
        (b"\x0d\x0b\x0ba\x0a\x0a\x8a\x8a\x0d\x0b\x0bb\x0a\x0a", (Run("a\nb"),)),
        (b"\x0b\x0b  a  \x0a\x8a", (Run("a"),)),
    ],
)
def test_control_codes(data, expected):
    assert runs(data) == expected


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (0x08, "flash"),
        (0x0E, "double width"),
        (0x0F, "double size"),
        (0x10, "mosaic 10h"),
        (0x18, "conceal"),
        (0x1B, "escape"),
        (0x86, "code 86h"),
        (0x9F, "code 9Fh"),
        (0x7F, "code 7Fh"),
    ],
)
def test_codes_that_are_not_kept(code, name):
    document = read(stl_files.block(bytes([code]) + b"words"))
    assert texts(document) == ["words"]
    assert [(item.kind, item.line, item.text) for item in document.damage] == [("not-kept", 1, "words")]
    assert name in document.damage[0].what
    assert "byte 1024" in document.damage[0].what


@pytest.mark.parametrize("code", [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1F])
def test_codes_of_the_layout_of_teletext_are_no_loss(code):
    document = read(stl_files.block(b"a" + bytes([code]) + b"b"))
    assert (texts(document), document.damage) == (["a b"], ())


@pytest.mark.parametrize(
    ("row", "justification", "height", "position", "region"),
    [
        (22, 2, 1, 2, None),
        (21, 2, 2, 2, None),
        (22, 1, 1, 1, None),
        (22, 3, 1, 3, None),
        (22, 0, 1, 2, None),
        (1, 2, 1, 8, None),
        (0, 1, 1, 7, None),
        (2, 3, 2, 9, None),
        (12, 2, 1, 5, None),
        (18, 2, 1, 2, (17, 1)),
        (5, 1, 2, 7, (4, 2)),
        (10, 3, 1, 6, (9, 1)),
    ],
)
def test_places(row, justification, height, position, region):
    cue = read(stl_files.block(b"\x8a".join([b"x"] * height), row=row, justification=justification)).cues[0]
    expected = region and Region(
        Fraction(0), Fraction(100 * region[0], 23), Fraction(100), Fraction(100 * region[1], 23), "before"
    )
    assert (cue.position, cue.region) == (position, expected)


def test_rows_of_double_height_take_two_rows():
    assert read(stl_files.block(b"\x0da\x8a\x8a\x0db", row=19)).cues[0].region is None
    assert read(stl_files.block(b"a\x8ab", row=19)).cues[0].region is not None


def test_rows_that_are_not_justified_keep_their_indent():
    document = read(stl_files.block(b"\x0b  a\x8a\x0b    b", justification=0))
    assert texts(document) == ["  a\n    b"]


def test_extension_blocks_are_joined_across_user_data():
    document = read(
        stl_files.block(b"One \xc2", extension=0, index=7),
        stl_files.block(b"\x01\x02", extension=0xFE, index=7),
        stl_files.block(b"e two ", extension=1, index=7),
        stl_files.block(b"three", extension=0xFF, index=7),
        stl_files.block(b"next", (0, 0, 3, 0), (0, 0, 4, 0), index=8),
        TNS=b"00002",
    )
    assert [(cue.text, cue.line) for cue in document.cues] == [("One é two three", 1), ("next", 5)]
    assert [(item.kind, item.line, item.text) for item in document.damage] == [("not-kept", 2, "0102")]


def test_extension_blocks_that_are_missing():
    document = read(
        stl_files.block(b"a", extension=0, index=1),
        stl_files.block(b"b", extension=2, index=1),
        stl_files.block(b"c", index=2),
        stl_files.block(b"d", extension=0xF3, index=3),
        stl_files.block(b"e", extension=0, index=4),
        TNS=b"00003",
    )
    assert texts(document) == ["ab", "c", "e"]
    assert kinds(document) == [("bad-index", 2), ("missing-block", 1), ("bad-index", 4), ("missing-block", 5)]
    assert document.damage[2].text == "d"


def test_blocks_that_are_all_numbered_zero_are_told_apart_by_their_times():
    document = read(
        stl_files.block(b"a", extension=0), stl_files.block(b"b", (0, 0, 3, 0), (0, 0, 4, 0), extension=0), TNS=b"00002"
    )
    assert texts(document) == ["a", "b"]
    assert kinds(document) == [("missing-block", 1), ("missing-block", 2)]


def test_comments_are_reported_with_their_text():
    document = read(stl_files.block(b"shown"), stl_files.block(b"\x80check this\x81", comment=1))
    assert texts(document) == ["shown"]
    assert [(item.kind, item.line, item.text) for item in document.damage] == [("not-kept", 2, "check this")]


def test_cumulative_subtitles_are_cues_of_their_own_times():
    document = read(
        stl_files.block(b"a", (0, 0, 1, 0), (0, 0, 5, 0), cumulative=1, index=1),
        stl_files.block(b"b", (0, 0, 2, 0), (0, 0, 5, 0), cumulative=2, index=2),
        stl_files.block(b"c", (0, 0, 3, 0), (0, 0, 5, 0), cumulative=3, index=3),
    )
    assert [(cue.text, cue.start // from_seconds(Fraction(1))) for cue in document.cues] == [
        ("a", 1),
        ("b", 2),
        ("c", 3),
    ]
    assert document.damage == ()


@pytest.mark.parametrize(("name", "value"), [("cumulative", 4), ("justification", 9)])
def test_block_fields_that_are_none(name, value):
    assert kinds(read(stl_files.block(b"x", **{name: value}))) == [("bad-header", 1)]


@pytest.mark.parametrize(
    ("cut", "cues", "expected"),
    [
        (1, ["a", "b"], [("truncated-block", 2)]),
        (111, ["a", "b"], [("truncated-block", 2)]),
        (120, ["a"], [("truncated-block", 2), ("bad-header", 0), ("bad-header", 0)]),
        (128, ["a"], [("bad-header", 0), ("bad-header", 0)]),
    ],
)
def test_a_file_cut_off(cut, cues, expected):
    data = stl_files.file(stl_files.block(b"a"), stl_files.block(b"b"))[:-cut]
    document = stl.read(data)
    assert texts(document) == cues
    assert kinds(document) == expected


@pytest.mark.parametrize("filler", [b"\0", b" ", b"\x1a", b"\x8f"])
def test_a_file_filled_up(filler):
    document = stl.read(stl_files.file(stl_files.block(b"a")) + filler * 896)
    assert texts(document) == ["a"]
    assert kinds(document) == [("unparsed-text", 2)]


def test_a_file_without_subtitles():
    assert read() == stl.read(stl_files.file())
    assert (read().cues, read().damage) == ((), ())


@pytest.mark.parametrize(
    "blocks", [st.binary(max_size=600), st.binary(min_size=128, max_size=128).map(lambda b: b * 3)]
)
@given(data=st.data())
@settings(deadline=None, max_examples=100)
def test_any_bytes_after_a_header_are_read(blocks, data):
    body = data.draw(blocks)
    document = stl.read(stl_files.file() + body)
    named = {cue.line for cue in document.cues} | {item.line for item in document.damage}
    assert not body or named
    assert all(0 <= line <= len(body) // 128 + 1 for line in named)


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_mutated_file(data):
    source = stl_files.file(stl_files.block(b"a\x80b\x8ac"), stl_files.block(b"d", extension=0), stl_files.block(b"e"))
    at = data.draw(st.integers(0, len(source)))
    mutated = source[:at] + data.draw(st.binary(max_size=8)) + source[at + data.draw(st.integers(0, 8)) :]
    if len(mutated) >= 1024:
        assert stl.read(mutated) is not None


def test_many_blocks_without_end_are_read_in_short_time():
    start = time.process_time()
    document = stl.read(stl_files.file() + stl_files.block(b"x" + b"\x80\x8a" * 55, extension=0) * 10_000)
    assert sum(cue.text.count("x") for cue in document.cues) == 10_000
    assert time.process_time() - start < 5


def test_more_blocks_than_can_be_counted():
    with pytest.raises(NotSubtitlesError, match="99999"):
        stl.read(stl_files.file() + bytes(128) * 100_000)


def _files():
    return sorted(CORPUS.glob("*/*.stl"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/data/subtitles/ebu-stl is not there")
@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_published_files_lose_no_block(path):
    data = path.read_bytes()
    starts = range(1024, len(data), 128)
    last = [number for number, at in enumerate(starts, 1) if data[at + 3] == 0xFF]
    parsed = read_subtitles(data)
    left_out = [item for item in parsed.damage if "left out" in item.what]
    assert parsed.format == "stl"
    assert len(parsed.cues) + len(left_out) == len(last)
    shown = "".join(cue.text for cue in parsed.cues) + "".join(item.text for item in left_out)
    letters = [
        chr(code) for at in starts for code in data[at + 16 : at + 128] if chr(code).isascii() and chr(code).isalnum()
    ]
    assert sorted(each for each in shown if each.isascii() and each.isalnum()) == sorted(letters)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/data/subtitles/ebu-stl is not there")
def test_the_corpus_is_whole():
    assert len(_files()) == 53
