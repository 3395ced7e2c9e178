"""`metadata/document-missing`."""

from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check
from checks.media import Names


class RequiredDocuments(Limits):
    """Kinds of documents that a title must have, such as `chain-of-title`, `music-cue-sheet`, `dialogue-list`."""

    required: Names


@check("metadata/document-missing", on=ReadTitle, limits=RequiredDocuments)
def document_missing(read: ReadTitle, limits: RequiredDocuments) -> Problems:
    """A document that the platform asks for is missing.

    Without the chain of title nobody may sell, without the music cue sheet nobody can pay the composers, without the
    dialogue list nobody can translate. Add the file to title.toml as [[documents]] of that kind.
    """
    had = sorted({item.kind for item in read.title.documents})
    for kind in limits.required:
        if kind not in had:
            yield Problem("no {allowed}; there are: {measured}", measured=", ".join(had) or "none", allowed=kind)
