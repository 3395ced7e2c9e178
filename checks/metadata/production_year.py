"""`metadata/production-year`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from checks.core import At, CannotCheck, Limits, Problem, Problems, check


class YearsToRelease(Limits):
    """Most years between production and release that are believed."""

    max_years: Annotated[int, Field(ge=0)]


@check("metadata/production-year", on=ReadTitle, limits=YearsToRelease)
def production_year(read: ReadTitle, limits: YearsToRelease) -> Problems:
    """The year of production does not fit the date of release.

    Nothing is released before it is produced, and seldom many years later. Catalogues tell works of one name apart by
    their year: correct the one that is wrong in title.toml.
    """
    programme = read.title.programme
    if programme.release_date is None:
        raise CannotCheck("title.toml has no release_date")
    year, released = programme.production_year, programme.release_date.year
    if year > released:
        yield Problem("produced in {measured}, released before, in {allowed}", At("production_year"), year, released)
    elif released - year > limits.max_years:
        yield Problem(
            "produced in {measured}, released in {released}; at most {allowed} years apart",
            At("production_year"),
            year,
            limits.max_years,
            {"released": released},
        )
