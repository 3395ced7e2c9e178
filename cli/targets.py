"""What `check` is pointed at: titles, files of titles, files of nobody's, or what a git range has touched."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assets import away, manifest, waiver_records
from assets.catalogue import CONFIG_NAME, Catalogue
from assets.errors import InputError, UsageError
from assets.language import confusion, is_valid
from assets.rights import reading
from assets.title import ArtworkDeclaration, AssetFile, Kind, Programme, SubtitleDeclaration, Title, Version
from cli.judgement import Target

ARTWORK_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif"})
SUBTITLE_SUFFIXES = frozenset(
    {".srt", ".vtt", ".ttml", ".xml", ".dfxp", ".itt", ".txt", ".ass", ".ssa", ".smi", ".sami", ".scc", ".stl"}
)
"""Only for files that belong to no title: which kind of asset to take them for. Their format is told by content."""

_LONGEST_TAG = 12
_OF_TITLES = (manifest.FILE_NAME, reading.FILE_NAME, away.FILE_NAME, waiver_records.FILE_NAME)
"""The files that say something of a title as a whole."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the command line says of a file that belongs to no title: what it is not told, its name may tell."""

    language: str | None = None
    kind: Kind | None = None
    frame_rate: Fraction | None = None


def named(catalogue: Catalogue | None, names: Sequence[str], said: Said) -> Iterator[Target | InputError]:
    """The targets of a command line; no names are all titles. Raises UsageError for what is neither title nor file.

    A title whose title.toml is wrong is its InputError: the others are judged all the same.
    """
    if not names:
        if catalogue is None:
            raise UsageError("nothing to check: no catalogue here and no file named")
        for title in _titles(catalogue):
            yield title if isinstance(title, InputError) else Target(title)
    for name in names:
        path = Path(name)
        if catalogue and name in catalogue.title_ids():
            yield from (item if isinstance(item, InputError) else Target(item) for item in _titles(catalogue, (name,)))
        elif path.is_file():
            yield from _file(catalogue, path, said)
        else:
            titles = ", ".join(catalogue.title_ids()[:20]) if catalogue else "none: there is no catalogue here"
            raise UsageError(f"{name!r} is neither a title nor a file; titles: {titles}")


def _titles(catalogue: Catalogue, ids: Sequence[str] = ()) -> Iterator[Title | InputError]:
    for title_id in ids or catalogue.title_ids():
        try:
            yield catalogue.title(title_id)
        except InputError as error:
            yield error


def _file(catalogue: Catalogue | None, path: Path, said: Said) -> Iterator[Target]:
    """The titles that name the file; a file that none names is judged by itself."""
    wanted = path.resolve()
    titles = [title for title in _titles(catalogue) if isinstance(title, Title)] if catalogue else []
    owners = [title for title in titles if wanted in _paths(title)]
    for title in owners:
        yield Target(title, frozenset(file.name for file in title.files() if file.path.resolve() == wanted))
    if not owners:
        title = loose_title(path, said)
        yield Target(title, frozenset(file.name for file in title.files()), said.frame_rate)


def _paths(title: Title) -> set[Path]:
    return {file.path.resolve() for file in title.files()}


def loose_title(path: Path, said: Said) -> Title:
    """A title around one file that belongs to none. Its programme declares nothing.

    The language and the kind of a subtitle file are said, or stand in its name as in `film.ko.sdh.srt`.
    """
    language = said.language
    file = AssetFile(path.name, path.resolve())
    suffix = path.suffix.lower()
    programme = Programme(1, 0, 0, 0, 0, language or "und")
    if suffix in ARTWORK_SUFFIXES:
        artwork = (ArtworkDeclaration(file, "picture"),)
        return Title("file", path.parent, {"und": path.name}, programme, artwork=artwork)
    if suffix not in SUBTITLE_SUFFIXES:
        version = Version("file", language or "und", file)
        return Title("file", path.parent, {"und": path.name}, programme, versions=(version,))
    marks = path.name.split(".")[:-1]
    by_name = next((kind for kind in Kind if kind.value in marks[-2:]), Kind.FULL)
    kind = said.kind or by_name
    tag = language or _language_in([mark for mark in marks if mark != by_name.value])
    if not tag:
        raise UsageError(f"{path}: belongs to no title and its name tells no language; name it with --language")
    version = Version("file", tag, None, subtitles=(SubtitleDeclaration(file, tag, kind),))
    return Title("file", path.parent, {"und": path.name}, programme, versions=(version,))


def _language_in(marks: Sequence[str]) -> str:
    """The language tag that the last part of a name is, or a name that is nothing else, as `ko` of `ko.srt`."""
    last = marks[-1] if marks else ""
    return last if len(last) <= _LONGEST_TAG and (is_valid(last) or confusion(last)) else ""


def changed(catalogue: Catalogue, base: str) -> Iterator[Target | InputError]:
    """What differs from the git revision `base`, uncommitted and untracked files included.

    A changed title.toml, rights.toml, away.toml or waivers.toml puts its whole title to the question, a changed
    platform file or releaseprint.toml all titles.
    A title that cannot be read is told whether it changed or not: nobody can say what it refers to.
    """
    paths = _changed_paths(catalogue.root, base)
    everything = any(path.name == CONFIG_NAME or path.parent.name == "platforms" for path in paths)
    for title in _titles(catalogue):
        if isinstance(title, InputError):
            yield title
        elif everything or {title.folder / name for name in _OF_TITLES} & paths:
            yield Target(title)
        elif touched := frozenset(file.name for file in title.files() if _touched(file, paths)):
            yield Target(title, touched)


def _touched(file: AssetFile, paths: frozenset[Path]) -> bool:
    """Whether a file changed, or the file that it is a link to."""
    return file.path in paths or file.path.resolve() in paths


def _changed_paths(root: Path, base: str) -> frozenset[Path]:
    if base.startswith("-"):
        raise UsageError(f"{base!r} is no git revision")
    differing = _git(root, "diff", "--name-only", "--no-renames", "-z", "--relative", base, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(root / name for name in (differing + untracked).split("\0") if name)


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],  # noqa: S607 -- the user's own git
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
        )
    except OSError as error:
        raise UsageError(f"--changed needs git: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0]
        raise UsageError(f"--changed: git says: {said or done.returncode}")
    return done.stdout
