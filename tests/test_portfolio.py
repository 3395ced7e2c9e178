"""The portfolio: what it tells, what it must never tell, and that it is a good page."""

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from PIL import Image
from titles import write_title

from assets.errors import UsageError
from cli.main import group
from cli.site_folder import MARKER, replaced

TITLE = """\
original_language = "ko"
format = "1 x 84"
runtime = "01:24:00"
production_year = 2020
release_date = 2020-06-25
production_companies = ["눈밭 필름"]
production_countries = ["KR"]
genres = ["Documentary", "Ghost & <b>story</b>"]
trailer = "https://example.org/trailer?a=1&b=2"
[names]
ko = "봄날의 눈석이"
en = "Thaw <script>alert(1)</script>"
ja = "春の日の雪解け"
[synopses]
ko = "눈이 녹는다."
en = "Snow melts.\\nSlowly."
[[other_names]]
text = "Pomnarŭi nunsŏgi"
language = "ko-Latn"
kind = "romanisation"
[[other_names]]
text = "Working name"
language = "en"
kind = "working"
[[credits]]
name = "임창범"
role = "director"
[[awards]]
name = "Festival of Snow"
year = 2021
category = "Best film"
[[press]]
quote = "Quietly \\"great\\"."
source = "The Paper"
language = "en"
url = "https://example.org/review"
[[artwork]]
file = "artwork/poster.png"
kind = "poster"
[[versions]]
id = "ko"
language = "ko"
[[versions.audio]]
language = "ko"
[[versions.subtitles]]
file = "subtitles/en.srt"
language = "en"
"""
RIGHTS = """\
zone = "UTC"
[[mandates]]
id = "secret-mandate-id"
from = "Secret Producer"
contract = "Secret contract 1"
clause = "secret clause 2.1"
status = "signed"
signed = 2020-01-01
[[mandates.grants]]
id = "secret-mandate-grant"
rights = ["linear-tv", "tvod", "vod-streaming", "educational"]
territories = ["worldwide"]
excluding = ["CN"]
start = 2020-02-01
through = 2045-11-13
languages = "all"
exclusive = true
[[licences]]
id = "secret-licence-id"
to = "Secret Buyer 株式会社"
contract = "Secret contract 2"
clause = "secret clause 3.7"
status = "signed"
signed = 2026-01-01
[[licences.grants]]
id = "secret-sale"
rights = ["svod"]
territories = ["JP"]
start = 2026-03-04
through = 2039-08-17
languages = "all"
exclusive = true
[[licences.grants]]
id = "secret-part"
rights = ["freetv"]
territories = ["CA-QC"]
start = 2026-03-04
through = 2039-08-17
languages = "all"
exclusive = true
[[licences]]
id = "secret-pending"
to = "Secret Suitor"
contract = "Secret memo"
status = "pending"
[[licences.grants]]
id = "secret-hold"
rights = ["svod"]
territories = ["KR"]
start = 2026-03-04
through = 2039-08-17
languages = "all"
exclusive = true
"""
SAID = re.findall(r'^(?:id|from|to|contract|clause) = "(.*)"$', RIGHTS, re.MULTILINE)
SECRETS = (*SAID, "2045", "2039", "2026-03-04", "2026-01-01", "secret")
BLOCKS = {"p", "div", "details", "ul", "dl", "section", "table", "h2"}
VOID = {"meta", "link", "img", "input"}


class Page(HTMLParser):
    """A page whose elements are closed in order, and all that it holds."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert not (self.open and self.open[-1] == "p" and tag in BLOCKS)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def run(*arguments):
    return CliRunner().invoke(group, ["portfolio", *map(str, arguments)], standalone_mode=False)


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".js", ".css"}
    }


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    root = tmp_path_factory.mktemp("portfolio") / "catalogue"
    folder = write_title(root, TITLE, "thaw").parent
    (folder / "rights.toml").write_text(RIGHTS, encoding="utf-8")
    (folder / "artwork").mkdir()
    exif = Image.Exif()
    exif[0x010E] = "taken at the secret house"
    Image.new("RGBA", (900, 1200), (200, 30, 30, 128)).save(folder / "artwork" / "poster.png", exif=exif)
    other = TITLE.replace("봄날의 눈석이", "다른 영화").replace("production_year = 2020", "production_year = 2019")
    write_title(root, re.sub(r"(?s)\[\[artwork\]\].*?(?=\[\[versions\]\]\n)", "", other), "another")
    return root


@pytest.fixture(scope="module")
def site(catalogue):
    out = catalogue.parent / "site"
    done = run(out, "-C", catalogue, "--at", "2027-01-15", "--mailto", "sales@example.org")
    assert (done.return_value, done.stderr) == (0, "")
    return out


def rows(page):
    """What the table of rights says: by category, the pairs of a word and territories."""
    cells = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', page, re.DOTALL)
    return {
        name: [
            " ".join(re.sub(r"<[^>]+>", " ", line).split())
            for line in re.findall(r"<div class=.line.>(.*?)</div>", cell, re.DOTALL)
        ]
        for name, cell in cells
    }


def test_rights_are_told_in_four_words(site):
    told = rows(texts(site)["en/titles/thaw.html"])
    assert told["SVOD (subscription)"] == [
        "Available Worldwide except China, Japan, South Korea",
        "On hold South Korea",
        "Sold Japan",
    ]
    assert told["Free TV"] == ["Available Worldwide except Canada, China", "Partly available Canada"]
    assert told["Educational"] == ["Available Worldwide except China"]
    assert "Theatrical" not in told


def test_words_are_of_the_year_that_follows_the_date(catalogue, tmp_path):
    assert run(tmp_path / "a", "-C", catalogue, "--at", "2025-06-01", "--language", "en").return_value == 0
    told = rows(texts(tmp_path / "a")["en/titles/thaw.html"])
    assert told["SVOD (subscription)"] == [
        "Available Worldwide except China, Japan, South Korea",
        "Partly available Japan, South Korea",
    ]


def test_a_title_without_a_mandate_says_on_request(site):
    page = texts(site)["ja/titles/another.html"]
    assert "お問い合わせください。" in page
    assert not rows(page)


def test_no_file_of_the_site_names_a_deal(site):
    for path in site.rglob("*"):
        if path.is_file():
            whole = path.name.encode() + path.read_bytes()
            found = [secret for secret in SECRETS if secret.encode() in whole]
            assert not found, (path, found)


def test_what_is_not_for_the_public_stays_out(site):
    assert "Working name" not in texts(site)["en/titles/thaw.html"]
    with Image.open(next((site / "art").glob("*.jpg"))) as image:
        assert not image.getexif()
        assert "icc_profile" not in image.info
        assert image.mode == "RGB"


def test_pages_say_everything_in_three_languages(site):
    pages = texts(site)
    for language, words in {
        "ko": ("봄날의 눈석이", "다큐멘터리", "2020년 6월 25일", "84분", "한국어", "대한민국", "눈밭 필름", "감독"),
        "en": ("Snow melts.", "Documentary", "25 June 2020", "84 min", "Korean", "South Korea", "Director"),
        "ja": ("春の日の雪解け", "ドキュメンタリー", "2020年6月25日", "84分", "韓国語", "韓国", "監督"),
    }.items():
        page = Page(pages[f"{language}/titles/thaw.html"])
        for word in (*words, "임창범", "Festival of Snow, 2021", "Best film", 'Quietly "great".', "The Paper"):
            assert word in page.text, (language, word)
        assert {"lang": language} in page.all("html")
        assert {"https://example.org/trailer?a=1&b=2", "https://example.org/review"} <= {
            link.get("href") for link in page.all("a")
        }
        assert f"../../{language}/titles/another.html" in {link.get("href") for link in page.all("a")}


def test_texts_of_a_title_run_nowhere(site):
    for name, text in texts(site).items():
        if name.endswith(".html"):
            page = Page(text)
            assert all("src" in script for script in page.all("script")), name
            assert "<b>story" not in text
    assert "</script>" not in texts(site)["titles.js"]


def test_a_page_is_accessible_and_loads_only_its_own(site):
    for name, text in texts(site).items():
        if not name.endswith(".html"):
            continue
        page = Page(text)
        tags = Counter(tag for tag, _ in page.elements)
        assert (tags["main"], tags["h1"], tags["title"]) == (1, 1, 1), name
        assert all("alt" in image for image in page.all("img")), name
        assert not any("style" in attributes or "onclick" in attributes for _, attributes in page.elements)
        labelled = {label.get("for") for label in page.all("label")}
        fields = [item for tag in ("input", "select", "textarea") for item in page.all(tag)]
        assert all(item.get("id") in labelled for item in fields if item.get("type") != "checkbox"), name
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), name
        for tag, key in (("link", "href"), ("script", "src"), ("img", "src")):
            for item in page.all(tag):
                assert (site / name).parent.joinpath(item[key]).resolve().is_file(), (name, item)
        policy = next(meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy


def test_the_same_catalogue_gives_the_same_bytes(catalogue, site, tmp_path):
    again = tmp_path / "again"
    run(again, "-C", catalogue, "--at", "2027-01-15", "--mailto", "sales@example.org")
    before = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    after = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert before == after


def test_the_data_of_the_filters_say_where_a_right_can_be_bought(site):
    text = texts(site)["titles.js"]
    data = json.loads(text.removeprefix("const releaseprintTitles=").removesuffix(";\n"))
    rights = next(item for item in data["titles"] if item[0] == "thaw")[5]
    assert data["sets"][rights[data["categories"].index("svod")]] == "-CN JP KR"
    assert data["sets"][rights[data["categories"].index("freetv")]] == "-CN"


@pytest.mark.parametrize("key", ["announce", "suppress_until"])
def test_what_may_not_be_announced_yet_is_left_out(tmp_path, key):
    root = tmp_path / "catalogue"
    folder = write_title(root, TITLE, "thaw").parent
    rights = RIGHTS.replace("exclusive = true", f"exclusive = true\n{key} = 2027-06-01", 1)
    (folder / "rights.toml").write_text(rights, encoding="utf-8")
    early = run(tmp_path / "early", "-C", root, "--at", "2027-01-15")
    assert early.stderr == "thaw: may not be announced yet; left out\n"
    assert not list((tmp_path / "early").rglob("thaw*"))
    run(tmp_path / "later", "-C", root, "--at", "2027-06-02")
    assert (tmp_path / "later" / "ko" / "titles" / "thaw.html").is_file()


def test_a_title_that_cannot_be_read_is_said_and_left_out(tmp_path):
    write_title(tmp_path, TITLE, "thaw")
    write_title(tmp_path, "names = 3\n", "wrong")
    done = run(tmp_path / "site", "-C", tmp_path)
    assert done.return_value == 3
    assert "titles/wrong/title.toml" in done.stderr
    assert (tmp_path / "site" / "en" / "titles" / "thaw.html").is_file()


@pytest.mark.parametrize("address", ["no address", "a@b", "a@example.org?bcc=x@example.org", "javascript:a@b.org"])
def test_an_address_that_could_say_more_is_refused(catalogue, tmp_path, address):
    done = run(tmp_path / "site", "-C", catalogue, "--mailto", address)
    assert isinstance(done.exception, UsageError)
    assert not (tmp_path / "site").exists()


def test_a_picture_that_cannot_be_read_is_left_out(tmp_path):
    folder = write_title(tmp_path, TITLE, "thaw").parent
    (folder / "artwork").mkdir()
    (folder / "artwork" / "poster.png").write_bytes(b"no picture")
    done = run(tmp_path / "site", "-C", tmp_path)
    assert done.return_value == 0
    assert done.stderr.startswith("titles/thaw/artwork/poster.png: UnidentifiedImageError")
    assert 'class="poster drawn' in texts(tmp_path / "site")["en/titles/thaw.html"]


def test_a_picture_that_is_not_here_is_said(tmp_path):
    write_title(tmp_path, TITLE, "thaw")
    done = run(tmp_path / "site", "-C", tmp_path, "--language", "ja", "--title", "thaw")
    assert done.stderr == "1 picture not here, such as titles/thaw/artwork/poster.png; left out\n"
    assert not (tmp_path / "site" / "en").exists()


def test_a_folder_of_somebody_else_is_never_touched(catalogue, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = run(tmp_path, "-C", catalogue)
    assert isinstance(done.exception, UsageError)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_site_is_replaced_as_a_whole_or_not_at_all(tmp_path):
    out = tmp_path / "site"
    with replaced(out) as folder:
        (folder / "old.html").write_text("old")
    with replaced(out) as folder:
        (folder / "new.html").write_text("new")
        assert (out / "old.html").is_file()
    assert {path.name for path in out.iterdir()} == {MARKER, "new.html"}
    with pytest.raises(RuntimeError), replaced(out):
        raise RuntimeError
    assert {path.name for path in out.iterdir()} == {MARKER, "new.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_trailer_is_copied_if_a_browser_plays_it(tmp_path):
    folder = write_title(
        tmp_path, TITLE.replace("https://example.org/trailer?a=1&b=2", "trailers/a.mp4"), "thaw"
    ).parent
    (folder / "trailers").mkdir()
    (folder / "trailers" / "a.mp4").write_bytes(b"film")
    write_title(tmp_path, TITLE.replace("https://example.org/trailer?a=1&b=2", "trailers/a.mov"), "other")
    done = run(tmp_path / "site", "-C", tmp_path, "--language", "en")
    assert (tmp_path / "site" / "trailers" / "thaw.mp4").read_bytes() == b"film"
    assert 'src="../../trailers/thaw.mp4"' in texts(tmp_path / "site")["en/titles/thaw.html"]
    assert "the trailer trailers/a.mov is left out: no browser plays it; .m4v, .mp4, .webm" in done.stderr
