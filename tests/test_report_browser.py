"""The report page in Chromium: it is looked at, filtered, switched to other languages, driven by keys, and printed."""

import json
from dataclasses import replace
from fractions import Fraction

import browser as browsers
import pytest
import reports
from media_files import ffmpeg, picture

from assets.signals.model import PictureSignals, Signals, Stretch
from assets.subtitles.model import Cue, Run
from assets.timing import from_frames, from_ms
from checks.core import At
from cli.render.languages import message
from cli.render.report import Context, Reel, Track, render

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="there is no Chromium"),
]

RATE = Fraction(24000, 1001)
SECONDS = 8
LINE = "오늘은 아무 데도 가지 말고 여기 있어요!"


def cue(number, start_ms, text):
    return Cue(number, from_ms(start_ms), from_ms(start_ms + 1000), (Run(text),))


LATE = replace(
    reports.LINE_LENGTH, at=At("cue 2", from_frames(96, RATE), from_frames(120, RATE), 5), fingerprint="6" * 16
)
FAST = replace(reports.SPEED, at=At("cue 1", from_ms(4100), from_ms(5100)), fingerprint="7" * 16)
REPORT = replace(reports.FAILING, findings=(*reports.FAILING.findings, LATE, FAST), waived=reports.WAIVED.waived)
CONTEXT = Context(
    {"ko": "겨울 항구", "en": "Winter Harbour"},
    "김하늘",
    (
        Reel(
            reports.MASTER.name,
            from_ms(SECONDS * 1000),
            RATE,
            (("Frame rate", "23.976 fps"),),
            tuple(asset.name for asset in (reports.KOREAN, reports.ENGLISH, reports.JAPANESE)),
            signals=Signals(1, (PictureSignals(0, 0, 0, 192, black=(Stretch(0, from_ms(1000)),)),), ()),
            video="copy.mp4",
        ),
    ),
    (
        Track(reports.KOREAN.name, "ko", (cue(1, 1000, "네."), cue(2, 4004, f"{LINE}\n그래요.")), 16, 12),
        Track(reports.ENGLISH.name, "en", (cue(1, 4100, "Let us stay here today."),), 42, 20),
        Track(reports.JAPANESE.name, "ja", (cue(1, 4100, "今日はここにいよう。"),), 13, 4),
    ),
)
OPENING = "document.querySelectorAll('#list .finding').length > 0"


@pytest.fixture(scope="module")
def chromium():
    with browsers.browser() as page:
        yield page


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    ffmpeg(folder / "copy.mp4", *picture(rate="24000/1001", seconds=SECONDS), "-pix_fmt", "yuv420p")
    (folder / "index.html").write_text(render(REPORT, CONTEXT), encoding="utf-8")
    return folder


@pytest.fixture
def page(chromium, folder):
    chromium.said.clear()
    chromium.asked.clear()
    chromium.window(1440, 900)
    chromium.open((folder / "index.html").as_uri())
    chromium.until(f"{OPENING} && document.querySelector('video').readyState >= 2")
    yield chromium
    assert chromium.said == []
    asked = {address.rpartition("/")[2] for address in chromium.asked if not address.startswith("data:")}
    assert asked <= {"index.html", "copy.mp4"}  # the icons of the player's own controls are data


def shown(page):
    return page.run("[...document.querySelectorAll('#list .finding code')].map(node => node.textContent)")


def test_every_finding_is_there_in_each_language(page):
    assert sorted(shown(page)) == sorted(finding.fingerprint for finding in REPORT.findings)
    for language in ("ko", "ja", "en"):
        page.click(f"#languages [value={language}]")
        page.until(f"document.documentElement.lang === '{language}'")
        said = page.run("[...document.querySelectorAll('#list .said > p:first-of-type')].map(n => n.textContent)")
        expected = [message(finding, language).replace("\n", " ⏎ ") for finding in REPORT.findings]
        assert sorted(said) == sorted(expected)
    page.click("#languages [value=ja]")
    assert page.run("document.querySelector('#findings').textContent") == "指摘事項"
    assert page.run("document.title").startswith("不合格: ")
    assert page.run("document.querySelector('nav').getAttribute('aria-label')") == "このページの構成"
    assert page.run("document.querySelector('#waived .severity').textContent") == "エラー"


def said_by(number, template, measured, allowed, **values):
    told = {"measured": measured, "allowed": allowed, **values}
    return replace(
        reports.SYNOPSIS,
        message=template.format(**told),
        template=template,
        measured=measured,
        allowed=allowed,
        values=tuple(values.items()),
        fingerprint=f"{number:016x}",
    )


def test_the_script_says_a_finding_as_the_other_formats_do(chromium, tmp_path):
    """No blank stands between Japanese letters, and a word is the one that it is in its place."""
    findings = (
        said_by(1, "no {allowed}; there are: {measured}", "poster, hero", "key-art"),
        said_by(2, "{measured} tracks of {tag} {kind}, at most {allowed}", "2", "1", tag="ko", kind="full"),
        said_by(3, "{measured} range, allowed: {allowed}", "full", "limited"),
        said_by(4, "lasts {measured}, at least {allowed}", "5 frames", "21 frames"),
        said_by(5, "starts {measured} after cue {other} ends, at least {allowed}", "1 frame", "2 frames", other="2"),
    )
    (tmp_path / "index.html").write_text(render(replace(REPORT, findings=findings)), encoding="utf-8")
    chromium.window(1440, 900)
    chromium.open((tmp_path / "index.html").as_uri())
    chromium.until(OPENING)
    for language in ("ko", "ja", "en"):
        chromium.click(f"#languages [value={language}]")
        chromium.until(f"document.documentElement.lang === '{language}'")
        said = chromium.run("[...document.querySelectorAll('#list .said > p:first-of-type')].map(n => n.textContent)")
        assert sorted(said) == sorted(message(finding, language) for finding in findings)


def test_the_filter_shows_what_is_asked_for_and_says_how_many(page):
    page.click("#filter [name=severity][value='3']")
    page.until("document.querySelector('#filter [role=status]').textContent.startsWith('4 of 7')")
    assert reports.BLACK.fingerprint not in shown(page)
    page.click("#filter [name=severity][value='3']")
    page.run(
        "(() => { const s = document.querySelector('#filter [name=track]'); s.value = 'ja';"
        "s.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    page.until("document.querySelectorAll('#list .finding').length === 2")
    assert sorted(shown(page)) == sorted([reports.SPEED.fingerprint, FAST.fingerprint])
    page.press("/", *"nothing")
    page.until("document.querySelectorAll('#list .finding').length === 0")
    assert page.run("document.querySelector('#list').textContent") == "No finding passes the filter."


def test_a_search_finds_the_words_of_the_page_and_decomposed_ones(page):
    page.run(
        "(() => { const s = document.querySelector('#filter [name=text]'); s.value = '오늘은 여기'.normalize('NFD');"
        "s.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    page.until("document.querySelectorAll('#list .finding').length === 2")
    assert sorted(shown(page)) == sorted([reports.LINE_LENGTH.fingerprint, LATE.fingerprint])


def test_a_click_on_a_time_goes_there(page):
    index = page.run(
        "[...document.querySelectorAll('#list .finding')].find("
        f"n => n.textContent.includes('{LATE.fingerprint}')).dataset.index"
    )
    page.click(f"#list [data-index='{index}'] button.time")
    page.until("document.querySelector('#now').textContent === '00:00:04:00'")
    page.until("Math.abs(document.querySelector('video').currentTime - 4.004 - 0.0208) < 0.001")
    assert page.run("document.querySelector('#list .chosen').dataset.index") == index
    assert LINE in page.run("document.querySelector('.overlay').textContent")
    columns = page.run(
        "[...document.querySelectorAll('#around > div')].map(n => [n.querySelector('.now')?.lang ?? '',"
        "n.querySelector('mark')?.textContent ?? ''])"
    )
    assert columns == [["ko", "있어요!"], ["", ""], ["", ""]]


def test_a_waived_finding_is_gone_to_as_well(page):
    page.press("n", "n", "n")
    page.click("#waived button.time")
    page.until("document.querySelector('#now').textContent === '00:00:00:00'")


def test_the_time_line_is_clicked_and_the_keyboard_moves_by_frames(page):
    page.run("document.querySelector('video').addEventListener('seeked', () => { window.isThere = true; })")
    page.click(".lane svg")
    middle = page.until(
        "document.querySelector('#now').textContent !== '00:00:00:00' &&document.querySelector('#now').textContent"
    )
    assert middle.startswith("00:00:0")
    page.until("window.isThere")  # the player has told its place once more
    middle = page.run("document.querySelector('#now').textContent")
    page.press(".", ".", ",")
    frame = int(middle[-2:]) + 24 * int(middle[-5:-3]) + 1
    label = f"00:00:{frame // 24:02}:{frame % 24:02}"
    page.until(f"document.querySelector('#now').textContent === '{label}'")


def test_keys_go_from_finding_to_finding(page):
    chosen = "document.querySelector('#list .chosen code').textContent"
    page.press("j")
    first = page.run(chosen)
    assert first == shown(page)[0]
    page.press("j", "k")
    assert page.run(chosen) == first
    page.press("n")
    assert page.run("document.querySelector('#list .chosen').className").split() == ["finding", "error", "chosen"]
    page.press("p", "p")
    assert page.run("document.querySelectorAll('#list .chosen').length") == 1
    page.press("?")
    page.until("document.querySelector('#help').open")
    page.press("Escape")
    page.until("!document.querySelector('#help').open")


def test_space_plays_and_pauses(page):
    page.press(" ")
    page.until("!document.querySelector('video').paused")
    page.until("document.querySelector('#now').textContent !== '00:00:00:00'")
    page.press(" ")
    page.until("document.querySelector('video').paused")


def test_the_cue_table_marks_the_fault_and_shows_the_counting(page):
    rows = page.run("[...document.querySelectorAll('.cues tbody tr')].map(n => n.innerText)")
    assert len(rows) == 1
    assert page.run("document.querySelector('.cues mark').textContent") == "있어요!"
    assert page.run("[...document.querySelectorAll('.cues .over')].map(n => n.textContent)") == [
        "19.5 / 16",
        "23.0 / 12",
    ]
    page.click("#cue-choice [name=faulty]")
    page.until("document.querySelectorAll('.cues tbody tr').length === 2")


def test_paper_shows_every_finding_whatever_is_filtered(page):
    page.click("#filter [name=severity][value='3']")
    page.until("document.querySelectorAll('#list .finding').length === 4")
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert len(shown(page)) == len(REPORT.findings)
    page.run("dispatchEvent(new Event('afterprint'))")
    assert len(shown(page)) == 4
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_a_telephone_shows_it_without_scrolling_sideways(page, language):
    page.window(390, 844)
    page.click(f"#languages [value={language}]")
    page.press("j", "j")
    assert page.run("document.documentElement.scrollWidth") == 390
    small = "n.offsetParent && n.getBoundingClientRect().height < 24"
    targets = "[...document.querySelectorAll('nav a, label, button, select')]"
    assert page.run(f"{targets}.filter(n => {small}).map(n => n.textContent)") == []


def test_without_the_script_the_findings_are_there(chromium, folder):
    chromium.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open((folder / "index.html").as_uri())
        document = chromium.send("DOM.getDocument", depth=-1)["root"]
        text = json.dumps(chromium.send("DOM.getOuterHTML", nodeId=document["nodeId"]), ensure_ascii=False)
    finally:
        chromium.send("Emulation.setScriptExecutionDisabled", value=False)
    assert all(f"<code>{finding.fingerprint}</code>" in text for finding in REPORT.findings)


def worked(chromium):
    """The seconds that the processor has worked for the page, whatever else the machine does."""
    chromium.send("Performance.enable")
    metrics = chromium.send("Performance.getMetrics")["metrics"]
    return next(item["value"] for item in metrics if item["name"] == "ProcessTime")


def opened(chromium, path):
    """Seconds of work until a page is loaded, its script run, and its first findings are there."""
    before = worked(chromium)
    chromium.open(path.as_uri())
    chromium.until(OPENING)
    return worked(chromium) - before


def test_twenty_thousand_findings_open_in_two_seconds(chromium, tmp_path):
    path = tmp_path / "many.html"
    path.write_text(render(reports.long(20_000)), encoding="utf-8")
    assert path.stat().st_size < 5_000_000
    chromium.window(1440, 900)
    opened(chromium, path)  # perhaps in a process that has just begun
    took = min(opened(chromium, path) for _ in range(3))
    assert 0 < took < 2, took
    chromium.until("document.querySelectorAll('#list .finding').length === 20001")
    chromium.press("k")
    assert chromium.run("document.querySelector('#list .chosen').dataset.index") == "20000"


def test_a_page_without_its_copy_says_so_and_has_no_player(chromium, folder, tmp_path):
    chromium.said.clear()
    (tmp_path / "index.html").write_bytes((folder / "index.html").read_bytes())
    chromium.open((tmp_path / "index.html").as_uri())
    chromium.until(f"{OPENING} && document.querySelector('video') === null")
    chromium.click("#languages [value=ko]")
    assert chromium.run("document.querySelector('.no-copy').innerText") == (
        "재생용 프록시 없음: 이 페이지와 함께 있지 않거나 이 브라우저에서 재생할 수 없음"
    )
    chromium.press(".")
    assert chromium.run("document.querySelector('#now').textContent") == "00:00:00:01", (
        "the timeline works all the same"
    )
