"""The catalogue's own folder, `.releaseprint`: beside the titles, outside version control."""

import errno
from pathlib import Path

from assets.errors import Fault, InputError

FOLDER = ".releaseprint"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def private_folder(root: Path) -> Path:
    """The folder, made if it is not there; it keeps itself out of version control.

    A catalogue may come from somebody else: what is written, and tidied up, here must not be elsewhere. That a disk is
    full is left to whoever writes next to say. Raises InputError for a symbolic link, OSError for what cannot be made.
    """
    folder = root / FOLDER
    own_folder(folder)
    ignore = folder / ".gitignore"
    if not ignore.exists() or not ignore.stat().st_size:  # a disk that was full left an empty one
        try:
            ignore.write_text("*\n", encoding="utf-8")
        except OSError as error:
            if error.errno not in _FULL:
                raise
    return folder


def own_folder(folder: Path) -> Path:
    """A folder of the tool's own, made if it is not there. Raises InputError for a symbolic link, OSError."""
    if folder.is_symlink():
        raise InputError(Fault(str(folder), "", "is a symbolic link", "a folder that the tool makes; remove the link"))
    folder.mkdir(exist_ok=True)
    return folder
