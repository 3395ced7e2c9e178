"""away.toml: the files of a title whose bytes lie in a store, each by its digest and the URL of its object.

It lies beside the title.toml, under version control. title.toml goes on naming a file by where it would lie; a file
that does lie there counts, whatever is said here. Entries are only ever added: of those of one file the last counts,
the others say where its older revisions are.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from assets.append_only import sync_folder
from assets.errors import Fault, InputError
from assets.record_values import Record, RelativePath
from assets.rights import utc
from assets.title import Away
from assets.title_editing import prepared
from assets.tomlfile import TomlFile

FILE_NAME = "away.toml"
_FORMS = "s3://BUCKET/KEY or file:PATH, without user, password or query"
_HEAD = """\
# Files of this title whose bytes lie in a store. `releaseprint stow` adds to it, `releaseprint fetch` brings them back.
"""


def url_problem(url: str) -> str | None:
    """Why a URL is not written to away.toml, or None; `what is wrong; what is allowed`, and nothing of the URL."""
    scheme, _, rest = url.partition(":")
    if scheme not in {"s3", "file"} or not all(char.isprintable() for char in url):
        return f"no URL of a store; {_FORMS}"
    host, _, path = rest[2:].partition("/") if rest.startswith("//") else ("", "", rest)
    if "@" in host or {"?", "#"} & set(rest):
        return f"a URL with a user, a password or a query may hold a secret; {_FORMS}"
    if (scheme == "s3") != bool(host) or not path.strip("/"):
        return f"a URL that names no object; {_FORMS}"
    return None


def _url(text: str) -> str:
    if wrong := url_problem(text):
        raise ValueError(wrong)
    return text


class _Entry(Record):
    """One `[[files]]` table."""

    file: RelativePath
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]
    url: Annotated[str, AfterValidator(_url)]
    since: AwareDatetime


class _File(Record):
    """The whole of an away.toml."""

    files: list[_Entry] = []


def read_away(folder: Path, title_id: str) -> tuple[Away, ...]:
    """The references of the title in `folder`, in the order of the file; none without one. Raises InputError."""
    path = folder / FILE_NAME
    if not os.path.lexists(path):
        return ()
    return _read(path, title_id)


def _read(path: Path, title_id: str) -> tuple[Away, ...]:
    record = TomlFile(path, _shown(title_id)).parse(_File)
    return tuple(Away(title_id, item.file, item.sha256, item.size, item.url, item.since) for item in record.files)


def _shown(title_id: str) -> str:
    return str(PurePosixPath("titles", title_id, FILE_NAME))


def newest(found: Sequence[Away]) -> dict[str, Away]:
    """The reference that counts of each file, by name."""
    return {item.name: item for item in found}


def refer(folder: Path, away: Away) -> None:
    """Write a reference, so that it outlasts a power cut; what counts already is not written again.

    Whoever calls holds the lock of the title's history. Raises InputError if the file is laid out so that nothing can
    be added at its end, OSError if it cannot be written.
    """
    found = read_away(folder, away.title)
    counts = newest(found).get(away.name)
    if counts is not None and (counts.sha256, counts.size, counts.url) == (away.sha256, away.size, away.url):
        return
    path = folder / FILE_NAME
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else _HEAD
    with prepared(path, f"{text.rstrip()}\n\n{_entry(away)}") as incoming:
        try:
            is_right = _read(incoming, away.title) == (*found, away)
        except InputError:
            is_right = False
        if not is_right:
            raise InputError(Fault(_shown(away.title), "", "nothing can be added at its end", "[[files]] tables"))
        incoming.replace(path)
    sync_folder(folder)


def _entry(away: Away) -> str:
    """One table; what JSON escapes in a text TOML escapes as well."""
    values = {"file": away.name, "sha256": away.sha256, "url": away.url}
    texts = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    return (
        f"[[files]]\nfile = {texts['file']}\nsha256 = {texts['sha256']}\nsize = {away.size}\n"
        f"url = {texts['url']}\nsince = {utc(away.since)}\n"
    )
