"""`subtitle/not-nfc`."""

from assets.subtitles.model import SubtitleTrack
from assets.text import is_nfc
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at
from checks.subtitle._search import text_of


@check("subtitle/not-nfc", on=SubtitleTrack)
def not_nfc(track: SubtitleTrack) -> Problems:
    """A subtitle file has decomposed letters (it is not in Unicode form NFC).

    Korean syllables and Japanese voiced kana are then several characters each: many players show the pieces side by
    side, and a platform's list of glyphs refuses them. Normalize the file to NFC; files written on a Mac often need it.
    """
    if not text_of(track).was_composed:
        found = [cue for cue in track.cues if not is_nfc(cue.text)]
        yield Problem(
            "not in NFC, the first of {measured} (of {total} in all)",
            at(found[0]),
            len(found),
            "NFC",
            {"total": len(track.cues)},
        )
