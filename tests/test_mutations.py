"""Every format under seeded mutations of its own files: cues, damage, or one error that says why; never endless work.

RELEASEPRINT_MUTATIONS sets how many for each format, such as 100000.
"""

import os
import random
import re
import time
from fractions import Fraction

import pytest

from assets.subtitles import (
    FORMATS,
    Cue,
    Run,
    Target,
    format_of,
    read_subtitles,
    srt,
    srt_scan,
    srt_text,
    write_subtitles,
)
from assets.subtitles.decoding import newlines
from assets.subtitles.model import Damage
from assets.subtitles.reading import NotSubtitlesError
from assets.timing import from_frames

FEW, MANY = 400, 3_000
SECONDS = 2.0
"""What reading one small file may take, on a machine that does other things beside."""

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949", "cp932", "euc_jp", "cp1252", "latin-1")
PIECES = (
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"<",
    b">",
    b"&",
    b"-->",
    b"{\\",
    b"}",
    b"\xff",
    b"\x8f",
    b"]]>",
    b"<!--",
    b"\x1a",
)


def sources(name):
    """Two files of a format: bare, and with all that it can hold."""
    rate = Fraction(30000, 1001) if name == "scc" else Fraction(25)
    target = Target("en", rate)
    row = "Row" if name in {"stl", "scc"} else "보러 映画"
    plain = [
        Cue(n, from_frames(50 * n, rate), from_frames(50 * n + 40, rate), (Run(f"{row} {n}"),)) for n in range(1, 6)
    ]
    rich = [
        Cue(1, from_frames(25, rate), from_frames(60, rate), (Run("One "), Run("two", italic=True), Run("\nthree"))),
        Cue(2, from_frames(90, rate), from_frames(140, rate), (Run("Top", bold=True, colour="#ffff00"),), position=8),
        Cue(3, from_frames(200, rate), from_frames(260, rate), (Run("Caf\u00e9 & <b>"), Run("\nend", underline=True))),
    ]
    if not format_of(name).is_binary and name != "scc":
        rich.append(Cue(4, from_frames(300, rate), from_frames(350, rate), (Run("영화를 보러\n映画を観る"),)))
    return [write_subtitles(plain, name, target), write_subtitles(rich, name, target)]


def mutated(data, other, choose):
    """The bytes with a few accidents: flipped bits, cuts, doublings, another file's pieces, another encoding."""
    for _ in range(choose.randint(1, 4)):
        start = choose.randint(0, len(data))
        stop = min(len(data), start + choose.choice((1, 2, 8, 40, 200)))
        kind = choose.randrange(7)
        if kind == 0 and start < len(data):
            data = data[:start] + bytes([data[start] ^ 1 << choose.randrange(8)]) + data[start + 1 :]
        elif kind == 1:
            data = data[:start] + data[stop:]
        elif kind == 2:
            data = data[:stop] + data[start:stop] * choose.randint(1, 3) + data[stop:]
        elif kind == 3:
            data = data[:start] + other[choose.randint(0, len(other)) :]
        elif kind == 4:
            data = data[:start] + choose.choice(PIECES) + data[start:]
        elif kind == 5:
            data = data[:start] if choose.random() < 0.3 else data[start:] + data[:start]
        else:
            text = data.decode(choose.choice(ENCODINGS), "replace")
            data = text.encode(choose.choice(ENCODINGS), "replace")
    return data


def attempt(name, seed, files):
    """Read one mutated file; what it was in an assertion that fails."""
    choose = random.Random(f"{name} {seed}")  # noqa: S311 -- the same mutations every time
    data = mutated(choose.choice(files), choose.choice(files), choose)
    begun = time.process_time()
    try:
        read = read_subtitles(data)
    except NotSubtitlesError:
        return
    except Exception as error:
        raise AssertionError(f"{name} {seed}: {data!r}") from error
    finally:
        assert time.process_time() - begun < SECONDS, (name, seed)
    assert [cue.number for cue in read.cues] == list(range(1, len(read.cues) + 1)), (name, seed)
    assert all(isinstance(item, Damage) and item.kind and item.what for item in read.damage), (name, seed)
    if read.format in TAGS:
        assert_accounted(read, data, (name, seed))


TAGS = {
    "srt": re.compile(r"</?font[^<>]*>", re.IGNORECASE),
    "webvtt": re.compile(r"(?<=\n)NOTE[^\n]*(?:\n[^\n]+)*|</?[a-z][^<>]*>"),
    **dict.fromkeys(("ttml1", "imsc1.1", "ebu-tt-d", "itt"), re.compile(r"(?s)\A.*?<body|<!--.*?-->|<[^<>]*>")),
    "sami": re.compile(r"(?s)\A.*?<BODY|</?[A-Za-z][^<>]*>"),
    "ass": re.compile(r"(?s)\A.*?\[Events\]|\{[^{}]*\}"),
    "ssa": re.compile(r"(?s)\A.*?\[Events\]|\{[^{}]*\}"),
}
"""By format what is no text of a cue: tags, comments, the head."""

LETTERS = "영화를보러映画観"
"""Letters of the cues of `sources`, none of which is in the words of a format."""


def assert_accounted(read, data, which):
    """Every letter of the cues of a text is in a cue, its times, a tag, or damage."""
    if read.bom or read.encoding not in {"utf-8", "cp949", "cp932", "euc_jp"}:
        return
    text = TAGS[read.format].sub("", data.decode(read.encoding, "replace"))
    known = "".join([*(cue.text + cue.id for cue in read.cues), *(item.text for item in read.damage)])
    lost = {letter: text.count(letter) - known.count(letter) for letter in LETTERS}
    assert all(number <= 0 for number in lost.values()), (which, lost)


def test_plain_cues_and_the_scan_agree():
    """The quick way through a SubRip text and the careful one give the same, whatever is wrong with the text."""
    files = sources("srt")
    for seed in range(FEW):
        choose = random.Random(f"scan {seed}")  # noqa: S311 -- the same mutations every time
        text = newlines(mutated(choose.choice(files), choose.choice(files), choose).decode("utf-8", "replace"))
        quick = srt.read(text)
        careful = [(frame.line, "\n".join(frame.rows), frame.index) for frame in srt_scan.scan(text.split("\n")).frames]
        found = [(cue.line, cue.text) for cue in quick.cues]
        wanted = [(line, "".join(run.text for run in srt_text.runs(words, line, [])[0])) for line, words, _ in careful]
        assert found == wanted, seed
        kinds = {"missing-blank-line", "bad-index", "missing-index", "odd-timestamp", "bad-timestamp", "unparsed-text"}
        kinds.add("misplaced-blank-line")
        scanned = sorted((item for item in srt_scan.scan(text.split("\n")).damage), key=repr)
        assert sorted((item for item in quick.damage if item.kind in kinds), key=repr) == scanned, seed


def count(default):
    return int(os.environ.get("RELEASEPRINT_MUTATIONS", default))


@pytest.mark.parametrize("name", FORMATS)
def test_some_mutations(name):
    files = sources(name)
    for seed in range(FEW):
        attempt(name, seed, files)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_many_mutations(name):
    files = sources(name)
    for seed in range(FEW, FEW + count(MANY)):
        attempt(name, seed, files)
