"""What a row says of its licence that a rights.toml has no words for: a person has to know of it."""

from collections.abc import Iterator

from assets.avails.columns import WRITERS, columns, is_filled, named
from assets.avails.finding import name_of
from assets.avails.outgoing import END_READING
from assets.avails.rows import Row
from assets.rights.model import Doubt

_FIELDS = (
    "localization", "rights_description", "description", "download", "srp", "rental", "watch", "preorder_fulfil",
    "exclusive_attributes", "branding_attributes", "exception",
)  # fmt: skip
"""Fields that limit what is licensed or say how it is paid for."""
_GROUPS = frozenset({"AvailTrans"})
_ALSO = frozenset({"StoreType"})
_TERM = "Term "
_LONGEST = 60


def unsaid(row: Row) -> Iterator[Doubt]:
    """What of a row is not in the licence that it becomes, each with what it says. Formats are not among it."""
    for name, written in _said(row):
        short = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
        yield Doubt(row.place, f"its {name}, {short!r}, has no place in rights.toml", "not limited by it")
    if row.asset_languages and not (row.allowed or row.holdback):
        written = WRITERS["languages"](row.asset_languages)
        what = f"its AssetLanguage, {written}, does not say which languages are allowed"
        yield Doubt(row.place, what, "all languages; AllowedLanguages says which")


def _said(row: Row) -> Iterator[tuple[str, str]]:
    kinds = {column.field: column.kind for column in columns()}
    for field in _FIELDS:
        value = getattr(row, field)
        if is_filled(value) and value is not False:
            yield name_of(field), WRITERS[kinds[field]](value)
    if row.branding:
        yield name_of("branding"), "TRUE"
    if row.instructions and row.instructions != END_READING:
        yield name_of("instructions"), row.instructions
    for name, written in row.other:
        column = named().get(name)
        if name.startswith(_TERM) or name in _ALSO or (column is not None and column.group in _GROUPS):
            yield name, written
