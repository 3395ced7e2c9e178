"""`metadata/release-date-missing`."""

from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check


@check("metadata/release-date-missing", on=ReadTitle)
def release_date_missing(read: ReadTitle) -> Problems:
    """A title has no date of release, neither of its first one nor of one in a territory.

    Platforms sort and price by it, and catalogues tell works of one name apart by it. Add `release_date` or
    [[releases]] to title.toml; a title that was never shown has none, and the finding stands until it is.
    """
    if read.title.programme.release_date is None and not read.title.releases:
        yield Problem("no release_date and no releases in title.toml")
