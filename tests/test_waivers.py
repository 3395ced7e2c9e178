"""waivers.toml: what it says, what is refused, and that entries are added without touching the rest."""

from datetime import UTC, date, datetime

import pytest
from titles import write_title
from waivers import waiver

from assets import manifest, waiver_records
from assets.errors import InputError

ENTRY = """\
[[waivers]]
fingerprint = "00000000000000aa"
check = "subtitle/overlap"
asset = "ko/subtitles/en/full"
reason = "감독의 뜻"  # agreed on the phone
by = "김하늘"
granted = 2026-11-01
until = 2026-12-31
"""


@pytest.fixture
def path(tmp_path):
    return write_title(tmp_path)


def read(path, text):
    path.with_name("waivers.toml").write_text(text, encoding="utf-8")
    root = path.parents[2]
    return manifest.read_title(path, root, path.relative_to(root).as_posix()).waivers


def test_a_day_ends_where_the_file_says(path):
    (found,) = read(path, ENTRY)
    assert found == waiver(asset="ko/subtitles/en/full", until=date(2026, 12, 31))
    assert (found.line, found.place) == (1, "titles/film/waivers.toml:1")
    assert not found.is_over(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert found.is_over(datetime(2027, 1, 1, tzinfo=UTC))
    (found,) = read(path, 'zone = "Asia/Seoul"\n' + ENTRY)
    assert not found.is_over(datetime(2026, 12, 31, 14, 59, 59, tzinfo=UTC))
    assert found.is_over(datetime(2026, 12, 31, 15, tzinfo=UTC))


def test_an_open_one_is_never_over(path):
    (found,) = read(path, ENTRY.replace("2026-12-31", '"open"'))
    assert not found.is_over(datetime(9998, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"subtitle/overlap"', '"rights/window-over"', "no waiver lifts it, a licence does"),
        ('"subtitle/overlap"', '"overlap"', "check: 'overlap' is not allowed"),
        ('"00000000000000aa"', '"AA"', "fingerprint: 'AA' is not allowed"),
        ('"감독의 뜻"', '"  "', "reason: '  ' is not allowed"),
        ('by = "김하늘"\n', "", "by: missing; this key is required"),
        ("2026-12-31", "2026-10-31", "until: 2026-10-31 is before 2026-11-01, when it was granted; a later day"),
        ("2026-12-31", '"2026-12-31"', "is no date"),
        ("2026-12-31", "2026-12-31T09:00:00", "has a time of day; the last day"),
        ("until", "ends", "ends: unknown key"),
        ("[[waivers]]", 'zone = "Mars"\n[[waivers]]', "zone: 'Mars' is no time zone"),
        ("[[waivers]]", ENTRY + "[[waivers]]", "waivers[1].fingerprint: '00000000000000aa' is waived twice"),
    ],
)
def test_what_is_refused(path, old, new, fault):
    with pytest.raises(InputError) as error:
        read(path, ENTRY.replace(old, new, 1))
    assert fault in str(error.value)
    assert str(error.value).startswith("titles/film/waivers.toml: line ")


def test_a_link_out_of_the_catalogue_is_refused(path, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "waivers.toml"
    outside.write_text(ENTRY, encoding="utf-8")
    path.with_name("waivers.toml").symlink_to(outside)
    with pytest.raises(InputError, match="leaves the catalogue"):
        manifest.read_title(path, path.parents[2])


def test_a_waiver_is_part_of_what_declares_a_title(path):
    root = path.parents[2]
    bare = manifest.read_title(path, root).sha256
    path.with_name("waivers.toml").write_text(ENTRY, encoding="utf-8")
    found = manifest.read_title(path, root).sha256
    assert found == manifest.declared_digest(path.parent) != bare


def test_entries_are_added_and_renewed_and_comments_stay(path):
    folder, root = path.parent, path.parents[2]
    first = waiver(asset="ko/subtitles/en/full", until=date(2026, 12, 31))
    second = waiver("00000000000000bb", "title/track-missing", platform="svod", reason='"말"\n둘')
    waiver_records.grant(folder, root, "film", [first, second])
    assert list(waiver_records.read_waivers(folder, root, "film")) == [first, second]

    text = "# 검토됨\n" + ENTRY
    read(path, text)
    renewed = waiver(asset="ko/subtitles/en/full", until=date(2027, 6, 30), by="이바다", reason="다시")
    waiver_records.grant(folder, root, "film", [renewed, second])
    assert list(waiver_records.read_waivers(folder, root, "film")) == [renewed, second]
    written = path.with_name("waivers.toml").read_text(encoding="utf-8")
    assert written.startswith("# 검토됨\n[[waivers]]\n")
    assert "# agreed on the phone" in written
    assert sorted(item.name for item in folder.iterdir()) == ["title.toml", "waivers.toml"]


def test_a_broken_file_gets_no_entries(path):
    text = ENTRY.replace("by =", "of =")
    with pytest.raises(InputError, match="unknown key"):
        read(path, text)
    with pytest.raises(InputError, match="unknown key"):
        waiver_records.grant(path.parent, path.parents[2], "film", [waiver()])
    assert path.with_name("waivers.toml").read_text(encoding="utf-8") == text
