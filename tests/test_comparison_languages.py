"""A comparison in the language of its report: everything of it but the names of checks, keys and clauses."""

from dataclasses import replace

import pytest
import reports

from assets import platform
from checks.comparing import compare
from checks.comparing_limits import compare_platforms
from checks.core import Severity
from cli.render import comparison as text
from cli.render import comparison_markdown as markdown

NOW = replace(reports.FAILING, findings=(reports.LINE_LENGTH, reports.BLACK), not_checked=())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ko",
            [
                "현재  부적합: ",
                "새 지적 1건, 더 심각해진 것 1건",
                "새 지적 (1)",
                "오류, 이전 경고",
                "바뀐 기준",
            ],
        ),
        ("ja", ["今回  不合格：", "新規 1 件、重くなったもの 1 件", "新規 (1)", "エラー、前回は警告"]),
    ],
)
def test_a_comparison_is_told_in_the_language_of_the_report(language, said):
    milder = replace(reports.LINE_LENGTH, severity=Severity.WARNING)
    found = compare(replace(reports.FAILING, findings=(milder,), not_checked=()), NOW)
    limits = compare_platforms(platform.load("svod"), platform.load("est"))
    shown = text.text([found], limits, language=language)
    assert [part for part in said if part not in shown] == []
    assert "NEW" not in shown
    summary = markdown.render([found], limits, language)
    assert [part for part in said[1:2] if part not in summary.replace("\\", "")] == []
    assert "severity" not in summary.partition("###")[0]
