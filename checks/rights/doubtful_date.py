"""`rights/doubtful-date`."""

from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check
from checks.rights._windows import in_file


@check("rights/doubtful-date", on=RightsQuestion)
def doubtful_date(question: RightsQuestion) -> Problems:
    """A date or a territory of a deal can be read in two ways.

    A midnight that its time zone leaves out or has twice, a date without a zone of its own for a country with several,
    a territory that exists no more. Write the instant with its offset, or the territories that are meant.
    """
    for doubt in question.title.rights.doubts:
        at = in_file(doubt.place.rpartition(":")[0].rpartition("/")[2], doubt.place)
        yield Problem("{measured}; read {allowed}", at, doubt.what, doubt.read_as)
