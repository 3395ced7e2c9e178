"""What a report says of each asset: its kind, its bytes, and its facts in a few words."""

from fractions import Fraction

from assets import timing
from assets.media import Master, MediaFile, SoundFile, Stem
from assets.signals.model import Loudness
from assets.subjects import (
    ArtworkImage,
    Asset,
    Document,
    UnreadableArtwork,
    UnreadableDocument,
    UnreadableMaster,
    UnreadableSound,
    UnreadableStem,
    UnreadableSubtitles,
)
from assets.subtitles.model import SubtitleTrack
from checks.media import sounds_declared
from checks.report import AssetRecord
from checks.signals import level_text

KINDS: dict[type, str] = {
    Master: "master",
    UnreadableMaster: "master",
    SoundFile: "audio",
    UnreadableSound: "audio",
    Stem: "stem",
    UnreadableStem: "stem",
    SubtitleTrack: "subtitles",
    UnreadableSubtitles: "subtitles",
    ArtworkImage: "artwork",
    UnreadableArtwork: "artwork",
    Document: "document",
    UnreadableDocument: "document",
}


def record(asset: Asset, role: str = "") -> AssetRecord:
    """What a report says of an asset, which has that role in its title."""
    version = asset.version.id if isinstance(asset, MediaFile) else getattr(asset, "version", "")
    language, facts, duration, rate = _facts(asset)
    return AssetRecord(
        name=asset.file.name,
        kind=KINDS[type(asset)],
        version=version,
        language=language,
        size=asset.size,
        sha256=asset.sha256,
        duration=duration,
        frame_rate=str(rate) if rate else "",
        facts=facts,
        role=role,
    )


def _heard(loudness: Loudness) -> str:
    return f"{level_text(loudness.gated)} LUFS, {level_text(loudness.true_peak)} dBTP"


def _facts(asset: Asset) -> tuple[str, str, timing.Time | None, Fraction | None]:
    """Language, a few words, duration and frame rate."""
    if isinstance(asset, MediaFile):
        video, audio = asset.info.video[:1], asset.info.audio
        words = [asset.declaration.kind.value] if isinstance(asset, Stem) else []
        words += [asset.info.container]
        words += [f"{v.codec} {v.profile} {v.width}x{v.height}".replace("  ", " ") for v in video]
        words += [f"{audio[sound.numbers[0]].codec} {sound.layout}" for sound in sounds_declared(asset)]
        words += [_heard(sound.loudness) for sound in asset.signals.sounds if sound.loudness] if asset.signals else []
        rate = video[0].frame_rate if video else None
        words += [f"{timing.rate_text(rate)} fps"] if rate else []
        spoken = asset.declaration.language if isinstance(asset, Stem) else asset.version.language
        return spoken, ", ".join(words), asset.info.duration, rate
    if isinstance(asset, SubtitleTrack):
        words = [asset.format, asset.kind.value, f"{len(asset.cues)} cues", asset.encoding]
        last = max((cue.end for cue in asset.cues), default=None)
        return asset.language, ", ".join(words), last, asset.frame_rate
    if isinstance(asset, ArtworkImage):
        return "", f"{asset.declaration.kind}, {asset.format} {asset.width}x{asset.height} {asset.mode}", None, None
    if isinstance(asset, Document):
        return asset.declaration.language or "", f"{asset.declaration.kind}, {asset.form}", None, None
    return "", "away" if asset.is_away else f"not readable: {asset.reason}", None, None
