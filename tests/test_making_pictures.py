"""Pictures of sound as SVG, from measured records alone."""

import re

import pytest
from lxml import etree

from assets.making.pictures import curves_svg
from assets.signals.model import Loudness, SoundSignals
from assets.timing import TICKS_PER_SECOND

pytestmark = pytest.mark.usefixtures("read_here")

SVG = "{http://www.w3.org/2000/svg}"


def sound(seconds=10, peak=-600, curve=-2300, gated=-2300, layout="stereo"):
    levels = tuple([curve] * seconds)
    loudness = Loudness(-2300, gated, None, None, 610, -1800, -1900, -120, levels)
    return SoundSignals(
        (1,), layout, 0, seconds * TICKS_PER_SECOND, (), loudness=loudness, peaks=tuple([peak] * seconds)
    )


def drawn(*sounds, name="film"):
    return etree.fromstring(curves_svg(name, sounds).encode())


def paths(picture, kind):
    return [path.get("d") for path in picture.iter(f"{SVG}path") if path.get("class") == kind]


def numbers(path):
    return [tuple(map(float, point.split(","))) for point in re.findall(r"[\d.]+,[\d.]+", path)]


def test_the_wave_and_the_curve_of_each_sound_are_there():
    picture = drawn(sound(), sound(layout="5.1(side)"))
    assert len(paths(picture, "wave")) == len(paths(picture, "curve")) == len(paths(picture, "whole")) == 2
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert "audio 0, stereo: -23.0 LUFS, range 6.1 LU, true peak -1.2 dBTP, lasts 00:00:10.000" in texts
    assert "00:00:05" in texts


def test_a_louder_second_is_higher():
    def height(level):
        ys = [y for _, y in numbers(paths(drawn(sound(peak=level)), "wave")[0])]
        return max(ys) - min(ys)

    assert height(0) == pytest.approx(140)
    assert height(-600) == pytest.approx(70.2, abs=0.3)
    assert height(None) == 0

    def y(level):
        return numbers(paths(drawn(sound(curve=level)), "curve")[0])[0][1]

    assert y(-1000) < y(-2300) < y(-5900) <= y(-6000) == y(-7000)


def test_silence_interrupts_the_curve():
    silent = sound(9)
    curve = (-2000, -2000, -2000, None, None, -2500, -2500, None, -2300)
    loudness = Loudness(None, None, None, None, None, None, None, None, curve)
    pieces = paths(drawn(SoundSignals((1,), "mono", 0, silent.end, (), loudness=loudness, peaks=silent.peaks)), "curve")
    assert [len(numbers(piece)) for piece in pieces] == [3, 2, 1]


def test_a_long_film_is_no_bigger_than_can_be_seen_and_keeps_its_peaks():
    peaks = [-4000] * 20_000
    peaks[12_345] = 0
    curve = tuple([-2300] * 20_000)
    loudness = Loudness(None, -2300, None, None, None, None, None, None, curve)
    long = SoundSignals((1,), "stereo", 0, 20_000 * TICKS_PER_SECOND, (), loudness=loudness, peaks=tuple(peaks))
    text = curves_svg("film", [long])
    assert len(text) < 150_000
    ys = [y for _, y in numbers(paths(etree.fromstring(text.encode()), "wave")[0])]
    assert max(ys) - min(ys) == pytest.approx(140)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "]]>&amp;\"'", "\x00\x1b\ufffe\u202eab", "김일성의 아이들 – 金日成"]
)
def test_a_name_is_text_and_nothing_else(name):
    picture = drawn(sound(layout="<b>&"), name=name)
    assert not list(picture.iter(f"{SVG}script"))
    shown = "".join(char for char in name if char not in "\x00\x1b\ufffe\u202e")
    assert picture.find(f"{SVG}title").text == shown


def test_what_was_not_measured_is_said():
    picture = drawn(SoundSignals((1,), "mono", 0, TICKS_PER_SECOND, (), peaks=(-600,)))
    assert any("loudness not measured" in (text.text or "") for text in picture.iter(f"{SVG}text"))
    assert not paths(picture, "curve")


def test_no_sound_is_an_empty_picture():
    assert not paths(drawn(), "wave")


def test_it_is_read_by_day_and_by_night():
    style = drawn(sound()).find(f"{SVG}style").text
    assert "prefers-color-scheme: dark" in style
