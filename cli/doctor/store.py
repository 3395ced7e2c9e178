"""The store that packages go to: whether it answers, knows us, agrees on the time and keeps conditions."""

import os
from collections.abc import Iterator

from assets.errors import StoreError
from cli.diagnosis import Answer, Question, fail, ok, warn
from cli.render.words import count_text, size_text
from storage.stores import Store, diagnosis, open_store

ORDER = 60
SECONDS = 45.0
_STORE_FAILED = 4
_NOBODY = "_doctor/"
"""A prefix that nothing lies below: to list it asks for the right to list, and reads nothing."""

_SKEW_SECONDS = 5
_REFUSED_SECONDS = 15 * 60
"""From this difference on S3 refuses what is signed."""

_SMALL_BYTES = 1 << 30


def probe(question: Question) -> Iterator[Answer]:
    """The store that is named, otherwise that of the catalogue; none outside of any."""
    catalogue = question.catalogue
    if catalogue is None:
        if question.store is not None:
            so = "`--store` needs a catalogue, whose settings say how stores are spoken to; name it with --catalogue"
            yield fail("store", "there is no catalogue here", so)
        return
    store = open_store(question.store or catalogue.config.store, catalogue)
    address = diagnosis.endpoint(store)
    yield from _folder(store) if address is None else _server(store, address)


def _folder(store: Store) -> Iterator[Answer]:
    try:
        found = diagnosis.room(store)
        next(store.list(_NOBODY), None)
    except StoreError as error:
        yield fail("store", str(error), "give the folder to this user, or name another with `store` or --store", 4)
        return
    yield ok("store", store.url)
    if found is not None:
        free = f"{size_text(found[1])} free"
        small = "free space, or name another store: packages are as large as their masters"
        yield warn("room", free, small) if found[1] < _SMALL_BYTES else ok("room", free)


def _server(store: Store, address: str) -> Iterator[Answer]:
    where = f"{store.url} at {address}"
    try:
        diagnosis.require_answer(address)
    except StoreError as error:
        yield fail("store", f"{where}: {error}", "see `endpoint` in releaseprint.toml and the network", _STORE_FAILED)
        return
    with diagnosis.heard(store) as heard:
        try:
            next(store.list(_NOBODY), None)
        except StoreError as error:
            so = "mend what is named, then run `releaseprint doctor` again"
            yield fail("store", str(error), so, _STORE_FAILED)
        else:
            yield ok("store", where)
    yield _credentials(signed=heard.is_signed)
    yield _clock(heard.ahead_seconds)
    yield _conditions(store)


def _credentials(*, signed: bool) -> Answer:
    """Whether credentials were found, and by which way; never what they are."""
    if not signed:
        so = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile; run `aws sso login` if it signs in there"
        return fail("credentials", "none were found", so, _STORE_FAILED)
    if os.environ.get("AWS_ACCESS_KEY_ID"):
        return ok("credentials", "found in the environment")
    return ok("credentials", "found in the AWS configuration, or given by the machine")


def _clock(ahead: int | None) -> Answer:
    if ahead is None:
        return warn("store's clock", "the store did not tell its time", "see that its answers have a Date header")
    apart = f"{count_text(abs(ahead), 'second')} {'before' if ahead > 0 else 'behind'} ours"
    if abs(ahead) >= _REFUSED_SECONDS:
        return fail("store's clock", apart, "set the clock of this machine: S3 refuses what is signed", _STORE_FAILED)
    if abs(ahead) > _SKEW_SECONDS:
        return warn("store's clock", apart, "have this machine set its clock by the network (NTP)")
    return ok("store's clock", apart if abs(ahead) > 1 else "as ours")  # a Date header has whole seconds


def _conditions(store: Store) -> Answer:
    kept = diagnosis.conditional_writes(store)
    if kept is None:
        so = "run `releaseprint store test` once, and write conditional_writes = true or false into releaseprint.toml"
        return warn("conditional writes", "not known; each run tries them first", so)
    found = "kept" if kept else "not kept; a lease takes their place, for some ten seconds a write"
    return ok("conditional writes", found)
