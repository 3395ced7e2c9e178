"""Samples as the media library takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import av

    from assets.signals.meters import Samples


def frame_of(samples: Samples, rate: int, layout: str) -> av.AudioFrame:
    """A frame of interleaved floats with the samples of a block.

    Interleaved, since the library reads beyond the list of planes of a frame with eight planes or more.
    """
    import av
    import numpy as np

    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T).reshape(1, -1), format="flt", layout=layout)
    frame.sample_rate = rate
    return frame
