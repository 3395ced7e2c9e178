"""The files that `expire` writes: lifecycle rules and tags."""

import json
from pathlib import Path

from cli.withdrawing import Asked
from cli.writing import write_text
from storage import expiry, verify


def write(asked: Asked, lifecycle: Path | None, tags: Path | None) -> None:
    """Write the documents that are asked for, of the packages that are meant. Raises StoreError, Refused."""
    if lifecycle is None and tags is None:
        return
    known, _ = verify.packages(asked.store)
    wanted = asked.wanted
    meant = [
        item
        for item in known
        if (not wanted.titles or item.manifest.title in wanted.titles)
        and wanted.platform in {None, item.manifest.platform}
    ]
    if lifecycle is not None:
        write_text(lifecycle, _text(expiry.lifecycle(asked.store.url, meant)))
    if tags is not None:
        write_text(tags, _text(expiry.tags(asked.store.url, meant)))


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
