"""`title/original-version-missing`."""

from assets import language
from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check


@check("title/original-version-missing", on=ReadTitle)
def original_version_missing(read: ReadTitle) -> Problems:
    """A title has no version in its original language.

    Platforms ask for the original version beside every translated one. Add it to title.toml, or correct
    `original_language`.
    """
    title = read.title
    original = title.programme.original_language
    if title.versions and not any(language.same_language(version.language, original) for version in title.versions):
        had = ", ".join(version.language for version in title.versions)
        yield Problem("no version in {allowed}; there are: {measured}", measured=had, allowed=original)
