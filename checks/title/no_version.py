"""`title/no-version`."""

from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check


@check("title/no-version", on=ReadTitle)
def no_version(read: ReadTitle) -> Problems:
    """A title has no version.

    Without a version there is nothing to deliver. Add a [[versions]] table with a master to title.toml.
    """
    if not read.title.versions:
        yield Problem("has no version")
