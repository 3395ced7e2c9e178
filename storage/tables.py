"""The tables of the catalogue's SQLite file, from its first form to the present one."""

from collections.abc import Iterator
from sqlite3 import complete_statement

_MEASUREMENTS = """
    CREATE TABLE measurement (
        sha256 TEXT NOT NULL,
        version TEXT NOT NULL,
        size INTEGER NOT NULL,
        record BLOB NOT NULL,
        PRIMARY KEY (sha256, version)
    ) WITHOUT ROWID;
    CREATE INDEX measurement_size ON measurement (size);
    CREATE TABLE file (
        path TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) WITHOUT ROWID;
    """

_TITLES = """
    CREATE TABLE title (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        original_language TEXT NOT NULL,
        production_year INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE asset (
        title TEXT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        size INTEGER,
        sha256 TEXT,
        PRIMARY KEY (title, asset)
    ) WITHOUT ROWID;
    CREATE INDEX asset_sha256 ON asset (sha256);
    CREATE TABLE revision (
        title TEXT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
        asset TEXT NOT NULL,
        revision INTEGER NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        note TEXT NOT NULL,
        was TEXT,
        PRIMARY KEY (title, asset, revision)
    ) WITHOUT ROWID;
    CREATE INDEX revision_sha256 ON revision (sha256);
    CREATE TABLE qc (
        title TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        platform TEXT NOT NULL,
        platform_revision TEXT NOT NULL,
        window TEXT NOT NULL,
        judged_at TEXT NOT NULL,
        verdict TEXT NOT NULL,
        errors INTEGER NOT NULL,
        warnings INTEGER NOT NULL,
        notes INTEGER NOT NULL,
        not_checked INTEGER NOT NULL,
        PRIMARY KEY (title, name, sha256, platform, platform_revision, window, judged_at)
    ) WITHOUT ROWID;
    CREATE TABLE delivery (
        store TEXT NOT NULL,
        prefix TEXT NOT NULL,
        package TEXT NOT NULL,
        title TEXT NOT NULL,
        platform TEXT NOT NULL,
        platform_revision TEXT NOT NULL,
        window TEXT NOT NULL,
        not_before TEXT NOT NULL,
        not_after TEXT,
        judged_at TEXT NOT NULL,
        PRIMARY KEY (store, prefix)
    ) WITHOUT ROWID;
    CREATE INDEX delivery_title ON delivery (title);
    CREATE TABLE receipt (
        store TEXT NOT NULL,
        prefix TEXT NOT NULL,
        key TEXT NOT NULL,
        delivered_at TEXT NOT NULL,
        territory TEXT NOT NULL,
        PRIMARY KEY (store, key),
        FOREIGN KEY (store, prefix) REFERENCES delivery (store, prefix) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE TABLE delivered (
        store TEXT NOT NULL,
        prefix TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (store, prefix, name),
        FOREIGN KEY (store, prefix) REFERENCES delivery (store, prefix) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX delivered_sha256 ON delivered (sha256);
    """

_ANSWERS = """
    CREATE TABLE naming (
        title TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        form TEXT NOT NULL,
        data TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE answer (
        question TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        since TEXT NOT NULL,
        before TEXT NOT NULL,
        watched TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (question, title)
    ) WITHOUT ROWID;
    CREATE INDEX answer_title ON answer (title);
    """

_AGREED = """
    CREATE TABLE agreed (
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        form TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (kind, title)
    );
    """

_FOUND_AT_ONCE = """
    CREATE INDEX receipt_package ON receipt (prefix);
    CREATE INDEX agreed_title ON agreed (title);
    """
"""Without them whoever asks for the receipts of one package, or forgets one title, goes past those of all.

SQLite takes the rest of a table's primary key for part of its indexes: by `prefix` it finds `(store, prefix)`. By an
index of both it does not, because the primary key begins with the store as well.
"""


def _forgetting() -> str:
    """Triggers: whatever the state learns of a title, its old answers are gone with the same commit."""
    folder = "substr({row}.path, 8, instr(substr({row}.path, 8), '/') - 1)"  # of titles/<id>/<name>
    parcel = "(SELECT title FROM delivery WHERE (store, prefix) = ({row}.store, {row}.prefix))"
    titles = {"qc": "{row}.title", "delivery": "{row}.title", "delivered": parcel, "receipt": parcel, "file": folder}
    trigger = "CREATE TRIGGER answer_{0}_{1} AFTER {1} ON {0} BEGIN DELETE FROM answer WHERE title = {2}; END;"
    return "".join(
        trigger.format(table, act, title.format(row="OLD" if act == "DELETE" else "NEW"))
        for table, title in titles.items()
        for act in ("INSERT", "UPDATE", "DELETE")
    )


MIGRATIONS = (_MEASUREMENTS, _TITLES, _ANSWERS + _forgetting(), _AGREED, _FOUND_AT_ONCE)
"""Each brings a file of the version before it to the next; the number of those made is the file's `user_version`."""


def statements(script: str) -> Iterator[str]:
    """The statements of a migration; a trigger has semicolons of its own."""
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        if complete_statement(statement):
            yield statement
            statement = ""


EXPORTED = {
    "titles": "SELECT * FROM title ORDER BY id",
    "assets": "SELECT * FROM asset ORDER BY title, asset",
    "revisions": "SELECT * FROM revision ORDER BY title, asset, revision",
    "qc": "SELECT * FROM qc ORDER BY title, name, judged_at, platform, window",
    "deliveries": "SELECT * FROM delivery ORDER BY store, prefix",
    "delivered": "SELECT * FROM delivered ORDER BY store, prefix, name",
    "receipts": "SELECT * FROM receipt ORDER BY store, key",
}
"""What of it is exported, by the name it is exported as."""
