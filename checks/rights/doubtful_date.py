"""`rights/doubtful-date`."""

from assets.subjects import RightsQuestion
from checks.core import At, Problem, Problems, check


@check("rights/doubtful-date", on=RightsQuestion)
def doubtful_date(question: RightsQuestion) -> Problems:
    """A date or a territory of a deal can be read in two ways.

    A midnight that its time zone leaves out or has twice, a date without a zone of its own for a country with several,
    a territory that exists no more. Write the instant with its offset, or the territories that are meant.
    """
    for doubt in question.title.rights.doubts:
        file, _, line = doubt.place.rpartition(":")
        at = At(file.rpartition("/")[2], line=int(line) if line.isdigit() else None)
        yield Problem("{measured}; read {allowed}", at, doubt.what, doubt.read_as)
