"""`title/master-missing`."""

from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check
from checks.title._declared import version_at


@check("title/master-missing", on=ReadTitle)
def master_missing(read: ReadTitle) -> Problems:
    """A version has no master.

    There is no picture to deliver it with. Name the master of the version in title.toml; versions that differ only in
    subtitles may name the same file.
    """
    for version in read.title.versions:
        if version.master is None:
            yield Problem("has no master", version_at(version.id))
