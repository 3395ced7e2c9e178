import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import av
import pytest

from assets import encode
from assets.errors import InputError

SOUND = {"c:a": "pcm_s16le"}


def _sound(seconds=1):
    return encode.generated(f"sine=f=440:r=48000:d={seconds}")


def test_a_file_is_made_of_generated_streams(tmp_path):
    path = tmp_path / "colour bars 막대 色.mov"
    picture = encode.generated("smptehdbars=s=320x180:r=25:d=1")
    encode.make(path, picture, _sound(), options={"c:v": "libx264", "pix_fmt": "yuv420p", **SOUND})
    with av.open(str(path)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert container.streams.video[0].frames == 25
        assert container.duration == 1_000_000


def test_the_streams_of_files_are_taken_one_by_one(tmp_path):
    both, one = tmp_path / "both.mov", tmp_path / "one.mov"
    encode.make(both, encode.generated("testsrc2=s=64x64:r=25:d=1"), _sound(), options={"c:v": "mpeg4", **SOUND})
    encode.make(one, encode.from_file(both).audio, options={"c": "copy"})
    with av.open(str(one)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]


def test_ffmpegs_own_words_are_in_the_error_and_nothing_is_left(tmp_path):
    path = tmp_path / "out.mov"
    with pytest.raises(InputError, match=r"out\.mov: ffmpeg cannot make it: .*no-such-codec"):
        encode.make(path, _sound(), options={"c:a": "no-such-codec"})
    assert not path.exists()


def test_ffmpeg_has_a_session_of_its_own(tmp_path):
    telling = tmp_path / "ffmpeg"
    telling.write_text(
        f"#!{sys.executable}\nimport os, sys\nsys.exit(f'in session {{os.getsid(0)}}')\n", encoding="utf-8"
    )
    telling.chmod(0o755)
    with pytest.raises(InputError) as error:
        encode.make(tmp_path / "out.wav", _sound(), options=SOUND, ffmpeg=str(telling))
    said = re.search(r"in session (\d+)", str(error.value))
    assert said is not None
    assert int(said[1]) != os.getsid(0)


def test_what_exists_is_not_replaced(tmp_path):
    path = tmp_path / "out.wav"
    path.write_bytes(b"a recording")
    with pytest.raises(InputError, match=r"out\.wav: exists already"):
        encode.make(path, _sound())
    assert path.read_bytes() == b"a recording"


def test_a_missing_input_is_named(tmp_path):
    with pytest.raises(InputError, match=r"absent\.mov.*No such file"):
        encode.make(tmp_path / "out.wav", encode.from_file(tmp_path / "absent.mov"))


def test_an_input_cannot_reach_the_network(tmp_path):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    playlist = tmp_path / "list.m3u8"
    entry = f"http://127.0.0.1:{server.server_port}/a.ts"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{entry}\n#EXT-X-ENDLIST\n")
    try:
        with pytest.raises(InputError, match="whitelist"):
            encode.make(tmp_path / "out.mov", encode.from_file(playlist))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_a_name_is_never_a_protocol(tmp_path):
    encode.make(tmp_path / "a.wav", _sound())
    odd = tmp_path / "concat:a.wav"
    odd.write_bytes((tmp_path / "a.wav").read_bytes())
    encode.make(tmp_path / "b.wav", encode.from_file(odd), options={"c": "copy"})
    assert (tmp_path / "b.wav").stat().st_size > 90_000


def test_the_time_limit_stops_ffmpeg(tmp_path):
    path = tmp_path / "long.wav"
    with pytest.raises(InputError, match=r"long\.wav: takes ffmpeg too long to make; at most 1 s"):
        encode.make(path, encode.generated("sine=d=100000000"), timeout_seconds=1)
    assert not path.exists()


def test_another_binary_may_be_named(tmp_path):
    encode.make(tmp_path / "a.wav", _sound(), ffmpeg=encode.bundled())
    assert (tmp_path / "a.wav").is_file()


@pytest.mark.parametrize("content", [None, "not a program"])
def test_a_binary_that_cannot_be_started_is_named(tmp_path, content):
    binary = tmp_path / "ffmpeg"
    if content is not None:
        binary.write_text(content)
    with pytest.raises(InputError, match=r"ffmpeg: cannot be started: .*; `ffmpeg` in releaseprint\.toml"):
        encode.make(tmp_path / "a.wav", _sound(), ffmpeg=str(binary))


def test_a_machine_without_a_bundled_binary_is_told_what_to_do(monkeypatch):
    import imageio_ffmpeg

    def missing():
        raise RuntimeError

    monkeypatch.setattr(imageio_ffmpeg, "get_ffmpeg_exe", missing)
    with pytest.raises(InputError, match="install ffmpeg and name it"):
        encode.bundled()


def test_ffmpeg_is_used_in_one_module_only():
    root = Path(__file__).parents[1]
    users = {
        path.relative_to(root).as_posix()
        for folder in ("assets", "checks", "storage", "cli")
        for path in (root / folder).rglob("*.py")
        if any(line.strip() in {"import ffmpeg", "import imageio_ffmpeg"} for line in path.read_text().splitlines())
    }
    assert users == {"assets/encode.py"}


def test_progress_is_told_in_seconds(tmp_path):
    told = []
    encode.make(tmp_path / "a.wav", _sound(3), told=told.append)
    assert told[-1] == 3
    assert told == sorted(told)


def test_an_error_in_who_is_told_stops_ffmpeg_and_leaves_nothing(tmp_path):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encode.make(tmp_path / "a.wav", encode.generated("sine=d=100000000"), told=stop, timeout_seconds=120)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["a:b", "it's", "x,y;z", "[in]", "back\\slash", "%{pts}", "한글 '\"' 日本"])
def test_the_options_of_a_filter_are_never_read_as_a_graph(tmp_path, text):
    path = tmp_path / "a.mov"
    sound = encode.filtered("ametadata", _sound(), {"mode": "add", "key": "note", "value": text})
    shown = encode.filtered(
        "ametadata", sound, {"mode": "print", "file": str(tmp_path / f"notes {text.strip('%/')}.txt")}
    )
    encode.make(path, shown, options=SOUND)
    (notes,) = tmp_path.glob("notes*")
    assert f"note={text}\n" in notes.read_text(encoding="utf-8")
