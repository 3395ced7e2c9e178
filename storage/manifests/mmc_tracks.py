"""The inventory of a Media Manifest: every track and image of a package with its file, size and SHA-256.

Words are those of Common Metadata's vocabularies (`vocab_digAsset` 2.12, `vocab_cm` 2.12).
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from assets.media import AudioStream, MediaFile, Stem, VideoStream
from assets.stems import StemKind
from assets.subjects import ArtworkImage
from assets.title import AudioDeclaration
from storage.manifests.movielabs import MD, Work, add, language
from storage.planned import PlannedFile

if TYPE_CHECKING:
    from lxml import etree

_CONTAINERS = {
    "mov": "Quicktime (MOV)",
    "mp4": "MP4",
    "mxf": "MXF",
    "mkv": "MKV",
    "mpegts": "MPEG-2 (TS)",
    "wav": "WAV",
}
_VIDEO = {"h264": "H.264", "hevc": "H.265", "jpeg2000": "JPEG2000", "mpeg2video": "MPEG2", "dnxhd": "VC-3"}
_PRORES = {"HQ": "PRORESHQ", "XQ": "PRORESXQ", "4444": "PRORES4444", "Standard": "PRORES422"}
_AUDIO = {"aac": "AAC", "ac3": "AC-3", "eac3": "E-AC-3", "flac": "FLAC", "mp3": "MP3", "alac": "ALAC", "truehd": "MLP"}
_SCAN = {"interlaced-tff": "TFF", "interlaced-bff": "BFF"}
_STEMS = {
    StemKind.MUSIC_AND_EFFECTS: "MandE",
    StemKind.MUSIC: "Music",
    StemKind.EFFECTS: "Effects",
    StemKind.DIALOGUE: "Dialog-only",
    StemKind.NARRATION: "Voice-over",
}
_SUBTITLES = {"full": "normal", "forced": "forced", "sdh": "SDH", "template": "template", "marketing": "other"}
_FORMATS = {
    "stl": "STL",
    "scc": "SCC",
    "webvtt": "WebVTT",
    "ebu-tt-d": "EBU-TT",
    "imsc1.1": "IMSC1.1",
    "itt": "ITT",
    "ttml1": "TTML1",
    "srt": "SRT",
}
_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff", "PSD": "image/vnd.adobe.photoshop"}
_DROP = Fraction(1000, 1001)


def add_video(inventory: "etree._Element", work: Work, file: PlannedFile) -> str:
    """The picture of a master; its identifier."""
    identifier = work.new_part("vidtrackid", f"{file.versions[0]}.video")
    track = add(inventory, "Video", VideoTrackID=identifier)
    stream = file.asset.info.video[0] if isinstance(file.asset, MediaFile) and file.asset.info.video else None
    add(track, "Type", "primary", space=MD)
    if stream is not None:
        add(add(track, "Encoding", space=MD), "Codec", _video_codec(stream))
    picture = add(track, "Picture", space=MD)
    if stream is not None:
        _describe(picture, stream)
        add(track, "TrackReference", str(stream.index), space=MD)
    add_file(track, file)
    return identifier


def add_audio(
    inventory: "etree._Element", work: Work, file: PlannedFile, declared: AudioDeclaration, version: str
) -> str:
    """The sound of a version, in a file of its own or in the master; its identifier."""
    identifier = work.new_part("audtrackid", f"{version}.audio.{declared.language}")
    track = add(inventory, "Audio", AudioTrackID=identifier)
    streams = file.asset.info.audio if isinstance(file.asset, MediaFile) else ()
    stream = streams[declared.stream] if declared.stream < len(streams) else None
    add(track, "Type", "primary", space=MD)
    _encoding(track, stream)
    is_dubbed = declared.language != work.title.programme.original_language
    add(
        track,
        "Language",
        language(declared.language),
        space=MD,
        **({"dubbed": "true"} if is_dubbed else {}),
    )
    _channels(track, stream)
    add_file(track, file)
    return identifier


def add_stem(inventory: "etree._Element", work: Work, file: PlannedFile, stem: Stem) -> None:
    """A part of a mix: in the inventory, but in no presentation."""
    kind, tag = stem.declaration.kind, stem.declaration.language
    identifier = work.new_part("audtrackid", f"{file.versions[0]}.stem.{kind}")
    track = add(inventory, "Audio", AudioTrackID=identifier)
    stream = next(iter(stem.info.audio), None)
    add(track, "Type", "other", space=MD)
    if kind in _STEMS:
        add(track, "SubType", _STEMS[kind], space=MD)
    _encoding(track, stream)
    add(track, "Language", language(tag), space=MD)
    _channels(track, stream)
    add_file(track, file)


def add_subtitles(inventory: "etree._Element", work: Work, file: PlannedFile, form: str) -> str:
    """A subtitle track; forced narrative is one of its own. Its identifier."""
    name = f"{file.versions[0]}.{file.subtitle_kind}.{file.language}"
    identifier = work.new_part("subtrackid", name)
    track = add(inventory, "Subtitle", SubtitleTrackID=identifier)
    add(track, "Format", "Text", space=MD)
    add(track, "Type", _SUBTITLES[file.subtitle_kind], space=MD)
    if form in _FORMATS:
        add(track, "FormatType", _FORMATS[form], space=MD)
    add(track, "Language", language(file.language), space=MD)
    add_file(track, file)
    return identifier


def add_image(inventory: "etree._Element", file: PlannedFile, image: ArtworkImage, identifier: str) -> None:
    """A picture of the artwork."""
    element = add(inventory, "Image", ImageID=identifier)
    add(element, "Purpose", image.declaration.kind, space=MD)
    add(element, "Width", str(image.width), space=MD)
    add(element, "Height", str(image.height), space=MD)
    add(element, "Encoding", _IMAGES.get(image.format, f"image/{image.format.lower()}"), space=MD)
    if image.declaration.language:
        add(element, "Language", language(image.declaration.language), space=MD)
    add_file(element, file)


def add_file(parent: "etree._Element", file: PlannedFile, **attributes: str) -> None:
    """Where the bytes are, from the manifest's own place, and what they have to be."""
    reference = add(parent, "ContainerReference", **attributes)
    if isinstance(file.asset, MediaFile) and file.asset.info.container in _CONTAINERS:
        add(reference, "Type", _CONTAINERS[file.asset.info.container])
    add(reference, "ContainerLocation", f"./{file.key}")
    add(reference, "Length", str(file.size))
    add(reference, "Hash", file.sha256, method="SHA-256")


def _video_codec(stream: VideoStream) -> str:
    if stream.codec == "prores":
        return _PRORES.get(stream.profile, "PRORES")
    return _VIDEO.get(stream.codec, "OTHER")


def _describe(picture: "etree._Element", stream: VideoStream) -> None:
    add(picture, "WidthPixels", str(stream.width))
    add(picture, "HeightPixels", str(stream.height))
    rate = stream.frame_rate
    if rate is not None and rate.denominator == 1:
        add(picture, "FrameRate", str(rate))
    elif rate is not None and (rate / _DROP).denominator == 1:
        add(picture, "FrameRate", str(rate / _DROP), multiplier="1000/1001")
    if stream.scan == "progressive":
        add(picture, "Progressive", "true")
    elif stream.scan in _SCAN:
        add(picture, "Progressive", "false", scanOrder=_SCAN[stream.scan])
    if stream.chroma in {"4:2:0", "4:2:2", "4:4:4"}:
        add(picture, "ColorSubsampling", stream.chroma)
    if stream.bit_depth:
        add(picture, "BitDepth", str(stream.bit_depth))


def _encoding(track: "etree._Element", stream: AudioStream | None) -> None:
    codec = stream and ("PCM" if stream.codec.startswith("pcm_") else _AUDIO.get(stream.codec))
    if stream is None or not codec:
        return
    encoding = add(track, "Encoding", space=MD)
    add(encoding, "Codec", codec)
    add(encoding, "SampleRate", str(stream.sample_rate))
    if stream.bit_depth:
        add(encoding, "SampleBitDepth", str(stream.bit_depth))


def _channels(track: "etree._Element", stream: AudioStream | None) -> None:
    if stream is not None:
        add(track, "Channels", str(stream.channels), space=MD)
        add(track, "TrackReference", str(stream.index), space=MD)
