"""Which files of a watched folder are judged, and as what: their names tell, or else their content."""

from dataclasses import replace
from pathlib import Path

from assets.catalogue import Config
from assets.intake.arriving import Arrived
from assets.intake.recognising import Sort, recognise
from cli import targets
from cli.judgement import Target
from cli.targets import ARTWORK_SUFFIXES, SUBTITLE_SUFFIXES, Said

_MEDIA = frozenset({".mov", ".mp4", ".m4v", ".mxf", ".mkv", ".mpg", ".m2ts", ".mts", ".ts", ".avi"})
"""Names that promise a film: what cannot be read of them is a fault, and not another sort of file."""
_UNSURE = frozenset({".txt", ".xml"})
"""Names that subtitles have as well as many other files."""


class NotJudgedError(Exception):
    """A file is none that can be judged by itself; the text says what it is."""


def target_of(path: Path, said: Said, config: Config) -> Target:
    """What a file is judged as. Raises NotJudgedError, OSError; UsageError where nothing tells its language.

    What its name says of its language counts more than what is `said` of all files.
    """
    suffix = path.suffix.lower()
    if suffix not in ARTWORK_SUFFIXES | SUBTITLE_SUFFIXES - _UNSURE | _MEDIA:
        _require_asset(path, config)
    own = replace(said, language=None) if targets.language_in(path.name) else said
    return Target(targets.loose_title(path, own), frozenset({path.name}), said.frame_rate)


def _require_asset(path: Path, config: Config) -> None:
    found = recognise(Arrived(path.name, path, path.stat().st_size, ""), config.media_timeout_seconds)
    if found.sort is Sort.MASTER or (found.sort is Sort.SUBTITLES and path.suffix.lower() in _UNSURE):
        return
    wanted = f"; a name that ends with {found.suffix} would have it judged"
    is_misnamed = found.sort in {Sort.SUBTITLES, Sort.ARTWORK} and found.suffix in ARTWORK_SUFFIXES | SUBTITLE_SUFFIXES
    what = "not known" if found.sort is Sort.UNKNOWN else found.sort
    raise NotJudgedError(f"{what}: {found.facts}{wanted if is_misnamed else ''}")
