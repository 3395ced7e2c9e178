"""What `audit join` does: open the stores that branches may be about, join, and say what was joined."""

from dataclasses import asdict
from datetime import UTC, datetime

from assets.catalogue import Catalogue
from cli.main import CLEAN
from cli.render import after
from cli.render.words import count_text
from cli.who import who
from storage import audit_branches
from storage.stores import open_store


def joined(catalogue: Catalogue, named: tuple[str, ...], said: str | None, *, as_json: bool) -> int:
    """Join the branches of the audit log; the exit code. Stores are those that are named, and all that are known."""
    names = dict.fromkeys([catalogue.config.store, *catalogue.config.stores, *named])
    stores = {store.url: store for store in (open_store(name, catalogue) for name in names)}
    found = audit_branches.join(catalogue.root, stores, datetime.now(UTC), who(catalogue.root, said))
    if as_json:
        after.show_json([asdict(branch) for branch in found])
        return CLEAN
    for branch in found:
        after.tell(
            f"audit/{branch.chain}.jsonl: {count_text(branch.lines, 'line')} joined as a chain of their own,"
            f" which grew from {branch.grew_from or 'the beginning'}"
        )
    if not found:
        after.tell("no branches to join")
    return CLEAN
