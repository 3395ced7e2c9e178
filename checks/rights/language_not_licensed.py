"""`rights/language-not-licensed`."""

from assets.licensing import WITHOUT_LANGUAGE
from assets.rights.languages import Carrier
from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check
from checks.rights._windows import at, concerned


@check("rights/language-not-licensed", on=RightsQuestion)
def language_not_licensed(question: RightsQuestion) -> Problems:
    """Sound is in a language that the rights window does not allow.

    Subtitles and versions in other languages are left out of a delivery, but sound cannot be taken out of a master.
    Deliver a master without it, or add the language to the licence and its window.
    """
    for window in concerned(question):
        if window.is_over(question.at):
            continue
        licensed, original = window.languages, question.title.programme.original_language
        leaving = {tag for version, tag in question.sound if not version or licensed.names(version)}
        for tag in sorted(leaving - WITHOUT_LANGUAGE):
            if not licensed.carries(Carrier.DUBBED, tag, original):
                yield Problem("{measured} is not licensed; licensed: {allowed}", at(window), tag, str(licensed))
