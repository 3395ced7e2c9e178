"""A media file that lies in a store alone -> everything it says and is, measured there once."""

from assets.distant.link import Link, Place, Trouble
from assets.distant.renewing import renewable
from assets.errors import StoreError
from assets.measuring import STALL_SECONDS, Measuring
from assets.media import Measured
from assets.title import AssetFile, Away
from assets.worker import run_isolated


def measure_away(file: AssetFile, away: Away, how: Measuring) -> Measured | None:
    """The bytes that a reference of a file is to, from what is kept or measured now.

    None if they are not kept and shall not be measured. Raises assets.worker.WorkerError if they cannot be read to
    their end; StoreError, both with one line, if they cannot be had, or other ones lie there.
    """
    found = how.kept.measured(away.sha256) if how.kept is not None else None
    if found is not None and found.size == away.size:
        return found
    if how.only_kept or how.sources is None:
        return None
    source = how.sources(away)
    if isinstance(source, Link):
        with renewable(source, lambda: _another(how, away)) as link:
            measured = _read(file, link, how)
    else:
        measured = _read(file, source, how)
    if isinstance(measured, Trouble):
        if measured.is_ended:
            how.ended(away)
        raise StoreError(measured.text)
    if how.kept is not None:
        how.kept.keep_away(measured)
    return measured


def _another(how: Measuring, away: Away) -> str:
    """The address of another link. Raises StoreError, UsageError."""
    source = how.sources(away) if how.sources is not None else None
    if not isinstance(source, Link):
        raise StoreError(away.url)
    return source.url


def _read(file: AssetFile, source: Link | Place, how: Measuring) -> Measured | Trouble:
    if not source.size:
        return Trouble(f"{source.shown}: it is empty")
    from assets.distant.measuring import measure_object

    found = run_isolated(
        measure_object,
        source,
        file.name,
        seconds=how.seconds,
        progress=lambda share: how.told(file.name, share),
        stall_seconds=STALL_SECONDS,
    )
    if not isinstance(found, Measured | Trouble):
        raise TypeError(found)
    return found
