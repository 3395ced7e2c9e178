"""Revisions: what is recorded, what is replaced, and that nothing is ever lost."""

import errno
import json
import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import histories
import pytest
from histories import ROLE

from assets import digest, history, renaming
from assets.errors import InputError, UsageError
from assets.history import keeping, ledger
from assets.history.replacing import FOUND


@pytest.fixture
def title(tmp_path):
    return histories.write(tmp_path)


def path(title):
    return histories.track(title).path


def kept(title, revision):
    return history.find_kept(title.folder.parent.parent, revision)


def test_a_revision_is_a_line(title):
    made = histories.record(title)
    assert made.id == f"{ROLE}@1"
    assert history.revisions(title) == (made,)
    assert json.loads((title.folder / "history.jsonl").read_text(encoding="utf-8")) == {
        "asset": ROLE,
        "revision": 1,
        "name": "subtitles/한국어.srt",
        "sha256": digest.sha256_bytes(b"one"),
        "size": 3,
        "at": "2026-11-21T09:00:00Z",
        "who": "Kim",
        "why": "first",
        "note": "",
        "was": None,
    }


def test_what_is_said_already_is_not_said_again(title):
    assert histories.record(title) == histories.record(title, "again")
    assert len(history.revisions(title)) == 1


def test_a_replaced_file_keeps_its_old_bytes(title):
    first = histories.record(title)
    second = histories.replace(title, b"two!")
    assert path(title).read_bytes() == b"two!"
    assert (second.revision, second.was, second.size) == (2, first.sha256, 4)
    assert kept(title, first).read_bytes() == b"one"
    assert kept(title, second).read_bytes() == b"two!", "a small file is kept at once: it may be edited where it lies"
    assert not os.access(kept(title, first), os.W_OK) or os.geteuid() == 0
    assert (title.folder.parent.parent / ".releaseprint" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_bytes_that_nobody_announced_are_kept_too(title):
    histories.record(title)
    path(title).write_bytes(b"edited")
    histories.replace(title, b"three")
    first, found, third = history.revisions(title)
    assert [item.revision for item in (first, found, third)] == [1, 2, 3]
    assert found.why == FOUND
    assert kept(title, found).read_bytes() == b"edited"
    assert third.was == found.sha256


def test_the_same_bytes_make_no_revision(title):
    histories.record(title)
    assert histories.replace(title, b"one").revision == 1
    assert len(history.revisions(title)) == 1


def test_a_file_that_was_not_there(title):
    path(title).unlink()
    assert histories.replace(title, b"new").was is None
    assert path(title).read_bytes() == b"new"


def test_a_link_is_replaced_and_not_what_it_leads_to(title):
    shared = title.folder / "shared.srt"
    path(title).rename(shared)
    path(title).symlink_to(shared)
    histories.replace(title, b"two")
    assert not path(title).is_symlink()
    assert shared.read_bytes() == b"one"
    shared.write_bytes(b"else")
    assert kept(title, history.revisions(title)[0]).read_bytes() == b"one", "a copy, not the file that others write to"


def test_a_file_with_two_names_is_copied(title, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE_BYTES", 0)
    other = title.folder / "other.srt"
    other.hardlink_to(path(title))
    histories.replace(title, b"two")
    other.write_bytes(b"else")
    assert kept(title, history.revisions(title)[0]).read_bytes() == b"one"


def test_a_file_system_without_links(title, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(keeping, "AT_ONCE_BYTES", 0)
    monkeypatch.setattr(os, "link", refuse)
    histories.replace(title, b"two")
    assert kept(title, history.revisions(title)[0]).read_bytes() == b"one"


def test_kept_bytes_that_were_spoilt_are_not_given(title):
    first = histories.record(title)
    place = keeping.place(title.folder.parent.parent, first.sha256)
    place.chmod(0o644)
    place.write_bytes(b"eno")
    assert kept(title, first) is None
    path(title).write_bytes(b"one")
    histories.replace(title, b"two")
    assert kept(title, first).read_bytes() == b"one", "kept anew"


def test_a_file_that_is_written_to_meanwhile(title, monkeypatch):
    histories.record(title)
    keep = keeping.keep

    def slow(*arguments, **how):
        keep(*arguments, **how)
        path(title).write_bytes(b"somebody else")

    monkeypatch.setattr(keeping, "keep", slow)
    with pytest.raises(InputError, match="was changed while it was read"):
        histories.replace(title, b"two")
    assert path(title).read_bytes() == b"somebody else"
    assert path(title).stat().st_nlink == 1, "what somebody writes to is not kept"
    assert path(title).stat().st_mode & 0o200
    assert not [item for item in path(title).parent.iterdir() if item.name.startswith(".")]


def test_a_file_is_recorded_with_the_bytes_it_has(title):
    with pytest.raises(InputError, match="was changed while it was read"):
        history.record(
            title,
            histories.track(title),
            ROLE,
            sha256="0" * 64,
            size=3,
            who="Kim",
            why="guessed",
            at=histories.WHEN,
        )
    assert history.revisions(title) == ()


def test_a_folder_in_the_place_of_a_file(title):
    path(title).unlink()
    path(title).mkdir()
    with pytest.raises(UsageError, match="is no regular file"):
        histories.replace(title, b"two")


def test_a_file_outside_the_catalogue(title, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "x.srt"
    file = replace(histories.track(title), path=outside)
    source = title.folder / "title.toml"
    with pytest.raises(UsageError, match="lies outside the catalogue"):
        history.replace_file(
            title.folder.parent.parent, title, ROLE, file, source, who="", why="", note="", at=histories.WHEN
        )
    assert not outside.exists()


def test_a_source_that_is_not_there_is_no_traceback(title):
    root = title.folder.parent.parent
    with pytest.raises(UsageError, match="cannot be replaced: No such file"):
        history.replace_file(
            root, title, ROLE, histories.track(title), root / "no", who="", why="", note="", at=histories.WHEN
        )


def test_a_composed_name_and_a_decomposed_one_are_one(title):
    made = histories.record(title)
    decomposed = unicodedata.normalize("NFD", made.name)
    assert decomposed != made.name
    standing = history.unannounced(title, {decomposed: made.sha256})
    assert standing == history.Standing()
    file = title.folder / "history.jsonl"
    file.write_text(unicodedata.normalize("NFD", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert history.revisions(title)[0].name == made.name


def test_a_decomposed_name_makes_no_second_revision(title):
    made = histories.record(title)
    file = replace(histories.track(title), name=unicodedata.normalize("NFD", made.name))
    same = {"sha256": made.sha256, "size": 3, "who": "Kim", "why": "again", "at": histories.WHEN}
    assert history.record(title, file, ROLE, **same) == made


def test_what_a_killed_copy_has_left_goes_after_a_day(title):
    histories.record(title)
    folder = title.folder.parent.parent / ".releaseprint" / "incoming"
    old, young, foreign = (folder / name for name in ("0" * 32, "1" * 32, "0" * 31 + "x"))
    for left in (old, young, foreign):
        left.write_bytes(b"half")
    for left in (old, foreign):
        os.utime(left, (1_700_000_000, 1_700_000_000))
    histories.replace(title, b"two")
    assert {path.name for path in folder.iterdir()} == {young.name, foreign.name}


@pytest.mark.parametrize("name", ["", "incoming", "revisions"])
def test_a_folder_of_the_tool_that_is_a_link_is_not_used(title, tmp_path, name):
    """A catalogue from somebody else might lead the tool to folders of the one who runs it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ("0" * 32)).write_bytes(b"mine")
    os.utime(elsewhere / ("0" * 32), (1_700_000_000, 1_700_000_000))
    link = tmp_path / ".releaseprint" / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(InputError, match="is a symbolic link; a folder that the tool makes"):
        histories.record(title)
    assert [path.name for path in elsewhere.iterdir()] == ["0" * 32]


def test_what_a_killed_replacement_has_left_goes_with_the_next_one(title):
    mine, other = (path(title).parent / f".releaseprint-incoming-{name}-0" for name in ("thaw", "bird"))
    for left in (mine, other):
        left.write_bytes(b"half")
    histories.replace(title, b"two")
    assert not mine.exists()
    assert other.exists(), "another title's, whose lock somebody else may hold"


def test_a_replaced_file_may_be_read_by_whoever_could_before(title):
    path(title).chmod(0o640)
    histories.replace(title, b"two")
    assert path(title).stat().st_mode & 0o777 == 0o640


def test_a_run_killed_between_keeping_and_replacing_leaves_a_file_that_nobody_can_spoil(title):
    first = histories.record(title)
    path(title).chmod(0o640)
    file = keeping.place(title.folder.parent.parent, first.sha256)
    file.unlink()
    keeping.keep(title.folder.parent.parent, path(title), first.sha256, by_link=True)
    assert path(title).samefile(file)
    assert path(title).stat().st_mode & 0o222 == 0
    second = histories.replace(title, b"two")
    assert path(title).stat().st_mode & 0o200, "it may be edited again"
    assert [kept(title, item).read_bytes() for item in (first, second)] == [b"one", b"two"]


def test_a_replacement_that_cannot_be_made_leaves_all_as_it_was(title, monkeypatch):
    histories.record(title)
    keeping.place(title.folder.parent.parent, digest.sha256_bytes(b"one")).unlink()
    path(title).chmod(0o640)
    monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(UsageError, match="cannot be replaced: No space left"):
        histories.replace(title, b"two")
    assert (path(title).stat().st_nlink, path(title).stat().st_mode & 0o777) == (1, 0o640)


def _full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_that_is_no_more_what_was_looked_at_replaces_nothing(title, tmp_path):
    histories.record(title)
    other = tmp_path / "other.srt"
    other.write_bytes(b"two")
    said = {"who": "Kim", "why": "x", "note": "", "at": histories.WHEN, "sha256": digest.sha256_bytes(b"else")}
    with pytest.raises(InputError, match="has other bytes than when it was looked at"):
        history.replace_file(tmp_path, title, ROLE, histories.track(title), other, **said)
    assert path(title).read_bytes() == b"one"


def test_what_stands_otherwise_than_it_was_announced(title):
    first = histories.record(title)
    second = histories.replace(title, b"two")
    name = first.name
    assert history.unannounced(title, {name: second.sha256}) == history.Standing()
    (changed,) = history.unannounced(title, {name: first.sha256}).changed
    assert (changed.name, changed.newest, changed.same_as) == (name, second, first)
    (changed,) = history.unannounced(title, {name: "0" * 64}).changed
    assert changed.same_as is None
    (moved,) = history.unannounced(title, {name: "", "subtitles/en.srt": second.sha256}).moved
    assert (moved.newest, moved.name) == (second, "subtitles/en.srt")
    assert history.unannounced(title, {name: ""}).missing == (second,)


def test_a_moved_file_is_found_by_its_bytes(title):
    first = histories.record(title)
    (title.folder / "old").mkdir()
    path(title).rename(title.folder / "old" / unicodedata.normalize("NFD", "옛날.srt"))
    (title.folder / "old" / "other.srt").write_bytes(b"eno")
    (moved,) = history.search(title, history.unannounced(title, {}).missing)
    assert (moved.newest, moved.name) == (first, "old/옛날.srt")


def test_what_is_being_written_or_cannot_be_read_is_no_moved_file(title, monkeypatch):
    first = histories.record(title)
    half = path(title).rename(path(title).with_name(".releaseprint-incoming-0123"))
    assert history.search(title, [first]) == ()
    whole = half.rename(path(title).with_name("moved.srt"))
    keeping.place(title.folder.parent.parent, first.sha256).unlink()
    assert history.find_kept(title.folder.parent.parent, first, [whole]) == whole

    def refused(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(digest, "sha256_file", refused)
    assert history.search(title, [first]) == ()
    assert history.find_kept(title.folder.parent.parent, first, [whole]) is None


def test_a_title_that_cannot_be_written_to_is_told(title, monkeypatch):
    histories.record(title)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(renaming, "prepared", full)
    with pytest.raises(UsageError, match=r"title\.toml: cannot be written: No space left on device; .* is new\.srt"):
        renaming.rename(title, next(iter(history.roles(title).values())).name, "new.srt")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ko", ROLE),
        ("KO.full", ROLE),
        ("original/ko", ROLE),
        (ROLE, ROLE),
        ("ko.sdh", "original/subtitles/ko/sdh"),
        ("sdh", "original/subtitles/ko/sdh"),
        ("en", "original/subtitles/en/full"),
        ("master", "original/master"),
        ("poster", "artwork/poster"),
    ],
)
def test_short_names(title, said, meant):
    assert history.asset_named(list(history.roles(title)), said) == meant


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ja", "'ja' is no asset with a history; assets: original/master, "),
        ("full", "is not one asset; name one of original/subtitles/ko/full, original/subtitles/en/full"),
        ("original", "is no asset"),
        ("", "is no asset"),
    ],
)
def test_names_that_mean_nothing_or_too_much(title, said, words):
    with pytest.raises(UsageError, match=words):
        history.asset_named(list(history.roles(title)), said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ko", "is no revision; allowed is ASSET@NUMBER"),
        ("ko@0", "is no revision"),
        ("ko@2", "has no revision 2; it has 1 to 1"),
        ("en@1", "'en' is no asset"),
    ],
)
def test_revisions_that_are_none(title, said, words):
    made = histories.record(title)
    assert history.revision_named([made], "ko@1") == made
    with pytest.raises(UsageError, match=words):
        history.revision_named([made], said)


def test_roles_are_told_apart(title):
    (version,) = title.versions
    twice = replace(version, subtitles=(*version.subtitles, replace(version.subtitles[0], language="pt/BR @1")))
    twice = replace(twice, subtitles=(*twice.subtitles, version.subtitles[0]))
    assert list(history.roles(replace(title, versions=(twice,)))) == [
        "original/master",
        "original/subtitles/ko/full",
        "original/subtitles/ko/sdh",
        "original/subtitles/en/full",
        "original/subtitles/pt-BR-1/full",
        "original/subtitles/ko/full/2",
        "artwork/poster",
    ]


LINE = ledger.to_line(history.Revision("a/master", 1, "a.mov", "0" * 64, 1, histories.WHEN, "Kim", "first"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}\n", r"titles/thaw/history.jsonl: line 1: asset: Field required"),
        (LINE + b"no json\n", r"line 2: Invalid JSON"),
        (LINE + LINE, r"line 2: a/master@1 is there twice; each once"),
        (LINE.replace(b"Z", b""), r"line 1: at: has no offset"),
        (LINE.replace(b'"size": 1', b'"size": -1'), r"line 1: size: Input should be greater"),
        (LINE.replace(b'"who"', b'"whom"'), r"line 1: "),
        (b"<<<<<<< ours\n" + LINE, r"line 1: Invalid JSON"),
        (b"[" * 100_000 + b"\n", r"line 1: "),
        (LINE.replace(b"Kim", b"\xff"), r"line 1: Invalid JSON: invalid unicode"),
    ],
)
def test_a_history_that_is_none(title, data, words):
    (title.folder / "history.jsonl").write_bytes(data)
    with pytest.raises(InputError, match=words):
        history.revisions(title)
    assert history.read_history(title).fault
    with pytest.raises(InputError, match=words):
        histories.record(title)
    assert (title.folder / "history.jsonl").read_bytes() == data


def test_a_history_that_is_a_link_is_not_followed(title, tmp_path):
    (title.folder / "history.jsonl").symlink_to(tmp_path / "releaseprint.toml")
    with pytest.raises(InputError, match="is no history"):
        history.revisions(title)
    with pytest.raises(UsageError, match="cannot be written"):
        histories.record(title)


def test_a_line_that_a_power_cut_has_cut_off(title):
    first = histories.record(title)
    file = title.folder / "history.jsonl"
    whole = file.read_bytes()
    for length in range(1, len(LINE) - 1):
        file.write_bytes(whole + LINE[:length])
        assert history.revisions(title) == (first,)
    path(title).write_bytes(b"two")
    second = histories.record(title)
    assert file.read_bytes() == whole + ledger.to_line(second)


def test_a_last_line_feed_that_an_editor_took_away(title):
    first = histories.record(title)
    file = title.folder / "history.jsonl"
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    assert history.revisions(title) == (first,)
    path(title).write_bytes(b"two")
    second = histories.record(title)
    assert history.revisions(title) == (first, second)


def test_lines_of_windows_are_read(title):
    first = histories.record(title)
    file = title.folder / "history.jsonl"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert history.revisions(title) == (first,)


def test_a_disk_that_fills_up_leaves_whole_lines(title, monkeypatch):
    first = histories.record(title)
    path(title).write_bytes(b"two")
    write = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:10]))
        with pytest.raises(UsageError, match="the disk is full"):
            histories.record(title)
    assert history.revisions(title) == (first,)
    assert (title.folder / "history.jsonl").read_bytes() == ledger.to_line(first)


def test_a_name_that_is_no_text_does_not_spoil_the_history(title):
    file = histories.track(title)
    made = history.record(
        title,
        file,
        ROLE,
        sha256=digest.sha256_bytes(b"one"),
        size=3,
        who="Kim \udcff",
        why="\x1b[31m빨강\n",
        at=histories.WHEN,
    )
    (read,) = history.revisions(title)
    assert read.who == "Kim ?"
    assert made.sha256 == read.sha256
