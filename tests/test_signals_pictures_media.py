"""Planted faults and clean pictures, through codecs, at known frames."""

import pytest
from pictures import RATE, frame, frames_of, make, measured, pictures_of

from assets.signals.meters import PictureSetting
from assets.signals.model import PictureSignals
from assets.signals.pictures import meters_for

SIZE = "s=640x360:r=RATE"
ZOOM = f"mandelbrot={SIZE}:maxiter=200,trim=duration=4"
PRORES = {"c:v": "prores_ks", "profile:v": 3, "pix_fmt": "yuv422p10le"}
X264 = {"crf": 23}
CODECS = [pytest.param(X264, id="h264"), pytest.param(PRORES, id="prores")]

pytestmark = pytest.mark.slow


def signals(path, graph, options, rate=RATE):
    chosen = dict(options)
    if "c:v" in chosen:
        chosen |= {"crf": 0, "preset": 0}
    file = make(path / ("film.mov" if "c:v" in options else "film.mp4"), graph, rate, **options)
    shown = list(pictures_of(file))
    found = {}
    for meter in meters_for(PictureSetting(640, 360, rate)):
        found |= measured(meter, shown)
    return PictureSignals(stream=0, **found)


@pytest.mark.parametrize("options", CODECS)
@pytest.mark.parametrize(
    "graph",
    [
        f"testsrc2={SIZE}:d=4",
        ZOOM,
        f"{ZOOM},lutyuv=y=16+(val-16)*0.15",
        f"{ZOOM},fade=in:5:25",
        f"{ZOOM},noise=alls=10:allf=t",
        f"testsrc2={SIZE}:d=3[a];{ZOOM}[b];[a][b]xfade=duration=1:offset=1.5",
    ],
    ids=["testsrc2", "zoom", "dark", "fade-in", "grain", "dissolve"],
)
def test_clean_pictures_have_no_findings(tmp_path, graph, options):
    found = signals(tmp_path, graph, options)
    nothing = (found.frozen, found.bars, found.cuts, found.flashes, found.burnt_in, found.gaps, found.backwards)
    assert nothing == ((),) * 7
    assert [framing.box.top + framing.box.left for framing in found.framings] == [0]
    assert found.levels.outside == ()
    assert (found.fields.combed, found.fields.telecine) == ((), ())
    assert (found.repeats.at, found.repeats.every) == ((), 0)


@pytest.mark.parametrize("options", CODECS)
def test_planted_faults_are_found_at_their_frames(tmp_path, options):
    graph = (
        f"{ZOOM}[a];testsrc2={SIZE}:d=2[b];smptehdbars={SIZE}:d=1[c];[a][b][c]concat=n=3:v=1,"
        "drawbox=c=black:t=fill:enable='between(n,20,29)',drawbox=h=44:c=black:t=fill:enable='between(n,60,89)',"
        "drawbox=y=316:h=44:c=black:t=fill:enable='between(n,60,89)',format=yuv420p"
    )
    found = signals(tmp_path, graph, options)
    assert frames_of(found.black) == [(20, 30)]
    assert frames_of(found.bars) == [(150, 175)]
    assert {frame(100), frame(150)} <= set(found.cuts)
    boxes = [(*frames_of([framing])[0], framing.box.top) for framing in found.framings]
    assert boxes == [(0, 60, 0), (60, 90, 44), (90, 175, 0)]


@pytest.mark.parametrize("options", CODECS)
def test_a_freeze_and_a_repetition_survive_coding(tmp_path, options):
    graph = f"{ZOOM},loop=loop=24:size=1:start=30,loop=loop=1:size=1:start=80,trim=end_frame=110"
    found = signals(tmp_path, graph, options)
    assert frames_of(found.frozen) == [(pytest.approx(30, abs=1), pytest.approx(55, abs=1))]
    assert found.repeats.at == (pytest.approx(frame(81), abs=frame(1)),)


@pytest.mark.parametrize(("mode", "field"), [(4, "top_first"), (5, "bottom_first")])
def test_woven_fields_and_their_order(tmp_path, mode, field):
    graph = f"mandelbrot=s=640x360:r=50:maxiter=200,trim=duration=3,format=yuv420p,tinterlace=mode={mode}"
    fields = signals(tmp_path, graph, {"crf": 20, "flags": "+ildct+ilme"}).fields
    assert getattr(fields, field) > 70
    assert fields.progressive < 3
    assert frames_of(fields.combed) == [(pytest.approx(0, abs=1), 75)]
    assert fields.telecine == ()


def test_pull_down_is_told_from_interlacing(tmp_path):
    graph = "mandelbrot=s=640x360:r=24:maxiter=200,trim=duration=4,format=yuv420p,telecine=first_field=top:pattern=23"
    fields = signals(tmp_path, graph, {"crf": 20, "flags": "+ildct+ilme"}, rate=30).fields
    (stretch,) = fields.telecine
    assert stretch.end - stretch.start > frame(105, 30)
    assert fields.combed == ()


def test_24_pictures_shown_as_25(tmp_path):
    graph = "mandelbrot=s=640x360:r=24:maxiter=200,trim=duration=6,fps=25"
    assert signals(tmp_path, graph, X264).repeats.every == 25
