"""Packages in the shape of Apple's .itmsp: files side by side, with a metadata.xml that tells their sizes and MD5s."""

import hashlib
import re
from pathlib import Path

import pytest
from lxml import etree
from packaged import TITLE, plan_of, reports, store_of
from titles import NOW

from assets.errors import Refused, StoreError
from storage import package as packaging
from storage import received, sealing, verify
from storage.deliver import Ordered, deliver
from storage.manifests import itmsp

SPACE = f"{{{itmsp.NAMESPACE}}}"
AT = "2026-11-21T12:00:00Z"
FORCED = '[[versions.subtitles]]\nfile = "subtitles/film.en.forced.srt"\nlanguage = "en"\nkind = "forced"\n'
WITH_ID = TITLE.replace("[names]", '[identifiers]\napple = "BOMBIT_0042"\n[names]', 1).replace(FORCED, "")


def itmsp_plan(root, text=WITH_ID, forms=("own", "itmsp"), **package):
    settings = {"provider": "Bombit", "subtitle_format": "itt", "artwork": False, **package}
    return plan_of(root, forms, text, **settings)


def refused(root, text=WITH_ID, **package):
    with pytest.raises(Refused) as caught:
        itmsp_plan(root, text, **package)
    return " ".join(caught.value.reasons)


def test_files_lie_beside_a_metadata_xml_that_tells_what_they_are(tmp_path):
    plan, store = itmsp_plan(tmp_path, forms=("own", "itmsp", "asc-mhl")), store_of(tmp_path)
    receipt = deliver(plan, store, reports, Ordered(NOW, "worldwide"), lambda _: None)
    folder = Path(store.url.removeprefix("file:").removeprefix("//")) / receipt.prefix
    package = folder / "BOMBIT_0042.itmsp"
    data = (package / "metadata.xml").read_bytes()
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    whole = etree.fromstring(data)
    assert (whole.tag, whole.get("version")) == (f"{SPACE}package", "film5.3")
    assert whole.findtext(f"{SPACE}provider") == "Bombit"
    assets = whole.find(f"{SPACE}assets")
    assert dict(assets.attrib) == {"media_type": "video", "vendor_id": "BOMBIT_0042"}
    entries = assets.findall(f"{SPACE}asset[@type='full']/{SPACE}data_file")
    assert [(one.get("role"), one.find(f"{SPACE}locale").get("name")) for one in entries] == [
        ("source", "ko"),
        ("subtitles", "en"),
    ]
    named = {}
    for one in entries:
        assert [child.tag.removeprefix(SPACE) for child in one] == ["locale", "file_name", "size", "checksum"]
        file = package / one.findtext(f"{SPACE}file_name")
        assert one.findtext(f"{SPACE}size") == str(file.stat().st_size)
        assert one.find(f"{SPACE}checksum").get("type") == "md5"
        named[file.name] = one.findtext(f"{SPACE}checksum")
    assert named == {
        file.name: hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
        for file in package.iterdir()
        if file.name != "metadata.xml"
    }
    assert set(named) == {"영화.mov", "en.full.itt"}
    ((standing,), wrong) = verify.packages(store)
    result = verify.verify(store, standing, lambda _: None)
    assert (wrong, result.wrong, result.extra) == ([], (), ())
    assert [(one.wrong, one.not_checked) for one in received.check(folder, lambda _: None).outcomes] == [((), ())] * 4
    (package / "en.full.itt").write_bytes(b"x" * (package / "en.full.itt").stat().st_size)
    told = received.check(folder, lambda _: None).outcomes[-1]
    assert (told.standard, told.files) == ("itmsp (BOMBIT_0042.itmsp/metadata.xml)", 2)
    assert re.fullmatch(r"BOMBIT_0042.itmsp/en.full.itt: has md5 [0-9a-f]{32}; [0-9a-f]{32} was promised", *told.wrong)
    history = next((folder / "ascmhl").glob("*.mhl")).read_text(encoding="utf-8")
    assert "BOMBIT_0042.itmsp/metadata.xml" in history, "a receiver's tool finds nothing that the history does not name"


def test_what_the_catalogue_does_not_know_is_told_as_left_out(tmp_path):
    assert "crop" in itmsp_plan(tmp_path).left_out[-1]


def test_the_same_input_gives_the_same_bytes_and_another_form_another_id(tmp_path):
    plan = itmsp_plan(tmp_path)
    assert packaging.build(plan, reports(NOW), AT) == packaging.build(plan, reports(NOW), AT)
    assert packaging.prefix_of(plan) != packaging.prefix_of(plan_of(tmp_path, ("own",), WITH_ID))


@pytest.mark.parametrize("vendor", ["", "_A", "가", "A B", "A-1", "../A", "A" * 101])
def test_a_vendor_id_that_is_none_is_refused(tmp_path, vendor):
    text = WITH_ID.replace('apple = "BOMBIT_0042"', f'apple = "{vendor}"' if vendor else 'isan = "x"')
    assert "apple of [identifiers] is 1 to 100 letters of ASCII, digits and _" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("change", "package", "reason"),
    [
        (("", ""), {"provider": ""}, "the platform has no provider"),
        (("", ""), {"artwork": True}, "artwork/poster/포스터.jpg: artwork has no role that is known"),
        (("", ""), {"subtitle_format": "srt"}, 'set subtitle_format = "itt"'),
        (("[[windows]]", f"{FORCED}[[windows]]"), {}, "forced subtitles have no role that is known"),
        (
            (
                'master = "masters/영화.mov"\n[[versions.audio]]\nlanguage = "en"\nstream = 1',
                'master = "masters/b.mov"',
            ),
            {},
            "2 masters",
        ),
        (('language = "en"\n[[versions]]', 'language = "und"\n[[versions]]'), {}, "has no language, or several"),
    ],
)
def test_what_has_no_known_place_is_refused(tmp_path, change, package, reason):
    text = WITH_ID.replace(*change, 1) if change[0] else WITH_ID
    assert reason in refused(tmp_path, text, **package)


def test_files_of_one_name_are_told_apart(tmp_path):
    plan = itmsp_plan(tmp_path, keys={"master": "{version}/METADATA.XML", "subtitles": "{language}/metadata.xml"})
    names = [file.key for file in plan.files if file.kind in {"master", "subtitles"}]
    assert all(re.fullmatch(r"BOMBIT_0042\.itmsp/metadata\.[0-9a-f]{8}\.xml", name, re.IGNORECASE) for name in names)
    assert len(set(names)) == 2


def test_a_file_that_changed_has_no_md5(tmp_path):
    plan = itmsp_plan(tmp_path)
    master = next(file for file in plan.files if file.kind == "master")
    master.path.write_bytes(b"x" * master.size)
    with pytest.raises(StoreError, match="changed after it was hashed"):
        sealing.seals(plan, "0" * 64, AT)


def outcome_of(root, text):
    (root / "A.itmsp").mkdir(exist_ok=True)
    (root / "A.itmsp/metadata.xml").write_text(text, encoding="utf-8")
    (outcome,) = received.check(root, lambda _: None).outcomes
    return outcome


@pytest.mark.parametrize(
    ("entry", "wrong", "not_checked"),
    [
        ("<file_name>../a</file_name><checksum type='md5'>0</checksum>", "'../a' leaves its folder", ""),
        ("<file_name>/etc/hostname</file_name>", "'/etc/hostname' is not relative to its manifest", ""),
        ("<file_name>a/b</file_name>", "'a/b' is not beside it", ""),
        ("<file_name></file_name>", "'' is no path", ""),
        ("<file_name>a</file_name><size>٣</size><checksum type='md5'>0</checksum>", "A.itmsp/a: is missing", ""),
        ("<file_name>a</file_name>", "", "a: A.itmsp/metadata.xml has no md5 for it"),
        ("<file_name>a</file_name><checksum type='sha1'>0</checksum>", "", "a: A.itmsp/metadata.xml has no md5 for it"),
    ],
)
def test_what_a_metadata_xml_of_any_sender_claims(tmp_path, entry, wrong, not_checked):
    text = (
        f"<package xmlns='{itmsp.NAMESPACE}'><assets><asset><data_file>{entry}</data_file></asset></assets></package>"
    )
    outcome = outcome_of(tmp_path, text)
    assert [text.removeprefix("A.itmsp/metadata.xml: ") for text in outcome.wrong] == ([wrong] if wrong else [])
    assert outcome.not_checked == ((not_checked,) if not_checked else ())


@pytest.mark.parametrize("text", ["<package", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>', ""])
def test_a_metadata_xml_that_means_harm_claims_nothing(tmp_path, text):
    outcome = outcome_of(tmp_path, text)
    assert outcome.files == 0
    assert "hostname" not in " ".join(outcome.wrong).replace("/etc/hostname", "")
