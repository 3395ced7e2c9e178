"""The parts of the portfolio: likeness, words, addresses, praise in title.toml, and the page's spelling rules."""

import json
import random
import shutil
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from rights_deals import mandate, scope
from rights_deals import title as title_rights
from titles import TITLE_TOML, write_title

from assets import spelling
from assets.errors import InputError
from assets.manifest import read_title
from assets.metadata import Award, PressQuote
from assets.portfolio.sales import announced, categories
from assets.portfolio.similar import Likenesses
from assets.rights import tree
from cli.render import portfolio
from cli.render.portfolio.wording import LANGUAGES

PAGES = Path(portfolio.__file__).parent
NODE = shutil.which("node")
PRAISE = """\
[[awards]]
name = "영화제"
year = 2021
result = "special-mention"
[[press]]
quote = "美しい。"
source = "新聞"
language = "ja"
"""


def film(tmp_path, title_id, changes=(), year=2020):
    text = TITLE_TOML.replace("production_year = 2020", "\n".join([f"production_year = {year}", *changes]))
    return read_title(write_title(tmp_path, text, title_id), tmp_path)


def test_titles_are_alike_by_what_they_share_and_when(tmp_path):
    own = film(tmp_path, "own", ['genres = ["Documentary", "History"]', 'production_companies = ["A"]'])
    titles = [
        own,
        film(tmp_path, "same-company", ['production_companies = ["ａ"]'], 1990),
        film(tmp_path, "near", ['genres = ["documentary"]'], 2018),
        film(tmp_path, "far", ['genres = ["Documentary"]'], 1960),
        film(tmp_path, "nothing-but-language"),
    ]
    assert Likenesses(titles).like("own") == ["near", "same-company", "far"]
    assert Likenesses(reversed(titles)).like("own", most=1) == ["near"]


def test_what_very_many_share_finds_the_nearest_in_time(tmp_path):
    title = film(tmp_path, "base", ['genres = ["Drama"]'])
    many = [build_like(title, f"t-{number:04}", 1500 + number) for number in range(500)]
    assert Likenesses(many).like("t-0250", most=4) == ["t-0249", "t-0251", "t-0248", "t-0252"]


def build_like(title, title_id, year):
    return replace(title, id=title_id, programme=replace(title.programme, production_year=year))


def test_praise_is_read(tmp_path):
    text = TITLE_TOML.replace("[names]", 'trailer = "https://example.org/t"\n[names]') + PRAISE
    title = read_title(write_title(tmp_path, text), tmp_path)
    assert title.awards == (Award("영화제", 2021, "", "special-mention"),)
    assert title.press == (PressQuote("美しい。", "新聞", "ja", ""),)
    assert title.trailer == "https://example.org/t"
    assert not any(file.name == "trailers/t.mp4" for file in title.files())


def test_a_trailer_may_be_a_file(tmp_path):
    text = TITLE_TOML.replace("[names]", 'trailer = "trailers/t.mp4"\n[names]')
    assert read_title(write_title(tmp_path, text), tmp_path).trailer.name == "trailers/t.mp4"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "https://user@example.org/",
        "https://example.org/a b",
        'https://example.org/"onclick=',
        "https://[::1",
        "https://example.org/\u202e",
        "data:text/html,x",
        "../outside.mp4",
    ],
)
def test_a_trailer_is_a_safe_address_or_a_path(tmp_path, address):
    text = TITLE_TOML.replace("[names]", f"trailer = {json.dumps(address)}\n[names]")
    path = write_title(tmp_path, text)
    with pytest.raises(InputError, match="trailer: "):
        read_title(path, tmp_path)


def test_every_word_is_there_in_every_language():
    words = tomllib.loads((PAGES / "words.toml").read_text(encoding="utf-8"))
    for table in words.values():
        for key, said in table.items():
            assert len(said) == len(LANGUAGES), key
            assert all(said), key
            gaps = {frozenset(part.split("}")[0] for part in text.split("{")[1:]) - {"name", "month"} for text in said}
            assert len(gaps) == 1, key


def test_every_right_stands_in_one_category_and_has_its_words():
    words = tomllib.loads((PAGES / "words.toml").read_text(encoding="utf-8"))["category"]
    leaves = [leaf for row in categories() for leaf in row.leaves]
    assert sorted(leaves) == sorted(tree.leaves())
    assert {row.id for row in categories()} | {row.within for row in categories()} == set(words)


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_page_spells_as_the_command_does():
    draw = random.Random(1)  # noqa: S311 -- the same names each time
    names = ["봄날의 눈석이", "春の日の雪解け", "Pomnarŭi nunsŏgi", "Tōkyō", "きっちょむ", "Straße", "ﾊﾙﾉﾋ", "Álvaro's"]
    for letters in (range(0xAC00, 0xD7A4), range(0x3041, 0x30FF), list(map(ord, "abcdefghijklmnoprstuwyz ō'-"))):
        names += ["".join(chr(draw.choice(letters)) for _ in range(7)) for _ in range(300)]
    cases = [(name, language) for name in names for language in ("", "ko", "ja", "en")]
    script = (
        "const S = require(process.argv[1]), given = JSON.parse(require('fs').readFileSync(0));"
        "S.use(given.tables); console.log(JSON.stringify(given.cases.map(one => S.key(one[0], one[1]))));"
    )
    done = subprocess.run(
        [NODE, "-e", script, str(PAGES / "spelling.js")],
        input=json.dumps({"tables": spelling.tables(), "cases": cases}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    for (name, language), found in zip(cases, json.loads(done.stdout), strict=True):
        key = spelling.key(name, language)
        assert (list(key.words), key.whole) == (found["words"], found["whole"]), name
        assert (key.korean, key.japanese) == (set(found["korean"]), set(found["japanese"])), name


@pytest.mark.parametrize(("producer", "agent", "may_be"), [(None, None, True), (9, None, False), (None, 9, False)])
def test_a_title_is_shown_when_nobody_in_the_chain_of_mandates_keeps_it_back(producer, agent, may_be):
    given = mandate((scope(), {"announce": producer}))
    passed_on = mandate((scope(), {"suppress_until": agent}), name="agent", under="producer")
    assert (announced(title_rights(given, passed_on), 8) is not None) is may_be
    assert announced(title_rights(given, passed_on), 9) is not None
