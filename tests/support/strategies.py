"""Hypothesis strategies: subtitles in Korean, Japanese and English, with all that a format could stumble on."""

from dataclasses import replace

from hypothesis import strategies as st

from assets.subtitles import Cue, Run, markup
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


def mutations(data: bytes):
    """The bytes with a few of them changed, cut out or put in."""
    edit = st.tuples(st.integers(0, len(data)), st.integers(0, 9), st.binary(max_size=6))

    def mutate(edits):
        result = data
        for at, cut, put in edits:
            result = result[:at] + put + result[at + cut :]
        return result

    return st.lists(edit, min_size=1, max_size=6).map(mutate)
