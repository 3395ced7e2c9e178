"""Documents of a title: read, told in the report, and packaged only where a platform asks for their kind."""

from datetime import UTC, datetime

import pytest
from titles import write_title

from assets import platform
from assets.clearance import Clearance
from assets.document_reading import read_document
from assets.manifest import read_title
from assets.reading import read_title as read_assets
from assets.subjects import Document, UnreadableDocument
from assets.title import AssetFile, DocumentDeclaration
from checks.judging import Question, judge
from storage.plan import make_plan

NOW = datetime(2026, 12, 2, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"

TITLE = """\
original_language = "ko"
production_year = 2020
[names]
en = "Film"
[[documents]]
kind = "chain-of-title"
file = "documents/권리 증명.pdf"
language = "ko"
[[documents]]
kind = "music-cue-sheet"
file = "documents/cues.txt"
[[windows]]
id = "world"
right = "svod"
territories = ["worldwide"]
start = 2026-12-01
end = "open"
zone = "UTC"
languages = ["ko", "en"]
"""

PLATFORM = """\
name = "House"
right = "svod"
revision = "1"
source = "tests"
{package}
[checks."metadata/document-missing"]
required = ["chain-of-title"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."metadata/document-unreadable"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
"""


def _document(folder, data, name="문서"):
    path = folder / name
    path.write_bytes(data)
    return read_document(DocumentDeclaration(AssetFile(name, path), "chain-of-title"))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (PDF, "PDF"),
        (b"PK\x03\x04 sheet", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 hwp", "OLE"),
        (b"{\\rtf1}", "RTF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        ("음악 큐시트".encode(), "text"),
        ("음악 큐시트".encode("cp949"), "text"),
        ("音楽".encode("cp932"), "text"),
        ("음악".encode("utf-16"), "text"),
    ],
)
def test_the_form_is_told_by_content(tmp_path, data, form):
    found = _document(tmp_path, data)
    assert isinstance(found, Document)
    assert (found.form, found.size) == (form, len(data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (PDF[:-6], "the PDF is cut short: it has no end"),
        (b"\0\1\2\3\xff\xff", "it is no PDF, no office file, no picture and no text"),
    ],
)
def test_what_is_no_document(tmp_path, data, reason):
    found = _document(tmp_path, data)
    assert isinstance(found, UnreadableDocument)
    assert found.reason == reason


@pytest.fixture
def title(tmp_path):
    path = write_title(tmp_path, TITLE)
    (path.parent / "documents").mkdir()
    (path.parent / "documents" / "권리 증명.pdf").write_bytes(PDF)
    (path.parent / "documents" / "cues.txt").write_text("아리랑, 2:10")
    return read_title(path, tmp_path)


def _platform(folder, package=""):
    (folder / "own.toml").write_text(PLATFORM.format(package=package), encoding="utf-8")
    return platform.load("own", folder)


def test_documents_are_files_of_the_title(title):
    assert [file.name for file in title.files()] == ["documents/권리 증명.pdf", "documents/cues.txt"]


def test_a_report_names_them_with_their_digests(title, tmp_path):
    report = judge(read_assets(title, 60), _platform(tmp_path), Question(NOW), now=NOW)
    assert [(item.kind, item.facts, item.language) for item in report.assets] == [
        ("document", "chain-of-title, PDF", "ko"),
        ("document", "music-cue-sheet, text", ""),
    ]
    assert all(item.sha256 for item in report.assets)


def test_one_that_cannot_be_read_is_never_a_pass(title, tmp_path):
    (tmp_path / "titles/film/documents/cues.txt").unlink()
    report = judge(read_assets(title, 60), _platform(tmp_path), Question(NOW), now=NOW)
    assert [item.message for item in report.findings] == ["cannot be read: there is no such file"]
    assert [(item.check, item.required) for item in report.not_checked] == [("document/content", True)]


@pytest.mark.parametrize(
    ("package", "keys"),
    [
        ("", []),
        ('[package]\ndocuments = ["music-cue-sheet"]', ["documents/music-cue-sheet/cues.txt"]),
    ],
)
def test_only_what_a_platform_asks_for_leaves(title, tmp_path, package, keys):
    own = _platform(tmp_path, package)
    read = read_assets(title, 60)
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    clearance = Clearance("film", "own", "1", "world", digests)
    plan = make_plan(read, title.windows[0], own, clearance, at=NOW)
    assert [(file.key, file.kind) for file in plan.files] == [(key, "document") for key in keys]
