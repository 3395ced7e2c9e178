"""The revisions of a title's files: `history.jsonl` beside its title.toml is the truth, and old bytes are kept.

`record` says that a file has new bytes, `replace_file` gives it new ones, `revisions` reads what was said,
`unannounced` compares it with the files as they are.
"""

from assets.history.announcing import record
from assets.history.keeping import find_kept
from assets.history.ledger import read_history, revisions
from assets.history.model import Changed, History, Moved, Revision, Standing
from assets.history.replacing import replace_file
from assets.history.roles import asset_named, revision_named, roles, roles_by_name
from assets.history.standing import compare, search, unannounced

__all__ = [
    "Changed",
    "History",
    "Moved",
    "Revision",
    "Standing",
    "asset_named",
    "compare",
    "find_kept",
    "read_history",
    "record",
    "replace_file",
    "revision_named",
    "revisions",
    "roles",
    "roles_by_name",
    "search",
    "unannounced",
]
