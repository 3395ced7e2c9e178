"""`history`, `announce`, `restore`, `diff` of revisions, `rebuild` and `export`, as they are typed."""

import csv
import io
import json
import shutil
import subprocess
import unicodedata

import histories
import pytest
import small
from media_files import ffmpeg

from assets.catalogue import open_catalogue
from assets.errors import InputError, UsageError
from assets.probe import probe
from cli import kept, revision_facts, revisions
from cli.main import group
from cli.who import who
from storage.index import open_index

pytestmark = pytest.mark.usefixtures("read_here")

BETTER = small.GOOD_SRT.replace("Goodbye.", "안녕히.")


@pytest.fixture
def typed(catalogue, capsys):
    """Runs a command in the small catalogue: its exit code and what it printed."""

    def run(*arguments):
        code = group.main([*map(str, arguments), "-C", str(catalogue)], prog_name="releaseprint", standalone_mode=False)
        return code or 0, capsys.readouterr().out

    return run


def track(catalogue):
    return catalogue / "titles/small-film/subtitles/en.srt"


def edit(catalogue):
    track(catalogue).write_text(BETTER, encoding="utf-8")


def announced(typed):
    return typed("announce", "small-film", "--why", "first", "--who", "Kim")


def test_from_intake_to_restore(catalogue, typed):
    assert announced(typed)[1].splitlines() == [
        "ko/master@1: masters/작은 영화.mp4",
        "ko/subtitles/en/full@1: subtitles/en.srt",
    ]
    assert announced(typed) == (0, "nothing to record: every file that is there is its newest revision\n")
    edit(catalogue)
    code, said = typed("history", "small-film", "en")
    assert code == 1
    assert "! changed without a word: has other bytes" in said
    assert (
        typed("announce", "small-film", "en", "--why", "a better word", "--note", "by letter", "--who", "Lee")[0] == 0
    )
    code, said = typed("history", "small-film")
    assert code == 0
    assert said.index("@2") < said.index("a better word") < said.index("by letter") < said.rindex("@1")
    code, said = typed("restore", "small-film", "en@1", "--why", "it was right", "--who", "Kim")
    assert (code, said) == (0, "ko/subtitles/en/full@3: subtitles/en.srt: it was right\n")
    assert track(catalogue).read_text(encoding="utf-8") == small.GOOD_SRT
    code, said = typed("history", "small-film", "en", "--json")
    (asset,) = json.loads(said)["assets"]
    assert [item["id"].rpartition("@")[2] for item in asset["revisions"]] == ["3", "2", "1"]
    assert asset["revisions"][0]["note"] == "the bytes of ko/subtitles/en/full@1"
    assert asset["revisions"][0]["was"] == asset["revisions"][1]["sha256"]


def test_restore_goes_by_the_title_as_it_is_by_then(catalogue, typed):
    """Another process gave the file another name after this one had read the title."""
    announced(typed)
    opened = open_catalogue(catalogue)
    read_before = opened.title("small-film")
    edit(catalogue)
    track(catalogue).rename(track(catalogue).with_name("english.srt"))
    (catalogue / "titles/small-film/title.toml").write_text(
        small.TITLE.replace("subtitles/en.srt", "subtitles/english.srt"), encoding="utf-8"
    )
    announced(typed)
    made = revisions.restore(opened, read_before, "en@1", revisions.Said("it was right", who="Kim"))
    assert (made.id, made.name) == ("ko/subtitles/en/full@3", "subtitles/english.srt")
    assert not track(catalogue).exists()


def test_cues_of_two_revisions(catalogue, typed):
    announced(typed)
    edit(catalogue)
    announced(typed)
    code, said = typed("diff", "en@1", "en@2")
    assert code == 1
    assert "- Goodbye." in said
    assert "+ 안녕히." in said
    assert "ko/subtitles/en/full@1 -> ko/subtitles/en/full@2: 0 added, 0 removed, 1 text" in said
    assert typed("diff", "en@2", "en@2", "--title", "small-film")[0] == 0
    broken = catalogue / "titles/broken"
    broken.mkdir()
    (broken / "title.toml").write_text("names = 1", encoding="utf-8")
    (broken / "history.jsonl").write_text("{}\n", encoding="utf-8")
    assert typed("diff", "en@1", "en@2")[1] == said  # another title stands in nobody's way


def test_facts_of_two_masters(catalogue, typed):
    master = catalogue / "titles/small-film/masters/작은 영화.mp4"
    announced(typed)
    with master.open("ab") as file:
        file.write(b"\0" * 64)
    announced(typed)
    code, said = typed("diff", "master@1", "master@2", "--json")
    facts = {row["fact"]: (row["old"], row["new"], row["differs"]) for row in json.loads(said)["facts"]}
    assert code == 1
    assert facts["video 0 frame rate"] == ("25", "25", False)
    assert facts["measured signals"] == ("not measured", "not measured", False)
    assert facts["size"][2]
    typed("check", "small-film")
    code, said = typed("diff", "master@1", "master@2", "--all")
    assert "sound 0 loudness" in said
    assert "not measured" in said, "only the second one is"
    assert "differ, " in said


@pytest.mark.slow
def test_thumbnails_of_two_masters(catalogue, typed, tmp_path):
    announced(typed)
    master = catalogue / "titles/small-film/masters/작은 영화.mp4"
    other = ffmpeg(
        tmp_path / "other.mp4", "-i", str(master), "-vf", "drawbox=t=fill:c=red:enable='gte(t,1)'", "-c:a", "copy"
    )
    shutil.copyfile(other, master)
    announced(typed)
    _, said = typed("diff", "master@1", "master@2", "--thumbnails", tmp_path / "stills")
    names = sorted(path.name for path in (tmp_path / "stills").iterdir())
    assert len(names) == 25
    assert names[:2] == ["01_00-00-00.083_ko-master@1.jpg", "01_00-00-00.083_ko-master@2.jpg"]
    assert f"{tmp_path / 'stills' / 'side-by-side.png'}: 6 of 12 pairs differ" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "en@1", "master@1"), "are not of one kind: subtitles, master"),
        (("diff", "en@1", "nothing.srt"), "'nothing.srt' is no revision, such as ko@3"),
        (("diff", "en@1", "en@7"), "no title has both en@1 and en@7"),
        (("diff", "en@1", "en@7", "--title", "small-film"), "has no revision 7; it has 1 to 1"),
        (("diff", "en@1", "en@1", "--title", "bird"), "there is no title 'bird'"),
        (("diff", "en@1", "en@1", "--thumbnails", "x"), "is no master"),
        (("history", "small-film", "poster"), "'poster' is no asset with a history"),
        (("history", "../small-film"), "there is no title"),
        (("restore", "small-film", "en@2", "--why", "x"), "has no revision 2"),
        (("restore", "small-film", "en", "--why", "x"), "is no revision; allowed is ASSET@NUMBER"),
        (("announce", "small-film", "ja", "--why", "x"), "'ja' is no asset"),
        (("announce", "small-film", "--why", " "), "--why: says nothing"),
    ],
)
def test_what_does_not_exist_is_said(typed, arguments, words):
    announced(typed)
    with pytest.raises(UsageError, match=words):
        typed(*arguments)


def test_a_revision_whose_bytes_are_lost(catalogue, typed):
    announced(typed)
    edit(catalogue)
    announced(typed)
    for path in (catalogue / ".releaseprint" / "revisions").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="are neither kept nor in the folder of the title; copy them"):
        typed("restore", "small-film", "en@1", "--why", "x")
    (catalogue / "titles/small-film/backup.srt").write_text(small.GOOD_SRT, encoding="utf-8")
    assert typed("restore", "small-film", "en@1", "--why", "x")[0] == 0


def test_a_revision_of_another_kind_of_file(catalogue, typed):
    announced(typed)
    toml = catalogue / "titles/small-film/title.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("en.srt", "en.vtt"), encoding="utf-8")
    (toml.parent / "subtitles/en.vtt").write_text("WEBVTT\n", encoding="utf-8")
    assert typed("restore", "small-film", "en@1", "--why", "x") == (
        0,
        "ko/subtitles/en/full@3: subtitles/en.srt: x\n",
    )
    assert 'file = "subtitles/en.srt"' in toml.read_text(encoding="utf-8")
    assert not (toml.parent / "subtitles/en.vtt").exists(), "its bytes are revision 2"
    assert typed("restore", "small-film", "en@2", "--why", "x")[0] == 0
    assert (toml.parent / "subtitles/en.vtt").read_text(encoding="utf-8") == "WEBVTT\n"
    assert not track(catalogue).exists()
    toml.write_text(toml.read_text(encoding="utf-8").replace('language = "en"', 'language = "ja"'), encoding="utf-8")
    with pytest.raises(UsageError, match=r"title.toml names no ko/subtitles/en/full any more"):
        typed("restore", "small-film", "en@1", "--why", "x")
    code, said = typed("history", "small-film", "en")
    assert "title.toml names it no more" in said
    assert code == 0


def test_what_was_moved_is_announced_and_title_toml_follows(catalogue, typed):
    announced(typed)
    toml = catalogue / "titles/small-film/title.toml"
    before = toml.read_text(encoding="utf-8")
    new = unicodedata.normalize("NFD", "영어 자막.srt")
    track(catalogue).rename(toml.parent / new)
    assert typed("announce", "small-film", "--why", "tidied") == (
        0,
        "ko/subtitles/en/full@2: 영어 자막.srt\n",
    )
    assert toml.read_text(encoding="utf-8") == before.replace("subtitles/en.srt", "영어 자막.srt")
    code, said = typed("history", "small-film", "en")
    assert code == 0
    assert "!" not in said


def test_the_export_is_of_the_catalogue_as_it_is(catalogue, typed, tmp_path):
    announced(typed)
    typed("export", "--json", tmp_path / "all.json")
    whole = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in whole["titles"]] == ["small-film"]
    assert (len(whole["assets"]), len(whole["revisions"])) == (2, 2)
    (catalogue / "titles/small-film/title.toml").write_text("x", encoding="utf-8")
    assert typed("export", "--json", tmp_path / "none.json")[0] == 3


def test_a_moved_file_and_a_lost_one(catalogue, typed):
    announced(typed)
    track(catalogue).rename(catalogue / "titles/small-film/자막.srt")
    code, said = typed("history", "small-film", "en")
    assert code == 0
    assert "! ko/subtitles/en/full@1 lies in 자막.srt" in said
    (catalogue / "titles/small-film/자막.srt").unlink()
    code, said = typed("history", "small-film", "en")
    assert code == 1
    assert "! gone" in said


def test_verdicts_and_deliveries_are_part_of_the_history(catalogue, typed):
    announced(typed)
    typed("check", "small-film")
    edit(catalogue)
    announced(typed)
    track(catalogue).write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    announced(typed)
    typed("check", "small-film")
    typed("restore", "small-film", "en@2", "--why", "no overlap")
    typed("deliver", "--territory", "KR")
    _, said = typed("history", "small-film", "en")
    newest, third, second, first = said.split("\n  @")[1:]
    assert "house 2026-11 svod-world: pass; " in newest
    assert "delivered: file:" in newest
    assert "delivered: file:" in second, "the same bytes"
    assert "house 2026-11: fail, 1 error; " in third
    assert "delivered" not in third
    assert "house 2026-11: pass; " in first


def answer(typed, *arguments):
    """What `status` says of shipping, and why not."""
    (said,) = json.loads(typed("status", "small-film", "--json", *arguments)[1])["titles"]
    return said["can_ship"], " ".join(said["not_cleared"])


def test_a_title_can_ship_only_as_it_was_judged_for_the_window(catalogue, typed):
    toml, own = catalogue / "titles/small-film/title.toml", catalogue / "platforms/house.toml"
    text, rules = toml.read_text(encoding="utf-8"), own.read_text(encoding="utf-8")
    assert typed("check", "small-film")[0] == 0
    assert answer(typed)[0] == "unknown", "judged, but not for the window"
    command = "`releaseprint check small-film --platform house --territory AD` tells"
    assert command in answer(typed)[1]
    assert typed("check", "small-film", "--territory", "AD")[0] == 0
    assert answer(typed) == ("yes", "")
    edit(catalogue)
    assert "other bytes than are known of subtitles/en.srt" in answer(typed)[1], "not announced, of any size"
    track(catalogue).write_text(small.GOOD_SRT, encoding="utf-8")
    assert answer(typed)[0] == "yes"
    toml.write_text(text + "# another\n", encoding="utf-8")
    assert answer(typed) == ("unknown", f"window svod-world was judged by another title.toml; {command}")
    toml.write_text(text, encoding="utf-8")
    own.write_text(rules.replace('revision = "2026-11"', 'revision = "2026-12"'), encoding="utf-8")
    assert "was judged by revision 2026-11" in answer(typed)[1]


def test_what_no_file_is_at_fault_for_is_a_no_as_well(catalogue, typed):
    """A track that a platform asks for and nobody declared: no file fails, and a delivery is refused all the same."""
    own = catalogue / "platforms/house.toml"
    wanted = '[checks."title/track-missing"]\nseverity = "error"\nsource = "x"\nverified_on = 2026-11-01\n'
    with own.open("a", encoding="utf-8") as file:
        file.write(wanted + 'required = ["ja:full"]\n')
    assert typed("deliver", "--territory", "KR")[0] == 1
    assert answer(typed)[0] == "no"


def test_sound_that_is_not_licensed_is_a_no_whatever_the_platform_asks(catalogue, typed):
    toml = catalogue / "titles/small-film/title.toml"
    licensed = toml.read_text(encoding="utf-8").replace('languages = "all"', 'languages = ["ko", "en"]')
    toml.write_text(licensed.replace('[[versions.audio]]\nlanguage = "ko"', '[[versions.audio]]\nlanguage = "ja"'))
    assert typed("check", "small-film", "--territory", "KR")[0] == 0, "this platform does not ask for it"
    assert answer(typed)[0] == "no"
    assert typed("deliver", "--territory", "KR")[0] == 1
    assert answer(typed)[0] == "no"


def test_a_paper_that_never_left_is_in_no_delivery(catalogue, typed):
    """Contracts are judged with a title and stay; a new one makes no package old."""
    folder = catalogue / "titles/small-film"
    (folder / "documents").mkdir()
    (folder / "documents/contract.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    with (folder / "title.toml").open("a", encoding="utf-8") as file:
        file.write('[[documents]]\nfile = "documents/contract.pdf"\nkind = "chain-of-title"\n')
    announced(typed)
    assert typed("deliver", "--territory", "KR")[0] == 0
    before = json.loads(typed("status", "small-film", "--json")[1])["titles"][0]["deliveries"]
    typed("rebuild")
    (folder / "documents/contract.pdf").write_bytes(b"%PDF-1.7\n% two\n%%EOF\n")
    announced(typed)
    with open_index(catalogue) as index:
        (package,) = index.deliveries()["small-film"]
        assert [name for name, _ in package.assets] == ["masters/작은 영화.mp4", "subtitles/en.srt"]
    assert json.loads(typed("status", "small-film", "--json")[1])["titles"][0]["deliveries"] == before
    assert before[0]["superseded"] == []


def test_a_state_made_anew_says_the_same(catalogue, typed, tmp_path):
    announced(typed)
    typed("deliver", "--territory", "KR")
    typed("rebuild")
    typed("export", "--json", tmp_path / "kept.json")
    for path in (catalogue / ".releaseprint").glob("state.sqlite*"):
        path.unlink()
    code, said = typed("rebuild", "--json")
    assert code == 0
    counts = {"titles": 1, "files": 2, "revisions": 2, "packages": 1}
    assert json.loads(said) == {**counts, "wrong": [], "failed": [], "notes": []}
    typed("export", "--json", tmp_path / "anew.json", "--csv", tmp_path / "tables")
    assert (tmp_path / "anew.json").read_bytes() == (tmp_path / "kept.json").read_bytes()
    whole = json.loads((tmp_path / "anew.json").read_text(encoding="utf-8"))
    assert {name: len(rows) for name, rows in whole.items() if name != "schema"} == {
        "titles": 1,
        "assets": 2,
        "revisions": 2,
        "qc": 3,
        "deliveries": 1,
        "delivered": 2,
        "receipts": 1,
    }
    text = (tmp_path / "tables" / "assets.csv").read_text(encoding="utf-8-sig")
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["masters/작은 영화.mp4", "subtitles/en.srt"]


def test_rebuild_tells_what_it_cannot_read(catalogue, typed, capsys):
    announced(typed)
    (catalogue / "titles/broken").mkdir()
    (catalogue / "titles/broken/title.toml").write_text("names = 1", encoding="utf-8")
    (catalogue / "titles/small-film/history.jsonl").write_text("{}\n", encoding="utf-8")
    code = group.main(["rebuild", "-C", str(catalogue)], prog_name="releaseprint", standalone_mode=False)
    told = capsys.readouterr()
    assert code == 3
    assert "titles/broken/title.toml" in told.err
    assert "titles/small-film/history.jsonl: line 1: asset: Field required" in told.err
    assert told.out == "0 titles, 0 files, 0 revisions, 0 packages\n"


def test_rebuild_keeps_what_it_knows_of_a_store_that_fails(catalogue, typed):
    announced(typed)
    typed("deliver", "--territory", "KR")
    (store,) = (catalogue / "deliveries").rglob("manifest.json")
    package = store.parent
    config = catalogue / "releaseprint.toml"
    config.write_text('platform = "house"\nstore = "file:no\\u0000folder"\n', encoding="utf-8")
    code, _ = typed("rebuild")
    assert code == 4
    with open_index(catalogue) as index:
        assert [row[1] for row in index.exported()["deliveries"][1]] == [
            f"{package.relative_to(catalogue / 'deliveries').as_posix()}/"
        ]


def packages_after(typed):
    """How many packages `rebuild` finds, its exit code, and what it says of stores."""
    code, said = typed("rebuild", "--json")
    told = json.loads(said)
    return told["packages"], code, told["failed"], told["notes"]


def known_packages(catalogue):
    with open_index(catalogue) as index:
        return len(index.exported()["deliveries"][1])


def test_rebuild_finds_a_package_that_went_where_no_setting_leads(catalogue, typed, tmp_path):
    """A drive that was delivered to once, by `deliver --to`: the audit log names it."""
    announced(typed)
    drive = tmp_path / "드라이브"
    assert typed("deliver", "--territory", "KR", "--to", f"file:{drive}")[0] == 0
    for path in (catalogue / ".releaseprint").glob("state.sqlite*"):
        path.unlink()
    assert packages_after(typed) == (1, 0, [], [])
    away = drive.rename(tmp_path / "away")
    packages, code, failed, (note,) = packages_after(typed)
    assert (packages, code, failed, known_packages(catalogue)) == (0, 0, [], 1)
    assert note.startswith(f"file:{drive}: there is no such folder; what is known of it (1 package) stays; mount it")
    for path in (catalogue / ".releaseprint").glob("state.sqlite*"):
        path.unlink()
    assert packages_after(typed)[3] == [
        f"file:{drive}: there is no such folder, and the audit log tells of packages in it"
    ]
    away.rename(drive)
    assert packages_after(typed) == (1, 0, [], [])


def test_rebuild_does_not_forget_the_packages_of_a_drive_that_is_not_mounted(catalogue, typed):
    announced(typed)
    typed("deliver", "--territory", "KR")
    folder = catalogue / "deliveries"
    away = folder.rename(catalogue / "away")
    packages, code, (failed,), notes = packages_after(typed)
    assert (packages, code, notes, known_packages(catalogue)) == (0, 4, [], 1)
    assert failed.startswith(f"file:{folder}: there is no such folder; what is known of it (1 package) stays")
    folder.mkdir()  # it is gone for good
    assert packages_after(typed) == (0, 0, [], [])
    assert known_packages(catalogue) == 0
    folder.rmdir()
    away.rename(folder)
    assert packages_after(typed)[:2] == (1, 0)


def test_rebuild_tells_of_an_audit_log_that_is_none(catalogue, typed):
    announced(typed)
    typed("deliver", "--territory", "KR")
    (catalogue / "audit" / "0123456789abcdef.jsonl").write_text("[1]\n", encoding="utf-8")
    code, said = typed("rebuild", "--json")
    (wrong,) = json.loads(said)["wrong"]
    assert code == 3
    assert wrong.startswith("audit/0123456789abcdef.jsonl: line 1: is no entry of an audit log")


def test_export_needs_a_place(typed):
    with pytest.raises(Exception, match="name --json FILE, --csv FOLDER, or both"):
        typed("export")


def test_export_into_what_is_no_folder(typed, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot be made"):
        typed("export", "--csv", tmp_path / "file" / "x")


def test_a_file_of_nobodys_has_no_history(catalogue):
    kept.keep_verdicts(None, [])
    with open_index(catalogue) as index:
        assert index.verdicts("small-film") == ()


def test_who_says_so(tmp_path, monkeypatch):
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("LOGNAME", "kim")):
        monkeypatch.setenv(name, value)
    assert who(tmp_path, "  이 ") == "이"
    assert who(tmp_path, None) == "kim"
    for command in (["init", "-q"], ["config", "user.name", "김민지"], ["config", "user.email", "minji@example.com"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True, timeout=60)
    assert who(tmp_path, " ") == "김민지 <minji@example.com>"
    monkeypatch.setenv("PATH", "")
    assert who(tmp_path, None) == "kim"


def test_pictures_side_by_side(tmp_path, capsys):
    from PIL import Image

    title = histories.write(tmp_path)
    poster = title.folder / "artwork" / "poster.jpg"
    poster.parent.mkdir()
    for size in ((20, 30), (40, 60)):
        Image.new("RGB", size).save(poster)
        group.main(["announce", "thaw", "poster", "--why", "x", "-C", str(tmp_path)], standalone_mode=False)
    capsys.readouterr()
    code = group.main(["diff", "poster@1", "poster@2", "-C", str(tmp_path), "--json"], standalone_mode=False)
    facts = {row["fact"]: (row["old"], row["new"]) for row in json.loads(capsys.readouterr().out)["facts"]}
    assert code == 1
    assert facts["raster"] == ("20x30", "40x60")
    assert facts["format"] == ("JPEG", "JPEG")


def test_a_row_of_what_only_one_has():
    (row,) = revision_facts.side_by_side({}, {"timecode": "01:00:00:00"})
    assert (row.old, row.new, row.differs) == ("", "01:00:00:00", True)


def test_facts_of_real_media(master_file):
    facts = revision_facts.of_media(probe(master_file))
    assert facts["streams"] == "1 video, 1 audio, 0 other"
    assert facts["audio 0 language"] == "kor"
