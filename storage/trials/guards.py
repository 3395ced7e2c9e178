"""Trials of what keeps objects: versions, locks, encryption, links that end, and that nobody else can read."""

import time
from collections.abc import Callable
from typing import Any

import urllib3

from storage.trials.core import Bench, Outcome, Trial, Verdict, no, refused, wrong, yes

_OK = range(200, 300)
_TIMEOUT = urllib3.Timeout(connect=10, read=30)


def _fetched(url: str, method: str = "GET", body: bytes | None = None) -> tuple[int, bytes]:
    """Status and bytes of an address, asked without any credentials but those in it."""
    with urllib3.PoolManager(timeout=_TIMEOUT, retries=False) as pool:
        answer = pool.request(method, url, body=body)
        return answer.status, answer.data


def _link(bench: Bench, name: str, seconds: int = 60, method: str = "get_object") -> str:
    return bench.client.generate_presigned_url(method, Params=bench.at(name), ExpiresIn=seconds)


def _link_to_get(bench: Bench) -> Outcome:
    bench.put("link", b"link")
    status, data = _fetched(_link(bench, "link"))
    return yes() if status in _OK and data == b"link" else no(str(status))


def _link_to_put(bench: Bench) -> Outcome:
    status, _ = _fetched(_link(bench, "link-put", method="put_object"), "PUT", b"put")
    return yes() if status in _OK and bench.read("link-put") == b"put" else no(str(status))


def _link_ends(bench: Bench) -> Outcome:
    bench.put("link-end", b"link")
    url = _link(bench, "link-end", seconds=1)
    time.sleep(2.5)
    status, _ = _fetched(url)
    return wrong("it still opens the object") if status in _OK else yes(str(status))


def _link_is_signed(bench: Bench) -> Outcome:
    bench.put("link-signed", b"link")
    url = _link(bench, "link-signed")
    changed = url[:-1] + ("0" if url[-1] != "0" else "1")
    status, _ = _fetched(changed)
    return wrong("a changed signature opens the object") if status in _OK else yes(str(status))


def _nobody_else(bench: Bench) -> Outcome:
    bench.put("private", b"private")
    address, _, _ = _link(bench, "private").partition("?")
    listing = bench.client.generate_presigned_url("list_objects_v2", Params={"Bucket": bench.bucket}).partition("?")[0]
    if _fetched(address)[0] in _OK:
        return wrong("anybody can read an object")
    return wrong("anybody can list the bucket") if _fetched(f"{listing}?list-type=2")[0] in _OK else yes()


def _versions(bench: Bench) -> Outcome:
    enabled = bench.client.get_bucket_versioning(Bucket=bench.bucket).get("Status") == "Enabled"
    return yes() if enabled else no("not enabled in this bucket")


def _lock(bench: Bench) -> Outcome:
    held: Any = {"LegalHold": {"Status": "ON"}}
    version = bench.put("held").get("VersionId", "")
    if not version:
        return no("not enabled in this bucket")
    bench.client.put_object_legal_hold(**bench.at("held"), **held)
    try:
        return refused(lambda: bench.client.delete_object(**bench.at("held"), VersionId=version))
    finally:
        held["LegalHold"]["Status"] = "OFF"
        bench.client.put_object_legal_hold(**bench.at("held"), VersionId=version, **held)


def _tags(bench: Bench) -> Outcome:
    bench.put("tags", Tagging="window=2027")
    found = bench.client.get_object_tagging(Bucket=bench.bucket, Key=bench.folder + "tags")["TagSet"]
    return yes() if found == [{"Key": "window", "Value": "2027"}] else wrong("other tags came back")


def _lifecycle(bench: Bench) -> Outcome:
    """Only looked at: rules are the bucket's, and are not ours to change in a trial."""
    try:
        rules = bench.client.get_bucket_lifecycle_configuration(Bucket=bench.bucket)["Rules"]
    except bench.client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchLifecycleConfiguration":
            return yes("no rules")
        raise
    return yes(f"{len(rules)} rule(s)")


def _encrypted(bench: Bench) -> Outcome:
    bench.put("encrypted", ServerSideEncryption="AES256")
    found = bench.client.head_object(Bucket=bench.bucket, Key=bench.folder + "encrypted")
    return yes() if found.get("ServerSideEncryption") == "AES256" else wrong("taken, and not told")


def retention(bench: Bench) -> str:
    """The retention that a bucket gives every new object, in words; empty if it gives none."""
    try:
        found = bench.client.get_object_lock_configuration(Bucket=bench.bucket)["ObjectLockConfiguration"]
    except bench.client.exceptions.ClientError:
        return ""
    rule = found.get("Rule", {}).get("DefaultRetention", {})
    time_kept = f"{rule['Days']} days" if "Days" in rule else f"{rule['Years']} years" if "Years" in rule else ""
    return f"{rule.get('Mode', '')} for {time_kept}" if time_kept else ""


def _unless_unreached(trial: Callable[[Bench], Outcome]) -> Callable[[Bench], Outcome]:
    """A trial that asks without boto3: where no connection is made nothing is known."""

    def run(bench: Bench) -> Outcome:
        try:
            return trial(bench)
        except urllib3.exceptions.HTTPError as error:
            return Outcome(Verdict.UNKNOWN, type(error).__name__)

    return run


_NO_LINKS = "screeners cannot be lent by a link"

TRIALS = (
    Trial("links", "a link to get", _unless_unreached(_link_to_get), "screeners can be lent by a link", _NO_LINKS),
    Trial("links", "a link to put", _unless_unreached(_link_to_put), "not made use of", "not needed"),
    Trial(
        "links", "a link ends", _unless_unreached(_link_ends), "links hold as long as is said", "make no links there"
    ),
    Trial(
        "links",
        "a changed link is refused",
        _unless_unreached(_link_is_signed),
        "links open what they name alone",
        "make no links there: whoever knows a key can read it",
    ),
    Trial(
        "keeping",
        "nobody reads without credentials",
        _unless_unreached(_nobody_else),
        "what is delivered is for the receiver alone",
        "masters must not go there: close the bucket to the public",
        needed=True,
    ),
    Trial("keeping", "versions", _versions, "what is replaced or removed is kept", "what is removed is gone"),
    Trial("keeping", "a legal hold keeps an object", _lock, "what is held stays", "nothing can be kept from removal"),
    Trial("keeping", "tags", _tags, "objects can be told apart by rules", "rules go by prefix alone"),
    Trial(
        "keeping", "lifecycle rules", _lifecycle, "the store can remove by rule", "the store removes nothing by itself"
    ),
    Trial(
        "keeping", "encryption by the store (SSE-S3)", _encrypted, "it can be asked for", "encrypt the disks instead"
    ),
)
