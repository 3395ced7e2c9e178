"""Whether rights let a title leave: what is agreed about it, and the languages that a copy of it carries."""

from datetime import datetime

from assets.language import UNKNOWN
from assets.licensing import WITHOUT_LANGUAGE, carrier, licensed_part, sound_languages, unlicensed_sound
from assets.platform import Platform
from assets.rights import RightsWindow, permission
from assets.rights.indexing import index_title
from assets.rights.languages import Carrier
from assets.rights.permission import Agreed, Tongues
from assets.subjects import ReadTitle
from assets.title import Title


def agreed_of(title: Title, platform: Platform) -> Agreed:
    """What is agreed about a title of which no file was read: its copy carries the languages that it declares."""
    return agreed_on(ReadTitle(title, ()), platform)


def agreed_on(read: ReadTitle, platform: Platform) -> Agreed:
    """What is agreed about a title that was read, with the languages that its files carry, too."""
    title = read.title
    original = title.programme.original_language

    def tongues(window: RightsWindow) -> Tongues | None:
        part, _ = licensed_part(read, window)
        licensed = window.languages  # sound that it does not license is refused by `unlicensed_sound`
        return known(frozenset(pair for pair in _tongues(part, platform) if licensed.carries(*pair, original)))

    return Agreed(title.windows, index_title(title.rights, original), tongues)


def agreed_of_copy(title: Title, others: Tongues) -> Agreed:
    """What is agreed about a title of which a copy left: it carries `others`, and the sound of masters as declared."""
    original = title.programme.original_language

    def tongues(window: RightsWindow) -> Tongues | None:
        part, _ = licensed_part(ReadTitle(title, ()), window)
        sounds = (audio for version in part.title.versions for audio in version.audio if audio.file is None)
        heard = frozenset(
            (Carrier.DUBBED, audio.language) for audio in sounds if audio.language not in WITHOUT_LANGUAGE
        )
        return known(others | frozenset(pair for pair in heard if window.languages.carries(*pair, original)))

    return Agreed(title.windows, index_title(title.rights, original), tongues)


def known(tongues: Tongues) -> Tongues | None:
    """The languages of a copy; None if one of them is not known, because it may be any."""
    return None if any(tag in UNKNOWN for _, tag in tongues) else tongues


def _tongues(read: ReadTitle, platform: Platform) -> Tongues:
    """The languages that a copy carries, and how."""
    heard = {tag for _, tag in sound_languages(read)}
    for version in read.title.versions:
        heard |= {stem.language for stem in version.stems if stem.kind in platform.package.stems}
    return subtitle_languages(read.title) | {(Carrier.DUBBED, tag) for tag in heard - WITHOUT_LANGUAGE}


def subtitle_languages(title: Title) -> Tongues:
    """The languages of the subtitles and captions that a title declares."""
    tracks = (track for version in title.versions for track in version.subtitles)
    return frozenset((carrier(track.kind), track.language) for track in tracks)


def forbidden(read: ReadTitle, window: RightsWindow, platform: Platform, at: datetime) -> tuple[str, ...]:
    """Every reason of rights why a title must not leave in a window at `at`; no platform's data can lift one.

    It is asked of all territories of the window that is given, because a package says that it may be shown in them.
    """
    reasons = list(unlicensed_sound(read, window))
    if not window.grants(platform.right):
        reasons.append(f"window {window.id} is for {window.right}, platform {platform.id} needs {platform.right}")
    elif window.is_over(at):
        reasons.append(f"window {window} is over at {at.isoformat()}")
    else:
        reasons += permission.refusals(agreed_on(read, platform), window, platform.right, at)
    return tuple(reasons)
