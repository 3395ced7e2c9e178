"""Makes small media files by the bundled ffmpeg, and files of MOV boxes by hand."""

import struct
import subprocess

import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SECONDS = 1


def picture(size="320x180", rate="25", seconds=SECONDS):
    """The arguments of a moving picture as input."""
    return ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}")


def sound(channels="mono", seconds=SECONDS, frequency=440):
    """The arguments of a tone as input, in a channel layout."""
    source = f"sine=frequency={frequency}:sample_rate=48000:duration={seconds},aformat=channel_layouts={channels}"
    if channels != "mono":
        source = f"sine=frequency={frequency}:sample_rate=48000:duration={seconds},pan={channels}|" + "|".join(
            f"c{number}=c0" for number in range({"stereo": 2, "quad": 4, "5.1": 6}[channels])
        )
    return ("-f", "lavfi", "-i", source)


def ffmpeg(path, *arguments):
    """Runs the bundled ffmpeg and gives the path of what it wrote."""
    subprocess.run([FFMPEG, "-v", "error", "-nostdin", "-y", *arguments, str(path)], check=True, timeout=120)
    return path


def box(kind, *content):
    """A box of MOV or MP4."""
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, kind) + data


def movie(tmp_path, *arguments):
    """The bytes of a small MOV file of ProRes whose index stands behind its media, so that it may grow."""
    return ffmpeg(tmp_path / "behind.mov", *picture(), "-c:v", "prores_ks", *arguments).read_bytes()


def insert(data, parent, new, *, after=8):
    """`data` with the box `new` put into the first box of type `parent`, `after` bytes behind its start.

    The sizes of all boxes around the place are corrected; the media has to come before it, or its places go wrong.
    """
    at = data.index(parent) - 4
    changed = bytearray(data)
    for start in _around(data, at):
        size = struct.unpack_from(">I", data, start)[0]
        struct.pack_into(">I", changed, start, size + len(new))
    return bytes(changed[: at + after]) + new + bytes(changed[at + after :])


_PARENTS = {
    b"moov": 8,
    b"trak": 8,
    b"mdia": 8,
    b"minf": 8,
    b"stbl": 8,
    b"dinf": 8,
    b"edts": 8,
    b"stsd": 16,
    b"apch": 86,
    b"avc1": 86,
    b"hvc1": 86,
}


def _around(data, target):
    """The places of all boxes that hold the place `target`, from the outside to the box that begins there."""
    at, end = 0, len(data)
    while at < end:
        size, kind = struct.unpack_from(">I4s", data, at)
        if at == target:
            yield at
            return
        if at < target < at + size:
            yield at
            at, end = at + _PARENTS[kind], at + size
        else:
            at += size


class Packet:
    """A packet as the media library shows it, a key frame at time 0."""

    pts, dts, duration, is_keyframe = 0, 0, 1, True

    def __init__(self, data):
        self._data = data
        self.size = len(data)

    def __bytes__(self):
        return self._data
