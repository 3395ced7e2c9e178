"""Thumbnails show the very frame that is on screen at a time."""

from fractions import Fraction

import numpy as np
import pytest
from making_files import TAGGED, lavfi, source
from PIL import Image

from assets.errors import UsageError
from assets.making.source import How
from assets.making.thumbnails import Still, write_thumbnails
from assets.timing import TICKS_PER_SECOND, from_frames, from_ms

pytestmark = pytest.mark.usefixtures("read_here")

RATE = Fraction(24000, 1001)
# Each frame is brighter than the one before: 50 frames from 16 to 212.
RAMP = (
    f"color=black:s=320x180:r=24000/1001:d=2.1,format=yuv420p,geq=lum='16+4*N':cb=128:cr=128,{TAGGED},trim=end_frame=50"
)


@pytest.fixture(scope="module", params=["mov", "mp4", "ts"])
def ramp(tmp_path_factory, request):
    path = tmp_path_factory.mktemp("masters") / f"ramp.{request.param}"
    codecs = ("-c:v", "prores_ks" if request.param == "mov" else "libx264", "-c:a", "aac")
    return source(path, *lavfi(RAMP, "sine=d=2:r=48000"), codecs=codecs)


def number_of(path):
    """Which frame a picture shows."""
    with Image.open(path) as image:
        return round((np.asarray(image.convert("L")).mean() * 219 / 255) / 4)


@pytest.mark.parametrize("frame", [0, 1, 7, 24, 49])
def test_the_frame_of_a_time_is_shown(tmp_path, ramp, frame):
    start = ramp.picture.start
    at = start + from_frames(frame, RATE)
    middle = at + round(TICKS_PER_SECOND / RATE / 2)
    write_thumbnails(ramp, [Still(at, "a.jpg"), Still(middle, "b.jpg")], tmp_path, How())
    assert number_of(tmp_path / "a.jpg") == frame
    assert number_of(tmp_path / "b.jpg") == frame


def test_times_outside_show_the_first_and_the_last_frame(tmp_path, ramp):
    end = ramp.picture.start + from_ms(9_000)
    write_thumbnails(ramp, [Still(-from_ms(500), "first.jpg"), Still(end, "last.jpg")], tmp_path, How())
    assert number_of(tmp_path / "first.jpg") == 0
    assert number_of(tmp_path / "last.jpg") == 49


def test_a_long_file_without_an_index_is_read_from_the_key_frame_before(tmp_path):
    picture = "color=black:s=64x64:r=25:d=8,format=yuv420p,geq=lum='16+N':cb=128:cr=128"
    codecs = ("-c:v", "libx264", "-g", "25", "-c:a", "aac", "-qp", "0")
    master = source(tmp_path / "long.ts", *lavfi(picture, "sine=d=8:r=48000"), codecs=codecs)
    at = master.picture.start + from_frames(130, Fraction(25))
    write_thumbnails(master, [Still(at, "a.jpg")], tmp_path, How())
    with Image.open(tmp_path / "a.jpg") as image:
        assert np.asarray(image.convert("L")).mean() * 219 / 255 == pytest.approx(130, abs=0.5)


def test_they_are_small_and_their_names_are_names(tmp_path, ramp):
    folder = tmp_path / "한글 %03d [x]"
    folder.mkdir()
    told = []
    how = How(told=lambda step, share: told.append((step, share)))
    write_thumbnails(ramp, [Still(0, "%05d 첫.jpg"), Still(0, "b'c,d;e.jpg")], folder, how)
    assert sorted(path.name for path in folder.iterdir()) == ["%05d 첫.jpg", "b'c,d;e.jpg"]
    with Image.open(folder / "%05d 첫.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (320, 180))
    assert told == [("thumbnails", 0.5), ("thumbnails", 1.0)]


def test_no_file_is_replaced(tmp_path, ramp):
    (tmp_path / "b.jpg").write_text("mine")
    with pytest.raises(UsageError, match=r"b\.jpg: exists already"):
        write_thumbnails(ramp, [Still(0, "a.jpg"), Still(0, "b.jpg")], tmp_path, How())
    assert [path.name for path in tmp_path.iterdir()] == ["b.jpg"]
