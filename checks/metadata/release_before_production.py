"""`metadata/release-before-production`."""

from assets.subjects import ReadTitle
from checks.core import At, Problem, Problems, check


@check("metadata/release-before-production", on=ReadTitle)
def release_before_production(read: ReadTitle) -> Problems:
    """A release lies before the programme was produced, or before its own first release.

    One of the dates is wrong. The first release itself is compared with the year by `metadata/production-year`.
    """
    programme = read.title.programme
    for release in read.title.releases:
        place = At(f"releases: {release.territory} {release.kind}")
        if release.date.year < programme.production_year:
            yield Problem("released {measured}, produced in {allowed}", place, release.date, programme.production_year)
        elif programme.release_date is not None and release.date < programme.release_date:
            yield Problem(
                "released {measured}, before the first release of {allowed}",
                place,
                release.date,
                programme.release_date,
            )
