"""What the checks of deals share: a title's deals made ready, and what they answer to a question."""

from collections.abc import Iterator

from assets.leaving import known, subtitle_languages
from assets.licensing import WITHOUT_LANGUAGE, licensed_part
from assets.rights import RightsWindow, permission
from assets.rights.answers import Answer, Claim
from assets.rights.engine import IndexedTitle
from assets.rights.indexing import index_title
from assets.rights.languages import Carrier
from assets.rights.permission import Agreed, Tongues
from assets.rights.wording import is_own_window
from assets.subjects import ReadTitle, RightsQuestion
from checks.core import At
from checks.rights._windows import concerned, in_file


def place_of(claim: Claim) -> At:
    """The place of a grant or a holdback: its deal or window, and its line in the file that says it."""
    name = claim.deal.id if is_own_window(claim) else f"deal {claim.deal.id}"
    return in_file(name, claim.source.place)


def deals_of(question: RightsQuestion) -> IndexedTitle:
    """The deals of the title that a question is about."""
    return index_title(question.title.rights, question.title.programme.original_language)


def answers(question: RightsQuestion) -> Iterator[tuple[RightsWindow, Answer]]:
    """The windows that a question concerns and that are not over, each with what every deal says of it."""
    agreed = Agreed(question.title.windows, deals_of(question), lambda window: _tongues(question, window))
    for window in concerned(question):
        if not window.is_over(question.at):
            part = permission.part_of(window, question.territories)
            yield window, permission.answer(agreed, part, question.right, question.at)


def _tongues(question: RightsQuestion, window: RightsWindow) -> Tongues | None:
    """What a copy would carry in a window: the sound of the question, and the subtitles of what may leave.

    None if a language of it is not known.
    """
    title, licensed = question.title, window.languages
    part, _ = licensed_part(ReadTitle(title, ()), window)
    sound = {(Carrier.DUBBED, tag) for version, tag in question.sound if not version or licensed.names(version)}
    carried = {pair for pair in sound if pair[1] not in WITHOUT_LANGUAGE} | subtitle_languages(part.title)
    return known(frozenset(pair for pair in carried if licensed.carries(*pair, title.programme.original_language)))
