"""The sample title's master: 84 minutes of picture and sound, made in seconds by repeating eight of them."""

from pathlib import Path

from assets import encode

LOOP_SECONDS = 8
"""192 frames at 24 fps, and exactly 375 frames of AAC at 48 kHz: picture and sound stay in step in every round."""

LOOPS = 84 * 60 // LOOP_SECONDS
FRAME_RATE = 24
FRAMES = LOOP_SECONDS * FRAME_RATE
AAC_FRAMES = LOOP_SECONDS * 48_000 // 1024

# One frame of soft colours whose left edge meets its right edge, moved sideways by ten pixels a frame: it is back
# where it began after 192 frames, so that the loop has no seam, and motion by whole pixels takes few bits.
_PICTURE = (
    "color=s=1920x1080:r=24:d=1,trim=end_frame=1,format=yuv420p,"
    "geq=lum='100+30*sin(2*PI*X/1920)+26*cos(2*PI*(2*X/1920-Y/1080))*sin(PI*Y/1080)'"
    ":cb='128+18*sin(2*PI*(X/960+Y/1080))':cr='128+18*cos(2*PI*(X/960-Y/2160))',"
    "loop=loop=-1:size=1,scroll=h=1/192,trim=end_frame=192,setpts=N/24/TB,setsar=1,"
    "setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
)

# Wind that swells once a loop over a quiet chord: eight seconds of noise, repeated, and frequencies that are multiples
# of 1/8 Hz, so that the loop has no seam; below 300 Hz, where nobody hears a voice in it. -23.4 LUFS is in the bands of
# Europe, America, Korea and Japan. A second more than the loop.
_SOUND = (
    "anoisesrc=d=8:c=pink:r=48000:a=1:seed=1,aloop=-1:384000[l];"
    "anoisesrc=d=8:c=pink:r=48000:a=1:seed=2,aloop=-1:384000[r];"
    "[l][r]join=inputs=2:channel_layout=stereo,highpass=f=80,lowpass=f=300,"
    "aeval='0.66*pow(10,0.25*sin(PI*t/4))*val(0)+0.012*(sin(220*PI*t)+sin(330*PI*t)+sin(440*PI*t))"
    "|0.66*pow(10,0.25*sin(PI*t/4+0.4))*val(1)+0.012*(sin(220*PI*t+0.4)+sin(330*PI*t+1)+sin(440*PI*t+2))':c=same,"
    "atrim=end=9"
)

_EXACT: encode.Options = {"fflags": "+bitexact", "flags": "+bitexact", "threads": 1}
"""The same bytes in each run: no version of the encoder in the file, no division of frames among threads."""


# Without B frames the first frame is shown at 0, and no round of the loop waits for a frame of the next. Without the
# deblocking filter, which has nothing to do here, the film decodes a third faster.
_X264: encode.Options = {"bf": 0, "g": 2 * FRAME_RATE, "x264-params": "no-deblock=1"}


def write(path: Path, work: Path, ffmpeg: str | None = None) -> None:
    """Write the master to `path`, with parts of it in the folder `work`. Raises InputError if ffmpeg fails."""
    rounds = _rounds(work, ffmpeg)
    sound, settled = work / "sound.aac", work / "settled.aac"
    encode.make(sound, encode.generated(_SOUND), options={"c:a": "aac", "b:a": "48k", **_EXACT}, ffmpeg=ffmpeg)
    # The encoder's first frames fade in from silence, which would click in every round: take a later stretch.
    options: encode.Options = {"ss": "0.2", "frames:a": AAC_FRAMES, "c": "copy"}
    encode.make(settled, encode.from_file(sound), options=options, ffmpeg=ffmpeg)
    encode.make(
        path,
        encode.from_file(rounds, {"f": "concat", "safe": 0}).video,
        encode.from_file(settled, {"stream_loop": LOOPS - 1}).audio,
        options={"c": "copy", "metadata:s:a:0": "language=kor", "movflags": "+faststart", "fflags": "+bitexact"},
        ffmpeg=ffmpeg,
    )


def _rounds(work: Path, ffmpeg: str | None) -> Path:
    """The rounds of the picture, as a list for ffmpeg's concat demuxer; the very first frame and the last are black."""
    names = {"first.mp4": 0, "middle.mp4": None, "last.mp4": FRAMES - 1}
    options: encode.Options = {"c:v": "libx264", "profile:v": "high", "crf": 34, **_X264, **_EXACT}
    for name, black in names.items():
        graph = _PICTURE if black is None else f"{_PICTURE},drawbox=c=black:t=fill:enable='eq(n,{black})'"
        encode.make(work / name, encode.generated(graph), options=options, ffmpeg=ffmpeg)
    order = ["first.mp4", *["middle.mp4"] * (LOOPS - 2), "last.mp4"]
    rounds = work / "rounds.txt"
    rounds.write_text("".join(f"file {name}\n" for name in order), encoding="utf-8")
    return rounds
