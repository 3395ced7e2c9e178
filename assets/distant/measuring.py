"""A media file that lies in a store -> everything it says and is, decoded where it is read, and never copied to a disk.

It is measured like a file that lies here (`assets.measuring`): in one pass, in a process of its own.
"""

from assets import digest, worker
from assets.distant.link import Link, LinkError, Place, Trouble
from assets.distant.ranged_file import RangedFile
from assets.media import Measured
from assets.probe import open_stream
from assets.signals.one_pass import measure_here, measured


def measure_object(source: Link | Place, name: str) -> Measured | Trouble:
    """An object, which would be called `name` here, measured in this process.

    Trouble is why it could not be read, or that it has other bytes than it should. Raises what the media library
    raises over the bytes that it should have.
    """
    try:
        return _linked(source, name) if isinstance(source, Link) else _placed(source)
    except LinkError as error:
        return error.trouble


def _linked(link: Link, name: str) -> Measured:
    with RangedFile(link, name) as file:
        try:
            with open_stream(file, link.size) as media:
                found = measured(media, file)
        except Exception:
            _require(file.result(lambda: worker.tell(1.0))[0], link)  # only then is it a fault of the film
            raise
        _require(found.sha256, link)
        return found


def _placed(place: Place) -> Measured:
    try:
        size = place.path.stat().st_size
    except OSError as error:
        raise LinkError(Trouble(f"{place.shown}: cannot be read: {error.strerror}")) from error
    if size != place.size:
        raise LinkError(Trouble(f"{place.shown}: it has {size} bytes, and away.toml says {place.size}"))
    try:
        found = measure_here(str(place.path))
    except Exception:
        _require(digest.sha256_file(place.path), place)
        raise
    _require(found.sha256, place)
    return found


def _require(sha256: str, source: Link | Place) -> None:
    """Raises LinkError for the digest of other bytes than the promised ones."""
    if sha256 != source.sha256:
        raise LinkError(
            Trouble(f"{source.shown}: its bytes are not those that away.toml says: their SHA-256 is {sha256}")
        )
