"""Folders that came by any way: bags of the conformance suite, histories of ASC MHL, packages, and hostile ones."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from packaged import plan_of, reports, store_of
from titles import NOW

from assets.errors import InputError
from cli.main import group
from storage import received
from storage.deliver import Ordered, deliver
from storage.manifests import asc_mhl
from storage.manifests.claims import algorithm_of, unsafe

SHARED = Path(__file__).parents[2] / "shared/data/manifests"
BAGS = SHARED / "bagit/src/test/resources"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the documents of the standards are not here")

VALID = (
    "ISO-8859-1-encodedBag",
    "badPayloadChecksum",  # its manifest is right all the same
    "bag-with-leading-dot-slash-in-manifest",
    "bagitProfileTestBags/profileConformantBag",
    "bagitProfileTestBags/repeatedMetadataBag",
    "bags/v0_93/bag",
    "bags/v0_94/bag",
    "bags/v0_95/bag",
    "bags/v0_96/bag",
    "bags/v0_96/bag-in-a-bag",
    "bags/v0_96/bag-with-encoded-names",
    "bags/v0_96/bag-with-escapable-characters",
    "bags/v0_96/bag-with-leading-dot-slash-in-manifest",
    "bags/v0_96/bag-with-space",
    "bags/v0_96/bag-with-tagfiles-in-payload-manifest",
    "bags/v0_96/holey-bag",  # what it says has to be fetched is there
    "bags/v0_97/bag",
    "sha3Bag",
    "tagManifestsDiffer",
)
INVALID = {
    "UTF-16-encoded-tag-files": "fetch.txt: line 1: 'data/dir1/test3.txt' is in no manifest",
    "bad-fetch-bag": "has to be fetched first",
    "badPayloadOxumByteSize/bag": "Payload-Oxum is 20.5; there are 25.5",
    "badPayloadOxumFileCount/bag": "Payload-Oxum is 25.2; there are 25.5",
    "bagitProfileTestBags/failFetchBag": "is in no manifest",
    "bags/v2_0/bag/.bagit": "version 2.0 is not known",
    "corruptPayloadFile": "data/dir1/test3.txt: has md5",
    "corruptTagFile": "bagit.txt: has md5",
    "filesInManifestDontExist": "data/dir1/test3.txt: is missing",
    "filesInPayloadDirAreNotInManifest": "data/test1.txt: is in no manifest",
    "linterTestBag": "bagit.txt: is no declaration of a bag",
    "linterTestBag/data/ham": "is not UTF-16",
    "notAllFilesListedInAllManifestsBag": "manifest-sha256.txt: does not name 'data/ham'",
    "payloadManifestsDiffer": "data/bar.txt: is missing",
}


def check(folder):
    return received.check(folder, lambda _count: None)


def wrong(folder):
    return "\n".join(line for outcome in check(folder).outcomes for line in outcome.wrong)


def bag(folder, files, tags=(), declared="BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"):
    """A bag with these files, and with tag files that replace or join its own."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items()]
    whole = {"bagit.txt": declared, "manifest-sha256.txt": "".join(lines), **dict(tags)}
    for name, text in whole.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@needs_shared
@pytest.mark.parametrize("name", VALID)
def test_good_bags_of_the_suite(name):
    result = check(BAGS / name)
    assert [outcome.wrong for outcome in result.outcomes] == [()]
    assert result.outcomes[0].files > 0


@needs_shared
@pytest.mark.parametrize("name", INVALID)
def test_bad_bags_of_the_suite(name):
    assert INVALID[name] in wrong(BAGS / name)


@needs_shared
@pytest.mark.parametrize("kind", ["maliciousManifestFile", "maliciousFetchFile"])
def test_paths_that_lead_out_are_never_followed(tmp_path, kind):
    names = sorted((BAGS / kind).iterdir())
    assert len(names) == 4
    for number, name in enumerate(names):
        text = name.read_text(encoding="utf-8")
        tag = "manifest-md5.txt" if kind == "maliciousManifestFile" else "fetch.txt"
        found = wrong(bag(tmp_path / str(number), {"data/a": b"a"}, {tag: text}))
        assert f"{tag}: line 1: " in found
        assert any(word in found for word in ("leaves its folder", "not relative", "somebody's home"))


@needs_shared
@pytest.mark.parametrize("name", ["badIndent", "badKeyValueSeparator"])
def test_metadata_that_is_none(tmp_path, name):
    info = (BAGS / f"badBagMetadata/{name}.txt").read_text(encoding="utf-8")
    assert "is no `label: value`" in wrong(bag(tmp_path, {"data/a": b"a"}, {"bag-info.txt": info}))


@needs_shared
@pytest.mark.parametrize("name", ["fetchWithBlankLines", "fetchWithNoSizeSpecified", "fetchWithSizeSpecified"])
def test_what_has_to_be_fetched_is_missing(tmp_path, name):
    text = (BAGS / f"fetchFiles/{name}.txt").read_text(encoding="utf-8")
    paths = [f"data/{name}" for name in ("dir1/test3.txt", "dir2/dir3/test5.txt", "dir2/test4.txt", "test2.txt")]
    found = bag(tmp_path, dict.fromkeys([*paths, "data/test 1.txt"], b"x"), {"fetch.txt": text})
    assert wrong(found) == ""
    (found / "data/test2.txt").unlink()
    assert (
        wrong(found) == "data/test2.txt: has to be fetched first; nothing is fetched here\ndata/test2.txt: is missing"
    )


@needs_shared
def test_a_declaration_with_a_byte_order_mark(tmp_path):
    text = (BAGS / "bagitFiles/bagit-with-bom.txt").read_text(encoding="utf-8")
    assert "begins with a byte order mark" in wrong(bag(tmp_path, {"data/a": b"a"}, declared=text))


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"bag-info.txt": "Payload-Oxum: 1.1\nPayload-Oxum: 1.1\n"}, "says Payload-Oxum 2 times"),
        ({"bag-info.txt": "Payload-Oxum: many\n"}, "is no count"),
        ({"manifest-md5.txt": "0cc175b9c0f1b6a831c399e269772661\n"}, "is no digest and path"),
        ({"manifest-md5.txt": "00  data/a\n01  data/a\n"}, "named twice with two digests"),
        ({"manifest-sha256.txt": "00  bagit.txt\n"}, "does not lie where the payload of a bag lies"),
        ({"tagmanifest-md5.txt": "00  data/a\n"}, "does not lie where tag files of a bag lies"),
        ({"fetch.txt": "http://x data/a\n"}, "is no address, length and path"),
        ({"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: klingon\n"}, "is no encoding"),
    ],
)
def test_tag_files_that_are_wrong(tmp_path, tags, reason):
    assert reason in wrong(bag(tmp_path, {"data/a": b"a"}, tags))


def test_a_hash_that_is_not_known_is_no_pass(tmp_path):
    result = check(bag(tmp_path, {"data/a": b"a"}, {"manifest-whirlpool.txt": "00  data/a\n"}))
    assert result.outcomes[0].not_checked == ("manifest-whirlpool.txt: the hash 'whirlpool' is not known here",)


def test_escaped_paths(tmp_path):
    names = {"data/100%25.txt": b"a", "data/line%0Aend": b"b"}
    folder = bag(tmp_path, {"data/100%.txt": b"a", "data/line\nend": b"b"})
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in names.items()]
    (folder / "manifest-sha256.txt").write_text("".join(lines), encoding="utf-8")
    assert wrong(folder) == ""


def test_another_unicode_form_is_found_and_told(tmp_path):
    name = "data/한글 자막.srt"
    folder = bag(tmp_path, {unicodedata.normalize("NFD", name): b"a"})
    (folder / "manifest-sha256.txt").write_text(f"{hashlib.sha256(b'a').hexdigest()}  {name}\n", encoding="utf-8")
    result = check(folder)
    assert result.notes == (f"{name}: lies there in another Unicode form of its name",)
    assert result.is_as_promised


def test_links_and_devices_are_not_followed(tmp_path):
    folder = bag(tmp_path / "bag", {"data/a": b"a"})
    (tmp_path / "secret").write_bytes(b"b")
    (folder / "data/link").symlink_to(tmp_path / "secret")
    os.mkfifo(folder / "data/pipe")
    with (folder / "manifest-sha256.txt").open("a", encoding="utf-8") as manifest:
        manifest.write(f"{hashlib.sha256(b'b').hexdigest()}  data/link\n")
    result = check(folder)
    assert "data/link: is missing" in result.outcomes[0].wrong
    assert [note.split(":")[0] for note in result.notes] == ["data/link", "data/pipe"]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a", "a/../../b", "~/a", "file:///a", "C:\\a", "\\\\?\\C:\\a", "", "a\0"]
)
def test_unsafe_paths(path):
    assert unsafe(path)
    assert not unsafe("data/한글 (1).mov")


def test_names_of_hashes():
    assert [algorithm_of(name) for name in ("SHA-256", "sha3256", "md5", "C4", "crc")] == [
        "sha256",
        "sha3_256",
        "md5",
        "c4",
        None,
    ]


def copied(source, target):
    """A copy of files that may be read-only, to be changed."""
    shutil.copytree(source, target)
    for path in (target, *target.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    return target


@needs_shared
@pytest.mark.parametrize("name", ["scenario_01/travel_01", "scenario_02/file_server", "scenario_03/file_server"])
def test_histories_of_other_tools(name, tmp_path):
    folder = copied(SHARED / f"asc-mhl/scenarios/{name}/A002R2EC", tmp_path / "A002R2EC")
    (outcome,) = check(folder).outcomes
    assert outcome.wrong == ()
    assert outcome.files + len(outcome.not_checked) == 3
    generation = next((folder / "ascmhl").glob("*.mhl"))
    generation.write_bytes(generation.read_bytes() + b"\n")
    assert "is not the generation that the chain has sealed" in wrong(folder)


@needs_shared
def test_a_changed_file_is_found_by_a_history(tmp_path):
    folder = copied(SHARED / "asc-mhl/scenarios/scenario_03/file_server/A002R2EC", tmp_path / "A002R2EC")
    (folder / "Sidecar.txt").write_bytes(b"x" * (folder / "Sidecar.txt").stat().st_size)
    assert "Sidecar.txt: has " in wrong(folder)


def test_a_history_that_means_harm(tmp_path):
    (tmp_path / "ascmhl").mkdir()
    chain = tmp_path / asc_mhl.CHAIN
    space = f'xmlns="{asc_mhl.DIRECTORY}"'
    one = "<hashlist sequencenr='1'><path>{}</path><c4>x</c4></hashlist>"
    chain.write_text(f"<ascmhldirectory {space}>{one.format('../../a')}</ascmhldirectory>", encoding="utf-8")
    assert "names '../../a', which is no generation" in wrong(tmp_path)
    entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    text = f"{entity}<ascmhldirectory {space}>{one.format('&b;')}</ascmhldirectory>"
    chain.write_text(text, encoding="utf-8")
    assert "names ''" in wrong(tmp_path)
    chain.write_text("<ascmhl", encoding="utf-8")
    assert "cannot be read" in wrong(tmp_path)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    root = tmp_path_factory.mktemp("received")
    plan = plan_of(root)
    store = store_of(root)
    receipt = deliver(plan, store, reports, Ordered(NOW, "worldwide"), lambda _count: None)
    return Path(store.url.removeprefix("file:").removeprefix("//")) / receipt.prefix


def test_a_package_is_as_promised_by_all_four(package):
    result = check(package)
    assert [(item.standard, item.files, item.wrong, item.not_checked) for item in result.outcomes] == [
        ("manifest.json", 15, (), ()),
        ("SHA256SUMS", 15, (), ()),
        ("BagIt", 10, (), ()),
        ("ASC MHL", 7, (), ()),
    ]


def test_one_wrong_byte_is_found_by_all_four(package, tmp_path):
    folder = shutil.copytree(package, tmp_path / "copy")
    master = folder / "data/masters/ko/영화.mov"
    master.write_bytes(b"X" + master.read_bytes()[1:])
    assert [len(item.wrong) for item in check(folder).outcomes] == [1, 1, 1, 1]


def test_a_folder_without_manifests_is_an_error(tmp_path):
    with pytest.raises(InputError, match="has no manifest that is known"):
        check(tmp_path)


def test_manifests_that_lie(package, tmp_path):
    folder = shutil.copytree(package, tmp_path / "copy")
    whole = json.loads((folder / "manifest.json").read_bytes())
    whole["files"][0]["key"] = "../../x"
    (folder / "manifest.json").write_text(json.dumps(whole), encoding="utf-8")
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  ../x\nnothing\n", encoding="utf-8")
    found = wrong(folder)
    assert "its id is not that of its content" in found
    assert "'../x' leaves its folder" in found
    assert "SHA256SUMS: line 2: is no digest and path" in found


@pytest.mark.slow
def test_the_tools_of_the_standards_agree(package, tmp_path):
    folder = shutil.copytree(package, tmp_path / "copy")
    sums = shutil.which("sha256sum")
    bagit, history = shutil.which("bagit.py"), shutil.which("ascmhl")
    if not (sums and bagit and history):
        pytest.skip("sha256sum, bagit.py and ascmhl are not all here")
    commands = ([sums, "-c", "--quiet", "SHA256SUMS"], [bagit, "--validate", "."], [history, "create", "-h", "c4", "."])
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    assert len(list((folder / "ascmhl").glob("*.mhl"))) == 2
    assert check(folder).outcomes[-1].wrong == ()
    (folder / "data/mmc.xml").write_bytes(b"")
    for command in commands:
        assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode != 0


@pytest.mark.slow
def test_a_history_that_went_on_after_a_file_was_replaced_would_fail_at_every_receiver(package, tmp_path):
    folder, history = shutil.copytree(package, tmp_path / "copy"), shutil.which("ascmhl")
    if not history:
        pytest.skip("ascmhl is not here")

    def create():
        return subprocess.run([history, "create", "-h", "c4", "."], cwd=folder, check=False, capture_output=True)

    (folder / "data/mmc.xml").write_bytes(b"<mended/>")
    assert (create().returncode, create().returncode) == (11, 11), "a generation that has the new bytes does not help"
    assert 'action="failed"' in max((folder / "ascmhl").glob("*.mhl")).read_text(encoding="utf-8")
    (folder / "data/mmc.xml").unlink()
    assert create().returncode == 10


def run(*arguments):
    return CliRunner().invoke(group, [str(item) for item in arguments], catch_exceptions=False, standalone_mode=False)


def test_the_command_says_what_each_manifest_says(package, tmp_path):
    folder = shutil.copytree(package, tmp_path / "copy")
    done = run("received", folder)
    assert done.return_value == 0
    assert "BagIt: 10 files: as promised" in done.stdout.replace("\n", " ")
    (folder / "data/mec.xml").unlink()
    done = run("received", folder, "--json")
    assert done.return_value == 1
    body = json.loads(done.stdout)
    assert not body["as_promised"]
    assert [item["wrong"][-1] for item in body["manifests"]] == ["data/mec.xml: is missing"] * 4


def test_the_command_verifies_a_sample(package):
    name = package.relative_to(package.parents[3]).as_posix()
    done = run("verify", name, "--sample", "5%", "--json", "-C", package.parents[4])
    assert done.return_value == 0
    assert json.loads(done.stdout)["read"]["files"] == 1
    shown = run("verify", name, "--sample", "50", "-C", package.parents[4])
    assert "8 of 15 files" in shown.stdout.replace("\n", " ")
    with pytest.raises(click.BadParameter, match="no share"):
        run("verify", name, "--sample", "0%", "-C", package.parents[4])
