"""Formats for machines in Korean and Japanese: what a person reads is said, what a machine knows things by is not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import reports
from jsonschema import Draft7Validator
from lxml import etree

from checks.core import NotChecked
from cli.render import formats, qc_notes
from cli.render.batch import Batch
from cli.render.formats import github, markdown, sarif

SHARED = Path(__file__).parents[2] / "shared/data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the schemas of the standards are not here")

LINE = replace(
    reports.LINE_LENGTH,
    template="{measured} characters, at most {allowed}: {text}",
    values=(("text", reports.LINE_LENGTH.at.words),),
)
BLACK = replace(
    reports.BLACK,
    message="12.5 s of black, at most 2 s",
    template="{measured} of black, at most {allowed}",
)
MISSING = NotChecked("audio/loudness", reports.MASTER.name, "the file has no sound", required=True)
LEFT_OUT = NotChecked("artwork/bytes", reports.POSTER.name, "there is no such file", required=False)
REPORT = replace(
    reports.INCOMPLETE,
    findings=(LINE, replace(LINE, fingerprint="9" * 16), replace(reports.COLOUR, message="said")),
    waived=(replace(BLACK, waiver=reports.WAIVER),),
    not_checked=(MISSING, LEFT_OUT),
)
SAID = {
    "ko": {
        "line": "18.5자, 최대 16자: 오늘은",
        "black": "블랙 12.5초, 최대 2초",
        "place": "12번 자막",
        "missing": "파일에 오디오 없음",
        "not checked": "검사하지 않음: 파일이 없음",
        "required": "실행하지 못한 필수 검사 1건",
        "more": "(외 지적 1건)",
        "until": "2027-03-31까지",
        "title": "한 줄 글자 수(CPL) 초과",
    },
    "ja": {
        "line": "18.5 文字、上限 16 文字：오늘은",
        "black": "黒味 12.5 秒、上限 2 秒",
        "place": "字幕12",
        "missing": "ファイルに音声がない",
        "not checked": "未検査: ファイルがない",
        "required": "実行できなかった必須の検査 1 件",
        "more": "(ほか 1 件)",
        "until": "2027-03-31 まで",
        "title": "1行の文字数（CPL）が上限を超えている",
    },
}
IN = {
    "github": {"line", "place", "missing", "required"},
    "junit": {"line", "black", "place", "missing", "more", "until"},
    "sarif": {"line", "black", "missing", "not checked", "until", "title"},
    "qc-xml": {"line", "black", "place", "missing"},
    "csv": {"line", "black", "missing"},
    "markdown": {"line", "place", "missing"},
}


def rendered(name, language, report=REPORT):
    return formats.load(name).render(Batch((report,), language=language)).text


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("name", IN)
def test_what_a_person_reads_is_in_the_language_of_the_run(name, language):
    text = rendered(name, language)
    assert {key for key in IN[name] if SAID[language][key] not in text} == set()


@pytest.mark.parametrize("language", SAID)
def test_what_a_machine_knows_things_by_is_the_same_in_every_language(language):
    english, other = (etree.fromstring(rendered("junit", item).encode()) for item in ("en", language))
    for tag, names in (
        ("testsuite", ("name", "package")),
        ("testcase", ("name", "classname")),
        ("property", ("name",)),
    ):
        assert [[item.get(name) for name in names] for item in english.iter(tag)] == [
            [item.get(name) for name in names] for item in other.iter(tag)
        ]
    (then,), (now,) = (json.loads(rendered("sarif", item))["runs"] for item in ("en", language))
    assert (then["language"], now["language"]) == ("en", language)
    for key in ("ruleId", "level", "partialFingerprints", "properties", "locations"):
        assert [item.get(key) for item in then["results"]] == [item.get(key) for item in now["results"]]
    assert then["automationDetails"] == now["automationDetails"]
    codes = ("ErrorReference", "ErrorCategory", "ErrorTerm", "Severity", "ProgressCode")
    both = [etree.fromstring(rendered("qc-xml", item).encode()) for item in ("en", language)]
    for code in codes:
        assert [item.text for item in both[0].iter(f"{{*}}{code}")] == [
            item.text for item in both[1].iter(f"{{*}}{code}")
        ]


@pytest.mark.parametrize("language", SAID)
@needs_shared
def test_formats_in_another_language_are_valid(language):
    for name, path in (("junit", "schemas/junit/JUnit.xsd"), ("qc-xml", "manifests/movielabs/xsd/delivery-v1.4.xsd")):
        schema = etree.XMLSchema(etree.parse(str(SHARED / path), etree.XMLParser(no_network=True)))
        schema.assertValid(etree.fromstring(rendered(name, language).encode()))
    schema = json.loads((SHARED / "schemas/sarif/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(json.loads(rendered("sarif", language)))


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "GitHub 표시 한도 초과: 오류"), ("ja", "GitHubの表示上限を超過：エラー")]
)
def test_what_does_not_fit_is_told_in_the_language_of_the_run(language, said, monkeypatch):
    monkeypatch.setattr(github, "MOST", 1)
    assert said in rendered("github", language)
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    dropped = json.loads(rendered("sarif", language))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert "GitHub" in dropped[0]["message"]["text"]
    assert "left out" not in dropped[0]["message"]["text"]
    monkeypatch.setattr(markdown, "MOST_BYTES", 10)
    assert "left out" not in rendered("markdown", language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ko",
            ["QC 노트: ", "리비전 2026-05, 판정 일시 ", "블랙 12.5초, 최대 2초 [master/black-at-head]", "예외 승인: "],
        ),
        (
            "ja",
            [
                "QCノート: ",
                "リビジョン 2026-05、判定日時 ",
                "黒味 12.5 秒、上限 2 秒 [master/black-at-head]",
                "例外承認：",
            ],
        ),
    ],
)
def test_notes_for_the_receiver_are_in_the_language_of_the_run(language, said):
    text = qc_notes.render(replace(REPORT, revision="2026-05"), language)
    assert [part for part in said if part not in text] == []
    assert "revision" not in text
    none = qc_notes.dumps_all([replace(REPORT, waived=())], language)
    assert "None" not in none
