"""`rights/language-not-licensed`."""

from assets import language
from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check
from checks.rights._windows import at, concerned

WITHOUT_LANGUAGE = frozenset({"zxx"})
"""Sound without speech, such as music and effects, needs no licence for a language."""


@check("rights/language-not-licensed", on=RightsQuestion)
def language_not_licensed(question: RightsQuestion) -> Problems:
    """Sound or subtitles are in a language that the rights window does not allow.

    They may not leave, neither as sound nor as subtitles. Take the track out of the delivery, or add the language to
    the licence and its window.
    """
    for window in concerned(question):
        licensed = window.languages
        if licensed is None or window.is_over(question.at):
            continue
        for tag in sorted(question.languages - WITHOUT_LANGUAGE):
            if not language.covers(licensed, tag):
                yield Problem(
                    "{measured} is not licensed; licensed: {allowed}", at(window), tag, ", ".join(sorted(licensed))
                )
