"""Stems: declared, recognised by their names, read, judged and packaged only where a platform asks for their kind."""

import wave
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from drops import history_of, toml
from titles import write_title

from assets import history, platform
from assets.catalogue import open_catalogue
from assets.clearance import Clearance
from assets.errors import InputError, Refused
from assets.intake import stem_marks
from assets.licensing import licensed_part
from assets.manifest import read_title
from assets.media import Stem
from assets.outlining import Outliner
from assets.reading import read_title as read_assets
from checks.judging import Question, judge
from cli.main import group
from storage.plan import make_plan

NOW = datetime(2026, 12, 2, tzinfo=UTC)
TITLE = """\
original_language = "ko"
production_year = 2020
[names]
en = "Film"
[[versions]]
id = "original"
language = "ko"
[[versions.stems]]
file = "audio/M&E.wav"
kind = "music-and-effects"
layout = "stereo"
[[versions.stems]]
file = "audio/대사.wav"
kind = "dialogue"
layout = "mono"
channel = "C"
language = "ko"
[[windows]]
id = "world"
right = "svod"
territories = ["worldwide"]
start = 2026-12-01
end = "open"
zone = "UTC"
languages = {languages}
"""
PLATFORM = """\
name = "House"
right = "svod"
revision = "1"
source = "tests"
{package}
[checks."audio/unreadable"]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."audio/sample-rate"]
allowed = [48000]
severity = "error"
source = "tests"
verified_on = 2026-11-01
[checks."audio/silence-inside"]
max_seconds = 1
severity = "error"
source = "tests"
verified_on = 2026-11-01
"""
ASKS = '[package]\nstems = ["music-and-effects", "dialogue"]'


def write_wav(path, channels=2, seconds=1, rate=48_000):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * channels * rate * seconds))
    return path


def declare(root, languages='"all"'):
    path = write_title(root, TITLE.format(languages=languages))
    return read_title(path, root)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The title with two stems, read once: the one with dialogue has another sample rate."""
    root = tmp_path_factory.mktemp("stems")
    title = declare(root)
    write_wav(title.folder / "audio/M&E.wav")
    write_wav(title.folder / "audio/대사.wav", channels=1, rate=44_100)
    return read_assets(title, 60)


def load(folder, package=""):
    (folder / "own.toml").write_text(PLATFORM.format(package=package), encoding="utf-8")
    return platform.load("own", folder)


def test_they_are_read_with_their_digests_and_what_they_are_declared_as(read):
    assert all(isinstance(asset, Stem) and asset.sha256 for asset in read.assets)
    assert [(str(item.file), item.declaration.kind, item.declaration.language) for item in read.assets] == [
        ("audio/M&E.wav", "music-and-effects", "zxx"),
        ("audio/대사.wav", "dialogue", "ko"),
    ]


def test_a_platform_that_asks_judges_them_by_what_holds_of_stems(read, tmp_path):
    report = judge(read, load(tmp_path, ASKS), Question(NOW), now=NOW)
    assert [(item.kind, item.language, item.facts) for item in report.assets] == [
        ("stem", "zxx", "music-and-effects, wav, pcm_s16le 2 channels"),
        ("stem", "ko", "dialogue, wav, pcm_s16le mono"),
    ]
    assert [(item.check, item.asset) for item in report.findings] == [("audio/sample-rate", "audio/대사.wav")]


def test_a_platform_that_does_not_ask_neither_judges_nor_takes_them(read, tmp_path):
    own = load(tmp_path)
    report = judge(read, own, Question(NOW), now=NOW)
    assert (report.assets, report.findings) == ((), ())
    said = [(item.asset, item.required) for item in report.not_checked if item.check == "stem/content"]
    assert said == [("audio/M&E.wav", False), ("audio/대사.wav", False)]
    changed = judge(read, own, Question(NOW), now=NOW, only=bool)
    assert not any(item.required for item in changed.not_checked)


@pytest.mark.parametrize(
    ("package", "keys"),
    [
        ("", []),
        ('[package]\nstems = ["dialogue"]', ["stems/original/dialogue/대사.wav"]),
        (ASKS, ["stems/original/dialogue/대사.wav", "stems/original/music-and-effects/M_E.wav"]),
    ],
)
def test_they_leave_only_where_their_kind_is_asked_for(read, tmp_path, package, keys):
    own, window = load(tmp_path, package), read.title.windows[0]
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    clearance = Clearance("film", own.id, own.revision, window.id, digests)
    files = make_plan(read, window, own, clearance, at=NOW).files
    assert [file.key for file in files] == keys
    assert all((file.kind, file.stem_kind in file.key) == ("stem", True) for file in files)


def test_what_is_spoken_is_licensed_by_language(read, tmp_path):
    title = declare(tmp_path, '["en"]')
    english = title.windows[0]
    left, said = licensed_part(read, english)
    assert (left.assets, said) == ((), ("version original: ko is not licensed in window world",))
    korean = declare(tmp_path, '["ko-KP"]').windows[0]
    assert licensed_part(read, korean)[1] == licensed_part(read, english)[1]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ko", "original/subtitles/ko/full"),
        ("music-and-effects", "original/stems/music-and-effects/5-1"),
        ("ko.dialogue", "original/stems/ko/dialogue/C"),
        ("poster", "artwork/poster/ko"),
        ("poster.ko", "artwork/poster/ko"),
    ],
)
def test_a_language_alone_means_subtitles(said, meant):
    known = [
        "original/subtitles/ko/full",
        "original/stems/ko/dialogue/C",
        "original/stems/music-and-effects/5-1",
        "original/stems/ko",
        "artwork/poster/ko",
        "documents/dialogue-list/ko",
    ]
    assert history.asset_named(known, said) == meant


def test_the_roles_of_a_title(read):
    assert list(history.roles(read.title)) == [
        "original/stems/music-and-effects/stereo",
        "original/stems/ko/dialogue/C",
    ]


def test_they_stand_in_the_outline_of_the_title(tmp_path):
    declare(tmp_path)
    slots = Outliner(open_catalogue(tmp_path)).read("film").slots
    assert [(slot.kind, slot.language, slot.name) for slot in slots if slot.what == "stem"] == [
        ("music-and-effects", "zxx", "audio/M&E.wav"),
        ("dialogue", "ko", "audio/대사.wav"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('kind = "dialogue"', 'kind = "speech"', "music-and-effects"),
        ('language = "ko"\n[[windows', "[[windows", "is missing for a stem of dialogue"),
        ('layout = "mono"', 'layout = "5.1"', "C of a file in 5.1; only of one in mono"),
        ('channel = "C"', 'channel = "centre"', "LFE"),
    ],
)
def test_faults_of_declarations(tmp_path, old, new, wrong):
    text = TITLE.format(languages='"all"')
    assert old in text
    with pytest.raises(InputError, match=wrong):
        read_title(write_title(tmp_path, text.replace(old, new)), tmp_path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("drop/SMALL FILM_M&E_51.wav", "music-and-effects"),
        ("Small Film ME 5.1.wav", "music-and-effects"),
        ("small_film_music-and-effects.L.wav", "music-and-effects"),
        ("작은 영화 대사.wav", "dialogue"),
        ("small-film_DX_KOR.wav", "dialogue"),
        ("Small Film_Mix-Minus.wav", "mix-minus"),
        ("small.film.MX.wav", "music"),
        ("小さな映画_効果音.wav", "effects"),
        ("Small Film_KOR_51.wav", None),
    ],
)
def test_names_tell_kinds(name, kind):
    assert stem_marks.stem_kind(name, ("Small Film", "작은 영화", "小さな映画")) == kind


def test_words_of_the_title_tell_no_kind():
    assert stem_marks.stem_kind("Call Me_KOR.wav", ("Call Me",)) is None
    assert stem_marks.stem_kind("Call Me_M&E.wav", ("Call Me",)) == "music-and-effects"


@pytest.mark.parametrize(("name", "channel"), [("film_ME.LFE.wav", "LFE"), ("Film ME_Ls.wav", "Ls"), ("L.wav", "")])
def test_names_tell_loudspeakers(name, channel):
    assert stem_marks.channel(name) == channel


def add(catalogue, *arguments):
    words = ["add", "-C", str(catalogue), *map(str, arguments), "--yes", "--who", "A Person"]
    done = CliRunner().invoke(group, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_add_enters_them(catalogue, tmp_path):
    drop = [
        write_wav(tmp_path / "Small Film_M&E.wav", seconds=2),
        write_wav(tmp_path / "Small Film_KOR_DX.C.wav", channels=1, seconds=2),
    ]
    said = add(catalogue, *drop)
    assert "as titles/small-film/audio/ko.music-and-effects.stereo.wav" in said
    stems = open_catalogue(catalogue).title("small-film").versions[0].stems
    assert [(stem.kind, stem.language, stem.layout, stem.channel, stem.file.name) for stem in stems] == [
        ("music-and-effects", "zxx", "stereo", "", "audio/ko.music-and-effects.stereo.wav"),
        ("dialogue", "ko", "mono", "C", "audio/ko.dialogue.C.wav"),
    ]
    assert [line["asset"] for line in history_of(catalogue)] == [
        "ko/stems/music-and-effects/stereo",
        "ko/stems/ko/dialogue/C",
    ]
    assert '[[versions.stems]]\nfile = "audio/ko.music' in toml(catalogue).read_text(encoding="utf-8")


def test_what_is_doubtful_of_a_stem_is_asked(catalogue, tmp_path):
    with pytest.raises(Refused, match="it runs 00:00:01"):
        add(catalogue, write_wav(tmp_path / "Small Film_M&E.wav"))
    with pytest.raises(Refused, match="nothing tells of which kind"):
        add(catalogue, write_wav(tmp_path / "Small Film stem.wav", seconds=2))
    assert "added" in add(catalogue, tmp_path / "Small Film stem.wav", "--kind", "effects")
