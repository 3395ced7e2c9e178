"""One pass over real media: pictures and sound as meters see them, holes, damage, and the digest beside it."""

import hashlib
import itertools
import subprocess
from fractions import Fraction

import av
import numpy as np
import pytest

from assets import encode, timing
from assets.probe import MediaError
from assets.signals import hashing
from assets.signals.decoded import Blocks, Pictures
from assets.signals.hashing import CHUNK, HashBeside
from assets.signals.one_pass import measure_here
from assets.signals.together import sounds_of
from assets.sounds import sounds_of as sounds_told

MOTION = "testsrc2=s=320x180:r=25:d=1"


def make(path, *arguments):
    command = [encode.bundled(), "-v", "error", "-nostdin", "-y", *arguments, str(path)]
    subprocess.run(command, check=True)
    return path


def film(path, *options, picture=MOTION, sound="sine=f=440:r=48000:d=1"):
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    return make(path, *inputs, "-c:v", "libx264", "-c:a", "pcm_s16le", *options)


def pictures_of(path):
    """Starts, ends and whether still, copied while the planes are valid."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        maker = Pictures(stream, Fraction(stream.average_rate))
        for frame in container.decode(stream):
            yield from maker.of(frame)
        yield from maker.last()


def blocks_of(path, drop=()):
    with av.open(path) as container:
        stream = container.streams.audio[0]
        maker = Blocks(stream, None)
        found = []
        for number, frame in enumerate(container.decode(stream)):
            if number not in drop:
                found += maker.of(frame)
        return [*found, *maker.last()], maker


@pytest.mark.parametrize("rate", ["24000/1001", "25", "60000/1001"])
def test_pictures_follow_each_other_exactly(tmp_path, rate):
    path = film(tmp_path / "a.mov", picture=f"testsrc2=s=320x180:r={rate}:d=1")
    spans = [(picture.start, picture.end) for picture in pictures_of(path)]
    assert spans == [
        (timing.from_frames(number, Fraction(rate)), timing.from_frames(number + 1, Fraction(rate)))
        for number in range(len(spans))
    ]


def test_a_time_base_that_rounds_leaves_no_hole(tmp_path):
    path = film(tmp_path / "a.mkv", picture="testsrc2=s=320x180:r=24000/1001:d=1")
    spans = [(picture.start, picture.end) for picture in pictures_of(path)]
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))


def test_a_variable_rate_is_no_pull_down(tmp_path):
    path = film(tmp_path / "a.mp4", "-vf", "select='lt(n,5)+not(mod(n,3))'", "-fps_mode", "vfr", "-an")
    assert not any(picture.repeat for picture in pictures_of(path))


class Flagged:
    """A stream of 29.97 whose pictures last two fields and three by turns, as pull-down flags make a decoder say."""

    time_base = Fraction(1, 60_000)
    base_rate = Fraction(30_000, 1001)


def test_three_fields_ask_for_one_again():
    maker = Pictures(Flagged, Fraction(24_000, 1001))
    found, now = [], 0
    for number in range(8):
        frame = av.VideoFrame(32, 32, "yuv420p")
        frame.pts, frame.duration = now, 2002 + 1001 * (number % 2)
        now += frame.duration
        found += maker.of(frame)
    assert [picture.repeat for picture in [*found, *maker.last()]] == [False, True] * 4


def test_a_hole_is_nobody_s_picture(tmp_path):
    path = film(tmp_path / "a.mkv", "-vf", "select='not(between(n,10,14))'", "-fps_mode", "passthrough", "-an")
    spans = [(picture.start, picture.end) for picture in pictures_of(path)]
    frame = timing.from_frames(1, Fraction(25))
    assert spans[9] == (9 * frame, 10 * frame)
    assert spans[10][0] == 15 * frame


@pytest.mark.parametrize(
    ("pixels", "codec", "planes", "depth"),
    [
        ("yuv420p", "ffv1", 3, 8),
        ("yuv422p10le", "ffv1", 3, 10),
        ("yuva444p10le", "ffv1", 3, 10),
        ("gray", "ffv1", 1, 8),
        ("gray10le", "ffv1", 1, 10),
        ("yuyv422", "rawvideo", 3, 8),
        ("gbrp10le", "ffv1", 3, 10),
        ("rgb24", "rawvideo", 3, 8),
        ("nv12", "rawvideo", 3, 8),
    ],
)
def test_planes_of_every_kind_of_pixels(tmp_path, pixels, codec, planes, depth):
    container = "a.avi" if codec == "rawvideo" and pixels != "nv12" else "a.mkv"
    path = make(tmp_path / container, "-f", "lavfi", "-i", MOTION, "-pix_fmt", pixels, "-c:v", codec)
    for picture in pictures_of(path):
        assert (len(picture.planes), picture.depth) == (planes, depth)
        assert picture.planes[0].shape == (180, 320)
        assert picture.small.shape == (45, 80)
        assert picture.small.dtype == np.uint8
        assert picture.planes[0].max() < 1 << depth
        assert (
            abs(int(picture.small.astype(int).mean()) - (picture.planes[0].astype(int).mean() / 2 ** (depth - 8))) < 6
        )


def test_the_same_picture_again_is_still_to_the_pixel(tmp_path):
    # From the fifth picture on one pixel differs in one picture, where `small` does not look.
    picture = "color=gray:s=320x180:r=25:d=1,format=gray,geq=lum='128+64*eq(N,5)*eq(X,1)*eq(Y,1)'"
    path = make(tmp_path / "a.mkv", "-f", "lavfi", "-i", picture, "-c:v", "ffv1")
    still = [picture.still for picture in pictures_of(path)]
    assert [number for number, same in enumerate(still) if not same] == [0, 5, 6]


def test_sound_comes_in_tenths_of_a_second(tmp_path):
    blocks, maker = blocks_of(film(tmp_path / "a.mov", sound="sine=f=440:r=48000:d=0.95"))
    assert [block.samples.shape for block in blocks] == [(1, 4800)] * 9 + [(1, 2400)]
    assert [block.start for block in blocks] == [timing.from_ms(100 * number) for number in range(10)]
    assert maker.end == timing.from_ms(950)
    assert maker.gaps == []


def test_a_hole_in_the_sound_is_silence_and_told(tmp_path):
    path = film(tmp_path / "a.mov", sound="sine=f=440:r=48000:d=1,asetnsamples=4800")
    with av.open(path) as container:
        sizes = [frame.samples for frame in container.decode(audio=0)]
    blocks, maker = blocks_of(path, drop={2, 3})
    begin, end = sum(sizes[:2]), sum(sizes[:4])
    samples = np.concatenate([block.samples for block in blocks], axis=1)[0]
    assert maker.gaps == [tuple(timing.from_seconds(Fraction(edge, 48_000)) for edge in (begin, end))]
    assert len(samples) == 48_000
    assert np.count_nonzero(samples[begin:end]) == 0
    assert np.count_nonzero(samples[:begin]) > begin * 0.9


def test_everything_of_one_file(tmp_path):
    path = film(tmp_path / "a.mov", "-map", "0:v", "-map", "1:a", "-map", "1:a", "-metadata:s:a:0", "language=kor")
    found = measure_here(str(path))
    (picture,) = found.signals.pictures
    assert (picture.frames, picture.start, picture.end) == (25, 0, timing.TICKS_PER_SECOND)
    assert [sound.streams for sound in found.signals.sounds] == [(1,), (2,)]
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.size == path.stat().st_size
    assert found.info.video[0].frames == 25
    assert found.signals.errors == ()


@pytest.mark.parametrize("layout", ["mono", "5.1", "7.1", "hexadecagonal"])
def test_every_channel_is_heard(tmp_path, layout):
    count = av.AudioLayout(layout).nb_channels
    waves = "|".join(f"{(number + 1) / 100}*sin(880*PI*t)" for number in range(count))
    path = make(tmp_path / "a.wav", "-f", "lavfi", "-i", f"aevalsrc='{waves}':s=48000:d=1:c={layout}")
    blocks, _ = blocks_of(path)
    peaks = [max(abs(block.samples[number]).max() for block in blocks) for number in range(count)]
    assert peaks == pytest.approx([(number + 1) / 100 for number in range(count)], rel=0.02)


@pytest.mark.parametrize(
    ("count", "sounds"),
    [
        (1, [((1,), "mono")]),
        (2, [((1, 2), "stereo")]),
        (3, [((1,), "mono"), ((2,), "mono"), ((3,), "mono")]),
        (6, [((1, 2, 3, 4, 5, 6), "5.1")]),
        (8, [((1, 2, 3, 4, 5, 6), "5.1"), ((7, 8), "stereo")]),
    ],
)
def test_streams_of_one_channel_are_one_sound_where_their_number_says_so(tmp_path, count, sounds):
    path = film(tmp_path / "a.mov", "-map", "0:v", *["-map", "1:a"] * count)
    measured = measure_here(str(path))
    found, streams = measured.signals.sounds, measured.info.audio
    assert [(sound.streams, sound.layout) for sound in found] == sounds
    told = sounds_told(streams)
    assert [(tuple(streams[number].index for number in sound.numbers), sound.layout) for sound in told] == sounds
    assert all(len(sound.channels) == len(sound.streams) for sound in found)


def test_languages_part_streams_of_one_channel(tmp_path):
    tags = ["-metadata:s:a:0", "language=kor", "-metadata:s:a:1", "language=eng"]
    with av.open(film(tmp_path / "a.mov", "-map", "0:v", "-map", "1:a", "-map", "1:a", *tags)) as container:
        assert [group.streams for group in sounds_of(container.streams.audio)] == [(1,), (2,)]


def test_sound_alone_and_picture_alone(tmp_path):
    sound = measure_here(str(make(tmp_path / "a.wav", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=1"))).signals
    assert (len(sound.pictures), len(sound.sounds)) == (0, 1)
    picture = measure_here(str(film(tmp_path / "a.mov", "-an"))).signals
    assert (len(picture.pictures), len(picture.sounds)) == (1, 0)


def test_damage_in_the_middle_is_told_with_its_time(tmp_path):
    path = film(tmp_path / "a.ts", "-b:v", "2M", "-g", "5", "-c:a", "aac", picture="testsrc2=s=640x360:r=25:d=4")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4000] = bytes(4000)
    path.write_bytes(data)
    found = measure_here(str(path)).signals
    assert found.errors
    times = [
        timing.to_seconds(error.at) - found.pictures[0].start // timing.TICKS_PER_SECOND
        for error in found.errors
        if error.at
    ]
    assert times
    assert all(1 < time < 3.5 for time in times)


def test_a_file_that_breaks_off_is_measured_to_there(tmp_path):
    path = film(tmp_path / "a.mkv", "-b:v", "2M", picture="testsrc2=s=640x360:r=25:d=4")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    found = measure_here(str(path))
    assert 0 < found.signals.pictures[0].frames < 100
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_raster_that_changes_is_left_out_and_said(tmp_path):
    parts = [
        film(tmp_path / f"{width}.ts", "-an", picture=f"testsrc2=s={width}x180:r=25:d=1").read_bytes()
        for width in (320, 160)
    ]
    path = tmp_path / "both.ts"
    path.write_bytes(b"".join(parts))
    found = measure_here(str(path)).signals
    assert found.pictures[0].frames == 25
    assert [(item.signal, item.reason) for item in found.unmeasured if item.signal == "frames"] == [
        ("frames", "its raster changes from 320x180 to 160x180 inside the file")
    ]


def test_rgb_has_no_levels_of_video(tmp_path):
    path = make(tmp_path / "a.mkv", "-f", "lavfi", "-i", MOTION, "-pix_fmt", "gbrp10le", "-c:v", "ffv1")
    found = measure_here(str(path)).signals
    assert found.pictures[0].levels is None
    assert [item.signal for item in found.unmeasured] == ["levels"]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = film(tmp_path / "a.mov")
    end = HashBeside.result

    def touched(self, goes_on):
        with path.open("ab") as file:
            file.write(b"more")
        return end(self, goes_on)

    monkeypatch.setattr(HashBeside, "result", touched)
    with pytest.raises(MediaError, match="changed while it was read"):
        measure_here(str(path))


@pytest.mark.parametrize("size", [0, 1, CHUNK, 3 * CHUNK + 5])
def test_the_digest_beside_is_that_of_all_bytes(tmp_path, size):
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * (size // 256) + bytes(size % 256))
    beside = HashBeside(str(path))
    beside.reached(size // 2)
    assert beside.result() == (hashlib.sha256(path.read_bytes()).hexdigest(), size)


def test_a_digest_that_takes_long_is_told_and_one_that_nobody_asks_for_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setattr(hashing, "TOLD_EVERY_SECONDS", 0.001)
    path = tmp_path / "a.bin"
    with path.open("wb") as file:
        file.truncate(40 * CHUNK)
    told = []
    assert HashBeside(str(path)).result(lambda: told.append(1))[1] == 40 * CHUNK
    assert told
    beside = HashBeside(str(path))
    beside.abandon()
    assert beside.result()[1] < 40 * CHUNK


def test_a_file_that_is_gone_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        HashBeside(str(tmp_path / "none")).result()
