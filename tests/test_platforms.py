"""Every shipped platform, and what is said of a platform file that is wrong."""

import tomllib
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from assets import platform
from assets.errors import InputError, UsageError
from assets.rights import tree
from checks import suites

IDS = sorted(path.stem for path in platform.SHIPPED.glob("*.toml"))
HEAD = 'name = "사설 플랫폼"\nright = "svod"\nrevision = "1"\nsource = "their own"\n'
TABLE = 'severity = "error"\nsource = "a clause"\nverified_on = 2026-11-20\n'


def _raw(platform_id):
    return tomllib.loads((platform.SHIPPED / f"{platform_id}.toml").read_text(encoding="utf-8"))


def _own(folder, text):
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def _errors(folder, text):
    with pytest.raises(InputError) as caught:
        suites.suite(platform.load("own", _own(folder, text)))
    return str(caught.value).splitlines()


def test_one_platform_for_each_media_right():
    assert set(IDS) == set(tree.listed())
    assert {platform.load(name).right for name in IDS} == set(IDS)


@pytest.mark.parametrize("name", IDS)
def test_suite_builds(name):
    loaded = platform.load(name)
    assert [selected.check.name for selected in suites.suite(loaded)] == sorted(loaded.checks)
    assert loaded.origin == "shipped"


@pytest.mark.parametrize("name", IDS)
def test_each_check_says_why_and_when_it_was_verified(name):
    today = datetime.now(UTC).date()
    for check, table in _raw(name)["checks"].items():
        assert table["source"].strip(), check
        assert table["verified_on"] <= today, check


@pytest.mark.parametrize("name", IDS)
def test_base_is_shipped_and_has_none_itself(name):
    base = _raw(name).get("base")
    assert base is None or (base in IDS and "base" not in _raw(base))


def test_each_check_of_the_tool_is_used():
    used = {check for name in IDS for check in platform.load(name).checks}
    assert used == set(suites.all_names())


@pytest.mark.parametrize("name", IDS)
def test_what_one_check_leaves_to_another_is_judged_by_it(name):
    """A check may pass over what another one is about: the platform then has to use both, and to refuse by it."""
    checks = platform.load(name).checks
    for gate in ("unreadable", "video-missing", "audio-missing"):
        assert checks[f"master/{gate}"].severity == "error"
    assert {"audio/language-untagged", "audio/stream-missing", "audio/layout"} <= checks.keys()


def test_own_platform_changes_one_limit_and_keeps_the_others(tmp_path):
    own = 'base = "svod"\n[checks."master/frame-rate"]\nallowed = ["25"]\nreason = "PAL"\n'
    loaded = platform.load("own", _own(tmp_path, HEAD + own + TABLE))
    base = platform.load("svod")
    assert loaded.checks.keys() == base.checks.keys()
    [rate] = [selected for selected in suites.suite(loaded) if selected.check.name == "master/frame-rate"]
    assert rate.limits.allowed == (Fraction(25),)
    assert rate.limits.disputed == (Fraction(50), Fraction(60000, 1001), Fraction(60))
    assert rate.reason == "PAL"
    assert loaded.package.subtitle_format == base.package.subtitle_format


def test_own_platform_switches_one_check_off(tmp_path):
    own = (
        'base = "svod"\n[checks."master/bit-rate-too-low"]\n'
        + TABLE.replace("error", "off")
        + 'reason = "small pictures"\n'
    )
    loaded = platform.load("own", _own(tmp_path, HEAD + own))
    assert platform.load("svod").checks.keys() - loaded.checks.keys() == {"master/bit-rate-too-low"}
    assert loaded.off["master/bit-rate-too-low"].reason == "small pictures"


def test_own_platform_replaces_the_shipped_one_that_it_extends(tmp_path):
    own = HEAD + 'base = "svod"\n[checks."master/container"]\nallowed = ["mov"]\n' + TABLE
    (tmp_path / "svod.toml").write_text(own, encoding="utf-8")
    loaded = platform.load("svod", tmp_path)
    assert loaded.name == "사설 플랫폼"
    assert loaded.checks["master/container"].limits == {"allowed": ["mov"]}
    assert "master/codec" in loaded.checks


def test_shipped_platform_extends_the_shipped_one_that_a_catalogue_replaces(tmp_path):
    own = HEAD + 'base = "svod"\n[checks."master/container"]\nallowed = ["mov"]\n' + TABLE
    (tmp_path / "svod.toml").write_text(own, encoding="utf-8")
    assert platform.load("educational", tmp_path).checks.keys() == platform.load("educational").checks.keys()
    assert platform.load("avod", tmp_path).checks["master/container"].limits["allowed"] != ["mov"]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('[checks."master/frame-rates"]\n' + TABLE, "line 5: checks.master/frame-rates", "there is no such check"),
        (
            '[checks."master/container"]\nallowed = ["mov"]\nallow = ["mp4"]\n' + TABLE,
            "line 7: checks.master/container.allow",
            "keys: allowed",
        ),
        (
            '[checks."master/video-missing"]\nmin = 1\n' + TABLE,
            "line 6: checks.master/video-missing.min",
            "unknown key; no limits",
        ),
        ('[checks."master/container"]\n' + TABLE, "line 5: checks.master/container.allowed", "required"),
        ('[checks."audio/layout"]\nallowed = []\n' + TABLE, "line 6: checks.audio/layout.allowed", "the list is empty"),
        (
            '[checks."artwork/bytes"]\nmax_mb = "many"\n' + TABLE,
            "line 6: checks.artwork/bytes.max_mb",
            "should be a valid integer",
        ),
        (
            '[checks."master/frame-rate"]\nallowed = [23.976]\n' + TABLE,
            "line 6: checks.master/frame-rate.allowed",
            "23.976 is no exact frame rate; such as '25' or '24000/1001'",
        ),
        (
            '[checks."master/raster"]\nframes = ["1920×1080"]\n' + TABLE,
            "line 6: checks.master/raster.frames",
            "'1920×1080' is no size in pixels; such as '1920x1080'",
        ),
        (
            '[checks."artwork/aspect"]\naspects.poster = ["2:0"]\n' + TABLE,
            "line 6: checks.artwork/aspect.aspects",
            "'2:0' is no aspect ratio; such as '16:9' or '2.40'",
        ),
        ("", "no check is on", "at least one; a platform without checks passes everything"),
        (
            'bass = "svod"\n[checks."master/audio-missing"]\n' + TABLE,
            "line 5: bass",
            "unknown key; known: name, right, ",
        ),
        (
            '[checks."master/audio-missing"]\nseverity = "fatal"\nsource = "x"\nverified_on = 2026-11-20\n',
            "line 6: checks.master/audio-missing.severity",
            "'error', 'warning', 'note' or 'off'",
        ),
        (
            '[checks."master/audio-missing"]\nseverity = "error"\nverified_on = 2026-11-20\n',
            "line 5: checks.master/audio-missing.source",
            "this key is required",
        ),
        ('base = "avod"\n[checks."master/audio-missing"]\n' + TABLE, "line 5: base", "'avod' has a base itself"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_place(tmp_path, text, place, said):
    [error] = _errors(tmp_path, HEAD + text)
    assert error.startswith(f"platforms/own.toml: {place}")
    assert said in error


def test_all_mistakes_are_said_at_once(tmp_path):
    text = HEAD + "".join(f'[checks."master/{name}"]\n{TABLE}' for name in ("codex", "containers"))
    assert len(_errors(tmp_path, text)) == 2


def test_a_platform_that_does_not_exist(tmp_path):
    with pytest.raises(UsageError, match=r"there is no platform 'netflixx'; platforms: avod, cablevod, "):
        platform.load("netflixx", tmp_path)


@pytest.mark.parametrize("name", IDS)
def test_lead_times_say_where_they_come_from(name):
    lead = platform.load(name).lead_time
    assert lead.days > 0
    assert lead.source.strip()
    assert lead.verified_on <= datetime.now(UTC).date()


def test_own_lead_time_replaces_that_of_the_base(tmp_path):
    lead = '[lead_time]\ndays = {}\nsource = "their own"\nverified_on = 2026-11-20\n'
    loaded = platform.load("own", _own(tmp_path, HEAD + 'base = "svod"\n' + lead.format(42)))
    assert (loaded.lead_time.days, loaded.lead_time.source) == (42, "their own")
    [error] = _errors(tmp_path, HEAD + 'base = "svod"\n' + lead.format(-1))
    assert error.startswith("platforms/own.toml: line 7: lead_time.days: -1 is not allowed")
    checked = '[checks."master/container"]\nallowed = ["mov"]\n' + TABLE
    assert platform.load("own", _own(tmp_path, HEAD + checked)).lead_time is None


def test_the_suite_of_a_platform_is_made_once(monkeypatch):
    first, second = platform.load("svod"), platform.load("svod")
    made = suites.suite(first)
    known = {item.check.name: item.check for item in made}
    made.clear()  # it is the caller's own
    loaded = []
    monkeypatch.setattr(suites, "load", lambda name: loaded.append(name) or known[name])
    assert [item.check.name for item in suites.suite(first)] == sorted(first.checks)
    assert not loaded
    assert suites.suite(second) == suites.suite(first)
    assert sorted(loaded) == sorted(second.checks)  # another one may say something else under the same id
