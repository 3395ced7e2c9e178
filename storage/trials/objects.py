"""Trials of objects and keys: what every delivery needs, and how names come back."""

import unicodedata

from storage.stores.keys import MAX_KEY_BYTES
from storage.trials.core import Bench, Outcome, Trial, no, wrong, yes

_DATA = "상영본 リリースプリント".encode()
_ORDERED = ("B", "a-b", "a.b", "a/b", "a0", "나/다", "本編", "𠀋")
_ODD = "a b +&$@=;:,!'()*~%41#?[가]"


def _object(bench: Bench) -> Outcome:
    bench.put("object", _DATA, ContentType="text/csv", Metadata={"sha256": "a" * 64})
    found = bench.client.head_object(Bucket=bench.bucket, Key=bench.folder + "object")
    if bench.read("object") != _DATA or found["ContentLength"] != len(_DATA):
        return wrong("other bytes came back")
    kept = {name.lower(): value for name, value in found["Metadata"].items()}
    return yes() if kept.get("sha256") == "a" * 64 else no("its metadata is lost")


def _range(bench: Bench) -> Outcome:
    bench.put("range", b"0123456789")
    answer = bench.client.get_object(Bucket=bench.bucket, Key=bench.folder + "range", Range="bytes=2-4")
    found = answer["Body"].read()
    return yes() if found == b"234" else wrong(f"{len(found)} bytes for 3")


def _listed(bench: Bench) -> Outcome:
    for name in _ORDERED:
        bench.put(f"list/{name}")
    found = bench.names("list/")
    if sorted(found) != sorted(_ORDERED):
        return wrong("what was just stored is not listed as it is")
    return yes()


def _in_order(bench: Bench) -> Outcome:
    for name in _ORDERED:
        bench.put(f"order/{name}")
    return yes() if tuple(bench.names("order/")) == _ORDERED else no("not by the bytes of their keys")


def _by_page(bench: Bench) -> Outcome:
    for number in range(5):
        bench.put(f"page/{number}")
    found = bench.names("page/", page_size=2)
    return yes() if len(found) == len(set(found)) == len(range(5)) else wrong(f"{len(set(found))} of 5 objects")


def _normal_forms(bench: Bench) -> Outcome:
    nfc, nfd = (unicodedata.normalize(form, "기생충 ガ é") for form in ("NFC", "NFD"))
    bench.put(f"forms/{nfc}", b"nfc")
    bench.put(f"forms/{nfd}", b"nfd")
    if sorted(bench.names("forms/")) != sorted([nfc, nfd]):
        return no("they are one key, or come back in another form")
    return yes() if bench.read(f"forms/{nfc}") == b"nfc" else wrong("one has the other's bytes")


def _long_key(bench: Bench) -> Outcome:
    room = MAX_KEY_BYTES - len(f"{bench.folder}long/".encode())
    parts, rest = divmod(room - 1, 200)
    name = ("가" * 66 + "b/") * parts + "c" * (rest + 1)
    bench.put(f"long/{name}")
    return yes() if bench.read(f"long/{name}") == b"trial" else wrong("other bytes came back")


def _odd_characters(bench: Bench) -> Outcome:
    bench.put(f"odd/{_ODD}")
    if bench.names("odd/") != [_ODD]:
        return wrong("it is listed under another key")
    return yes() if bench.read(f"odd/{_ODD}") == b"trial" else wrong("other bytes came back")


_NOTHING = "nothing can be delivered there"

TRIALS = (
    Trial(
        "objects",
        "bytes, type and metadata",
        _object,
        "files are skipped by the SHA-256 they keep",
        _NOTHING,
        needed=True,
    ),
    Trial("objects", "part of an object", _range, "samples can be read", "objects are read whole"),
    Trial(
        "objects", "list, with what was just stored", _listed, "packages are found by listing", _NOTHING, needed=True
    ),
    Trial("objects", "list by pages", _by_page, "large packages are listed whole", _NOTHING, needed=True),
    Trial("objects", "list in the order of keys", _in_order, "lists come as in S3", "lists are sorted here"),
    Trial(
        "keys",
        "NFC and NFD are two keys",
        _normal_forms,
        "keys are sent in NFC alone",
        "keys are sent in NFC; look at the names that the receiver sees",
    ),
    Trial(
        "keys",
        "a key of 1,024 bytes",
        _long_key,
        "keys may be as long as in S3",
        "use a short prefix: a longer key is refused",
    ),
    Trial(
        "keys",
        "odd characters",
        _odd_characters,
        "names stay as they are",
        "name files with letters, digits, - and _ alone",
    ),
)
