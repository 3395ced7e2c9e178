import unicodedata
from array import array
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image

from assets import catalogue, manifest, platform, territory, text, timing
from assets.errors import InputError, Refused, UsageError
from assets.measuring import Measuring
from assets.reading import read_title
from assets.rights import tree
from assets.sample import artwork, faulty, master, narration, write_sample, writing
from assets.subtitles import read_subtitles
from checks.judging import Question, judge
from checks.report import Verdict

NOW = datetime(2026, 12, 1, tzinfo=UTC)
RATE = Fraction(24)

# Netflix TTSG for ko, en and ja, as of 2025: characters per line and per second, shortest cue.
CPL = {"ko": 16, "en": 42, "ja": 13}
CPS = {"ko.srt": 12, "ko.sdh.srt": 14, "en.srt": 20, "en.forced.srt": 20, "ja.srt": 4}
MIN_SECONDS = {"ko": Fraction(5, 6), "en": Fraction(5, 6), "ja": Fraction(1, 2)}

each_track = pytest.mark.parametrize("name", narration.tracks())


def _cues(name):
    return narration.tracks()[name]


@each_track
def test_cues_lie_on_frames_with_room_between_them(name):
    cues = _cues(name)
    for cue in cues:
        for time in (cue.start, cue.end):
            assert time == timing.from_frames(timing.to_frames(time, RATE), RATE)
        assert MIN_SECONDS[name[:2]] <= timing.to_seconds(cue.duration) <= 7
    for first, second in pairwise(cues):
        gap = timing.to_frames(second.start - first.end, RATE)
        assert gap == 2 or gap >= 12, f"a gap of {gap} frames after cue {first.number}"


@each_track
def test_cues_can_be_read_in_their_time_and_fit_their_rows(name):
    language = name[:2]
    for cue in _cues(name):
        assert 1 <= len(cue.lines) <= 2
        for wide in (False, True):
            for line in cue.lines:
                assert 0 < text.half_characters(line, language, ambiguous_is_wide=wide) <= 2 * CPL[language], line
            halves = text.half_characters(cue.text, language, ambiguous_is_wide=wide)
            assert halves <= 2 * CPS[name] * timing.to_seconds(cue.duration), cue.text


@each_track
def test_text_is_composed_and_tidy(name):
    for cue in _cues(name):
        assert text.is_nfc(cue.text)
        assert all(line == line.strip() and "  " not in line for line in cue.lines)
        assert all(unicodedata.category(char)[0] != "C" for char in cue.text if char != "\n")


@each_track
def test_each_track_is_written_in_its_script(name):
    own = {"ko": {"hangul"}, "en": {"latin"}, "ja": {"kana", "han"}}[name[:2]]
    for cue in _cues(name):
        assert set(text.scripts(cue.text)) <= own, cue.text
        assert text.scripts(cue.text)


@pytest.mark.parametrize("name", ["ko.srt", "ko.sdh.srt"])
def test_korean_lines_end_without_period_or_comma_and_stand_upright(name):
    for cue in _cues(name):
        assert not any(line.endswith((".", ",")) for line in cue.lines)
        assert not any(run.italic for run in cue.runs)


def test_japanese_has_spaces_in_place_of_punctuation():
    assert not [cue.text for cue in _cues("ja.srt") if set(cue.text) & set("、。,.")]


def test_the_languages_say_the_same_at_the_same_times():
    korean, english, japanese = _cues("ko.srt"), _cues("en.srt"), _cues("ja.srt")
    assert len(korean) == 120
    times = [(cue.start, cue.end) for cue in korean]
    assert times == [(cue.start, cue.end) for cue in english] == [(cue.start, cue.end) for cue in japanese]
    assert korean[0].start == timing.from_ms(10_000)
    assert timing.from_ms(5_000_000) < korean[-1].end <= timing.from_ms(5_010_000)


def test_the_forced_track_is_part_of_the_full_one():
    full = {(cue.start, cue.end, cue.text) for cue in _cues("en.srt")}
    forced = {(cue.start, cue.end, cue.text) for cue in _cues("en.forced.srt")}
    assert len(forced) == 12
    assert forced < full
    assert all(words == words.upper() for _, _, words in forced)


def test_the_track_for_the_deaf_has_everything_and_the_sounds():
    plain = {cue.start for cue in _cues("ko.srt")}
    sdh = {cue.start: cue.text for cue in _cues("ko.sdh.srt")}
    assert plain < sdh.keys()
    assert all(sdh[start][0] in "[♪" for start in sdh.keys() - plain)


@each_track
def test_written_tracks_are_read_back_whole(name, tmp_path):
    narration.write(tmp_path / "subtitles")
    parsed = read_subtitles((tmp_path / "subtitles" / name).read_bytes())
    assert (parsed.format, parsed.encoding, parsed.damage) == ("srt", "utf-8", ())
    assert [cue.text for cue in parsed.cues] == [cue.text for cue in _cues(name)]
    for read, made in zip(parsed.cues, _cues(name), strict=True):
        assert timing.to_frames(read.start, RATE) == timing.to_frames(made.start, RATE)
        assert timing.to_frames(read.end, RATE) == timing.to_frames(made.end, RATE)


def test_artwork_has_the_shapes_of_its_kinds_and_the_same_bytes_each_time(tmp_path):
    artwork.write(tmp_path / "a")
    artwork.write(tmp_path / "b")
    for name, size in {"poster.jpg": (2000, 3000), "key-art.jpg": (1920, 1080)}.items():
        with Image.open(tmp_path / "a" / name) as image:
            assert (image.size, image.mode, image.format) == (size, "RGB", "JPEG")
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def _declared(title_id):
    root = writing.DECLARATIONS
    title = manifest.read_title(root / "titles" / title_id / manifest.FILE_NAME, root)
    masters = {str(version.master) for version in title.versions if version.master}
    tracks = {str(track.file) for version in title.versions for track in version.subtitles}
    return title, masters | tracks | {str(item.file) for item in title.artwork}


def test_the_good_title_is_what_the_contract_calls_it():
    title, files = _declared(writing.TITLE_ID)
    assert dict(title.names) == {"ko": "김일성의 아이들", "en": "Kim Il Sung's Children", "ja": "金日成の子供たち"}
    assert title.programme.format == "1 x 84"
    assert title.programme.runtime == timing.from_ms(master.LOOPS * master.LOOP_SECONDS * 1000)
    assert [version.language for version in title.versions] == ["ko", "en", "ja"]
    assert [window.right for window in title.windows[:12]] == list(tree.listed())
    assert all(window.territories == territory.atoms() for window in title.windows[:12])
    subtitles = {f"subtitles/{name}" for name in narration.tracks()}
    pictures = {f"artwork/{name}" for name in artwork.SIZES}
    assert files == subtitles | pictures | {f"masters/{writing.TITLE_ID}.mp4"}


@pytest.mark.parametrize("title_id", faulty.title_ids())
def test_each_file_of_a_faulty_title_has_a_planted_fault(title_id):
    _, files = _declared(title_id)
    assert files == {item.asset for item in faulty.planted() if item.asset and item.title == title_id}


def test_a_fault_of_each_family_is_planted():
    families = {"master", "audio", "subtitle", "title", "rights", "artwork", "metadata"}
    assert {item.check.split("/")[0] for item in faulty.planted()} == families


def test_the_samples_platform_lifts_two_limits_of_the_shipped_one():
    own = platform.load("svod", writing.DECLARATIONS / "platforms")
    shipped = platform.load("svod")
    assert shipped.checks.keys() - own.checks.keys() == {"master/bit-rate-too-low", "master/over-compressed"}
    assert own.package == shipped.package


def test_a_folder_that_is_not_empty_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not empty; the sample goes into a new or an empty folder"):
        write_sample(tmp_path)
    with pytest.raises(UsageError, match="is not empty"):
        write_sample(tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("exists", [False, True])
def test_a_sample_that_fails_leaves_nothing(tmp_path, exists):
    folder = tmp_path / "sample"
    if exists:
        folder.mkdir()
    with pytest.raises(InputError, match="cannot be started"):
        write_sample(folder, ffmpeg=str(tmp_path / "no-ffmpeg"))
    assert list(tmp_path.rglob("*")) == ([folder] if exists else [])


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_sample(tmp_path / "file" / "below" / "sample")


def test_the_sample_goes_into_the_empty_folder_one_stands_in(tmp_path, monkeypatch):
    monkeypatch.setattr(master, "write", lambda path, _work, _ffmpeg: path.write_bytes(b""))
    monkeypatch.setattr(faulty, "write", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    steps = []
    write_sample(Path(), progress=steps.append)
    assert sorted(path.name for path in Path().iterdir()) == ["platforms", "releaseprint.toml", "titles"]
    assert catalogue.open_catalogue().title_ids() == sorted([writing.TITLE_ID, *faulty.title_ids()])
    assert steps == [
        "kim-il-sungs-children: subtitles and artwork",
        "kim-il-sungs-children: masters/kim-il-sungs-children.mp4",
    ]


def test_every_stored_file_of_the_sample_is_text():
    for path in Path(writing.__file__).parent.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert path.suffix in {".py", ".toml"}
            path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "견본 catalogue 見本"
    write_sample(folder)
    return catalogue.open_catalogue(folder)


@pytest.fixture(scope="module")
def reports(sample):
    own = platform.load("svod", sample.root / "platforms")
    question = Question(NOW, territory.expand(["worldwide"]))
    measuring = Measuring(None, 3600, lambda *_: None)
    read = [read_title(title, 600, measuring=measuring) for title in sample.titles()]
    return {item.title.id: judge(item, own, question, now=NOW) for item in read}


@pytest.mark.slow
def test_the_sample_is_small_and_complete(sample):
    size = sum(path.stat().st_size for path in sample.root.rglob("*") if path.is_file())
    assert size < 200_000_000
    assert [path.name for path in sample.root.parent.iterdir()] == [sample.root.name]


@pytest.mark.slow
def test_the_master_is_84_minutes_to_the_frame(sample):
    with av.open(str(sample.root / "titles" / writing.TITLE_ID / "masters" / f"{writing.TITLE_ID}.mp4")) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (container.start_time, container.duration) == (0, 84 * 60 * 1_000_000)
        assert (video.codec_context.profile, video.codec_context.pix_fmt) == ("High", "yuv420p")
        context = video.codec_context
        assert [int(tag) for tag in (context.color_primaries, context.color_trc, context.colorspace)] == [1, 1, 1]
        assert int(context.color_range) == 1
        assert (video.average_rate, video.frames) == (24, 84 * 60 * 24)
        assert (audio.codec_context.profile, audio.sample_rate, audio.layout.name) == ("LC", 48_000, "stereo")
        assert audio.metadata["language"] == "kor"
        times = {video.index: [], audio.index: []}
        for packet in container.demux():
            if packet.size:
                times[packet.stream_index].append((packet.pts, packet.pts + packet.duration))
        for stream in (video, audio):
            assert times[stream.index][0][0] == 0
            assert all(end == start for (_, end), (start, _) in pairwise(times[stream.index]))
            assert times[stream.index][-1][1] * stream.time_base == 84 * 60


@pytest.mark.slow
def test_the_master_moves_and_is_heard(sample):
    path = sample.root / "titles" / writing.TITLE_ID / "masters" / f"{writing.TITLE_ID}.mp4"
    with av.open(str(path)) as container:
        container.seek(2_500_000_000)
        first, second = (bytes(next(container.decode(video=0)).planes[0]) for _ in range(2))
        assert first != second
        assert 40 < sum(first) / len(first) < 180
    with av.open(str(path)) as container:
        container.seek(2_500_000_000)
        samples = array("f", bytes(next(container.decode(audio=0)).planes[0]))
        assert 0.01 < max(map(abs, samples)) < 0.25


@pytest.mark.slow
def test_the_good_title_passes_without_a_finding(reports):
    report = reports[writing.TITLE_ID]
    assert [f"{item.check} {item.asset} {item.at.label}: {item.message}" for item in report.findings] == []
    expected = ("switched off by the platform: the sample's picture", "the cues and the speech of the master have too")
    unchecked = [item for item in report.not_checked if item.required or not item.reason.startswith(expected)]
    assert [f"{item.check} {item.asset}: {item.reason}" for item in unchecked] == []
    assert report.clearance().title == writing.TITLE_ID


@pytest.mark.slow
@pytest.mark.parametrize("planted", faulty.planted(), ids=lambda item: f"{item.check} {item.asset}".strip())
def test_each_planted_fault_is_found(reports, planted):
    found = {(item.asset, item.check) for item in reports[planted.title].findings}
    assert (planted.asset, planted.check) in found


@pytest.mark.slow
@pytest.mark.parametrize("title_id", faulty.title_ids())
def test_a_faulty_title_never_leaves(reports, title_id):
    with pytest.raises(Refused):
        reports[title_id].clearance()


@pytest.mark.slow
def test_what_cannot_be_read_is_said_to_be_not_checked(reports):
    report = reports["unreadable-sample"]
    assert report.verdict is Verdict.INCOMPLETE
    assert {item.asset for item in report.not_checked} >= {"masters/broken.mp4", "subtitles/notes.srt"}
