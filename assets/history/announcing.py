"""A file has new bytes, and somebody says so."""

from datetime import datetime
from pathlib import Path

from assets.errors import UsageError
from assets.history import keeping
from assets.history.ledger import opened
from assets.history.model import Revision
from assets.title import AssetFile, Title


def record(
    title: Title,
    asset: AssetFile,
    role: str,
    *,
    sha256: str,
    size: int,
    who: str,
    why: str,
    note: str = "",
    at: datetime,
) -> Revision:
    """Say that a file has these bytes now. What its newest revision says already is not said again.

    A small file is kept as well, so that it can be edited where it lies. Raises UsageError if the history or the kept
    file cannot be written, InputError if the file has other bytes by now.
    """
    with opened(title) as ledger:
        if said := ledger.says(role, asset.name, sha256):
            return said
        if size <= keeping.AT_ONCE_BYTES:
            try:
                keeping.keep(root_of(title), asset.path, sha256)
            except OSError as error:
                raise UsageError(f"{asset.name}: cannot be kept: {error.strerror}") from error
        return ledger.append(Revision(role, 0, asset.name, sha256, size, at, who, why, note))


def root_of(title: Title) -> Path:
    """The catalogue of a title: it lies in `titles/<id>` there."""
    return title.folder.parent.parent
