"""The stores that the audit log names: packages may lie in one that no setting names, by `deliver --to`."""

from pathlib import Path

from assets import append_only
from assets.errors import InputError
from storage.audit_lines import FOLDER, lines_of


def audited_stores(root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The URLs of the stores that the logs of a catalogue speak of, and what of the logs cannot be read."""
    urls: dict[str, None] = {}
    wrong: list[str] = []
    for path in sorted((root / FOLDER).glob("*.jsonl")):
        shown = f"{FOLDER}/{path.name}"
        try:
            for line in lines_of(path.stem, append_only.read(path, shown, "audit log"), shown):
                if isinstance(url := line.said.get("store"), str):
                    urls[url] = None
        except InputError as error:
            wrong.append(str(error))
    return tuple(urls), tuple(wrong)
