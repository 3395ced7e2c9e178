"""Of several limits that changed, each changed alone: whatever they are, all of them make the newer platform."""

from dataclasses import replace
from datetime import date

import pytest

from assets import platform
from assets.conditions import Condition
from assets.platform import CheckSettings
from assets.tomlfile import TomlFile
from checks.comparing_limits import compare_platforms
from checks.single_limits import with_one

SVOD = platform.load("svod")
CHECK = "subtitle/line-too-long"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("single") / "house.toml"
    path.write_text("", encoding="utf-8")
    return TomlFile(path, "house.toml")


def house(file, limits, severity="error", check=CHECK, cases=()):
    """A platform of one check; each case is a frame rate, its limits, and its severity if it has one of its own."""
    own = CheckSettings(severity, "house rule", date(2026, 11, 1), "", limits, file)
    of_rates = tuple(
        (Condition(frame_rate=(rate,)), replace(own, limits=case, severity=(*rest, severity)[0]))
        for rate, case, *rest in cases
    )
    return replace(SVOD, id="house", checks={check: replace(own, cases=of_rates)}, off={})


def keys(old, new):
    return [key.key for item in compare_platforms(old, new).checks for key in item.keys]


CPL = {"ko": 16, "en": 42}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"limits": {"max_cpl": CPL}}, {"limits": {"max_cpl": {**CPL, "ko": 14, "en": 40}}}),
        ({"limits": {"max_cpl": CPL}}, {"limits": {"max_cpl": {"ja": 13, "ko": 14}}, "severity": "warning"}),
        ({"limits": {"max_cpl": CPL}}, {"limits": {"max_cpl": CPL, "ambiguous_is_wide": ["ja"]}, "severity": "note"}),
        ({"limits": {"max_cpl": CPL, "ambiguous_is_wide": ["ja"]}}, {"limits": {"max_cpl": {"ko": 15, "en": 42}}}),
        (
            {"limits": {"max_cpl": CPL}, "cases": [("25", {"max_cpl": {"ko": 12}})]},
            {"limits": {"max_cpl": CPL}, "cases": [("25", {"max_cpl": {"ko": 11, "en": 30}}, "note")]},
        ),
        (
            {"limits": {"max_cpl": CPL}, "cases": [("25", {"max_cpl": {"ko": 12}}), ("24", {"max_cpl": {"ko": 9}})]},
            {"limits": {"max_cpl": CPL}, "cases": [("24", {"max_cpl": {"ko": 9}}), ("25", {"max_cpl": {"ko": 12}})]},
        ),
        (
            {"limits": {"max_cpl": CPL}, "cases": [("25", {"max_cpl": {"ko": 12}}), ("24", {"max_cpl": {"ko": 9}})]},
            {"limits": {"max_cpl": CPL}, "cases": [("30", {"max_cpl": {"ko": 8}}), ("24", {"max_cpl": {"ko": 9}})]},
        ),
        (
            {"limits": {"max_cpl": CPL}, "cases": [("25", {"max_cpl": {"ko": 12}})]},
            {
                "limits": {"max_cpl": {**CPL, "ko": 10}},
                "severity": "warning",
                "cases": [("25", {"max_cpl": {"ko": 12}})],
            },
        ),
    ],
    ids=["two", "came-and-went", "list-and-severity", "list-gone", "in-a-case", "order", "cases", "severity-of-a-case"],
)
def test_all_keys_one_after_the_other_make_the_newer_platform(file, old, new):
    then, now = house(file, **old), house(file, **new)
    changed = keys(then, now)
    assert changed
    for key in changed:
        alone = with_one(compare_platforms(then, now), CHECK, key)
        assert alone is not None
        assert keys(then, alone), f"{key} changes something"
    for key in changed:
        limits = compare_platforms(then, now)
        if key in keys(then, now):
            then = with_one(limits, CHECK, key)
    assert keys(then, now) == []


def test_what_is_no_spec_is_none(file):
    then, now = (house(file, limits) for limits in ({"max_cpl": CPL}, {"max_lines": 2}))
    assert with_one(compare_platforms(then, now), CHECK, "max_lines") is None
