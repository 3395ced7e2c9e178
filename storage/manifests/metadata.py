"""metadata/title.json: what a title says of itself, for whoever lists it; its schema is title.schema.json beside this.

Of papers only those that leave with the package are named: what a contract is called is nobody's business.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assets.subjects import Document
from assets.title import Title
from storage.plan import Draft

KEY = "metadata/title.json"
SCHEMA_ID = "releaseprint/title/2"
SCHEMA_PATH = Path(__file__).with_name("title.schema.json")


def write(plan: Draft) -> bytes:
    """The metadata of a plan's title. The same input gives the same bytes."""
    whole = {"schema": SCHEMA_ID, **_programme(plan.title), **_texts(plan.title), "documents": _documents(plan)}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def _programme(title: Title) -> dict[str, Any]:
    programme = title.programme
    return {
        "id": title.id,
        "format": programme.format,
        "runtime": programme.runtime_text,
        "production_year": programme.production_year,
        "release_date": programme.release_date.isoformat() if programme.release_date else None,
        "original_language": programme.original_language,
        "supplier": programme.supplier,
        "production_companies": list(programme.production_companies),
        "genres": list(programme.genres),
        "audience": programme.audience.value,
    }


def _texts(title: Title) -> dict[str, Any]:
    return {
        "names": dict(title.names),
        "other_names": [asdict(name) for name in title.other_names],
        "synopses": dict(title.synopses),
        "short_synopses": dict(title.short_synopses),
        "identifiers": dict(title.identifiers),
        "ratings": [asdict(rating) for rating in title.ratings],
        "releases": [asdict(release) | {"date": release.date.isoformat()} for release in title.releases],
        "credits": [asdict(credit) for credit in title.credits],
        "versions": [
            {"id": version.id, "language": version.language, "identifiers": dict(version.identifiers)}
            for version in title.versions
        ],
    }


def _documents(plan: Draft) -> list[dict[str, Any]]:
    """The papers of the package, by their keys."""
    return [
        {"key": file.key, "kind": file.asset.declaration.kind, "language": file.language or None}
        for file in plan.files
        if isinstance(file.asset, Document)
    ]
