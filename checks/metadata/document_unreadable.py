"""`metadata/document-unreadable`."""

from assets.subjects import UnreadableDocument
from checks.core import Problem, Problems, check


@check("metadata/document-unreadable", on=UnreadableDocument)
def document_unreadable(document: UnreadableDocument) -> Problems:
    """A document could not be read.

    The file is missing, empty, cut short, or of no form that an office can open. Ask for it again, as PDF.
    """
    yield Problem("cannot be read: {reason}", values={"reason": document.reason})
