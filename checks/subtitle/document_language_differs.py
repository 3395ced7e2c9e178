"""`subtitle/document-language-differs`."""

from assets import language
from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check


@check("subtitle/document-language-differs", on=SubtitleTrack)
def document_language_differs(track: SubtitleTrack) -> Problems:
    """A subtitle file says of itself that it is in another language than title.toml declares.

    One of the two files was probably exchanged, or the document was made from another one as a template. Players go by
    either. Correct the one that is wrong. Formats that name no language say nothing here.
    """
    said = track.document_language
    if said and not language.same_language(said.replace("_", "-"), track.language):
        yield Problem(
            "the document says {measured}, title.toml {allowed}", measured=repr(said), allowed=repr(track.language)
        )
