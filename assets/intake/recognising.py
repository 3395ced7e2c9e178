"""What a file is, told by its content: a master, a file of sound, a subtitle track, artwork, a document."""

from dataclasses import dataclass
from enum import StrEnum

from assets.artwork_reading import read_image
from assets.intake.arriving import Arrived
from assets.media import MediaInfo
from assets.reading import IMAGE_SECONDS, MAX_SUBTITLE_BYTES
from assets.subtitles.reading import NotSubtitlesError, Parsed, read_subtitles
from assets.worker import WorkerError, run_isolated

HEAD_BYTES = 4096


class Sort(StrEnum):
    """What a file is."""

    MASTER = "master"
    AUDIO = "audio"
    SUBTITLES = "subtitles"
    ARTWORK = "artwork"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture: its size in pixels, Pillow's name of its mode, and whether it can be seen through."""

    width: int
    height: int
    mode: str

    @property
    def has_alpha(self) -> bool:
        """Whether it has an alpha channel."""
        return self.mode in {"RGBA", "LA", "PA", "RGBa", "La"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file and what it is. `facts` say it in short; `suffix` is the one that its content asks for.

    Of `media`, `track` and `picture` one is set, by `sort`; none for documents and for what is unknown, of which
    `facts` say why.
    """

    file: Arrived
    sort: Sort
    facts: str
    suffix: str = ""
    media: MediaInfo | None = None
    track: Parsed | None = None
    picture: Picture | None = None


_IMAGES = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG\r\n\x1a\n": ".png",
    b"GIF8": ".gif",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
    b"8BPS": ".psd",
    b"BM": ".bmp",
}
_DOCUMENTS = {
    b"%PDF-": (".pdf", "PDF"),
    b"{\\rtf": (".rtf", "RTF"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SUFFIXES = frozenset({".doc", ".xls", ".ppt", ".hwp"})
"""Of office files of the old form, and of Hangul's, the name alone tells which they are."""

_OPEN_SUFFIXES = frozenset({".odt", ".ods", ".odp", ".hwpx"})
"""Zip files whose first member is called `mimetype` (OpenDocument 1.3 part 2, 3.3; OWPML likewise)."""

_OFFICE = {b"word/": (".docx", "Word document"), b"xl/": (".xlsx", "workbook"), b"ppt/": (".pptx", "presentation")}
_TRACK_SUFFIXES = {
    "stl": ".stl",
    "scc": ".scc",
    "webvtt": ".vtt",
    "ebu-tt-d": ".ttml",
    "imsc1.1": ".ttml",
    "itt": ".itt",
    "ttml1": ".ttml",
    "sami": ".smi",
    "ass": ".ass",
    "ssa": ".ssa",
    "srt": ".srt",
}
_MEDIA_SUFFIXES = {"mpegts": ".ts", "matroska": ".mkv", "w64": ".w64", "aiff": ".aif", "mpegvideo": ".m2v"}
_TEXT_SUFFIXES = frozenset({".txt", ".csv", ".tsv", ".md", ".html", ".xml", ".json"})
_MIN_BITMAP = 26
"""Bytes of the shortest header of a bitmap: two letters alone tell too little."""


def recognise(file: Arrived, media_seconds: float) -> Recognised:
    """What a file is. Media is opened in a process of its own for at most `media_seconds`; nothing is decoded twice."""
    try:
        with file.path.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except OSError as error:
        return Recognised(file, Sort.UNKNOWN, f"it cannot be read: {error.strerror}")
    if suffix := _image_suffix(head):
        return _image(file, suffix)
    if document := _document(head, file):
        return Recognised(file, Sort.DOCUMENT, document[1], document[0])
    reason = ""
    if file.size <= MAX_SUBTITLE_BYTES and not _is_media(head):
        found, reason = _subtitles(file)
        if found is not None:
            return found
    return _media(file, media_seconds, reason)


def _image_suffix(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    found = next((suffix for magic, suffix in _IMAGES.items() if head.startswith(magic)), "")
    return "" if found == ".bmp" and len(head) < _MIN_BITMAP else found


def _image(file: Arrived, suffix: str) -> Recognised:
    try:
        answer = run_isolated(read_image, str(file.path), seconds=IMAGE_SECONDS)
    except WorkerError as error:
        return Recognised(file, Sort.UNKNOWN, f"a picture that cannot be read: {error}")
    width, height, mode, name = answer[:4]
    return Recognised(
        file, Sort.ARTWORK, f"{name} {width} x {height}, {mode}", suffix, picture=Picture(width, height, mode)
    )


def _document(head: bytes, file: Arrived) -> tuple[str, str] | None:
    """Suffix and name of the form of a document that is no plain text; None for anything else."""
    own = file.path.suffix.lower()
    for magic, found in _DOCUMENTS.items():
        if head.startswith(magic):
            return found
    if head.startswith(_OLE):
        return own if own in _OLE_SUFFIXES else ".doc", "office document of the old form"
    if not head.startswith(b"PK\x03\x04"):
        return None
    if head[30:38] == b"mimetype" and own in _OPEN_SUFFIXES:
        return own, "open document"
    with file.path.open("rb") as opened:
        opened.seek(max(0, file.size - (1 << 16)))
        tail = opened.read()  # where a zip file lists what it holds
    if b"[Content_Types].xml" not in head + tail:
        return None
    return next((found for folder, found in _OFFICE.items() if folder in head + tail), None)


def _is_media(head: bytes) -> bool:
    """Whether a file begins as a container of pictures and sound does, so that it need not be tried as text."""
    magics = (b"\x1a\x45\xdf\xa3", b"\x06\x0e\x2b\x34", b"RIFF", b"FORM", b"fLaC", b"OggS", b"\x00\x00\x01\xba", b"ID3")
    return head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"} or head.startswith(magics)


def _subtitles(file: Arrived) -> tuple[Recognised | None, str]:
    """The file as a track, or a document where it is text of another sort; else why it is neither."""
    try:
        data = file.path.read_bytes()
        parsed = read_subtitles(data)
    except NotSubtitlesError as error:
        return _as_text(file), str(error).partition(";")[0]
    except OSError as error:
        return Recognised(file, Sort.UNKNOWN, f"it cannot be read: {error.strerror}"), ""
    if not parsed.cues:
        return Recognised(file, Sort.UNKNOWN, f"{parsed.format} without a cue"), ""
    damage = f", {len(parsed.damage)} damaged places" if parsed.damage else ""
    facts = f"{parsed.format}, {parsed.encoding}, {len(parsed.cues)} cues{damage}"
    return Recognised(file, Sort.SUBTITLES, facts, _TRACK_SUFFIXES[parsed.format], track=parsed), ""


def _as_text(file: Arrived) -> Recognised | None:
    """A plain text that is no subtitle track is a document, if its name ends as one."""
    suffix = file.path.suffix.lower()
    return Recognised(file, Sort.DOCUMENT, "text", suffix) if suffix in _TEXT_SUFFIXES else None


def _media(file: Arrived, seconds: float, why_no_track: str) -> Recognised:
    from assets.probe import probe

    try:
        info = probe(file.path, seconds)
    except WorkerError as error:
        reasons = "; ".join(filter(None, (why_no_track, f"no media file: {error}")))
        return Recognised(file, Sort.UNKNOWN, reasons)
    if not info.video and not info.audio:
        return Recognised(file, Sort.UNKNOWN, f"{info.container} with neither picture nor sound")
    sort = Sort.MASTER if info.video else Sort.AUDIO
    suffix = _MEDIA_SUFFIXES.get(info.container, f".{info.container}")
    return Recognised(file, sort, _media_facts(info), suffix, media=info)


def _media_facts(info: MediaInfo) -> str:
    from assets.timing import ms_text, rate_text

    pictures = [
        f"{stream.codec} {stream.width} x {stream.height}"
        + (f" {rate_text(stream.frame_rate)} fps" if stream.frame_rate else "")
        for stream in info.video
    ]
    sounds = [" ".join(filter(None, (stream.codec, stream.layout, stream.language))) for stream in info.audio]
    return ", ".join([info.container, ms_text(info.duration), *pictures, *sounds])
