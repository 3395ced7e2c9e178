"""EBU-TT-D documents that do not conform, with line, element and clause; shared samples, and the EBU's own schema."""

from pathlib import Path

import pytest
from conformance_documents import said, ttml

from assets.subtitles.conformance import violations

SHARED = Path(__file__).parents[2] / "shared" / "data"
CLAIM = (
    "<metadata><ebuttm:documentMetadata><ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04"
    "</ebuttm:conformsToStandard>{}</ebuttm:documentMetadata></metadata>"
)
STYLE = '<style xml:id="s" tts:color="#ffffff"/>'
REGION = '<region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%"/>'
P = '<p xml:id="p1" region="r" begin="00:00:01" end="00:00:02.500">가</p>'
ROOT = 'xml:lang="ko" ttp:timeBase="media"'


def ebu(body=f"<div>{P}</div>", style=STYLE, region=REGION, root=ROOT, more=""):
    head = f"{CLAIM.format(more)}<styling>{style}</styling><layout>{region}</layout>"
    return ttml(body, head, root)


BODIES = [
    (f"<div>{P}<div/></div>", "6 /tt/body/div/div EBU Tech 3380 tt:div"),
    ("", None),
    (f"<div>{P}</div>".replace('xml:id="p1" ', ""), "6 /tt/body/div/p@xml:id EBU Tech 3380 tt:p"),
    (f"<div>{P}</div>".replace("00:00:01", "1s"), "6 /tt/body/div/p@begin EBU Tech 3380 tt:p"),
    (f"<div>{P}</div>".replace("00:00:01", "00:00:01:10"), "6 /tt/body/div/p@begin EBU Tech 3380 tt:p"),
    (f"<div>{P}</div>".replace("end=", "dur="), "6 /tt/body/div/p@dur EBU Tech 3380 tt:p"),
    (f'<div tts:color="#ffffff">{P}</div>', "6 /tt/body/div@tts:color EBU Tech 3380 tt:div"),
    (f'<div begin="00:00:01">{P}</div>', "6 /tt/body/div@begin EBU Tech 3380 tt:div"),
    ('<div><p xml:id="a"><span><span>가</span></span></p></div>', "6 /tt/body/div/p/span/span EBU Tech 3380 tt:span"),
    ('<div><p xml:id="a"><span region="r">가</span></p></div>', "6 /tt/body/div/p/span@region EBU Tech 3380 tt:span"),
    ('<div><p xml:id="a"><br xml:id="b"/></p></div>', "6 /tt/body/div/p/br@xml:id EBU Tech 3380 tt:br"),
    ('<div><p xml:id="a"><set tts:color="red"/></p></div>', "6 /tt/body/div/p/set EBU Tech 3380 tt:p"),
    (
        '<div><p xml:id="a" ebutts:linePadding="1c"/></div>',
        "6 /tt/body/div/p@ebutts:linePadding EBU Tech 3380 tt:style",
    ),
    ('<div><p xml:id="a" timeContainer="par"/></div>', "6 /tt/body/div/p@timeContainer EBU Tech 3380 tt:p"),
    ("<div><metadata/></div>", "6 /tt/body/div EBU Tech 3380 tt:div"),
]

STYLES = [
    ("<style/>", "/style@xml:id EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:color="white"/>', "/style@tts:color EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:backgroundColor="rgb(0,0,0)"/>', "/style@tts:backgroundColor EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:fontSize="1c"/>', "/style@tts:fontSize EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:fontSize="100% 100%"/>', "/style@tts:fontSize EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:lineHeight="1em"/>', "/style@tts:lineHeight EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:fontStyle="oblique"/>', "/style@tts:fontStyle EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:textDecoration="overline"/>', "/style@tts:textDecoration EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:textAlign="justify"/>', "/style@tts:textAlign EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:unicodeBidi="isolate"/>', "/style@tts:unicodeBidi EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:opacity="1"/>', "/style@tts:opacity EBU Tech 3380 tt:style"),
    ('<style xml:id="s" tts:extent="1% 1%"/>', "/style@tts:extent EBU Tech 3380 tt:style"),
    ('<style xml:id="s" style="s2"/><style xml:id="s2"/>', "/style[1]@style EBU Tech 3380 tt:style"),
    ('<style xml:id="s" ebutts:linePadding="5%"/>', "/style@ebutts:linePadding EBU Tech 3380 tt:style"),
    ('<style xml:id="s" ebutts:multiRowAlign="left"/>', "/style@ebutts:multiRowAlign EBU Tech 3380 tt:style"),
    ("", " EBU Tech 3380 tt:styling"),
]

REGIONS = [
    (REGION.replace("80% 80%", "95% 80%"), " EBU Tech 3380 tt:region"),
    (REGION.replace("10% 10%", "10c 10c"), "@tts:origin EBU Tech 3380 tt:region"),
    (REGION.replace('tts:origin="10% 10%" ', ""), "@tts:origin EBU Tech 3380 tt:region"),
    (REGION.replace(' tts:extent="80% 80%"', ""), "@tts:extent EBU Tech 3380 tt:region"),
    (REGION.replace("/>", ' tts:color="#ffffff"/>'), "@tts:color EBU Tech 3380 tt:region"),
    (REGION.replace("/>", ' tts:padding="1c"/>'), "@tts:padding EBU Tech 3380 tt:region"),
    (REGION.replace("/>", ' begin="00:00:01"/>'), "@begin EBU Tech 3380 tt:region"),
    (REGION.replace("/>", ' tts:displayAlign="justify"/>'), "@tts:displayAlign EBU Tech 3380 tt:region"),
    (REGION.replace("/>", "><style/></region>"), "/style EBU Tech 3380 tt:region"),
]

ROOTS = [
    ('ttp:timeBase="media"', "@xml:lang TTML1 7.1.1"),
    ('xml:lang="ko"', "@ttp:timeBase EBU Tech 3380 tt:tt"),
    ('xml:lang="ko" ttp:timeBase="smpte"', "@ttp:timeBase EBU Tech 3380 tt:tt"),
    (f'{ROOT} ttp:frameRate="25"', "@ttp:frameRate EBU Tech 3380 tt:tt"),
    (f'{ROOT} tts:extent="64px 48px"', "@tts:extent EBU Tech 3380 tt:tt"),
    (f'{ROOT} ttp:profile="urn:a"', "@ttp:profile EBU Tech 3380 tt:tt"),
    (f'{ROOT} ttp:cellResolution="50"', "@ttp:cellResolution TTML1 6.2.1"),
    (f'{ROOT} ittp:activeArea="0% 0% 101% 1%"', "@ittp:activeArea EBU Tech 3380 tt:tt"),
]

METADATA = [
    ("<ebuttm:documentCreationDate>21.11.2026</ebuttm:documentCreationDate>", "documentCreationDate"),
    ("<ebuttm:authoredFrameRate>25.0</ebuttm:authoredFrameRate>", "authoredFrameRate"),
    (
        "<ebuttm:authoredFrameRateMultiplier>1000:1001</ebuttm:authoredFrameRateMultiplier>",
        "authoredFrameRateMultiplier",
    ),
    ("<ebuttm:documentPublisher/><ebuttm:documentIdentifier/>", "documentIdentifier"),
    ("<ebuttm:documentPublisher/><ebuttm:documentPublisher/>", "documentPublisher[2]"),
    ("<ebuttm:documentIntendedTargetBarData/>", "documentIntendedTargetBarData@position"),
]


def test_a_document_that_conforms():
    more = (
        "<ebuttm:authoredFrameRate>25</ebuttm:authoredFrameRate><ebuttm:documentPublisher>가</ebuttm:documentPublisher>"
    )
    assert said(ebu(more=more)) == []
    assert said(ebu(root=f'{ROOT} ttp:cellResolution="50 30" ittp:activeArea="0% 0% 100% 100%"')) == []
    assert (
        said(ebu('<div region="r"><p xml:id="a" x:y="1"><metadata/>가<span xml:lang="en">b<br/></span></p></div>'))
        == []
    )


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_bodies(body, expected):
    assert said(ebu(body))[:1] == ([expected] if expected else [])


@pytest.mark.parametrize(("style", "expected"), STYLES)
def test_styles(style, expected):
    assert said(ebu(style=style)) == [f"3 /tt/head/styling{expected}"]


@pytest.mark.parametrize(("region", "expected"), REGIONS)
def test_regions(region, expected):
    assert f"3 /tt/head/layout/region{expected}" in said(ebu(region=region))


@pytest.mark.parametrize(("root", "expected"), ROOTS)
def test_roots(root, expected):
    assert said(ebu(root=root)) == [f"1 /tt{expected}"]


@pytest.mark.parametrize(("more", "element"), METADATA)
def test_document_metadata(more, element):
    path = f"/tt/head/metadata/ebuttm:documentMetadata/ebuttm:{element}"
    assert said(ebu(more=more)) == [f"3 {path} EBU Tech 3380 ebuttm:documentMetadata"]


@pytest.mark.parametrize("missing", ["styling", "layout"])
def test_a_head_without_styling_or_layout(missing):
    parts = {"styling": f"<styling>{STYLE}</styling>", "layout": f"<layout>{REGION}</layout>"}
    head = CLAIM.format("") + "".join(part for name, part in parts.items() if name != missing)
    body = "<div><p xml:id='a'>가</p></div>"
    assert said(ttml(body, head, ROOT)) == ["2 /tt/head EBU Tech 3380 tt:head"]


def test_a_document_may_claim_imsc_as_well():
    claim = "<ebuttm:conformsToStandard>http://www.w3.org/ns/ttml/profile/imsc1.1/text</ebuttm:conformsToStandard>"
    assert said(ebu(more=claim)) == []
    cells = [item.profile for item in violations(ebu(style='<style xml:id="s" tts:fontSize="1c"/>', more=claim))]
    assert cells == ["imsc1.1-text"]


def test_times_stand_on_p_or_on_its_spans():
    """What no schema can say: times that are nested."""
    timed = '<div><p xml:id="a"{}><span begin="00:00:01" end="00:00:02">가</span><br/><span>나</span></p></div>'
    assert said(ebu(timed.format(""))) == []
    nested = said(ebu(timed.format(' begin="00:00:01"')))
    assert nested == ["6 /tt/body/div/p/span[1]@begin EBU Tech 3380 tt:span"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
@pytest.mark.parametrize("folder", ["ebu-tt-d", "imsc1_1"])
def test_no_conforming_document_is_rejected(folder):
    files = [path for path in (SHARED / "subtitles" / folder).rglob("*") if path.suffix in {".xml", ".ttml"}]
    found = {path.name: said(path.read_text(encoding="utf-8")) for path in files}
    assert len(files) > 40
    assert {name: faults for name, faults in found.items() if faults} == {}


def _schema():
    from lxml import etree

    folder = SHARED / "schemas" / "ebu-tt-d"
    xml = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">'
        '<xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>'
        '<xs:attribute name="id" type="xs:ID"/></xs:schema>'
    )

    class Local(etree.Resolver):
        def resolve(self, url, _public, context):
            return self.resolve_string(xml, context) if url.endswith("2001/xml.xsd") else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(folder / "ebutt_d.xsd"), parser))


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")
def test_what_the_schema_of_the_ebu_refuses_is_refused():
    from lxml import etree

    schema = _schema()
    documents = [
        *(ebu(body) for body, expected in BODIES if expected),
        *(ebu(style=style) for style, _ in STYLES),
        *(ebu(root=root) for root, _ in ROOTS),
    ]
    for document in documents:
        assert not schema.validate(etree.fromstring(document.encode())), document
    assert schema.validate(etree.fromstring(ebu().encode())), schema.error_log
