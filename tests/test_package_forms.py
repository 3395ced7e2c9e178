"""Packages in the forms of other standards: MMC and MEC, ASC MHL, BagIt; their keys, their order, their bytes."""

import hashlib
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path
from random import SystemRandom

import jsonschema
import pytest
from crashing import CrashingStore, Killed
from lxml import etree
from packaged import ALL, TITLE, plan_of, reports, store_of
from titles import NOW

from assets import platform
from assets.avails import outgoing
from assets.errors import InputError, Refused, StoreError
from storage import package as packaging
from storage import sealing, verify
from storage.deliver import Ordered, deliver
from storage.manifests import asc_mhl, own

SHARED = Path(__file__).parents[2] / "shared/data/manifests"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the documents of the standards are not here")
MANIFEST = "{http://www.movielabs.com/schema/manifest/v1.13/manifest}"
MD = "{http://www.movielabs.com/schema/md/v2.12/md}"
AT = "2026-11-21T12:00:00Z"
EIDR = '[identifiers]\neidr = "10.5240/7791-8534-2C23-9030-8610-5"\n'


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return plan_of(tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    root = tmp_path_factory.mktemp("delivered")
    plan, store = plan_of(root), store_of(root)
    sent = []
    receipt = deliver(plan, _Listening(store, sent), reports, Ordered(NOW, "worldwide"), lambda _count: None)
    folder = Path(store.url.removeprefix("file:").removeprefix("//")) / receipt.prefix
    return store, folder, [key.removeprefix(receipt.prefix) for key in sent]


class _Listening:
    """A store that keeps the keys in the order in which they are written."""

    def __init__(self, store, sent):
        self._store, self._sent = store, sent

    def __getattr__(self, name):
        found = getattr(self._store, name)
        if not name.startswith("put"):
            return found

        def put(key, *args, **options):
            self._sent.append(key)
            return found(key, *args, **options)

        return put


def content(plan, name):
    return next(file.content for file in plan.files if file.key.endswith(name))


def document(plan, name):
    return etree.fromstring(content(plan, name))


def schema(name):
    return etree.XMLSchema(etree.parse(str(SHARED / name), etree.XMLParser(no_network=True)))


@needs_shared
@pytest.mark.parametrize("more", ["", EIDR])
def test_mmc_and_mec_are_valid(tmp_path, more):
    plan = plan_of(tmp_path, text=TITLE.replace("[names]", f"{more}[names]", 1))
    schema("movielabs/xsd/manifest-v1.13.xsd").assertValid(document(plan, "mmc.xml"))
    schema("movielabs/xsd/mdmec-v2.12.xsd").assertValid(document(plan, "mec.xml"))


@needs_shared
def test_words_are_those_of_the_vocabularies(plan):
    words = json.loads((SHARED / "movielabs/vocabulary/vocab_digAsset_v2.12.json").read_text(encoding="utf-8"))
    whole = document(plan, "mmc.xml")
    for name, kinds in words.items():
        for kind, known in kinds.items() if isinstance(kinds, dict) else ():
            if "values" in known:
                path = known["targetPath"].replace("md:", MD)
                found = [item.text for parent in whole.iter(MANIFEST + name) for item in parent.findall(path)]
                assert set(found) <= set(known["values"]), (name, kind)


@needs_shared
def test_the_structure_is_that_of_the_profile(plan):
    rules = json.loads((SHARED / "movielabs/vocabulary/structure_mmc-1.json").read_text(encoding="utf-8"))
    whole, spaces = document(plan, "mmc.xml"), {"manifest": MANIFEST[1:-1], "md": MD[1:-1]}
    checked = 0
    for name in ("Manifest", "Presentation", "Experience"):
        rule = rules["StrucRqmts"][name]
        target = re.sub(r"\{(\w+)\}", r"\1:", rule["targetPath"])
        for found in whole.xpath(target, namespaces=spaces):
            for one in rule["constraint"]:
                paths = [one["xpath"]] if isinstance(one["xpath"], str) else one["xpath"]
                count = sum(len(found.xpath(re.sub(r"\{(\w+)\}", r"\1:", path), namespaces=spaces)) for path in paths)
                assert int(one.get("min", 0)) <= count <= int(one.get("max", 10**6)), one["msg"]
                checked += 1
    assert checked == 7


@pytest.mark.parametrize("more", ["", EIDR])
def test_identifiers_are_those_of_the_avails(tmp_path, more):
    plan = plan_of(tmp_path, text=TITLE.replace("[names]", f"{more}[names]", 1))
    whole = document(plan, "mmc.xml")
    row = outgoing._work(plan.title, outgoing.Offer("봄빛필름", "bombit"))
    expected = "eidr-s:7791-8534-2C23-9030-8610-5" if more else "org:bombit:film"
    assert whole.findtext(f".//{MANIFEST}ALID") == row.alid == f"md:alid:{expected}"
    assert {item.get("ContentID") for item in whole.iter() if item.get("ContentID")} == {row.content_id}
    assert document(plan, "mec.xml")[0].get("ContentID") == row.content_id == f"md:cid:{expected}"


def test_every_reference_has_what_it_refers_to(plan):
    whole = document(plan, "mmc.xml")
    for kind in ("Video", "Audio", "Subtitle"):
        there = [item.get(f"{kind}TrackID") for item in whole.iter(MANIFEST + kind)]
        named = {item.text for item in whole.iter(f"{MANIFEST}{kind}TrackID")}
        assert named == set(there)
        assert len(there) == len(set(there))
    files = {file.key.removeprefix("data/"): file for file in plan.files}
    references = list(whole.iter(f"{MANIFEST}ContainerReference"))
    assert len(references) == 7  # one picture, two sounds in it, two subtitle tracks, a poster, the metadata
    for item in references:
        file = files[item.findtext(f"{MANIFEST}ContainerLocation").removeprefix("./")]
        assert item.findtext(f"{MANIFEST}Hash") == file.sha256
        assert item.findtext(f"{MANIFEST}Length") == str(file.size)


def test_forced_narrative_is_a_track_of_its_own(plan):
    tracks = list(document(plan, "mmc.xml").iter(f"{MANIFEST}Subtitle"))
    assert [track.findtext(f"{MD}Type") for track in tracks] == ["forced", "normal"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('format = "1 x 84"', 'format = "6 x 84"'), "a title for each"),
        (("전쟁고아들의 이야기.", "긴 이야기. " * 700), "room for 4000"),
    ],
)
def test_what_mec_cannot_say_is_refused(tmp_path, change, reason):
    with pytest.raises(Refused) as refused:
        plan_of(tmp_path, text=TITLE.replace(*change, 1))
    assert reason in " ".join(refused.value.reasons)


def test_without_eidr_and_organisation_there_is_no_identifier(tmp_path):
    with pytest.raises(Refused) as refused:
        plan_of(tmp_path, organisation="")
    assert "no EIDR" in refused.value.reasons[0]


def test_media_come_before_what_refers_to_them(delivered):
    _, _, sent = delivered
    assert sent[0] == "qc/report.json"
    media = [sent.index(key) for key in sent if key.startswith(("data/masters", "data/sub", "data/artwork"))]
    about = [sent.index(key) for key in ("data/metadata/title.json", "data/mec.xml", "data/mmc.xml")]
    seals = [sent.index(key) for key in sent if key.startswith(("ascmhl/", "bag", "tagmanifest", "manifest-"))]
    assert max(media) < min(about) <= max(about) == about[-1] < min(seals)
    assert sent.index("SHA256SUMS") > max(seals)
    assert sent[-2] == "manifest.json"


def test_all_forms_verify_and_follow_the_schema(delivered):
    store, folder, _ = delivered
    ((standing,), wrong) = verify.packages(store)
    assert wrong == []
    result = verify.verify(store, standing, lambda _count: None)
    assert (result.wrong, result.extra) == ((), ())
    body = json.loads((folder / own.NAME).read_bytes())
    jsonschema.validate(body, json.loads(own.SCHEMA_PATH.read_text(encoding="utf-8")))
    assert body["forms"] == ["mmc", "asc-mhl", "bagit"]


def test_the_id_covers_the_forms_and_not_the_date(plan, tmp_path):
    later = packaging.build(plan, reports(NOW), "2027-01-01T00:00:00Z")
    now = packaging.build(plan, reports(NOW), AT)
    assert now.id == later.id
    assert now.manifest != later.manifest
    assert now == packaging.build(plan, reports(NOW), AT)
    ids = {own.package_id(plan_of(tmp_path, forms)) for forms in (("own",), ("own", "asc-mhl"), ("own", "bagit"), ALL)}
    assert len(ids) == 4


def test_the_bag_names_its_payload(delivered):
    _, folder, _ = delivered
    lines = (folder / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    named = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(folder).as_posix(): path for path in (folder / "data").rglob("*") if path.is_file()}
    assert named == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    total = sum(path.stat().st_size for path in there.values())
    assert f"Payload-Oxum: {total}.{len(there)}\n" in (folder / "bag-info.txt").read_text(encoding="utf-8")


@needs_shared
def test_the_history_is_valid_and_sealed(delivered):
    _, folder, _ = delivered
    (generation,) = (folder / "ascmhl").glob("0001_*.mhl")
    schema("asc-mhl/xsd/ASCMHL.xsd").assertValid(etree.parse(str(generation)))
    chain = etree.parse(str(folder / asc_mhl.CHAIN))
    schema("asc-mhl/xsd/ASCMHLDirectory__combined.xsd").assertValid(chain)
    digest = asc_mhl.c4(hashlib.sha512(generation.read_bytes()).hexdigest())
    assert chain.findtext(".//{*}c4") == digest


def test_c4_has_the_value_of_the_standard():
    empty = "c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT"
    assert asc_mhl.c4(hashlib.sha512(b"").hexdigest()) == empty
    assert asc_mhl.c4("0" * 128) == "c4" + "1" * 88


def test_a_file_that_changed_is_in_no_history(tmp_path):
    plan = plan_of(tmp_path, ("own", "asc-mhl"))
    master = next(file for file in plan.files if file.kind == "master")
    master.path.write_bytes(b"x" * master.size)
    with pytest.raises(StoreError, match="changed after it was hashed"):
        sealing.seals(plan, "0" * 64, AT)


def test_own_keys(tmp_path):
    keys = {
        "master": "{title}/{window}/{version}_{digest}.{suffix}",
        "subtitles": "cc/{stem}_{language}_{use}.{suffix}",
    }
    plan = plan_of(tmp_path, ("own",), keys=keys)
    digest = next(file.sha256[:8] for file in plan.files if file.kind == "master")
    assert [file.key for file in plan.files if file.kind in {"master", "subtitles"}] == [
        "cc/film.en.forced_en_forced.srt",
        "cc/film.en_en_full.srt",
        f"film/svod-world/ko_{digest}.mov",
    ]


def test_a_package_that_is_foreseen_has_its_sizes_and_reads_no_file(tmp_path):
    plan = plan_of(tmp_path, ("own", "asc-mhl", "bagit"))
    built = packaging.build(plan, reports(NOW), AT)
    for file in plan.files:
        if file.path is not None:
            file.path.unlink()
    foreseen = packaging.build(plan, reports(NOW), AT, foreseen=True)
    assert [(file.key, file.size) for file in foreseen.files] == [(file.key, file.size) for file in built.files]
    assert any(file.key.startswith("ascmhl/") for file in foreseen.files)


@pytest.mark.parametrize(
    ("keys", "title_id", "reason"),
    [
        ({"subtitles": "{title}.srt"}, "film", "two files would have this key"),
        ({"subtitles": "{kind}/{name}", "master": "subtitles"}, "film", "is a file and a folder"),
        ({"master": "{title}/{version}"}, "qc", "where the package has files of its own"),
        ({"master": "/".join(["{title}"] * 30)}, "a" * 40, "a key has at most 700"),
    ],
)
def test_keys_that_clash_are_refused(tmp_path, keys, title_id, reason):
    with pytest.raises(Refused) as refused:
        plan_of(tmp_path, ("own",), title_id=title_id, keys=keys)
    assert reason in " ".join(refused.value.reasons)


@pytest.mark.parametrize(
    ("package", "key", "wrong"),
    [
        ('manifests = ["mmc"]', "package.manifests", "own is missing"),
        ('manifests = ["own", "own"]', "package.manifests", "names one twice"),
        ('manifests = ["own", "itmps"]', "package.manifests[1]", "itmps"),
        ('manifests = ["own", "bagit", "itmsp"]', "package.manifests", "names bagit and itmsp"),
        ('provider = "a b"', "package.provider", "a b"),
        ('keys = { master = "{folder}/{name}" }', "package.keys.master", "{folder} is no field of master"),
        ('keys = { master = "{language}/{name}" }', "package.keys.master", "{language} is no field of master"),
        ('keys = { master = "../{name}" }', "package.keys.master", "makes no key"),
        ('keys = { master = "/{name}" }', "package.keys.master", "makes no key"),
        ('keys = { master = "{name!r}" }', "package.keys.master", "is no field"),
        ('keys = { master = "{name.__class__}" }', "package.keys.master", "is no field"),
        ('keys = { master = "a b/{name}" }', "package.keys.master", "makes no key"),
        ('keys = { master = "\u1112\u1161/{name}" }', "package.keys.master", "is not in NFC"),
        ('keys = { artwork = "QC/{name}" }', "package.keys.artwork", "what a package itself has at its top"),
        ('keys = { poster = "{name}" }', "package.keys.poster", "unknown"),
    ],
)
def test_settings_that_are_wrong_are_told_with_their_place(tmp_path, package, key, wrong):
    text = f'name = "Own"\nright = "svod"\nrevision = "1"\nsource = "contract"\nbase = "svod"\n[package]\n{package}\n'
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        platform.load("own", tmp_path)
    assert key in str(refused.value)
    assert wrong in str(refused.value)


def test_keys_of_a_base_are_kept(tmp_path):
    head = 'name = "N"\nright = "svod"\nrevision = "1"\nsource = "contract"\n'
    for name, base, keys in (("svod", "svod", 'master = "m/{name}"'), ("own", "svod", 'artwork = "a/{name}"')):
        text = f'{head}base = "{base}"\n[package]\nkeys = {{ {keys} }}\n'
        if name == "svod":
            checks = '[checks."master/unreadable"]\nseverity = "error"\nsource = "x"\nverified_on = 2026-11-20\n'
            text = text.replace('base = "svod"\n', "") + checks
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    keys = platform.load("own", tmp_path).package.keys
    assert (keys.master, keys.artwork, keys.document) == ("m/{name}", "a/{name}", "documents/{use}/{name}")


def test_a_sample_is_of_the_size_that_was_asked_for(delivered):
    store, _, _ = delivered
    standing = verify.packages(store)[0][0]
    entries = standing.manifest.entries
    assert [len(verify.sample(entries, percent, SystemRandom())) for percent in (1, 50, 100)] == [1, 8, 15]
    chosen = {key for _ in range(400) for key in verify.sample(entries, 5, SystemRandom())}
    assert chosen == {entry.key for entry in entries}


def test_a_sample_reads_its_files_and_compares_the_sizes_of_others(tmp_path):
    plan = plan_of(tmp_path)
    store = store_of(tmp_path)
    receipt = deliver(plan, store, reports, Ordered(NOW, "worldwide"), lambda _count: None)
    standing = verify.find(store, receipt.prefix)
    master, cut = receipt.prefix + "data/masters/ko/영화.mov", receipt.prefix + "data/mec.xml"
    store.put_bytes(master, b"x" * store.head(master).size)
    store.put_bytes(cut, b"cut")
    read = verify.verify(store, standing, lambda _count: None, frozenset({"data/mmc.xml"}))
    assert read.files == 1
    assert [line.split(":")[0] for line in read.wrong] == ["data/mec.xml"]
    found = verify.verify(store, standing, lambda _count: None, frozenset({"data/masters/ko/영화.mov"}))
    assert [line.split(" ")[0] for line in found.wrong] == ["data/masters/ko/영화.mov:", "data/mec.xml:"]


@pytest.mark.slow
def test_stopped_at_every_operation_a_package_of_all_forms_is_whole_or_not_there(tmp_path):
    plan = plan_of(tmp_path, ("own", "asc-mhl", "bagit"))
    store = store_of(tmp_path)
    for at in range(100):
        stopping = CrashingStore(store, at)
        try:
            deliver(plan, stopping, reports, Ordered(NOW, "worldwide"), lambda _count: None)
        except Killed:
            found = verify.packages(store)[0]
        else:
            break
        receipt = deliver(plan, store, reports, Ordered(NOW + timedelta(days=at), "KR"), lambda _count: None)
        standing = verify.find(store, receipt.prefix)
        assert all(item.prefix == standing.prefix for item in found)
        assert verify.verify(store, standing, lambda _count: None).wrong == ()
        shutil.rmtree(Path(store.url.removeprefix("file:").removeprefix("//")))
    assert at > 12


def test_deliverers_whose_reports_differ_write_the_same_seals(tmp_path):
    plan = plan_of(tmp_path, ALL)
    first, other = (packaging.build(plan, found, AT) for found in (reports(NOW), {"qc/report-1.json": b"{}"}))
    seals = [[file for file in package.files if file.kind == own.SEAL] for package in (first, other)]
    assert seals[0] == seals[1]
    assert len(seals[0]) == 6
    assert first.manifest != other.manifest
