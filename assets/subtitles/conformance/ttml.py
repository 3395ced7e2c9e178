"""Which profiles a TTML document claims, and its judgement by them."""

import re
from typing import Final

from assets.subtitles.conformance import ebu_tt_d, imsc, names, netflix, parameters, references, ruby, structure
from assets.subtitles.conformance.document import MalformedError, Node, parse
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.times import clock
from assets.subtitles.conformance.violation import (
    DOCUMENT,
    EBU_TT_D,
    IMSC_IMAGE,
    IMSC_TEXT,
    NETFLIX,
    TTML1,
    TTML2,
    Violation,
)

_IMSC: Final = re.compile(rf"{re.escape(names.TT)}/profile/imsc1(?:\.[0-9])?/(text|image)")
_EBU: Final = frozenset({"urn:ebu:tt:distribution:2014-01", "urn:ebu:tt:distribution:2018-04"})
_NETFLIX: Final = "https://www.netflix.com/ns/imsc1.1/text/1"
_XML: Final = re.compile(r"<\?xml\s+version\s*=\s*[\"']([0-9.]{1,10})[\"']")
_DECLARED: Final = re.compile(r"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']")


def claimed(root: Node) -> list[str]:
    """The profiles that a document claims: by designator, or in EBU-TT metadata. None for plain TTML."""
    head = root.child("head")
    used = [node.attributes.get("use", "") for node in head.children if node.name == "ttp:profile"] if head else []
    given = root.attributes
    said = {*imsc.claims(root), *used, given.get("ttp:profile", "").strip()}
    said |= set(parameters.designators(given.get("ttp:contentProfiles", "")))
    kinds = {match[1] for uri in said if (match := _IMSC.fullmatch(uri))}
    result = [profile for kind, profile in (("text", IMSC_TEXT), ("image", IMSC_IMAGE)) if kind in kinds]
    result += [EBU_TT_D] if said & _EBU else []
    return [*result, NETFLIX] if _NETFLIX in said else result


def violations(text: str, encoding: str, profile: str) -> list[Violation]:
    """Every way in which a TTML document does not conform to a profile, in the order of the document."""
    try:
        root = parse(text)
    except MalformedError as error:
        return [Violation(error.line, "/", str(error), "well-formed XML", "XML 1.0 2.1", TTML1)]
    if root.name != "tt":
        return [_other_root(root)]
    profiles = claimed(root) if profile == DOCUMENT else [profile]
    version = {TTML1: 1, TTML2: 2}.get(profile, _version(root, profiles))
    source = Source(root, version, clock(root.attributes), *_declared(text, encoding))
    base = Findings(TTML1 if version == 1 else TTML2)
    structure.judge(source, base)
    references.judge(source, base)
    ruby.judge(source, base)
    return _together(base, [_by(source, name) for name in _wanted(profiles)])


def _declared(text: str, encoding: str) -> tuple[str, str]:
    """The encoding of a document and its version of XML, as its XML declaration has them."""
    start = text.lstrip("\ufeff \t\r\n")
    named, xml = _DECLARED.match(start), _XML.match(start)
    name = named[1].lower() if named else ""
    return name if name not in {"", "utf-8", "utf8"} else encoding, xml[1] if xml else "1.0"


def _version(root: Node, profiles: list[str]) -> int:
    """The version of TTML to judge by: IMSC 1.1 is TTML2; a document that is EBU-TT-D as well keeps to TTML1."""
    if EBU_TT_D not in profiles and set(profiles) & {IMSC_TEXT, IMSC_IMAGE, NETFLIX}:
        return 2
    return structure.version_of(root)


def _wanted(profiles: list[str]) -> list[str]:
    """The profiles to judge by; that of Netflix includes IMSC 1.1 text."""
    return list(dict.fromkeys([*([IMSC_TEXT] if NETFLIX in profiles else []), *profiles]))


def _by(source: Source, profile: str) -> Findings:
    findings = Findings(profile)
    if profile in {IMSC_TEXT, IMSC_IMAGE}:
        imsc.judge(source, findings, text=profile == IMSC_TEXT)
    elif profile == EBU_TT_D:
        ebu_tt_d.judge(source, findings)
    elif profile == NETFLIX:
        netflix.judge(source, findings)
    return findings


def _together(base: Findings, others: list[Findings]) -> list[Violation]:
    """All violations by line; of several about one place, that of the most general document stands."""
    result: list[Violation] = []
    said: set[str] = set()
    for findings in (base, *others):
        fresh = [item for item in findings.found if item.path not in said]
        result += fresh
        said |= {item.path for item in fresh}
    return sorted(result, key=lambda item: item.line)


def _other_root(root: Node) -> Violation:
    namespace = root.name[1:].partition("}")[0] if root.name.startswith("{") else ""
    what = f"the root element is {root.name.rpartition('}')[2]}"
    if namespace in names.DRAFTS:
        what = f"the namespace {namespace} of a draft"
    return Violation(root.line, root.path(), what, f"tt of {names.TT}", "TTML1 5.1", TTML1)
