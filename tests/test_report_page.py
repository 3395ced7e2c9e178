import re
from dataclasses import replace

import pytest
import reports
from report_pages import CONTEXT, SIGNALS, Page, page, words_of

from checks.core import At, Severity
from cli.render.report import drawing, render
from cli.render.report import page as report_page
from cli.render.report.page import MOST_WITHOUT_SCRIPT


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_the_verdict_is_said_in_the_title_and_in_a_band(name):
    report = reports.SAMPLES[name]
    text = render(report)
    assert f"<title>{report.verdict.upper()}: " in text
    assert f'<p class="verdict {report.verdict}"><strong>' in text
    assert f">{report.verdict.upper()}</span></strong>" in text


def test_every_finding_and_every_gap_is_there_once():
    report = reports.long(60)
    text = page(report).text
    for finding in report.findings:
        assert text.count(words_of(finding.message)) == 1
    for item in report.not_checked:
        assert text.count(words_of(item.reason)) == 1


def test_a_finding_says_all_that_is_known():
    text = page(reports.FAILING).text
    for said in (
        "error 00:00:00:00 black for 12.5 s, at most 2 s a player shows the head as it is",
        "warning 00:00:31.500 reads too fast: 港はもう凍っている。 ⏎ 誰も待っていない。 measured 6.7 characters/s",
        "borderline: passes one reading of the clause and fails another",
        "subtitle/line-too-long · cue 12, line 47 · Timed text style guide ko, I.4 0123456789abcdef",
    ):
        assert said in text


def test_head_summary_files_and_signature():
    text = page(reports.INCOMPLETE, CONTEXT).text
    for said in (
        "Winter Harbour (겨울 항구) 겨울 항구 Winter Harbour 冬の港 INCOMPLETE 1 required check could not run",
        "Rights window asia-svod Territory KR Rights as of 2026-11-20 00:00:00+00:00",
        "Judged at 2026-11-20 09:30:00+09:00 Judged by releaseprint 0.1.0 Operator 김하늘",
        "Masters masters/winter-harbour_ko.mov Start timecode 01:00:00:00",
        "2 errors, 2 warnings, 1 note · 6 checks made · 2 items not checked",
        "All 2 2 1",
        f"PCM stereo 48 kHz {'a1' * 32} master ko ko 61.2 GB 01:23:55:00 1 h 24 min 1 error, 1 note",
        "artwork/poster.jpg poster not readable",
        "Checks that ran artwork/size master/black-at-head",
        "Signed Name Signature Date",
    ):
        assert said in text


def test_a_waived_finding_stands_apart_with_who_answers_for_it():
    found = page(reports.WAIVED)
    assert "No findings." in found.text
    assert (
        "극장판의 검은 도입부: the director wants it — 김하늘 , 2026-11-19, until 2027-03-31"
        in found.text.split("Waivers")[2]
    )
    assert found.data["waived"][0][1] == [
        "극장판의 검은 도입부: the director wants it",
        "김하늘",
        "2026-11-19",
        "2027-03-31",
    ]


def test_the_data_has_each_finding_with_the_values_of_its_template():
    data = page(reports.FAILING, CONTEXT).data
    number = next(place for place, row in enumerate(data["findings"]) if row[13] == reports.LINE_LENGTH.fingerprint)
    row = data["findings"][number]
    texts = [data["strings"][row[place]] for place in (0, 3, 8, 9)]
    assert texts == ["subtitle/line-too-long", "cue 12", "18.5", "16"]
    assert data["templates"][row[7]][3] == ["measured", "allowed", "line"]
    assert data["strings"][row[-1]] == "오늘은 아무 데도 가지 말고 여기 있어요!"
    assert data["assets"][row[2]] == {"name": reports.KOREAN.name, "language": "ko", "rate": [24000, 1001]}
    assert row[4:7] == [1489, 1534, 47]
    assert list(data["stills"].values()) == ["stills/a1-0.jpg"]


def test_a_message_that_its_values_do_not_give_is_kept_as_it_is():
    odd = replace(reports.BLACK, template="{measured} of {unknown}", message="3 {of} them", values=())
    data = page(replace(reports.FAILING, findings=(odd,))).data
    assert data["templates"][data["findings"][0][7]][0] == "3 {{of}} them"


def test_cues_have_their_counts_and_limits():
    (track,) = page(reports.FAILING, CONTEXT).data["tracks"]
    assert (track["cpl"], track["cps"], track["left_out"]) == (16, 12, 0)
    assert track["cues"] == [
        [12, 62125, 64000, 1489, 1534, [["오늘은 아무 데도 가지 말고 여기 ", "있어요!"], "네."], [39, 3], 112],
    ]


def test_cues_fill_the_room_that_a_page_has_left_and_no_track_takes_that_of_another(monkeypatch):
    (track,) = CONTEXT.tracks
    (cue,) = track.cues
    long, short = (replace(track, cues=tuple(replace(cue, number=n) for n in range(many))) for many in (5000, 100))
    most = len(render(reports.FAILING, CONTEXT).encode()) + 60_000
    monkeypatch.setattr(report_page, "MOST_BYTES", most)
    text = render(reports.FAILING, replace(CONTEXT, tracks=(long, replace(short, asset=reports.ENGLISH.name))))
    first, second = Page(text).data["tracks"]
    assert most - 30_000 < len(text.encode()) <= most + 200
    assert 0 < len(first["cues"]) == 5000 - first["left_out"]
    assert second["left_out"] == 0
    monkeypatch.setattr(report_page, "MOST_BYTES", 0)
    assert page(reports.FAILING, CONTEXT).data["tracks"][0]["left_out"] == 1


def test_the_time_line_shows_findings_cuts_bands_and_curves():
    lanes = drawing.lanes(CONTEXT.reels[0], reports.FAILING.findings, CONTEXT.tracks)
    assert [lane.name for lane in lanes] == ["Findings", "Cues", "Cuts", "Picture", "Sound", "Loudness"]
    drawn = {kind: path for lane in lanes for kind, path in lane.paths}
    assert drawn["cut"] == "M500 0V100"
    assert drawn["black"] == "M0 0V100H100V0Z"
    assert drawn["silence"] == "M0 0V100H200V0Z"
    assert drawn["short"] == "M200 40L300 37"
    assert drawn["error"] == "M0 0V32H1250V0ZM6212 0V32H6400V0Z"
    assert 'viewBox="0 0 6000 100"' in render(reports.FAILING, CONTEXT)


@pytest.mark.parametrize("seconds", [5_040, 100_000])
def test_curves_are_thinned(seconds):
    (sound,) = SIGNALS.sounds
    long = replace(sound, peaks=(-600,) * seconds, loudness=replace(sound.loudness, curve=(-2300,) * seconds))
    reel = replace(CONTEXT.reels[0], signals=replace(SIGNALS, sounds=(long,)))
    drawn = {kind: path for lane in drawing.lanes(reel, (), ()) for kind, path in lane.paths}
    assert 1 < len(re.findall("[ML]", drawn["short"])) <= drawing.MOST_POINTS
    assert len(re.findall("[ML]", drawn["peak"])) <= 2 * drawing.MOST_POINTS


def test_without_the_script_the_worst_findings_are_shown_and_the_others_counted():
    few = [
        replace(reports.COLOUR, fingerprint=f"{number:016x}", at=At(f"cue {number}"))
        for number in range(MOST_WITHOUT_SCRIPT)
    ]
    found = page(replace(reports.FAILING, findings=(*few, reports.BLACK)))
    assert (
        len([values for values in found.all("li") if values.get("class", "").startswith("finding")])
        == MOST_WITHOUT_SCRIPT
    )
    assert reports.BLACK.message in found.text
    assert "shows the worst 1000 of 1001 findings; all of them are in the report as JSON or CSV" in found.text
    assert len(found.data["findings"]) == MOST_WITHOUT_SCRIPT + 1
    assert {row[1] for row in found.data["findings"]} == {Severity.NOTE, Severity.ERROR}
