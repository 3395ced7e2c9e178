"""Artwork with a fault each, as real files: read, and judged by a platform that is shipped."""

import unicodedata
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageCms, ImageDraw

from assets import platform
from assets.manifest import read_title
from assets.reading import read_title as read_assets
from checks.judging import Question, judge

NOW = datetime(2026, 12, 2, tzinfo=UTC)
TITLE = """\
original_language = "ko"
production_year = 2020
[names]
en = "Film"
"""
ARTWORK = '[[artwork]]\nfile = "artwork/{}"\nkind = "{}"\n'


def drawn(*size, seed=0):
    """A picture that is neither blank nor doubled, and another one for each seed."""
    image = Image.new("RGB", size, (seed, 20, 30))
    ImageDraw.Draw(image).line((1, 3 + seed, size[0] - 3, size[1] - 8), (200, 100, 50), width=3)
    return image


def opaque(image):
    image.putalpha(255)
    return image


def upright_when_turned():
    exif = Image.Exif()
    exif[274] = 6
    return exif


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()


POSTER = (1000, 1500)
FILES = {
    "좋은 포스터.jpg": ("poster", lambda: drawn(*POSTER), {}, set()),
    "saved twice.png": ("box-cover", lambda: drawn(1200, 1600, seed=1), {}, set()),
    "as a cover.png": ("poster", lambda: drawn(1200, 1600, seed=1), {}, {"same-picture", "aspect"}),
    "blank.png": ("poster", lambda: Image.new("RGB", POSTER, (9, 9, 9)), {}, {"blank"}),
    "doubled.png": (
        "poster",
        lambda: drawn(500, 750, seed=2).resize(POSTER, Image.Resampling.NEAREST),
        {},
        {"pixels-doubled"},
    ),
    "progressive.jpg": ("poster", lambda: drawn(*POSTER, seed=3), {"progressive": True}, {"progressive"}),
    "turned.jpg": ("poster", lambda: drawn(*POSTER, seed=4), {"exif": upright_when_turned()}, {"orientation"}),
    "print.jpg": ("poster", lambda: drawn(*POSTER, seed=5).convert("CMYK"), {}, {"colour-mode"}),
    "profile.jpg": ("poster", lambda: drawn(*POSTER, seed=6), {"icc_profile": profile()}, {"colour-profile"}),
    "opaque.png": ("title-art", lambda: opaque(drawn(1100, 480, seed=7)), {}, {"alpha"}),
    "moving.png": (
        "key-art",
        lambda: drawn(1920, 1080, seed=8),
        {"save_all": True, "append_images": [drawn(1920, 1080, seed=9)]},
        {"animated"},
    ),
    "long.png": ("poster", lambda: drawn(10_001, 30, seed=10), {}, {"too-many-pixels", "aspect", "size"}),
    "poster.webp": ("poster", lambda: drawn(*POSTER, seed=11), {}, {"format"}),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A title whose files are named decomposed on the disk, and composed in its title.toml."""
    made = tmp_path_factory.mktemp("catalogue") / "titles" / "film"
    (made / "artwork").mkdir(parents=True)
    for name, (_, picture, options, _) in FILES.items():
        picture().save(made / "artwork" / unicodedata.normalize("NFD", name), **options)
    (made / "artwork" / "no picture.jpg").write_bytes(b"<svg onload='alert(1)'>")
    declared = [*((name, kind) for name, (kind, *_) in FILES.items()), ("no picture.jpg", "poster")]
    text = TITLE + "".join(ARTWORK.format(*item) for item in declared)
    (made / "title.toml").write_text(text, encoding="utf-8")
    return made


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_each_file_has_the_findings_of_its_fault_and_no_others(folder):
    title = read_title(folder / "title.toml", folder.parents[1])
    report = judge(read_assets(title, 60), platform.load("svod"), Question(at=NOW), now=NOW)
    found = {name: set() for name in [*FILES, "no picture.jpg"]}
    for finding in report.findings:
        if finding.check.startswith("artwork/"):
            file = finding.asset or finding.at.label
            found[file.removeprefix("artwork/")].add(finding.check.removeprefix("artwork/"))
    assert found == {name: faults for name, (*_, faults) in FILES.items()} | {"no picture.jpg": {"unreadable"}}
