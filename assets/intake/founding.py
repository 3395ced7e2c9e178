"""New titles get their title.toml before files are taken in; if that fails, these go again.

A run that was killed in between has left a title without files: for the next one it is known.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from assets import manifest
from assets.catalogue import Catalogue
from assets.importing.writing import Ready, take_back, write
from assets.intake.newcomers import Newcomer


@contextmanager
def founded(catalogue: Catalogue, new: Sequence[Newcomer]) -> Iterator[None]:
    """While the block runs the titles are there; they stay if it ends well. Raises Refused if one is there already."""
    folder = catalogue.root / "titles"
    if new:
        folder.mkdir(exist_ok=True)
    ready = [Ready(folder / item.id / manifest.FILE_NAME, None, item.text().encode()) for item in new]
    for item in ready:
        catalogue.require_inside(item.path)
    write(ready, lambda *_: None)
    try:
        yield
    except BaseException:
        for item in ready:
            for left in item.path.parent.iterdir():
                with suppress(OSError):  # a file, or a folder with files
                    left.rmdir()
        take_back(ready)
        raise
