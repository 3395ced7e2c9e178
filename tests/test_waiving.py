"""A waived finding stays in the report, apart, and does not count; rights and what was not checked are never waived."""

import dataclasses
import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from titles import NOW, cues, read_title, write_files, write_title
from waivers import waiver

from assets import manifest, platform
from assets.errors import InputError, Refused, UsageError
from assets.subjects import SubtitleTrack, UnreadableMaster
from assets.timing import from_ms
from checks import report_json
from checks.judging import Question, judge
from checks.report import Verdict
from cli.main import group
from cli.render import qc_notes
from cli.waiving import said

TABLE = '[checks."{}"]\nseverity = "{}"\nsource = "tests"\nverified_on = 2026-11-01\n'
SPEC = 'name = "P"\nright = "svod"\nrevision = "1"\nsource = "tests"\n' + "".join(
    TABLE.format(name, severity)
    for name, severity in (
        ("subtitle/empty-cue", "error"),
        ("master/video-missing", "error"),
        ("title/waiver-expired", "warning"),
        ("title/waiver-orphaned", "warning"),
        ("rights/window-over", "error"),
    )
)
ROLE = "ko/subtitles/en/full"


@pytest.fixture
def title(tmp_path):
    found = manifest.read_title(write_title(tmp_path), tmp_path)
    write_files(found)
    return dataclasses.replace(found, windows=())


@pytest.fixture
def spec(tmp_path):
    (tmp_path / "p.toml").write_text(SPEC, encoding="utf-8")
    return platform.load("p", tmp_path)


def faulty(title, *waivers, texts=("Hello.", " ", "Bye."), later=0):
    """The title with a cue that shows nothing, all cues `later` by some milliseconds, and waivers."""
    read = read_title(dataclasses.replace(title, waivers=waivers))
    moved = tuple(
        dataclasses.replace(cue, start=cue.start + from_ms(later), end=cue.end + from_ms(later)) for cue in cues(*texts)
    )
    assets = [
        dataclasses.replace(item, cues=moved) if isinstance(item, SubtitleTrack) else item for item in read.assets
    ]
    return dataclasses.replace(read, assets=tuple(assets))


def judged(read, spec, at=NOW, **changes):
    return judge(read, spec, Question(at), now=NOW, **changes)


@pytest.fixture
def lifts(title, spec):
    """A waiver for the empty cue."""
    (finding,) = judged(faulty(title), spec).findings
    return waiver(finding.fingerprint, finding.check, asset=ROLE)


def test_a_waived_finding_stands_apart_and_is_named_by_the_clearance(title, spec, lifts):
    report = judged(faulty(title, lifts), spec)
    assert (report.verdict, report.findings) == (Verdict.PASS, ())
    (found,) = report.waived
    assert (found.waiver, found.at.label) == (lifts, "cue 2")
    assert report.clearance().waivers == (lifts,)
    data = report_json.to_dict(report)
    assert (data["findings"], data["counts"]["error"], data["counts"]["waived"]) == ([], 0, 1)
    assert data["waived"][0]["waiver"]["by"] == "김하늘"
    assert "shows nothing [subtitle/empty-cue]\n  Waived: 감독의 뜻\n  김하늘, 2026-11-01, " in qc_notes.render(report)


def test_it_survives_retiming_and_other_edits(title, spec, lifts):
    read = faulty(title, lifts, texts=("Hi!", "A new one.", " ", "Bye, bye."), later=61_417)
    report = judged(read, spec)
    assert [(item.at.label, item.at.start) for item in report.waived] == [("cue 3", from_ms(9000 + 61_417))]
    assert report.verdict is Verdict.PASS


def test_another_finding_of_the_kind_is_not_waived(title, spec, lifts):
    report = judged(faulty(title, lifts, texts=("Hello.", " ", "  ")), spec)
    assert (len(report.findings), len(report.waived), report.verdict) == (1, 1, Verdict.FAIL)


@pytest.mark.parametrize(
    "changes",
    [{"platform": "other"}, {"asset": "ko/subtitles/ko/full"}, {"check": "subtitle/overlap"}, {"asset": ""}],
)
def test_an_entry_lifts_only_what_it_says(title, spec, lifts, changes):
    report = judged(faulty(title, dataclasses.replace(lifts, **changes)), spec)
    assert report.verdict is Verdict.FAIL
    assert report.waived == ()


def test_from_the_first_instant_after_its_last_day_it_lifts_nothing(title, spec, lifts):
    ends = waiver(lifts.fingerprint, lifts.check, asset=ROLE, until=date(2026, 12, 31))
    last = judged(faulty(title, ends), spec, at=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert (last.verdict, [item.check for item in last.findings]) == (Verdict.PASS, [])
    over = judged(faulty(title, ends), spec, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert over.verdict is Verdict.FAIL
    assert [item.check for item in over.findings] == ["title/waiver-expired", "subtitle/empty-cue"]


def test_nothing_is_waived_by_looking_back(title, spec, lifts):
    over = waiver(lifts.fingerprint, lifts.check, asset=ROLE, until=date(2026, 11, 10))
    report = judged(faulty(title, over), spec, at=datetime(2026, 11, 5, tzinfo=UTC))
    assert report.verdict is Verdict.FAIL


def test_a_waiver_for_nothing_is_a_finding_if_everything_was_checked(title, spec, lifts):
    report = judged(faulty(title, lifts, texts=("Hello.",)), spec)
    assert [(item.check, item.measured) for item in report.findings] == [
        ("title/waiver-orphaned", f"subtitle/empty-cue of {ROLE}")
    ]
    assert report.verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("entry", "is_orphaned"),
    [
        (waiver(check="no/check"), True),
        (waiver(check="subtitle/empty-cue", asset="ko/subtitles/xx/full"), True),
        (waiver(check="subtitle/overlap", asset=ROLE), False),
        (waiver(check="subtitle/overlap", asset=ROLE, platform="p"), True),
        (waiver(check="subtitle/empty-cue", asset=ROLE, platform="other"), False),
        (waiver(check="master/video-missing", asset="ko/master"), False),
    ],
)
def test_what_is_orphaned(title, spec, entry, is_orphaned):
    read = faulty(title, entry, texts=("Hello.",))
    master, *others = read.assets
    broken = UnreadableMaster(master.file, "ko", "it is empty", 0, master.sha256)
    report = judged(dataclasses.replace(read, assets=(broken, *others)), spec)
    assert [item.check for item in report.findings] == ["title/waiver-orphaned"] * is_orphaned
    assert report.verdict is Verdict.INCOMPLETE, "no waiver lifts what was not checked"


def test_some_files_alone_orphan_nothing(title, spec, lifts):
    read = faulty(title, lifts, texts=("Hello.",))
    report = judged(read, spec, only=lambda asset: isinstance(asset, SubtitleTrack))
    assert report.findings == ()
    assert "title/waiver-orphaned" in {item.check for item in report.not_checked}


def test_rights_are_never_waived_even_by_an_entry_that_no_reader_lets_through(title, spec, tmp_path):
    windows = manifest.read_title(tmp_path / "titles" / "film" / "title.toml", tmp_path).windows
    ended = dataclasses.replace(
        windows[0], start=datetime(2020, 1, 1, tzinfo=UTC), end=datetime(2021, 1, 1, tzinfo=UTC)
    )
    over = dataclasses.replace(title, windows=(ended,))
    (finding,) = judged(faulty(over, texts=("Hello.",)), spec).findings
    assert finding.check == "rights/window-over"
    forced = waiver(finding.fingerprint, finding.check)
    report = judged(faulty(over, forced, texts=("Hello.",)), spec)
    assert finding in report.findings
    assert (report.waived, report.verdict) == ((), Verdict.FAIL)
    with pytest.raises(Refused, match="rights/window-over"):
        report.clearance()

    entry = f'fingerprint = "{finding.fingerprint}"\ncheck = "{finding.check}"\nreason = "x"\nby = "x"\n'
    text = f'[[waivers]]\n{entry}granted = 2026-11-01\nuntil = "open"\n'
    (tmp_path / "titles" / "film" / "waivers.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no waiver lifts it"):
        manifest.read_title(tmp_path / "titles" / "film" / "title.toml", tmp_path)


@pytest.mark.parametrize(
    ("reason", "by", "until", "wrong"),
    [
        (" ", "Kim", "open", "--reason: says nothing"),
        ("x", "", "open", "--by: says nothing"),
        ("x\udcff", "Kim", "open", "is not UTF-8"),
        ("x", "Kim", "soon", "'soon' is no day; 2027-03-31, or open"),
        ("x", "Kim", "2026-11-20", "2026-11-20 is past"),
    ],
)
def test_what_the_command_line_may_not_say(reason, by, until, wrong):
    with pytest.raises(UsageError, match=wrong):
        said(reason, by, until, NOW, is_for_all=False)


CATALOGUE_TITLE = """\
original_language = "ko"
format = "1 x 1"
runtime = "00:01:00"
production_year = 2020
[names]
en = "Film"
[[versions]]
id = "ko"
language = "ko"
[[versions.subtitles]]
file = "en.srt"
language = "en"
"""


def test_from_the_command_line(tmp_path):
    path = write_title(tmp_path, CATALOGUE_TITLE)
    path.with_name("en.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n \n\n", encoding="utf-8")
    (tmp_path / "platforms").mkdir()
    tables = TABLE.format("subtitle/empty-cue", "error") + TABLE.format("rights/no-window", "error")
    text = 'name = "P"\nright = "svod"\nrevision = "1"\nsource = "tests"\n' + tables
    (tmp_path / "platforms" / "p.toml").write_text(text, encoding="utf-8")
    shared = ["-p", "p", "-C", str(tmp_path)]
    run = CliRunner().invoke
    (report,) = json.loads(run(group, ["report", "film", "--json", *shared]).stdout)
    found = {item["check"]: item["fingerprint"] for item in report["findings"]}
    words = ["--reason", "감독의 뜻", "--by", "김하늘", "--until", "open"]

    refused = run(group, ["waive", "film", *found.values(), *words, *shared])
    assert isinstance(refused.exception, Refused)
    assert not path.with_name("waivers.toml").exists()
    unknown = run(group, ["waive", "film", "0" * 16, *words, *shared])
    assert "has no finding 0000000000000000" in str(unknown.exception)
    done = run(group, ["waive", "film", found["subtitle/empty-cue"], *words, *shared])
    assert done.exception is None, done.output
    assert done.stdout == f"{found['subtitle/empty-cue']}: subtitle/empty-cue {ROLE}, until open\n"

    notes = tmp_path / "notes.txt"
    (report,) = json.loads(run(group, ["report", "film", "--json", "--notes", str(notes), *shared]).stdout)
    assert [item["check"] for item in report["findings"]] == ["rights/no-window"]
    assert [item["finding"]["fingerprint"] for item in report["waived"]] == [found["subtitle/empty-cue"]]
    assert "Waived: 감독의 뜻" in notes.read_text(encoding="utf-8")
    shown = run(group, ["report", "film", "--fingerprints", *shared]).stdout
    assert f"fingerprint {found['rights/no-window']}" in shown
    assert "WAIVED" in shown
