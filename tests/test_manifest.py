"""title.toml: what is read, and how each fault is told."""

from datetime import UTC, datetime

import pytest
from titles import TITLE_TOML, write_title

from assets import territory, timing
from assets.errors import InputError
from assets.manifest import read_title
from assets.rights.languages import ALL_LANGUAGES, same_for_all
from assets.title import Audience, Kind


def read(root, text=TITLE_TOML, title_id="film"):
    path = write_title(root, text, title_id)
    return read_title(path, root, f"titles/{title_id}/title.toml")


def faults(root, text, title_id="film"):
    with pytest.raises(InputError) as caught:
        read(root, text, title_id)
    return [str(fault) for fault in caught.value.faults]


def test_whole_title(tmp_path):
    title = read(tmp_path)
    assert title.id == "film"
    assert title.name == "Kim Il Sung's Children"
    assert title.programme.format == "1 x 84"
    assert title.programme.runtime == timing.from_ms(84 * 60_000)
    (version,) = title.versions
    assert version.master.name == "masters/film.mov"
    assert version.master.path == tmp_path / "titles/film/masters/film.mov"
    assert version.subtitles[0].kind is Kind.FULL
    (window,) = title.windows
    assert window.start == datetime(2026, 11, 30, 15, tzinfo=UTC), "midnight in Seoul"
    assert window.territories == territory.atoms()
    assert window.languages == same_for_all({"ko", "en"})
    assert window.place == "titles/film/title.toml:17"


def test_kinds_and_audience(tmp_path):
    assert read(tmp_path).programme.audience is Audience.ADULT
    for kind in Kind:
        text = TITLE_TOML.replace('language = "en"', f'language = "en"\nkind = "{kind}"', 1)
        title = read(tmp_path, 'audience = "children"\n' + text)
        assert title.programme.audience is Audience.CHILDREN
        assert title.versions[0].subtitles[0].kind is kind


def test_every_fault_at_once_in_the_order_of_the_lines(tmp_path):
    text = TITLE_TOML.replace('"1 x 84"', '"84 minutes"').replace('"svod"', '"streaming"')
    text = text.replace('["worldwide"]', '["KR", "UK"]').replace("production_year", "year")
    found = faults(tmp_path, text)
    places = [fault.split(": ")[1:3] for fault in found]
    assert ["line 2", "format"] in places
    assert ["line 4", "year"] in places
    assert ["line 19", "windows[0].right"] in places
    assert ["line 20", "windows[0].territories[1]"] in places
    lines = [int(place.removeprefix("line ")) for place, _ in places if place.startswith("line")]
    assert lines == sorted(lines)
    by_line = {place[1]: fault for place, fault in zip(places, found, strict=True)}
    assert by_line["format"].endswith("'84 minutes' is no format; episodes and minutes, such as '1 x 84'")
    assert "unknown key; known: names, original_language, format" in by_line["year"]
    assert "'streaming' is no media right; all-rights, educational" in by_line["windows[0].right"]
    assert by_line["windows[0].territories[1]"].endswith("'UK' is not an assigned territory; write GB")
    assert any("production_year: missing; this key is required" in fault for fault in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"masters/film.mov"', '"../film.mov"', "line 11: versions[0].master: '../film.mov' leaves the folder"),
        ('"masters/film.mov"', '"/etc/passwd"', "'/etc/passwd' is no relative path"),
        ('"masters/film.mov"', '"c:/film.mov"', "'c:/film.mov' is no relative path"),
        ('"masters/film.mov"', '"a\\u202eb.mov"', "has control or invisible characters"),
        ("end = 2028-12-01", "end = 2026-12-01", "line 22: windows[0].end: ends at 2026-12-01T00:00:00+09:00; later"),
        ('zone = "Asia/Seoul"', 'zone = "Seoul"', "'Seoul' is no time zone; an IANA name"),
        ('zone = "Asia/Seoul"', 'zone = "../../etc/passwd"', "is no time zone"),
        ('["worldwide"]', '["worldwide"]\nexcluding = ["worldwide"]', "excludes every territory"),
        ('format = "1 x 84"', 'format = "0 x 84"', "'0 x 84' has no length; at least '1 x 1'"),
        ('runtime = "01:24:00"', 'runtime = "84"', "'84' is no duration; HH:MM:SS"),
        (
            "production_year = 2020",
            'production_year = "soon"',
            "production_year: 'soon' is not allowed; input should be",
        ),
        (
            'language = "en"',
            'language = "en"\nkind = "dub"',
            "'dub' is not allowed; input should be 'full', 'forced', 'sdh', 'template' or",
        ),
        ("[names]", "[names", "line 5, column 7: not TOML"),
    ],
)
def test_fault(tmp_path, old, new, said):
    found = faults(tmp_path, TITLE_TOML.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith("titles/film/title.toml: ")
    assert said in found[0]


def test_ids_are_unique(tmp_path):
    text = TITLE_TOML + TITLE_TOML[TITLE_TOML.index("[[windows]]") :]
    assert faults(tmp_path, text) == [
        "titles/film/title.toml: line 26: windows[1].id: 'svod-world' is used twice; each id once"
    ]


def test_folder_name_is_the_id(tmp_path):
    (fault,) = faults(tmp_path, TITLE_TOML, "My Film")
    assert "the folder name 'My Film' is no id; lower-case letters, digits and hyphens" in fault


def test_link_out_of_the_catalogue_is_refused(tmp_path):
    root, outside = tmp_path / "catalogue", tmp_path / "secret.mov"
    outside.write_bytes(b"secret")
    path = write_title(root)
    (path.parent / "masters").mkdir()
    (path.parent / "masters" / "film.mov").symlink_to(outside)
    with pytest.raises(InputError, match="is a link that leaves the catalogue"):
        read_title(path, root)


def test_names_on_disk_in_nfd_are_found_by_nfc_names(tmp_path):
    text = TITLE_TOML.replace("masters/film.mov", "마스터/김일성.mov")
    path = write_title(tmp_path, text)
    import unicodedata

    folder = path.parent / unicodedata.normalize("NFD", "마스터")
    folder.mkdir()
    (folder / unicodedata.normalize("NFD", "김일성.mov")).write_bytes(b"x")
    title = read_title(path, tmp_path)
    assert title.versions[0].master.path.read_bytes() == b"x"
    assert title.versions[0].master.name == "마스터/김일성.mov"


def test_open_end_and_all_languages(tmp_path):
    text = TITLE_TOML.replace("end = 2028-12-01", 'end = "open"').replace('["ko", "en"]', '"all"')
    (window,) = read(tmp_path, text).windows
    assert window.end is None
    assert window.languages == ALL_LANGUAGES


def test_instants_with_offset_are_kept(tmp_path):
    text = TITLE_TOML.replace("start = 2026-12-01", "start = 2026-12-01T09:00:00Z")
    text = text.replace("end = 2028-12-01", "end = 2028-12-01T09:30:00")
    (window,) = read(tmp_path, text).windows
    assert window.start == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert window.end == datetime(2028, 12, 1, 0, 30, tzinfo=UTC)


def test_template_of_a_new_title_is_valid(tmp_path):
    from assets import starting

    title = read(tmp_path, starting.title("my-film"), "my-film")
    assert title.name == "My Film"
