"""title.toml gets new entries, and nothing else of it changes."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from titles import TITLE_TOML

from assets import starting
from assets.errors import InputError
from assets.title_editing import Entry, Setting, Value, edited, prepared

SAMPLE = Path(__file__).parents[1] / "assets/sample/catalogue/titles/kim-il-sungs-children/title.toml"
TRACK = Entry("subtitles", {"file": "subtitles/ko.srt", "language": "ko", "kind": "full"}, "ko")
POSTER = Entry("artwork", {"file": "artwork/poster.jpg", "kind": "poster"})
VERSION = Entry("versions", {"id": "fr", "language": "fr", "master": "masters/fr.mov"})
OF_VERSION = Entry("audio", {"language": "fr", "layout": "5.1", "stream": 0}, "fr")


def without_blanks(text):
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def is_kept(before, after):
    """Whether every line of `before` that says something stands in `after`, in its order."""
    rest = iter(without_blanks(after))
    return all(line in rest for line in without_blanks(before))


@pytest.mark.parametrize("text", [TITLE_TOML, starting.title("a-film"), TITLE_TOML.replace("[[artwork]]", "")])
@pytest.mark.parametrize("additions", [[TRACK], [POSTER], [VERSION, OF_VERSION], [TRACK, POSTER, VERSION, OF_VERSION]])
def test_every_line_stays_in_its_order(text, additions):
    after = edited(text, additions)
    assert is_kept(text, after)
    data = tomllib.loads(after)
    assert data["names"] == tomllib.loads(text)["names"]
    assert (TRACK not in additions) or data["versions"][0]["subtitles"][-1] == dict(TRACK.values)
    assert (OF_VERSION not in additions) or data["versions"][-1]["audio"] == [dict(OF_VERSION.values)]


def test_inline_arrays_stay_inline_and_comments_stay_with_what_they_speak_of():
    before = SAMPLE.read_text(encoding="utf-8")
    track = Entry("subtitles", {"file": "subtitles/ko.forced.srt", "language": "ko", "kind": "forced"}, "original")
    after = edited(before, [track, POSTER])
    assert is_kept(before, after)
    assert after.index("artwork/poster.jpg", after.index("key-art.jpg")) < after.index("# One window for each")
    assert "[[versions.subtitles]]" not in after


def test_a_master_stands_below_the_language_of_its_version():
    after = edited(starting.title("a-film"), [Setting("ko", "master", "masters/a.mov")])
    assert 'language = "ko"\nmaster = "masters/a.mov"\n' in after


def test_a_master_is_never_replaced():
    with pytest.raises(InputError, match="has a master already"):
        edited(TITLE_TOML, [Setting("ko", "master", "masters/other.mov")])


def test_a_version_that_is_not_there_is_said():
    with pytest.raises(InputError, match="no version 'en'"):
        edited(TITLE_TOML, [Entry("subtitles", {"file": "a.srt", "language": "en"}, "en")])


def test_line_ends_and_byte_order_mark_stay():
    before = "\ufeff" + TITLE_TOML.replace("\n", "\r\n")
    after = edited(before, [POSTER])
    assert after.startswith("\ufefforiginal_language")
    assert "\n" not in after.replace("\r\n", "")


def test_a_last_line_without_a_line_feed():
    after = edited(TITLE_TOML.rstrip("\n"), [POSTER])
    assert tomllib.loads(after)["artwork"] == [dict(POSTER.values)]


def test_empty_inline_arrays_are_filled():
    before = TITLE_TOML.replace("production_year = 2020\n", "production_year = 2020\nartwork = []\n")
    assert tomllib.loads(edited(before, [POSTER]))["artwork"] == [dict(POSTER.values)]


@settings(max_examples=40)
@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=20))
def test_any_text_is_written_as_it_is(name):
    after = edited(TITLE_TOML, [Entry("artwork", {"file": name, "kind": "still"})])
    assert tomllib.loads(after)["artwork"] == [{"file": name, "kind": "still"}]


def test_what_is_prepared_and_not_used_is_removed(tmp_path):
    path = tmp_path / "title.toml"
    path.write_text(TITLE_TOML, encoding="utf-8")
    with prepared(path, "x = 1\n") as incoming:
        assert incoming.read_text(encoding="utf-8") == "x = 1\n"
    assert [item.name for item in tmp_path.iterdir()] == ["title.toml"]


def test_an_edit_that_would_lose_a_comment_is_refused(monkeypatch):
    import tomlkit

    text = 'original_language = "ko" # sure\n[names]\nko = """\n# no comment\n\\""" # one"""\n# two\n'
    value = [Value(("names", "en"), "Thaw")]
    made = edited(text, value)
    assert tomllib.loads(made)["names"]["en"] == "Thaw"
    assert [word in made for word in ("# sure", "# no comment", "# two")] == [True] * 3
    dumps = tomlkit.dumps
    monkeypatch.setattr(tomlkit, "dumps", lambda document: dumps(document).replace("# two\n", ""))
    with pytest.raises(InputError, match="nothing can be added"):
        edited(text, value)
