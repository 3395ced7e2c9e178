"""`add` and `submit` of files of sound: new ones, corrected ones, and two for one place."""

import json
import wave

import pytest
from click.testing import CliRunner
from drops import history_of, toml

from assets.catalogue import open_catalogue
from assets.errors import Refused
from cli.main import group

pytestmark = pytest.mark.usefixtures("read_here")


def run(catalogue, *arguments, expected=0):
    """A command in this process; its standard output."""
    words = [arguments[0], "-C", str(catalogue), *(str(item) for item in arguments[1:])]
    done = CliRunner().invoke(group, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    assert done.return_value == expected, done.output
    return done.stdout


def add(catalogue, *arguments):
    return run(catalogue, "add", *arguments, "--yes", "--who", "A Person")


def wav(path, channels, value=0):
    """Two seconds of sound; channels in a file of this kind name no loudspeakers."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes([value]) * 192_000 * channels)
    return path


def sounds_declared(catalogue):
    version = open_catalogue(catalogue).title("small-film").versions[0]
    return [(audio.layout, audio.file.name) for audio in version.audio if audio.file]


def test_a_corrected_file_of_sound_is_a_new_revision_and_no_second_sound(catalogue, tmp_path):
    words = ("--version", "ko")
    said = add(catalogue, wav(tmp_path / "Small Film_KOR_STEREO.wav", 2), *words)
    assert "its 2 channels name no loudspeakers; taken as stereo" in said
    assert sounds_declared(catalogue) == [("stereo", "audio/ko.stereo.wav")]
    mended = wav(tmp_path / "Small Film_KOR_STEREO_v2.wav", 2, 1)
    with pytest.raises(Refused, match=r"--replace would make a new revision"):
        add(catalogue, mended, *words)
    assert "replaced" in add(catalogue, mended, *words, "--replace", "--why", "a click at 00:12")
    assert sounds_declared(catalogue) == [("stereo", "audio/ko.stereo.wav")]
    assert [line["asset"] for line in history_of(catalogue)] == ["ko/audio/1", "ko/audio/1"]
    assert (catalogue / "titles/small-film/audio/ko.stereo.wav").read_bytes() == mended.read_bytes()
    add(catalogue, wav(tmp_path / "Small Film_KOR_51.wav", 6), *words)
    assert [layout for layout, _ in sounds_declared(catalogue)] == ["stereo", "5.1"]


def test_a_file_of_sound_whose_place_holds_other_sounds_is_for_a_person_to_say(catalogue, tmp_path):
    add(catalogue, wav(tmp_path / "Small Film_KOR.wav", 2), "--version", "ko")
    entry = 'language = "en"\nlayout = "mono"\nstream = 1\nfile = "audio/ko.stereo.wav"\n'
    text = toml(catalogue).read_text(encoding="utf-8")
    toml(catalogue).write_text(f"{text}\n[[versions.audio]]\n{entry}", encoding="utf-8")
    mended = wav(tmp_path / "Small Film_KOR_v2.wav", 2, 1)
    with pytest.raises(Refused, match=r"audio/ko\.stereo\.wav is in its place, and title\.toml declares other sounds"):
        add(catalogue, mended, "--version", "ko", "--replace", "--why", "mended")


def test_two_files_for_the_place_of_one_sound(catalogue, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    for number, name in enumerate("ab"):
        wav(drop / f"Small Film_{name}_KOR.wav", 2, number)
    found = json.loads(run(catalogue, "submit", drop, "--title", "small-film", "--json", expected=1))
    assert [file["why"] for file in found["files"]] == [
        "Small Film_b_KOR.wav came with it and is the same by version, language and kind",
        "Small Film_a_KOR.wav came with it and is the same by version, language and kind",
    ]
