"""The checks of measured pictures: the times they point at, and what the shipped platforms make of whole records."""

import builders_media
import picture_signals
import pytest

from assets import platform
from assets.timing import from_seconds
from checks import core, suites

MEASURED = {
    "master/bars",
    "master/black-at-head",
    "master/black-at-tail",
    "master/black-inside",
    "master/burnt-in-text-suspected",
    "master/cropped-picture",
    "master/decode-errors",
    "master/field-order-differs",
    "master/flashes",
    "master/frame-count-differs",
    "master/frame-rate-not-native",
    "master/framing-changes",
    "master/frozen-inside",
    "master/interlaced-picture",
    "master/levels-outside-range",
    "master/programme-start",
    "master/range-differs",
    "master/repeated-frames",
    "master/slate-suspected",
    "master/telecine",
    "master/timestamps",
}
HEAD = {"bars": [["0", "60"]], "frozen": [["60", "70"]], "black": [["70", "80"]]}


def _subject(case):
    return picture_signals.with_pictures(builders_media.master(case), case)


def _suite(platform_id, names=MEASURED):
    return [selected for selected in suites.suite(platform.load(platform_id)) if selected.check.name in names]


def _found(platform_id, case, names=MEASURED):
    results = list(core.run(_suite(platform_id, names), [_subject(case)]))
    assert [item for item in results if isinstance(item, core.NotChecked)] == []
    return {f"{item.check} {item.severity}: {item.message}" for item in results}


@pytest.mark.parametrize(
    ("name", "limits", "case", "spans"),
    [
        ("master/black-at-head", {"max_ms": 0}, {"picture": {"black": [["0", "2"]]}}, [(0, 2)]),
        ("master/black-at-tail", {"max_ms": 0}, {"picture": {"black": [["5039", "5040"]]}}, [(5039, 5040)]),
        ("master/black-inside", {"max_ms": 0}, {"picture": {"black": [["7", "9"]]}}, [(7, 9)]),
        ("master/bars", {"at_head": "forbidden"}, {"picture": HEAD}, [(0, 60)]),
        ("master/bars", {"at_head": "required", "black_ms": 3000}, {"picture": HEAD}, [(70, 80)]),
        ("master/slate-suspected", None, {"picture": HEAD}, [(60, 70)]),
        (
            "master/programme-start",
            {"allowed": ["10:00:00:00"]},
            {"picture": HEAD, "timecode": "10:00:00:00"},
            [(80, None)],
        ),
        ("master/frozen-inside", {"max_ms": 0}, {"picture": {"frozen": [["7", "9"]]}}, [(7, 9)]),
        (
            "master/cropped-picture",
            {"max_px": 0},
            {"picture": {"framings": [["1", "5", [0, 9, 0, 9]], ["5", "9", [0, 9, 0, 9]]]}},
            [(1, 9)],
        ),
        (
            "master/framing-changes",
            {"max_px": 0},
            {"picture": {"framings": [["0", "5", [0, 0, 0, 0]], ["5", "9", [0, 9, 0, 9]]]}},
            [(5, 9)],
        ),
        (
            "master/levels-outside-range",
            {"max_ppm": 1000},
            {"picture": {"levels": {"outside": [["3", "4"]], "most_outside_ppm": 1001}}},
            [(None, None), (3, 4)],
        ),
        (
            "master/interlaced-picture",
            {"max_woven_percent": 0},
            {"picture": {"fields": {"top_first": 9, "combed": [["3", "4"], ["4.9", "6"], ["7", "8"]]}}},
            [(3, 6), (7, 8)],
        ),
        (
            "master/telecine",
            {"archive_percent": 0},
            {"picture": {"fields": {"telecine": [["3", "4"]]}}},
            [(3, 4)],
        ),
        ("master/repeated-frames", {"max_count": 0}, {"picture": {"repeats": {"at": ["3"]}}}, [(3, None)]),
        ("master/flashes", None, {"picture": {"flashes": [["3", "4"]]}}, [(3, 4)]),
        ("master/burnt-in-text-suspected", {"min_ms": 0}, {"picture": {"burnt_in": [["3", "4"]]}}, [(3, 4)]),
        ("master/decode-errors", None, {"decode_errors": [["3", "…"], ["none", "…"]]}, [(3, None), (None, None)]),
        ("master/timestamps", None, {"picture": {"gaps": [["3", "4"]], "backwards": ["9"]}}, [(3, 4), (9, None)]),
    ],
)
def test_a_finding_points_at_its_time(name, limits, case, spans):
    check = suites.load(name)
    arguments = () if check.limits is None else (check.limits.model_validate(limits),)
    problems = list(check.function(_subject(case), *arguments))
    assert [(problem.at.start, problem.at.end) for problem in problems] == [
        tuple(None if time is None else from_seconds(time) for time in span) for span in spans
    ]


def test_what_is_counted_spans_the_first_to_the_last_of_it():
    times = [str(second) for second in range(1, 15)]
    check = suites.load("master/repeated-frames")
    *_, last = check.function(_subject({"picture": {"repeats": {"at": times}}}), check.limits(max_count=0))
    assert (last.at.start, last.at.end) == (from_seconds(11), from_seconds(14))
    assert last.measured == 4


def test_each_of_several_pictures_has_its_place():
    case = {"video": [{"index": 0}, {"index": 1}], "picture": [{}, {"flashes": [["3", "4"]]}]}
    [problem] = suites.load("master/flashes").function(_subject(case))
    assert problem.at.label == "video stream 1"


@pytest.mark.parametrize("name", sorted(platform.available()))
def test_every_platform_asks_for_the_pictures_and_says_what_was_not_measured(name):
    wanted = {selected.check.name for selected in _suite(name)}
    assert {"master/bars", "master/decode-errors", "master/timestamps", "master/flashes"} <= wanted
    results = list(core.run(_suite(name), [_subject({"not_measured": "nobody decoded it"})]))
    assert {(item.check, item.reason) for item in results} == {(check, "nobody decoded it") for check in wanted}


def test_a_clean_master_is_clean_for_streaming():
    case = {"picture": {"black": [["0", "1/24"], ["120959/24", "5040"]]}}
    assert _found("svod", case) == set()
    assert _found("est", case) == set()


def test_heads_are_opposite_for_streaming_and_broadcast():
    picture = {**HEAD, "frames": 126_000, "fields": {"top_first": 1000, "progressive": 0}}
    video = {"frame_rate": "25", "scan": "interlaced-tff", "frames": 126_000}
    broadcast = {"picture": picture, "timecode": "09:58:40:00", "video": video}
    assert _found("freetv", broadcast, MEASURED | {"master/start-timecode"}) == set()
    streaming = _found("svod", broadcast, {"master/bars", "master/slate-suspected", "master/black-at-head"})
    assert streaming == {
        "master/bars error: colour bars for 1 min",
        "master/slate-suspected warning: 10 s of what looks like a slate",
        "master/black-at-head error: 10 s of black, at most 1 s",
    }
    bare = {**broadcast, "picture": {**picture, "bars": [], "frozen": [], "black": []}}
    allowed = "10:00:00:00, 10:00:00;00, 01:00:00:00, 01:00:00;00"
    assert _found("freetv", bare, {"master/bars", "master/programme-start"}) == {
        "master/bars warning: no colour bars before the programme",
        f"master/programme-start warning: the programme starts at 09:58:40:00, allowed: {allowed}",
    }


@pytest.mark.parametrize(
    ("name", "video", "refused"),
    [
        ("est", {"frame_rate": "24", "scan": "interlaced-tff"}, True),
        ("est", {"frame_rate": "25", "scan": "interlaced-tff"}, False),
        ("dto", {"frame_rate": "30000/1001", "scan": "interlaced-tff"}, False),
        ("dto", {"frame_rate": "30000/1001", "scan": "interlaced-bff"}, True),
        ("paytv", {"frame_rate": "50", "scan": "interlaced-tff"}, True),
        ("paytv", {"frame_rate": "50", "scan": "progressive"}, False),
        ("paytv", {"frame_rate": "25", "scan": "interlaced-tff"}, False),
        ("svod", {"frame_rate": "25", "scan": "interlaced-tff"}, True),
    ],
)
def test_the_scan_that_is_taken_depends_on_the_rate(name, video, refused):
    assert bool(_found(name, {"video": video}, {"master/scan"})) == refused


def test_colour_of_uhd_is_another_than_that_of_hd():
    tags = {"colour_primaries": "bt2020", "colour_transfer": "bt2020-10", "colour_matrix": "bt2020nc"}
    assert _found("paytv", {"video": {**tags, "width": 3840, "height": 2160}}, {"master/colour-tags"}) == set()
    assert len(_found("paytv", {"video": tags}, {"master/colour-tags"})) == 1
