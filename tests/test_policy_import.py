"""`releaseprint policy import`, from the file to the judgement of real media."""

import json

import media_files
import pytest
from click.testing import CliRunner
from policies import group, rule, write

from assets import platform
from assets.errors import InputError, Refused, UsageError
from checks import suites
from cli.main import group as commands

HOUSE = (
    rule("General/Format", "=", "MPEG-4"),
    rule("General/VideoCount", "=", "1"),
    rule("Video/Format", "=", "AVC"),
    rule("Video/Width", "=", "320"),
    rule("Video/Height", "=", "180"),
    group(
        "or",
        group("and", rule("Video/FrameRate", "=", "29.970"), rule("Video/ScanOrder", "=", "TFF")),
        group("and", rule("Video/FrameRate", "=", "25.000"), rule("Video/ScanType", "=", "Progressive")),
    ),
    rule("Video/BitDepth", "=", "8"),
    rule("Audio/Format", "=", "AAC"),
    rule("Audio/SamplingRate", "=", "48000"),
)


@pytest.fixture
def empty(tmp_path):
    root = tmp_path / "catalogue"
    root.mkdir()
    (root / "releaseprint.toml").write_text("", encoding="utf-8")
    return root


def _import(root, *items, options=(), file="House Spec.xml"):
    path = write(root.parent / file, group("and", *items, name="하우스"))
    arguments = ["policy", "import", str(path), "--right", "svod", "-C", str(root), *options]
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_a_good_and_a_bad_master_are_told_apart(empty, master_file):
    _import(empty, *HOUSE)
    other = media_files.picture(size="320x240", rate="30000/1001")
    bad = media_files.ffmpeg(
        empty / "bad.mp4", *other, *media_files.sound(), "-c:v", "libx264", "-pix_fmt", "yuv422p10le"
    )
    arguments = ["check", str(master_file), str(bad), "-p", "house-spec", "--quick", "--json", "-C", str(empty)]
    done = CliRunner().invoke(commands, arguments, standalone_mode=False)
    good, bad = json.loads(done.stdout)
    assert (good["findings"], [item for item in good["not_checked"] if item["required"]]) == ([], [])
    assert sorted(item["check"] for item in bad["findings"]) == ["master/bit-depth", "master/raster", "master/scan"]
    assert {item["severity"] for item in bad["findings"]} == {"error"}
    assert all(item["source"].startswith("policy 하우스, House Spec.xml, line") for item in bad["findings"])
    assert done.return_value == 1


def test_it_is_a_platform_of_the_catalogue(empty):
    said = _import(empty, *HOUSE, options=["--id", "mine", "--base", "svod"])
    loaded = platform.load("mine", empty / "platforms")
    assert {"master/scan", "subtitle/overlap"} <= {item.check.name for item in suites.suite(loaded)}
    assert f"platform: {empty}/platforms/mine.toml" in said
    assert "  master/scan\n" in said


def test_nothing_is_left_out_unseen(empty):
    items = (rule("Video/BitDepth", "=", "10"), rule("Video/Encoded_Library", "=", "x264"))
    with pytest.raises(Refused, match="line 4: Video/Encoded_Library = x264: no check asks for it"):
        _import(empty, *items)
    assert not (empty / "platforms").exists()
    assert "left out:\n  line 4: Video/Encoded_Library" in _import(empty, *items, options=["--partial"])
    text = (empty / "platforms/house-spec.toml").read_text(encoding="utf-8")
    assert "# - line 4: Video/Encoded_Library = x264: no check asks for it\n" in text


def test_a_policy_of_which_nothing_is_left_is_refused_in_any_case(empty):
    with pytest.raises(Refused, match="no check can ask for anything"):
        _import(empty, rule("Video/Encoded_Library", "=", "x264"), options=["--partial"])


def test_a_platform_that_is_there_is_replaced_by_force_alone(empty):
    _import(empty, rule("Video/BitDepth", "=", "10"))
    before = (empty / "platforms/house-spec.toml").read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        _import(empty, rule("Video/BitDepth", "=", "8"))
    assert (empty / "platforms/house-spec.toml").read_bytes() == before
    _import(empty, rule("Video/BitDepth", "=", "8"), options=["--force"])
    assert b"max_bits = 8" in (empty / "platforms/house-spec.toml").read_bytes()


@pytest.mark.parametrize(
    ("options", "file", "told"),
    [
        (["--id", "../x"], "a.xml", "'../x' is no id"),
        ([], "규격.xml", "'' is no id"),
        (["--right", "cinema"], "a.xml", "'cinema' is no media right"),
        (["--base", "nobody"], "a.xml", "there is no platform 'nobody'"),
    ],
)
def test_options_that_mean_nothing(empty, options, file, told):
    with pytest.raises(UsageError, match=told):
        _import(empty, rule("Video/BitDepth", "=", "10"), options=options, file=file)


def test_a_base_that_has_a_base_is_told_before_anything_is_written(empty):
    _import(empty, rule("Video/BitDepth", "=", "10"), options=["--id", "one", "--base", "svod"])
    with pytest.raises(InputError, match="'one' has a base itself"):
        _import(empty, rule("Video/BitDepth", "=", "10"), options=["--id", "two", "--base", "one"])
    assert not (empty / "platforms/two.toml").exists()
