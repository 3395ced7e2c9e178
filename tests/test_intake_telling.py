"""What is told of a file: language, kind, frame rate, title; and how surely."""

import os
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from small import write_catalogue
from titles import cues

from assets.catalogue import open_catalogue
from assets.intake import name_marks, text_language, tracks
from assets.intake.arriving import Arrived, Turned, folder, one
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.propose_tracks import propose
from assets.intake.recognising import Recognised, Sort, recognise
from assets.intake.shelf import Shelf
from assets.intake.telling import Sureness
from assets.intake.title_by_times import title_by_times
from assets.intake.titles import Clues, Known, known_titles, title_of
from assets.name_scanning import read_entries
from assets.subtitles.model import Cue, Run
from assets.subtitles.reading import read_subtitles
from assets.timing import from_frames, from_ms

SHARED = Path(__file__).parents[2] / "shared/data/subtitles"
KOREAN = (
    "전쟁으로 부모를 잃은 아이들이 낯선 나라로 보내졌고, 자라서 갑자기 돌아가야 했다. 그들을 기억하는 사람들이 있다."
)
JAPANESE = (
    "戦争で親を失った子供たちは、見知らぬ国へ送られた。そして突然、帰らなければならなかった。忘れられない人々がいる。"
)
ENGLISH = "The children were sent to a country that they did not know, and they had to go back when they were grown up."
GERMAN = "Die Kinder wurden in ein Land geschickt, das sie nicht kannten. Und sie haben es auch nicht mehr vergessen."


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (KOREAN, "ko"),
        (unicodedata.normalize("NFD", KOREAN), "ko"),
        (JAPANESE, "ja"),
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("這個國家的學生們說過：你還沒有學會，我們來對你說", "zh-Hant"),
        ("这个国家的学生们说过：你还没有学会，我们来对你说", "zh-Hans"),
        ("Это не тот человек, которого мы ищем.", "ru"),
        ("Це не та людина, яку ми шукаємо, її немає.", "uk"),
    ],
)
def test_the_text_tells_the_language(text, tag):
    told = text_language.of_text(text)
    assert told.value == tag
    assert told.sureness > Sureness.DOUBTFUL


def test_two_languages_side_by_side_are_doubtful():
    told = text_language.of_text("\n".join([KOREAN, ENGLISH] * 3))
    assert told.sureness is Sureness.DOUBTFUL
    assert "side by side" in told.reasons[-1]
    assert not text_language.is_written_alike("ko", "\n".join([KOREAN, ENGLISH] * 3))


def test_english_names_in_korean_are_korean():
    assert text_language.of_text(KOREAN + " FBI, NATO, Warszawa").sureness is Sureness.SURE


@pytest.mark.parametrize("text", ["", "1954", "♪ … ♪"])
def test_text_without_letters_tells_nothing(text):
    assert text_language.of_text(text) is None


@pytest.mark.parametrize(
    ("name", "tag", "kind"),
    [
        ("film.ko.srt", "ko", None),
        ("film_KOR.srt", "ko", None),
        ("Film Korean SDH.srt", "ko", "sdh"),
        ("film.en.hi.srt", "en", "sdh"),
        ("film.hi.srt", "hi", None),
        ("film.pt-BR.forced.srt", "pt-BR", "forced"),
        ("film_JPN_FN_v03.vtt", "ja", "forced"),
        ("haru.jp.ass", "ja", None),
        ("film_kr.smi", "ko", None),
        ("작은 영화_한국어.srt", "ko", None),
        (unicodedata.normalize("NFD", "작은 영화_한국어.srt"), "ko", None),
        ("ko.srt", "ko", None),
        ("subs/Japanese/film v2.srt", "ja", None),
        ("KOR/예고편.mov", "ko", "marketing"),
        ("03_what-is-to-be-done.srt", None, None),
        ("Meet in Pyongyang.mov", None, None),
    ],
)
def test_the_name_tells_language_and_kind(name, tag, kind):
    assert name_marks.language_tag(name) == tag
    assert name_marks.track_kind(name) == kind


def track_at(name, text):
    parsed = read_subtitles(text.encode())
    return Recognised(Arrived(name, Path(name), 1, "0"), Sort.SUBTITLES, "", ".srt", track=parsed)


def srt(*texts):
    return "".join(
        f"{number}\n00:00:{number * 2:02},000 --> 00:00:{number * 2 + 1:02},000\n{text}\n\n"
        for number, text in enumerate(texts, 1)
    )


@pytest.mark.parametrize(
    ("name", "text", "tag", "sureness"),
    [
        ("a.srt", KOREAN, "ko", Sureness.SURE),
        ("a.pt-BR.srt", "♪", "pt-BR", Sureness.LIKELY),
        ("a.en.srt", KOREAN, "ko", Sureness.DOUBTFUL),
        ("a.ko.srt", f"{KOREAN}\n{ENGLISH}", "ko", Sureness.DOUBTFUL),
        ("a.en-GB.srt", ENGLISH, "en-GB", Sureness.SURE),
    ],
)
def test_text_and_name_together(catalogue, name, text, tag, sureness):
    shelf = Shelf(open_catalogue(catalogue).title("small-film"), lambda _: None)
    made = propose(Proposal(track_at(name, srt(text)), Status.ADD), Said(), shelf)
    assert (made.language.value, made.language.sureness) == (tag, sureness)


HOUR = from_ms(3_600_000)


def spread(count, text="Where are they?"):
    return tuple(
        Cue(number, HOUR * number // (count + 1), HOUR * number // (count + 1) + from_ms(1500), (Run(text),))
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize(
    ("found", "by_name", "kind", "sureness"),
    [
        (spread(600), None, "full", Sureness.LIKELY),
        (spread(600), "full", "full", Sureness.SURE),
        (spread(20), None, "forced", Sureness.LIKELY),
        (spread(20), "forced", "forced", Sureness.SURE),
        (spread(45), None, "full", Sureness.DOUBTFUL),
        (spread(600), "forced", "forced", Sureness.DOUBTFUL),
        (spread(300) + spread(40, "[문이 닫힌다]"), None, "sdh", Sureness.LIKELY),
        (spread(300) + spread(40, "（鐘の音）"), "sdh", "sdh", Sureness.SURE),
        (spread(600) + spread(2, "♪ 아리랑 ♪"), None, "full", Sureness.LIKELY),
    ],
)
def test_the_cues_tell_the_kind(found, by_name, kind, sureness):
    told = tracks.kind_of(found, HOUR, by_name)
    assert (told.value, told.sureness) == (kind, sureness)


def test_a_full_track_beside_it_tells_more_than_the_minutes():
    assert tracks.kind_of(spread(45), HOUR, None, beside=400).value == "forced"
    assert tracks.kind_of(spread(45), HOUR, None, beside=50).value == "full"


def test_cues_that_are_marked_forced():
    marked = tuple(Cue(number, number, number + 1, (Run("x"),), forced=True) for number in range(5))
    assert tracks.kind_of(marked, 0, None).value == "forced"


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001)])
def test_times_on_frames_tell_the_frame_rate(rate):
    def at(frame):
        return from_ms(round(Fraction(from_frames(frame, rate), from_ms(1))))

    found = tuple(Cue(n, at(n * 61), at(n * 61 + 37), (Run("x"),)) for n in range(1, 300))
    assert tracks.frame_rate_of(found, None).value == f"{float(rate):.3f}".rstrip("0").rstrip(".")


def test_times_on_whole_seconds_tell_no_frame_rate():
    assert tracks.frame_rate_of(cues(*["x"] * 50), None) is None


def test_a_track_that_ends_behind_the_picture():
    found = spread(10)
    assert tracks.fits_runtime(found, HOUR) == ""
    assert "behind the end of the picture" in tracks.fits_runtime(found, HOUR // 2)
    late = tuple(Cue(c.number, c.start + 10 * HOUR, c.end + 10 * HOUR, c.runs) for c in found)
    assert "count from 10:00:00:00" in tracks.fits_runtime(late, HOUR)


def test_a_track_that_is_late_against_another_of_the_same_picture():
    starts = [from_ms(2000 * number + 700 * (number % 3)) for number in range(1, 60)]
    reference = tuple(Cue(n, start, start + from_ms(900), (Run("x"),)) for n, start in enumerate(starts, 1))
    late = tuple(Cue(cue.number, cue.start + from_ms(1200), cue.end + from_ms(1200), cue.runs) for cue in reference)
    assert tracks.out_of_step(late, reference) == "1.200 s late"
    assert tracks.out_of_step(late[:9], reference) == "", "so few cues are in step with anything"
    assert tracks.out_of_step(reference, reference) == ""


TITLES = (
    Known(
        "kim-il-sungs-children",
        (("Kim Il Sung's Children", "en"), ("김일성의 아이들", "ko"), ("金日成の子供たち", "ja")),
        HOUR,
    ),
    Known("bird", (("Bird", "en"), ("새", "ko"))),
    Known("the-bird-cage", (("The Bird Cage", "en"),), 2 * HOUR),
    Known("thaw", (("봄날의 눈석이", "ko"), ("Haru no hi no yukidoke", "ja-Latn"))),
)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Kim.Il.Sung's.Children.2020.ko.srt", "kim-il-sungs-children"),
        ("KIM_IL_SUNGS_CHILDREN_ENG.srt", "kim-il-sungs-children"),
        ("김일성의아이들_KOR.srt", "kim-il-sungs-children"),
        (unicodedata.normalize("NFD", "김일성의 아이들 자막.smi"), "kim-il-sungs-children"),
        ("金日成の子供たち.ja.vtt", "kim-il-sungs-children"),
        ("Ｂｉｒｄ.mov", "bird"),
        ("The Bird Cage.mov", "the-bird-cage"),
        ("Bird/ko.srt", "bird"),
        ("Bomnarui_Nunseogi_KOR.srt", "thaw"),
        ("Pomnarŭi nunsŏgi.mov", "thaw"),
        ("haru-no-hi-no-yukidoke.ja.srt", "thaw"),
        ("birdsong.srt", None),
        ("subtitles.srt", None),
    ],
)
def test_the_name_tells_the_title(name, title):
    told = title_of(Clues(name), TITLES)
    assert (told and told.value) == title


def test_the_length_of_a_master_tells_the_title_or_speaks_against_it():
    assert title_of(Clues("reel.mov", HOUR), TITLES).value == "kim-il-sungs-children"
    assert title_of(Clues("The Bird Cage.mov", 2 * HOUR), TITLES).sureness is Sureness.SURE
    assert title_of(Clues("The Bird Cage.mov", HOUR // 10), TITLES).sureness is Sureness.DOUBTFUL
    assert title_of(Clues("reel.mov", HOUR // 3), TITLES) is None


def test_two_titles_of_one_name_are_doubtful():
    both = (*TITLES, Known("bird-1992", (("Bird", "en"),)))
    assert title_of(Clues("bird.ko.srt"), both).sureness is Sureness.DOUBTFUL


def lasting(start, end):
    """A track from one time to another."""
    return (Cue(1, start, start + HOUR // 3600, (Run("One"),)), Cue(2, end - HOUR // 3600, end, (Run("Two"),)))


def test_the_times_of_a_track_suggest_a_title_and_no_more():
    films = tuple(Known(name, ((name, "en"),), runtime) for name, runtime in (("long", 2 * HOUR), ("short", HOUR)))
    told = title_by_times(lasting(0, HOUR * 58 // 60), films)
    assert (told.value, told.sureness) == ("short", Sureness.DOUBTFUL)
    assert told.reasons[0] == "its last cue ends at 00:58:00.000, near the end of the title at 01:00:00.000"
    assert title_by_times(lasting(10 * HOUR, 10 * HOUR + HOUR * 58 // 60), films).value == "short"
    assert title_by_times(lasting(0, HOUR * 119 // 60), films).value == "long"
    assert title_by_times(lasting(0, HOUR * 3 // 2), films) is None
    assert title_by_times((), films) is None
    alike = tuple(Known(f"film-{number}", (), HOUR) for number in range(4))
    assert title_by_times(lasting(0, HOUR), alike[:3]).reasons[0].endswith("as of film-1, film-2")
    assert title_by_times(lasting(0, HOUR), alike) is None
    assert title_by_times(lasting(0, HOUR), (Known("unknown", ()),)) is None


def test_names_of_titles_are_read_wherever_they_stand(tmp_path, master_file):
    root = write_catalogue(tmp_path / "films", master_file)
    path = root / "titles/small-film/title.toml"
    text = path.read_text(encoding="utf-8")
    names = text[text.index("[names]") : text.index("[[versions]]")]
    other = '[[other_names]]\ntext = "Jageun Yeonghwa"\nlanguage = "ko-Latn"\n'
    path.write_text(text.replace(names, "") + names + other, encoding="utf-8")
    (known,) = known_titles(read_entries(open_catalogue(root))[0])
    assert {"smallfilm", "작은영화", "jageunyeonghwa"} <= {item.whole for item in known.spelled()}


def test_hostile_folders(tmp_path):
    root = tmp_path / "drop"
    (root / "deep").mkdir(parents=True)
    (root / "deep" / "a\x1b[31m.srt").write_text("x", encoding="utf-8")
    (root / "empty.srt").touch()
    (root / "out.srt").symlink_to("/etc/passwd")
    (root / "loop").symlink_to(root)
    (root / ".DS_Store").write_text("x", encoding="utf-8")
    (root / unicodedata.normalize("NFC", "영화.srt")).write_text("x", encoding="utf-8")
    (root / unicodedata.normalize("NFD", "영화.srt")).write_text("x", encoding="utf-8")
    os.mkfifo(root / "pipe.mov")
    found = list(folder(root))
    reasons = {item.name: item.reason for item in found if isinstance(item, Turned)}
    assert reasons["pipe.mov"] == "is no regular file"
    assert reasons["empty.srt"] == "is empty"
    assert "symbolic link" in reasons["out.srt"]
    assert "symbolic link" in reasons["loop"]
    assert "normalization form" in reasons["영화.srt"]
    assert {item.name for item in found if isinstance(item, Arrived)} == {"deep/a\x1b[31m.srt", "영화.srt"}
    assert isinstance(one(root / "pipe.mov"), Turned)
    assert isinstance(one(root / "absent"), Turned)


def test_content_tells_what_a_file_is_and_not_its_suffix(tmp_path, master_file):
    from PIL import Image

    files = {
        "film.srt": master_file.read_bytes(),
        "track.mov": srt(KOREAN).encode("cp949"),
        "contract.jpg": b"%PDF-1.7\n%%EOF",
        "notes.txt": "그냥 메모입니다. 자막이 아닙니다.".encode(),
        "junk.bin": bytes(range(256)) * 20,
        "계약서.hwp": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "계약서.hwpx": b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/hwp+zip",
        "archive.docx": b"PK\x03\x04" + bytes(26) + b"film.mov",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    Image.new("RGB", (200, 300), "red").save(tmp_path / "poster.dat", "PNG")
    sorts = {name: recognise(one(tmp_path / name), 60).sort for name in (*files, "poster.dat")}
    assert sorts == {
        "film.srt": "master",
        "track.mov": "subtitles",
        "contract.jpg": "document",
        "notes.txt": "document",
        "junk.bin": "unknown",
        "계약서.hwp": "document",
        "계약서.hwpx": "document",
        "archive.docx": "unknown",
        "poster.dat": "artwork",
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
@pytest.mark.parametrize("tag", ["ko", "ja", "en"])
def test_real_tracks_are_told_by_their_text_alone(tag):
    found = [*SHARED.glob(f"w3c-introduction/*.{tag}.vtt"), *SHARED.glob(f"elephants-dream/captions.{tag}.vtt")]
    found += SHARED.glob("encodings-ko/s0[12]*.s[rm][ti]") if tag == "ko" else []
    assert found
    told = [text_language.of_cues(read_subtitles(path.read_bytes()).cues) for path in found]
    assert {(item.value, item.sureness) for item in told} == {(tag, Sureness.SURE)}
