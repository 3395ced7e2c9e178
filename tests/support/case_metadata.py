"""The subject of a case of a metadata check: see builders_text.read_title for the keys.

`territories` gives the title one rights window for them; `at` is the day of a question; `reason` says why a document
could not be read.
"""

from dataclasses import replace
from datetime import UTC, datetime, time

from builders_text import asset_file, read_title, title

from assets.rights import RightsWindow
from assets.subjects import RightsQuestion, UnreadableDocument
from assets.territory import parse


def subject(check, case):
    if check.on is UnreadableDocument:
        return UnreadableDocument(asset_file("권리.pdf"), "", case["reason"])
    if check.on is RightsQuestion:
        return RightsQuestion(title(case), "svod", datetime.combine(case["at"], time(), UTC))
    read = read_title(case)
    if "territories" not in case:
        return read
    start = datetime(2026, 1, 1, tzinfo=UTC)
    window = RightsWindow("a", "svod", parse(case["territories"]), start, None, "UTC", None)
    return replace(read, title=replace(read.title, windows=(window,)))
