"""Avails as sheets and as XML: read with errors by cell and line, written valid, and the same rows both ways."""

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from avails_rows import GOOD, SOLD, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from assets.avails.columns import columns_of, versions
from assets.avails.rows import LanguageUse, When
from assets.avails.sheet_read import read_sheet
from assets.avails.sheet_write import write_sheet
from assets.avails.vocabulary import vocabulary
from assets.avails.xml_names import WRITTEN
from assets.avails.xml_read import read_xml
from assets.avails.xml_write import write_xml
from assets.errors import InputError, UsageError

SHARED = Path(__file__).parents[2] / "shared/data/manifests/movielabs"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the documents of the standards are not here")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("avails")


class _Beside(etree.Resolver):
    """Schemas from the folder; 2.6.1 asks for an edition of MEC that differs from the next in its namespaces alone."""

    def resolve(self, url, _public, context):
        name = url.rsplit("/", 1)[-1]
        if name == "mdmec-v2.11.xsd":
            text = (SHARED / "xsd/mdmec-v2.12.xsd").read_text(encoding="utf-8").replace("2.12", "2.11")
            return self.resolve_string(text, context)
        return self.resolve_filename(str(SHARED / "xsd" / name), context)


@pytest.fixture(scope="module", params=WRITTEN)
def schema(request):
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    path = SHARED / f"xsd/avails-v{request.param}.xsd"
    return request.param, etree.XMLSchema(etree.parse(str(path), parser))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(rows(), min_size=1, max_size=4))
def test_rows_are_the_same_after_a_sheet(folder, some):
    some = [replace(row, avail_type="", short_description="") for row in some]
    assert write_sheet(folder / "rows.xlsx", some) == ()
    found = read_sheet(folder / "rows.xlsx")
    assert (list(found.rows), found.faults, found.notes) == (some, (), ())


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(rows(), min_size=1, max_size=4), st.sampled_from(sorted(WRITTEN)))
def test_rows_are_the_same_after_xml(folder, some, version):
    assert write_xml(folder / "rows.xml", some, version=version, remark="a -- b") == ()
    found = read_xml(folder / "rows.xml")
    assert (list(found.rows), found.faults, found.notes, found.version) == (some, (), (), version)


@needs_shared
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some=st.lists(rows(), min_size=1, max_size=4))
def test_what_is_written_is_valid(folder, schema, some):
    version, valid = schema
    rated = replace(some[0], rating_system="KMRB", rating_value="15+", bundled=("a", "b"), alt_id="own")
    write_xml(folder / "valid.xml", [*some, rated], version=version)
    valid.assertValid(etree.parse(str(folder / "valid.xml")))


@needs_shared
def test_every_sample_is_read_without_error():
    found = [read_xml(path) for path in sorted((SHARED / "samples").glob("Avails*.xml"))]
    found += [read_sheet(path) for path in sorted((SHARED / "samples").glob("*.xlsx"))]
    assert [(item.version, len(item.rows)) for item in found] == [
        ("2.2.1", 24), ("2.2.2", 24), ("2.3", 24), ("2.4", 24), ("1.9", 2), ("1.8", 27), ("1.9", 26), ("1.9", 38)
    ]  # fmt: skip
    assert [item.faults for item in found] == [()] * 8
    detective = found[-1].rows[5]
    assert (detective.title, detective.run_time) == ("Time and Place, The", "PT56M20S")


@needs_shared
def test_the_words_are_those_of_the_vocabulary():
    import json

    listed = json.loads((SHARED / "vocabulary/vocab_avail_v2.7.json").read_text(encoding="utf-8"))["avail"]
    own = vocabulary().words
    for name in ("AvailType", "EntryType", "LicenseType", "LocalizationOffering", "FormatProfile", "DateTimeCondition"):
        assert list(own[name]) == listed[name]
    assert list(own["TitleStatus"]) == listed["@termName='TitleStatus'"]
    assert list(own["CaptionsExemption"]) == listed["USACaptionsExemptionReason"]
    assert set(own["PriceType"]) <= set(listed["Term@termName"])


@needs_shared
def test_the_columns_are_those_of_the_template():
    book = openpyxl.load_workbook(SHARED / "samples/Movies_v1.9.xlsx", read_only=True)
    groups, names = (list(row) for row in book.worksheets[0].iter_rows(max_row=2, values_only=True))
    assert [column.name for column in columns_of("1.9")] == names
    assert [column.group for column in columns_of("1.9")] == groups


@pytest.mark.parametrize("hazard", ["=1+1", "+82", "-1", "@SUM(A1)", '=HYPERLINK("x")', "#N/A", "＝1", "=TRUE()"])
def test_no_text_becomes_a_formula(folder, hazard):
    row = replace(GOOD, title=hazard, other=(("RetailerSpare1", hazard),), avail_type="", short_description="")
    write_sheet(folder / "hazard.xlsx", [row])
    with zipfile.ZipFile(folder / "hazard.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in sheet
    assert re.findall(r'<c [^>]*t="(\w+)"', sheet) == ["inlineStr"] * sheet.count("<c ")
    cells = openpyxl.load_workbook(folder / "hazard.xlsx").active
    found = [cell for line in cells.iter_rows() for cell in line if cell.value == hazard]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)] * 2
    assert read_sheet(folder / "hazard.xlsx").rows == (row,)


def _sheet(folder, names, *lines, version="1.9"):
    book = openpyxl.Workbook()
    for line in (["Avail"], names, [version, *["//"] * (len(names) - 1)], *lines):
        book.active.append(line)
    book.save(folder / "made.xlsx")
    return folder / "made.xlsx"


NAMES = ["DisplayName", "ALID", "LicenseType", "Start", "End", "Exclusive", "RentalDuration", "TotalRunTime"]


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("Start", "=TODAY()", "D4 (Start): is a formula"),
        ("ALID", "=A1", "B4 (ALID): is a formula"),
        ("Start", "2027-02-30", "D4 (Start): '2027-02-30' is no date"),
        ("Start", "1/2/2027", "D4 (Start): '1/2/2027' is no date"),
        ("Start", 46388, "D4 (Start): 46388 is no date"),
        ("End", "2027-01-01T25:00:00Z", "E4 (End): '2027-01-01T25:00:00Z' is no date"),
        ("Exclusive", "maybe", "F4 (Exclusive): 'maybe' is neither yes nor no"),
        ("RentalDuration", "two days", "G4 (RentalDuration): 'two days' is no number of hours"),
        ("RentalDuration", "P1M", "G4 (RentalDuration): 'P1M' is no number of hours"),
        ("TotalRunTime", "long", "H4 (TotalRunTime): 'long' is no running time"),
        ("TotalRunTime", datetime(2027, 1, 1, 1), "H4 (TotalRunTime): 2027-01-01T01:00:00 is a date"),  # noqa: DTZ001
    ],
)
def test_a_wrong_cell_is_said_and_its_row_left_out(folder, column, value, wrong):
    line = dict.fromkeys(NAMES, None) | {"ALID": "a", column: value}
    found = read_sheet(_sheet(folder, NAMES, list(line.values()), ["good", "b"]))
    assert [row.alid for row in found.rows] == ["b"]
    assert str(found.faults[0]).startswith(f"made.xlsx: sheet Sheet, {wrong}")


def test_cells_of_every_type_are_read(folder):
    line = [7, "a", "EST", datetime(2027, 1, 1), date(2028, 1, 1), True, 48, time(1, 24)]  # noqa: DTZ001
    row = read_sheet(_sheet(folder, NAMES, line)).rows[0]
    assert (row.licensor, row.start, row.end) == ("7", When(date(2027, 1, 1)), When(date(2028, 1, 1)))
    assert (row.exclusive, row.rental, row.run_time) == (True, "PT48H", "PT1H24M")
    exact = ["x", "a", "EST", "2027-01-01T24:00:00+09:00", "2027-01-01T00:00:00", "=FALSE()", "P2D", "24:00"]
    row = read_sheet(_sheet(folder, NAMES, exact)).rows[0]
    assert (row.start.at.isoformat(), row.end) == ("2027-01-02T00:00:00+09:00", When(date(2027, 1, 1)))
    assert (row.exclusive, row.rental) == (False, "PT48H")


@pytest.mark.parametrize(
    ("names", "version", "wrong"),
    [
        (["ALID", "LicenseType"], "1.9", "no row of column names"),
        ([*NAMES, "ALID"], "1.9", "columns stand twice: ALID"),
        ([*NAMES, "Allowed Languages"], "1.9", "I2: 'Allowed Languages' is no column of Avails; AllowedLanguages"),
        ([*NAMES, "territoryexclusions"], "1.9", "'territoryexclusions' is no column of Avails; TerritoryExclusion"),
        (NAMES, "1.6", "is of version '1.6'"),
    ],
)
def test_what_is_no_sheet_of_avails_is_refused(folder, names, version, wrong):
    with pytest.raises(InputError, match=re.escape(wrong)):
        read_sheet(_sheet(folder, names, ["x"], ["y"], ["z"], version=version))


def test_a_cell_that_rows_share_is_refused(folder):
    path = _sheet(folder, NAMES, ["good", "a"], ["good", "b"])
    for cells, is_wrong in (("A1:C1", False), ("D4:E4", False), ("F4:F5", True)):
        book = openpyxl.load_workbook(path)
        book.active.merge_cells(cells)
        book.save(path)
        if is_wrong:
            with pytest.raises(InputError, match="F4:F5: cells are merged, and only the first has the value"):
                read_sheet(path)
        else:
            assert [row.alid for row in read_sheet(path).rows] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TerritoryExcluded", "TerritoryExclusion"), ("HoldbackLang", "HoldbackLanguage"), ("Exclusivity", "Exclusive"),
        ("Territories", "Territory"), ("titel status", "TitleStatus"), ("Rental Duration", "RentalDuration"),
    ],
)  # fmt: skip
def test_a_column_that_is_nearly_one_of_avails_is_refused(folder, name, meant):
    names = [each for each in NAMES if each != meant]
    with pytest.raises(
        InputError, match=rf"sheet Sheet, {chr(65 + len(names))}2: '{name}' is no column of Avails; {meant}$"
    ):
        read_sheet(_sheet(folder, [*names, name], ["x", "a"]))


def test_columns_of_other_templates_and_of_ones_own_are_not_taken_for_limits(folder):
    found = read_sheet(_sheet(folder, [*NAMES, "Territory", "RefTerritory", "RetailerID4", "Notes"], ["x", "a"]))
    assert [note.rpartition(": ")[2] for note in found.notes] == ["Notes, RetailerID4"]


def test_a_value_below_no_name_is_an_error_and_a_late_remark_is_said(folder):
    lines = (["x", "a", *[None] * 8, "KR"], ["//", "//", "//", "b"], ["x", "c"])
    found = read_sheet(_sheet(folder, NAMES, *lines))
    assert [str(fault) for fault in found.faults] == [
        "made.xlsx: sheet Sheet, K4: has a value, and its column has no name; a column of Avails, or an empty cell"
    ]
    assert ([row.alid for row in found.rows], found.notes) == (
        ["c"],
        ("sheet Sheet: rows that only remark, not read: 5",),
    )


def test_a_value_may_have_a_semicolon(folder):
    line = dict.fromkeys(NAMES, None) | {"Start": "2027; or so"}
    (fault,) = read_sheet(_sheet(folder, NAMES, list(line.values()))).faults
    assert (fault.wrong, fault.allowed[:10]) == ("'2027; or so' is no date", "2027-01-01")


def test_too_many_rows_are_refused(folder, monkeypatch):
    monkeypatch.setattr("assets.avails.sheet_read.MAX_ROWS", 2)
    with pytest.raises(InputError, match="too large"):
        read_sheet(_sheet(folder, NAMES, *(["x", "a"] for _ in range(3))))


@pytest.mark.parametrize("version", versions())
def test_older_sheets_say_what_they_leave_out(folder, version):
    lost = write_sheet(folder / "old.xlsx", [GOOD], version=version)
    assert read_sheet(folder / "old.xlsx").version == version
    assert [("Licensee" in text, "Exclusive" in text) for text in lost] == (
        [(True, False), (False, True)] if version == "1.7" else []
    )


def test_an_unknown_version_is_not_written(folder):
    for write, name in ((write_sheet, "x.xlsx"), (write_xml, "x.xml")):
        with pytest.raises(UsageError, match="is no version"):
            write(folder / name, [GOOD], version="9.9")
        assert not (folder / name).exists()


def _document(folder, change=("", ""), version="2.7"):
    write_xml(folder / "good.xml", [replace(GOOD, **SOLD)])
    text = (folder / "good.xml").read_text(encoding="utf-8")
    assert change[0] in text
    (folder / "changed.xml").write_text(text.replace(*change, 1).replace("v2.7/", f"v{version}/"), encoding="utf-8")
    return folder / "changed.xml"


EXCL = '<avails:Term termName="Excl'
SECOND = '<avails:Term termName="Exclusive"><avails:Boolean>false</avails:Boolean></avails:Term>'
ELSEWHERE = "<avails:TerritoryExclusion><md:country>KR</md:country></avails:TerritoryExclusion>"
TWICE = "FormatProfile: is said twice; once"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (("2027-01-01T00:00:00+09:00", "2027-01-01"), "Start: '2027-01-01' has no time"),
        (("2027-01-01T00:00:00+09:00", "soon"), "Start: 'soon' is no date"),
        (('currency="KRW">9900', 'currency="KRW">9,900'), "Money: '9,900' is no amount"),
        (("Boolean>true", "Boolean>yes"), "Boolean: 'yes' is neither true nor false"),
        (("<avails:End>", "<avails:EndCondition>Open</avails:EndCondition><avails:End>"), "End: is said twice"),
        (('termName="WSP">', 'termName="WSP"/><avails:Term termName="X">'), "Term WSP: has no value"),
        ((">9900<", ">٩٩٠٠<"), "Money: '٩٩٠٠' is no amount"),
        (("<avails:FormatProfile", "<avails:FormatProfile>SD</avails:FormatProfile><avails:FormatProfile"), TWICE),
        ((EXCL, SECOND + EXCL), "Term Exclusive: is said twice; once"),
        ((EXCL, "<avails:Term><avails:Text>x</avails:Text></avails:Term>" + EXCL), "Term: has no"),
        (
            ("<avails:Start>", f"{ELSEWHERE}<avails:Start>"),
            "TerritoryExclusion: is no element of Transaction; TerritoryE",
        ),
        (("<avails:Start>", "<avails:TerritoryExcluded/><avails:Start>"), "TerritoryExcluded: names no territory"),
        (("<avails:Start>", "<avails:HoldbackLanguage/><avails:Start>"), "HoldbackLanguage: names no language"),
        (("<avails:Start>", '<x xmlns="">1</x><avails:Start>'), "x: is no element of Transaction; those of the schema"),
        (("<avails:Start>", '<ALID xmlns="">1</ALID><avails:Start>'), "ALID: is no element of Transaction; "),
        (("<avails:Start>", '<Term xmlns="">1</Term><avails:Start>'), "Term: is of no namespace; http://www.movielabs"),
        (
            ("<avails:FormatProfile", '<avails:FormatProfile hdr="DV"'),
            "FormatProfile: 'hdr' is no attribute of it; HDR",
        ),
        (("<avails:ShortD", "<avails:AvailType>single</avails:AvailType><avails:ShortD"), "AvailType: is said twice"),
        (("<avails:Start>", '<avails:Start lag="P9D">'), "Start: 'lag' is no attribute of it; none"),
        (("<md:DisplayName>Stream KK</md:DisplayName>", ""), "Licensee: names nobody; a DisplayName"),
    ],
)
def test_a_wrong_element_is_said_by_line(folder, change, wrong):
    found = read_xml(_document(folder, change))
    assert found.rows == ()
    assert re.fullmatch(rf"changed\.xml: line \d+: {re.escape(wrong)}.*", str(found.faults[0]))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<a/>", "is no list of Avails"),
        ('<a:AvailList xmlns:a=""/>', "is no list of Avails, but a:AvailList of no namespace"),
        ("<a><b", "is no"),
        ("", "is no XML"),
        ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "has a document type"),
        ('<AvailList xmlns="http://www.movielabs.com/schema/avails/v1.7/avails"/>', "is of version 1.7"),
        ('<AvailList xmlns="http://www.movielabs.com/schema/avails/v2.7/avails"/>', "has no Avail"),
        ('<OfferStatus xmlns="http://www.movielabs.com/schema/avails/v2.7/avails"/>', "is no list of Avails"),
    ],
)
def test_what_is_no_document_of_avails_is_refused(folder, text, wrong):
    (folder / "bad.xml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(wrong)):
        read_xml(folder / "bad.xml")


def test_what_stands_beside_avails_is_an_error(folder):
    made = _document(folder, ("</avails:AvailList>", "<avails:Transaction/></avails:AvailList>"))
    (fault,) = read_xml(made).faults
    assert re.fullmatch(r"line \d+: Transaction", fault.place)
    assert fault.wrong == "is no element of it"


def test_older_documents_are_read(folder):
    assert read_xml(_document(folder, version="2.3")).rows == (replace(GOOD, **SOLD),)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"alid": ""}, "ALID: is missing"),
        ({"alid": "a b"}, "ALID: 'a b' is no identifier"),
        ({"avail_id": "a\x07"}, "AvailID: has control characters"),
        ({"territories": ("Korea",)}, "Territory: 'Korea' is no territory"),
        ({"allowed": (LanguageUse("k_o"),)}, "AllowedLanguage: 'k_o' is no language"),
        ({"start": When()}, "Start: is missing"),
        ({"release_year": "circa"}, "ReleaseYear: 'circa' is no year"),
        ({"price_type": "WSP", "price_value": "free"}, "WSP: 'free' is no amount"),
        ({"work_type": "Episode", "avail_type": ""}, "Episode is not written as XML"),
        ({"announce": When(condition="Open")}, "AnnounceDate: 'Open' is no date"),
        ({"title": "a\x00"}, "has control characters"),
    ],
)
def test_nothing_invalid_is_written(folder, change, wrong):
    with pytest.raises(InputError, match=re.escape(wrong)):
        write_xml(folder / "never.xml", [replace(GOOD, **change)])
    assert [path.name for path in folder.iterdir() if "never" in path.name] == []


@pytest.mark.parametrize(("title", "wrong"), [("a\x07", "has control characters"), ("x" * 32_768, "32768 characters")])
def test_a_text_that_no_cell_holds_is_refused(folder, title, wrong):
    with pytest.raises(InputError, match=wrong):
        write_sheet(folder / "never.xlsx", [GOOD, replace(GOOD, title=title)])
    assert [path.name for path in folder.iterdir() if "never" in path.name] == []


def test_what_xml_cannot_hold_is_said(folder):
    row = replace(GOOD, other=(("PackageLabel", "p"),), caption_included=True, required=(LanguageUse("ko"),))
    lost = write_xml(folder / "lossy.xml", [row, row])
    assert [text.split(": ")[1].split(" has")[0] for text in lost] == [
        "PackageLabel", "CaptionIncluded", "RequiredFulfillmentLanguages"
    ]  # fmt: skip
