"""Loudness, true peak and speech: against the signals of EBU Tech 3341 and 3342, and against ffmpeg's own meter."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest
from ebu_signals import LOUDNESS, RANGES, TRUE_PEAKS, joined_tones
from sounds import RATE, measured, music, noise, seconds_of, sine, stereo, voices

from assets.signals.loudness import LoudnessMeter
from assets.timing import TICKS_PER_SECOND, from_seconds, to_seconds


def loudness(samples, labels=None, rate=RATE, start=0.0):
    return measured(samples, labels, rate, start, meters=[lambda setting: LoudnessMeter(setting, tuple)])["loudness"]


@pytest.mark.parametrize(("case", "samples", "expected"), LOUDNESS, ids=[str(case) for case, _, _ in LOUDNESS])
def test_tech_3341_loudness(case, samples, expected):
    found = loudness(samples())
    assert abs(found.gated - expected) <= 10, case
    if case in {1, 2}:
        assert abs(found.momentary - expected) <= 10
        assert abs(found.short_term - expected) <= 10
        assert found.curve == (None, None) + (found.short_term,) * (len(found.curve) - 2)


@pytest.mark.parametrize(("case", "samples", "expected"), TRUE_PEAKS, ids=[str(case) for case, _, _ in TRUE_PEAKS])
def test_tech_3341_true_peak(case, samples, expected):
    found = loudness(samples())
    assert -40 <= found.true_peak - expected <= 20, case


@pytest.mark.parametrize("rate", [32_000, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize(("level", "channel"), [(0.9, 1), (-0.9, 0)], ids=["up, right", "down, left"])
def test_the_time_of_the_true_peak_is_that_of_its_sample(rate, level, channel):
    samples = 0.01 * stereo(noise(3, rate=rate), noise(3, seed=2, rate=rate))
    place = round(1.2345 * rate)
    samples[channel, place] = level
    found = loudness(samples, rate=rate, start=7.5)
    expected = 7.5 + place / rate
    assert abs(float(to_seconds(found.true_peak_at)) - expected) < 0.5 / rate


def test_the_first_of_equal_true_peaks_counts_and_silence_has_none():
    samples = np.zeros((2, 3 * RATE))
    samples[1, [RATE // 2, 2 * RATE]] = 0.5
    assert loudness(samples).true_peak_at == TICKS_PER_SECOND // 2
    samples[0, -1] = 0.6
    late = loudness(samples).true_peak_at
    assert from_seconds(3) - from_seconds(2) // RATE <= late < from_seconds(3)
    assert loudness(np.zeros((2, RATE))).true_peak_at is None


@pytest.mark.parametrize(("case", "levels", "expected"), RANGES, ids=[str(case) for case, _, _ in RANGES])
def test_tech_3342_range(case, levels, expected):
    found = loudness(joined_tones([(level, 20) for level in levels]))
    assert abs(found.lra - expected) <= 100, case


def reference(samples, layout, rate=RATE):
    """The last lines of ffmpeg's ebur128: I, LRA and true peak, to a tenth."""
    command = ["-hide_banner", "-f", "f32le", "-ar", str(rate), "-ch_layout", layout, "-i", "-"]
    done = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), *command, "-af", "ebur128=peak=true", "-f", "null", "-"],
        input=np.ascontiguousarray(samples.T, dtype="<f4").tobytes(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    summary = done.stderr.decode()[done.stderr.decode().rindex("Summary:") :]
    return [float(re.search(rf"{name}:\s+(\S+)", summary)[1]) for name in ("I", "LRA", "Peak")]


def mix():
    left, right, voice = music(12), music(12, seed=2), voices([(1, 4), (6, 11)], 12)
    return np.stack([left, right, voice, 0.5 * right, 0.3 * left, 0.4 * right[::-1]])


@pytest.mark.parametrize(
    ("samples", "layout", "labels", "rate"),
    [
        (lambda: mix()[:2], "stereo", None, RATE),
        (lambda: mix()[2], "mono", None, RATE),
        (lambda: mix()[:2] * 0.03, "stereo", None, RATE),
        (mix, "5.1(side)", None, RATE),
        (mix, "5.1", ("FL", "FR", "FC", "LFE", "BL", "BR"), RATE),
        (lambda: mix()[:2], "stereo", None, 44_100),
        (lambda: stereo(noise(5, rate=96_000), noise(5, seed=8, rate=96_000)), "stereo", None, 96_000),
    ],
    ids=["stereo", "mono", "quiet", "5.1 side", "5.1 back", "44.1 kHz", "96 kHz"],
)
def test_the_same_as_ffmpeg(samples, layout, labels, rate):
    samples = np.atleast_2d(samples())
    found = loudness(samples, labels, rate)
    gated, loudness_range, true_peak = reference(samples, layout, rate)
    assert abs(found.gated / 100 - gated) <= 0.1
    assert abs(found.lra / 100 - loudness_range) <= 0.1
    assert abs(found.true_peak / 100 - true_peak) <= 0.2


def test_channels_are_weighed_by_their_names_whatever_their_order():
    plain = mix()
    order = [2, 5, 0, 4, 1, 3]
    labels = ("FL", "FR", "FC", "LFE", "SL", "SR")
    found = loudness(plain[order], tuple(labels[place] for place in order))
    assert found == loudness(plain, labels)


@pytest.mark.parametrize(("label", "weight"), [("FL", 0), ("SL", 1.49), ("BL", 0), ("BC", 0), ("TFL", 0)], ids=str)
def test_in_7_1_the_sides_weigh_more_and_the_back_does_not(label, weight):
    labels = tuple(dict.fromkeys(("FR", "SR", "LFE", "SL", label)))
    samples = np.stack([sine(1000, 4, -20) if name == label else np.zeros(4 * RATE) for name in labels])
    alone = loudness(sine(1000, 4, -20)).gated
    assert abs(loudness(samples, labels).gated - alone - 100 * weight) <= 2


def test_the_lfe_is_not_heard_but_its_peak_counts():
    samples = np.stack([sine(1000, 4, -20)] * 2 + [sine(60, 4, -1)])
    found = loudness(samples, ("FL", "FR", "LFE"))
    assert found.gated == loudness(samples[:2]).gated
    assert abs(found.true_peak + 100) <= 2


def test_dual_mono_measures_three_more_than_mono():
    tone = sine(1000, 4, -20)
    assert abs(loudness(stereo(tone, tone)).gated - loudness(tone).gated - 301) <= 1


def test_channels_without_names_are_told_and_not_guessed():
    found = measured(np.stack([music(2)] * 8), labels=tuple("12345678"))
    assert "loudness" not in found
    [(signal, reason)] = found["unmeasured"]
    assert signal == "loudness"
    assert "its 8 channels" in reason
    assert loudness(stereo(music(2), music(2)), ("1", "2")) == loudness(stereo(music(2), music(2)))


def test_eight_and_more_channels_with_names():
    labels = ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR", "TFL", "TFR", "TBL", "TBR")
    for _ in range(3):
        found = loudness(np.stack([music(3)] * len(labels)), labels)
        assert found.gated > loudness(music(3)).gated + 900


def test_ungated_counts_what_the_gate_leaves_out():
    found = loudness(joined_tones([(-20, 10), (-120, 10)]))
    assert abs(found.gated + 2000) <= 20
    assert abs(found.ungated + 2301) <= 20


def test_speech_has_a_loudness_of_its_own():
    voice = voices([(2, 8), (10, 16)], 20, -12) + noise(20, -65)
    quiet = measured(stereo(voice, voice))
    loud = measured(stereo(voice, voice) + stereo(*[sine(1000, 20, -10) * (np.arange(20 * RATE) >= 18 * RATE)] * 2))
    assert [round(start) for start, _ in seconds_of(quiet["speech"])] == [2, 10]
    assert 55 <= quiet["loudness"].speech_percent <= 65
    assert abs(quiet["loudness"].speech - loud["loudness"].speech) <= 10
    assert loud["loudness"].ungated - quiet["loudness"].ungated > 100
    assert quiet["loudness"].speech - quiet["loudness"].ungated > 150


def test_dialogue_is_heard_in_the_centre():
    voice = voices([(2, 8)], 10, -20)
    loud = music(10, -1)
    found = measured(np.stack([loud, loud, voice, loud, loud, loud]))
    assert [round(start) for start, _ in seconds_of(found["speech"])] == [2]
