"""A trial, its outcome, and the bench that it is made on: a client, and a folder of the bucket that is ours alone."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from assets.errors import StoreError
from storage.stores.s3_errors import code_of, status_of
from storage.stores.s3_listing import MAX_PAGE, ListVersion, listed

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FOLDER = "_store-test/"
"""Where trials write, below the prefix of the store; nothing of the tool's is ever there."""

_REFUSALS = range(400, 500)


class Verdict(StrEnum):
    """What came of a trial. `wrong` is worse than `no`: the store says yes and does otherwise."""

    YES = "yes"
    NO = "no"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a store did, and in a few words how it showed."""

    verdict: Verdict
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a trial works with. Keys are below `folder`, which ends with `/`."""

    client: "S3Client"
    bucket: str
    folder: str
    list_version: ListVersion = 2

    def at(self, name: str) -> dict[str, Any]:
        """Bucket and key of an object, as arguments of a request."""
        return {"Bucket": self.bucket, "Key": self.folder + name}

    def put(self, name: str, data: bytes = b"trial", **more: Any) -> Mapping[str, Any]:  # noqa: ANN401 -- boto3's
        """Store an object."""
        return self.client.put_object(Bucket=self.bucket, Key=self.folder + name, Body=data, **more)

    def read(self, name: str) -> bytes:
        """The bytes of an object."""
        return self.client.get_object(Bucket=self.bucket, Key=self.folder + name)["Body"].read()

    def names(self, folder: str, page_size: int = MAX_PAGE) -> list[str]:
        """What is listed below a folder, without its name."""
        start = self.folder + folder
        found = listed(self.client, self.bucket, start, self.list_version, page_size)
        return [item["Key"].removeprefix(start) for item in found]


@dataclass(frozen=True, slots=True)
class Trial:
    """One question to a store. `if_yes` and `if_not` say what the tool does because of the answer.

    Where what is `needed` is not there, nothing can be delivered.
    """

    group: str
    name: str
    run: Callable[[Bench], Outcome]
    if_yes: str
    if_not: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """The outcome of a trial, with what follows from it. `forbids` is whether nothing can be delivered there."""

    group: str
    name: str
    outcome: Outcome
    so: str
    forbids: bool


def yes(remark: str = "") -> Outcome:
    """The store does it."""
    return Outcome(Verdict.YES, remark)


def no(remark: str = "") -> Outcome:
    """The store does not do it, and says so."""
    return Outcome(Verdict.NO, remark)


def wrong(remark: str = "") -> Outcome:
    """The store says that it has done it, and has not."""
    return Outcome(Verdict.WRONG, remark)


def refused(call: Callable[[], object]) -> Outcome:
    """Yes, if the store refuses a request that it should refuse; wrong, if it takes it."""
    try:
        call()
    except ClientError as error:
        if status_of(error) in _REFUSALS:
            return yes(code_of(error))
        raise
    return wrong("taken")


def measured(trial: Trial, bench: Bench) -> Measured:
    """Make one trial. A request that the store refuses where it should not is a no; a failure is not known."""
    try:
        outcome = trial.run(bench)
    except ClientError as error:
        verdict = Verdict.UNKNOWN if code_of(error) in {"AccessDenied", "403"} else Verdict.NO
        outcome = Outcome(verdict, code_of(error) or str(status_of(error)))
    except KeyError as error:  # boto3 leaves out what an answer does not have
        outcome = wrong(f"its answer has no {error.args[0]}")
    except StoreError as error:
        outcome = wrong(str(error).rpartition(": ")[2])
    except BotoCoreError as error:
        outcome = Outcome(Verdict.UNKNOWN, type(error).__name__)
    is_yes = outcome.verdict is Verdict.YES
    so = trial.if_yes if is_yes else trial.if_not
    return Measured(trial.group, trial.name, outcome, so, trial.needed and not is_yes)


def cleaned(bench: Bench) -> Sequence[str]:
    """Remove whatever trials have left in the folder: uploads, objects and versions; the keys that could not be."""
    with suppress(ClientError):
        pages = bench.client.get_paginator("list_multipart_uploads").paginate(Bucket=bench.bucket, Prefix=bench.folder)
        for upload in [item for page in pages for item in page.get("Uploads", [])]:
            if upload["Key"].startswith(bench.folder):
                bench.client.abort_multipart_upload(Bucket=bench.bucket, Key=upload["Key"], UploadId=upload["UploadId"])
    for key, version in [*_versions(bench), *((key, "") for key in _keys(bench))]:
        with suppress(ClientError):
            if version:
                bench.client.delete_object(Bucket=bench.bucket, Key=key, VersionId=version)
            else:
                bench.client.delete_object(Bucket=bench.bucket, Key=key)
    return _keys(bench)


def _keys(bench: Bench) -> list[str]:
    found = listed(bench.client, bench.bucket, bench.folder, bench.list_version)
    return [item["Key"] for item in found if item["Key"].startswith(bench.folder)]


def _versions(bench: Bench) -> list[tuple[str, str]]:
    """Every version and marker of removal in the folder, where the store keeps any."""
    try:
        pages = list(
            bench.client.get_paginator("list_object_versions").paginate(Bucket=bench.bucket, Prefix=bench.folder)
        )
    except ClientError:
        return []
    found = [(item["Key"], item["VersionId"]) for page in pages for item in page.get("Versions", [])]
    found += [(item["Key"], item["VersionId"]) for page in pages for item in page.get("DeleteMarkers", [])]
    return [(key, version) for key, version in found if key.startswith(bench.folder)]
