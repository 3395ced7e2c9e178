"""The record of one decode: what pictures and sound are, with the times at which they are it.

All times are those of the file's own clock, as `assets.media` gives them. A stretch begins with its first frame or
sample and ends where the next one begins, so that a single frame has the length of a frame. Levels are whole
hundredths, of a decibel or an LU: -2300 is -23.00 LUFS. None stands where there is no level, as in digital silence.

A record holds what was measured, not what is wrong: checks judge it. What could not be measured is in `unmeasured`.
"""

from dataclasses import dataclass

from assets.timing import Time

Level = int
"""Hundredths of a decibel or an LU."""

MEASUREMENT = 1
"""The version of the measurement. Whoever changes what a meter finds adds one: older records are then made anew."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the programme, `[start, end)`."""

    start: Time
    end: Time


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the raster that holds the picture: the rows and columns around it that are black all the time.

    In pixels from each edge.
    """

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Framing:
    """A stretch of pictures with the same box, as long as it holds; `box` is None where all of it is black."""

    start: Time
    end: Time
    box: Box


@dataclass(frozen=True, slots=True)
class CodeRange:
    """The lowest and the highest code of a component, in the component's own bit depth."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Levels:
    """The codes that the pictures use, and the stretches with more than a thousandth of a frame outside legal range.

    `outside` counts Y' below 16 or above 235 and C'B, C'R below 16 or above 240 at 8 bits (ITU-R BT.709-6, digital
    representation; the same shares at greater depth), where a square of four by four is outside by more than three
    codes: what lossy coding overshoots is none. It is empty for full-range pictures. `most_outside_ppm` is the worst
    frame's share, in millionths.
    """

    luma: CodeRange
    chroma: CodeRange | None
    outside: tuple[Stretch, ...]
    most_outside_ppm: int


@dataclass(frozen=True, slots=True)
class Fields:
    """How many pictures look progressive, or woven of two fields in one order or the other, or tell nothing.

    `combed` are the stretches that look woven. `flagged_interlaced` counts pictures that the decoder calls
    interlaced, `flagged_repeat` those that ask for a field to be shown again. `telecine` are stretches where woven
    and whole pictures alternate as 2:3 pull-down makes them.
    """

    progressive: int
    top_first: int
    bottom_first: int
    undecided: int
    flagged_interlaced: int
    flagged_repeat: int
    combed: tuple[Stretch, ...]
    telecine: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Pictures shown again in the middle of motion.

    `at` are single repetitions, as a dropped frame leaves behind. `every` is the number of pictures from one
    repetition to the next where they come regularly, as when 24 pictures a second were made 25, 30 or 60, else 0.
    """

    at: tuple[Time, ...]
    every: int


@dataclass(frozen=True, slots=True)
class DecodeError:
    """What the decoder complained about, `at` the time of the packet in hand, None if it has none."""

    at: Time | None
    text: str


@dataclass(frozen=True, slots=True)
class PictureSignals:
    """What the pictures of one stream are. `stream` is the stream's index in the file.

    `frames` counts decoded pictures. `black` are stretches of black pictures, `frozen` stretches of half a second or
    more without any change that are not black, `bars` colour bars, `cuts` the first picture of each new shot.
    `flashes` are stretches with more than three general flashes in a second: a screening, no test after ITU-R
    BT.1702. `framings` follow each other over everything that is not black. `burnt_in` are stretches where something
    like lettering stands still in the lower or upper part while the picture behind it moves. `gaps` are times without
    a picture, `backwards` the pictures whose time is not after the one before.
    """

    stream: int
    start: Time
    end: Time
    frames: int
    black: tuple[Stretch, ...] = ()
    frozen: tuple[Stretch, ...] = ()
    bars: tuple[Stretch, ...] = ()
    cuts: tuple[Time, ...] = ()
    flashes: tuple[Stretch, ...] = ()
    framings: tuple[Framing, ...] = ()
    levels: Levels | None = None
    fields: Fields | None = None
    repeats: Repeats | None = None
    burnt_in: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    backwards: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelSignals:
    """One channel of a sound. `label` is the loudspeaker (`FL`, `FC`, `LFE`) or a number where the file names none.

    `peak` is the highest sample, `rms` the level over everything. `silent` are stretches of one second or more below
    -60 dBFS, `dropouts` shorter ones, of digital silence in the middle of sound; `clipped` stretches with three or
    more samples in a row at full scale.
    """

    label: str
    peak: Level | None
    rms: Level | None
    silent: tuple[Stretch, ...] = ()
    dropouts: tuple[Stretch, ...] = ()
    clipped: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class PairSignals:
    """Two channels that belong together, by their places among the channels: left and right of stereo.

    `correlation` is that of everything, in thousandths from -1000 to 1000, None if one is silent. `same` are
    stretches of ten seconds or more in which both carry the same signal, `inverted` of one second or more in which
    they are out of phase.
    """

    first: int
    second: int
    correlation: int | None
    same: tuple[Stretch, ...] = ()
    inverted: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Tone:
    """A stretch of a steady tone: a line-up tone, or a hum of the mains (50 or 60 Hz and their multiples)."""

    start: Time
    end: Time
    hertz: int
    level: Level


@dataclass(frozen=True, slots=True)
class Loudness:
    """The loudness of a sound, ITU-R BS.1770 and EBU Tech 3341 and 3342.

    `ungated` is that of BS.1770-1, over everything; `gated` that of BS.1770-4. `speech` is that of the parts in which
    a voice was heard, ungated, and `speech_percent` how much of the programme they are: an estimate, since the
    standard leaves it open how speech is found. `lra` is the loudness range. `momentary` and `short_term` are the
    highest of the curves. `true_peak` is in dBTP, and first reached at `true_peak_at`. `curve` is the short-term
    loudness at the end of each second.
    """

    ungated: Level | None
    gated: Level | None
    speech: Level | None
    speech_percent: int | None
    lra: Level | None
    momentary: Level | None
    short_term: Level | None
    true_peak: Level | None
    curve: tuple[Level | None, ...] = ()
    true_peak_at: Time | None = None


@dataclass(frozen=True, slots=True)
class SoundSignals:
    """What a sound is: one stream, or several streams of one channel that are a sound together.

    `streams` are the streams' indexes in the file. `silence` are stretches of one second or more in which all
    channels are below -60 dBFS, `speech` those in which a voice was heard. `peaks` is the highest sample of each
    second, over all channels, for a picture of the wave. `gaps` are times without samples.
    """

    streams: tuple[int, ...]
    layout: str
    start: Time
    end: Time
    channels: tuple[ChannelSignals, ...]
    silence: tuple[Stretch, ...] = ()
    pairs: tuple[PairSignals, ...] = ()
    tones: tuple[Tone, ...] = ()
    loudness: Loudness | None = None
    speech: tuple[Stretch, ...] | None = None
    peaks: tuple[Level | None, ...] = ()
    gaps: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A signal that could not be measured, by its name in this record, of the stream `stream`, and why."""

    stream: int | None
    signal: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything that one decode of a file told. `version` is that of the measurement, see MEASUREMENT."""

    version: int
    pictures: tuple[PictureSignals, ...]
    sounds: tuple[SoundSignals, ...]
    errors: tuple[DecodeError, ...] = ()
    unmeasured: tuple[Unmeasured, ...] = ()
