"""Tones: which are the hum of the mains, and which are not."""

from assets.signals.model import Tone

MAINS = (50, 60)
"""Hertz of alternating current: 50 in Europe and the east of Japan, 60 in Korea, America and the west of Japan."""

_HIGHEST_HUM = 360
_DRIFT = 2


def is_hum(tone: Tone) -> bool:
    """Whether a tone is one of the first multiples of the mains; 400 and 440 Hz are line-up tones."""
    return tone.hertz <= _HIGHEST_HUM and any(
        abs(tone.hertz - mains * max(1, round(tone.hertz / mains))) <= _DRIFT for mains in MAINS
    )
