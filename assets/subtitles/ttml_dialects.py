"""The dialects of TTML that are written: what each holds, and what stands before the body."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from assets.errors import UsageError
from assets.subtitles.format import Feature, Target
from assets.timing import DROP_FRAME_RATES, rate_text

_NAMESPACES = {
    "": "http://www.w3.org/ns/ttml",
    "ttp": "http://www.w3.org/ns/ttml#parameter",
    "tts": "http://www.w3.org/ns/ttml#styling",
    "ttm": "http://www.w3.org/ns/ttml#metadata",
    "itts": "http://www.w3.org/ns/ttml/profile/imsc1#styling",
    "ebutts": "urn:ebu:tt:style",
    "ebuttm": "urn:ebu:tt:metadata",
}
_PLAIN = frozenset({Feature.ITALIC, Feature.BOLD, Feature.UNDERLINE, Feature.COLOUR, Feature.TOP, Feature.ID})
_RICH = _PLAIN | {
    *(Feature.BACKGROUND, Feature.FONT, Feature.LANGUAGE, Feature.SPEAKER),
    *(Feature.PLACE, Feature.ALIGN, Feature.VERTICAL),
}
_JAPANESE = {Feature.RUBY, Feature.EMPHASIS, Feature.COMBINE, Feature.SLANT, Feature.FORCED}
_ITUNES_RATES = (
    *(Fraction(nominal * 1000, thousandths) for nominal in (24, 30, 60) for thousandths in (1000, 1001)),
    *(Fraction(25), Fraction(50)),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect: `prefixes` of its namespaces, the attributes of its root, its metadata, and its base style.

    `frames` is set if its times are timecode; `rows_align` if it has the alignment of rows among themselves;
    `identified` if each paragraph needs an id.
    """

    id: str
    name: str
    suffix: str
    holds: frozenset[Feature]
    prefixes: tuple[str, ...]
    base: str
    parameters: Callable[[Target], Iterable[str]]
    metadata: Callable[[Target], Iterable[str]]
    frames: bool = False
    rows_align: bool = True
    identified: bool = False

    def root(self, target: Target) -> str:
        """The start tag of the root element."""
        names = [f'xmlns{":" + name if name else ""}="{_NAMESPACES[name]}"' for name in self.prefixes]
        language = html.escape(" ".join(target.language.split()))
        given = [*names, f'xml:lang="{language}"', 'xml:space="preserve"', *self.parameters(target)]
        return "<tt " + "\n    ".join(given) + ">"


def nominal_rate(rate: Fraction) -> tuple[int, str]:
    """A frame rate as the whole number of frames that its labels count, and the multiplier that makes it exact."""
    nominal = round(rate) or 1
    multiplier = rate / nominal
    return nominal, f"{multiplier.numerator} {multiplier.denominator}"


def _media(profile: str, target: Target) -> Iterator[str]:
    yield profile
    yield 'ttp:timeBase="media"'
    if target.frame_rate:
        nominal, multiplier = nominal_rate(target.frame_rate)
        yield f'ttp:frameRate="{nominal}" ttp:frameRateMultiplier="{multiplier}"'


def _imsc(target: Target) -> Iterator[str]:
    return _media('ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text"', target)


def _ttml1(target: Target) -> Iterator[str]:
    return _media('ttp:profile="http://www.w3.org/ns/ttml/profile/dfxp-full"', target)


def _ebu(_target: Target) -> Iterator[str]:
    yield 'ttp:timeBase="media" ttp:cellResolution="32 15"'


def _ebu_metadata(target: Target) -> Iterator[str]:
    """EBU Tech 3380, 3.2.3: times are of the media, so the frame rate is said of the making only."""
    yield "<ebuttm:documentMetadata>"
    yield "<ebuttm:conformsToStandard>urn:ebu:tt:distribution:2014-01</ebuttm:conformsToStandard>"
    if target.frame_rate:
        nominal, multiplier = nominal_rate(target.frame_rate)
        yield f"<ebuttm:authoredFrameRate>{nominal}</ebuttm:authoredFrameRate>"
        yield f"<ebuttm:authoredFrameRateMultiplier>{multiplier}</ebuttm:authoredFrameRateMultiplier>"
    yield "</ebuttm:documentMetadata>"


def _itunes(target: Target) -> Iterator[str]:
    rate = itunes_rate(target)
    nominal, _ = nominal_rate(rate)
    yield 'ttp:timeBase="smpte"'
    yield f'ttp:frameRate="{nominal}" ttp:frameRateMultiplier="{"1 1" if rate == nominal else "999 1000"}"'
    yield f'ttp:dropMode="{"dropNTSC" if target.drop else "nonDrop"}"'


def itunes_rate(target: Target) -> Fraction:
    """The frame rate of an iTunes Timed Text document. Raises UsageError if there is none that it can have."""
    allowed = ", ".join(rate_text(rate) for rate in sorted(_ITUNES_RATES))
    if target.frame_rate not in _ITUNES_RATES:
        found = f"not {rate_text(target.frame_rate)}" if target.frame_rate else "none is given"
        raise UsageError(f"iTunes Timed Text needs a frame rate, and {found}; allowed are {allowed}")
    if target.drop and target.frame_rate not in DROP_FRAME_RATES:
        raise UsageError(f"drop-frame timecode at {rate_text(target.frame_rate)}; it exists at 29.97 and 59.94 alone")
    return target.frame_rate


def _nothing(_target: Target) -> tuple[str, ...]:
    return ()


IMSC = Dialect(
    id="imsc1.1",
    name="IMSC 1.1 text",
    suffix="ttml",
    holds=_RICH | _JAPANESE,
    prefixes=("", "ttp", "tts", "ttm", "itts", "ebutts"),
    base='tts:fontFamily="proportionalSansSerif" tts:fontSize="100%"',
    parameters=_imsc,
    metadata=_nothing,
)
TTML1 = Dialect(
    id="ttml1",
    name="TTML1 (DFXP)",
    suffix="dfxp",
    holds=_RICH,
    prefixes=("", "ttp", "tts", "ttm"),
    base='tts:fontFamily="proportionalSansSerif" tts:fontSize="100%"',
    parameters=_ttml1,
    metadata=_nothing,
    rows_align=False,
)
EBU_TT_D = Dialect(
    id="ebu-tt-d",
    name="EBU-TT-D",
    suffix="xml",
    holds=_RICH,
    prefixes=("", "ttp", "tts", "ttm", "ebutts", "ebuttm"),
    base='tts:fontFamily="proportionalSansSerif" tts:fontSize="100%"',
    parameters=_ebu,
    metadata=_ebu_metadata,
    identified=True,
)
ITUNES = Dialect(
    id="itt",
    name="iTunes Timed Text",
    suffix="itt",
    holds=_PLAIN,
    prefixes=("", "ttp", "tts", "ttm"),
    base='tts:fontFamily="sansSerif" tts:fontSize="100%" tts:color="white"',
    parameters=_itunes,
    metadata=_nothing,
    frames=True,
    rows_align=False,
)

XML_NAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")
"""What an xml:id may be (NCName), as far as letters and digits go."""
