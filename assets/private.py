"""The catalogue's own folder, `.releaseprint`: beside the titles, outside version control."""

from pathlib import Path

from assets.errors import Fault, InputError

FOLDER = ".releaseprint"


def private_folder(root: Path) -> Path:
    """The folder, made if it is not there; it keeps itself out of version control.

    A catalogue may come from somebody else: what is written, and tidied up, here must not be elsewhere. Raises
    InputError for a symbolic link, OSError for what cannot be made.
    """
    folder = root / FOLDER
    own_folder(folder)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder


def own_folder(folder: Path) -> Path:
    """A folder of the tool's own, made if it is not there. Raises InputError for a symbolic link, OSError."""
    if folder.is_symlink():
        raise InputError(Fault(str(folder), "", "is a symbolic link", "a folder that the tool makes; remove the link"))
    folder.mkdir(exist_ok=True)
    return folder
