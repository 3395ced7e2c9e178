"""Sound in files of its own, beside a picture: read, judged, licensed and packaged like everything else."""

import json
import shutil
import subprocess

import imageio_ffmpeg
import pytest
import small
from in_process import run

from assets import manifest
from assets.media import Master, SoundFile
from assets.reading import read_title
from assets.subjects import UnreadableSound

pytestmark = pytest.mark.usefixtures("read_here")

TITLE = small.TITLE.replace(
    '[[versions.audio]]\nlanguage = "ko"\n[[versions.sub',
    '[[versions.audio]]\nlanguage = "ko"\nlayout = "mono"\nstream = 0\nfile = "audio/소리.wav"\n'
    '[[versions.audio]]\nlanguage = "en"\nlayout = "mono"\nstream = 0\nfile = "audio/english.wav"\n[[versions.sub',
)
CHECKS = """\
[checks."audio/unreadable"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."audio/sample-rate"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
allowed = [48000]
[checks."audio/length-differs"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
max_ms = 100
"""


def wav(path, *options, seconds=2):
    path.parent.mkdir(exist_ok=True)
    source = ("-f", "lavfi", "-i", f"sine=f=440:r=48000:d={seconds}")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *source, *options, str(path)]
    subprocess.run(command, check=True, timeout=60)


@pytest.fixture(scope="session")
def sine(tmp_path_factory):
    """Two seconds of a tone."""
    path = tmp_path_factory.mktemp("sound") / "sine" / "sine.wav"
    wav(path)
    return path


@pytest.fixture
def folder(catalogue, sine):
    assert "english.wav" in TITLE, "the small title's sound is declared as this test expects"
    root = catalogue
    folder = root / "titles" / "small-film"
    (folder / "title.toml").write_text(TITLE, encoding="utf-8")
    platform = root / "platforms" / "house.toml"
    platform.write_text(platform.read_text(encoding="utf-8") + CHECKS, encoding="utf-8")
    (folder / "audio").mkdir()
    for name in ("소리.wav", "english.wav"):
        shutil.copyfile(sine, folder / "audio" / name)
    return folder


def read(folder):
    return read_title(manifest.read_title(folder / "title.toml", folder.parent.parent), 60)


def test_it_is_read_and_knows_its_picture(folder):
    master, *sounds = (asset for asset in read(folder).assets if isinstance(asset, Master | SoundFile))
    assert [str(sound.file) for sound in sounds] == ["audio/소리.wav", "audio/english.wav"]
    assert all(sound.picture == master.info.video[0] for sound in sounds)
    assert [[audio.language for audio in sound.audio_declarations] for sound in sounds] == [["ko"], ["en"]]
    assert master.separate_audio == ("audio/english.wav", "audio/소리.wav")


def test_what_is_no_sound_is_unreadable(folder):
    (folder / "audio" / "소리.wav").write_bytes(b"RIFF and no more")
    (folder / "audio" / "english.wav").unlink()
    found = [asset for asset in read(folder).assets if isinstance(asset, UnreadableSound)]
    assert [str(sound.file) for sound in found] == ["audio/소리.wav", "audio/english.wav"]
    assert found[1].reason == "there is no such file"
    assert len(found[0].sha256) == 64


def test_it_is_judged(folder):
    wav(folder / "audio" / "english.wav", "-ar", "44100", seconds=1)
    done = run("check", "small-film", "--json", cwd=folder)
    findings = {(item["check"], item["asset"]) for item in json.loads(done.stdout)[0]["findings"]}
    assert findings == {("audio/sample-rate", "audio/english.wav"), ("audio/length-differs", "audio/english.wav")}
    assert done.returncode == 1


def test_an_unreadable_one_keeps_the_title_here(folder):
    (folder / "audio" / "english.wav").write_bytes(b"not sound")
    done = run("deliver", "--territory", "KR", cwd=folder)
    assert done.returncode == 3
    assert "audio/english.wav" in done.stdout + done.stderr


def package(root):
    (manifest_path,) = root.glob("deliveries/*/*/*/*/manifest.json")
    return json.loads(manifest_path.read_text(encoding="utf-8"))["files"]


def test_it_leaves_with_the_package(folder):
    done = run("deliver", "--territory", "KR", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    sounds = {
        file["key"]: (file["kind"], file["language"])
        for file in package(folder.parent.parent)
        if "audio/" in file["key"]
    }
    assert sounds == {"audio/ko/소리.wav": ("audio", "ko"), "audio/ko/english.wav": ("audio", "en")}


def test_a_language_that_is_not_licensed_stays_here(folder):
    title = folder / "title.toml"
    title.write_text(TITLE.replace('languages = "all"', 'languages = ["ko"]'), encoding="utf-8")
    done = run("deliver", "--territory", "KR", cwd=folder)
    assert "audio/english.wav: sound in en is not licensed" in " ".join((done.stdout + done.stderr).split())
    keys = [file["key"] for file in package(folder.parent.parent)]
    assert "audio/ko/소리.wav" in keys
    assert "audio/ko/english.wav" not in keys


def test_a_version_without_licensed_sound_stays_here(folder):
    title = folder / "title.toml"
    text = TITLE.replace('languages = "all"', 'languages = ["ko"]').replace(
        'language = "ko"\nlayout', 'language = "ja"\nlayout'
    )
    title.write_text(text, encoding="utf-8")
    done = run("deliver", "--territory", "KR", cwd=folder)
    assert done.returncode != 0
    assert "none of its sound is licensed" in " ".join((done.stdout + done.stderr).split())


def test_nobody_misses_the_sound_of_a_picture_that_has_it_beside(folder):
    (film,) = folder.rglob("*.mp4")
    picture = film.with_name("picture.mp4")
    options = ("-v", "error", "-nostdin", "-i", str(film), "-map", "0:v", "-c", "copy", str(picture))
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *options], check=True, timeout=60)
    picture.replace(film)
    (report,) = json.loads(run("check", "small-film", "--json", cwd=folder).stdout)
    missing = [item for item in report["not_checked"] if item["check"].startswith("audio/")]
    assert {item["check"] for item in missing} == {"audio/length-differs", "audio/sample-rate"}
    assert {item["asset"] for item in missing} == {str(film.relative_to(folder))}
    assert not any(item["required"] for item in missing)
    assert report["verdict"] == "pass"
