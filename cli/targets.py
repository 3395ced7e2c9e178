"""What `check` is pointed at: titles, files of titles, files of nobody's, or what a git range has touched."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assets import away, manifest, waiver_records
from assets.catalogue import CONFIG_NAME, Catalogue
from assets.errors import InputError, UsageError
from assets.history import ledger
from assets.language import confusion, is_valid
from assets.nearest import did_you_mean
from assets.rights import reading
from assets.title import ArtworkDeclaration, AssetFile, Kind, Programme, SubtitleDeclaration, Title, Version
from cli.git_range import changed_paths
from cli.judgement import Target

ARTWORK_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif"})
SUBTITLE_SUFFIXES = frozenset(
    {".srt", ".vtt", ".ttml", ".xml", ".dfxp", ".itt", ".txt", ".ass", ".ssa", ".smi", ".sami", ".scc", ".stl"}
)
"""Only for files that belong to no title: which kind of asset to take them for. Their format is told by content."""

_LONGEST_TAG = 12
OF_TITLES = (
    manifest.FILE_NAME,
    reading.FILE_NAME,
    away.FILE_NAME,
    waiver_records.FILE_NAME,
    ledger.FILE_NAME,
)
"""The files that say something of a title as a whole."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says of a file that belongs to no title: what it is not told, its name may tell."""

    language: str | None = None
    kind: Kind | None = None
    frame_rate: Fraction | None = None


def named(catalogue: Catalogue | None, names: Sequence[str], said: Said) -> Iterator[Target | InputError]:
    """The targets of a command line; no names are all titles. Raises UsageError for what is neither title nor file.

    A title whose title.toml is wrong is its InputError: the others are judged all the same. Several files of one title
    are one target; a title.toml, or another file that is about all of a title, means the title.
    """
    if not names:
        if catalogue is None:
            raise UsageError("nothing to check: no catalogue here and no file named")
        for title in _titles(catalogue):
            yield title if isinstance(title, InputError) else Target(title)
        return
    known = catalogue.title_ids() if catalogue else []
    meant = {name: _title_of(catalogue, known, name) for name in names}
    files = [Path(name) for name, title_id in meant.items() if not title_id]
    for path in files:
        if not path.is_file():
            near = did_you_mean(str(path), known)
            titles = ", ".join(known[:20]) if catalogue else "none: there is no catalogue here"
            raise UsageError(f"{str(path)!r} is neither a title nor a file; {near}titles: {titles}")
    whole = tuple(dict.fromkeys(filter(None, meant.values())))
    if catalogue and whole:
        for title in _titles(catalogue, whole):
            yield title if isinstance(title, InputError) else Target(title)
    yield from _files(catalogue, files, frozenset(whole), said)


def _title_of(catalogue: Catalogue | None, known: Sequence[str], name: str) -> str:
    """The id of the title that a name means, by itself or as a file about all of the title; nothing if it is none."""
    if catalogue is None or name in known:
        return name if catalogue else ""
    path = Path(name)
    if path.name not in OF_TITLES or not path.is_file():
        return ""
    folder = path.resolve().parent
    return folder.name if folder.parent == (catalogue.root / "titles").resolve() and folder.name in known else ""


def _titles(catalogue: Catalogue, ids: Sequence[str] = ()) -> Iterator[Title | InputError]:
    for title_id in ids or catalogue.title_ids():
        try:
            yield catalogue.title(title_id)
        except InputError as error:
            yield error


def _files(
    catalogue: Catalogue | None, paths: Iterable[Path], whole: frozenset[str], said: Said
) -> Iterator[Target | InputError]:
    """The titles that name the files; a file that none names is judged by itself. `whole` are judged already."""
    left = {path.resolve(): path for path in paths}
    if catalogue and left:
        wanted = frozenset(left)
        for title in _titles(catalogue):
            owned = [(file.name, path) for file, path in _resolved(title) if path in wanted]
            for _, path in owned:
                left.pop(path, None)
            if owned and isinstance(title, Title) and title.id not in whole:
                yield Target(title, frozenset(name for name, _ in owned))
    for path in left.values():
        yield Target(loose_title(path, said), frozenset({path.name}), said.frame_rate)


def _resolved(title: Title | InputError) -> Iterator[tuple[AssetFile, Path]]:
    """The files of a title that can be read, each with where it really lies."""
    if isinstance(title, Title):
        yield from ((file, file.path.resolve()) for file in title.files())


def loose_title(path: Path, said: Said) -> Title:
    """A title around one file that belongs to none, named as the file was. Its programme declares nothing.

    The language and the kind of a subtitle file are said, or stand in its name as in `film.ko.sdh.srt`.
    """
    language, named = said.language, {"und": path.as_posix()}
    file = AssetFile(path.name, path.resolve())
    suffix = path.suffix.lower()
    programme = Programme(1, 0, 0, 0, 0, language or "und")
    if suffix in ARTWORK_SUFFIXES:
        artwork = (ArtworkDeclaration(file, "picture"),)
        return Title("file", path.parent, named, programme, artwork=artwork)
    if suffix not in SUBTITLE_SUFFIXES:
        version = Version("file", language or "und", file)
        return Title("file", path.parent, named, programme, versions=(version,))
    by_name, own = _told_by(path.name)
    kind = said.kind or by_name
    tag = language or own
    if not tag:
        raise UsageError(f"{path}: belongs to no title and its name tells no language; name it with --language")
    version = Version("file", tag, None, subtitles=(SubtitleDeclaration(file, tag, kind),))
    return Title("file", path.parent, named, programme, versions=(version,))


def language_in(name: str) -> str:
    """The language that the name of a subtitle file tells, as `film.ko.sdh.srt` does; empty if it tells none."""
    return _told_by(name)[1]


def _told_by(name: str) -> tuple[Kind, str]:
    marks = name.split(".")[:-1]
    kind = next((kind for kind in Kind if kind.value in marks[-2:]), Kind.FULL)
    return kind, _language_in([mark for mark in marks if mark != kind.value])


def _language_in(marks: Sequence[str]) -> str:
    """The language tag that the last part of a name is, or a name that is nothing else, as `ko` of `ko.srt`."""
    last = marks[-1] if marks else ""
    return last if len(last) <= _LONGEST_TAG and (is_valid(last) or confusion(last)) else ""


def changed(catalogue: Catalogue, base: str) -> Iterator[Target | InputError]:
    """What differs from the git revision `base`, as `git_range.changed_paths` tells; see `of_paths`."""
    return of_paths(catalogue, changed_paths(catalogue.root, base))


def of_paths(catalogue: Catalogue, paths: Collection[Path]) -> Iterator[Target | InputError]:
    """The titles and assets that files of the catalogue touch, whether they are still there or gone.

    A file that says something of a title as a whole, such as its title.toml, puts all of it to the question, a platform
    file or releaseprint.toml all titles. A title that cannot be read is told in any case: nobody can say what it
    refers to.
    """
    touched = frozenset(map(_plain, paths))
    root = catalogue.root
    everything = any(path == root / CONFIG_NAME or path.parent == root / "platforms" for path in paths)
    for title in _titles(catalogue):
        if isinstance(title, InputError):
            yield title
        elif everything or {_plain(title.folder / name) for name in OF_TITLES} & touched:
            yield Target(title)
        elif names := frozenset(file.name for file in title.files() if _is_touched(file, touched)):
            yield Target(title, names)


def _is_touched(file: AssetFile, touched: frozenset[str]) -> bool:
    """Whether a file changed, or the file that it is a link to."""
    return _plain(file.path) in touched or _plain(file.path.resolve()) in touched


def _plain(path: Path) -> str:
    """A path in NFC: git may know a Korean name in another form than the file system does."""
    return unicodedata.normalize("NFC", str(path))
