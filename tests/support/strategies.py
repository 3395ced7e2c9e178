"""Hypothesis strategies: subtitles in Korean, Japanese and English, with all that a format could stumble on."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from assets.subtitles import Cue, Region, Run, markup, ttml_region
from assets.timing import TICKS_PER_MS

STRUCTURE = (
    "\n",
    "\n\n",
    "1",
    "\n7\n",
    "-->",
    "00:00:01,000 --> 00:00:02,000",
    "0:1.5->0:2",
    "<i>",
    "</b>",
    "<font color=red>",
    "{\\an8}",
    "{\\i1}",
    "{\\pos(1,2)}",
    "&amp;",
    "&lt;",
    "<br/>",
    "]]>",
    "<!--",
    "NOTE",
    "STYLE",
    "WEBVTT",
    "  ",
    "\t",
    "\u3000",
    "\u00a0",
    "\u0085",
    "\u2028",
    "\ufeff",
)
"""What means something in one of the formats, or to a careless splitter of lines, and here is plain text."""

LANGUAGES = (
    st.text("가각힣뷁우리영화는안녕하세요 ,.!?", min_size=1, max_size=12),
    st.text("\u1112\u1161\u11ab\u1100\u1173\u11af", min_size=1, max_size=6),
    st.text("映画を観る字幕カタカナｶﾀｶﾅ「」、。！？・ー", min_size=1, max_size=12),
    st.text("The quick brown fox. <>&{}\\\"'-:;#%/", min_size=1, max_size=20),
    st.sampled_from(["e\u0301", "🎬", "👩‍👩‍👧", "🇰🇷", "か\u3099", "…", "—", "♪"]),
)

texts = st.lists(st.one_of(*LANGUAGES, st.sampled_from(STRUCTURE)), max_size=6).map("".join)
runs = st.builds(Run, texts, st.booleans(), st.booleans(), st.booleans())
milliseconds = st.integers(0, 100 * 3_600_000).map(lambda ms: ms * TICKS_PER_MS)
ticks = st.integers(0, 100 * 3_600_000 * TICKS_PER_MS)


def cues(times=milliseconds):
    """Lists of cues with canonical runs, numbered from 1."""
    one = st.builds(
        Cue,
        number=st.just(1),
        start=times,
        end=times,
        runs=st.lists(runs, max_size=4).map(markup.tidy),
        position=st.integers(1, 9),
    )
    return st.lists(one, min_size=1, max_size=5).map(
        lambda found: [replace(cue, number=number) for number, cue in enumerate(found, 1)]
    )


REGIONS = (
    Region(Fraction(10), Fraction(70), Fraction(80), Fraction(20), "after", "lrtb", "lower"),
    Region(Fraction("12.5"), Fraction("5.25"), Fraction(75), Fraction("14.000001"), "before", "lrtb", "표지판"),
    Region(Fraction(30), Fraction(40), Fraction(40), Fraction(20), "center", "lrtb", ""),
    Region(Fraction(80), Fraction(10), Fraction(15), Fraction(80), "before", "tbrl", "tate"),
    Region(Fraction(5), Fraction(10), Fraction(15), Fraction(80), "after", "tbrl", ""),
    Region(Fraction(0), Fraction(0), Fraction(100), Fraction(100), "after", "tblr", "whole"),
    Region(Fraction(20), Fraction(10), Fraction(60), Fraction(10), "before", "rltb", "rtl"),
)

rich_runs = st.builds(
    Run,
    texts,
    italic=st.booleans(),
    bold=st.booleans(),
    underline=st.booleans(),
    emphasis=st.sampled_from(("", "filled dot outside", "open sesame", "filled circle before", "auto")),
    combine=st.booleans(),
    colour=st.sampled_from(("", "#ffff00", "#00ffff80")),
    background=st.sampled_from(("", "#000000", "#000000c2")),
    font=st.sampled_from(("", "Noto Sans CJK JP", "monospaceSerif", 'A "B", C', '"Noto Serif", serif', "1 2\\")),
    language=st.sampled_from(("", "en", "ko-KR")),
    speaker=st.sampled_from(("", "민지", "桜 <1>")),
)
ruby_runs = st.builds(
    lambda run, base, ruby, position: replace(run, text=base, ruby=ruby, ruby_position=position),
    rich_runs,
    st.text("映画観字幕漢 ", min_size=1, max_size=4),
    st.text("えいがかんじ・& ", min_size=1, max_size=8),
    st.sampled_from(("", "outside", "before", "after")),
)


def rich_cues(times=milliseconds):
    """Lists of cues with all that the model holds, numbered from 1; ids are names of XML, and none occurs twice.

    A cue's position is where its region is. Slant is of whole cues, as shear is. No run is in the language `ja`.
    """
    region = st.one_of(st.none(), st.sampled_from(REGIONS))
    one = st.builds(
        Cue,
        number=st.just(1),
        start=times,
        end=times,
        runs=st.lists(st.one_of(runs, rich_runs, ruby_runs), max_size=4).map(markup.tidy),
        position=st.integers(1, 9),
        region=region,
        text_align=st.sampled_from(("", "start", "center", "end", "left", "right")),
        rows_align=st.sampled_from(("", "start", "center", "end")),
        slant=st.sampled_from((Fraction(0), Fraction("16.6667"), Fraction("-16.78842"))),
        forced=st.booleans(),
        id=st.sampled_from(("", "c", "자막", "x-y.z")),
    )

    def numbered(found):
        for number, cue in enumerate(found, 1):
            position = ttml_region.keypad(cue.region, cue.text_align) if cue.region else cue.position
            yield replace(cue, number=number, position=position, id=f"{cue.id}{number}" if cue.id else "")

    return st.lists(one, min_size=1, max_size=5).map(lambda found: list(numbered(found)))


def mutations(data: bytes):
    """The bytes with a few of them changed, cut out or put in."""
    edit = st.tuples(st.integers(0, len(data)), st.integers(0, 9), st.binary(max_size=6))

    def mutate(edits):
        result = data
        for at, cut, put in edits:
            result = result[:at] + put + result[at + cut :]
        return result

    return st.lists(edit, min_size=1, max_size=6).map(mutate)
