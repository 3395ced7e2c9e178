"""What JUnit, SARIF and GitHub annotations say of a report."""

import json
from dataclasses import replace

import pytest
import reports
from lxml import etree

from checks.core import NotChecked
from cli.render import formats
from cli.render.batch import Batch
from cli.render.formats import github, sarif


def failing(**changes: object) -> Batch:
    return Batch((replace(reports.FAILING, **changes),))


def suites(batch: Batch) -> list[etree._Element]:
    return list(etree.fromstring(formats.load("junit").render(batch).text.encode()))


def test_a_suite_counts_its_cases():
    found = suites(Batch(tuple(reports.SAMPLES.values()), (reports.UNREAD,)))
    assert [suite.get("id") for suite in found] == [str(number) for number in range(len(found))]
    for suite in found:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{tag}")))


def test_only_what_forbids_delivery_fails_a_case():
    by_name = {suite.get("name").partition(": ")[2]: suite for suite in suites(Batch((reports.INCOMPLETE,)))}
    master = {case.get("name"): case for case in by_name[reports.MASTER.name].findall("testcase")}
    assert [child.tag for child in master["master/black-at-head"]] == ["failure"]
    assert [child.tag for child in master["master/colour-range"]] == []  # a note
    assert "note: master/colour-range" in by_name[reports.MASTER.name].findtext("system-out")
    assert master["audio/loudness"].find("error").get("type") == "not-checked"
    (skipped,) = by_name[reports.POSTER.name].findall("testcase/skipped")
    assert skipped.get("message") == "the picture could not be opened: 끝이 잘린 파일"
    korean = by_name[reports.KOREAN.name]
    assert "cue 12, line 47" in korean.findtext("testcase/failure")


def test_a_check_that_found_nothing_is_a_case_of_each_file_that_it_judges():
    report = replace(reports.PASSING, checks_run=("subtitle/line-too-long", "metadata/synopsis-missing", "no/such"))
    cases = {
        suite.get("name"): [case.get("name") for case in suite.findall("testcase")]
        for suite in suites(Batch((report,)))
    }
    assert [names for names in cases.values() if names] == [
        ["metadata/synopsis-missing", "no/such"],
        *[["subtitle/line-too-long"]] * 3,
    ]


def test_several_findings_of_a_check_are_one_failure():
    two = replace(reports.FAILING, findings=(reports.LINE_LENGTH, replace(reports.LINE_LENGTH, message="again")))
    (failure,) = [found for suite in suites(Batch((two,))) for found in suite.findall("testcase/failure")]
    assert failure.get("message").endswith("(and 1 more finding)")
    assert failure.text.count("\n") == 1


def test_what_is_waived_is_told_in_the_output():
    outputs = [suite.findtext("system-out") for suite in suites(Batch((reports.WAIVED,)))]
    (told,) = [text for text in outputs if text]
    assert "waived: master/black-at-head" in told
    assert "김하늘, 2026-11-19, until 2027-03-31" in told


def log(batch: Batch) -> dict:
    return json.loads(formats.load("sarif").render(batch).text)


def test_a_result_names_rule_place_and_clause():
    (run,) = log(Batch((reports.INCOMPLETE,)))["runs"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(rules)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    line = by_rule["subtitle/line-too-long"]
    assert (line["kind"], line["level"]) == ("fail", "error")
    place = line["locations"][0]
    assert (
        place["physicalLocation"]["artifactLocation"]["uri"] == "titles/winter-harbour/subtitles/winter-harbour_ko.srt"
    )
    assert place["physicalLocation"]["region"] == {"startLine": 47}
    assert place["logicalLocations"] == [{"fullyQualifiedName": "cue 12 00:01:02:01-00:01:03:22"}]
    assert line["partialFingerprints"]["primaryLocationLineHash"] == "0123456789abcdef:1"
    speed = by_rule["subtitle/reading-speed"]
    assert (speed["kind"], speed["level"]) == ("review", "none")
    assert "%E5%86%AC%E3%81%AE%E6%B8%AF_ja.ttml" in speed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert by_rule["audio/loudness"]["kind"] == "open"
    assert by_rule["audio/loudness"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert "artwork/safe-area" not in by_rule  # GitHub would show an alert
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (rules[told["associatedRule"]["index"]], told["level"]) == ("artwork/safe-area", "note")
    assert told["message"]["text"].startswith("not checked: ")
    assert run["artifacts"][0]["hashes"] == {"sha-256": reports.MASTER.sha256}
    assert "hashes" not in run["artifacts"][-1]  # what could not be read has none


def test_a_waived_result_is_suppressed():
    (result,) = log(Batch((reports.WAIVED,)))["runs"][0]["results"]
    (suppression,) = result["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"].startswith(reports.WAIVER.reason)


def test_a_clause_that_has_an_address_is_linked():
    source = "Netflix, Timed Text Style Guide, Korean (216001127), 2025-07-07, I.6"
    (run,) = log(failing(findings=(replace(reports.LINE_LENGTH, source=source),)))["runs"]
    links = [rule["helpUri"] for rule in run["tool"]["driver"]["rules"] if "helpUri" in rule]
    assert links == ["https://partnerhelp.netflixstudios.com/hc/en-us/articles/216001127"]


@pytest.mark.parametrize(
    ("batch", "complete"),
    [
        (Batch((reports.FAILING,)), True),
        (Batch((reports.INCOMPLETE,)), False),
        (Batch((reports.PASSING,), (reports.UNREAD,)), False),
        (Batch((), (reports.UNREAD,)), False),
    ],
)
def test_a_run_says_whether_all_was_judged(batch, complete):
    (run,) = log(batch)["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is complete
    told = [item for item in invocation["toolExecutionNotifications"] if "associatedRule" not in item]
    assert len(told) == 2 * len(batch.unread)


def test_what_github_does_not_take_is_said(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RUNS", 2)
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    rendered = formats.load("sarif").render(Batch((reports.PASSING, reports.FAILING, reports.INCOMPLETE)))
    runs = json.loads(rendered.text)["runs"]
    assert [run["properties"]["verdict"] for run in runs] == ["incomplete", "fail"]
    assert [len(run["results"]) for run in runs] == [3, 3]
    assert {result["level"] for result in runs[1]["results"][:2]} == {"error"}  # the worst are kept
    assert rendered.notices == (
        "sarif: 1 report left out: GitHub takes 2 runs in a file",
        "sarif: winter-harbour: 3 results left out: GitHub takes 3 in a run",
        "sarif: winter-harbour: 2 results left out: GitHub takes 3 in a run",
    )
    told = [item["message"]["text"] for item in runs[0]["invocations"][0]["toolExecutionNotifications"]]
    assert [text.partition(":")[0] for text in told] == ["1 report left out", "winter-harbour", "not checked"]


def lines(batch: Batch) -> list[str]:
    return formats.load("github").render(batch).text.splitlines()


def test_an_annotation_has_its_file_and_line():
    (line,) = lines(failing(findings=(reports.LINE_LENGTH,), not_checked=()))
    assert line == (
        "::error file=titles/winter-harbour/subtitles/winter-harbour_ko.srt,line=47,"
        "title=subtitle/line-too-long (svod)::cue 12: 18.5 characters, at most 16: "
        "오늘은 아무 데도 가지 말고 여기 있어요! [Timed text style guide ko, I.4]"
    )


def test_annotations_escape_what_would_end_them():
    name = "a,b:c%.srt"
    finding = replace(reports.LINE_LENGTH, asset=name, message="100% of %0A\n::warning::", source="x")
    (line,) = lines(failing(findings=(finding,), not_checked=()))
    assert "file=titles/winter-harbour/a%2Cb%3Ac%25.srt," in line
    assert line.endswith("::cue 12: 100%25 of %250A ⏎ ::warning:: [x]")


def test_what_github_does_not_show_is_counted():
    found = lines(failing(findings=(reports.LINE_LENGTH,) * 14 + (reports.COLOUR,) * 3))
    assert [line.split(" ")[0] for line in found[:-1]] == ["::error"] * github.MOST + ["::notice"] * 3
    assert found[-1] == "more than GitHub shows: 4 errors; the report has them"


def test_required_checks_that_were_not_made_are_one_annotation():
    missing = tuple(NotChecked(f"audio/{name}", "", "the title has no master", required=True) for name in "abc")
    (line,) = lines(failing(findings=(), not_checked=missing))
    assert line == (
        "::error file=titles/winter-harbour/title.toml,title=3 required checks not made (svod)::"
        "the title has no master: audio/a, audio/b, audio/c"
    )


def test_a_waived_finding_on_a_file_of_no_other_case_is_told_in_junit():
    waived = replace(reports.WAIVED.waived[0], asset="masters/gone.mov")
    report = replace(reports.WAIVED, findings=(), not_checked=(), waived=(waived,))
    (told,) = [suite.findtext("system-out") for suite in suites(Batch((report,))) if "gone" in suite.get("name")]
    assert told.startswith(f"waived: {waived.check}")


def test_an_annotation_is_in_the_language_of_the_run():
    batch = replace(failing(findings=(reports.LINE_LENGTH,)), language="ja")
    assert f"::{batch.phrase('cue 12')}: " in formats.load("github").render(batch).text
    assert batch.phrase("cue 12") != "cue 12"
