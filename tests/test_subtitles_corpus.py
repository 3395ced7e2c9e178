"""Published subtitle files, beside the checkout in ../shared: nothing of them is lost."""

import re
from pathlib import Path

import pysrt
import pytest
from lxml import etree

from assets.subtitles import FORMATS, Target, format_of, read_subtitles
from assets.subtitles.conversion import convert
from assets.subtitles.format import Grid
from assets.subtitles.reading import NotSubtitlesError
from assets.timing import TICKS_PER_MS

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "subtitles"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus ../shared/data/subtitles is not there")
TIMES = re.compile(r"^[ \t]*(?:\d+:)?\d+:\d+[.,]\d+[ \t]*-->[ \t]*(?:\d+:)?\d+:\d+[.,]\d+", re.MULTILINE)
TAGS = re.compile(r"</?(?:[ibu]|font[^<>\n]*)>|\{\\an\d\}")

TEXTS = [name for name in FORMATS if format_of(name).grid is not Grid.FRAMES]


def _files(pattern):
    return sorted(CORPUS.glob(pattern))


def _name(path):
    return path.relative_to(CORPUS).as_posix()


@needs_corpus
def test_the_corpus_is_whole():
    counts = {pattern: len(_files(pattern)) for pattern in ("hf-course/**/*.srt", "encodings-ko/*.srt", "**/*.vtt")}
    assert counts == {"hf-course/**/*.srt": 248, "encodings-ko/*.srt": 10, "**/*.vtt": 32}


@needs_corpus
@pytest.mark.parametrize("path", _files("hf-course/**/*.srt"), ids=_name)
def test_course_subtitles_lose_no_cue(path):
    text = path.read_text(encoding="utf-8-sig")
    expected = len(TIMES.findall(text))
    if not expected:
        with pytest.raises(NotSubtitlesError, match="SubViewer"):
            read_subtitles(path.read_bytes())
        return
    parsed = read_subtitles(path.read_bytes())
    assert (parsed.format, parsed.encoding, len(parsed.cues)) == ("srt", "utf-8", expected)
    shown = sum(len("".join(cue.text.split())) for cue in parsed.cues)
    unparsed = sum(len("".join(item.text.split())) for item in parsed.damage if item.kind == "unparsed-text")
    rest = "".join(line for line in TIMES.sub("", text).split("\n") if not line.strip().isdigit())
    assert shown + unparsed == len("".join(TAGS.sub("", rest).split()))


@needs_corpus
@pytest.mark.parametrize("path", _files("hf-course/**/*.srt"), ids=_name)
def test_pysrt_alone_reads_no_more(path):
    text = path.read_text(encoding="utf-8-sig")
    full = re.sub(r"([.,]\d\d) ", r"\g<1>0 ", text)  # pysrt takes the 64 of 3:08.64 for milliseconds
    alone = list(pysrt.from_string(full))
    if not TIMES.search(text):
        assert alone == []
        return
    cues = [(cue.start, cue.end) for cue in read_subtitles(path.read_bytes()).cues]
    times = [(item.start.ordinal * TICKS_PER_MS, item.end.ordinal * TICKS_PER_MS) for item in alone]
    assert set(times) <= set(cues)


@needs_corpus
@pytest.mark.parametrize("film", ["s01", "s02"])
@pytest.mark.parametrize(("form", "encoding", "bom"), [("cp949", "cp949", False), ("utf16", "utf-16-be", True)])
def test_korean_encodings_give_the_same_cues(film, form, encoding, bom):
    parsed = read_subtitles((CORPUS / f"encodings-ko/{film}-{form}.srt").read_bytes())
    expected = read_subtitles((CORPUS / f"encodings-ko/{film}-utf8.srt").read_bytes())
    assert (parsed.encoding, parsed.bom) == (encoding, bom)
    assert parsed.cues == expected.cues
    text = (CORPUS / f"encodings-ko/{film}-utf8.srt").read_text(encoding="utf-8-sig")
    assert len(parsed.cues) == len(TIMES.findall(text))
    assert not [item for item in parsed.damage if item.kind == "undecodable"]


@needs_corpus
@pytest.mark.parametrize("path", [*_files("elephants-dream/*.vtt"), *_files("w3c-introduction/*.vtt")], ids=_name)
def test_web_captions_lose_no_cue(path):
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig").replace("\r\n", "\n")
    parsed = read_subtitles(data)
    assert (parsed.format, len(parsed.cues)) == ("webvtt", len(TIMES.findall(text)))
    assert {item.kind for item in parsed.damage} <= {"not-kept"}


@needs_corpus
@pytest.mark.parametrize("path", [*_files("imsc1_1/**/*.ttml"), *_files("ebu-tt-d/*.*ml")], ids=_name)
def test_ttml_documents_are_read(path):
    """Each p with text is a cue or reported."""
    parsed = read_subtitles(path.read_bytes())
    assert parsed.format in ({"imsc1.1", "ttml1"} if "imsc1_1" in path.parts else {"ebu-tt-d", "ttml1"})
    known = "".join("".join(item.text.split()) for item in (*parsed.cues, *parsed.damage))
    known += "".join("".join(run.ruby.split()) for cue in parsed.cues for run in cue.runs)
    for element in etree.parse(path).iter("{http://www.w3.org/ns/ttml}p"):
        for text in element.itertext(tag=etree.Element):
            assert "".join(text.split()) in known
    assert parsed.cues or any(item.kind == "not-kept" for item in parsed.damage)
    assert not [item for item in parsed.damage if item.kind in {"bad-timestamp", "bad-reference", "unparsed-text"}]


@needs_corpus
@pytest.mark.parametrize("path", _files("webvtt-parsing/*.vtt"), ids=_name)
def test_parser_trials_of_webvtt(path):
    """Each row of text that says what it is, `text…` or `invalid…`, is in a cue or reported."""
    parsed = read_subtitles(path.read_bytes())
    known = "\n".join([*(cue.text for cue in parsed.cues), *(item.text for item in parsed.damage)])
    assert parsed.format == "webvtt"
    for word in re.findall(r"^(?:in)?valid\d*$|^text\d*$", path.read_text(encoding="utf-8-sig"), re.MULTILINE):
        assert word in known


@needs_corpus
@pytest.mark.slow
def test_every_file_keeps_its_cues_through_every_format():
    for path in (path for path in CORPUS.rglob("*") if path.is_file()):
        try:
            parsed = read_subtitles(path.read_bytes())
        except NotSubtitlesError:
            continue
        if not parsed.cues:
            continue
        for name in TEXTS:
            converted = convert(parsed.cues, name, Target("ko"))
            again = read_subtitles(converted.data) if converted.cues else parsed
            said = [cue.text for cue in again.cues] == [cue.text for cue in converted.cues]
            assert said or converted.losses, (path, name)
