"""What the deals of a rights.toml mean for what leaves: windows, languages, manifests, outlines."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from titles import NOW, TITLE_TOML, audio, media, read_title, write_files, write_title

from assets import manifest, platform, territory
from assets.catalogue import open_catalogue
from assets.clearance import Clearance
from assets.errors import InputError
from assets.leaving import agreed_on
from assets.licensing import licensed_part, unlicensed_sound
from assets.media import Master
from assets.outlining import Outliner
from assets.rights import select
from assets.rights.languages import ALL, NONE, Languages, Tags, same_for_all
from storage import plan as planning
from storage.manifests import own

OTHERS = """
[[versions]]
id = "en"
language = "en"
master = "masters/film.mov"
audio = [{ language = "ko" }, { language = "en", file = "sound/en.wav" }]
subtitles = [
  { file = "subtitles/en.srt", language = "en" },
  { file = "subtitles/en.forced.srt", language = "en", kind = "forced" },
  { file = "subtitles/en.sdh.srt", language = "en", kind = "sdh" },
]
"""
RIGHTS = """
zone = "Europe/Berlin"
[[licences]]
id = "inflight"
to = "An airline"
contract = "C-2"
status = "signed"
[[licences.grants]]
id = "inflight-2027"
rights = ["non-theatrical"]
territories = ["worldwide"]
excluding = ["CA-QC", "KR"]
start = 2027-01-01
through = 2027-12-31
languages = { subtitled = ["ko", "en"], excluding = ["en-GB"] }
"""


@pytest.fixture
def title(tmp_path):
    path = write_title(tmp_path, TITLE_TOML.replace("[[windows]]", f"{OTHERS}[[windows]]"))
    path.with_name("rights.toml").write_text(RIGHTS, encoding="utf-8")
    found = manifest.read_title(path, tmp_path)
    write_files(found)
    return found


def tags(*names: str) -> Tags:
    return Tags(frozenset(names))


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        (Languages(NONE, tags("en"), NONE), ["masters/film.mov", "subtitles/en.srt", "subtitles/en.forced.srt"]),
        (Languages(NONE, NONE, tags("en")), ["masters/film.mov", "subtitles/en.sdh.srt"]),
        (Languages(tags("en"), NONE, NONE), ["masters/film.mov", "sound/en.wav"]),
        (Languages(NONE, NONE, tags("ja")), []),
    ],
)
def test_what_leaves_is_what_the_licence_lets_carry_the_language(title, languages, names):
    window = replace(title.windows[0], languages=languages)
    part, left_out = licensed_part(read_title(title), window)
    assert [file.name for file in part.title.files()] == names
    assert "version ko: ko is not licensed in window svod-world" in left_out


def test_the_original_sound_goes_with_the_subtitles_alone(title):
    read = read_title(title)
    subtitled = replace(title.windows[0], languages=Languages(NONE, tags("en"), NONE))
    assert unlicensed_sound(licensed_part(read, subtitled)[0], subtitled) == ()
    dubbed = replace(title.windows[0], languages=Languages(tags("en"), NONE, NONE))
    assert unlicensed_sound(licensed_part(read, dubbed)[0], dubbed) == (
        "version en: sound in ko is not licensed in window svod-world; licensed: dubbed: en",
        "version en: sound in kor is not licensed in window svod-world; licensed: dubbed: en",
    )
    flat = replace(title.windows[0], languages=same_for_all({"en"}))
    assert unlicensed_sound(licensed_part(read, flat)[0], flat)[0].endswith("licensed: en")


@pytest.mark.parametrize(
    ("declared", "languages", "leaves"),
    [
        ("", same_for_all({"ko", "en"}), False),
        ("", Languages(NONE, tags("en"), NONE), False),
        ("", same_for_all(None), True),
        ("", Languages(*[Tags(None, frozenset({"ja"}))] * 3), False),
        ("ko", same_for_all({"ko", "en"}), True),
        ("mul", same_for_all({"ko", "en"}), False),
        ("zxx", same_for_all({"ko", "en"}), True),
    ],
)
def test_sound_in_a_language_that_nobody_knows_needs_all_of_them(tmp_path, declared, languages, leaves):
    said = f'[[versions.audio]]\nlanguage = "{declared}"\n' if declared else ""
    path = write_title(tmp_path, TITLE_TOML.replace('[[versions.audio]]\nlanguage = "ko"\n', said))
    found = manifest.read_title(path, tmp_path)
    write_files(found)
    read, window = read_title(found), replace(found.windows[0], languages=languages)
    untagged = media(audio=(audio(language=None),))
    assets = tuple(replace(item, info=untagged) if isinstance(item, Master) else item for item in read.assets)
    found = replace(read, assets=assets)
    assert (unlicensed_sound(found, window) == ()) is leaves
    assert leaves or "not licensed in window svod-world" in unlicensed_sound(found, window)[0]
    tongues = agreed_on(found, platform.load("svod")).tongues(window)
    assert (tongues is None) == (leaves and not declared)


def test_a_licence_of_a_group_delivers_for_each_of_its_rights(title):
    asked = territory.parse("JP,CA-CA-QC")
    at = datetime(2027, 5, 1, tzinfo=UTC)
    for right in ("non-theatrical", "airlines", "hotels"):
        assert [window.id for window in select(title.windows, right, asked, at).windows] == ["inflight-2027"]
    assert select(title.windows, "non-theatrical", territory.parse("CA"), at).refusals == (
        "no window for non-theatrical covers CA-QC",
    )
    assert select(title.windows, "educational", asked, at).refusals == ("no rights window for educational",)


def test_a_manifest_says_which_parts_and_languages_are_not_licensed(title):
    read, window = read_title(title), title.windows[1]
    own_platform = platform.load("non-theatrical")
    part, _ = licensed_part(read, window)
    digests = {asset.file.name: asset.sha256 for asset in part.assets}
    clearance = Clearance("film", own_platform.id, own_platform.revision, window.id, digests)
    body = own.content(planning.make_plan(part, window, own_platform, clearance, at=NOW))
    schema = json.loads(own.SCHEMA_PATH.read_text(encoding="utf-8"))
    jsonschema.validate(body["window"], schema["properties"]["window"] | {"$defs": schema["$defs"]})
    assert (body["window"]["right"], body["window"]["not_after"]) == ("non-theatrical", "2027-12-31T23:00:00Z")
    assert "CA" in body["window"]["territories"]
    assert "CA-QC" not in body["window"]["territories"]
    assert body["window"]["territories_without"] == ["CA-QC"]
    assert body["window"]["languages"] == {
        "dubbed": [],
        "subtitled": {"included": ["en", "ko"], "excluded": ["en-GB"]},
        "captioned": [],
    }


def test_an_outline_has_the_windows_of_the_licences(title, tmp_path):
    outline = Outliner(open_catalogue(tmp_path)).read("film")
    plain = [replace(window, place="") for window in title.windows]
    assert [replace(window, place="") for window in outline.windows] == plain
    (title.folder / "rights.toml").write_text("licences = 3\n")
    with pytest.raises(InputError, match=r"titles/film/rights\.toml: line 1: licences: 3 is not allowed"):
        Outliner(open_catalogue(tmp_path)).read("film")


def test_a_licence_in_all_languages_leaves_nothing_out(title):
    window = replace(title.windows[0], languages=Languages(ALL, ALL, ALL))
    read = read_title(title)
    assert licensed_part(read, window) == (read, ())
