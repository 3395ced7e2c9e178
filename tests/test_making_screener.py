"""Screeners: the mark is in every frame, in any script, and its text is never a command."""

import unicodedata

import making_files
import numpy as np
import pytest
from making_files import GREY, lavfi, source
from PIL import ImageFont

from assets.errors import UsageError
from assets.making.fonts import font_for, one_line
from assets.making.screener import Mark, draw, write_screener
from assets.making.source import How
from assets.making.viewing import Size

pytestmark = pytest.mark.usefixtures("read_here")

SIZE = Size(640, 360)
DATE = "2026-11-21"


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    path = tmp_path_factory.mktemp("masters") / "grey.mov"
    return source(path, *lavfi(GREY.format(rate=25), "sine=f=440:r=48000:d=0.4"))


def can_draw(*texts):
    """Whether a font of this system has the letters; where none has, the letter has to be named instead."""
    try:
        for text in texts:
            font_for(text, 20)
    except UsageError as error:
        assert "U+" in str(error)  # noqa: PT017 -- both outcomes are right, on different systems
        return False
    return True


def pixels(mark):
    return np.asarray(draw(mark, SIZE))


@pytest.mark.parametrize(
    ("name", "company"),
    [("Kim Cheol-su", "Small Films Ltd"), ("김철수", "작은 영화사"), ("山田太郎", "小さな映画社（東京）")],
)
def test_the_mark_is_in_every_frame(tmp_path, master, name, company):
    out, mark = tmp_path / "screener.mp4", Mark(name, company, DATE)
    if not can_draw(name, company):
        with pytest.raises(UsageError, match="no font here can draw"):
            write_screener(master, mark, out, How())
        return
    write_screener(master, mark, out, How())
    frames = making_files.grey_frames(out)
    assert len(frames) == master.frames == 10
    drawn = np.asarray(draw(mark, Size(320, 180)).convert("RGBA")).astype(int)
    letters = (drawn[:, :, 0] > 190) & (drawn[:, :, 3] > 100)  # the strokes themselves, not their soft edges
    outside = drawn[:, :, 3] == 0
    for frame in frames:
        assert frame[letters].mean() > frame[outside].mean() + 15, "the letters are not there"
        assert abs(frame[outside].mean() - 126) < 4, "the picture itself is changed"


HOSTILE = ["%{pts}", "a:b,c;d[e]", 'it\'s "so"', "back\\slash\\", "two\nlines\r\n", "%{eif:1:d}\x00\x1b[31m", "-i x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_drawn_as_it_is(tmp_path, master, text):
    write_screener(master, Mark(text, text, DATE), tmp_path / "screener.mp4", How())
    plain = Mark("xxxx", "xxxx", DATE)
    assert (pixels(Mark(text, text, DATE)) != pixels(plain)).any()
    assert (pixels(Mark(text, text, DATE)) == pixels(Mark(one_line(text), one_line(text), DATE))).all()


def test_each_person_has_another_mark():
    assert (pixels(Mark("Anna", "House", DATE)) != pixels(Mark("Anne", "House", DATE))).any()
    assert (pixels(Mark("Anna", "House", DATE)) != pixels(Mark("Anna", "House", "2026-11-22"))).any()


def test_decomposed_names_are_drawn_composed():
    name = "Zoë Kim"
    assert (pixels(Mark(unicodedata.normalize("NFD", name), "A", DATE)) == pixels(Mark(name, "A", DATE))).all()


def test_a_letter_that_no_font_has_is_named_and_never_a_box(tmp_path, master):
    unassigned = "\U000e0fff"
    with pytest.raises(UsageError, match=r"no font here can draw .*U\+E0FFF.*--font"):
        write_screener(master, Mark(f"A{unassigned}", "B", DATE), tmp_path / "out.mp4", How())
    assert not list(tmp_path.iterdir())


def test_a_named_font_is_the_only_one(tmp_path):
    latin = tmp_path / "latin.ttf"
    latin.write_bytes(ImageFont.load_default(12).font_bytes)
    assert font_for("Kim", 20, latin).getlength("Kim") > 0
    with pytest.raises(UsageError, match=r"latin\.ttf: has no letter for '김' \(U\+AE40\), '철' \(U\+CCA0\)"):
        font_for("김철", 20, latin)
    text = tmp_path / "notes.ttf"
    text.write_text("no font")
    with pytest.raises(UsageError, match=r"notes\.ttf: is no font"):
        font_for("Kim", 20, text)


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\u202e\u200b"])
def test_a_mark_without_a_name_is_refused(text):
    with pytest.raises(UsageError, match="the watermark needs a name"):
        Mark(text, "House", DATE).lines()


def test_a_text_too_long_to_be_read_is_refused():
    with pytest.raises(UsageError, match="is too long to be read"):
        draw(Mark("x" * 500, "House", DATE), SIZE)


def test_a_long_name_becomes_smaller_and_stays_inside():
    mark = np.asarray(draw(Mark("Aleksandra Wielopolska-Konstantinopolitańczykiewiczówna", "House", DATE), SIZE))
    assert not mark[:, :4, 3].any()
    assert not mark[:, -4:, 3].any()
