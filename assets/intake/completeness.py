"""What a title still lacks to be complete: for each version its master, sound and tracks, and the title's artwork."""

from collections.abc import Iterator

from assets import language
from assets.title import Kind, Title, Version

ARTWORK = ("poster", "key-art")


def missing(title: Title) -> tuple[str, ...]:
    """What is missing, each in a few words that name its place."""
    return tuple(_missing(title))


def _missing(title: Title) -> Iterator[str]:
    if not title.versions:
        yield "a version"
    for version in title.versions:
        yield from (f"version {version.id}: {what}" for what in _of_version(title, version))
    kinds = {artwork.kind for artwork in title.artwork}
    yield from (f"artwork: {kind}" for kind in ARTWORK if kind not in kinds)


def _of_version(title: Title, version: Version) -> Iterator[str]:
    """A version needs subtitles in its language: all, for the deaf, and forced where its sound is in another one."""
    if version.master is None:
        yield "master"
    if not version.audio:
        yield "audio"
    tag = version.language
    kinds = [Kind.FULL, Kind.SDH]
    if not language.same_language(tag, title.programme.original_language):
        kinds.append(Kind.FORCED)
    for kind in kinds:
        has = (item for item in version.subtitles if item.kind is kind and language.same_language(item.language, tag))
        if next(has, None) is None:
            yield f"{kind} subtitles in {tag}"
