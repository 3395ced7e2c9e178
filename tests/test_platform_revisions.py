"""Earlier revisions of a platform: kept whole, found by their names, and never anything else than what they were."""

from dataclasses import replace

import pytest

from assets import platform, platform_revisions
from assets.errors import InputError, Refused, UsageError

HOUSE = """\
name = "House"
right = "svod"
revision = "2026-05"
source = "made for the tests"
base = "svod"
[checks."subtitle/line-too-long"]
max_cpl = { ko = 18, en = 42, ja = 13, default = 42 }
severity = "warning"
source = "house rule 4"
verified_on = 2026-05-01
"""


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "platforms"
    folder.mkdir()
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    return folder


def asked(found):
    """All that a platform asks for, without the files in which it stands."""
    checks = {name: settings(item) for name, item in {**found.checks, **found.off}.items()}
    return found.id, found.name, found.right, found.revision, found.source, found.package, found.lead_time, checks


def settings(item):
    cases = tuple((condition, settings(case)) for condition, case in item.cases if item.severity != "off")
    return item.severity, item.source, item.verified_on, item.reason, dict(item.limits), cases


SOME = ("svod", "paytv", "dto")
"""With cases, with a base, and with a base that has cases."""


@pytest.mark.parametrize(
    "name", [name if name in SOME else pytest.param(name, marks=pytest.mark.slow) for name in platform.available()]
)
def test_what_is_kept_of_a_platform_is_all_of_it(name, tmp_path):
    found = platform.load(name)
    platform_revisions.keep(found, tmp_path)
    kept = platform_revisions.find(f"{name}@{found.revision}", tmp_path)
    assert asked(kept) == asked(replace(found))
    assert kept.origin == f"platforms/earlier/{name}@{found.revision}.toml"


def test_a_kept_platform_does_not_change_with_its_base(own):
    then = platform.load("house", own)
    path = platform_revisions.keep(then, own)
    (own / "svod.toml").write_text(
        HOUSE.replace('base = "svod"\n', "").replace("ko = 18", "ko = 1").replace('"House"', '"Other"'),
        encoding="utf-8",
    )
    assert "base" not in path.read_text(encoding="utf-8")
    assert asked(platform_revisions.find("house@2026-05", own)) == asked(then)
    assert asked(platform.load("house", own)) != asked(then)
    assert list(platform.available(own)) == [*platform.available(), "house"], "an earlier revision is no platform"


def test_a_revision_stays_what_it_was(own):
    path = platform_revisions.keep(platform.load("house", own), own)
    before = path.read_bytes()
    assert platform_revisions.keep(platform.load("house", own), own).read_bytes() == before
    (own / "house.toml").write_text(HOUSE.replace("ko = 18", "ko = 16"), encoding="utf-8")
    with pytest.raises(Refused, match="give the changed platform another `revision`"):
        platform_revisions.keep(platform.load("house", own), own)
    assert path.read_bytes() == before


def test_a_file_in_the_place_of_a_kept_revision_is_left_as_it_is(own):
    path = platform_revisions.keep(platform.load("house", own), own)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="says something else"):
        platform_revisions.keep(platform.load("house", own), own)
    path.unlink()
    path.mkdir()
    with pytest.raises(UsageError, match="cannot be written: Is a directory"):
        platform_revisions.keep(platform.load("house", own), own)


def test_a_place_that_cannot_be_written_is_told(own):
    (own / platform_revisions.EARLIER).write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="earlier: cannot be written: File exists"):
        platform_revisions.keep(platform.load("house", own), own)


def test_a_platform_is_found_by_name_by_revision_and_by_file(own, tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE.replace("2026-05", "2025-01"), encoding="utf-8")
    assert platform_revisions.find("house", own).revision == "2026-05"
    assert platform_revisions.find("house@2026-05", own).origin == "platforms/house.toml"
    other = platform_revisions.find(str(path), own)
    assert (other.id, other.revision, other.origin) == ("house", "2025-01", str(path))


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("house@2020-01", UsageError, "kept earlier revisions of house: none; .*--keep` keeps the present one"),
        ("house@../../x", UsageError, "there is no revision"),
        ("nobody@1", UsageError, "there is no revision 'nobody@1'"),
        ("nobody", UsageError, "there is no platform 'nobody'"),
        ("No Id.toml", UsageError, "'No Id' is no id of a platform"),
        ("missing.toml", InputError, "missing.toml: cannot be read: No such file"),
    ],
)
def test_what_is_not_there_is_told(own, name, kind, said):
    with pytest.raises(kind, match=said):
        platform_revisions.find(name, own)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HOUSE, r"earlier/house@2026-05.toml: line 5: base: an earlier revision has no base; all of it, as --keep"),
        (
            HOUSE.replace('base = "svod"\n', "").replace("05", "06"),
            r"line 3: revision: '2026-06', while the file's name",
        ),
        (
            HOUSE.replace('base = "svod"\n', "typo = 1\n"),
            r"platforms/earlier/house@2026-05.toml: line 5: typo: unknown",
        ),
    ],
)
def test_a_wrong_earlier_revision_is_told_by_line(own, text, said):
    (own / "earlier").mkdir()
    (own / "earlier/house@2026-05.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        platform_revisions.find("house@2026-05", own)


@pytest.mark.parametrize("revision", ["../up", "a:b", "2026.", " ", "con\\x"])
def test_a_revision_that_is_no_file_name_is_not_kept(own, revision):
    with pytest.raises(UsageError, match="cannot be part of a file's name"):
        platform_revisions.keep(replace(platform.load("house", own), revision=revision), own)
