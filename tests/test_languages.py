"""What a finding says in Korean and Japanese: templates filled, values said, quotations and the unknown left alone."""

import io
import time

import click
import in_process
import pytest
import reports
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from checks.core import At, Finding, Problem, Severity
from cli.options import lang_option
from cli.render import text
from cli.render.languages import LANGUAGES, message, phrase, template
from cli.render.languages.patterns import Patterns, filled

LINE = "{measured} characters, at most {allowed}: {text}"
TONE = "{measured} LUFS ({measure}), mix to {allowed}{why}; {readings}"
SWAP = "a forced narrative is written {allowed}: {measured}"


def finding(template, measured="", allowed="", **values):
    problem = Problem(template, At(), measured, allowed, values)
    return Finding(
        check="subtitle/line-too-long",
        severity=Severity.ERROR,
        asset="ko.srt",
        at=At("cue 12"),
        message=problem.message,
        template=template,
        measured=str(measured),
        allowed=str(allowed),
        source="",
        values=tuple((name, str(value)) for name, value in values.items()),
    )


def test_a_finding_in_three_languages():
    found = finding(LINE, "18.5", 16, text="오늘은 아무 데도 가지 말고")
    assert message(found, "en") == "18.5 characters, at most 16: 오늘은 아무 데도 가지 말고"
    assert message(found, "ko") == "18.5자, 최대 16자: 오늘은 아무 데도 가지 말고"
    assert message(found, "ja") == "18.5 文字、上限 16 文字：오늘은 아무 데도 가지 말고"


@pytest.mark.parametrize(
    ("language", "range_said", "kind_said"),
    [
        ("ko", "풀 레인지, 허용: 리미티드", "ko 전체 자막 2개, 최대 1개"),
        ("ja", "フルレンジ、許容：リミテッド", "ko のフル字幕が 2 本、上限 1 本"),
    ],
)
def test_a_word_that_is_another_in_a_place_is_said_as_there(language, range_said, kind_said):
    full_range = finding("{measured} range, allowed: {allowed}", "full", "limited")
    full_tracks = finding("{measured} tracks of {tag} {kind}, at most {allowed}", 2, 1, tag="ko", kind="full")
    assert (message(full_range, language), message(full_tracks, language)) == (range_said, kind_said)


def test_a_japanese_value_does_not_run_into_the_word_before_it():
    comma = finding("{measured}, written as {allowed}: {text}", "'、'", "a half-width space", text="字幕に読点、は")
    assert message(comma, "ja") == "'、' → 正しくは半角空白：字幕に読点、は"
    place = finding("stands {measured}; allowed: {allowed}", "bottom left", "top")
    assert message(place, "ja") == "位置：下部左、許容：上部"
    scan = finding("{measured} in the container, {allowed} in the picture", "progressive", "interlaced")
    assert message(scan, "ja") == "走査方式：コンテナはプログレッシブ、映像はインターレース"


def test_values_are_said_as_well():
    found = finding(
        TONE,
        "-19.2",
        "-23.0 ±0.5 LUFS, ±1.0 in QC",
        measure="gated, BS.1770-4",
        why=" (less than 15 % is speech)",
        readings="ungated -20.0, gated -19.2, no speech",
    )
    assert message(found, "ko") == (
        "-19.2 LUFS (게이트 적용, BS.1770-4), 믹스 목표 -23.0 ±0.5 LUFS, QC 허용 ±1.0 (대사 비율 15 % 미만); "
        "게이트 미적용 -20.0, 게이트 적용 -19.2, 대사 없음"
    )


@pytest.mark.parametrize(
    ("english", "korean", "japanese"),
    [
        ("cue 12", "12번 자막", "字幕12"),
        ("cue 12, line 47", "12번 자막, 47행", "字幕12、47行目"),
        ("en-forced.srt, cue 2", "en-forced.srt, 2번 자막", "en-forced.srt、字幕2"),
        ("audio streams 0-5", "오디오 스트림 0-5", "音声ストリーム 0-5"),
        ("version ko: identifiers.eidr", "버전 ko: identifiers.eidr", "バージョン ko：identifiers.eidr"),
        ("12 frames", "12프레임", "12 フレーム"),
        ("1 min 2.5 s", "1분 2.5초", "1 分 2.5 秒"),
        ("84 min", "84분", "84 分"),
        ("40 ms", "40 ms", "40 ms"),
        ("00:00:04.000", "00:00:04.000", "00:00:04.000"),
        ("primaries, transfer, MaxCLL", "프라이머리, 전달 특성, MaxCLL", "プライマリー、伝達特性、MaxCLL"),
        ("mov, mp4", "mov, mp4", "mov, mp4"),
        ("3 errors, 1 note", "오류 3건, 참고 1건", "エラー 3 件、注記 1 件"),
        ("worldwide except JP, KR", "JP, KR 제외 전 세계", "JP, KR を除く全世界"),
        (
            "grant tv-kr of licence tv (contract C-7, clause 5.2) is not exclusive: svod in KR",
            "라이선스 tv의 허락 tv-kr (계약서 C-7, 조항 5.2): 독점 아님: svod, KR",
            "ライセンス tv の許諾 tv-kr（契約書 C-7、条項 5.2）：独占でない：svod、KR",
        ),
        (
            "speech could not be measured: it is empty",
            "대사 음성을 측정할 수 없음: 빈 파일",
            "台詞の音声を測定できない：ファイルが空である",
        ),
        ("ko full", "ko 전체 자막", "ko フル字幕"),
        (
            "subtitle/line-too-long of original/subtitles/ko/full",
            "subtitle/line-too-long (original/subtitles/ko/full)",
            "subtitle/line-too-long（original/subtitles/ko/full）",
        ),
        (
            "too few cues start at the same time in a.srt and b.srt; c.srt and d.srt; e.srt and d.srt",
            "인큐가 같은 자막이 너무 적음: a.srt / b.srt; c.srt / d.srt; e.srt / d.srt",
            "イン点が一致する字幕が少なすぎる：a.srt と b.srt; c.srt と d.srt; e.srt と d.srt",
        ),
        ("<v> without a speaker", "화자가 없는 <v>", "話者のない <v> がある"),
        ("in body: metadata, set", "body 안: metadata, set", "body の中：metadata, set"),
        ("stereo (FL FR), aac/LC, 48 kHz", "스테레오(FL FR), aac/LC, 48 kHz", "ステレオ（FL FR）、aac/LC、48 kHz"),
        (
            "classes, times, styles of ruby or unknown tags",
            "클래스, 시간, 루비 스타일 또는 알 수 없는 태그",
            "クラス、時間、ルビのスタイルまたは不明なタグがある",
        ),
        (
            "block 7 at byte 1792: double width, which is not kept",
            "보존되지 않음: 블록 7 (바이트 1792): 두 배 폭",
            "保持されない：ブロック 7（バイト 1792）：倍幅",
        ),
        (
            "CC1: a caption that is loaded and never shown",
            "CC1: 불러오고 표시되지 않는 캡션",
            "CC1：読み込まれたが表示されないキャプションがある",
        ),
        ("the moon is full", "the moon is full", "the moon is full"),
        ("", "", ""),
    ],
)
def test_phrases(english, korean, japanese):
    assert phrase(english, "en") == english
    assert phrase(english, "ko") == korean
    assert phrase(english, "ja") == japanese


def test_a_blank_between_two_japanese_letters_is_left_out():
    found = finding("starts {measured} after a cut; on it, or at least {allowed} after it", "1 frame", "12 frames")
    assert message(found, "ja") == "カットの 1 フレーム後にイン点。カット上か 12 フレーム以上後とする"
    assert filled("字幕 {text} の後", {"text": "行 "}) == "字幕行  の後"  # a quotation keeps its own blanks


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_that_looks_like_a_phrase_stays(language):
    assert message(finding(SWAP, "none", "in capitals"), language).endswith("none")
    assert "cue 12" in message(finding(LINE, 5, 4, text="cue 12"), language)
    assert phrase("none could not be read", language).replace("none", "", 1) != phrase(
        "none could not be read", language
    )


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_a_finding_of_an_unknown_template_or_without_its_values_is_said_in_english(language):
    for unknown in (finding("a new fault"), finding("new: {other}", other=1)):
        assert message(unknown, language) == unknown.message
        assert template(unknown.template, language) == unknown.template
    old = Finding("a/b", Severity.NOTE, "", At(), "18.5 characters, at most 16: 가", LINE, "18.5", "16", "")
    assert message(old, language) == old.message


def test_an_unknown_language_is_english():
    found = finding(LINE, 5, 4, text="가")
    assert message(found, "fr") == found.message
    assert (template(LINE, "../ko"), phrase("cue 1", "fr")) == (LINE, "cue 1")


def test_a_template_without_words_is_the_same_in_every_language():
    assert template("{measured}", "ko") == "{measured}"
    assert message(finding("{measured}", "no territory"), "ko") == "해당 지역 없음"


HOSTILE = st.text(alphabet=st.sampled_from("{}()[]%!:;,. 012abc가ー\n\x00\ud800"), max_size=40) | st.sampled_from(
    ["{measured}", "{0.__class__}", "{", "}}", "cue {number}", "none", "a (b", "x) of (y", ", , ", "; "]
)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_value_makes_a_message_fail_and_a_quotation_stays_whole(measured, allowed, quotation):
    for language in LANGUAGES:
        said = message(finding(LINE, measured, allowed, text=quotation), language)
        assert quotation in said
        message(finding("{measured}; read {allowed}", measured, allowed), language)
        phrase(measured + allowed, language)


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_no_template_of_an_old_report_makes_a_message_fail(unknown):
    old = Finding("a/b", Severity.NOTE, "", At(), "said", unknown, "1", "2", "")
    assert {message(old, language) for language in LANGUAGES} <= {"said", unknown, unknown.replace("{measured}", "1")}


def test_a_long_list_is_said_in_little_time():
    started = time.process_time()
    for number in range(200):
        phrase(f"{number} in, " * 40, "ko")
        phrase("(" * 300 + ")" * 200 + str(number), "ja")
    assert time.process_time() - started < 2


def test_of_two_patterns_the_one_that_says_more_counts():
    known = Patterns([("{number} {what}", "…"), ("{number} frames", "프레임"), ("a {what} (b)", "괄호")])
    assert known.best("12 frames")[0].translation == "프레임"
    assert known.best("12 pictures")[0].translation == "…"
    assert known.best("twelve frames") is None
    assert known.best("a c) and (d (b)") is None  # a place holds whole brackets


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_the_report_on_the_terminal(language):
    screen = Console(file=io.StringIO(), width=100, no_color=True)
    text.render(reports.INCOMPLETE, screen, language=language, fingerprints=True)
    lines = screen.file.getvalue().split("\n")
    assert all(cell_len(line) <= 100 for line in lines)
    said = {
        "ko": (
            "판정 일시    2026",
            "검사 미완료  필수 검사 1건을",
            "오류 1건, 참고 1건, 타임코드 23.976 fps",
            "지문 0123",
        ),
        "ja": (
            "判定日時          2026",
            "検査未完了  必須の検査 1 件",
            "エラー 1 件、注記 1 件、タイムコード",
            "47行目",
        ),
    }
    assert all(any(part in line for line in lines) for part in said[language])
    assert not any(word in line for word in ("ASSETS", "FINDINGS", "Not checked", "fingerprint") for line in lines)


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_columns_stand_below_each_other_whatever_their_letters(language):
    screen = Console(file=io.StringIO(), width=100, no_color=True)
    text.render(reports.FAILING, screen, language=language)
    lines = screen.file.getvalue().split("\n")
    timed = next(number for number, line in enumerate(lines) if "00:01:02:01" in line)
    place = cell_len(lines[timed].partition("subtitle/")[0])
    below = lines[timed + 1]
    assert below[: len(below) - len(below.lstrip())].isspace()
    assert cell_len(below.partition("18.5")[0]) == place


def test_the_option_offers_every_language():
    command = click.command()(lang_option(lambda language: language))
    assert tuple(command.params[0].type.choices) == LANGUAGES


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--lang", "ja"], "", "字幕1、1行目"),
        ([], "ko", "1번 자막, 1행"),
        (["--lang", "en"], "ko", "cue 1, line 1"),
        (["--lang", "ko", "--output-format", "markdown"], "", "1번 자막 |"),
    ],
)
def test_check_says_its_report_in_the_language_that_is_asked_for(tmp_path, arguments, environment, said):
    (tmp_path / "film.ko.srt").write_text("1\n00:00:03,000 --> 00:00:01,000\n안녕\n", encoding="utf-8")
    chosen = {"RELEASEPRINT_LANG": environment} if environment else {}
    done = in_process.run("check", "film.ko.srt", "--platform", "svod", *arguments, cwd=tmp_path, **chosen)
    assert said in done.stdout


def test_a_language_that_is_not_there_is_a_usage_error(tmp_path):
    done = in_process.run("check", "film.ko.srt", "--lang", "fr", cwd=tmp_path)
    assert done.returncode == 2
    assert "'en', 'ko', 'ja'" in done.stderr
