"""Catalogue lists in Korean, Japanese and English, as CSV and XLSX, become title.toml files, or errors by cell."""

import errno
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from datetime import date, time

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assets import ratings
from assets.catalogue import open_catalogue
from assets.errors import InputError, Refused, UsageError
from assets.importing import planning, values, writing
from assets.importing.columns import Key, columns_of, named_key
from assets.importing.new_title import title_text
from assets.importing.sheet import Cell
from assets.tomlfile import tomllib
from cli.main import group

THAW = """\
# the first of the list
original_language = "ko"   # sure of it
runtime = "01:40:00"
production_year = 1985

[names]  # by language
ko = "봄날의 눈석이"
en = "Thaw"

[[ratings]]
territory = "KR"
system = "KMRB"
value = "12+" # until 1990

[[versions]]
id = "ko"
language = "ko"
# nothing below
"""

KOREAN = (
    "제목,영문 제목,원어,제작연도,상영시간,장르,개봉일,메모\n"
    "은비녀,A Silver Hairpin,한국어,1985년,84분,드라마/멜로,1985년 6월 25일,비고\n"
)


@pytest.fixture
def catalogue(tmp_path):
    root = tmp_path / "catalogue"
    (root / "titles" / "thaw").mkdir(parents=True)
    (root / "releaseprint.toml").write_text("", encoding="utf-8")
    (root / "titles" / "thaw" / "title.toml").write_text(THAW, encoding="utf-8")
    return root


def run(catalogue, path, *options):
    done = CliRunner().invoke(group, ["import", str(path), "-C", str(catalogue), *options], standalone_mode=False)
    return done.return_value, done.output, done.exception


def listed(tmp_path, text, encoding="utf-8", name="films.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(tmp_path, *rows, change=lambda _book: None):
    book = openpyxl.Workbook()
    book.active.title = "Films"
    for row in rows:
        book.active.append(row)
    change(book)
    path = tmp_path / "films.xlsx"
    book.save(path)
    return path


def toml(catalogue, title):
    return tomllib.loads((catalogue / "titles" / title / "title.toml").read_text(encoding="utf-8"))


def files(catalogue):
    return {str(path): path.read_bytes() for path in catalogue.rglob("*") if path.is_file()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_korean_list_becomes_titles(tmp_path, catalogue, encoding, delimiter):
    path = listed(tmp_path, KOREAN.replace(",", delimiter), encoding)
    before = files(catalogue)
    code, shown, _ = run(catalogue, path)
    assert (code, files(catalogue)) == (0, before)
    assert "new a-silver-hairpin (line 2)" in shown
    assert "the column '메모' is not read" in shown
    assert run(catalogue, path, "--accept")[0] == 0
    assert toml(catalogue, "a-silver-hairpin") == {
        "original_language": "ko",
        "runtime": "01:24:00",
        "production_year": 1985,
        "release_date": date(1985, 6, 25),
        "genres": ["드라마", "멜로"],
        "names": {"ko": "은비녀", "en": "A Silver Hairpin"},
    }
    assert open_catalogue(catalogue).title("a-silver-hairpin").programme.runtime_text == "01:24:00.000"
    assert run(catalogue, path, "--accept")[1].endswith("1 row: 1 same; nothing to write\n")


def test_a_japanese_list_in_cp932(tmp_path, catalogue):
    text = "題名,原題,原語,製作年,上映時間,映倫,日本公開日\n雪どけ,눈석이,韓国語,1990年,1時間24分,PG12,1990年6月2日\n"
    path = listed(tmp_path, text.replace("눈석이", "Nunseogi"), "cp932")
    assert run(catalogue, path, "--accept")[0] == 0
    found = toml(catalogue, "nunseogi")
    assert found["names"] == {"ja": "雪どけ", "ko": "Nunseogi"}
    assert found["ratings"] == [{"territory": "JP", "system": "EIRIN", "value": "PG12"}]
    assert found["releases"] == [{"territory": "JP", "kind": "theatrical", "date": date(1990, 6, 2)}]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("names.ko,year", "봄날의 눈석이,1985"),  # its name
        ("title.en,year", "THAW,1985"),
        ("Korean romanisation,year", "Pomnarŭi nunsŏgi,1985"),  # a romanisation of it
        ("id", "thaw"),
        ("title", "thaw"),  # a name without a year, of one title only
    ],
)
def test_a_row_is_the_title_of_its_id_or_name(tmp_path, catalogue, header, cells):
    path = listed(tmp_path, f"{header},runtime\n{cells},105\n")
    code, shown, _ = run(catalogue, path, "--accept")
    assert (code, "changed thaw" in shown) == (0, True)
    assert "runtime: 01:40:00 -> 01:45:00" in shown
    assert toml(catalogue, "thaw")["runtime"] == "01:45:00"


def test_comments_and_order_stay(tmp_path, catalogue):
    path = listed(tmp_path, "id,names.ja,KMRB,runtime,synopses.ko,EIDR\nthaw,雪どけ,15+,105 min,눈,10.5240/AAAA-1\n")
    assert run(catalogue, path, "--accept")[0] == 0
    text = (catalogue / "titles" / "thaw" / "title.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line]
    kept = [line for line in THAW.splitlines() if line and "12+" not in line and "01:40" not in line]
    assert [line for line in lines if line in kept] == kept
    assert 'value = "15+" # until 1990' in lines
    assert lines[lines.index('en = "Thaw"') + 1] == 'ja = "雪どけ"'
    assert toml(catalogue, "thaw")["identifiers"] == {"eidr": "10.5240/AAAA-1"}
    assert run(catalogue, listed(tmp_path, "EIDR,runtime\n10.5240/aaaa-1,105\n"))[1].endswith("--accept\n")


def test_decomposed_names_are_the_same_names(tmp_path, catalogue):
    import unicodedata

    text = unicodedata.normalize("NFD", "제목,제작연도\n봄날의 눈석이,1985\n")
    assert "1 same" in run(catalogue, listed(tmp_path, text))[1]


def test_ambiguous_rows_name_the_candidates(tmp_path, catalogue):
    folder = catalogue / "titles" / "thaw-2"
    folder.mkdir()
    (folder / "title.toml").write_text(THAW.replace("1985", "2001"), encoding="utf-8")
    code, shown, _ = run(catalogue, listed(tmp_path, "title,runtime\nThaw,90\n"), "--accept")
    assert code == 1
    assert "films.csv: line 2: may be thaw (Thaw, 1985) or thaw-2 (Thaw, 2001); the id of one of them" in shown
    code, shown, _ = run(catalogue, listed(tmp_path, "title,year\nThaw,1986\n"))
    assert (code, "may be thaw (Thaw, 1985)" in shown) == (1, True)  # a year of production, or of release


@pytest.mark.parametrize(
    "row", ["Thaw,겨울의 나라,,1985", "Thaw,,10.5240/BBBB-2,1985", "Winter,봄날의 눈석이,10.5240/BBBB-2,1985"]
)
def test_a_name_that_others_contradict_is_for_a_person_to_say(tmp_path, catalogue, row):
    with (catalogue / "titles" / "thaw" / "title.toml").open("a", encoding="utf-8") as file:
        file.write('[identifiers]\neidr = "10.5240/AAAA-1"\n')
    code, shown, _ = run(catalogue, listed(tmp_path, f"title,제목,EIDR,year\n{row}\n"))
    assert (code, "line 2: may be thaw (Thaw, 1985)" in shown) == (1, True)


@pytest.mark.parametrize("bad", ["x = \n", "[ratings]\n", "credits = 3\n", "versions = 1\n"])
def test_a_broken_title_is_said(tmp_path, catalogue, bad):
    path = catalogue / "titles" / "thaw" / "title.toml"
    path.write_text(bad + THAW if "=" in bad else THAW.replace("[[ratings]]", "[ratings]"), encoding="utf-8")
    text = path.read_bytes()
    code, shown, error = run(catalogue, listed(tmp_path, "id,감독,KMRB\nthaw,A,15+\n"), "--accept")
    assert (error, code, path.read_bytes()) == (None, 1, text)
    assert "error titles/thaw/title.toml: " in shown


def test_a_sequel_is_another_title(tmp_path, catalogue):
    text = "Korean romanisation,제목,원어,year\nYeonghwa 1,영화 1,ko,1992\nYeonghwa 11,영화 11,ko,1992\n"
    assert "2 rows: 2 new" in run(catalogue, listed(tmp_path, text))[1]


def test_a_title_stands_in_one_row_only(tmp_path, catalogue):
    text = "title,original_language,year\nBird,ko,1992\nBIRD,ko,1992\n"
    code, shown, _ = run(catalogue, listed(tmp_path, text))
    assert (code, "line 3: is the title bird, and so is line 2" in shown) == (1, True)


def test_a_list_with_a_heading_above_its_headers(tmp_path, catalogue):
    book = openpyxl.Workbook()
    book.active.append(["2026 배급 목록"])
    book.active.merge_cells("A1:C1")
    book.active.append([])
    for row in (["제목", "英題", "제작 연도"], ["소미", "Somi", 1997], ["봄날의 눈석이", "Thaw", 1985]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    code, shown, *_ = run(catalogue, tmp_path / "list.xlsx")
    assert code == 1
    assert "row 3 is the header; what stands above it is not read" in shown
    assert "row 4: original_language is missing" in shown
    assert run(catalogue, tmp_path / "list.xlsx", "--original-language", "ko", "--accept")[0] == 0
    made = open_catalogue(catalogue).title("somi")
    assert (made.names["ko"], made.programme.original_language) == ("소미", "ko")
    (catalogue / "titles/thaw/title.toml").write_text(THAW.replace('= "ko"   # sure', '= "ru" #'), encoding="utf-8")
    run(catalogue, tmp_path / "list.xlsx", "--original-language", "ko", "--accept")
    assert open_catalogue(catalogue).title("thaw").programme.original_language == "ru", "only new titles get it"
    assert isinstance(run(catalogue, tmp_path / "list.xlsx", "--original-language", "한국")[2], UsageError)


def test_errors_by_cell_and_nothing_is_written(tmp_path, catalogue):
    path = workbook(
        tmp_path,
        ["title", "original_language", "year", "runtime", "KMRB", "release date"],
        ["Bird", "ko", 1992, 84, "15+", date(1992, 6, 1)],
        ["Wrong", "jp", "next year", "1:24", "R", "06/05/1992"],
        ["No language", None, 1700, "=1+1", "15+", date(1992, 6, 1)],
    )
    before = files(catalogue)
    code, shown, error = run(catalogue, path, "--accept")
    assert (error, code, files(catalogue)) == (None, 1, before)
    for said in (
        "films.xlsx: sheet Films, C3 (year): 'next year' is no year; four digits, such as 1985",
        "films.xlsx: sheet Films, D3 (runtime): '1:24' is no runtime",
        "films.xlsx: sheet Films, E3 (KMRB): 'R' is no rating of KMRB; G, ALL, 12+",
        "films.xlsx: sheet Films, F3 (release date): '06/05/1992' is no date",
        "films.xlsx: sheet Films, D4 (runtime): is a formula, and nothing is evaluated",
        "films.xlsx: sheet Films, C4 (year): production_year:",
        "films.xlsx: sheet Films, row 4: original_language is missing",
    ):
        assert said in shown
    code, shown, _ = run(catalogue, path, "--accept", "--partial")
    assert (code, open_catalogue(catalogue).title_ids()) == (1, ["bird", "thaw"])
    assert "3 rows: 1 new, 2 wrong; written, the wrong ones left out" in shown
    assert toml(catalogue, "bird")["release_date"] == date(1992, 6, 1)


def test_hidden_merged_and_other_sheets_are_said(tmp_path, catalogue):
    def change(book):
        book.active.merge_cells("A2:A3")
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["B"].hidden = True
        book.create_sheet("Old").sheet_state = "hidden"

    path = workbook(
        tmp_path, ["id", "year", "title", "원어"], ["bird", 1992, "Bird", "ko"], ["x", 1993, "B", "ko"], change=change
    )
    _, shown, _ = run(catalogue, path)
    assert "sheet Films, A2:A3: cells are merged" in shown
    assert "hidden, and read all the same: column B, row 3" in shown
    assert "the hidden sheet Old is not read" in shown
    _, _, error = run(catalogue, path, "--sheet", "None")
    assert "there is no sheet 'None'; sheets: Films, Old" in str(error)


def test_hostile_workbooks_are_refused(tmp_path, catalogue, monkeypatch):
    path = workbook(tmp_path, ["id"], ["bird"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(1_000_000))
    monkeypatch.setattr("assets.importing.xlsx_sheet.MAX_UNPACKED", 900_000)
    assert "unpacks to too much" in str(run(catalogue, path)[2])
    path = workbook(tmp_path, ["id"], ["bird"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/evil.xml", '<!DOCTYPE a [<!ENTITY b "b">]><a/>'.encode("utf-16"))
    assert "declares entities" in str(run(catalogue, path)[2])
    for bad in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an older workbook"):
        path.write_bytes(bad)
        assert isinstance(run(catalogue, path)[2], InputError)


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
def test_damaged_workbooks_end_in_an_error_for_people(tmp_path_factory, at, damage):
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["id", "year"])
    book.save(stream)
    data = bytearray(stream.getvalue())
    data[at : at + len(damage)] = damage
    path = tmp_path_factory.mktemp("damaged") / "films.xlsx"
    path.write_bytes(data)
    try:
        header = planning.read_list(path, None).header
    except InputError as error:
        assert str(error).startswith("films.xlsx: ")  # noqa: PT017 -- either is right
    else:
        assert len(header) <= 2


def test_columns_that_no_table_knows_are_said_by_a_person(tmp_path, catalogue):
    path = listed(tmp_path, "Titre,Jahr,Sprache\nOiseau,1992,fr\n")
    assert "no column is known: Titre, Jahr, Sprache" in str(run(catalogue, path)[2])
    maps = ("--map", "Titre=names.fr", "--map", "Jahr=production_year", "--map", "Sprache=original_language")
    assert run(catalogue, path, *maps, "--accept")[0] == 0
    assert toml(catalogue, "oiseau")["names"] == {"fr": "Oiseau"}
    assert "there is no column 'Name'" in str(run(catalogue, path, "--map", "Name=id")[2])
    assert "is no key that a list can hold" in str(run(catalogue, path, "--map", "Jahr=windows")[2])
    twice = ("--map", "Titre=names.fr", "--map", "Jahr=names.fr")
    assert "both mean names.fr" in str(run(catalogue, path, *twice)[2])


def test_json_has_every_value(tmp_path, catalogue):
    _, shown, _ = run(catalogue, listed(tmp_path, "id,release_date\nthaw,1985-02-03\n"), "--json")
    (row,) = json.loads(shown)["rows"]
    wanted = {"key": "release_date", "before": None, "after": "1985-02-03", "place": "line 2, column B (release_date)"}
    assert (row["status"], row["title"], row["changes"]) == ("changed", "thaw", [wanted])


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("ENGLISH  TITLE", Key("names", ("en",))),
        ("제목 (일본어)", Key("names", ("ja",))),
        ("ロシア語タイトル", Key("names", ("ru",))),
        ("title.zh-Hant", Key("names", ("zh-Hant",))),
        ("Synopsis (Korean)", Key("synopses", ("ko",))),
        ("KMRB", Key("ratings", ("KR", "KMRB"))),
        ("상영시간(분)", Key("runtime")),
        ("ratings.XX", None),
        ("names.kr-KR-xxxxxxxxx", None),
        ("windows", None),
    ],
)
def test_headers(header, key):
    assert columns_of([header], {}).keys.get(0) == key


def test_every_key_of_the_table_is_one():
    assert columns_of(["감독"], {}).keys == {0: named_key("credits.director")}


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [(84, "01:24:00"), (84.0, "01:24:00"), ("84분", "01:24:00"), ("1時間24分", "01:24:00"), ("2h", "02:00:00"),
     ("1:24:00", "01:24:00"), (time(1, 24), "01:24:00"), ("01:24:00.500", "01:24:00.500")],
)  # fmt: skip
def test_runtimes(raw, wanted):
    assert values.runtime(raw) == wanted


@pytest.mark.parametrize("raw", [0, -5, 84.5, "1:24", "long", 6000, "84 85"])
def test_what_is_no_runtime(raw):
    with pytest.raises(ValueError, match="is no runtime; whole minutes"):
        values.runtime(raw)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_is_written_as_it_is(text):
    data = {"original_language": text, "genres": [text, "x"], "names": {"en": text, text: "y"}}
    assert tomllib.loads(title_text(data)) == data


def test_a_title_that_changed_meanwhile_takes_all_back(tmp_path, catalogue):
    path = listed(tmp_path, "id,title,original_language,year,runtime\nbird,Bird,ko,1992,84\nthaw,,,,90\n")
    opened = open_catalogue(catalogue)
    made, ready = writing.made_ready(opened, planning.plan(opened, planning.read_list(path, None), {}))
    (catalogue / "titles" / "thaw" / "title.toml").write_text(THAW + "# more\n", encoding="utf-8")
    before = files(catalogue)
    with pytest.raises(Refused, match="thaw: another process changed it meanwhile"):
        writing.write(ready, lambda *_: None)
    assert (made.faults, files(catalogue)) == ((), before)
    assert [path.name for path in (catalogue / "titles").iterdir()] == ["thaw"]


def test_a_disk_without_hard_links_takes_new_titles_and_replaces_none(tmp_path, catalogue, monkeypatch):
    """ExFAT, and some network shares."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    path = listed(tmp_path, "id,title,original_language,year\nbird,Bird,ko,1992\n")
    opened = open_catalogue(catalogue)
    _, ready = writing.made_ready(opened, planning.plan(opened, planning.read_list(path, None), {}))
    assert run(catalogue, path, "--accept")[0] == 0
    before = files(catalogue)
    with pytest.raises(Refused, match="bird: another process changed it meanwhile"):
        writing.write(ready, lambda *_: None)
    assert files(catalogue) == before


def test_what_cannot_be_taken_back_is_said_and_the_others_are(tmp_path, catalogue, monkeypatch):
    path = listed(
        tmp_path, "id,title,original_language,year,runtime\nbird,Bird,ko,1992,84\nthaw,,,,90\nsomi,S,ko,1997,90\n"
    )
    opened = open_catalogue(catalogue)
    _, ready = writing.made_ready(opened, planning.plan(opened, planning.read_list(path, None), {}))
    prepare = writing.prepared

    def full(place, text):
        if text == THAW:
            raise OSError(28, "No space left on device")
        return prepare(place, text)

    def interrupt(_step, done):
        if done == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(writing, "prepared", full)
    with pytest.raises(InputError, match=r"thaw/title.toml: was written, and cannot be taken back: No space left"):
        writing.write(ready, interrupt)
    assert [path.name for path in (catalogue / "titles").iterdir()] == ["thaw"]


@pytest.mark.parametrize("form", ["10.5240/AAAA1", "urn:eidr:10.5240:AAAA-1", "https://doi.org/10.5240/aaaa-1"])
def test_an_eidr_is_the_same_in_all_its_forms(tmp_path, catalogue, form):
    with (catalogue / "titles" / "thaw" / "title.toml").open("a", encoding="utf-8") as file:
        file.write(f'[identifiers]\neidr = "{form}"\n')
    path = listed(tmp_path, "title,원어,year,EIDR\nAnother Name,ko,1985,10.5240/AAAA-1\n")
    opened = open_catalogue(catalogue)
    (row,) = planning.plan(opened, planning.read_list(path, None), {}).rows
    assert row.title == "thaw"


CHILD = """\
import os, signal, sys
left = int(sys.argv[1])
def counted(call):
    def instead(*arguments, **words):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **words)
    return instead
for name in ("fsync", "link", "replace"):
    setattr(os, name, counted(getattr(os, name)))
from click.testing import CliRunner
from cli.main import group
CliRunner().invoke(group, sys.argv[2:], standalone_mode=False)
"""


def require_completed(catalogue, path):
    """Each title.toml is whole after a kill, and the next run does what is left."""
    for folder in (catalogue / "titles").iterdir():
        if (folder / "title.toml").exists():
            open_catalogue(catalogue).title(folder.name)
    assert run(catalogue, path, "--accept")[0] == 0
    assert sorted(open_catalogue(catalogue).title_ids()) == ["bird", "pulgasari", "thaw"]
    assert toml(catalogue, "thaw")["runtime"] == "01:30:00"


def killed_after(steps, catalogue, path):
    arguments = [sys.executable, "-c", CHILD, str(steps), "import", str(path), "-C", str(catalogue), "--accept"]
    return subprocess.run(arguments, check=False, capture_output=True).returncode == -signal.SIGKILL


KILL_LIST = "title,원어,year,runtime\nBird,ko,1992,84\nThaw,ko,1985,90\nPulgasari,ko,1986,95\n"


def test_a_killed_run_is_completed_by_the_next(tmp_path, catalogue):
    path = listed(tmp_path, KILL_LIST)
    assert killed_after(5, catalogue, path)
    require_completed(catalogue, path)


@pytest.mark.slow
@pytest.mark.parametrize("steps", range(14))
def test_killed_at_any_step(tmp_path, catalogue, steps):
    path = listed(tmp_path, KILL_LIST)
    killed_after(steps, catalogue, path)
    require_completed(catalogue, path)


@pytest.mark.parametrize(
    ("column", "written", "wanted"),
    [
        ("등급", "전체관람가", ("KR", "KMRB", "G")),
        ("등급", "12세 이상 관람가", ("KR", "KMRB", "12+")),
        ("등급", "15세이상관람가", ("KR", "KMRB", "15+")),
        ("등급", "청소년 관람불가", ("KR", "KMRB", "19+")),
        ("등급", "제한상영가", ("KR", "KMRB", "LIM")),
        ("등급", "15세 이상 시청가", ("KR", "KCC", "15+")),
        ("등급", "KMRB 15", ("KR", "KMRB", "15+")),
        ("KMRB", "15", ("KR", "KMRB", "15+")),
        ("映倫", "Ｒ１５＋", ("JP", "EIRIN", "R15+")),
        ("映倫区分", "PG-12", ("JP", "EIRIN", "PG12")),
        ("映倫", "18歳未満入場禁止", ("JP", "EIRIN", "R18+")),
        ("映倫", "全年齢", ("JP", "EIRIN", "G")),
        ("US rating", "MPAA PG13", ("US", "MPAA", "PG-13")),
    ],
)
def test_ratings_in_the_boards_own_words(column, written, wanted):
    sheet = planning.Sheet("list.csv", (column,), ())
    row = planning.Row("line 2", {0: Cell("line 2, column A", written)})
    said = planning.said_by(sheet, row, columns_of(sheet.header, {}).keys)
    assert not said.faults
    (fact,) = said.facts
    assert (*dict(fact.own).values(), dict(fact.rest)["value"]) == wanted


@pytest.mark.parametrize(
    ("column", "written", "wrong"),
    [
        ("등급", "15+", "'15+' names no board of KR; KMRB or KCC before the value"),
        ("KMRB", "15세 이상 시청가", "'15세 이상 시청가' is no rating of KMRB"),
        ("映倫", "R", "'R' is no rating of EIRIN"),
        ("映倫", "+", "'+' is no rating of EIRIN"),
    ],
)
def test_what_is_no_rating(column, written, wrong):
    sheet = planning.Sheet("list.csv", (column,), ())
    row = planning.Row("line 2", {0: Cell("line 2, column A", written)})
    said = planning.said_by(sheet, row, columns_of(sheet.header, {}).keys)
    assert wrong in str(said.faults[0])


def test_every_word_of_a_board_means_one_value_of_it():
    for board in ratings.systems().values():
        assert set(board.words.values()) <= set(board.values)
        assert all(board.value_of(word) == value for word, value in board.words.items())
        assert all(board.value_of(value) == value for value in board.values)


def test_a_title_behind_a_link_out_of_the_catalogue_is_not_written(tmp_path, catalogue):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (catalogue / "titles" / "bird").symlink_to(elsewhere, target_is_directory=True)
    path = listed(tmp_path, "id,title,원어,year\nbird,Bird,ko,1992\n")
    code, shown, error = run(catalogue, path, "--accept")
    assert (code, error) == (1, None)
    assert "titles/bird/title.toml: is behind a link that leaves the catalogue" in shown
    assert not list(elsewhere.iterdir())
    (elsewhere / "title.toml").write_text(THAW, encoding="utf-8")
    with pytest.raises(InputError, match="leaves the catalogue"):
        open_catalogue(catalogue).title("bird")
