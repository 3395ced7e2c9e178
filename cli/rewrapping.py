"""What `rewrap` does between its options and the makers."""

from collections.abc import Iterator
from pathlib import Path

from assets.making.rewrapped import container_of, rewrap
from assets.making.rewrapped import left_out as streams_left_out
from assets.making.source import How, Source, constant_rate
from assets.making.trimmed import Trim, trim, whole_frames
from cli import judgement
from cli.making import require_container


def require(out: Path, platform_name: str | None, catalogue_dir: Path | None) -> None:
    """Raises UsageError for a container that is not written, or that the named platform does not take."""
    container = container_of(out)
    if platform_name is not None:
        catalogue = judgement.catalogue(catalogue_dir, required=False)
        require_container(judgement.platform_of(catalogue, platform_name), container)


def write(source: Source, out: Path, times: tuple[str | None, str | None], how: How) -> None:
    """Rewrap a master, and trim it if one of the times is more than nothing."""
    amount = _frames(source, times)
    if amount.head or amount.tail:
        trim(source, out, amount, how)
    else:
        rewrap(source, out, how)


def _frames(source: Source, times: tuple[str | None, str | None]) -> Trim:
    from assets.subtitles.retiming import parse_time

    if times == (None, None):
        return Trim(0, 0)  # a picture without a constant rate can be rewrapped as well
    rate = constant_rate(source)
    head, tail = (whole_frames(parse_time(time, rate), rate, time) if time else 0 for time in times)
    return Trim(head, tail)


def left_out(source: Source) -> Iterator[str]:
    """One line for each stream that did not come along."""
    for stream in streams_left_out(source):
        language = f" ({stream.language})" if stream.language else ""
        yield f"left out: {stream.kind} stream {stream.index}, {stream.codec}{language}"
