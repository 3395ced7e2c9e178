"""Measured sound for the cases of checks of sound: good stereo of 84 minutes, with what a case says otherwise.

    sound = { loudness = { gated = -23.4 }, silence = [["0", "12"]] }     # or a list of tables, one for each sound
    sound = { channels = [{ label = "FL" }, { label = "FR", silent = [["10", "20"]] }] }
    sound = { same = [["0", "5040"]], inverted = [] }                     # of the first two channels
    unmeasured = [{ signal = "loudness", reason = "…", stream = 1 }]
    not_measured = "why nothing was decoded"

Levels are in dB or LU, `"none"` where there is none; times are text in seconds, a stretch is `[start, end]`. Sound
number n is stream n + 1 of the file, or `streams`.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assets.signals.model import (
    MEASUREMENT,
    ChannelSignals,
    Loudness,
    PairSignals,
    Signals,
    SoundSignals,
    Stretch,
    Tone,
    Unmeasured,
)
from assets.timing import from_seconds

LENGTH = "5040"
LOUDNESS = {
    "ungated": -24.1,
    "gated": -23.4,
    "speech": -25.0,
    "speech_percent": 62,
    "lra": 9.0,
    "momentary": -14.0,
    "short_term": -16.0,
    "true_peak": -3.0,
    "true_peak_at": "60",
}
STEREO = [{"label": "FL"}, {"label": "FR"}]
SOUND = {"streams", "layout", "start", "end", "channels", "silence", "same", "inverted", "tones", "loudness", "gaps"}


def with_sound(master, case):
    """The master with its sound measured as the case says."""
    if "not_measured" in case:
        return replace(master, not_measured=case["not_measured"])
    tables = case.get("sound", {})
    tables = tables if isinstance(tables, list) else [tables]
    unmeasured = tuple(
        Unmeasured(item.get("stream"), item["signal"], item["reason"]) for item in case.get("unmeasured", [])
    )
    sounds = tuple(_sound(number, table) for number, table in enumerate(tables))
    return replace(master, signals=Signals(MEASUREMENT, (), sounds, unmeasured=unmeasured))


def _sound(number, table):
    if unknown := table.keys() - SOUND:
        raise ValueError(f"a case sets {', '.join(sorted(unknown))}, which a sound does not have")
    channels = tuple(_channel(item) for item in table.get("channels", STEREO))
    loudness = table.get("loudness", {})
    return SoundSignals(
        streams=tuple(table.get("streams", [number + 1])),
        layout=table.get("layout", "stereo"),
        start=_time(table.get("start", "0")),
        end=_time(table.get("end", LENGTH)),
        channels=channels,
        silence=_stretches(table, "silence"),
        pairs=(PairSignals(0, 1, 400, _stretches(table, "same"), _stretches(table, "inverted")),)
        if channels[1:]
        else (),
        tones=tuple(
            Tone(_time(t["start"]), _time(t["end"]), t["hertz"], _level(t["level"])) for t in table.get("tones", [])
        ),
        loudness=None if loudness == "none" else _loudness(loudness),
        gaps=_stretches(table, "gaps"),
    )


def _channel(item):
    return ChannelSignals(
        item["label"],
        _level(item.get("peak", -6.0)),
        _level(item.get("rms", -26.0)),
        _stretches(item, "silent"),
        _stretches(item, "dropouts"),
        _stretches(item, "clipped"),
    )


def _loudness(changes):
    if unknown := changes.keys() - LOUDNESS.keys():
        raise ValueError(f"a case sets {', '.join(sorted(unknown))}, which loudness does not have")
    merged = {**LOUDNESS, **changes}
    percent, at = merged.pop("speech_percent"), merged.pop("true_peak_at")
    levels = {name: _level(value) for name, value in merged.items()}
    return Loudness(
        **levels,
        speech_percent=None if percent == "none" else percent,
        true_peak_at=None if "none" in {at, merged["true_peak"]} else _time(at),
    )


def _level(value):
    return None if value == "none" else int(Decimal(str(value)) * 100)


def _stretches(table, name):
    return tuple(Stretch(_time(start), _time(end)) for start, end in table.get(name, []))


def _time(text):
    return from_seconds(Fraction(text))
