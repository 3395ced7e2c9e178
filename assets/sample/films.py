"""The catalogue of films that `releaseprint sample --films` writes: public facts in title.toml files, no media."""

import shutil
import tempfile
from pathlib import Path

from assets.errors import UsageError
from assets.sample.writing import move_into, require_empty

FILMS = Path(__file__).with_name("films")
"""The catalogue's files, copied as they are."""


def write_films(folder: Path) -> None:
    """Write the catalogue to a folder that does not exist or is empty; all of it or nothing. Raises UsageError."""
    folder = folder.resolve()
    try:
        is_new = require_empty(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder.parent if is_new else folder) as work:
            built = Path(work) / "catalogue"
            shutil.copytree(FILMS, built, copy_function=shutil.copyfile)
            move_into(built, folder, is_new=is_new)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error
