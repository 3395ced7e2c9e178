"""The sample catalogue: a good title of 84 minutes in three languages, a faulty one, an unreadable one."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from assets.catalogue import CONFIG_NAME
from assets.errors import UsageError
from assets.sample import artwork, faulty, master, narration

TITLE_ID = "kim-il-sungs-children"
DECLARATIONS = Path(__file__).with_name("catalogue")
"""The files of the catalogue that are copied as they are: releaseprint.toml, platforms, each title.toml."""


def write_sample(folder: Path, *, ffmpeg: str | None = None, progress: Callable[[str], None] = lambda _: None) -> None:
    """Write the sample catalogue to a folder that does not exist or is empty; all of it or nothing.

    `ffmpeg` names another binary, `progress` is told each step. Raises UsageError if there is something in the folder
    or it cannot be written, InputError if ffmpeg fails.
    """
    folder = folder.resolve()
    try:
        is_new = require_empty(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder.parent if is_new else folder) as work:
            built = Path(work) / "catalogue"
            _build(built, Path(work), ffmpeg, progress)
            move_into(built, folder, is_new=is_new)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error


def require_empty(folder: Path) -> bool:
    """Whether a folder does not exist yet. Raises UsageError if there is something in it."""
    is_new = not folder.exists()
    if not is_new and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; the sample goes into a new or an empty folder")
    return is_new


def move_into(built: Path, folder: Path, *, is_new: bool) -> None:
    """Put the finished catalogue in its place. An existing folder stays: it may be a mount or where the user is."""
    if is_new:
        built.rename(folder)
        return
    for path in sorted(built.iterdir(), key=lambda path: path.name == CONFIG_NAME):  # what makes it a catalogue: last
        path.rename(folder / path.name)


def _build(root: Path, work: Path, ffmpeg: str | None, progress: Callable[[str], None]) -> None:
    shutil.copytree(DECLARATIONS, root, copy_function=shutil.copyfile)
    good = root / "titles" / TITLE_ID
    progress(f"{TITLE_ID}: subtitles and artwork")
    narration.write(good / "subtitles")
    artwork.write(good / "artwork")
    progress(f"{TITLE_ID}: masters/{TITLE_ID}.mp4")
    (good / "masters").mkdir()
    master.write(good / "masters" / f"{TITLE_ID}.mp4", work, ffmpeg)
    for title_id in faulty.title_ids():
        faulty.write(title_id, root / "titles" / title_id, ffmpeg, progress)
