"""Rewrapping and trimming: the same bits in another file, or a reason why not."""

from dataclasses import replace
from fractions import Fraction

import av
import making_files
import pytest
from making_files import lavfi, moving, packets, samples

from assets.errors import InputError, Refused, UsageError
from assets.making.rewrapped import left_out, rewrap
from assets.making.source import How
from assets.making.trimmed import Trim, trim, whole_frames
from assets.timing import from_frames, from_ms

pytestmark = pytest.mark.usefixtures("read_here")

NTSC = "30000/1001"
LONG_GOP = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")


@pytest.fixture(scope="module")
def prores(tmp_path_factory):
    path = tmp_path_factory.mktemp("masters") / "작은 영화.mov"
    return moving(path, "-timecode", "00:00:59;20", rate=NTSC)


def read(path):
    return making_files.measured(path, path.name, How()).info


@pytest.mark.parametrize("name", ["out.mov", "다른 이름.mxf"])
def test_every_bit_is_in_the_other_container(tmp_path, prores, name):
    out = tmp_path / name
    rewrap(prores, out, How())
    info = read(out)
    assert packets(out) == packets(prores.path)
    assert (samples(out)[: len(samples(prores.path))] == samples(prores.path)).all()
    assert info.container == out.suffix[1:]
    assert info.timecode == "00:00:59;20"
    assert info.video[0].frame_rate == Fraction(30000, 1001)
    assert [path.name for path in tmp_path.iterdir()] == [name], "nothing else is left"


def test_long_gop_is_rewrapped_and_never_trimmed(tmp_path):
    master = moving(tmp_path / "film.mp4", "-metadata:s:a:0", "language=kor", codecs=LONG_GOP)
    rewrap(master, tmp_path / "film.mov", How())
    assert packets(tmp_path / "film.mov") == packets(master.path)
    assert read(tmp_path / "film.mov").audio[0].language == "kor"
    with pytest.raises(Refused) as refused:
        trim(master, tmp_path / "part.mov", Trim(1, 1), How())
    assert refused.value.reasons == (
        "its h264 pictures depend on each other, in groups of up to 50; only intra-coded ones can be cut apart",
        "audio stream 0 is aac, coded in frames; only PCM can be cut at a sample",
    )
    assert not (tmp_path / "part.mov").exists()


@pytest.mark.slow
def test_the_order_of_bytes_is_that_of_the_container_and_the_samples_are_the_same(tmp_path):
    master = moving(tmp_path / "stems.mov", codecs=("-c:v", "dnxhd", "-profile:v", "dnxhr_lb", "-c:a", "pcm_s24be"))
    rewrap(master, tmp_path / "stems.mxf", How())
    assert [stream.codec for stream in read(tmp_path / "stems.mxf").audio] == ["pcm_s24le"]
    assert (samples(tmp_path / "stems.mxf") == samples(master.path)).all()


def test_what_a_container_cannot_hold_is_said(tmp_path, prores):
    with pytest.raises(InputError, match=r"out\.mp4: ffmpeg cannot make it: .*prores"):
        rewrap(prores, tmp_path / "out.mp4", How())
    master = moving(tmp_path / "aac.mp4", seconds=1, codecs=LONG_GOP)
    with pytest.raises(Refused, match="audio stream 0 is aac; MXF takes PCM"):
        rewrap(master, tmp_path / "out.mxf", How())
    assert [path.name for path in tmp_path.iterdir()] == ["aac.mp4"]


def test_streams_that_stay_behind_are_named(tmp_path):
    subtitles = tmp_path / "ko.srt"
    subtitles.write_text("1\n00:00:00,000 --> 00:00:01,000\n안녕\n", encoding="utf-8")
    more = ("-i", str(subtitles), "-map", "0:v", "-map", "1:a", "-map", "2:s", "-c:s", "mov_text", "-timecode")
    master = moving(tmp_path / "film.mov", *more, "10:00:00:00", "-metadata:s:s:0", "language=kor", seconds=1)
    (stream,) = left_out(master)
    assert (stream.kind, stream.language) == ("subtitle", "kor")


@pytest.mark.parametrize(("name", "head", "tail"), [("a.mov", 10, 20), ("b.mxf", 10, 0), ("c.mov", 0, 1)])
def test_a_part_is_exact_to_the_frame_and_to_the_sample(tmp_path, prores, name, head, tail):
    out = tmp_path / name
    trim(prores, out, Trim(head, tail), How())
    last = prores.frames - tail
    assert packets(out) == packets(prores.path)[head:last]
    first = round(head * 48000 * Fraction(1001, 30000))
    end = round(last * 48000 * Fraction(1001, 30000)) if tail else None
    whole = samples(prores.path)[first:end]
    assert (samples(out)[: len(whole)] == whole).all()
    assert read(out).timecode == ("00:01:00;02" if head else "00:00:59;20")
    with av.open(str(out)) as container:
        assert next(container.decode(video=0)).pts == 0


@pytest.mark.slow
def test_a_part_of_several_sounds(tmp_path):
    maps = ("-map", "0:v", "-map", "1:a", "-map", "1:a")
    master = moving(tmp_path / "film.mov", *maps, codecs=("-c:v", "ffv1", "-g", "1", "-c:a", "pcm_s16le"))
    trim(master, tmp_path / "part.mov", Trim(5, 5), How())
    for number in (0, 1):
        assert (samples(tmp_path / "part.mov", number) == samples(master.path)[9600:86400]).all()


@pytest.mark.slow
def test_fields_and_pictures_whose_decoding_is_counted_ahead_are_cut_as_well(tmp_path):
    picture = "testsrc2=s=720x576:r=50:d=1,interlace=scan=tff,setsar=64/45"
    codecs = ("-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-field_order", "tt", "-g", "1", "-b:v", "20M")
    inputs = lavfi(picture, "sine=d=1:r=48000")
    master = making_files.source(tmp_path / "imx.mxf", *inputs, codecs=(*codecs, "-c:a", "pcm_s16le"))
    trim(master, tmp_path / "part.mov", Trim(5, 3), How())
    assert packets(tmp_path / "part.mov") == packets(master.path)[5:22]
    assert read(tmp_path / "part.mov").video[0].scan == "interlaced-tff"


def test_sound_that_begins_elsewhere_is_not_cut(tmp_path, prores):
    late = replace(prores.info.audio[0], start=from_ms(40))
    measured = replace(prores.measured, info=replace(prores.info, audio=(late,)))
    with pytest.raises(Refused, match="audio stream 0 does not begin with the picture"):
        trim(replace(prores, measured=measured), tmp_path / "out.mov", Trim(1, 0), How())


def test_nothing_is_left_of_nothing(tmp_path, prores):
    with pytest.raises(UsageError, match="60 frames; 30 and 30 leave nothing"):
        trim(prores, tmp_path / "out.mov", Trim(30, 30), How())


def test_times_are_whole_frames():
    rate = Fraction(24000, 1001)
    assert whole_frames(from_frames(48, rate), rate, "48f") == 48
    assert whole_frames(from_ms(2002), rate, "2.002s") == 48
    with pytest.raises(UsageError, match=r"2s: is no whole number of frames at 23\.976; the nearest is 48f"):
        whole_frames(from_ms(2000), rate, "2s")
    with pytest.raises(UsageError, match="-1f: nothing can be added"):
        whole_frames(-from_frames(1, rate), rate, "-1f")


@pytest.mark.parametrize("name", ["out.avi", "out", "out.mkv"])
def test_other_containers_are_not_written(tmp_path, prores, name):
    with pytest.raises(UsageError, match=r"it ends in \.mov, \.mp4, \.mxf"):
        rewrap(prores, tmp_path / name, How())


def test_a_master_that_says_another_rate_of_samples_is_not_believed(tmp_path, prores):
    """A record that is not of this file: what comes out differs from it, and is taken away."""
    wrong = replace(prores.measured.signals.pictures[0], frames=59)
    signals = replace(prores.measured.signals, pictures=(wrong,))
    other = replace(prores, measured=replace(prores.measured, signals=signals))
    with pytest.raises(Refused, match="60 frames, expected: 59"):
        rewrap(other, tmp_path / "out.mov", How())
    assert not list(tmp_path.iterdir())


def test_one_changed_bit_is_noticed(tmp_path, prores, monkeypatch):
    from assets.making import rewrapped

    make = rewrapped.encode.make

    def damage(path, *streams, **options):
        make(path, *streams, **options)
        if path.name == "made.mov":
            data = bytearray(path.read_bytes())
            place = data.index(packets(prores.path)[30]) + 2000
            data[place] ^= 1
            path.write_bytes(data)

    monkeypatch.setattr(rewrapped.encode, "make", damage)
    with pytest.raises(Refused, match=r"bit for bit|decoder complains"):
        rewrap(prores, tmp_path / "out.mov", How())
    assert not list(tmp_path.iterdir())
