"""Every format of reports: valid where it has a schema, whole with hostile texts, and found by its file."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import reports
from jsonschema import Draft7Validator
from lxml import etree

from assets.errors import Fault, InputError
from cli.render import formats
from cli.render.batch import Batch

SHARED = Path(__file__).parents[2] / "shared/data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the schemas of the standards are not here")

NFD = unicodedata.normalize("NFD", "겨울")
HOSTILE = f'a\x00\x1b[2J\u202e<&>]]>=cmd|"%0A::error::x\ud800𐍈\ufffe{NFD}\r\n| `x` @me <!--\u2028-->'
BATCHES = {
    "samples": Batch(tuple(reports.SAMPLES.values()), (reports.UNREAD,)),
    "hostile": Batch((reports.hostile(HOSTILE), reports.hostile("=cmd|x")), (InputError(Fault(*[HOSTILE] * 4)),)),
    "unread": Batch((), (reports.UNREAD,)),
    "nothing": Batch(()),
}
NAMES = ["csv", "github", "json", "junit", "markdown", "qc-xml", "sarif", "text"]


@pytest.fixture(scope="module")
def made():
    """The text of every batch in every format."""
    return {(batch, name): formats.load(name).render(BATCHES[batch]).text for batch in BATCHES for name in NAMES}


@cache
def xml_schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SHARED / path), etree.XMLParser(no_network=True)))


def test_formats_are_found_by_their_files():
    assert formats.names() == NAMES
    assert all(formats.load(name).title for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_reports_give_the_same_text(made, name):
    assert formats.load(name).render(BATCHES["samples"]).text == made["samples", name]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_have_no_power(made, name):
    text = made["hostile", name]
    assert text.encode()  # no lone surrogate is left
    control = re.sub("[\n\r]", "", text.removeprefix("\ufeff"))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028]", control if name != "json" else "")
    assert "\u202e" not in text or name == "json"
    assert "𐍈" in text
    assert NFD not in text or name == "json"


@pytest.mark.parametrize("name", ["junit", "qc-xml"])
@pytest.mark.parametrize("batch", BATCHES)
@needs_shared
def test_xml_is_valid(made, name, batch):
    path = {"junit": "schemas/junit/JUnit.xsd", "qc-xml": "manifests/movielabs/xsd/delivery-v1.4.xsd"}[name]
    xml_schema(path).assertValid(etree.fromstring(made[batch, name].encode()))


@pytest.mark.parametrize("batch", BATCHES)
@needs_shared
def test_sarif_is_valid(made, batch):
    schema = json.loads((SHARED / "schemas/sarif/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(json.loads(made[batch, "sarif"]))
