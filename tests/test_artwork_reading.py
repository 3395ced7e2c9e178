"""What decoding a picture tells, and which pictures are not decoded."""

import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageDraw

from assets import artwork_reading
from assets.artwork_reading import read_image
from assets.reading import read_title
from assets.subjects import UnreadableArtwork
from assets.title import ArtworkDeclaration, AssetFile, Programme, Title


@pytest.fixture
def drawn():
    """A picture of 40 by 60 pixels that is neither blank nor doubled."""
    image = Image.new("RGB", (40, 60), (10, 20, 30))
    ImageDraw.Draw(image).line((1, 3, 37, 52), (200, 100, 50))
    return image


def _facts(image, path, **options):
    image.save(path, **options)
    return read_image(str(path))


def test_a_plain_picture(drawn, tmp_path):
    width, height, mode, form, picture = _facts(drawn, tmp_path / "포스터.jpg", quality=90)
    assert (width, height, mode, form) == (40, 60, "RGB", "JPEG")
    assert (picture.frames, picture.orientation, picture.is_progressive) == (1, 1, False)
    assert (picture.profile, picture.profile_space, picture.least_alpha) == ("", "", None)
    assert not picture.is_blank
    assert not picture.is_doubled


def test_progressive_and_interlaced(drawn, tmp_path):
    assert _facts(drawn, tmp_path / "a.jpg", progressive=True)[4].is_progressive
    path = tmp_path / "a.png"
    path.write_bytes(_interlaced())
    assert read_image(str(path))[4].is_progressive


def _interlaced():
    """A grey PNG of one pixel in seven passes: PNG, 8.2, interlace method 1."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 1)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0\x80")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_picture_on_its_side(drawn, tmp_path):
    exif = Image.Exif()
    exif[274] = 6
    assert _facts(drawn, tmp_path / "a.jpg", exif=exif)[4].orientation == 6


def test_an_animation(drawn, tmp_path):
    frames = [drawn.rotate(90), drawn.rotate(180)]
    assert _facts(drawn, tmp_path / "a.png", save_all=True, append_images=frames)[4].frames == 3


@pytest.mark.parametrize(("alpha", "least"), [(255, 255), (0, 0), (17, 17)])
def test_the_most_transparent_pixel(drawn, tmp_path, alpha, least):
    image = drawn.convert("RGBA")
    image.putpixel((5, 5), (1, 2, 3, alpha))
    assert _facts(image, tmp_path / "a.png")[4].least_alpha == least


def test_a_palette_with_a_transparent_colour(drawn, tmp_path):
    image = drawn.quantize(4)
    _, _, mode, _, picture = _facts(image, tmp_path / "a.png", transparency=0)
    assert (mode, picture.least_alpha) == ("P", 0)


def test_the_colour_profile_and_its_space(drawn, tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    picture = _facts(drawn, tmp_path / "a.png", icc_profile=profile.tobytes())[4]
    assert ("sRGB" in picture.profile, picture.profile_space) == (True, "RGB")
    broken = _facts(drawn, tmp_path / "b.png", icc_profile=b"\0" * 16 + b"CMYK" + b"\0" * 200)[4]
    assert (broken.profile, broken.profile_space) == ("unreadable", "CMYK")


def test_one_colour_is_blank_and_not_doubled(tmp_path):
    picture = _facts(Image.new("RGB", (40, 60), "red"), tmp_path / "a.png")[4]
    assert (picture.is_blank, picture.is_doubled) == (True, False)
    assert _facts(Image.new("L", (40, 60), 7), tmp_path / "b.png")[4].is_blank


def test_doubled_pixels(drawn, tmp_path):
    doubled = drawn.resize((80, 120), Image.Resampling.NEAREST)
    assert _facts(doubled, tmp_path / "a.png")[4].is_doubled
    smooth = drawn.resize((80, 120), Image.Resampling.BICUBIC)
    assert not _facts(smooth, tmp_path / "b.png")[4].is_doubled
    doubled.putpixel((79, 119), (0, 0, 0))
    assert not _facts(doubled, tmp_path / "c.png")[4].is_doubled


def test_a_picture_saved_twice_has_the_same_pixels(drawn, tmp_path):
    first = _facts(drawn, tmp_path / "a.png")[4]
    second = _facts(drawn, tmp_path / "b.tiff")[4]
    drawn.putpixel((0, 0), (0, 0, 0))
    third = _facts(drawn, tmp_path / "c.png")[4]
    assert first.pixels == second.pixels != third.pixels


def test_too_many_pixels_are_not_decoded(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(artwork_reading, "MAX_PIXELS", 2000)
    with pytest.raises(ValueError, match="it has 40x60 pixels; at most 2000 are decoded in all"):
        _facts(drawn, tmp_path / "a.png")


def test_a_decompression_bomb_is_told_by_its_header(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(ValueError, match="it has far more than"):
        _facts(drawn, tmp_path / "a.png")


@pytest.mark.parametrize(("name", "data"), [("cut.jpg", None), ("none.png", b"no picture")])
def test_a_picture_that_is_cut_short_is_unreadable(drawn, tmp_path, name, data):
    path = tmp_path / name
    drawn.resize((400, 600)).save(path, quality=95)
    path.write_bytes(data or path.read_bytes()[:-2000])
    declared = ArtworkDeclaration(AssetFile(name, path), "poster")
    title = Title("film", tmp_path, {"en": "Film"}, Programme(1, 84, 1, 1, 2020, "ko"), artwork=(declared,))
    (asset,) = read_title(title, 60).assets
    assert isinstance(asset, UnreadableArtwork)
    assert asset.sha256
    assert str(tmp_path) not in asset.reason
