"""What the probe says of each codec and container in use; every file is made here, a second long and small."""

from dataclasses import replace
from fractions import Fraction

import media_files
import pytest
from media_files import picture, sound

from assets import timing
from assets.media_facts import HdrMetadata
from assets.probe import read_media
from assets.signals.one_pass import measure_here

BT709 = ("-vf", "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv")
HDR10 = (
    "log-level=error:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:range=limited:"
    "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400"
)
HLG = "log-level=error:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:range=limited"
D10 = (
    *("-vf", "scale=720:576,pad=720:608:0:32,setfield=tff,setsar=64/45", "-c:v", "mpeg2video", "-pix_fmt", "yuv422p"),
    *("-g", "1", "-b:v", "30M", "-minrate", "30M", "-maxrate", "30M", "-bufsize", "1200000", "-dc", "10"),
    *("-rc_init_occupancy", "1200000", "-qmin", "1", "-qmax", "12", "-intra_vlc", "1", "-non_linear_quant", "1"),
    *("-flags", "+ildct+low_delay", "-ps", "1", "-c:a", "pcm_s16le", "-f", "mxf_d10"),
)
XDCAM = (
    *("-vf", "setfield=tff", "-c:v", "mpeg2video", "-pix_fmt", "yuv422p", "-b:v", "5M", "-g", "12", "-bf", "2"),
    *("-flags", "+ildct+ilme", "-c:a", "pcm_s24le"),
)


def prores(profile, pixels="yuv422p10le"):
    return ("-c:v", "prores_ks", "-profile:v", str(profile), "-pix_fmt", pixels, *BT709, "-c:a", "pcm_s24le")


# name: suffix, inputs, arguments -> container, codec, profile, bits, chroma, key frame distance, sound codec
FORMATS = {
    "prores-proxy": (".mov", (), prores(0), ("mov", "prores", "Proxy", 10, "4:2:2", 1, "pcm_s24le")),
    "prores-lt": (".mov", (), prores(1), ("mov", "prores", "LT", 10, "4:2:2", 1, "pcm_s24le")),
    "prores-422": (".mov", (), prores(2), ("mov", "prores", "Standard", 10, "4:2:2", 1, "pcm_s24le")),
    "prores-hq": (".mov", (), prores(3), ("mov", "prores", "HQ", 10, "4:2:2", 1, "pcm_s24le")),
    "prores-4444": (
        ".mov",
        (),
        prores(4, "yuv444p10le"),
        ("mov", "prores", "4444", 12, "4:4:4", 1, "pcm_s24le"),
    ),
    "prores-xq": (".mov", (), prores(5, "yuva444p10le"), ("mov", "prores", "XQ", 12, "4:4:4", 1, "pcm_s24le")),
    "prores-mxf": (".mxf", (), prores(3), ("mxf", "prores", "HQ", 10, "4:2:2", 1, "pcm_s24le")),
    "h264-mp4": (
        ".mp4",
        (),
        ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10", *BT709, "-c:a", "aac"),
        ("mp4", "h264", "High", 8, "4:2:0", 10, "aac"),
    ),
    "h264-422-ts": (
        ".ts",
        (),
        ("-c:v", "libx264", "-pix_fmt", "yuv422p10le", "-g", "5", "-c:a", "aac"),
        ("mpegts", "h264", "High 4:2:2", 10, "4:2:2", 5, "aac"),
    ),
    "hevc-hdr10": (
        ".mp4",
        (),
        ("-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1", "-x265-params", HDR10, "-c:a", "aac"),
        ("mp4", "hevc", "Main 10", 10, "4:2:0", 25, "aac"),
    ),
    "hevc-hlg": (
        ".mkv",
        (),
        ("-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", HLG, "-c:a", "flac"),
        ("mkv", "hevc", "Main 10", 10, "4:2:0", 25, "flac"),
    ),
    "dnxhr": (
        ".mxf",
        (),
        ("-c:v", "dnxhd", "-profile:v", "dnxhr_hq", "-pix_fmt", "yuv422p", "-c:a", "pcm_s24le"),
        ("mxf", "dnxhd", "DNXHR HQ", 8, "4:2:2", 1, "pcm_s24le"),
    ),
    "dnxhd": (
        ".mov",
        (*picture("1920x1080", seconds=0.2), *sound(seconds=0.2)),
        ("-c:v", "dnxhd", "-b:v", "120M", "-pix_fmt", "yuv422p", "-c:a", "pcm_s16le"),
        ("mov", "dnxhd", "DNXHD", 8, "4:2:2", 1, "pcm_s16le"),
    ),
    "xdcam": (".mxf", (), XDCAM, ("mxf", "mpeg2video", "4:2:2", 8, "4:2:2", 12, "pcm_s24le")),
    "imx": (
        ".mxf",
        (*picture("720x576"), *sound("quad")),
        D10,
        ("mxf", "mpeg2video", "4:2:2", 8, "4:2:2", 1, "pcm_s16le"),
    ),
    "mpeg2-ts": (
        ".ts",
        (),
        ("-c:v", "mpeg2video", "-g", "12", "-c:a", "mp2"),
        ("mpegts", "mpeg2video", "Main", 8, "4:2:0", 12, "mp2"),
    ),
    "jpeg2000": (
        ".mxf",
        (),
        ("-c:v", "jpeg2000", "-pix_fmt", "yuv422p10le", "-c:a", "pcm_s24le"),
        ("mxf", "jpeg2000", "", 10, "4:2:2", 1, "pcm_s24le"),
    ),
    "ffv1": (
        ".mkv",
        (),
        ("-c:v", "ffv1", "-level", "3", "-g", "1", "-pix_fmt", "yuv422p10le", "-c:a", "flac"),
        ("mkv", "ffv1", "", 10, "4:2:2", 1, "flac"),
    ),
    "av1": (
        ".mp4",
        (*picture(seconds=0.4), *sound(seconds=0.4)),
        ("-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p10le", "-c:a", "aac"),
        ("mp4", "av1", "Main", 10, "4:2:0", 10, "aac"),
    ),
}


BT709_SAID = {
    "colour_primaries": "bt709",
    "colour_transfer": "bt709",
    "colour_matrix": "bt709",
    "colour_range": "limited",
    "scan": "progressive",
}
HDR10_SAID = HdrMetadata(
    has_primaries=True,
    max_luminance=Fraction(1000),
    min_luminance=Fraction(1, 200),
    max_content_light=1000,
    max_average_light=400,
)
# What the probe must say of some of them beside that.
MORE = {
    "prores-hq": BT709_SAID,
    "h264-mp4": {**BT709_SAID, "is_gop_open": False},
    "hevc-hdr10": {"colour_transfer": "pq", "colour_primaries": "bt2020", "hdr": HDR10_SAID, "dolby_vision": None},
    "hevc-hlg": {"colour_transfer": "hlg", "colour_matrix": "bt2020nc", "hdr": None},
    "xdcam": {"scan": "interlaced-tff", "is_gop_open": True},
    "imx": {"scan": "interlaced-tff", "width": 720, "height": 608},
    "mpeg2-ts": {"is_gop_open": False},
    "av1": {"frames": 10},
}


@pytest.mark.parametrize("name", FORMATS)
def test_format(tmp_path, name):
    suffix, inputs, arguments, expected = FORMATS[name]
    if inputs.count("lavfi") < 2:
        inputs = (*(inputs or picture()), *sound())
    path = media_files.ffmpeg(tmp_path / f"a{suffix}", *inputs, *arguments)
    info = read_media(str(path))
    (video,), (audio,) = info.video, info.audio
    said = (info.container, video.codec, video.profile, video.bit_depth, video.chroma, video.longest_gop, audio.codec)
    assert said == expected
    assert video.frame_rate == 25
    assert (video.captions, info.encryption) == (False, None)
    assert info.timecode == ("00:00:00:00" if info.container == "mxf" else None), "an MXF writer always has one"
    assert abs(info.duration - video.duration) < timing.from_ms(60), "from the first picture, wherever the clock starts"
    assert sum(video.bit_rates.bits) == video.bit_rate * video.frames // 25
    more = MORE.get(name, {})
    assert {key: getattr(video, key) for key in more} == more
    assert_measured(measure_here(str(path)), info)


def assert_measured(measured, info):
    """What the decode of everything tells agrees with what packets and one picture do, and nothing is left out."""
    # The probe goes back to the beginning after its one picture, which may leave out a packet of an encoder's priming.
    assert replace(measured.info, audio=info.audio) == info
    assert [replace(stream, bit_rate=None) for stream in measured.info.audio] == [replace(info.audio[0], bit_rate=None)]
    (picture_signals,), (sound_signals,) = measured.signals.pictures, measured.signals.sounds
    (video,), (audio,) = info.video, info.audio
    assert (picture_signals.frames, picture_signals.start) == (video.frames, video.start)
    assert picture_signals.end - picture_signals.start == timing.from_frames(video.frames, Fraction(25))
    assert len(sound_signals.channels) == audio.channels
    assert abs(sound_signals.end - sound_signals.start - audio.duration) < timing.from_ms(60)
    assert picture_signals.black == picture_signals.frozen == picture_signals.gaps == picture_signals.backwards == ()
    assert measured.signals.errors == ()
    is_known = audio.channels < 3  # four channels without labels: which of them is how loud is not said
    assert [item.signal for item in measured.signals.unmeasured] == ([] if is_known else ["loudness"])
