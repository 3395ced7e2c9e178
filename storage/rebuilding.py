"""The catalogue and its stores -> what the state knows of titles and deliveries, made anew."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assets import history
from assets.errors import InputError
from assets.file_bytes import FileBytes
from assets.title import AssetFile, Title
from storage import package as packaging
from storage import verify
from storage.deliver import RECEIPTS
from storage.index import WHOLE, Delivery, Entry, Lying, Verdict
from storage.manifests import strict
from storage.stores import small
from storage.stores.small import TooLargeError
from storage.stores.store import Store
from storage.verdicts import verdicts
from storage.verify import Standing

Hash = Callable[[AssetFile], FileBytes]


def entry(title: Title, bytes_of: Hash) -> Entry:
    """What is to be known of a title; `bytes_of` tells a file's size and digest. Raises InputError for its history."""
    read = {file: bytes_of(file) for file in title.files()}
    files = tuple(
        Lying(role, file.name, read[file].size if read[file].sha256 else None, read[file].sha256 or None)
        for role, file in history.roles(title).items()
    )
    programme = title.programme
    revisions = history.revisions(title)
    return Entry(title.id, title.name, programme.original_language, programme.production_year, files, revisions)


def is_absent(store: Store) -> bool:
    """Whether a store is a folder that is not there: nobody delivered to it yet, or its drive is not mounted."""
    scheme, _, place = store.url.partition(":")
    return scheme == "file" and not Path(place).is_dir()


def deliveries(store: Store) -> tuple[list[Delivery], list[Verdict], list[str]]:
    """The packages of a store, the verdicts of their reports, and what in the store is wrong. Raises StoreError."""
    standing, wrong = verify.packages(store)
    found: list[Delivery] = []
    said: list[Verdict] = []
    for package in standing:
        of_package, delivered = delivery(store, package, wrong)
        found.append(delivered)
        said += of_package
    return found, said, wrong


def delivery(store: Store, package: Standing, wrong: list[str]) -> tuple[tuple[Verdict, ...], Delivery]:
    """The verdicts of a package's report, and what is to be known of it; what is wrong is added to `wrong`."""
    try:
        said = _verdicts(store, package)
    except (ValueError, KeyError, TypeError):
        said = ()
        wrong.append(f"{package.prefix}{packaging.REPORT_KEY}: is no report of the tool")
    return said, _delivery(store, package, said, tuple(_receipts(store, package.prefix, wrong)))


def _verdicts(store: Store, package: Standing) -> tuple[Verdict, ...]:
    if store.head(package.prefix + packaging.REPORT_KEY) is None:
        raise ValueError(package.prefix)
    return verdicts(_json(store, package.prefix + packaging.REPORT_KEY))


def _delivery(
    store: Store, package: Standing, said: tuple[Verdict, ...], receipts: tuple[tuple[str, str, str], ...]
) -> Delivery:
    manifest = package.manifest
    return Delivery(
        store=store.url,
        prefix=package.prefix,
        package=manifest.package,
        title=manifest.title,
        platform=manifest.platform,
        platform_revision=manifest.revision,
        window=manifest.window,
        not_before=manifest.not_before,
        not_after=manifest.not_after,
        judged_at=manifest.judged_at,
        assets=tuple((item.name, item.sha256) for item in said if _left(item, manifest.delivered)),
        receipts=receipts,
    )


def _left(item: Verdict, delivered: frozenset[str]) -> bool:
    """Whether what was judged is in the package: papers that no platform asks for are judged and stay."""
    return item.name != WHOLE and item.sha256 in delivered


def _receipts(store: Store, prefix: str, wrong: list[str]) -> Iterator[tuple[str, str, str]]:
    for found in store.list(RECEIPTS + prefix):
        try:
            body = _json(store, found.key)
            yield found.key, str(body["delivered_at"]), str(body["territory"])
        except (ValueError, KeyError, TypeError):
            wrong.append(f"{found.key}: is no receipt of the tool")


def _json(store: Store, key: str) -> Any:  # noqa: ANN401 -- what another program may have written
    try:
        return strict.loads(small.read(store, strict.key(key)))
    except TooLargeError as error:
        raise ValueError(key) from error


def entries(titles: Iterator[Title], bytes_of: Hash, wrong: list[InputError]) -> Iterator[Entry]:
    """The titles one after the other; one whose history cannot be read is told, and left out."""
    for title in titles:
        try:
            yield entry(title, bytes_of)
        except InputError as error:
            wrong.append(error)
