import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import reports
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.signals.model import Loudness, PictureSignals, Signals, SoundSignals, Stretch
from assets.subtitles.model import Cue, Run
from assets.timing import from_ms
from checks.core import At, Severity
from cli.render.languages import LANGUAGES, phrase
from cli.render.report import Context, Reel, Track, drawing, parts, render
from cli.render.report.page import MOST_WITHOUT_SCRIPT
from cli.render.words import visible

VOID = {"meta", "input", "img", "track"}
SIGNALS = Signals(
    1,
    (PictureSignals(0, 0, from_ms(60_000), 1438, black=(Stretch(0, from_ms(1000)),), cuts=(from_ms(5000),)),),
    (
        SoundSignals(
            (1,),
            "stereo",
            0,
            from_ms(60_000),
            (),
            silence=(Stretch(0, from_ms(2000)),),
            loudness=Loudness(None, -2300, None, None, None, None, None, -100, curve=(None, -2400, -2200)),
            peaks=(-600, None, -100),
        ),
    ),
)
CONTEXT = Context(
    {"ko": "겨울 항구", "en": "Winter Harbour", "ja": "冬の港"},
    "김하늘",
    (
        Reel(
            reports.MASTER.name,
            from_ms(60_000),
            None,
            (("Start timecode", "01:00:00:00"),),
            (reports.KOREAN.name,),
            (),
            SIGNALS,
            "media/a1.mp4",
            (("ko", reports.KOREAN.name, "captions/b2.vtt"),),
        ),
    ),
    (
        Track(
            reports.KOREAN.name,
            "ko",
            (Cue(12, from_ms(62_125), from_ms(64_000), (Run("오늘은 아무 데도 가지 말고 여기 있어요!\n네."),)),),
            16,
            12,
        ),
    ),
    {(reports.MASTER.name, 0): "stills/a1-0.jpg"},
)


class Page(HTMLParser):
    """What a page consists of; refuses one whose elements are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.texts, self.raw = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in VOID | {"path"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in {"style", "script"}:
            self.raw.append(data)
        else:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    @property
    def data(self):
        return json.loads(self.raw[1])

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def page(report, *rest):
    return Page(render(report, *rest))


def words_of(text):
    return " ".join(visible(text).split())


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


def test_nothing_is_loaded_and_only_our_own_style_and_script_may_act():
    text = render(reports.long(60))
    found = Page(text)
    policy = found.all("meta")[1]["content"]
    for kind, raw in (("style", found.raw[0]), ("script", found.raw[2])):
        digest = base64.b64encode(hashlib.sha256(raw.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "img-src" not in policy
    attributes = Counter(name for _, values in found.elements for name in values)
    assert not attributes.keys() & {"src", "style", "srcset", "action", "onclick"}
    assert {values["href"][0] for _, values in found.elements if "href" in values} == {"#"}
    assert not re.search(r"https?:|url\(|@import|innerHTML|outerHTML|insertAdjacent|fetch\(|XMLHttp", text)


def test_media_are_only_those_beside_the_page():
    found = page(reports.FAILING, CONTEXT)
    assert [values["src"] for values in found.all("video") + found.all("track")] == ["media/a1.mp4", "captions/b2.vtt"]
    assert "media-src 'self' file:" in found.all("meta")[1]["content"]


HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</style></script><!--",
    "&lt;b&gt; &amp;amp;",
    "]]><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_stays_text(hostile):
    plain = "harm/less" if "/" in hostile else "harmless"  # a family ends at the slash
    found, harmless = page(reports.hostile(hostile)), page(reports.hostile(plain))
    shape = [(tag, sorted(attributes)) for tag, attributes in found.elements]
    assert shape == [(tag, sorted(attributes)) for tag, attributes in harmless.elements]
    assert (found.raw[0], found.raw[2]) == (harmless.raw[0], harmless.raw[2])
    assert found.text.count(words_of(hostile)) == harmless.text.count(plain)
    assert visible(hostile) in found.data["strings"]
    assert not set("<>&\u2028\u2029") & set(found.raw[1])


@settings(max_examples=40, deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_makes_a_whole_page(text, language):
    made = render(reports.hostile(text), language=language)
    made.encode("utf-8")
    assert visible(text) in Page(made).data["strings"]


def test_control_characters_do_not_reach_the_page():
    text = render(reports.hostile("a\x00\x1b\u202e\ud800b"))
    assert "a\\x00\\x1b\\u202e\\ud800b" in text
    assert not set(text) & {"\x00", "\x1b", "\u202e", "\ud800"}


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_landmarks_headings_and_headers_guide_who_cannot_see_the_page(name):
    found = page(reports.SAMPLES[name], CONTEXT)
    tags = Counter(tag for tag, _ in found.elements)
    assert (tags["header"], tags["main"], tags["footer"], tags["nav"], tags["h1"]) == (1, 1, 1, 1, 1)
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    named = [values["aria-labelledby"] for values in found.all("section") if "aria-labelledby" in values]
    assert set(named) <= set(ids)
    assert all(attributes.get("scope") in {"col", "row"} for attributes in found.all("th"))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("language", "heading"), [("en", "Findings"), ("ko", "지적 사항"), ("ja", "指摘事項")])
def test_the_page_opens_in_the_language_that_is_asked_for(language, heading):
    found = page(reports.FAILING, CONTEXT, language)
    assert found.all("html")[0]["lang"] == language
    assert heading in found.text
    checked = [
        values["value"] for values in found.all("input") if values.get("name") == "language" and "checked" in values
    ]
    assert checked == [language]
    assert found.data["patterns"].keys() >= {"Show more", "all families"}


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("is_dark", [False, True])
def test_texts_stand_out_as_wcag_asks_for(is_dark):
    colours = {}
    for text in re.findall(r":root \{(.*?)\}", parts.style(), re.DOTALL):
        found = {
            name: "#" + "".join(char * (2 if len(value) == 3 else 1) for char in value)
            for name, value in re.findall(r"--(\w+): #(\w+)", text)
        }
        if is_dark or not colours.keys() & found.keys():
            colours |= found
    for ground in ("paper", "band", "chosen"):
        for text in ("ink", "quiet", "error", "warning", "note", "focus"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    for verdict in re.findall(r"\.verdict\.\w+ \{ background: (#\w{6})", parts.style()):
        assert contrast("#ffffff", verdict) >= 4.5


def test_labels_that_differ_in_a_number_are_translated_by_one_pattern():
    data = page(reports.long(60)).data
    assert data["patterns"]["cue #"] == [phrase("cue 7", language).replace("7", "#") for language in ("ko", "ja")]
    assert not [text for text in data["exact"] if text.startswith("cue ")]


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_word_of_the_script_has_a_translation(language):
    assert len(parts.script_words()) > 5
    assert [text for text in parts.script_words() if phrase(text, language) == text] == []


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
