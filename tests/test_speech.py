"""Where voices are heard in the sound of a master, and what a track that runs away from them is told."""

import random
import shutil
import subprocess
import sys
from fractions import Fraction

import imageio_ffmpeg
import in_process
import numpy as np
import pytest
from voices import RATE, SYLLABLE, spoken, write_wav

from assets import timing
from assets.signals.one_pass import measure_here
from assets.signals.voices import joined

pytestmark = pytest.mark.usefixtures("read_here")

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SECONDS = 100
WITHIN = 0.15


def stretches(seed=4):
    """Sentences of a second or two, with pauses of odd lengths."""
    dice = random.Random(seed)  # noqa: S311 -- the same each time is what is wanted
    found, now = [], 2.0
    while now < SECONDS - 8:
        end = now + dice.randrange(4, 12) * SYLLABLE
        found.append((now, end))
        now = end + dice.uniform(0.6, 4)
    return found


@pytest.fixture(scope="module")
def wav(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "목소리 声.wav"
    write_wav(path, spoken(stretches(), SECONDS))
    return path


def heard(path, stream=0):
    found = measure_here(str(path)).signals.sounds[stream].speech
    return [(float(timing.to_seconds(part.start)), float(timing.to_seconds(part.end))) for part in found]


def assert_heard(found):
    assert len(found) == len(stretches())
    for (start, end), (heard_start, heard_end) in zip(stretches(), found, strict=True):
        assert abs(heard_start - start) < WITHIN
        assert abs(heard_end - end) < WITHIN


def test_voices_are_heard_where_they_are(wav):
    assert_heard(heard(wav))


@pytest.mark.slow
def test_the_stream_that_is_asked_for_is_heard_whatever_its_form(wav, tmp_path):
    path = tmp_path / "a.mp4"
    tone = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}")
    form = ("-map", "1:a", "-map", "0:a", "-c:a", "aac", "-ar", "44100", "-ac", "2")
    subprocess.run([FFMPEG, "-v", "error", "-i", wav, *tone, *form, path], check=True, timeout=60)
    assert heard(path, 0) == []
    assert_heard(heard(path, 1))


def test_times_are_those_of_the_file(wav, tmp_path):
    path = tmp_path / "a.mkv"
    subprocess.run([FFMPEG, "-v", "error", "-itsoffset", "3", "-i", wav, "-c:a", "flac", path], check=True, timeout=60)
    shifted = [(start - 3, end - 3) for start, end in heard(path)]
    assert_heard(shifted)


@pytest.mark.parametrize(
    "sound", [np.zeros(RATE * 20), 0.3 * np.sin(np.arange(RATE * 20) * 0.2)], ids=["silence", "a tone"]
)
def test_what_is_no_voice_is_not_heard(sound, tmp_path):
    write_wav(tmp_path / "a.wav", sound)
    assert heard(tmp_path / "a.wav") == []


def test_a_breath_does_not_part_a_stretch_and_a_click_is_none():
    ms = timing.from_ms
    found = [(ms(0), ms(500)), (ms(700), ms(1200)), (ms(1450), ms(1500)), (ms(3000), ms(3050)), (ms(5000), ms(5100))]
    assert joined(found) == [(0, ms(1200)), (ms(5000), ms(5100))]


PLATFORM = 'name = "House"\nright = "svod"\nrevision = "1"\nsource = "tests"\n' + "".join(
    f'[checks."{name}"]\nseverity = "error"\nsource = "tests"\nverified_on = 2026-11-01\n{limits}'
    for name, limits in {
        "master/unreadable": "",
        "subtitle/unreadable": "",
        "subtitle/out-of-sync-with-speech": "max_ms = 500\n",
    }.items()
)
TITLE = """\
original_language = "ko"
format = "1 x 2"
runtime = "00:01:40"
production_year = 2020
[names]
ko = "목소리"
[[versions]]
id = "ko"
language = "ko"
master = "a.mkv"
audio = [{ language = "ko", layout = "mono" }]
subtitles = [{ file = "ko.srt", language = "ko" }]
"""


@pytest.fixture(scope="module")
def catalogue(wav, tmp_path_factory):
    root = tmp_path_factory.mktemp("speech")
    folder = root / "titles" / "voice"
    folder.mkdir(parents=True)
    (root / "platforms").mkdir()
    (root / "releaseprint.toml").touch()
    (root / "platforms" / "house.toml").write_text(PLATFORM)
    (folder / "title.toml").write_text(TITLE)
    picture = ("-f", "lavfi", "-i", f"color=size=64x36:rate=24:duration={SECONDS}")
    command = [FFMPEG, "-v", "error", *picture, "-i", wav, "-c:v", "libx264", "-c:a", "flac", folder / "a.mkv"]
    subprocess.run(command, check=True, timeout=60)
    return root


def judged(root, *options, change):
    """What `check` says of a track that starts where somebody speaks, each in-cue changed."""
    cues = [(change(Fraction(start)), change(Fraction(end))) for start, end in stretches()]
    clock = [tuple(timing.ms_text(timing.from_seconds(time)).replace(".", ",") for time in cue) for cue in cues]
    text = "".join(f"{number}\n{start} --> {end}\n네\n\n" for number, (start, end) in enumerate(clock, 1))
    (root / "titles" / "voice" / "ko.srt").write_text(text)
    return in_process.run("check", "voice", "-p", "house", *options, cwd=root)


def test_check_compares_with_speech(catalogue):
    done = judged(catalogue, change=lambda time: time)
    assert (done.returncode, "out-of-sync" in done.stdout) == (0, False), done.stdout + done.stderr


def test_a_late_track_is_found(catalogue):
    done = judged(catalogue, change=lambda time: time + Fraction("1.7"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1.7" in done.stdout or "1.6" in done.stdout
    assert "late against the speech, from cue 1 on" in " ".join(done.stdout.split())


def test_a_track_of_another_rate_is_found(catalogue):
    done = judged(catalogue, change=lambda time: time * 25 / 24)
    assert "stretched by 25/24 (24 fps against 25)" in " ".join(done.stdout.split())


def test_speech_that_was_not_measured_is_not_checked_and_said_so(catalogue, tmp_path):
    fresh = shutil.copytree(catalogue, tmp_path / "fresh", ignore=shutil.ignore_patterns(".releaseprint"))
    done = judged(fresh, "--quick", change=lambda time: time + 9)
    assert done.returncode == 3
    assert "the sound of its master was not measured" in " ".join(done.stdout.split())


@pytest.mark.slow
def test_a_film_takes_no_more_memory_than_a_minute(tmp_path):
    code = (
        "import resource, sys; from assets.signals.one_pass import measure_here; measure_here(sys.argv[1]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    peaks = []
    for minutes in (1, 30):
        path = tmp_path / f"{minutes}.wav"
        write_wav(path, spoken([(2, 5), (8, 9)], 60), times=minutes)
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, check=True, timeout=120)
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 30
