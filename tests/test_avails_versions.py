"""Avails of every version that is written, from the command line: the same licences come back, or are refused."""

import tomllib
from dataclasses import replace

import pytest
from avails_rows import GOOD, SOLD
from in_process import run

from assets.avails.old_sheets import as_old
from assets.avails.rows import LanguageUse, When
from assets.avails.sheet_read import read_sheet
from assets.avails.sheet_write import write_sheet
from assets.avails.xml_read import read_xml

TITLE = """\
original_language = "ko"
production_year = 2020

[names]
en = "Thaw"
"""

LICENCE = """\
zone = "Asia/Seoul"

[[licences]]
id = "l"
to = "=Shop; Inc"
contract = "S-1"
status = "signed"
signed = 2026-01-02
"""

GRANTS = """
[[licences.grants]]
id = "open"
rights = ["svod"]
territories = ["KR", "JP"]
start = 2027-01-01
end = 2029-01-01
languages = { dubbed = ["ko"], subtitled = ["en", "ko"], captioned = ["en", "ko"] }
announce = 2026-12-01

[[licences.grants]]
id = "sold"
rights = ["est"]
territories = ["TW"]
start = 2027-01-01
end = "open"
languages = { excluding = ["ja"] }
prices = [{ type = "WSP", value = "9.90", currency = "USD" }]
"""

EXCLUSIVE = """
[[licences.grants]]
id = "own"
rights = ["svod"]
territories = ["TH"]
start = 2027-01-01
end = 2029-01-01
languages = "all"
exclusive = true
"""

FILES = [("1.7", "xlsx"), ("1.8", "xlsx"), ("1.9", "xlsx"), ("2.6.1", "xml"), ("2.7", "xml")]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "films/titles/thaw"
    folder.mkdir(parents=True)
    (folder / "title.toml").write_text(TITLE, encoding="utf-8")
    (folder / "rights.toml").write_text(LICENCE + GRANTS + EXCLUSIVE, encoding="utf-8")
    (tmp_path / "films/releaseprint.toml").write_text("", encoding="utf-8")
    return tmp_path / "films"


def _write(home, name, version):
    asked = ["--output", name, "--licensor", "Agent", "--at", "2026-06-01", "--avails-version", version]
    return run("avails", *asked, cwd=home)


def _said(text):
    """What the grants of a file say, a territory each."""
    licence = tomllib.loads(text)["licences"][0]
    left = {"id", "territories"}
    return licence["to"], sorted(
        str((code, sorted((key, value) for key, value in ({"exclusive": False} | grant).items() if key not in left)))
        for grant in licence["grants"]
        for code in grant["territories"]
    )


@pytest.mark.parametrize(("version", "form"), FILES)
def test_what_is_written_of_every_version_comes_back(home, version, form):
    done = _write(home, f"../out.{form}", version)
    is_old = version == "1.7"
    refused = "not written: thaw: grant own: is exclusive, which a sheet of 1.7 cannot say" in done.stderr
    assert (done.returncode, refused) == (int(is_old), is_old)
    read = read_xml if form == "xml" else read_sheet
    assert read(home.parent / f"out.{form}").version == version
    rights = home / "titles/thaw/rights.toml"
    before = LICENCE.replace('zone = "Asia/Seoul"\n', "") + GRANTS + ("" if is_old else EXCLUSIVE)
    rights.unlink()
    back = ["--signed", "2026-01-02", "--right", "EST=est", "--write"]
    assert run("import-avails", f"../out.{form}", *back, cwd=home).returncode == 0
    plain = before.replace("2027-01-01", "2027-01-01T00:00:00+09:00").replace("2029-01-01", "2029-01-01T00:00:00+09:00")
    expected = _said(plain.replace("announce = 2026-12-01", "announce = 2026-12-01T00:00:00+09:00"))
    assert _said(rights.read_text(encoding="utf-8")) == expected


@pytest.mark.parametrize(
    ("name", "version", "wrong"),
    [
        ("x.xlsx", "2.7", "x.xlsx: no Avails 2.7 with this name; 1.7, 1.8, 1.9"),
        ("x.xml", "1.9", "x.xml: no Avails 1.9 with this name; 2.6.1, 2.7"),
        ("x.csv", "1.9", "'x.csv' is no file of Avails; .xlsx or .xml"),
        ("x.xml", "2.5", "2.5"),
    ],
)
def test_a_version_that_a_file_cannot_have_is_refused(home, name, version, wrong):
    done = _write(home, name, version)
    assert (done.returncode, wrong in done.stderr, (home / name).exists()) == (2, True, False)


def test_a_version_without_a_file_is_refused(home):
    done = run("avails", "--right", "svod", "--avails-version", "1.8", cwd=home)
    assert (done.returncode, "--avails-version is that of the file of --output" in done.stderr) == (2, True)


def test_an_old_sheet_has_a_row_for_each_territory_and_loses_nothing(tmp_path):
    row = replace(
        GOOD,
        **SOLD | {"exclusive": False, "avail_id": "a", "territories": ("KR", "JP")},
        avail_type="",
        short_description="",
    )
    made = as_old([row])
    assert [(each.territories, each.avail_id, each.licensee, each.service_provider) for each in made.rows] == [
        (("KR",), "a:kr", "", row.licensee), (("JP",), "a:jp", "", row.licensee)
    ]  # fmt: skip
    assert (made.refused, write_sheet(tmp_path / "old.xlsx", made.rows, version="1.7")) == ((), ())
    assert read_sheet(tmp_path / "old.xlsx").rows == made.rows


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"exclusive": True}, "is exclusive"),
        ({"excluded": ("CA-QC",)}, "leaves CA-QC out"),
        ({"start": When(condition="Theatrical", lag="P90D")}, "is counted from an event"),
        ({"window_duration": "P30D"}, "is counted from an event"),
        ({"licensee": "A", "service_provider": "B"}, "is for A by B"),
    ],
)
def test_what_an_old_sheet_cannot_say_is_refused_by_name(change, wrong):
    row = replace(GOOD, **{"exclusive": None, "allowed": (LanguageUse("ko"),), "place": "thaw: svod"} | change)
    assert as_old([row]).refused == (f"thaw: svod: {wrong}, which a sheet of 1.7 cannot say; 1.8 can",)
