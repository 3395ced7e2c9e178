import numpy as np
import pytest
from pictures import RATE, frame, frames_of, measured, pictures

from assets.signals.bars import BarsMeter
from assets.signals.black import BlackMeter
from assets.signals.cuts import CutsMeter
from assets.signals.flashes import FlashMeter
from assets.signals.framing import FramingMeter
from assets.signals.frozen import FrozenMeter
from assets.signals.lettering import LetteringMeter
from assets.signals.levels import LevelsMeter
from assets.signals.meters import Picture, PictureSetting
from assets.signals.model import Box, CodeRange, PictureSignals
from assets.signals.pictures import meters_for
from assets.signals.repeats import RepeatsMeter
from assets.signals.times import TimesMeter

HEIGHT, WIDTH = 360, 640


def scene(seed, size=(HEIGHT, WIDTH + 400)):
    """Something like a photograph: light and dark at all sizes, between Y' 40 and 215."""
    random = np.random.default_rng(seed)
    total = np.zeros(size)
    for step in (9, 25, 73):
        coarse = random.random((size[0] // step + 2, size[1] // step + 2))
        total += smooth(smooth(coarse, step, size[0]).T, step, size[1]).T * step
    total -= total.min()
    return (40 + 175 * total / total.max()).astype(np.uint8)


def smooth(rows, step, length):
    """Rows between rows: so many that the first `length` are given."""
    at = np.arange(length) / step
    first, share = at.astype(int), (at % 1)[:, None]
    return rows[first] * (1 - share) + rows[first + 1] * share


def pan(seed, count, speed=3):
    wide = scene(seed)
    return [wide[:, number * speed : number * speed + WIDTH] for number in range(count)]


def flat(code, count):
    return [np.full((HEIGHT, WIDTH), code, np.uint8)] * count


def boxed(arrays, top=0, left=0):
    out = []
    for luma in arrays:
        copy = np.full_like(luma, 16)
        copy[top : HEIGHT - top, left : WIDTH - left] = luma[top : HEIGHT - top, left : WIDTH - left]
        out.append(copy)
    return out


def cut_frames(arrays):
    return [round(time / frame(1)) for time in measured(CutsMeter(), pictures(arrays))["cuts"]]


def test_black_pictures_are_found_to_the_frame_and_a_night_scene_is_none():
    night = [(16 + (luma.astype(int) - 16) // 10).astype(np.uint8) for luma in pan(1, 10)]
    shown = [*pan(1, 10), *flat(17, 4), *night, *flat(16, 1), *pan(2, 3)]
    assert frames_of(measured(BlackMeter(), pictures(shown))["black"]) == [(10, 14), (24, 25)]


def test_a_small_title_and_a_deep_blue_are_not_black():
    title = np.full((HEIGHT, WIDTH), 16, np.uint8)
    title[200:216, 300:340] = 235
    assert measured(BlackMeter(), pictures([title] * 3))["black"] == ()
    blue = np.full((HEIGHT // 2, WIDTH // 2), 200, np.uint8)
    shown = pictures(flat(20, 3), chroma=lambda _: (blue, blue))
    assert measured(BlackMeter(), shown)["black"] == ()


def test_black_of_full_range_is_code_0():
    assert measured(BlackMeter(), pictures(flat(16, 3), full_range=True))["black"] == ()
    assert frames_of(measured(BlackMeter(), pictures(flat(1, 3), full_range=True))["black"]) == [(0, 3)]


def test_black_in_ten_bits():
    shown = pictures([np.full((HEIGHT, WIDTH), 66, np.uint16)] * 3, depth=10)
    assert frames_of(measured(BlackMeter(), shown)["black"]) == [(0, 3)]


def test_a_freeze_is_found_to_the_frame_and_black_is_none():
    moving = pan(3, 60)
    shown = [*moving[:20], *[moving[20]] * 15, *moving[21:40], *flat(16, 20)]
    assert frames_of(measured(FrozenMeter(), pictures(shown))["frozen"]) == [(20, 35)]


def test_less_than_half_a_second_is_no_freeze():
    moving = pan(3, 60)
    assert measured(FrozenMeter(), pictures([*moving[:20], *[moving[20]] * 12, *moving[21:40]]))["frozen"] == ()


def test_grain_and_moving_lips_are_no_freeze():
    still = pan(4, 1)[0]
    random = np.random.default_rng(1)
    grain = [(still + random.normal(0, 2, still.shape)).clip(0, 255).astype(np.uint8) for _ in range(30)]
    assert measured(FrozenMeter(), pictures(grain))["frozen"] == ()
    lips = [still.copy() for _ in range(30)]
    for number, luma in enumerate(lips):
        luma[200:220, 300:340] = 60 + 40 * (number // 2 % 3)
    assert measured(FrozenMeter(), pictures(lips))["frozen"] == ()


def test_hard_cuts_are_found_to_the_frame():
    assert cut_frames([*pan(1, 20), *pan(2, 20), *pan(3, 5)[:1] * 12, *pan(4, 20, speed=5)]) == [20, 40, 52]


def test_cuts_to_and_from_black_and_between_dark_shots():
    dark = [[(16 + (luma.astype(int) - 16) // 8).astype(np.uint8) for luma in pan(seed, 20)] for seed in (5, 6)]
    assert cut_frames([*dark[0], *dark[1]]) == [20]
    assert cut_frames([*pan(1, 20), *flat(16, 20), *pan(2, 20)]) == [20, 40]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_flash_or_a_black_frame_is_no_cut(length):
    for code in (16, 235):
        shown = pan(1, 50)
        shown[25 : 25 + length] = flat(code, length)
        assert cut_frames(shown) == []


def test_fades_dissolves_pans_light_and_noise_are_no_cuts():
    one, other = pan(1, 40), pan(2, 40)
    mix = [(a * (1 - n / 39) + b * (n / 39)).astype(np.uint8) for n, (a, b) in enumerate(zip(one, other, strict=True))]
    assert cut_frames(mix) == []
    assert cut_frames(pan(1, 20, speed=20)) == []
    assert cut_frames([(luma * 0.4).astype(np.uint8) + 10 if n < 20 else luma for n, luma in enumerate(one)]) == []
    random = np.random.default_rng(2)
    assert cut_frames([random.integers(16, 236, (HEIGHT, WIDTH)).astype(np.uint8) for _ in range(30)]) == []


def framings(arrays):
    return [(*frames_of([f])[0], f.box) for f in measured(FramingMeter(), pictures(arrays))["framings"]]


def test_a_letterbox_begins_and_a_pillarbox_follows():
    moving = pan(1, 75)
    shown = [*moving[:25], *boxed(moving[25:50], top=45), *boxed(moving[50:], left=80)]
    assert framings(shown) == [(0, 25, Box(0, 0, 0, 0)), (25, 50, Box(0, 45, 0, 45)), (50, 75, Box(80, 0, 80, 0))]


def test_a_dark_beginning_and_black_between_are_no_new_framing():
    moving = pan(1, 60)
    dark = [luma.copy() for luma in moving[:20]]
    for luma in dark:
        luma[:150] = 16
    shown = [*flat(16, 5), *dark, *moving[20:40], *flat(16, 10), *moving[40:]]
    assert framings(shown) == [(5, 75, Box(0, 0, 0, 0))]


def test_subtitles_in_the_lower_bar_leave_the_box_as_it_is():
    shown = boxed(pan(1, 50), top=45)
    for luma in shown[10:40]:
        luma[330:345, 220:420:6] = 235
    assert framings(shown) == [(0, 50, Box(0, 45, 0, 45))]


def test_levels_outside_legal_range_are_found_to_the_frame():
    shown = [luma.copy() for luma in pan(1, 30)]
    for luma in shown[10:20]:
        luma[100:140, 100:200] = 250
    shown[25][100:140, 100:200] = 4
    levels = measured(LevelsMeter(), pictures(shown))["levels"]
    assert frames_of(levels.outside) == [(10, 20), (25, 26)]
    assert levels.luma == CodeRange(4, 250)
    assert levels.chroma == CodeRange(128, 128)
    assert levels.most_outside_ppm == pytest.approx(1_000_000 * 40 * 100 / (HEIGHT * WIDTH), rel=0.25)
    assert measured(LevelsMeter(), pictures(shown, full_range=True))["levels"].outside == ()


def test_overshoot_at_edges_is_not_outside():
    shown = [luma.copy() for luma in pan(1, 5)]
    for luma in shown:
        luma[:, ::20] = 250
        luma[::20] = 8
    assert measured(LevelsMeter(), pictures(shown))["levels"].outside == ()


def test_chroma_outside_legal_range_in_ten_bits():
    good, bad = (np.full((HEIGHT // 2, WIDTH // 2), code, np.uint16) for code in (512, 1010))
    luma = [np.full((HEIGHT, WIDTH), 400, np.uint16)] * 20
    shown = pictures(luma, depth=10, chroma=lambda n: (good, bad if 5 <= n < 9 else good))
    levels = measured(LevelsMeter(), shown)["levels"]
    assert frames_of(levels.outside) == [(5, 9)]
    assert levels.chroma == CodeRange(512, 1010)


def test_a_single_repeated_picture_in_motion():
    moving = pan(1, 60)
    shown = [*moving[:30], moving[29], *moving[30:]]
    repeats = measured(RepeatsMeter(), pictures(shown))["repeats"]
    assert repeats.at == (frame(30),)
    assert repeats.every == 0


@pytest.mark.parametrize(("rate", "every"), [(25, 25), (30, 5), (60, 2), (48, 2)])
def test_a_conversion_from_24_pictures_repeats_regularly(rate, every):
    moving = pan(1, 130)
    shown = [moving[number * 24 // rate] for number in range(130)]
    repeats = measured(RepeatsMeter(), pictures(shown))["repeats"]
    assert repeats.every == every
    assert repeats.at == ()


def test_clean_motion_a_still_and_a_start_repeat_nothing():
    moving = pan(1, 60)
    for shown in (moving, [moving[0]] * 40, [*[moving[0]] * 30, *moving, *[moving[-1]] * 30]):
        repeats = measured(RepeatsMeter(), pictures(shown))["repeats"]
        assert (repeats.at, repeats.every) == ((), 0)


def test_flashes_of_more_than_three_in_a_second():
    def shown(hertz):
        return [np.full((HEIGHT, WIDTH), 200 if n * hertz * 2 // 25 % 2 else 40, np.uint8) for n in range(75)]

    assert measured(FlashMeter(), pictures(shown(3)))["flashes"] == ()
    (stretch,) = measured(FlashMeter(), pictures(shown(5)))["flashes"]
    assert (stretch.start, stretch.end) == (frame(3), frame(73))


def test_flashes_on_a_small_area_of_bright_pictures_or_in_noise_are_none():
    small, bright = [], []
    random = np.random.default_rng(3)
    noise = [random.integers(16, 236, (HEIGHT, WIDTH)).astype(np.uint8) for _ in range(40)]
    for number in range(75):
        luma = np.full((HEIGHT, WIDTH), 60, np.uint8)
        luma[:90, :320] = 200 if number // 2 % 2 else 40
        small.append(luma)
        bright.append(np.full((HEIGHT, WIDTH), 235 if number // 2 % 2 else 220, np.uint8))
    for shown in (small, bright, noise, pan(1, 60)):
        assert measured(FlashMeter(), pictures(shown))["flashes"] == ()


BARS_75 = {"luma": (180, 162, 131, 112, 84, 65, 35), "cb": (128, 44, 156, 72, 184, 100, 212)}
BARS_75_CR = (128, 142, 44, 58, 198, 212, 114)


@pytest.mark.parametrize(("first", "last", "bars"), [(0, 1, 7), (0.125, 0.875, 7), (0, 7 / 8, 7)])
def test_bars_of_three_layouts_are_found_and_their_reverse_is_none(first, last, bars):
    def stripes(codes, height, width):
        columns = ((np.arange(width) / width - first) / (last - first) * bars).astype(int).clip(0, bars - 1)
        return np.tile(np.array(codes, np.uint8)[columns], (height, 1))

    luma = stripes(BARS_75["luma"], HEIGHT, WIDTH)
    colours = [stripes(codes, HEIGHT // 2, WIDTH // 2) for codes in (BARS_75["cb"], BARS_75_CR)]
    grey = np.full_like(colours[0], 128)
    shown = [*pan(1, 5), *[luma] * 10, *pan(2, 5)]
    found = measured(BarsMeter(), pictures(shown, chroma=lambda n: colours if 5 <= n < 15 else (grey, grey)))
    assert frames_of(found["bars"]) == [(5, 15)]
    assert measured(BarsMeter(), pictures([luma[:, ::-1]] * 3, chroma=lambda _: colours))["bars"] == ()
    assert measured(BarsMeter(), pictures([luma] * 3))["bars"] == ()


def lettered(arrays, rows):
    out = []
    for luma in arrays:
        copy = luma.copy()
        copy[rows, 160:480] = np.where(np.arange(320) // 6 % 2, 235, 16)
        out.append(copy)
    return out


def test_lettering_over_motion_is_found_to_the_frame():
    moving = pan(1, 90, speed=4)
    shown = [*moving[:30], *lettered(moving[30:70], slice(290, 315)), *moving[70:]]
    assert frames_of(measured(LetteringMeter(), pictures(shown))["burnt_in"]) == [(30, 70)]
    assert measured(LetteringMeter(), pictures(moving))["burnt_in"] == ()


def test_lettering_on_a_still_and_a_roll_of_credits_are_none():
    assert measured(LetteringMeter(), pictures(lettered(pan(1, 1) * 50, slice(290, 315))))["burnt_in"] == ()
    roll = [lettered(flat(16, 1), slice(340 - 4 * n, 360 - 4 * n))[0] for n in range(80)]
    assert measured(LetteringMeter(), pictures(roll))["burnt_in"] == ()


def test_times_find_a_gap_and_a_step_back():
    shown = list(pictures(pan(1, 10)))
    gap = [*shown[:3], *shown[5:]]
    assert frames_of(measured(TimesMeter(), gap)["gaps"]) == [(3, 5)]
    back = [*shown[:5], shown[2], *shown[5:]]
    found = measured(TimesMeter(), back)
    assert found["backwards"] == (frame(2),)
    assert (found["frames"], found["start"], found["end"]) == (11, 0, frame(10))


def test_all_meters_give_all_fields_and_bear_any_stream():
    tiny = [np.full((size, size), 100 + size % 100, np.uint8) for size in (2, 2, 16, 16, 48, 360)]
    luma_only = [
        Picture(frame(n), frame(n + 1), (a,), 8, False, a[::4, ::4], False, False, False) for n, a in enumerate(tiny)
    ]
    for shown in ([], luma_only):
        found = {}
        for meter in meters_for(PictureSetting(WIDTH, HEIGHT, RATE)):
            found |= measured(meter, shown)
        signals = PictureSignals(stream=0, **found)
        assert signals.frames == len(shown)
