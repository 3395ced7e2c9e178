"""Planted faults of sound are found where they are, and nothing is found in sound without a fault."""

import numpy as np
import pytest
from sounds import FRAME, RATE, SURROUND, close, measured, music, noise, seconds_of, sine, stereo, times, voices

from assets.signals.channels import ChannelMeter
from assets.signals.silence import PeakMeter, SilenceMeter
from assets.signals.tones import ToneMeter


def at(seconds):
    return round(seconds * RATE)


def film(seconds=12, seed=1):
    """A stereo mix: music that is wide, voices in the middle, the air of a room."""
    first, second = music(seconds, seed=seed), music(seconds, seed=seed + 1)
    voice = voices([(1, 4), (6, seconds - 1)], seconds)
    air = stereo(noise(seconds, -70, 1), noise(seconds, -70, 2))
    return stereo(0.7 * first + 0.3 * second + voice, 0.3 * first + 0.7 * second + voice) + air


def sixteen_bits(samples):
    return np.round(np.clip(samples, -1, 1) * 32767) / 32768


def assert_nothing(found):
    for channel in found["channels"]:
        assert (channel.dropouts, channel.clipped) == ((), ())
    assert found["tones"] == ()
    assert found["silence"] == ()
    for pair in found["pairs"]:
        assert (pair.same, pair.inverted) == ((), ())


def test_a_mix_has_no_fault():
    found = measured(film())
    assert_nothing(found)
    assert all(channel.silent == () for channel in found["channels"])
    assert "unmeasured" not in found


@pytest.mark.parametrize(
    "chord",
    [(220, 277.18, 329.63), (440, 554.37, 659.26), (49, 98, 147), (98, 196, 293.66), (246.94, 493.88), (1000, 1250)],
    ids=str,
)
def test_a_chord_is_no_tone(chord):
    parts = [stereo(sine(hertz, 4, -26), sine(hertz, 4, -26, phase=37 * hertz)) for hertz in chord]
    assert measured(sum(parts), meters=[ToneMeter]) == {"tones": ()}


@pytest.mark.parametrize(
    "sound",
    [
        0.1 * np.sin(2 * np.pi * 440 * times(6) + 0.6 * np.sin(2 * np.pi * 5.5 * times(6))),
        sine(440, 6) * np.exp(-times(6)),
        sine(1000, 6) + noise(6, -35),
        voices([(0.5, 5.5)], 6),
        sine(1000, 1.8),
        sine(1080, 6),
    ],
    ids=["vibrato", "a bell", "under noise", "a voice", "a beep", "another frequency"],
)
def test_what_moves_or_is_not_alone_is_no_tone(sound):
    assert measured(sound, meters=[ToneMeter]) == {"tones": ()}


def test_stereo_noise_has_no_fault():
    assert_nothing(measured(stereo(noise(12), noise(12, seed=5))))


def test_surround_with_a_silent_lfe_has_only_that():
    left, right = film()
    found = measured(np.stack([left, right, voices([(1, 11)], 12), 0 * left, 0.3 * left, 0.2 * right[::-1]]))
    lfe = found["channels"][3]
    assert (lfe.label, lfe.peak, lfe.rms) == ("LFE", None, None)
    assert seconds_of(lfe.silent) == [(0, 12)]
    assert [channel.label for channel in found["channels"]] == list(SURROUND)
    assert [(pair.first, pair.second) for pair in found["pairs"]] == [(0, 1), (4, 5)]
    assert_nothing(found)


def test_pauses_between_words_are_no_dropouts():
    sound = voices([(0.5 + second, 1.2 + second) for second in range(10)], 12)
    fade = np.minimum(1, np.abs(sound) * 400) ** 2
    [channel] = measured(sixteen_bits(sound * fade), meters=[ChannelMeter])["channels"]
    assert channel.dropouts == ()


@pytest.mark.parametrize("rate", [RATE, 44_100])
def test_dropouts_are_found_to_the_sample(rate):
    sound = sixteen_bits(stereo(music(8, rate=rate) + noise(8, -60, 3, rate), music(8, seed=2, rate=rate)))
    holes = [(round(start * rate), round(end * rate)) for start, end in [(2.003, 2.006), (3.95, 4.45), (6.0, 6.9)]]
    for start, end in holes:
        sound[0, start:end] = 0
    left, right = measured(sound, rate=rate, start=10)["channels"]
    expected = [(10 + start / rate, 10 + end / rate) for start, end in holes]
    assert close(left.dropouts, expected, within=1.5 / rate)
    assert right.dropouts == ()
    assert left.silent == ()


def test_silence_is_found_to_the_sample():
    sound = film()
    sound[:, at(3.0123) : at(4.5)] = 0.0005 * np.sign(sound[:, at(3.0123) : at(4.5)])
    sound[1, at(8) : at(10)] = 0
    found = measured(sound)
    assert close(found["silence"], [(3.0123, 4.5)], within=0.001)
    assert close(found["channels"][0].silent, [(3.0123, 4.5)], within=0.001)
    assert close(found["channels"][1].silent, [(3.0123, 4.5), (8, 10)], within=0.001)


def test_a_second_is_needed_for_silence_and_a_file_may_be_all_silent():
    sound = np.concatenate((noise(1), np.zeros(at(0.99)), noise(1)))
    assert measured(sound, meters=[SilenceMeter])["silence"] == ()
    found = measured(np.zeros((2, at(5))))
    assert seconds_of(found["silence"]) == [(0, 5)]
    assert found["peaks"] == (None,) * 5
    assert found["pairs"][0].correlation is None
    assert (found["loudness"].gated, found["loudness"].true_peak, found["loudness"].speech) == (None, None, None)


def test_clipping_is_found_where_the_wave_stays_at_full_scale():
    sound = sine(400, 6, -6)
    sound[at(2) : at(2.5)] = np.clip(4 * sound[at(2) : at(2.5)], -1, 32767 / 32768)
    [channel] = measured(sound, meters=[ChannelMeter])["channels"]
    assert close(channel.clipped, [(2, 2.5)], within=0.002)
    assert channel.peak == 0
    [touching] = measured(sine(1000, 6, 0), meters=[ChannelMeter])["channels"]
    assert (touching.clipped, touching.peak) == ((), 0)


def test_levels_of_a_channel():
    [channel] = measured(sine(1000, 3, -20), meters=[ChannelMeter])["channels"]
    assert (channel.peak, channel.rms) == (-2000, -2301)


def test_dual_mono_is_found_from_where_to_where():
    sound = film(26)
    sound[1, at(5.01) : at(18.02)] = sound[0, at(5.01) : at(18.02)]
    [pair] = measured(sound)["pairs"]
    assert close(pair.same, [(5.01, 18.02)])
    assert 900 < pair.correlation < 1000
    assert measured(stereo(sine(300, 3), sine(300, 3)))["pairs"][0].same == (), "ten seconds are needed"


def test_a_phase_that_is_inverted_is_found_from_where_to_where():
    sound = film()
    sound[1, at(3.33) : at(5.55)] *= -1
    [pair] = measured(sound)["pairs"]
    assert close(pair.inverted, [(3.33, 5.55)], within=0.08), "the mix is wide: its cells are not all alike"
    middle = stereo(voices([(0.2, 11.5)], 12), voices([(0.2, 11.5)], 12)) + noise(12, -70)
    middle[1, at(3.33) : at(5.55)] *= -1
    assert close(measured(middle)["pairs"][0].inverted, [(3.33, 5.55)])
    all_of_it = measured(stereo(sine(300, 3), -sine(300, 3)))["pairs"][0]
    assert (all_of_it.correlation, seconds_of(all_of_it.inverted)) == (-1000, [(0, 3)])


@pytest.mark.parametrize("hertz", [400, 440, 997, 1000])
def test_a_line_up_tone_is_found_with_its_level(hertz):
    sound = film()
    sound[:, at(4.21) : at(7.9)] = sine(hertz, 12, -18)[at(4.21) : at(7.9)]
    [tone] = measured(sound, meters=[ToneMeter])["tones"]
    assert close([tone], [(4.21, 7.9)])
    assert tone.hertz == hertz
    assert abs(tone.level + 1800) <= 5


def test_a_tone_of_one_channel_and_at_the_ends_of_a_file():
    sound = stereo(sine(1000, 6, -18), noise(6, -30))
    [tone] = measured(sound, meters=[ToneMeter])["tones"]
    assert seconds_of([tone]) == [(0, 6)]
    cut = measured(np.concatenate((np.zeros(at(1.23)), sine(1000, 4.44, -9))), meters=[ToneMeter])["tones"]
    assert close(cut, [(1.23, 5.67)])


@pytest.mark.parametrize("mains", [50, 60])
def test_the_hum_of_the_mains_is_found_in_a_pause(mains):
    hum = sum(sine(mains * number, 12, -50 - 5 * number) for number in (1, 2, 3, 4)) + noise(12, -78)
    sound = stereo(hum, hum) + film() * ((times(12) < 3.3) | (times(12) >= 8.8))
    [tone] = measured(sound, meters=[ToneMeter])["tones"]
    assert close([tone], [(3.3, 8.8)], within=2 * FRAME)
    assert tone.hertz == mains


def test_peaks_of_each_second():
    sound = np.concatenate((sine(300, 1, -6), sine(300, 1, -20), sine(300, 0.5, -40)))
    assert measured(stereo(sound, 0.1 * sound), meters=[PeakMeter])["peaks"] == (-600, -2000, -4000)


def test_what_is_no_number_is_no_sound():
    sound = stereo(music(3), music(3, seed=4))
    sound[0, 1000], sound[1, 2000], sound[0, at(2)] = np.nan, np.inf, -1e30
    found = measured(sound)
    assert found["channels"][0].peak == 6000
    assert found["loudness"].gated is not None


def test_no_samples_at_all():
    found = measured(np.zeros((2, 0)))
    assert found["unmeasured"] == [("loudness", "there are no samples")]
    assert found["peaks"] == ()
    assert [channel.peak for channel in found["channels"]] == [None, None]
