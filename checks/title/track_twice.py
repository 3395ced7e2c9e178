"""`title/track-twice`."""

from collections import Counter

from assets import language
from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check
from checks.title._declared import version_at


@check("title/track-twice", on=ReadTitle)
def track_twice(read: ReadTitle) -> Problems:
    """A version has two subtitle tracks of one language and kind.

    A platform takes one of them, and nobody knows which. Remove the old file from title.toml, or correct the language
    or kind of one.
    """
    for version in read.title.versions:
        tags = [(_canonical(track.language), track.kind) for track in version.subtitles]
        for (tag, kind), count in Counter(tags).items():
            if count > 1:
                yield Problem(
                    "{measured} tracks of {tag} {kind}, at most {allowed}",
                    version_at(version.id),
                    count,
                    1,
                    {"tag": tag, "kind": kind},
                )


def _canonical(tag: str) -> str:
    return language.canonical(tag) if language.is_valid(tag) else tag
