"""A report never passes what was not looked at, and says what it did not look at."""

import dataclasses

import pytest
import small
from titles import NOW, read_title, write_files, write_title

from assets import manifest, platform
from assets.errors import Refused
from assets.reading import read_title as read_files
from assets.subjects import ReadTitle, UnreadableMaster, UnreadableSubtitles
from checks import core
from checks.judging import Question, judge
from checks.report import Verdict

QUESTION = Question(NOW)
HEADER = 'name = "P"\nright = "svod"\nrevision = "1"\nsource = "tests"\n'
TABLE = '[checks."{}"]\nseverity = "{}"\nsource = "tests"\nverified_on = 2026-11-01\n'


@pytest.fixture
def title(tmp_path):
    found = manifest.read_title(write_title(tmp_path), tmp_path)
    write_files(found)
    return found


def platform_of(folder, *tables):
    (folder / "p.toml").write_text(HEADER + "".join(tables), encoding="utf-8")
    return platform.load("p", folder)


def with_unreadable_master(read):
    master, *others = read.assets
    broken = UnreadableMaster(master.file, "ko", "it is empty", 0, master.sha256)
    return ReadTitle(read.title, (broken, *others))


def test_a_clean_report_makes_a_clearance_that_binds_every_byte(title, tmp_path):
    read = read_title(title)
    report = judge(read, platform_of(tmp_path, TABLE.format("subtitle/overlap", "error")), QUESTION, now=NOW)
    assert report.verdict is Verdict.PASS
    clearance = report.clearance()
    assert clearance.digests == {asset.file.name: asset.sha256 for asset in read.assets}
    assert (clearance.title, clearance.platform, clearance.revision) == ("film", "p", "1")


def test_an_unreadable_master_is_never_a_pass_even_if_no_check_asks(title, tmp_path):
    read = with_unreadable_master(read_title(title))
    report = judge(read, platform_of(tmp_path, TABLE.format("subtitle/overlap", "error")), QUESTION, now=NOW)
    assert report.verdict is Verdict.INCOMPLETE
    assert [(item.asset, item.reason) for item in report.not_checked] == [("masters/film.mov", "it is empty")]
    with pytest.raises(Refused, match="was not checked: it is empty"):
        report.clearance()


def test_checks_of_what_could_not_be_read_are_not_checked(title, tmp_path):
    read = with_unreadable_master(read_title(title))
    tables = (TABLE.format("master/unreadable", "error"), TABLE.format("master/video-missing", "error"))
    report = judge(read, platform_of(tmp_path, *tables), QUESTION, now=NOW)
    assert [(finding.check, finding.asset) for finding in report.findings] == [
        ("master/unreadable", "masters/film.mov")
    ]
    assert [(item.check, item.required) for item in report.not_checked] == [("master/video-missing", True)]


def test_a_title_without_master_is_not_a_pass(title, tmp_path):
    version = dataclasses.replace(title.versions[0], master=None)
    bare = dataclasses.replace(title, versions=(version,))
    report = judge(
        read_title(bare), platform_of(tmp_path, TABLE.format("master/video-missing", "error")), QUESTION, now=NOW
    )
    assert report.verdict is Verdict.INCOMPLETE
    assert report.not_checked[0].reason == "the title has no master"


def test_a_warning_that_could_not_run_is_said_and_no_more(title, tmp_path):
    tables = (TABLE.format("master/video-missing", "warning"),)
    read = with_unreadable_master(read_title(title))
    bare = ReadTitle(read.title, read.assets[1:])
    report = judge(bare, platform_of(tmp_path, *tables), QUESTION, now=NOW)
    assert [(item.check, item.required) for item in report.not_checked] == [("master/video-missing", False)]
    assert report.verdict is Verdict.PASS


def test_a_territory_that_nobody_asked_for_is_no_gap(title, tmp_path):
    spec = platform_of(tmp_path, TABLE.format("rights/territory-not-covered", "error"))
    report = judge(read_title(title), spec, QUESTION, now=NOW)
    assert report.verdict is Verdict.PASS
    assert [item.required for item in report.not_checked] == [False]


def test_missing_and_odd_files_are_unreadable_assets(tmp_path):
    text = small.TITLE.replace("subtitles/en.srt", "subtitles")
    title = manifest.read_title(write_title(tmp_path, text), tmp_path)
    (title.folder / "subtitles").mkdir()
    master, track = read_files(title, 20).assets
    assert isinstance(master, UnreadableMaster)
    assert master.reason == "there is no such file"
    assert isinstance(track, UnreadableSubtitles)
    assert track.reason == "it is not a regular file"


def test_a_master_that_versions_share_is_judged_once(title):
    version = title.versions[0]
    twin = dataclasses.replace(version, id="en", language="en", subtitles=())
    shared = dataclasses.replace(title, versions=(version, twin))
    assert len([asset for asset in read_files(shared, 20).assets if asset.file == version.master]) == 1


def test_borderline_is_never_worse_than_a_warning():
    @core.check("subtitle/example", on=str)
    def example(_subject):
        """Fault.

        Advice.
        """
        yield core.Problem("{measured}", measured=1, borderline=True)

    selected = core.Selected(example, None, core.Severity.ERROR, "tests", NOW.date())
    (finding,) = core.run_one(selected, "x")
    assert finding.severity is core.Severity.WARNING
