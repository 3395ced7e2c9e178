"""`rights/language-not-licensed`."""

from assets import language
from assets.licensing import WITHOUT_LANGUAGE
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
        licensed = window.languages
        if licensed is None or window.is_over(question.at):
            continue
        leaving = {tag for version, tag in question.sound if not version or language.covers(licensed, version)}
        for tag in sorted(leaving - WITHOUT_LANGUAGE):
            if not language.covers(licensed, tag):
                yield Problem(
                    "{measured} is not licensed; licensed: {allowed}", at(window), tag, ", ".join(sorted(licensed))
                )
