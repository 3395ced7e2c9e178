"""Measured sound: loudness by platform and country, the places of findings, and any sound at all."""

from dataclasses import replace
from functools import cache

import builders_media
import pytest
import sound_signals
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assets import platform, territory
from assets.media import Master
from assets.signals.model import ChannelSignals, Loudness, PairSignals, SoundSignals, Stretch, Tone
from assets.timing import from_ms, from_seconds
from checks import core, suites
from checks.audio.loudness import LoudnessLimits
from checks.audio.true_peak import TruePeak
from checks.core import NotChecked, Severity
from checks.stretches import length_text, overlap


def _master(**case):
    return sound_signals.with_sound(builders_media.master(case), case)


@cache
def _suite(platform_id):
    return {item.check.name: item for item in suites.suite(platform.load(platform_id))}


def _selected(platform_id, name):
    return _suite(platform_id)[name]


def _judged(platform_id, name, asked=None, **loudness):
    territories = territory.parse(asked) if asked else None
    master = _master(sound={"loudness": loudness})
    return [item.severity for item in core.run_one(_selected(platform_id, name), master, territories)]


WARNING, ERROR = [Severity.WARNING], [Severity.ERROR]


@pytest.mark.parametrize(
    ("asked", "gated", "expected"),
    [
        ("FR", -23.5, []),
        ("FR,GB,CH", -24.0, WARNING),
        ("EU", -24.1, ERROR),
        ("US", -24.1, []),
        ("US,CA", -26.0, []),
        ("US", -21.9, ERROR),
        ("KR", -22.0, []),
        ("KR", -26.1, WARNING),
        ("JP", -25.0, []),
        ("JP", -25.1, ERROR),
        ("worldwide", -23.5, []),
        ("KR,JP", -26.0, WARNING),
        ("BR", -26.1, ERROR),
        (None, -25.0, []),
        (None, -22.0, WARNING),
        (None, -21.9, ERROR),  # no country takes it
    ],
)
def test_a_broadcaster_is_judged_by_the_rule_of_its_country(asked, gated, expected):
    assert _judged("freetv", "audio/loudness", asked, gated=gated) == expected
    assert _judged("paytv", "audio/loudness", asked, gated=gated) == expected


@pytest.mark.parametrize(("asked", "expected"), [("DE", []), ("US", ERROR), ("KR", [])])
def test_the_true_peak_of_a_broadcaster_too(asked, expected):
    assert _judged("freetv", "audio/true-peak", asked, true_peak=-1.5) == expected


def test_streaming_is_judged_by_speech_and_only_where_the_figure_is_public_with_an_error():
    loud = {"speech": -20.0, "gated": -18.0}
    assert _judged("svod", "audio/loudness", **loud) == ERROR
    for name in ("ott", "avod", "fvod", "educational", "non-theatrical"):
        assert _judged(name, "audio/loudness", **loud) == WARNING
    assert "audio/loudness" not in platform.load("est").checks


def test_the_source_is_that_of_the_country():
    [finding] = core.run_one(
        _selected("freetv", "audio/loudness"), _master(sound={"loudness": {"gated": -12.0}}), territory.parse("JP")
    )
    assert finding.source.startswith("ARIB TR-B32")
    assert (finding.measured, finding.allowed) == ("-12.0", "-24.0 ±1.0 LUFS")


def test_a_finding_is_where_the_fault_is():
    master = _master(sound={"silence": [["100", "160"]], "gaps": [["7", "8"]]})
    check = _selected("svod", "audio/silence-inside")
    [finding] = core.run_one(check, master)
    assert (finding.at.label, finding.at.start, finding.at.end) == (
        "audio stream 0",
        from_ms(100_000),
        from_ms(160_000),
    )
    [finding] = core.run_one(_selected("svod", "audio/gap"), master)
    assert (finding.at.start, finding.at.end) == (from_ms(7000), from_ms(8000))
    for told, start in (("1234.5", from_ms(1_234_500)), ("none", None)):
        loud = _master(sound={"loudness": {"true_peak": -0.5, "true_peak_at": told}})
        [finding] = core.run_one(_selected("svod", "audio/true-peak"), loud)
        assert (finding.at.label, finding.at.start, finding.at.end) == ("audio stream 0", start, None)


def test_many_findings_end_with_one_that_counts_and_spans_the_others():
    torn = [[str(second), f"{second}.02"] for second in range(100, 5000)]
    master = _master(sound={"channels": [{"label": "FL", "dropouts": torn}, {"label": "FR"}]})
    found = list(core.run_one(_selected("svod", "audio/dropout"), master))
    assert len(found) == 11
    assert found[-1].measured == "4890"
    assert (found[-1].at.start, found[-1].at.end) == (from_ms(110_000), from_ms(4_999_020))


def test_overlap_and_lengths():
    others = [Stretch(0, 10), Stretch(20, 30), Stretch(40, 50)]
    assert [overlap(Stretch(*span), others) for span in ((5, 45), (10, 20), (25, 26), (50, 60))] == [20, 0, 1, 0]
    assert overlap(Stretch(0, 100), []) == 0
    lengths = (0, from_ms(999), from_ms(1000), from_ms(12_500), from_seconds(5040))
    assert [length_text(time) for time in lengths] == ["0 ms", "999 ms", "1 s", "12.5 s", "84 min"]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"measure": "gated", "target": -23.0, "tolerance": 1.0, "qc_tolerance": 0.5}, "narrower than tolerance"),
        ({"measure": "speech", "target": -27.0, "tolerance": 2.0}, "fallback is missing"),
        ({"measure": "gated", "target": "-23", "tolerance": 1.0}, "is no level"),
        ({"measure": "gated", "target": -23.005, "tolerance": 1.0}, "finer than a hundredth"),
        ({"measure": "dialogue", "target": -23.0, "tolerance": 1.0}, "'gated', 'ungated' or 'speech'"),
    ],
)
def test_wrong_limits_are_refused(limits, said):
    with pytest.raises(ValidationError, match=said):
        LoudnessLimits.model_validate(limits)


def test_wrong_limits_of_peaks_are_refused():
    with pytest.raises(ValidationError, match="lower than max"):
        TruePeak.model_validate({"max": -1.0, "qc_max": -2.0})


LEVELS = st.none() | st.integers(-12_000, 600)
STRETCHES = st.lists(st.integers(0, 5_040_000), max_size=8, unique=True).map(
    lambda times: tuple(
        Stretch(from_ms(start), from_ms(end))
        for start, end in zip(sorted(times)[::2], sorted(times)[1::2], strict=False)
    )
)
LABELS = st.sampled_from(["FL", "FR", "FC", "LFE", "SL", "BR", "1", "NONE", ""])
CHANNELS = st.builds(ChannelSignals, LABELS, LEVELS, LEVELS, STRETCHES, STRETCHES, STRETCHES)
TONES = st.builds(
    lambda stretch, hertz, level: tuple(Tone(part.start, part.end, hertz, level) for part in stretch),
    STRETCHES,
    st.integers(1, 20_000),
    st.integers(-9000, 0),
)
LOUDNESS = st.builds(
    Loudness,
    *(LEVELS, LEVELS, LEVELS, st.none() | st.integers(0, 100), LEVELS, LEVELS, LEVELS, LEVELS),
    true_peak_at=st.none() | st.integers(0, from_seconds(5040)),
)
PAIRS = st.builds(PairSignals, st.just(0), st.just(1), st.none(), STRETCHES, STRETCHES)
SOUNDS = st.builds(
    SoundSignals,
    streams=st.just((1,)),
    layout=st.sampled_from(["stereo", "5.1(side)", "2 channels"]),
    start=st.just(0),
    end=st.sampled_from([0, from_seconds(5040)]),
    channels=st.lists(CHANNELS, min_size=2, max_size=8).map(tuple),
    silence=STRETCHES,
    pairs=st.lists(PAIRS, max_size=2).map(tuple),
    tones=TONES,
    loudness=st.none() | LOUDNESS,
    gaps=STRETCHES,
)
SUITES = [
    item
    for name in ("svod", "freetv", "est")
    for item in _suite(name).values()
    if item.check.on is Master and item.check.family == "audio"
]


@settings(max_examples=60, deadline=None)
@given(SOUNDS, st.sampled_from([None, "KR", "JP", "US", "FR", "worldwide"]))
def test_any_sound_is_judged_or_said_to_be_unchecked(sound, asked):
    made = _master()
    master = replace(made, signals=replace(made.signals, sounds=(sound,)))
    territories = territory.parse(asked) if asked else None
    for selected in SUITES:
        for result in core.run_one(selected, master, territories):
            assert result.check == selected.check.name
            assert isinstance(result, NotChecked) or result.message
