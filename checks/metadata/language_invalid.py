"""`metadata/language-invalid`."""

from collections.abc import Iterator

from assets import language
from assets.subjects import ReadTitle
from assets.title import Title
from checks.core import At, Problem, Problems, check
from checks.metadata._regions import confused_region
from checks.metadata._texts import other_name_place


@check("metadata/language-invalid", on=ReadTitle)
def language_invalid(read: ReadTitle) -> Problems:
    """A language tag in title.toml names no language, is spelt unusually, or is a country code.

    Platforms compare tags as text: what they do not know is refused or listed wrongly. Write the canonical BCP-47 tag:
    ko, en, ja, pt-BR, zh-Hant, ko-Latn for a romanisation. A country code that is also a language is only pointed out.
    The tags of subtitle tracks are looked at by `subtitle/language-invalid` and its neighbours.
    """
    for place, tag in _tags(read.title):
        meant = language.confusion(tag) or confused_region(tag)
        is_valid = language.is_valid(tag)
        if meant is not None:
            yield Problem("{measured}: {meant}", At(place), repr(tag), values={"meant": meant}, borderline=is_valid)
        elif not is_valid:
            yield Problem("{measured} is no BCP-47 language tag", At(place), repr(tag))
        elif tag != language.canonical(tag):
            yield Problem("{measured} is written {allowed}", At(place), repr(tag), repr(language.canonical(tag)))


def _tags(title: Title) -> Iterator[tuple[str, str]]:
    """Every language tag of a title that is not one of a subtitle track, with its key."""
    yield "original_language", title.programme.original_language
    yield from (("names", tag) for tag in title.names)
    yield from ((other_name_place(name), name.language) for name in title.other_names)
    yield from (("synopses", tag) for tag in title.synopses)
    yield from (("short_synopses", tag) for tag in title.short_synopses)
    for version in title.versions:
        yield f"version {version.id}", version.language
        yield from ((f"audio of version {version.id}", audio.language) for audio in version.audio)
        yield from ((str(stem.file), stem.language) for stem in version.stems)
    yield from ((str(item.file), item.language) for item in title.artwork if item.language is not None)
    yield from ((str(item.file), item.language) for item in title.documents if item.language is not None)
    for window in title.windows:
        yield from ((f"window {window.id}", tag) for tag in sorted(window.languages.tags()))
