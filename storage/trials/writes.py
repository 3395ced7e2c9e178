"""Trials of writes: conditions, uploads in parts, copies that the store makes by itself."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import ClientError

from storage.trials.core import Bench, Outcome, Trial, no, refused, wrong, yes
from storage.trials.integrity import checksum

_PART = b"p" * (5 << 20)
_WRITERS = 4


def _only_if_absent(bench: Bench) -> Outcome:
    bench.put("once", b"first", IfNoneMatch="*")
    outcome = refused(lambda: bench.put("once", b"second", IfNoneMatch="*"))
    return outcome if bench.read("once") == b"first" else wrong("the object was replaced")


def _one_of_many(bench: Bench) -> Outcome:
    def write(number: int) -> bool:
        try:
            bench.put("race", b"%d" % number, IfNoneMatch="*")
        except ClientError:
            return False
        return True

    with ThreadPoolExecutor(_WRITERS) as pool:
        won = sum(pool.map(write, range(_WRITERS)))
    return yes() if won == 1 else wrong(f"{won} of {_WRITERS} believed they did")


def _if_match(bench: Bench) -> Outcome:
    etag = bench.put("match", b"first")["ETag"]
    bench.put("match", b"second", IfMatch=etag)
    outcome = refused(lambda: bench.put("match", b"third", IfMatch=etag))
    return outcome if bench.read("match") == b"second" else wrong("the object was replaced")


class _Upload:
    """An upload in parts on its way."""

    def __init__(self, bench: Bench, name: str, **more: Any) -> None:  # noqa: ANN401 -- boto3's
        self.bench, self.name, self.done = bench, name, list[dict[str, Any]]()
        self.upload_id = bench.client.create_multipart_upload(Bucket=bench.bucket, Key=bench.folder + name, **more)[
            "UploadId"
        ]

    def part(self, number: int, data: bytes, **more: Any) -> None:  # noqa: ANN401 -- boto3's
        answer = self.bench.client.upload_part(
            **self.bench.at(self.name), UploadId=self.upload_id, PartNumber=number, Body=data, **more
        )
        named = {name: value for name, value in more.items() if name.startswith("Checksum")}
        self.done.append({"PartNumber": number, "ETag": answer["ETag"], **named})

    def complete(self, **more: Any) -> None:  # noqa: ANN401 -- boto3's
        parts: Any = {"Parts": self.done}
        self.bench.client.complete_multipart_upload(
            **self.bench.at(self.name), UploadId=self.upload_id, MultipartUpload=parts, **more
        )


def _in_parts(bench: Bench) -> Outcome:
    upload = _Upload(bench, "in-parts")
    upload.part(1, _PART)
    upload.part(2, b"end")
    if bench.names("in-parts"):
        return wrong("it is seen before it is complete")
    upload.complete()
    size = bench.client.head_object(Bucket=bench.bucket, Key=bench.folder + "in-parts")["ContentLength"]
    return yes() if size == len(_PART) + len(b"end") else wrong(f"it has {size} bytes")


def _unfinished(bench: Bench) -> Outcome:
    upload = _Upload(bench, "unfinished")
    upload.part(1, b"part")
    listed = bench.client.list_multipart_uploads(Bucket=bench.bucket, Prefix=bench.folder + "unfinished")
    if upload.upload_id not in [item["UploadId"] for item in listed.get("Uploads", [])]:
        return no("uploads are not listed")
    parts = bench.client.list_parts(**bench.at("unfinished"), UploadId=upload.upload_id).get("Parts", [])
    return yes() if [part["Size"] for part in parts] == [len(b"part")] else no("parts are not listed")


def _parts_once(bench: Bench) -> Outcome:
    bench.put("parts-once", b"first")
    upload = _Upload(bench, "parts-once")
    upload.part(1, b"second")
    outcome = refused(lambda: upload.complete(IfNoneMatch="*"))
    return outcome if bench.read("parts-once") == b"first" else wrong("the object was replaced")


def _whole_checksum(bench: Bench) -> Outcome:
    upload = _Upload(bench, "whole", ChecksumAlgorithm="CRC64NVME", ChecksumType="FULL_OBJECT")
    upload.part(1, b"part", ChecksumCRC64NVME=checksum("CRC64NVME", b"part"))
    other = checksum("CRC64NVME", b"other")
    return refused(lambda: upload.complete(ChecksumCRC64NVME=other, ChecksumType="FULL_OBJECT"))


def _part_checksum(bench: Bench) -> Outcome:
    upload = _Upload(bench, "composite", ChecksumAlgorithm="SHA256", ChecksumType="COMPOSITE")
    return refused(lambda: upload.part(1, b"part", ChecksumSHA256=checksum("SHA256", b"other")))


def _part_copy(bench: Bench) -> Outcome:
    bench.put("copied", b"0123456789")
    upload = _Upload(bench, "part-copy")
    answer = bench.client.upload_part_copy(
        **bench.at("part-copy"),
        UploadId=upload.upload_id,
        PartNumber=1,
        CopySource={"Bucket": bench.bucket, "Key": bench.folder + "copied"},
        CopySourceRange="bytes=2-4",
    )
    upload.done.append({"PartNumber": 1, "ETag": answer["CopyPartResult"]["ETag"]})
    upload.complete()
    return yes() if bench.read("part-copy") == b"234" else wrong("other bytes were copied")


def _copy(bench: Bench, **more: Any) -> None:  # noqa: ANN401 -- boto3's
    source: Any = {"Bucket": bench.bucket, "Key": bench.folder + "source"}
    bench.client.copy_object(**bench.at("copy"), CopySource=source, **more)


def _copied(bench: Bench) -> Outcome:
    bench.put("source", b"source", Metadata={"sha256": "a" * 64})
    _copy(bench, MetadataDirective="REPLACE", Metadata={"sha256": "b" * 64})
    found = bench.client.head_object(Bucket=bench.bucket, Key=bench.folder + "copy")["Metadata"]
    if bench.read("copy") != b"source":
        return wrong("other bytes were copied")
    replaced = {name.lower(): value for name, value in found.items()}.get("sha256") == "b" * 64
    return yes() if replaced else wrong("the metadata was not replaced")


def _copy_if_match(bench: Bench) -> Outcome:
    etag = bench.put("source", b"first")["ETag"]
    bench.put("source", b"changed by somebody")
    return refused(lambda: _copy(bench, CopySourceIfMatch=etag))


_LEASE = "a lease object guards each commit: a new package takes about 20 s longer"
_READ_BACK = "copies are read once, or sent again"

TRIALS = (
    Trial("conditions", "store only if absent", _only_if_absent, "the first of two deliverers wins", _LEASE),
    Trial("conditions", "of several at once, one", _one_of_many, "the first of two deliverers wins", _LEASE),
    Trial("conditions", "replace only what was seen", _if_match, "not made use of", "not needed"),
    Trial("conditions", "end an upload only if absent", _parts_once, "not made use of", "not needed"),
    Trial(
        "parts",
        "upload in parts",
        _in_parts,
        "large files go in parts, seen when they are whole",
        "files of 16 MiB and more cannot be delivered there",
        needed=True,
    ),
    Trial("parts", "list unfinished uploads", _unfinished, "they are gone on with", "they are sent from their start"),
    Trial(
        "parts",
        "a wrong CRC64NVME of the whole is refused",
        _whole_checksum,
        "uploads in parts may go with it",
        "the next kind of checksum is tried",
    ),
    Trial(
        "parts",
        "a wrong SHA256 of a part is refused",
        _part_checksum,
        "uploads in parts may go with it",
        "Content-MD5 is tried, or bytes are read back",
    ),
    Trial("copies", "copy with new metadata", _copied, "what the bucket has is not sent again", _READ_BACK),
    Trial("copies", "copy a part", _part_copy, "what is over 5 GiB is copied too", "what is over 5 GiB is sent again"),
    Trial("copies", "copy only what was seen", _copy_if_match, "nobody can exchange the source", _READ_BACK),
)
