"""The check title/stems-missing."""

from collections.abc import Iterator, Sequence

from assets.language import same_language
from assets.stems import CHANNELS, StemKind
from assets.subjects import ReadTitle
from assets.title import StemDeclaration, Title, Version
from checks.core import At, Limits, Problem, Problems, check
from checks.media import Several, listed


class StemsMissing(Limits):
    """Kinds of stems that a title must have, and the layouts of which each must have one, such as `5.1`."""

    required: Several[StemKind]
    layouts: tuple[str, ...] = ()


@check("title/stems-missing", on=ReadTitle, limits=StemsMissing)
def stems_missing(read: ReadTitle, limits: StemsMissing) -> Problems:
    """A stem that the platform asks for is missing: music and effects, dialogue, or a channel of one.

    Without music and effects nobody can dub the film; to mix them anew costs more than the dubbing. Add the file to the
    original version in title.toml as [[versions.stems]] of that kind. Of files of one channel all that make a layout
    are needed.
    """
    for version in _originals(read.title):
        for kind in limits.required:
            own = [stem for stem in version.stems if stem.kind is kind]
            had = _layouts(own)
            for layout in limits.layouts or ("",):
                if had and layout in {"", *had}:
                    continue
                yield Problem(
                    "no {allowed}; there are: {measured}",
                    At(f"version {version.id}"),
                    measured=listed(_in_words(version.stems)) or "none",
                    allowed=f"{kind} {layout}".rstrip(),
                )


def _originals(title: Title) -> Sequence[Version]:
    """The versions in the original language, which others are dubbed from; all of them where none is."""
    original = title.programme.original_language
    return [item for item in title.versions if same_language(item.language, original)] or title.versions


def _layouts(stems: Sequence[StemDeclaration]) -> frozenset[str]:
    """The layouts of stems, whole ones of files of one channel included."""
    single = {stem.channel for stem in stems if stem.channel}
    made = {layout for layout, channels in CHANNELS.items() if single.issuperset(channels)}
    return frozenset(made | {stem.layout.lower() for stem in stems if not stem.channel})


def _in_words(stems: Sequence[StemDeclaration]) -> Iterator[str]:
    """`music-and-effects 5.1, dialogue mono (L)`."""
    for stem in stems:
        yield f"{stem.kind} {stem.layout}{f' ({stem.channel})' if stem.channel else ''}"
