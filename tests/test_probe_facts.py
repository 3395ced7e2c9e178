"""What the probe says of tracks, captions, timecodes, edits, chapters and the rest that a header and packets tell."""

from fractions import Fraction
from types import SimpleNamespace

import media_files
import pytest
from media_files import Packet, box, ffmpeg, insert, picture, sound

from assets import timing
from assets.media_facts import Chapter, Edit, EditList, StartTimecode
from assets.probe import read_media
from assets.probing.packets import Packets

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def read(path):
    return read_media(str(path))


def test_tracks_with_languages_titles_and_purposes(tmp_path):
    path = ffmpeg(
        tmp_path / "a.mkv",
        *(*picture(), *sound("5.1"), *sound("stereo"), *sound()),
        *("-map", "0", "-map", "1", "-map", "2", "-map", "3", *H264, "-c:a", "flac"),
        *("-metadata:s:a:0", "language=kor", "-metadata:s:a:1", "language=jpn", "-metadata:s:a:1", "title=日本語"),
        *("-disposition:a:0", "default", "-disposition:a:1", "0", "-disposition:a:2", "comment+hearing_impaired"),
    )
    surround, stereo, mono = read(path).audio
    assert (surround.layout, surround.language, surround.dispositions) == ("5.1", "kor", ("default",))
    assert surround.labels == ("FL", "FR", "FC", "LFE", "BL", "BR")
    assert (stereo.labels, stereo.language, stereo.title) == (("FL", "FR"), "jpn", "日本語")
    assert stereo.dispositions == ()
    assert (mono.language, mono.dispositions) == (None, ("comment", "hearing_impaired"))


def test_mono_stems_in_mxf_have_no_labels(tmp_path):
    stems = [argument for number in range(8) for argument in sound(frequency=200 + 100 * number)]
    maps = [argument for number in range(9) for argument in ("-map", str(number))]
    path = ffmpeg(tmp_path / "a.mxf", *picture(), *stems, *maps, "-c:v", "mpeg2video", "-c:a", "pcm_s24le")
    audio = read(path).audio
    assert len(audio) == 8
    assert {(stream.channels, stream.labels) for stream in audio} == {(1, ("-",))}


@pytest.mark.parametrize("suffix", [".wav", ".mov", ".flac", ".mka"])
def test_sound_alone(tmp_path, suffix):
    codec = "flac" if suffix in {".flac", ".mka"} else "pcm_s24le"
    info = read(ffmpeg(tmp_path / f"a{suffix}", *sound("stereo"), "-c:a", codec))
    assert (info.video, len(info.audio), info.audio[0].labels) == ((), 1, ("FL", "FR"))
    assert info.duration == timing.from_ms(1000)


@pytest.mark.parametrize("suffix", [".mov", ".mxf", ".mkv", ".ts"])
def test_picture_alone(tmp_path, suffix):
    codec = ("-c:v", "mpeg2video") if suffix == ".mxf" else H264
    info = read(ffmpeg(tmp_path / f"a{suffix}", *picture(), *codec))
    assert (len(info.video), info.audio) == (1, ())
    assert info.video[0].frames == 25


def test_bit_rate_of_each_second_and_key_frames(tmp_path):
    path = ffmpeg(tmp_path / "a.mp4", *picture(seconds=3), *H264, "-g", "40", "-sc_threshold", "0")
    [video] = read(path).video
    assert len(video.bit_rates.bits) == 3
    assert video.bit_rates.start == 0
    assert sum(video.bit_rates.bits) == pytest.approx(video.bit_rate * 3, abs=3)
    assert (video.longest_gop, video.is_gop_open) == (40, False)


def test_open_groups_show(tmp_path):
    options = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "10", "-bf", "2", "-x264opts", "open-gop=1")
    assert read(ffmpeg(tmp_path / "a.mkv", *picture(), *options)).video[0].is_gop_open


def test_each_place_with_a_timecode_is_told(tmp_path):
    prores = (*picture(), "-c:v", "prores_ks", "-timecode")
    first = ffmpeg(tmp_path / "first.mov", *prores, "01:00:00:00")
    second = ffmpeg(tmp_path / "second.mov", *prores, "10:00:00:00")
    both = ("-i", str(first), "-i", str(second), "-map", "0:v", "-map", "0:d", "-map", "1:d")
    info = read(ffmpeg(tmp_path / "both.mov", *both, "-c", "copy", "-write_tmcd", "0"))
    assert info.timecodes[-2:] == (
        StartTimecode("data stream 1", "01:00:00:00"),
        StartTimecode("data stream 2", "10:00:00:00"),
    )
    assert info.timecode == info.timecodes[0].text


@pytest.mark.parametrize("text", ["10:00:00;00", "10:00:00:00"])
def test_drop_frame_is_kept(tmp_path, text):
    path = ffmpeg(tmp_path / "a.mxf", *picture(rate="30000/1001"), "-c:v", "mpeg2video", "-timecode", text)
    assert read(path).timecode == text


def test_chapters(tmp_path):
    text = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=첫째\n"
    text += "[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=第二\n"
    (tmp_path / "chapters.txt").write_text(text, encoding="utf-8")
    path = ffmpeg(tmp_path / "a.mkv", *picture(), "-i", str(tmp_path / "chapters.txt"), "-map_chapters", "1", *H264)
    assert read(path).chapters == (
        Chapter(0, timing.from_ms(400), "첫째"),
        Chapter(timing.from_ms(400), timing.from_ms(1000), "第二"),
    )


def test_index_before_or_behind_the_media(tmp_path):
    assert read(ffmpeg(tmp_path / "a.mp4", *picture(), *H264)).is_fast_start is False
    assert read(ffmpeg(tmp_path / "b.mp4", *picture(), *H264, "-movflags", "+faststart")).is_fast_start is True
    fragments = ("-movflags", "+frag_keyframe+empty_moov")
    assert read(ffmpeg(tmp_path / "c.mp4", *picture(), *H264, *fragments)).is_fast_start is True
    assert read(ffmpeg(tmp_path / "d.mkv", *picture(), *H264)).is_fast_start is None


def test_edit_list_of_a_delayed_stream(tmp_path):
    inputs = (*picture(), "-itsoffset", "0.5", *sound())
    info = read(ffmpeg(tmp_path / "a.mov", *inputs, *H264, "-c:a", "pcm_s16le"))
    [late] = [item for item in info.edit_lists if item.stream == 1]
    assert late == EditList(
        1,
        timing.from_ms(1000),
        (Edit(None, timing.from_ms(500)), Edit(0, timing.from_ms(1000))),
    )


def test_what_the_container_says_against_the_picture(tmp_path):
    tags = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
    path = ffmpeg(tmp_path / "a.mp4", *picture(), *H264, "-vf", tags, "-movflags", "+write_colr")
    data = path.read_bytes()
    at = data.index(b"nclx") + 4
    assert data[at : at + 7] == b"\x00\x01\x00\x01\x00\x01\x00"
    path.write_bytes(data[:at] + b"\x00\x09\x00\x10\x00\x09\x80" + data[at + 7 :])
    [video] = read(path).video
    outer, inner = video.container_says.colour, video.picture_says.colour
    assert (outer.primaries, outer.transfer, outer.matrix, outer.range) == ("bt2020", "pq", "bt2020nc", "full")
    assert (inner.primaries, inner.transfer, inner.matrix, inner.range) == ("bt709", "bt709", "bt709", "limited")
    assert video.colour_primaries == "bt709", "a decoder shows what the picture says"


def test_pixel_aspect_of_container_and_picture(tmp_path):
    path = ffmpeg(tmp_path / "a.mp4", *picture(), *H264, "-vf", "setsar=4/3")
    data = path.read_bytes()
    at = data.index(b"pasp") + 4
    path.write_bytes(data[:at] + b"\x00\x00\x00\x01\x00\x00\x00\x01" + data[at + 8 :])
    [video] = read(path).video
    assert (video.container_says.sample_aspect, video.picture_says.sample_aspect) == (Fraction(1), Fraction(4, 3))


def test_field_order_of_container_and_picture(tmp_path):
    path = ffmpeg(tmp_path / "a.mov", *picture(), "-vf", "setfield=tff", "-c:v", "prores_ks", "-flags", "+ildct")
    [video] = read(path).video
    assert (video.container_says.scan, video.picture_says.is_interlaced) == ("interlaced-tff", True)
    data = path.read_bytes()
    at = data.index(b"fiel") + 4
    path.write_bytes(data[:at] + b"\x01\x00" + data[at + 2 :])
    [video] = read(path).video
    assert (video.container_says.scan, video.picture_says.is_interlaced) == ("progressive", True)


def test_clean_aperture_and_dolby_vision_boxes(tmp_path):
    data = media_files.movie(tmp_path)
    numbers = (304, 1, 180, 1, 0, 1, 0, 1)
    clap = box(b"clap", b"".join(number.to_bytes(4, "big") for number in numbers))
    dolby = box(b"dvvC", bytes([1, 0, 8 << 1, 0x31, 1 << 4]), bytes(19))
    path = tmp_path / "b.mov"
    path.write_bytes(insert(insert(data, b"apch", clap, after=86), b"apch", dolby, after=86))
    [video] = read(path).video
    assert video.container_says.clean_aperture == (304, 180)
    assert video.dolby_vision == "8.1"


def test_captions_in_the_picture(tmp_path):
    plain = ffmpeg(tmp_path / "a.h264", *picture(), *H264)
    data = plain.read_bytes()
    captions = b"\xb5\x00\x31GA94\x03\x41\xff\xfc\x94\x2c\xff"
    message = b"\x00\x00\x00\x01\x06\x04" + bytes([len(captions)]) + captions + b"\x80"
    at = data.index(b"\x00\x00\x01\x65")  # the first slice
    plain.write_bytes(data[:at] + message[1:] + data[at:])
    inputs = ("-r", "25", "-i", str(plain))
    assert read(ffmpeg(tmp_path / "a.mp4", *inputs, "-c", "copy")).video[0].captions
    assert not read(ffmpeg(tmp_path / "b.mp4", *inputs, *H264, "-a53cc", "0")).video[0].captions


def test_captions_of_mpeg_2_are_found_by_their_mark():
    packets = Packets(SimpleNamespace(time_base=Fraction(1, 25)), "mpeg2video", picture=True)
    packets.see(Packet(b"picture"))
    assert not packets.has_captions
    packets.see(Packet(b"picture\x00\x00\x01\xb2GA94\x03\xc1\xff\xfc\x80\x80\xff"))
    assert packets.has_captions


def test_attached_picture_is_no_video(tmp_path):
    cover = ffmpeg(tmp_path / "cover.png", *picture(), "-frames:v", "1")
    inputs = (*picture(), "-i", str(cover))
    path = ffmpeg(
        tmp_path / "a.mp4",
        *(*inputs, "-map", "0", "-map", "1", "-c:v:0", "libx264", "-c:v:1", "copy", "-disposition:v:1", "attached_pic"),
    )
    info = read(path)
    assert len(info.video) == 1
    assert [(stream.kind, stream.dispositions) for stream in info.other] == [("video", ("attached_pic",))]


def test_who_wrote_it(tmp_path):
    info = read(ffmpeg(tmp_path / "a.mov", *picture(), *H264))
    assert info.writer.startswith("Lavf")
    assert "libx264" in info.video[0].encoder


def test_declared_lengths(tmp_path):
    whole = ffmpeg(tmp_path / "a.mkv", *picture(seconds=4), *sound(seconds=4), *H264, "-c:a", "flac")
    assert read(whole).declared_duration == pytest.approx(timing.from_ms(4000), abs=timing.from_ms(30))
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    info = read(cut)
    assert info.declared_duration == read(whole).declared_duration
    assert info.duration < timing.from_ms(3500)
    assert read(ffmpeg(tmp_path / "a.ts", *picture(), *H264)).declared_duration is None
