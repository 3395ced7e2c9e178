"""The encoding of a file is told from its bytes; what cannot be decoded is reported; what is no text is refused."""

import hashlib
import time
from fractions import Fraction

import pytest

from assets.subtitles import FORMATS, Cue, Run, Target, read_subtitles, write_subtitles
from assets.subtitles.conversion import convert
from assets.subtitles.decoding import MAX_BYTES
from assets.subtitles.reading import NotSubtitlesError
from assets.timing import from_ms

TIMES = "\n00:00:0{0},000 --> 00:00:0{0},900\n"
KOREAN = "안녕하세요, 여러분!", "똠방각하 펲시콜라", "영화를 보러 갈까요?"
JAPANESE = "こんにちは、皆さん。", "映画を見ましょう①", "カタカナの字幕です"
FRENCH = "Ça va très bien, « déjà »", "Où êtes-vous ? À l’hôtel…", "Noël à l'île"


def srt(rows):
    return "\n".join(f"{number}{TIMES.format(number)}{row}\n" for number, row in enumerate(rows, 1))


UNICODE = [
    *[(rows, name) for rows in (KOREAN, JAPANESE, FRENCH) for name in ("utf-8", "utf-16-le", "utf-16-be")],
    *[(KOREAN, name) for name in ("utf-32-le", "utf-32-be")],
]


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("text", ["a", "아"])
def test_a_zero_byte_in_a_tiny_file(at, text):
    data = f"1{TIMES.format(1)}{'b' * at}\0{text * 5}\n".encode()
    parsed = read_subtitles(data)
    assert (parsed.format, parsed.encoding, len(parsed.cues)) == ("srt", "utf-8", 1)
    assert "control-character" in {item.kind for item in parsed.damage}


@pytest.mark.parametrize("text", ["가나", "ab"])
def test_an_xml_declaration_that_cannot_be_true(text):
    body = f'<body><div><p begin="1s" end="2s">{text}</p></div></body>'
    document = f'<?xml version="1.0" encoding="UTF-16"?><tt xmlns="http://www.w3.org/ns/ttml">{body}</tt>'
    for data in (document.encode(), document.encode() + b" "):
        parsed = read_subtitles(data)
        assert (parsed.encoding, [cue.text for cue in parsed.cues]) == ("utf-8", [text])
        assert [(item.kind, item.text) for item in parsed.damage] == [("bad-header", "UTF-16")]
    assert read_subtitles(document.encode("utf-16")).damage == ()


@pytest.mark.parametrize(("rows", "encoding"), UNICODE)
@pytest.mark.parametrize("bom", [True, False])
def test_unicode(rows, encoding, bom):
    data = (("\ufeff" if bom else "") + srt(rows)).encode(encoding)
    parsed = read_subtitles(data)
    assert (parsed.encoding, parsed.bom, parsed.damage) == (encoding, bom, ())
    assert tuple(cue.text for cue in parsed.cues) == rows


@pytest.mark.parametrize(
    ("rows", "encoding", "named"),
    [
        (KOREAN, "cp949", "cp949"),
        (KOREAN[::2], "euc_kr", "cp949"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE[::2], "shift_jis", "cp932"),
        (JAPANESE[::2], "euc_jp", "euc_jp"),
        (JAPANESE[::2], "iso2022_jp", "iso2022_jp"),
        (FRENCH, "cp1252", "cp1252"),
    ],
)
def test_encodings_of_korea_japan_and_the_west(rows, encoding, named):
    parsed = read_subtitles(srt(rows).encode(encoding))
    assert (parsed.encoding, parsed.bom, parsed.damage) == (named, False, ())
    assert tuple(cue.text for cue in parsed.cues) == rows


@pytest.mark.parametrize(
    ("row", "encoding"),
    [
        ("네.", "cp949"),
        ("영화를 보러 갈까요?", "cp949"),
        ("こんにちは、皆さん。", "cp932"),
        ("こんにちは、皆さん。", "euc_jp"),
        ("Noël à l'île", "cp1252"),
        ("¿Qué pasó, señor?", "cp1252"),
        ("Привет, как дела?", "cp1251"),
        ("你好，欢迎来到这部电影", "gb18030"),
    ],
)
def test_one_row_is_enough(row, encoding):
    parsed = read_subtitles(srt([row]).encode(encoding))
    assert (parsed.encoding, parsed.cues[0].text) == (encoding, row)


def test_bytes_of_no_encoding_are_replaced_and_reported():
    data = srt(KOREAN).encode("cp949") + b"\n4\n00:00:08,000 --> 00:00:09,000\n\xff\xff\xff\n"
    parsed = read_subtitles(data)
    assert len(parsed.cues) == 4
    assert [cue.text for cue in parsed.cues[:3]] == list(KOREAN)
    assert [item.kind for item in parsed.damage] == ["undecodable"]


def test_a_few_broken_bytes_do_not_make_utf_8_something_else():
    data = srt(KOREAN).encode().replace("똠".encode(), b"\xeb\x98")
    parsed = read_subtitles(data)
    assert parsed.encoding == "utf-8"
    assert parsed.cues[1].text == "\ufffd방각하 펲시콜라"
    assert [(item.kind, item.line, item.text) for item in parsed.damage] == [
        ("undecodable", 7, "\ufffd방각하 펲시콜라"),
    ]


@pytest.mark.parametrize("language", ["", "ko", "en"])
def test_a_broken_byte_in_a_file_of_few_letters(language):
    parsed = read_subtitles(
        srt(["hello", "안녕"]).encode() + b"\n3\n00:00:08,000 --> 00:00:09,000\nhello \xff\n", language
    )
    assert [cue.text for cue in parsed.cues] == ["hello", "안녕", "hello \ufffd"]
    assert [(item.kind, item.line) for item in parsed.damage] == [("undecodable", 11)]


def test_no_file_of_subtitles_is_in_ebcdic():
    parsed = read_subtitles(srt(["a"]).encode() + b"\n2\n00:00:08,000 --> 00:00:09,000\nhello \xff world\n")
    assert [(cue.text[:6], cue.text[7:]) for cue in parsed.cues] == [("a", ""), ("hello ", " world")]


def test_a_file_cut_in_the_middle_of_a_character():
    parsed = read_subtitles("\ufeff".encode("utf-16-le") + srt(KOREAN).encode("utf-16-le")[:-3])
    assert len(parsed.cues) == len(KOREAN)
    assert [item.kind for item in parsed.damage] == ["undecodable"]


def test_the_same_bytes_give_the_same_result():
    data = srt(KOREAN).encode("cp949")
    assert read_subtitles(data) == read_subtitles(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no subtitle format"),
        (b" \r\n\t", "blanks"),
        (b"\0" * 1_000_000, "zero bytes"),
        (b"\0\0\0\x20ftypisom\0\0\2\0" + bytes(range(256)) * 400, "binary"),
        (b"RIFF\x24\x08\0\0WAVEfmt " + bytes(5000) + b"data", "binary"),
        (hashlib.shake_128(b"").digest(100_000), "binary"),
        (b"hello, world", "no subtitle format; read are "),
        ("안녕".encode("cp949"), "no subtitle format"),
        (b"{0}{25}Hello", "the file is MicroDVD"),
        (b"0:00:05.440,0:00:09.360\nBonjour", "the file is SubViewer"),
        (b"<html><body>-->", "no subtitle format"),
        (b"1\n" * (MAX_BYTES // 2 + 1), f"at most {MAX_BYTES}"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_quickly(data, reason):
    start = time.process_time()
    with pytest.raises(NotSubtitlesError) as caught:
        read_subtitles(data)
    assert reason in str(caught.value)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (srt(KOREAN), "srt"),
        ("WEBVTT\n", "webvtt"),
        ('<tt xmlns="http://www.w3.org/ns/ttml"/>', "ttml1"),
        ('\n<!-- 1 --><tt:tt xmlns:tt="http://www.w3.org/ns/ttml"/>', "ttml1"),
        ("1\n00:00:01.000 --> 00:00:02.000\nWEBVTT <tt>", "srt"),
    ],
)
def test_the_format_is_told_from_the_content(text, name):
    assert read_subtitles(text.encode()).format == name


RARE = "펲시콜라 똠방각하", "뷁", "햏햏 쀍"


@pytest.mark.parametrize("row", RARE)
@pytest.mark.parametrize("encoding", ["euc_kr", "cp949"])
def test_rare_syllables_are_korean_where_korean_is_asked_for(row, encoding):
    parsed = read_subtitles(srt([row]).encode(encoding), "ko-KR")
    assert [cue.text for cue in parsed.cues] == [row]
    assert parsed.encoding == "cp949"


@pytest.mark.parametrize("row", RARE)
@pytest.mark.parametrize("encoding", ["euc_kr", "cp949"])
def test_a_guess_that_may_be_wrong_is_reported(row, encoding):
    parsed = read_subtitles(srt([row]).encode(encoding))
    assert [cue.text for cue in parsed.cues] == [row] or "doubtful-encoding" in {item.kind for item in parsed.damage}


@pytest.mark.parametrize("row", ["東京駅", "日本語", "カタカナ", "こんにちは"])
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_japanese_where_japanese_is_asked_for(row, encoding):
    parsed = read_subtitles(srt([row]).encode(encoding), "ja")
    assert [cue.text for cue in parsed.cues] == [row] or "doubtful-encoding" in {item.kind for item in parsed.damage}


@pytest.mark.parametrize(
    ("rows", "encoding", "language"),
    [(JAPANESE, "cp932", "ko"), (KOREAN, "cp949", "ja"), (FRENCH, "cp1252", "ko"), (FRENCH, "cp1252", "ja")],
)
def test_the_language_that_is_asked_for_is_no_order(rows, encoding, language):
    parsed = read_subtitles(srt(rows).encode(encoding), language)
    assert (parsed.encoding, tuple(cue.text for cue in parsed.cues)) == (encoding, rows)


CONTROLS = ("\x01", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\u200b")
"""Characters at which Python breaks lines, which XML cannot hold, or that nobody sees."""


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"scc", "stl"}])
@pytest.mark.parametrize("control", CONTROLS)
def test_no_control_character_goes_unseen(name, control):
    plain = write_subtitles([Cue(1, from_ms(1000), from_ms(2000), (Run("one@two"),))], name, Target("en", Fraction(25)))
    parsed = read_subtitles(plain.decode().replace("@", control).encode())
    (cue,) = parsed.cues
    named = [item for item in parsed.damage if f"U+{ord(control):04X}" in item.what and item.line > 0]
    assert cue.text == f"one{control}two" or (cue.text == "onetwo" and named)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("control", ["\x0b", "\x0c", "\x1f", "\ufffe"])
def test_no_control_character_is_left_out_unsaid_on_writing(name, control):
    rate = Fraction(30000, 1001) if name == "scc" else Fraction(25)
    cue = Cue(1, from_ms(1000), from_ms(2000), (Run(f"one{control}two"),))
    losses = convert([cue], name, Target("en", rate)).losses
    assert any(f"U+{ord(control):04X}" in f"{loss.what} {loss.text}" for loss in losses)
