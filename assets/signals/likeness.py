"""Whether two pictures show the same things: by the structure of their blocks, wherever these moved a little."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture

    Thumb = NDArray[np.float32]
    Blocks = NDArray[np.float32]

_ROWS = 36
_COLUMNS = 64
_BLOCK = 8
_REACH = 4
_LEAST_SPREAD = 2.0
_FAINT = 0.03
_LIGHT_REACH = 0.8
_OTHER_LIGHT = 6.0


def thumb_of(picture: Picture) -> Thumb:
    """A picture as 36 rows of 64 means, in 8-bit codes. Averages, so that grain and coding vanish."""
    import numpy as np

    small = picture.small
    rows, columns = (max(1, size // count) for size, count in zip(small.shape, (_ROWS, _COLUMNS), strict=True))
    height, width = min(_ROWS, small.shape[0]), min(_COLUMNS, small.shape[1])
    cut = small[: height * rows, : width * columns]
    sums = cut.reshape(height, rows, width * columns).sum(axis=1, dtype=np.uint16)
    means: Thumb = sums.reshape(height, width, columns).sum(axis=2, dtype=np.uint32) / np.float32(rows * columns)
    return means


def change_of(one: Thumb, other: Thumb) -> float:
    """The mean absolute difference, in 8-bit codes."""
    import numpy as np

    return float(np.abs(one - other).mean())


def unlikeness(one: Thumb, other: Thumb) -> float:
    """How much of `other` nothing near its place in `one` is like: 0 to 1.

    Both are brought to the same mean and contrast first, so that more or less light changes nothing. Two pictures
    without any structure are unlike if their light is.
    """
    import numpy as np

    spreads = float(one.std()), float(other.std())
    light = abs(float(one.mean()) - float(other.mean()))
    if max(spreads) < _LEAST_SPREAD or min(one.shape) < _BLOCK + 2 * _REACH:
        return float(light > _OTHER_LIGHT)
    first, second = (
        (thumb - thumb.mean()) / max(spread, _LEAST_SPREAD) for thumb, spread in zip((one, other), spreads, strict=True)
    )
    here = _blocks(second[_REACH:-_REACH, _REACH:-_REACH])
    best = _fits(here, _windows(first, here.shape[:2])).max(axis=(2, 3))
    return float(1.0 - np.clip(best, 0.0, 1.0).mean())


def _blocks(thumb: Thumb) -> Blocks:
    """A picture as rows and columns of blocks."""
    height, width = (size // _BLOCK for size in thumb.shape)
    cut = thumb[: height * _BLOCK, : width * _BLOCK]
    return cut.reshape(height, _BLOCK, width, _BLOCK).swapaxes(1, 2)


def _windows(thumb: Thumb, shape: tuple[int, ...]) -> Blocks:
    """For each block all windows of its size about its place, by displacement down and across."""
    import numpy as np

    every = np.lib.stride_tricks.sliding_window_view(thumb, (_BLOCK, _BLOCK))
    places = np.lib.stride_tricks.sliding_window_view(every, (2 * _REACH + 1, 2 * _REACH + 1), axis=(0, 1))
    at = places[::_BLOCK, ::_BLOCK][: shape[0], : shape[1]]
    return at.transpose(0, 1, 4, 5, 2, 3)


def _fits(here: Blocks, there: Blocks) -> Blocks:
    """How well each block fits each window: covariance over variance, as in SSIM, less what their light differs."""
    import numpy as np

    our_mean, their_mean = here.mean(axis=(2, 3)), there.mean(axis=(4, 5))
    ours = here - our_mean[:, :, None, None]
    theirs = there - their_mean[..., None, None]
    covariance = np.einsum("ijkl,ijmnkl->ijmn", ours, theirs) / _BLOCK**2
    variance = (ours**2).mean(axis=(2, 3))[:, :, None, None] + (theirs**2).mean(axis=(4, 5))
    light = 1.0 - np.abs(our_mean[:, :, None, None] - their_mean) / _LIGHT_REACH
    fits: Blocks = np.clip(light, 0.0, 1.0) * (2 * covariance + _FAINT) / (variance + _FAINT)
    return fits
