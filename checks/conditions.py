"""Whether a condition of a platform's file holds of an asset."""

from collections.abc import Iterator

from assets.conditions import Condition
from assets.media import MediaFile, SoundFile, Stem
from assets.subtitles.model import SubtitleTrack


def can_ask(condition: Condition, on: type) -> bool:
    """Whether the subjects of a check have the facts that a condition asks for."""
    if condition.is_about_media:
        return issubclass(on, MediaFile)
    return issubclass(on, MediaFile | SubtitleTrack) or not condition.frame_rate


def unknown_fact(condition: Condition, subject: object, territories: frozenset[str] | None) -> str:
    """The first fact that a condition turns on and that the subject does not tell, or nothing.

    It turns on none if something that is known contradicts it already.
    """
    facts = list(_facts(condition, subject))
    if not _is_there(condition, territories) or any(value is not None and not fits for _, value, fits in facts):
        return ""
    return next((name.replace("_", " ") for name, value, _ in facts if value is None), "")


def holds(condition: Condition, subject: object, territories: frozenset[str] | None) -> bool:
    """Whether everything that a condition says is so; `territories` None means that none was asked for."""
    return _is_there(condition, territories) and all(fits for _, _, fits in _facts(condition, subject))


def _is_there(condition: Condition, territories: frozenset[str] | None) -> bool:
    return not condition.territory or (territories is not None and territories <= condition.territories)


def _facts(condition: Condition, subject: object) -> Iterator[tuple[str, object, bool]]:
    """Each fact that is asked for: its name, the subject's value (None: not told), and whether it fits."""
    if isinstance(subject, SubtitleTrack) and condition.frame_rate:
        yield "frame_rate", subject.frame_rate, subject.frame_rate in condition.frame_rate
    if not isinstance(subject, MediaFile):
        return
    video = subject.info.video[0] if subject.info.video else None
    if isinstance(subject, SoundFile | Stem):
        video = subject.picture
    told = {
        "container": subject.info.container,
        "codec": video and video.codec,
        "frame_rate": video and video.frame_rate,
        "scan": video and video.scan,
        "transfer": video and video.colour_transfer,
    }
    for name, value in told.items():
        wanted = getattr(condition, name)
        if wanted:
            yield name, None if value == "unknown" else value, value in wanted
    if condition.min_height is not None or condition.max_height is not None:
        height = video.height if video else None
        least, most = condition.min_height or 0, condition.max_height or (height or 0)
        yield "height", height, height is not None and least <= height <= most
