"""The subject of a case of a title check: see builders_text.read_title for the keys.

`history` are revisions (asset, revision, name, and one hex digit for the SHA-256), `bytes` the digit of each file,
`away` that of the bytes which away.toml refers to. `waivers` are those of a review, each with its `fate`.
"""

from dataclasses import replace
from datetime import UTC, datetime

from builders_text import read_title
from waivers import waiver

from assets.history import History, Revision
from assets.title import Away
from checks.waiving import Fate, WaiverReview

WHEN = datetime(2026, 11, 21, tzinfo=UTC)


def subject(check, case):
    if check.on is WaiverReview:
        return _review(case)
    read = read_title(case)
    digits = case.get("bytes", {})
    assets = tuple(
        replace(asset, sha256=digits[asset.file.name] * 64, file=_file(asset.file, case))
        if asset.file.name in digits
        else asset
        for asset in read.assets
    )
    return replace(read, assets=assets, history=History(_revisions(case), case.get("fault", "")))


def _review(case):
    fates = [(dict(item), Fate(item["fate"])) for item in case.get("waivers", [])]
    return WaiverReview(tuple((waiver(**{k: v for k, v in item.items() if k != "fate"}), fate) for item, fate in fates))


def _file(file, case):
    digit = case.get("away", {}).get(file.name)
    return replace(file, away=Away("sample", file.name, digit * 64, 1, "s3://b/k", WHEN)) if digit else file


def _revisions(case):
    return tuple(
        Revision(item["asset"], item["revision"], item["name"], item["digit"] * 64, 1, WHEN, "Kim", "because")
        for item in case.get("history", [])
    )
