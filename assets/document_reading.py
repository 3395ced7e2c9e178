"""A document of a title, such as a chain of title -> its form, by content: PDF, office file or plain text."""

from assets.file_bytes import bytes_of
from assets.subjects import Document, UnreadableDocument
from assets.title import DocumentDeclaration

MAX_TEXT_BYTES = 50 << 20
"""Bytes of a file that are looked through for text; a longer one that is no PDF and no office file is none."""

_HEADS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
    (b"{\\rtf", "RTF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
"""First bytes of the forms in which papers come: PDF; Office Open XML and OpenDocument are ZIP, older Word, Excel and
Hangul (HWP 5) files are OLE; scans are pictures."""

_PDF_TAIL = 2048
"""A PDF ends with `%%EOF` (ISO 32000-1, 7.5.5); readers look for it near the end."""


def read_document(declared: DocumentDeclaration) -> Document | UnreadableDocument:
    """The document, or why it is none: absent, empty, cut short, of no form that an office can open."""
    file = declared.file
    found = bytes_of(file)
    if found.reason:
        return UnreadableDocument(file, "", found.reason, found.size, found.sha256)
    try:
        with file.path.open("rb") as stream:
            head = stream.read(8)
            stream.seek(max(0, found.size - _PDF_TAIL))
            tail = stream.read()
            stream.seek(0)
            form = _form(head) or ("text" if found.size <= MAX_TEXT_BYTES and _is_text(stream.read()) else "")
    except OSError as error:
        return UnreadableDocument(file, "", f"it cannot be read: {error.strerror}", found.size, found.sha256)
    if not form:
        wrong = "it is no PDF, no office file, no picture and no text"
        return UnreadableDocument(file, "", wrong, found.size, found.sha256)
    if form == "PDF" and b"%%EOF" not in tail:
        return UnreadableDocument(file, "", "the PDF is cut short: it has no end", found.size, found.sha256)
    return Document(file, declared, form, found.size, found.sha256)


def _form(head: bytes) -> str:
    return next((form for start, form in _HEADS if head.startswith(start)), "")


def _is_text(data: bytes) -> bool:
    """Whether the bytes are text in UTF-8 or UTF-16, or in Korean's and Japanese's older encodings."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(data, "utf-16")
    return b"\0" not in data and any(_decodes(data, encoding) for encoding in ("utf-8", "cp949", "cp932"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
