"""What CSV, the summary in Markdown and MovieLabs' QC errors say of a report."""

import csv
import io
from dataclasses import replace

import pytest
import reports
from lxml import etree

from checks.core import NotChecked, Severity
from checks.report import Report
from cli.render import formats
from cli.render.batch import Batch
from cli.render.formats import markdown


def failing(**changes: object) -> Batch:
    return Batch((replace(reports.FAILING, **changes),))


def rows(batch: Batch) -> list[dict[str, str]]:
    text = formats.load("csv").render(batch).text
    assert text.startswith("\ufeffLineNumber,TimeCode,Context,Comment,")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_row_has_cue_time_text_and_fault():
    row = rows(failing(findings=(reports.LINE_LENGTH,)))[0]
    assert (row["LineNumber"], row["TimeCode"]) == ("12", "00:01:02,125")
    assert row["Context"] == reports.LINE_LENGTH.at.words
    assert row["Comment"] == reports.LINE_LENGTH.message
    assert (row["Line"], row["Severity"], row["State"], row["Netflix"]) == ("47", "error", "found", "Blocker")


def test_rows_tell_what_is_waived_not_checked_and_unread():
    states = [row["State"] for row in rows(Batch((reports.WAIVED, reports.INCOMPLETE), (reports.UNREAD,)))]
    assert states == ["waived", *["found"] * 5, "not checked", "not checked", "unreadable", "unreadable"]


@pytest.mark.parametrize("text", ["=cmd|x", "+1", "-1", "@a", "\t=1", " =1", "＝1", "\r=1"])
def test_no_cell_is_a_formula(text):
    for row in rows(Batch((reports.hostile(text),))):
        for value in row.values():
            assert not value.lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_a_summary_shows_verdicts_and_the_worst():
    text = formats.load("markdown").render(Batch((reports.FAILING, reports.PASSING))).text
    assert "| ❌ | Winter Harbour (겨울 항구) | Subscription VOD, generic, 2026-11 | asia-svod | fail |" in text
    shown = [line.split(" | ")[0] for line in text.splitlines() if line.startswith(("| error", "| warning", "| note"))]
    assert shown == ["| error", "| error", "| warning", "| warning", "| note"]
    assert text.count("### ") == 1  # nothing to say of what passed


def test_a_summary_is_cut_before_github_drops_it(monkeypatch):
    monkeypatch.setattr(markdown, "MOST_BYTES", 3000)
    rendered = formats.load("markdown").render(Batch((reports.FAILING,) * 4))
    assert rendered.notices[0].startswith("markdown: 2 reports left out")
    assert len(rendered.text.encode()) < 3100


def test_a_long_table_is_cut(monkeypatch):
    monkeypatch.setattr(markdown, "MOST_BYTES", 2000)
    text = formats.load("markdown").render(Batch((reports.PASSING,) * 20 + (reports.FAILING,))).text
    assert text.index("| ❌ |") < text.index("| ✅ |")
    assert text.count("| ✅ |") + text.count("| ❌ |") < 21
    assert " more are in the report." in text


def test_a_long_report_is_counted_in_a_summary():
    text = formats.load("markdown").render(Batch((reports.long(200),))).text
    assert "151 more are in the report." in text


@pytest.mark.parametrize("text", ["<b>", "[a](b)", "`x`", "*x*", "a|b", "@me", "#12", "https://a.b", "www.a.b", "~x~"])
def test_foreign_text_is_no_markup(text):
    made = formats.load("markdown").render(failing(findings=(replace(reports.LINE_LENGTH, message=text),))).text
    assert f" {text} " not in made


def errors(report: Report) -> list[etree._Element]:
    root = etree.fromstring(formats.load("qc-xml").render(Batch((report,))).text.encode())
    return root.findall(".//{*}ErrorDescription")


def texts(element: etree._Element, *names: str) -> list[str | None]:
    return [element.findtext(f".//{{*}}{name}") for name in names]


def test_an_error_has_the_codes_of_the_vocabulary():
    (black,) = errors(replace(reports.FAILING, findings=(reports.BLACK,)))
    assert texts(black, "ErrorCategory", "ErrorTerm", "Severity") == ["HEAD-TAIL", "BLACK-DURATION", "critical"]
    assert texts(black, "StartTimecode", "EndTimecode") == ["00:00:00:00", "00:00:12:11"]
    (line,) = errors(replace(reports.FAILING, findings=(reports.LINE_LENGTH,)))
    assert texts(line, "ErrorCategory", "LineNumber", "Text") == ["TIMED-TEXT", "47", reports.LINE_LENGTH.at.words]


def test_without_a_frame_rate_times_are_seconds():
    japanese = replace(reports.SPEED, check="subtitle/reads-too-fast")
    (speed,) = errors(replace(reports.FAILING, findings=(japanese,)))
    assert texts(speed, "StartTimecode", "Severity") == ["31.500", "medium"]


def test_a_waived_error_is_resolved():
    (error,) = errors(reports.WAIVED)
    severity = error.find("{*}Severity")
    assert (severity.text, severity.get("resolution")) == ("resolved", reports.WAIVER.reason)
    assert severity.get("originalSeverity") == "critical"


def test_rights_are_not_told_to_a_partner():
    rights = replace(reports.SYNOPSIS, check="rights/window-over", severity=Severity.ERROR)
    assert errors(replace(reports.FAILING, findings=(rights,))) == []


def test_what_was_not_checked_of_the_title_is_told_and_rights_are_not():
    missing = [NotChecked(check, "", "why", required=True) for check in ("title/no-master", "rights/no-window")]
    root = _statuses(replace(reports.FAILING, findings=(), not_checked=tuple(missing)))
    (title,) = [item for item in root if item.findtext(".//{*}Location").endswith("title.toml")]
    assert title.findtext("{*}ProgressCode") == "In-Process"
    assert texts(title, "ProgressDetail") == ["title/no-master not checked: why"]


def _statuses(report: Report) -> list[etree._Element]:
    root = etree.fromstring(formats.load("qc-xml").render(Batch((report,))).text.encode())
    return root.findall("{*}AssetStatus")


def test_the_state_of_a_file():
    states = {
        status.findtext(".//{*}Location").rpartition("/")[2]: status.findtext("{*}ProgressCode")
        for status in _statuses(reports.INCOMPLETE)
    }
    assert states == {
        "winter-harbour_ko.mov": "Error",
        "winter-harbour_ko.srt": "Error",
        "%E5%86%AC%E3%81%AE%E6%B8%AF_ja.ttml": "Issue",
        "winter-harbour_en.srt": "Ready",
        "poster.jpg": "Ready",
        "title.toml": "Issue",
    }
