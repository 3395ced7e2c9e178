import io
import re

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from cli.render import qc_notes, text

AT_80_COLUMNS = """\
Winter Harbour (겨울 항구)

Title         winter-harbour
Format        1 x 84
Platform      Subscription VOD, generic (svod), revision 2026-11
Spec          Generic subscription VOD spec
Window        asia-svod
Territory     KR
Rights as of  2026-11-20 00:00:00+00:00
Judged at     2026-11-20 09:30:00+09:00 by releaseprint 0.1.0

INCOMPLETE  1 required check could not run, which is not a pass; 2 errors forbid
            delivery.

ASSETS
  masters/winter-harbour_ko.mov
      master, version ko, language ko
      ProRes 422 HQ, 1920 x 1080, 10 bit, PCM stereo 48 kHz
      61.2 GB, 01:23:55:00 (1 h 24 min), SHA-256 a1a1a1a1a1a1
  subtitles/winter-harbour_ko.srt
      subtitles, version ko, language ko
      SubRip, UTF-8, 1203 cues, SDH
      98.3 kB, 01:23:16:00 (1 h 23 min 21 s), SHA-256 b2b2b2b2b2b2
  subtitles/冬の港_ja.ttml
      subtitles, version ko, language ja
      IMSC 1.1, 1188 cues
      204.8 kB, SHA-256 c3c3c3c3c3c3
  subtitles/winter-harbour_en.srt
      subtitles, version ko, language en
      SubRip, UTF-8, 1197 cues
      101.4 kB, SHA-256 d4d4d4d4d4d4
  artwork/poster.jpg
      poster
      not readable

FINDINGS
2 errors, 2 warnings, 1 note from 6 checks

Title, metadata and rights  1 warning
  warning   metadata/synopsis-missing  synopses.ja, line 31
            no synopsis in Japanese
            Avails guide, Synopsis

masters/winter-harbour_ko.mov  1 error, 1 note, timecode at 23.976 fps
                   note      master/colour-range  video stream 0
                             the file does not say its colour range
                             measured unknown, allowed limited
                             Delivery spec 3.1
      00:00:00:00  error     master/black-at-head
   to 00:00:12:11            black for 12.5 s, at most 2 s
                             Delivery spec 4.2

subtitles/winter-harbour_ko.srt  1 error, timecode at 23.976 fps
      00:01:02:01  error     subtitle/line-too-long  cue 12, line 47
   to 00:01:03:22            18.5 characters, at most 16: 오늘은 아무 데도 가지
                             말고 여기 있어요!
                             Timed text style guide ko, I.4

subtitles/冬の港_ja.ttml  1 warning
     00:00:31.500  warning   subtitle/reading-speed  cue 7
  to 00:00:32.400            reads too fast: 港はもう凍っている。 ⏎
                             誰も待っていない。
                             measured 6.7 characters/s, allowed 4 characters/s
                             Timed text style guide ja, I.2
                             borderline: passes one reading of the clause and
                             fails another

NOT CHECKED
  required  audio/loudness  masters/winter-harbour_ko.mov
            the sound was not measured
  optional  artwork/safe-area  artwork/poster.jpg
            the picture could not be opened: 끝이 잘린 파일
"""


def rendered(report, width=80, *, verbose=False, fingerprints=False, **settings):
    output = io.StringIO()
    text.render(report, Console(file=output, width=width, **settings), verbose=verbose, fingerprints=fingerprints)
    return output.getvalue()


def words_of(output):
    """The output with every run of white space as one space, so that wrapping does not matter."""
    return " ".join(output.split())


def test_the_whole_report_at_80_columns():
    assert rendered(reports.INCOMPLETE) == AT_80_COLUMNS


def test_a_wide_terminal_has_the_assets_in_a_table():
    lines = rendered(reports.INCOMPLETE, width=140).splitlines()
    start = lines.index("ASSETS")
    assert words_of(lines[start + 1]) == "Asset Kind Version Language Facts Size Duration SHA-256"
    assert words_of(lines[start + 2]) == (
        "masters/winter-harbour_ko.mov master ko ko ProRes 422 HQ, 1920 x 1080, 10 bit, "
        "61.2 GB 01:23:55:00 a1a1a1a1a1a1"
    )
    assert "not readable" in lines[start + 7]


def test_verbose_adds_digests_reasons_and_the_checks_that_ran():
    quiet, verbose = rendered(reports.FAILING), rendered(reports.FAILING, width=140, verbose=True)
    for said in (reports.MASTER.sha256, reports.BLACK.reason, "CHECKS THAT RAN", "artwork/size"):
        assert said in verbose
        assert said not in quiet


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_the_verdict_is_said_in_words(name):
    report = reports.SAMPLES[name]
    assert f"\n{report.verdict.upper()}  " in rendered(report)


def test_nothing_found_and_nothing_left_out():
    output = rendered(reports.PASSING)
    assert "FINDINGS\nno findings from 6 checks\n" in output
    assert "NOT CHECKED\nNo check was left out.\n" in output


@pytest.mark.parametrize("width", [80, 140])
def test_every_finding_and_every_gap_is_there_once(width):
    report = reports.long(40)
    output = words_of(rendered(report, width=width))
    for finding in report.findings:
        assert output.count(words_of(finding.message.replace("\n", " ⏎ "))) == 1
    for item in report.not_checked:
        assert output.count(f"{item.check} {item.asset} {item.reason}") == 1


@given(st.integers(50, 200), st.booleans())
def test_no_line_is_wider_than_the_terminal(width, verbose):
    output = rendered(reports.long(10), width=width, verbose=verbose)
    assert max(map(cell_len, output.splitlines())) <= width


def test_no_escape_sequence_where_the_output_is_no_terminal():
    assert "\x1b" not in rendered(reports.INCOMPLETE)


def test_no_escape_sequence_where_colour_is_not_wanted(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    output = rendered(reports.INCOMPLETE, force_terminal=True)
    assert output == AT_80_COLUMNS


def test_colour_on_a_terminal_repeats_the_words(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    output = rendered(reports.INCOMPLETE, force_terminal=True, color_system="standard")
    assert "\x1b[1;33mINCOMPLETE" in output
    assert re.sub(r"\x1b\[[\d;]*m", "", output) == AT_80_COLUMNS


@pytest.mark.parametrize("hostile", ["\x1b]0;owned\x07", "\x1b[2J", "\x9b31m", "\u202eabc"])
@pytest.mark.parametrize("width", [80, 140])
def test_foreign_text_does_not_steer_the_terminal(hostile, width):
    output = rendered(reports.hostile(f"a{hostile}b"), width=width, verbose=True)
    assert not set(output) & {"\x1b", "\x07", "\x9b", "\u202e"}


@pytest.mark.parametrize("markup", ["[bold red]", "[/]", "[link=file:///etc]x[/link]", ":skull:"])
def test_foreign_text_is_not_taken_for_markup(markup):
    assert rendered(reports.hostile(markup), width=140).startswith(f"{markup}\n")


def test_what_is_waived_stands_apart():
    shown = rendered(reports.WAIVED, 100)
    assert "PASS  Nothing forbids delivery: 1 error is waived." in shown
    assert "FINDINGS\nno findings from 6 checks\n\nWAIVED\n1 error that somebody answers for\n" in shown
    assert "Waived: 극장판의 검은 도입부: the director wants it" in shown
    assert "김하늘, 2026-11-19, until 2027-03-31; 2123456789abcdef" in shown


def test_fingerprints_are_shown_when_asked_for():
    assert "0123456789abcdef" not in rendered(reports.FAILING, 80)
    assert "fingerprint 0123456789abcdef" in rendered(reports.FAILING, 80, fingerprints=True)
    assert "fingerprint 0123456789abcdef" in rendered(reports.FAILING, 80, verbose=True)


def test_qc_notes():
    assert qc_notes.render(reports.WAIVED) == (
        "QC notes: Winter Harbour (겨울 항구)\n"
        "Subscription VOD, generic, revision 2026-11, judged 2026-11-20T09:30:00+09:00\n"
        "\n"
        "masters/winter-harbour_ko.mov\n"
        "- 00:00:00:00: black for 12.5 s, at most 2 s [master/black-at-head]\n"
        "  Waived: 극장판의 검은 도입부: the director wants it\n"
        "  김하늘, 2026-11-19, until 2027-03-31; 2123456789abcdef\n"
    )
    both = qc_notes.dumps_all([reports.WAIVED, reports.FAILING])
    assert "\n\nQC notes: " in both
    assert both.endswith("Rights window asia-svod\n\nNone: no finding is waived.\n")
    assert "\x1b" not in qc_notes.render(reports.hostile("\x1b[2J\r\n"))
