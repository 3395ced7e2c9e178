"""The commands that make something, end to end: what they leave, what they say, how they exit."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import av
import pytest
from in_process import ENVIRONMENT, run
from making_files import moving, packets

pytestmark = pytest.mark.usefixtures("read_here")

PROGRAM = Path(sys.executable).parent / "releaseprint"


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".releaseprint"))


@pytest.mark.slow
def test_a_title_is_made_into_a_proxy_a_screener_and_curves(catalogue):
    before = names(catalogue)
    assert run("proxy", "small-film", "프록시.mp4", cwd=catalogue).stdout == "proxy: 프록시.mp4\n"
    mark = ("--for", "Kim %{pts}", "--company", "House: 'A'", "--date", "2026-11-21")
    assert run("screener", "make", "small-film", "screener.mp4", *mark, cwd=catalogue).returncode == 0
    assert run("curves", "small-film", "curves.svg", cwd=catalogue).returncode == 0
    assert names(catalogue) == sorted([*before, "프록시.mp4", "screener.mp4", "curves.svg"])
    for name in ("프록시.mp4", "screener.mp4"):
        with av.open(str(catalogue / name)) as container:
            assert sum(1 for _ in container.decode(video=0)) == 50
    assert (catalogue / "curves.svg").read_text(encoding="utf-8").startswith("<svg")
    again = run("proxy", "small-film", "프록시.mp4", cwd=catalogue)
    assert (again.returncode, again.stderr) == (2, "프록시.mp4: exists already; it is left as it is\n")


@pytest.mark.slow
def test_a_master_is_rewrapped_and_not_cut_where_that_needs_coding(catalogue):
    assert run("rewrap", "small-film", "film.mov", "-p", "svod", cwd=catalogue).returncode == 0
    master = next((catalogue / "titles").rglob("*.mp4"))
    assert packets(catalogue / "film.mov") == packets(master)
    cut = run("rewrap", "small-film", "part.mov", "--head", "10f", cwd=catalogue)
    assert cut.returncode == 1
    assert "pictures depend on each other" in cut.stderr
    refused = run("rewrap", "small-film", "film.mxf", "--platform", "svod", cwd=catalogue)
    assert refused.returncode == 2
    assert "svod takes no mxf; mov, mp4 [" in refused.stderr
    unsaid = run("rewrap", "small-film", "film.mxf", "--platform", "house", cwd=catalogue)
    assert "house does not say in which containers" in unsaid.stderr
    assert not (catalogue / "film.mxf").exists()


def test_a_file_of_nobodys_is_trimmed_by_time_code(tmp_path):
    moving(tmp_path / "마스터.mov", "-timecode", "10:00:00:00")
    done = run("rewrap", "마스터.mov", "part.mov", "--head", "00:00:00:10", "--tail", "400ms", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "rewrapped: part.mov\n"), done.stderr
    assert packets(tmp_path / "part.mov") == packets(tmp_path / "마스터.mov")[10:40]
    between = run("rewrap", "마스터.mov", "other.mov", "--head", "10ms", cwd=tmp_path)
    assert between.returncode == 2
    assert "10ms: is no whole number of frames at 25; the nearest is 0f" in between.stderr


def test_each_finding_with_a_time_has_a_picture(catalogue):
    platform = catalogue / "platforms/frozen.toml"
    platform.write_text(
        'name = "F"\nright = "svod"\nrevision = "1"\nsource = "tests"\n'
        '[checks."master/frozen-inside"]\nseverity = "warning"\nsource = "tests"\nverified_on = 2026-11-01\n'
        "max_ms = 500\n",
        encoding="utf-8",
    )
    still = "testsrc2=s=320x180:r=25:d=2,trim=end_frame=10,loop=loop=29:size=1:start=9,setpts=N/25/TB"
    from media_files import ffmpeg

    master = next((catalogue / "titles").rglob("*.mp4"))
    arguments = ("-f", "lavfi", "-i", still, "-f", "lavfi", "-i", "sine=d=1.5:r=48000")
    ffmpeg(master, *arguments, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")
    done = run("thumbnails", "small-film", "pictures", "--platform", "frozen", cwd=catalogue)
    assert done.returncode == 0, done.stderr
    (name,) = names(catalogue / "pictures")
    assert name.startswith("0001_00-00-00-")
    assert name.endswith("_master-frozen-inside.jpg")
    assert done.stdout.startswith(f"{name}: masters/작은 영화.mp4: warning master/frozen-inside: ")


def test_no_finding_makes_no_folder(catalogue):
    done = run("thumbnails", "small-film", "pictures", "--platform", "house", cwd=catalogue)
    assert done.returncode == 0
    assert done.stdout == "nothing was found at a time in a master; no picture was written\n"
    assert not (catalogue / "pictures").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("proxy", "no-such", "a.mp4"), 2, "'no-such' is neither a title nor a file; titles: small-film"),
        (("proxy", "small-film", "a.mp4", "--version", "fr"), 2, "has no version 'fr' with a master; ko"),
        (("proxy", "releaseprint.toml", "a.mp4"), 3, "releaseprint.toml: "),
        (("proxy", "small-film", "absent/a.mp4"), 2, "there is no folder absent"),
        (("curves", "small-film", "releaseprint.toml"), 2, "exists already"),
        (("rewrap", "small-film", "a.avi"), 2, "no container is known by that name"),
        (("rewrap", "small-film", "a.mov", "--head", "later"), 2, "'later' is no time"),
    ],
)
def test_what_cannot_be_made_is_said(catalogue, arguments, code, said):
    before = names(catalogue)
    done = run(*arguments, cwd=catalogue)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert names(catalogue) == before


def test_a_screener_names_somebody(catalogue):
    done = run(
        "screener", "make", "small-film", "a.mp4", "--for", " ", "--company", "A", "--date", "2026-11-21", cwd=catalogue
    )
    assert (done.returncode, done.stderr) == (2, "the watermark needs a name; a copy without one names nobody\n")
    wrong = run(
        "screener", "make", "small-film", "a.mp4", "--for", "A", "--company", "A", "--date", "soon", cwd=catalogue
    )
    assert wrong.returncode == 2


def started(folder, seconds, handler=signal.default_int_handler):
    """`proxy` of a film in a session of its own, as soon as ffmpeg writes; `handler` is what it makes of ^C."""
    moving(folder / "film.mov", seconds=seconds, codecs=("-c:v", "mpeg4", "-c:a", "pcm_s16le"))
    arguments = [str(PROGRAM), "proxy", "film.mov", "out.mp4"]
    wanted = {signal.SIGINT: handler, signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL}
    earlier = {
        number: signal.signal(number, made) for number, made in wanted.items()
    }  # inherited where it is to ignore
    try:
        process = subprocess.Popen(
            arguments, cwd=folder, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, start_new_session=True
        )
    finally:
        for number, made in earlier.items():
            signal.signal(number, made)
    deadline = time.monotonic() + 60
    while not list(folder.glob(".making-*/made.mp4")) and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


def writers(folder):
    """The processes that speak of a folder in their command lines."""
    commands = Path("/proc").glob("[0-9]*/cmdline")
    found = []
    for path in commands:
        with suppress(OSError):
            found += [path] if b"ffmpeg" in path.read_bytes() and str(folder).encode() in path.read_bytes() else []
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_stops_it_leaves_neither_a_file_nor_ffmpeg(tmp_path, number):
    process = started(tmp_path, seconds=60)
    assert writers(tmp_path)
    os.killpg(process.pid, number)
    _, words = process.communicate(timeout=60)
    assert (process.returncode, words.strip()) == (130, "stopped")
    assert names(tmp_path) == ["film.mov"]
    assert writers(tmp_path) == []


@pytest.mark.slow
def test_what_was_started_to_ignore_ctrl_c_goes_on(tmp_path):
    process = started(tmp_path, seconds=5, handler=signal.SIG_IGN)
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=120)
    assert process.returncode == 0, words
    assert names(tmp_path) == ["film.mov", "out.mp4"]
