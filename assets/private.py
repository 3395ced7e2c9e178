"""The catalogue's own folder, `.releaseprint`: beside the titles, outside version control."""

from pathlib import Path

FOLDER = ".releaseprint"


def private_folder(root: Path) -> Path:
    """The folder, made if it is not there; it keeps itself out of version control. Raises OSError."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder
