"""Pictures of two masters on one sheet: what is the same, what differs, what cannot be compared."""

import pytest
from PIL import Image

from assets.errors import UsageError
from assets.making.side_by_side import Pair, difference, write_sheet
from assets.timing import from_ms

pytestmark = pytest.mark.usefixtures("read_here")

SIZE = (32, 18)


def picture(folder, name, colour, size=SIZE):
    path = folder / name
    Image.new("RGB", size, colour).save(path)
    return path


def test_what_differs_is_counted_and_both_are_seen(tmp_path):
    black, red = picture(tmp_path, "black.png", "black"), picture(tmp_path, "red.png", "red")
    wide = picture(tmp_path, "wide.png", "blue", (40, 18))
    pairs = [Pair(from_ms(at), *both) for at, both in enumerate([(black, black), (black, red), (red, wide)])]
    sheet = tmp_path / "sheet.png"
    assert write_sheet(pairs, ("master@1", "master@2"), sheet) == 2
    with Image.open(sheet) as made:
        colours = {colour for _, colour in made.convert("RGB").getcolors(1 << 20)}
        assert {(0, 0, 0), (255, 0, 0), (0, 0, 255)} <= colours
    with pytest.raises(UsageError, match="exists"):
        write_sheet(pairs, ("master@1", "master@2"), sheet)


@pytest.mark.parametrize(("colour", "expected"), [("black", 0), ("white", 1000), ((51, 51, 51), 200)])
def test_differences_are_thousandths_of_the_range(colour, expected):
    assert difference(Image.new("RGB", SIZE), Image.new("RGB", SIZE, colour)) == expected


def test_pictures_of_two_sizes_are_not_compared():
    assert difference(Image.new("RGB", SIZE), Image.new("RGB", (40, 18))) is None
