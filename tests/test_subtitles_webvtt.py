"""WebVTT: what players show is read, what they drop or the model cannot hold is reported."""

import pytest

from assets.subtitles import Cue, Run, Target, read_subtitles, write_subtitles
from assets.timing import TICKS_PER_MS

HEAD = "WEBVTT\n\n"
ONE = "00:00:01.000 --> 00:00:02.000\n하나\n"
TWO = "00:03.000 --> 00:04.000\n둘\n"
WELL = ["1000-2000 하나", "3000-4000 둘"]

FILES = {
    "well formed": (f"{HEAD}{ONE}\n{TWO}", WELL, []),
    "CR": (f"{HEAD}{ONE}\n{TWO}".replace("\n", "\r"), WELL, []),
    "CR LF": (f"{HEAD}{ONE}\n{TWO}".replace("\n", "\r\n"), WELL, []),
    "byte order mark": (f"\ufeff{HEAD}{ONE}", WELL[:1], []),
    "title": (f"WEBVTT - 제목\n\n{ONE}", WELL[:1], []),
    "identifiers": (f"{HEAD}첫째\n{ONE}\n2\n{TWO}", WELL, []),
    "comments": (f"{HEAD}NOTE 하나\n둘\n\n{ONE}\nNOTE\n\n{TWO}", WELL, []),
    "no cue": ("WEBVTT", [], []),
    "style and region": (
        f"{HEAD}STYLE\n::cue {{ color: red }}\n\nREGION\nid:a\n\n{ONE}",
        WELL[:1],
        ["not-kept 3: STYLE\n::cue { color: red }", "not-kept 6: REGION\nid:a"],
    ),
    "style after a cue": (f"{HEAD}{ONE}\nSTYLE\na", WELL[:1], ["unparsed-text 6: STYLE\na"]),
    "header lines": (
        f"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000\n\n{ONE}",
        WELL[:1],
        ["not-kept 2: X-TIMESTAMP-MAP=MPEGTS:900000"],
    ),
    "no blank line after the header": (
        f"WEBVTT\n{ONE}",
        WELL[:1],
        ["missing-blank-line 2: 00:00:01.000 --> 00:00:02.000"],
    ),
    "blank lines before the header": (f"\n{HEAD}{ONE}", WELL[:1], ["bad-header 2: WEBVTT"]),
    "header in lower case": (f"webvtt\n\n{ONE}", WELL[:1], ["bad-header 1: webvtt"]),
    "glued cues": (f"{HEAD}{ONE}{TWO}", WELL, ["missing-blank-line 5: 00:03.000 --> 00:04.000"]),
    "block without times": (f"{HEAD}길 잃은\n글\n\n{ONE}", WELL[:1], ["unparsed-text 3: 길 잃은\n글"]),
    "comma": (
        HEAD + ONE.replace(".", ","),
        WELL[:1],
        ["odd-timestamp 3: 00:00:01,000 --> 00:00:02,000"],
    ),
    "times that cannot be read": (
        f"{HEAD}1\nx --> 00:02.000\n하나\n\n{TWO}",
        WELL[1:],
        ["bad-timestamp 4: 1\nx --> 00:02.000\n하나"],
    ),
    "settings": (
        f"{HEAD}00:01.000 --> 00:02.000 line:3 size:400% vertical:up align:center\n하나",
        WELL[:1],
        ["not-kept 3: size:400% vertical:up line:3"],
    ),
    "no duration": (
        f"{HEAD}00:02.000 --> 00:01.000\n하나",
        ["2000-1000 하나"],
        ["no-duration 3: 00:00:02.000 --> 00:00:01.000"],
    ),
    "out of order": (f"{HEAD}{TWO}\n{ONE}", [WELL[1], WELL[0]], ["out-of-order 6: 00:00:01.000"]),
    "empty cue": (f"{HEAD}00:01.000 --> 00:02.000\n\n{TWO}", ["1000-2000 ", WELL[1]], ["empty-cue 3: "]),
    "zero byte": (
        f"{HEAD}{ONE}".replace("하나", "하\0나"),
        [WELL[0].replace("하나", "하\ufffd나")],
        ["control-character 4: 하<U+0000>나"],
    ),
    "zero byte in the times": (
        f"{HEAD}{ONE}".replace("01.000", "01.\x00000"),
        WELL[:1],
        [
            "control-character 3: 00:00:01.<U+0000>000 --> 00:00:02.000",
            "odd-timestamp 3: 00:00:01.\ufffd000 --> 00:00:02.000",
        ],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_file(name):
    text, cues, damage = FILES[name]
    parsed = read_subtitles(text.encode())
    assert parsed.format == "webvtt"
    read = [f"{cue.start // TICKS_PER_MS}-{cue.end // TICKS_PER_MS} {cue.text}" for cue in parsed.cues]
    assert read == cues
    assert sorted(f"{item.kind} {item.line}: {item.text}" for item in parsed.damage) == damage


@pytest.mark.parametrize(
    ("text", "runs", "lost"),
    [
        ("<i>가</i><b>나</b><u>다</u>", (Run("가", italic=True), Run("나", bold=True), Run("다", underline=True)), ""),
        ("R&amp;D &lt;i&gt; &nbsp;&#xac00;", (Run("R&D <i> \u00a0가"),), ""),
        ("<c>가</c>", (Run("가"),), ""),
        ("<c.yellow>가</c>", (Run("가", colour="#ffff00"),), ""),
        ("<c.loud.bg_blue>가</c>나", (Run("가", background="#0000ff"), Run("나")), "<c.loud.bg_blue>"),
        ("<i.red>가<c.lime>나</c></i>", (Run("가", True, colour="#ff0000"), Run("나", True, colour="#00ff00")), ""),
        ("<v 철수>가</v>", (Run("가", speaker="철수"),), ""),
        ("<v.loud Jane  &amp; Doe>가\n나", (Run("가\n나", speaker="Jane & Doe"),), "<v.loud Jane  &amp; Doe>"),
        ("<lang ja>映画</lang>", (Run("映画", language="ja"),), ""),
        ("<ruby>映画<rt>えいが</rt>館</ruby>", (Run("映画", ruby="えいが"), Run("館")), ""),
        ("<ruby>映<rt>えい<rt>x</rt>画<rt>が</ruby>", (Run("映", ruby="えい"), Run("画", ruby="が")), "<rt>x</rt>"),
        ("<ruby>映画<rt>えいが", (Run("映画", ruby="えいが"),), ""),
        ("<ruby>映<b>画</b><rt>えいが</rt></ruby>", (Run("映画", ruby="えいが"),), "styles within the base 映画"),
        ("<ruby>映画<rt><b>えいが</b></rt></ruby>", (Run("映画", ruby="えいが"),), "<b> </b>"),
        ("<ruby><rt>えいが</rt></ruby>館", (Run("館"),), "<rt>えいが</rt>"),
        ("가<rt>나</rt>", (Run("가나"),), "<rt> </rt>"),
        ("가<00:01.500>나", (Run("가나"),), "<00:01.500>"),
        ("가 <3", (Run("가 "),), "<3"),
    ],
)
def test_text(text, runs, lost):
    parsed = read_subtitles(f"{HEAD}00:01.000 --> 00:02.000\n{text}".encode())
    assert parsed.cues[0].runs == runs
    assert [item.text for item in parsed.damage if item.kind == "not-kept"] == [lost][: bool(lost)]


def test_a_tag_without_its_other_half_is_reported():
    parsed = read_subtitles(f"{HEAD}00:01.000 --> 00:02.000\n<i>가".encode())
    assert [(item.kind, item.text) for item in parsed.damage] == [("unbalanced-tag", "<i>")]


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("", 2),
        ("line:0", 8),
        ("line:-1", 2),
        ("line:-0", 8),
        ("line:3", 8),
        ("line:-3", 2),
        ("line:auto", 2),
        ("line:50%,center", 5),
        ("align:right", 3),
        ("position:0%", 2),
        ("line:5%", 8),
        ("line:50%", 5),
        ("line:90%,end", 2),
        ("line:x", 2),
        ("align:start position:0%", 1),
        ("line:0 align:end", 9),
        ("align:middle position:50%", 2),
    ],
)
def test_place(settings, place):
    parsed = read_subtitles(f"{HEAD}00:01.000 --> 00:02.000 {settings}\n가".encode())
    assert parsed.cues[0].position == place


def test_written_form():
    cue = Cue(1, 0, TICKS_PER_MS, (Run("<1> & --> 2\n\n"), Run("둘", italic=True)), position=8)
    assert write_subtitles([cue], "webvtt", Target("ko")).decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.001 line:0\n&lt;1&gt; &amp; --&gt; 2\n<i></i>\n<i>둘</i>\n"
    )
