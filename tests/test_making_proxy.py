"""Proxies: the label of every frame, the sounds and colours of the master, and what is refused."""

import itertools
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import av
import making_files
import numpy as np
import pytest
from making_files import GREY, lavfi, source

from assets import encode
from assets.errors import Refused, UsageError
from assets.making import proxy
from assets.making.source import How, start_timecode

pytestmark = pytest.mark.usefixtures("read_here")

LABELS = [
    ("30000/1001", "00:00:59;28", ["00:00:59;28", "00:00:59;29", "00:01:00;02", "00:01:00;03"]),
    ("30000/1001", "00:09:59;28", ["00:09:59;28", "00:09:59;29", "00:10:00;00", "00:10:00;01"]),
    ("30000/1001", "00:00:59:28", ["00:00:59:28", "00:00:59:29", "00:01:00:00", "00:01:00:01"]),
    ("60000/1001", "00:00:59;58", ["00:00:59;58", "00:00:59;59", "00:01:00;04", "00:01:00;05"]),
    ("24000/1001", "10:00:00:22", ["10:00:00:22", "10:00:00:23", "10:00:01:00", "10:00:01:01"]),
    ("25", "23:59:59:23", ["23:59:59:23", "23:59:59:24", "00:00:00:00", "00:00:00:01"]),
    ("24", None, ["00:00:00:00", "00:00:00:01", "00:00:00:02", "00:00:00:03"]),
]


def grey_master(path, rate, timecode):
    start = ("-timecode", timecode) if timecode else ()
    return source(path, *lavfi(GREY.format(rate=rate), "sine=f=440:r=48000:d=0.4"), *start)


def written(label, tmp_path):
    """A grey picture with that text where the label stands, drawn without any counting."""
    font = tmp_path / "digits.ttf"
    font.write_bytes(proxy._digits())
    letters = 180 // proxy._LINES_A_LETTER
    options = {
        "fontfile": str(font), "fontsize": letters, "fontcolor": proxy._LETTERS, "text": label, "expansion": "none",
        "box": 1, "boxcolor": proxy._BAND, "boxborderw": letters // 4, "x": "(w-text_w)/2", "y": f"h-{2 * letters}",
    }  # fmt: skip
    path = tmp_path / f"{label.replace(':', '-').replace(';', '_')}.mov"
    if not path.exists():
        picture = encode.filtered("drawtext", encode.generated("color=c=0x808080:s=320x180:r=25:d=0.04"), options)
        encode.make(path, picture, options={"c:v": "libx264", "qp": 0, "pix_fmt": "yuv420p"})
    return making_files.grey_frames(path)[0]


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "start", "labels"), LABELS)
def test_every_frame_has_its_own_label(tmp_path, rate, start, labels):
    master = grey_master(tmp_path / "master.mov", rate, start)
    out = tmp_path / "proxy.mp4"
    proxy.write_proxy(master, out, How())
    frames = making_files.grey_frames(out)
    assert len(frames) == master.frames
    drawn = [written(label, tmp_path) for label in labels]
    for number, frame in enumerate(frames[: len(labels)]):
        unlike = [np.abs(frame - other).mean() for other in drawn]
        assert int(np.argmin(unlike)) == number, f"frame {number} does not read {labels[number]}"
    for one, other in itertools.pairwise(frames):
        assert np.abs(one - other)[-40:].max() > 40, "the label stood still"


def test_a_proxy_keeps_rate_timecode_colours_and_sounds(tmp_path):
    more = ("-map", "0:v", "-map", "1:a", "-map", "1:a", "-timecode", "01:00:00;00", "-metadata:s:a:1", "language=kor")
    master = making_files.moving(tmp_path / "마스터.mov", *more, rate="30000/1001")
    out = tmp_path / "프록시 proxy.mp4"
    proxy.write_proxy(master, out, How())
    info = making_files.measured(out, out.name, How()).info
    assert info.video[0].codec == "h264"
    assert info.video[0].frame_rate == Fraction(30000, 1001)
    assert info.timecode == "01:00:00;00"
    assert [stream.language for stream in info.audio][1:] == ["kor"]
    assert [stream.codec for stream in info.audio] == ["aac", "aac"]
    tags = (info.video[0].colour_primaries, info.video[0].colour_transfer, info.video[0].colour_matrix)
    assert tags == ("bt709", "bt709", "bt709")


@pytest.mark.slow
@pytest.mark.parametrize(("transfer", "name"), [("gamma28", "bt470bg"), ("gamma22", "bt470m"), ("pq", "smpte2084")])
def test_a_transfer_that_ffmpeg_calls_by_another_name_is_kept(tmp_path, transfer, name):
    tagged = GREY.format(rate=25).replace("color_trc=bt709", f"color_trc={name}")
    inputs = lavfi(tagged, "sine=d=0.4:r=48000")
    master = source(tmp_path / "pal.mkv", *inputs, codecs=("-c:v", "libx264", "-c:a", "pcm_s16le"))
    assert master.picture.colour_transfer == transfer
    out = tmp_path / "pal.mp4"
    proxy.write_proxy(master, out, How())
    assert making_files.measured(out, out.name, How()).info.video[0].colour_transfer == transfer


def test_pixels_that_are_not_square_become_square(tmp_path):
    inputs = lavfi("testsrc2=s=720x576:r=25:d=0.2,setsar=64/45", "sine=d=0.2:r=48000")
    master = source(tmp_path / "pal.mov", *inputs)
    out = tmp_path / "pal.mp4"
    proxy.write_proxy(master, out, How())
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (960, 540)
        assert stream.sample_aspect_ratio in {None, 1}


def test_progress_is_told_step_by_step(tmp_path):
    master = grey_master(tmp_path / "master.mov", "25", None)
    told = []
    proxy.write_proxy(master, tmp_path / "proxy.mp4", How(told=lambda step, share: told.append((step, share))))
    assert list(dict(told)) == ["making", "checking"]
    assert all(0 <= share <= 1 for _, share in told)


@pytest.mark.parametrize(
    "text", ["%{pts}:x='1'", "10:00:00:25", "24:00:00:00", "10:61:00:00", "10:00:00", "١٠:00:00:00"]
)
def test_a_text_that_is_no_timecode_is_refused_and_never_drawn(tmp_path, text):
    master = grey_master(tmp_path / "master.mov", "25", None)
    info = replace(master.info, timecode=text)
    odd = replace(master, measured=replace(master.measured, info=info))
    with pytest.raises(Refused, match=r"start timecode cannot be kept\n.* is no timecode at 25"):
        proxy.write_proxy(odd, tmp_path / "proxy.mp4", How())
    assert [path.name for path in tmp_path.iterdir()] == ["master.mov"]


@pytest.mark.parametrize(
    ("rate", "text", "later", "label"),
    [
        (Fraction(30000, 1001), "00:00:59;29", 1, "00:01:00;02"),
        (Fraction(30000, 1001), "23:59:59;29", 1, "00:00:00;00"),
        (Fraction(60000, 1001), "00:09:59;59", 1, "00:10:00;00"),
        (Fraction(25), "10:00:00;24", 1, "10:00:01:00"),
        (Fraction(24000, 1001), "01:00:00:00", 48, "01:00:02:00"),
        (Fraction(25), None, 7, None),
    ],
)
def test_the_label_some_frames_later(rate, text, later, label):
    assert start_timecode(named(rate, text), later) == label


def named(rate, text):
    """A master that says no more of itself than a rate and a timecode."""
    picture = SimpleNamespace(frame_rate=rate, min_frame_ticks=1, max_frame_ticks=1)
    return SimpleNamespace(name="a.mov", picture=picture, info=SimpleNamespace(timecode=text))


def test_a_rate_that_varies_is_refused(tmp_path):
    inputs = lavfi("testsrc2=s=64x64:r=25:d=1,setpts='if(lt(N,10),N,2*N)/25/TB'", "sine=d=1:r=48000")
    codecs = ("-c:v", "libx264", "-c:a", "aac", "-fps_mode", "vfr")
    master = source(tmp_path / "phone.mp4", *inputs, codecs=codecs)
    with pytest.raises(Refused, match="its frame rate varies"):
        proxy.write_proxy(master, tmp_path / "proxy.mp4", How())


def test_other_colours_than_components_are_refused(tmp_path):
    inputs = lavfi("testsrc2=s=64x64:r=25:d=0.2", "sine=d=0.2:r=48000")
    master = source(tmp_path / "rgb.mkv", *inputs, codecs=("-c:v", "ffv1", "-pix_fmt", "gbrp", "-c:a", "pcm_s16le"))
    with pytest.raises(Refused, match="its colours cannot be kept"):
        proxy.write_proxy(master, tmp_path / "proxy.mp4", How())


def test_a_master_without_a_picture_is_refused(tmp_path):
    master = source(tmp_path / "sound.wav", *lavfi("sine=d=1:r=48000"), codecs=("-c:a", "pcm_s16le"))
    with pytest.raises(Refused, match="it has 0 pictures"):
        proxy.write_proxy(master, tmp_path / "proxy.mp4", How())


@pytest.mark.parametrize("name", ["proxy.mov", "proxy"])
def test_a_proxy_is_an_mp4_file(tmp_path, name):
    master = grey_master(tmp_path / "master.mov", "25", None)
    with pytest.raises(UsageError, match=r"its name ends in \.mp4"):
        proxy.write_proxy(master, tmp_path / name, How())
