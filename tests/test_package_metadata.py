"""metadata/title.json of a package: everything that a title says of itself, and nothing of papers that stay here."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
from builders_text import title as build_title

from assets import platform
from assets.metadata import Credit
from assets.rights import RightsWindow
from assets.subjects import Document
from assets.title import AssetFile, DocumentDeclaration
from storage.manifests import metadata
from storage.plan import Plan
from storage.planned import PlannedFile

SCHEMA = json.loads(metadata.SCHEMA_PATH.read_text(encoding="utf-8"))
CASE = {
    "other_names": [{"text": "Haru no hi no yukidoke", "language": "ja-Latn", "kind": "romanisation"}],
    "ratings": [{"territory": "KR", "system": "KMRB", "value": "15+", "reasons": ("violence",)}],
    "releases": [{"territory": "JP", "date": "1985-08-15", "kind": "festival"}],
    "short_synopses": {"ko": "봄날의 눈석이"},
    "identifiers": {"eidr": "10.5240/7791-8534-2C23-9030-8610-5"},
}


@pytest.fixture(scope="module")
def plan():
    start = datetime(2026, 12, 1, tzinfo=UTC)
    window = RightsWindow("world", "svod", frozenset({"KR"}), start, None, "UTC", None)
    file = AssetFile("대사.pdf", Path("대사.pdf"))
    asset = Document(file, DocumentDeclaration(file, "dialogue-list", "ko"), "PDF", 1, "0" * 64)
    key = "documents/dialogue-list/대사.pdf"
    paper = PlannedFile(key, asset.size, asset.sha256, "document", language="ko", asset=asset)
    title = build_title(CASE, credits=(Credit("임창범", "director"),))
    return Plan(title, platform.load("svod"), window, (paper,))


def test_it_says_all_that_the_title_says(plan):
    whole = json.loads(metadata.write(plan))
    jsonschema.validate(whole, SCHEMA)
    assert whole["schema"] == "releaseprint/title/2"
    assert whole["other_names"] == CASE["other_names"]
    assert whole["ratings"] == [CASE["ratings"][0] | {"reasons": ["violence"]}]
    assert whole["releases"] == [{"territory": "JP", "date": date(1985, 8, 15).isoformat(), "kind": "festival"}]
    assert whole["credits"] == [{"name": "임창범", "role": "director"}]
    assert whole["short_synopses"] == {"ko": "봄날의 눈석이"}
    assert whole["audience"] == "adult"
    assert whole["versions"] == [{"id": "original", "language": "ko", "identifiers": {}}]


def test_of_papers_it_names_those_that_leave(plan):
    assert json.loads(metadata.write(plan))["documents"] == [
        {"key": "documents/dialogue-list/대사.pdf", "kind": "dialogue-list", "language": "ko"}
    ]


@pytest.mark.parametrize("key", ["other_names", "ratings", "releases", "credits", "documents"])
def test_the_schema_knows_every_key(plan, key):
    whole = json.loads(metadata.write(plan))
    whole[key] = [{"unknown": 1}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(whole, SCHEMA)
