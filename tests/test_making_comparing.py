"""What was made is compared with its source: each difference is named, and the file is taken away."""

from dataclasses import replace

import media_files
import pytest
from making_files import lavfi, measured, moving

from assets.errors import InputError, Refused, UsageError
from assets.making.comparing import LOUDNESS_SLACK, differences, expected
from assets.making.finishing import make_checked
from assets.making.source import How
from assets.signals.model import DecodeError, Stretch
from assets.timing import from_ms

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    return moving(tmp_path_factory.mktemp("masters") / "master.mov", "-timecode", "10:00:00:00", seconds=1)


def wanted(master):
    return expected(master.measured, start_timecode=master.info.timecode)


def changed(master, **facts):
    """The measurement of a product whose picture says something else."""
    video = replace(master.info.video[0], **facts)
    return replace(master.measured, info=replace(master.info, video=(video,)))


def with_signals(master, **signals):
    return replace(master.measured, signals=replace(master.measured.signals, **signals))


def test_a_product_like_its_source_has_no_difference(master):
    assert differences(wanted(master), master.measured) == ()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"colour_primaries": "bt2020"}, "colour bt2020 bt709 bt709 limited, expected: bt709 bt709 bt709 limited"),
        ({"colour_transfer": "unknown"}, "colour bt709 unknown bt709 limited"),
        ({"colour_matrix": "smpte170m"}, "colour bt709 bt709 smpte170m limited"),
        ({"colour_range": "full"}, "colour bt709 bt709 bt709 full"),
        ({"frame_rate": None}, "frame rate unknown, expected: 25"),
        ({"duration": from_ms(1040)}, "runtime 00:00:01.040, expected: 00:00:01.000"),
    ],
)
def test_each_fact_of_the_picture_is_compared(master, facts, said):
    (difference,) = differences(wanted(master), changed(master, **facts))
    assert difference.startswith(said)


def test_a_range_that_is_not_said_is_limited(master):
    assert differences(wanted(master), changed(master, colour_range="unknown")) == ()


def test_frames_timecode_and_complaints_are_compared(master):
    picture = replace(master.measured.signals.pictures[0], frames=24)
    assert differences(wanted(master), with_signals(master, pictures=(picture,))) == ("24 frames, expected: 25",)
    other = replace(master.measured, info=replace(master.info, timecode="10:00:00:01"))
    assert differences(wanted(master), other) == ("start timecode 10:00:00:01, expected: 10:00:00:00",)
    assert differences(wanted(master), with_signals(master, errors=(DecodeError(None, "damaged block"),))) == (
        "the decoder complains 1 times, as 'damaged block'; expected: 0",
    )


def test_a_stretched_or_squeezed_range_is_noticed(master):
    levels = master.measured.signals.pictures[0].levels
    assert levels is not None

    def outside(milliseconds):
        stretches = (Stretch(0, from_ms(milliseconds)),) if milliseconds else ()
        picture = replace(master.measured.signals.pictures[0], levels=replace(levels, outside=stretches))
        return with_signals(master, pictures=(picture,))

    within = replace(wanted(master), outside=0)
    assert differences(within, outside(40)) == ()
    assert differences(within, outside(60)) == ("levels outside legal range for 00:00:00.060, expected: 00:00:00.000",)
    beyond = replace(wanted(master), outside=from_ms(1000))
    assert differences(beyond, outside(1000)) == ()
    assert differences(beyond, outside(0)) == ("levels outside legal range for 00:00:00.000, expected: 00:00:01.000",)


def test_loudness_channels_and_length_of_sound_are_compared(master):
    (sound,) = master.measured.signals.sounds
    assert sound.loudness is not None

    def louder(by):
        loudness = replace(sound.loudness, gated=None if by is None else sound.loudness.gated + by)
        return with_signals(master, sounds=(replace(sound, loudness=loudness),))

    assert differences(wanted(master), louder(LOUDNESS_SLACK)) == ()
    assert "LUFS, expected: " in differences(wanted(master), louder(LOUDNESS_SLACK + 1))[0]
    assert "audio 0 has no loudness, expected: -" in differences(wanted(master), louder(None))[0]
    mono = with_signals(master, sounds=(replace(sound, channels=sound.channels[:1]),))
    assert differences(wanted(master), mono) == ("channels 1, expected: 2",)
    assert differences(wanted(master), with_signals(master, sounds=())) == ("channels none, expected: 2",)
    short = with_signals(master, sounds=(replace(sound, end=sound.end - from_ms(101)),))
    assert differences(wanted(master), short)[0].startswith("audio 0 lasts 00:00:00.899, expected: 00:00:01.000")


def test_what_is_not_like_its_source_is_taken_away(tmp_path, master):
    def write(path):
        inputs = lavfi("testsrc2=s=320x180:r=25:d=1.2", "sine=d=1.2:r=48000")
        media_files.ffmpeg(path, *inputs, "-c:v", "libx264", "-c:a", "aac")

    with pytest.raises(Refused) as refused:
        make_checked(tmp_path / "out.mp4", wanted(master), write, How())
    reasons = "\n".join(refused.value.reasons)
    assert "30 frames, expected: 25" in reasons
    assert "channels 1, expected: 2" in reasons
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_is_taken_away(tmp_path, master):
    with pytest.raises(InputError, match=r"out\.mp4: what was made cannot be read"):
        make_checked(tmp_path / "out.mp4", wanted(master), lambda path: path.write_bytes(b"no film" * 99), How())
    assert not list(tmp_path.iterdir())


def test_a_stop_leaves_nothing(tmp_path, master):
    def stop(path):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_checked(tmp_path / "out.mp4", wanted(master), stop, How())
    assert not list(tmp_path.iterdir())


def test_what_exists_is_left_as_it_is(tmp_path, master):
    out = tmp_path / "out.mp4"
    out.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        make_checked(out, wanted(master), lambda path: path.write_text("theirs"), How())
    assert out.read_text() == "mine"
    with pytest.raises(UsageError, match="there is no folder"):
        make_checked(tmp_path / "absent/out.mp4", wanted(master), lambda path: path.write_text("theirs"), How())
    assert measured(master.path, "master.mov", How()) == master.measured
