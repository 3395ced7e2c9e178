"""The files that `expire` writes: lifecycle rules and tags."""

import json
from datetime import datetime
from pathlib import Path

from cli import still_allowed
from cli.taking_down import Unread, title_of
from cli.withdrawing import Asked
from cli.writing import write_text
from storage import expiry, verify
from storage.expiry import Ending
from storage.verify import Standing


def write(asked: Asked, lifecycle: Path | None, tags: Path | None) -> None:
    """Write the documents that are asked for, of the packages that are meant. Raises StoreError, Refused."""
    if lifecycle is None and tags is None:
        return
    known, _ = verify.packages(asked.store)
    wanted = asked.wanted
    meant = [
        Ending(item, _end(asked, item))
        for item in known
        if (not wanted.titles or item.manifest.title in wanted.titles)
        and wanted.platform in {None, item.manifest.platform}
    ]
    if lifecycle is not None:
        write_text(lifecycle, _text(expiry.lifecycle(asked.store.url, meant)))
    if tags is not None:
        write_text(tags, _text(expiry.tags(asked.store.url, meant)))


def _end(asked: Asked, package: Standing) -> datetime | None:
    """When a package must come down, as far as it can be read: `expire` tells of what cannot."""
    title = title_of(asked.catalogue, package.manifest.title, Unread())
    return still_allowed.earliest_end(title, package.manifest)


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
