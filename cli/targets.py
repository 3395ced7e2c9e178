"""What `check` is pointed at: titles, files of titles, files of nobody's, or what a git range has touched."""

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assets import timing
from assets.catalogue import Catalogue
from assets.errors import UsageError
from assets.subjects import Asset
from assets.title import AssetFile, Kind, Programme, SubtitleDeclaration, Title, Version
from cli.judgement import Target

SUBTITLE_SUFFIXES = frozenset({".srt", ".vtt", ".ttml", ".xml", ".dfxp", ".itt", ".txt"})


def named(catalogue: Catalogue | None, names: Sequence[str], language: str | None) -> Iterator[Target]:
    """The targets of a command line; no names are all titles. Raises UsageError for what is neither title nor file."""
    if not names:
        if catalogue is None:
            raise UsageError("nothing to check: no catalogue here and no file named")
        yield from (Target(title) for title in catalogue.titles())
    for name in names:
        path = Path(name)
        if catalogue and name in catalogue.title_ids():
            yield Target(catalogue.title(name))
        elif path.is_file():
            yield from _file(catalogue, path, language)
        else:
            titles = ", ".join(catalogue.title_ids()[:20]) if catalogue else "none: there is no catalogue here"
            raise UsageError(f"{name!r} is neither a title nor a file; titles: {titles}")


def _file(catalogue: Catalogue | None, path: Path, language: str | None) -> Iterator[Target]:
    """The titles that name the file; a file that none names is judged by itself."""
    wanted = path.resolve()
    owners = [title for title in (catalogue.titles() if catalogue else ()) if wanted in _paths(title)]
    for title in owners:
        yield Target(title, lambda asset: asset.file.path.resolve() == wanted)
    if not owners:
        yield Target(loose_title(path, language), lambda _: True)


def _paths(title: Title) -> set[Path]:
    return {file.path.resolve() for file in title.files()}


def loose_title(path: Path, language: str | None) -> Title:
    """A title around one file that belongs to none. Its programme declares nothing.

    The language of a subtitle file is `language`, or stands in its name as in `film.ko.srt`.
    """
    file = AssetFile(path.name, path.resolve())
    is_text = path.suffix.lower() in SUBTITLE_SUFFIXES
    tag = language or (path.suffixes[-2].lstrip(".") if len(path.suffixes) > 1 else "")
    if is_text and not tag:
        raise UsageError(f"{path}: belongs to no title and its name tells no language; name it with --language")
    tracks = (SubtitleDeclaration(file, tag, _kind(path)),) if is_text else ()
    version = Version("file", tag or "und", None if is_text else file, subtitles=tracks)
    programme = Programme(1, 0, 0, timing.from_ms(0), 0, tag or "und")
    return Title("file", path.parent, {"und": path.name}, programme, versions=(version,))


def _kind(path: Path) -> Kind:
    marks = {mark.lstrip(".").lower() for mark in path.suffixes}
    return next((kind for kind in (Kind.SDH, Kind.FORCED) if kind.value in marks), Kind.FULL)


def changed(catalogue: Catalogue, base: str) -> Iterator[Target]:
    """What differs from the git revision `base`, uncommitted and untracked files included.

    A changed title.toml puts its whole title to the question, a changed platform file or releaseprint.toml all titles.
    """
    paths = _changed_paths(catalogue.root, base)
    everything = any(path.name == "releaseprint.toml" or path.parent.name == "platforms" for path in paths)
    for title_id in catalogue.title_ids():
        title = catalogue.title(title_id)
        if everything or title.folder / "title.toml" in paths:
            yield Target(title)
        elif any(file.path in paths for file in title.files()):
            yield Target(title, lambda asset: _touched(asset, paths))


def _touched(asset: Asset, paths: Iterable[Path]) -> bool:
    return asset.file.path in set(paths)


def _changed_paths(root: Path, base: str) -> frozenset[Path]:
    if base.startswith("-"):
        raise UsageError(f"{base!r} is no git revision")
    differing = _git(root, "diff", "--name-only", "-z", "--relative", base, "--")
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
        raise UsageError(f"--changed: git says: {done.stderr.strip().splitlines()[0]}")
    return done.stdout
