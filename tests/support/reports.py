"""Reports for the tests of renderers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from assets.errors import Fault, InputError
from assets.timing import from_ms
from assets.waivers import Waiver
from checks.core import At, Finding, NotChecked, Severity
from checks.report import AssetRecord, Report

KST = timezone(timedelta(hours=9))

MASTER = AssetRecord(
    name="masters/winter-harbour_ko.mov",
    kind="master",
    version="ko",
    language="ko",
    size=61_234_567_890,
    sha256="a1" * 32,
    duration=from_ms(5_040_035),
    frame_rate="24000/1001",
    facts="ProRes 422 HQ, 1920 x 1080, 10 bit, PCM stereo 48 kHz",
)
KOREAN = AssetRecord(
    name="subtitles/winter-harbour_ko.srt",
    kind="subtitles",
    version="ko",
    language="ko",
    size=98_304,
    sha256="b2" * 32,
    duration=from_ms(5_001_000),
    frame_rate="24000/1001",
    facts="SubRip, UTF-8, 1203 cues, SDH",
)
JAPANESE = AssetRecord(
    name="subtitles/冬の港_ja.ttml",
    kind="subtitles",
    version="ko",
    language="ja",
    size=204_800,
    sha256="c3" * 32,
    facts="IMSC 1.1, 1188 cues",
)
ENGLISH = AssetRecord(
    name="subtitles/winter-harbour_en.srt",
    kind="subtitles",
    version="ko",
    language="en",
    size=101_376,
    sha256="d4" * 32,
    facts="SubRip, UTF-8, 1197 cues",
)
POSTER = AssetRecord("artwork/poster.jpg", "poster", "", "", 0, "")

LINE_LENGTH = Finding(
    check="subtitle/line-too-long",
    severity=Severity.ERROR,
    asset=KOREAN.name,
    at=At("cue 12", from_ms(62_125), from_ms(64_000), 47, "오늘은 아무 데도 가지 말고 여기 있어요!"),
    message="18.5 characters, at most 16: 오늘은 아무 데도 가지 말고 여기 있어요!",
    template="{measured} characters, at most {allowed}: {line}",
    measured="18.5",
    allowed="16",
    source="Timed text style guide ko, I.4",
    values=(("line", "오늘은 아무 데도 가지 말고 여기 있어요!"),),
    fingerprint="0123456789abcdef",
)
SPEED = Finding(
    check="subtitle/reading-speed",
    severity=Severity.WARNING,
    asset=JAPANESE.name,
    at=At("cue 7", from_ms(31_500), from_ms(32_400), None),
    message="reads too fast: 港はもう凍っている。\n誰も待っていない。",
    template="reads too fast: {text}",
    measured="6.7 characters/s",
    allowed="4 characters/s",
    source="Timed text style guide ja, I.2",
    values=(("text", "港はもう凍っている。\n誰も待っていない。"),),
    fingerprint="1123456789abcdef",
    borderline=True,
)
BLACK = Finding(
    check="master/black-at-head",
    severity=Severity.ERROR,
    asset=MASTER.name,
    at=At("", from_ms(0), from_ms(12_500)),
    message="black for 12.5 s, at most 2 s",
    template="black for {measured}, at most {allowed}",
    measured="12.5 s",
    allowed="2 s",
    source="Delivery spec 4.2",
    fingerprint="2123456789abcdef",
    reason="a player shows the head as it is",
)
COLOUR = Finding(
    check="master/colour-range",
    severity=Severity.NOTE,
    asset=MASTER.name,
    at=At("video stream 0"),
    message="the file does not say its colour range",
    template="the file does not say its colour range",
    measured="unknown",
    allowed="limited",
    source="Delivery spec 3.1",
    fingerprint="3123456789abcdef",
)
ENGLISH_SPEED = Finding(
    check="subtitle/reading-speed",
    severity=Severity.NOTE,
    asset=ENGLISH.name,
    at=At(),
    message="24 characters a second, at most 20: Nobody has come back to this harbour since the ice closed it.",
    template="{measured} characters a second, at most {allowed}: {text}",
    measured="24",
    allowed="20",
    source="Timed text style guide en, I.2",
    values=(("text", "Nobody has come back to this harbour since the ice closed it."),),
    fingerprint="4123456789abcdef",
)
SYNOPSIS = Finding(
    check="metadata/synopsis-missing",
    severity=Severity.WARNING,
    asset="",
    at=At("synopses.ja", line=31),
    message="no synopsis in Japanese",
    template="no synopsis in {language}",
    measured="",
    allowed="",
    source="Avails guide, Synopsis",
    values=(("language", "Japanese"),),
    fingerprint="5123456789abcdef",
)
WAIVER = Waiver(
    fingerprint=BLACK.fingerprint,
    check=BLACK.check,
    asset="ko/master",
    reason="극장판의 검은 도입부: the director wants it",
    by="김하늘",
    granted=date(2026, 11, 19),
    until=date(2027, 3, 31),
    end=datetime(2027, 4, 1, tzinfo=KST),
    place="titles/winter-harbour/waivers.toml:7",
)
UNREAD = InputError(
    Fault("titles/겨울/title.toml", "line 3", "unknown key", "known: names"), Fault("a.srt", "", "empty")
)
"""The error of two inputs that could not be read."""
LOUDNESS = NotChecked("audio/loudness", MASTER.name, "the sound was not measured", required=True)
SAFE_AREA = NotChecked(
    "artwork/safe-area", POSTER.name, "the picture could not be opened: 끝이 잘린 파일", required=False
)

FAILING = Report(
    title_id="winter-harbour",
    title_name="Winter Harbour (겨울 항구)",
    programme="1 x 84",
    platform="svod",
    platform_name="Subscription VOD, generic",
    revision="2026-11",
    spec_source="Generic subscription VOD spec",
    tool_version="0.1.0",
    judged_at=datetime(2026, 11, 20, 9, 30, tzinfo=KST),
    as_of=datetime(2026, 11, 20, tzinfo=UTC),
    assets=(MASTER, KOREAN, JAPANESE, ENGLISH, POSTER),
    findings=(COLOUR, BLACK, LINE_LENGTH, SPEED, SYNOPSIS),
    not_checked=(SAFE_AREA,),
    checks_run=(
        "artwork/size",
        "master/black-at-head",
        "master/colour-range",
        "metadata/synopsis-missing",
        "subtitle/line-too-long",
        "subtitle/reading-speed",
    ),
    window="asia-svod",
    territory="KR",
)
INCOMPLETE = replace(FAILING, not_checked=(SAFE_AREA, LOUDNESS))
PASSING = replace(FAILING, findings=(), not_checked=(), window="", territory="")
WAIVED = replace(PASSING, waived=(replace(BLACK, waiver=WAIVER),))
SAMPLES = {"failing": FAILING, "incomplete": INCOMPLETE, "passing": PASSING, "waived": WAIVED}


def hostile(text: str) -> Report:
    """A report with the same text in every field that outside data can reach."""
    asset = AssetRecord(text, text, text, text, 1, "e5" * 32, from_ms(1), text, text)
    finding = Finding(
        f"{text}/x", Severity.ERROR, text, At(text, from_ms(1), from_ms(2), 1), text, text, text, text, text, True, text
    )
    finding = replace(finding, fingerprint=LINE_LENGTH.fingerprint, values=((text, text),))
    finding = replace(finding, at=replace(finding.at, words=text))
    waiver = replace(WAIVER, reason=text, by=text, platform=text)
    return Report(
        title_id=text,
        title_name=text,
        programme=text,
        platform=text,
        platform_name=text,
        revision=text,
        spec_source=text,
        tool_version=text,
        judged_at=FAILING.judged_at,
        as_of=FAILING.as_of,
        assets=(asset,),
        findings=(finding,),
        not_checked=(NotChecked(f"{text}/y", text, text, required=True),),
        checks_run=(f"{text}/z",),
        window=text,
        territory=text,
        waived=(replace(finding, waiver=waiver),),
    )


def long(number: int) -> Report:
    """A report with `number` findings, no two alike, in Korean, Japanese and English, one every two seconds."""
    samples = ((KOREAN, LINE_LENGTH), (JAPANESE, SPEED), (MASTER, BLACK), (MASTER, COLOUR), (ENGLISH, ENGLISH_SPEED))
    findings = []
    for index in range(number):
        asset, sample = samples[index % len(samples)]
        start = from_ms(index * 2000 + 125)
        place = At(f"cue {index + 1}", start, start + from_ms(1500), index * 4 + 1)
        message = f"{sample.message} ({index + 1})"
        findings.append(replace(sample, asset=asset.name, at=place, message=message))
    return replace(INCOMPLETE, findings=(SYNOPSIS, *findings))
