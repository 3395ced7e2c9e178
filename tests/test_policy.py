"""A policy as checks: the same is asked for, and what no check can ask for is listed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policies import group, rule, write

from assets import platform
from assets.policy import document, facts
from assets.policy.document import Rule
from assets.policy.translate import translate
from assets.policy.writing import Head, platform_text
from checks import suites

DAY = date(2026, 11, 20)
NTSC, PAL = ("29.970", "486"), ("25.000", "576")


def _translated(tmp_path, *items, kind="and"):
    return translate(document.read(write(tmp_path / "policy.xml", group(kind, *items))))


def _limits(tmp_path, *items):
    """The limits of each check, where nothing is left out and no case is made."""
    found = _translated(tmp_path, *items)
    assert found.left == ()
    assert all(item.solved.cases == () for item in found.asked)
    return {item.solved.check: item.solved.limits for item in found.asked}


def _left(tmp_path, *items):
    return [(item.what, item.why) for item in _translated(tmp_path, *items).left]


@pytest.mark.parametrize(
    ("items", "check", "limits"),
    [
        ([rule("General/Format", "=", "Matroska")], "master/container", {"allowed": ["mkv"]}),
        ([rule("General/Format", "=", "MPEG-4")], "master/container", {"allowed": ["mov", "mp4"]}),
        (
            [rule("General/Format", "=", "MPEG-4"), rule("General/Format_Profile", "=", "QuickTime")],
            "master/container",
            {"allowed": ["mov"]},
        ),
        ([rule("General/FileExtension", "=", "mxf")], "master/container", {"allowed": ["mxf"]}),
        ([rule("Video/Format", "=", "AVC")], "master/codec", {"allowed": ["h264"]}),
        (
            [rule("Video/Format", "=", "ProRes"), rule("Video/Format_Profile", "=", "422 HQ")],
            "master/codec",
            {"allowed": ["prores/HQ"]},
        ),
        ([rule("Video/CodecID", "=", "apch")], "master/codec", {"allowed": ["prores/HQ"]}),
        (
            [rule("Video/Format", "=", "MPEG Video"), rule("Video/Format_Version", "=", "Version 2")],
            "master/codec",
            {"allowed": ["mpeg2video"]},
        ),
        ([rule("Video/Format", "=", "YUV"), rule("Video/CodecID", "=", "v210")], "master/codec", {"allowed": ["v210"]}),
        (
            [rule("Video/Width", "=", "1920"), rule("Video/Height", "=", "1080")],
            "master/raster",
            {"frames": ["1920x1080"], "cropped": False},
        ),
        ([rule("Video/FrameRate", "=", "23.976")], "master/frame-rate", {"allowed": ["24000/1001"], "disputed": []}),
        ([rule("General/FrameRate", "=", "25")], "master/frame-rate", {"allowed": ["25"], "disputed": []}),
        ([rule("Video/FrameRate", "=", "15.000")], "master/frame-rate", {"allowed": ["15"], "disputed": []}),
        (
            [rule("Video/FrameRate", ">", "29.97"), rule("Video/FrameRate", "<=", "50")],
            "master/frame-rate",
            {"allowed": ["30", "48", "50"], "disputed": []},
        ),
        ([rule("Video/ScanType", "=", "Interlaced")], "master/scan", {"allowed": ["interlaced-tff", "interlaced-bff"]}),
        ([rule("Video/ScanOrder", "=", "BFF")], "master/scan", {"allowed": ["interlaced-bff"]}),
        ([rule("Video/ScanOrder", "!=", "BFF")], "master/scan", {"allowed": ["interlaced-tff"]}),
        ([rule("Video/ScanOrder", "must not exist")], "master/scan", {"allowed": ["progressive"]}),
        ([rule("Video/BitDepth", "=", "10")], "master/bit-depth", {"min_bits": 10, "max_bits": 10}),
        ([rule("Video/BitDepth", ">=", "10")], "master/bit-depth", {"min_bits": 10}),
        (
            [rule("Video/BitDepth", ">", "8"), rule("Video/BitDepth", "<", "12")],
            "master/bit-depth",
            {"min_bits": 9, "max_bits": 11},
        ),
        ([rule("Video/ChromaSubsampling", "=", "4:2:2")], "master/chroma", {"allowed": ["4:2:2"]}),
        (
            [
                rule("Video/colour_primaries", "=", "BT.2020"),
                rule("Video/transfer_characteristics", "=", "PQ"),
                rule("Video/matrix_coefficients", "=", "BT.2020 non-constant"),
            ],
            "master/colour-tags",
            {"allowed": ["bt2020/pq/bt2020nc"]},
        ),
        ([rule("Video/colour_range", "!=", "Full")], "master/colour-range", {"allowed": ["limited"]}),
        (
            [rule("Video/DisplayAspectRatio", "=", "1.778")],
            "master/aspect-ratio",
            {"narrowest": "1.7775", "widest": "1.7785"},
        ),
        (
            [rule("Video/DisplayAspectRatio", ">=", "1.333")],
            "master/aspect-ratio",
            {"narrowest": "1.3325", "widest": "1000"},
        ),
        ([rule("Video/BitRate", ">=", "50000000")], "master/bit-rate-too-low", {"min_mbps_from_height": {1: 50}}),
        ([rule("Video/FrameRate_Mode", "=", "CFR")], "master/variable-frame-rate", {"max_spread_ms": 1}),
        ([rule("Video/PixelAspectRatio", "=", "1.000")], "master/sample-aspect", {}),
        (
            [rule("Other/TimeCode_FirstFrame", "=", "10:00:00:00")],
            "master/start-timecode",
            {"allowed": ["10:00:00:00"]},
        ),
        ([rule("Audio/SamplingRate", "=", "48000")], "audio/sample-rate", {"allowed": [48000]}),
        ([rule("Audio/SamplingRate", "=", "22050")], "audio/sample-rate", {"allowed": [22050]}),
        ([rule("Audio/BitDepth", "=", "24")], "audio/bit-depth", {"min_bits": 24, "max_bits": 24}),
        ([rule("Audio/Channel(s)", "=", "1")], "audio/layout", {"allowed": ["mono", "1 channels"]}),
        ([rule("Audio/ChannelLayout", "=", "L R")], "audio/layout", {"allowed": ["stereo"]}),
        (
            [rule("Audio/Format", "=", "AAC"), rule("Audio/Format_AdditionalFeatures", "=", "LC")],
            "audio/codec",
            {"allowed": ["aac/LC"]},
        ),
        (
            [
                rule("Audio/Format", "=", "PCM"),
                rule("Audio/Format_Settings_Endianness", "=", "Little"),
                rule("Audio/Format_Settings_Sign", "=", "Signed"),
            ],
            "audio/codec",
            {"allowed": ["pcm_s16le", "pcm_s24le", "pcm_s32le"]},
        ),
        ([rule("Audio/Language", "must exist")], "audio/language-untagged", {}),
        ([rule("General/AudioCount", ">=", "1")], "master/audio-missing", {}),
    ],
)
def test_fields(tmp_path, items, check, limits):
    assert _limits(tmp_path, *items) == {check: limits}


def test_one_picture_is_two_checks(tmp_path):
    assert _limits(tmp_path, rule("General/VideoCount", "=", "1")) == {
        "master/more-than-one-video": {},
        "master/video-missing": {},
    }


def test_no_text_is_neither_a_track_nor_captions(tmp_path):
    assert _limits(tmp_path, rule("Text/Format", "must not exist")) == {
        "master/captions-embedded": {},
        "master/extra-stream": {"allowed": ["data", "attachment"]},
    }


def test_any_of_values_is_a_list(tmp_path):
    codecs = group(
        "or",
        rule("Video/Format", "=", "FFV1"),
        group("and", rule("Video/Format", "=", "ProRes"), rule("Video/Format_Profile", "!=", "422 Proxy")),
    )
    assert [why for _, why in _left(tmp_path, codecs)] == [
        "master/codec can name prores with all profiles, or the allowed ones, not all but one"
    ]
    codecs = codecs.replace("!=", "=")
    assert _limits(tmp_path, codecs) == {"master/codec": {"allowed": ["prores/Proxy", "ffv1"]}}


def test_groups_of_groups(tmp_path):
    sizes = [
        group("and", rule("Video/Width", "=", width), rule("Video/Height", "=", height))
        for width, height in (("1920", "1080"), ("3840", "2160"))
    ]
    nested = group("and", group("or", group("or", *sizes)), group("and", rule("Video/ScanType", "=", "Progressive")))
    assert _limits(tmp_path, nested) == {
        "master/raster": {"frames": ["1920x1080", "3840x2160"], "cropped": False},
        "master/scan": {"allowed": ["progressive"]},
    }


def test_what_all_sides_ask_for_is_asked_for_even_if_the_rest_is_left_out(tmp_path):
    common = rule("General/Format", "=", "MXF"), rule("General/VideoCount", "=", "1")
    sides = [
        group("and", *common, rule("Video/ChromaSubsampling", "=", chroma), rule("Video/BitDepth", "=", depth))
        for chroma, depth in (("4:2:2", "10"), ("4:2:0", "8"))
    ]
    found = _translated(tmp_path, group("or", *sides))
    assert {item.solved.check for item in found.asked} == {
        "master/container",
        "master/more-than-one-video",
        "master/video-missing",
    }
    assert len(found.left) == 1


def test_a_side_that_asks_for_no_more_than_all_makes_the_others_idle(tmp_path):
    depth = rule("Video/BitDepth", "=", "10")
    either = group("or", depth, group("and", depth, rule("Video/ChromaSubsampling", "=", "4:2:2")))
    assert _limits(tmp_path, either) == {"master/bit-depth": {"min_bits": 10, "max_bits": 10}}


def test_a_condition_is_a_case(tmp_path):
    order = group(
        "or",
        group("and", rule("Video/FrameRate", "=", "29.970"), rule("Video/ScanOrder", "=", "TFF")),
        group("and", rule("Video/ScanType", "=", "Progressive")),
    )
    (found,) = _translated(tmp_path, order).asked
    assert found.solved.limits == {"allowed": ["progressive"]}
    assert found.solved.cases == (({"frame_rate": ["30000/1001"]}, {"allowed": ["progressive", "interlaced-tff"]}),)


def _standards(width=()):
    return group(
        "or",
        *(
            group("and", rule("Video/FrameRate", "=", rate), rule("Video/Height", "=", height), *width)
            for rate, height in (NTSC, PAL)
        ),
    )


@pytest.mark.parametrize("width_within", [True, False])
def test_television_standards(tmp_path, width_within):
    width = rule("Video/Width", "=", "720")
    items = [_standards([width])] if width_within else [width, _standards()]
    found = {item.solved.check: item.solved for item in _translated(tmp_path, *items).asked}
    assert found["master/frame-rate"].limits["allowed"] == ["25", "30000/1001"]
    assert found["master/raster"].limits["frames"] == ["720x576"]
    ((condition, limits),) = found["master/raster"].cases
    assert (condition, limits["frames"]) == ({"frame_rate": ["30000/1001"]}, ["720x486"])


def test_depth_by_codec(tmp_path):
    either = group(
        "or",
        group("and", rule("Video/Format", "=", "AVC"), rule("Video/BitDepth", "=", "8")),
        group("and", rule("Video/Format", "=", "FFV1"), rule("Video/BitDepth", ">=", "10")),
    )
    found = {item.solved.check: item.solved for item in _translated(tmp_path, either).asked}
    assert found["master/codec"].limits == {"allowed": ["ffv1", "h264"]}
    assert found["master/bit-depth"].limits == {"min_bits": 8, "max_bits": 8}
    assert found["master/bit-depth"].cases == (({"codec": ["ffv1"]}, {"min_bits": 10}),)


def test_colour_by_height(tmp_path):
    def colour(height, primaries, matrix):
        return group(
            "and",
            rule("Video/Width", "=", "720" if height == "576" else "1920"),
            rule("Video/Height", "=", height),
            rule("Video/colour_primaries", "=", primaries),
            rule("Video/transfer_characteristics", "=", "BT.709"),
            rule("Video/matrix_coefficients", "=", matrix),
        )

    either = group("or", colour("576", "BT.601 PAL", "BT.601"), colour("1080", "BT.709", "BT.709"))
    found = {item.solved.check: item.solved for item in _translated(tmp_path, either).asked}
    (case,) = found["master/colour-tags"].cases
    assert found["master/colour-tags"].limits == {"allowed": ["bt709/bt709/bt709"]}
    assert case == ({"min_height": 576, "max_height": 576}, {"allowed": ["bt470bg/bt709/smpte170m"]})


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([rule("Video/Format", "!=", "AVC")], "master/codec lists what is allowed"),
        ([rule("Video/Format", "=", "Cinepak")], "'Cinepak' is not known; known: ProRes, AVC"),
        ([rule("Video/Width", "=", "1920")], "leave Height open"),
        ([rule("Video/Width", ">=", "1920"), rule("Video/Height", "=", "1080")], "no plain number"),
        ([rule("Video/Width", "=", "HD")], "'HD' is no size in pixels"),
        ([rule("Video/Width", "=", "１９２０")], "is no size in pixels"),
        ([rule("Video/FrameRate", "=", "23.98")], "'23.98' is not known"),
        (
            [rule("Video/colour_primaries", "=", "BT.709")],
            "leave transfer_characteristics and matrix_coefficients open",
        ),
        ([rule("Video/BitRate", "<=", "50000000")], "no check limits the average rate from above"),
        ([rule("Video/BitRate", ">=", "1500000")], "whole megabits"),
        ([rule("Video/BitDepth", "!=", "10")], "a gap between"),
        ([rule("Video/BitDepth", ">", "10"), rule("Video/BitDepth", "<", "11")], "no whole number"),
        ([rule("Video/ScanType", "=", "MBAFF")], "'MBAFF' is not known"),
        ([rule("Video/Format", "starts with", "A")], "whole values"),
        ([rule("Video/BitRate", "must exist")], "no check asks for that by itself"),
        ([rule("Video/FrameRate_Mode", "=", "VFR")], "a constant rate"),
        ([rule("Video/ColorSpace", "=", "YUV")], "colour space"),
        ([rule("General/Duration", ">=", "60000")], "master/runtime-differs"),
        ([rule("Audio/Language", "=", "ko")], "title.toml"),
        ([rule("Video/Encoded_Library", "=", "x264")], "no check asks for it"),
        ([rule("Audio/Channels", "=", "2", occurrence="1")], "one stream alone"),
        ([rule("Audio/Channels", "=", "two")], "'two' is not known"),
        ([rule("Video/ScanType", "=", "Progressive"), rule("Video/ScanOrder", "=", "TFF")], "contradict"),
    ],
)
def test_what_no_check_can_ask_for_is_left_with_the_reason(tmp_path, items, why):
    left = _left(tmp_path, *items)
    assert left
    assert any(why in said for _, said in left), left


def test_a_group_falls_with_its_rule_and_is_named(tmp_path):
    either = group("or", rule("Video/Format", "=", "AVC"), rule("Video/Encoder", "=", "x"), name="either")
    found = _translated(tmp_path, rule("Video/BitDepth", "=", "8"), either)
    assert [str(item) for item in found.left] == [
        "line 4: policy 'either' (or): it depends on line 6",
        "line 6: Video/Encoder = x: no check asks for it",
    ]
    assert [item.solved.check for item in found.asked] == ["master/bit-depth"]


def test_what_ties_too_much_together_does_not_take_the_rest_with_it(tmp_path):
    either = group(
        "or",
        group("and", rule("Video/ChromaSubsampling", "=", "4:2:2"), rule("Video/BitDepth", "=", "10")),
        group("and", rule("Video/ChromaSubsampling", "=", "4:2:0"), rule("Video/BitDepth", "=", "8")),
        name="tied",
    )
    found = _translated(tmp_path, rule("Video/BitDepth", ">=", "8"), either)
    assert [item.solved.limits for item in found.asked] == [{"min_bits": 8}]
    assert [(item.line, item.why) for item in found.left] == [
        (4, "it ties together facts of which none can be the condition of a case")
    ]


def test_a_hostile_number_of_values_is_left_out_at_once(tmp_path):
    sizes = "".join(rule("Video/Width", "=", str(number)) for number in range(2, 900))
    sizes += "".join(rule("Video/Height", "=", str(number)) for number in range(2, 900))
    (left,) = _translated(tmp_path, group("or", sizes, name="all")).left
    assert left.why == "more than 64 values of Width"


def test_where_it_is_stricter_is_said(tmp_path):
    found = _translated(tmp_path, rule("Video/FrameRate", "<=", "30"), rule("General/FileExtension", "=", "mov"))
    assert [item.notes for item in found.asked] == [
        ("the container is judged by its content, not by the suffix of the name",),
        ("of a range the usual values are listed, and others in it are refused",),
    ]


def test_every_check_and_limit_of_the_facts_exists(tmp_path):
    known = facts.load()
    names = {*known.checks, *(name for item in known.rules for name in item.checks)}
    assert names <= set(suites.all_names())
    for number, item in enumerate(known.rules):
        for text in item.rule:
            place, _, rest = text.partition(" ")
            operator, _, value = (rest, "", "") if rest.startswith("must") else rest.partition(" ")
            found = _translated(tmp_path, rule(place, operator, value))
            assert {asked.solved.check for asked in found.asked} == set(item.checks), number


# What the platform's file of a policy says.


def _loaded(tmp_path, *items, base="", name="House"):
    found = translate(document.read(write(tmp_path / "policy.xml", group("and", *items, name=name))))
    folder = tmp_path / "platforms"
    folder.mkdir(exist_ok=True)
    if base:
        (folder / "base.toml").write_text(base, encoding="utf-8")
    head = Head(name, "policy.xml", "svod", DAY, platform.load("base", folder) if base else None)
    text = platform_text(head, found)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    loaded = platform.load("own", folder)
    return loaded, {item.check.name: item for item in suites.suite(loaded)}, text


def test_the_file_loads_and_names_its_source(tmp_path):
    loaded, suite, text = _loaded(tmp_path, rule("Video/BitDepth", "=", "10"), rule("Video/Encoder", "=", "x\n# y"))
    assert (loaded.name, loaded.right, loaded.revision) == ("House", "svod", "2026-11-20")
    depth = suite["master/bit-depth"]
    assert (str(depth.severity), depth.source) == ("error", "policy House, policy.xml, line 3")
    assert (depth.verified_on, depth.limits.min_bits, depth.limits.max_bits) == (DAY, 10, 10)
    assert "# - line 4: Video/Encoder = x # y: no check asks for it\n" in text


@pytest.mark.parametrize(
    "name", ['a "quoted" \\ name', "편성 규격", "日本語\u202e\u200b", "x\x7fy\x85z", "", "'''\"\"\""]
)
def test_any_name_is_a_valid_file(tmp_path, name):
    loaded, _, text = _loaded(tmp_path, rule("Video/BitDepth", "=", "10"), name=name)
    assert loaded.name == (name or "policy.xml")
    assert all(letter.isprintable() or letter == "\n" for letter in text)


BASE = """
name = "Base"
right = "svod"
revision = "1"
source = "their own"
[checks."master/scan"]
allowed = ["progressive"]
severity = "warning"
source = "a clause"
verified_on = 2026-11-01
[[checks."master/scan".when]]
if = { frame_rate = ["25"] }
allowed = ["interlaced-tff"]
[checks."master/raster"]
frames = ["1920x1080"]
cropped = true
severity = "error"
source = "a clause"
verified_on = 2026-11-01
[checks."master/video-missing"]
severity = "error"
source = "a clause"
verified_on = 2026-11-01
"""


def test_the_policy_counts_not_the_cases_and_exceptions_of_its_base(tmp_path):
    size = [rule("Video/Width", "=", "720"), rule("Video/Height", "=", "576")]
    _, suite, _ = _loaded(tmp_path, rule("Video/ScanOrder", "=", "BFF"), *size, base=BASE)
    ((condition, case),) = suite["master/scan"].cases
    assert (str(condition), case.limits.allowed) == ("min height 1", ("interlaced-bff",))
    assert str(suite["master/scan"].severity) == "error"
    assert suite["master/raster"].limits.cropped is False
    assert "master/video-missing" in suite


# Whatever a policy says, a file that it takes is taken, and if nothing was left out a file that it refuses is refused.

RATES = {"24.000": "24", "25.000": "25", "29.970": "30000/1001", "12.500": "25/2"}
SCANS = {
    ("Progressive", ""): "progressive",
    ("Interlaced", "TFF"): "interlaced-tff",
    ("Interlaced", "BFF"): "interlaced-bff",
}
SIDES = ("576", "720", "1080")
RULES = st.one_of(
    st.builds(
        rule, st.just("Video/FrameRate"), st.sampled_from(["=", "!="]), st.sampled_from(["24.000", "25.000", "29.970"])
    ),
    st.builds(
        rule, st.just("Video/ScanType"), st.sampled_from(["=", "!="]), st.sampled_from(["Progressive", "Interlaced"])
    ),
    st.builds(rule, st.just("Video/ScanOrder"), st.sampled_from(["=", "!="]), st.sampled_from(["TFF", "BFF"])),
    st.builds(rule, st.sampled_from(["Video/Width", "Video/Height"]), st.just("="), st.sampled_from(SIDES[:2])),
)
POLICIES = st.recursive(
    RULES, lambda inner: st.builds(group, st.sampled_from(["and", "or"]), inner, inner), max_leaves=7
)


def _keeps(term, said):
    if not isinstance(term, Rule):
        return (all if term.kind == "and" else any)(_keeps(item, said) for item in term.items)
    value = said[term.field]
    return bool(value) and (value == term.value) == (term.operator == "=")


def _taken(asked, said):
    rate, scan = RATES[said["FrameRate"]], SCANS[said["ScanType"], said["ScanOrder"]]
    facts_of = {"frame_rate": rate, "scan": scan}
    height = int(said["Height"])
    own = {
        "master/frame-rate": ("allowed", rate),
        "master/scan": ("allowed", scan),
        "master/raster": ("frames", f"{said['Width']}x{said['Height']}"),
    }
    for item in asked:
        limits = item.solved.limits
        for condition, case in item.solved.cases:
            if condition.get("min_height", height) <= height <= condition.get("max_height", height) and all(
                facts_of[key] in value for key, value in condition.items() if key in facts_of
            ):
                limits = case
                break
        key, value = own[item.solved.check]
        if value not in limits[key]:
            return False
    return True


@settings(max_examples=100)
@given(POLICIES)
def test_the_same_files_are_taken(tmp_path_factory, text):
    path = write(tmp_path_factory.getbasetemp() / "any.xml", group("and", text))
    policy = document.read(path)
    found = translate(policy)
    for rate in RATES:
        for kind, order in SCANS:
            for width in SIDES:
                for height in SIDES:
                    said = {"FrameRate": rate, "ScanType": kind, "ScanOrder": order, "Width": width, "Height": height}
                    wanted, taken = _keeps(policy, said), _taken(found.asked, said)
                    assert taken or not wanted, said
                    assert wanted or not taken or found.left, said
