"""What the report page may do, which texts it is made of, and whether everybody can read it."""

import base64
import hashlib
import re
from collections import Counter
from itertools import pairwise

import pytest
import reports
from hypothesis import given, settings
from hypothesis import strategies as st
from report_pages import CONTEXT, Page, page, words_of

from cli.render.languages import LANGUAGES, phrase
from cli.render.report import parts, render
from cli.render.words import visible


def test_nothing_is_loaded_and_only_our_own_style_and_script_may_act():
    text = render(reports.long(60))
    found = Page(text)
    policy = found.all("meta")[1]["content"]
    for kind, raw in (("style", found.raw[0]), ("script", found.raw[2])):
        digest = base64.b64encode(hashlib.sha256(raw.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "img-src" not in policy
    attributes = Counter(name for _, values in found.elements for name in values)
    assert not attributes.keys() & {"src", "style", "srcset", "action", "onclick"}
    assert {values["href"][0] for _, values in found.elements if "href" in values} == {"#"}
    assert not re.search(r"https?:|url\(|@import|innerHTML|outerHTML|insertAdjacent|fetch\(|XMLHttp", text)


def test_media_are_only_those_beside_the_page():
    found = page(reports.FAILING, CONTEXT)
    assert [values["src"] for values in found.all("video") + found.all("track")] == ["media/a1.mp4", "captions/b2.vtt"]
    assert "media-src 'self' file:" in found.all("meta")[1]["content"]


HOSTILE = (
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</style></script><!--",
    "&lt;b&gt; &amp;amp;",
    "]]><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_stays_text(hostile):
    plain = "harm/less" if "/" in hostile else "harmless"  # a family ends at the slash
    found, harmless = page(reports.hostile(hostile)), page(reports.hostile(plain))
    shape = [(tag, sorted(attributes)) for tag, attributes in found.elements]
    assert shape == [(tag, sorted(attributes)) for tag, attributes in harmless.elements]
    assert (found.raw[0], found.raw[2]) == (harmless.raw[0], harmless.raw[2])
    assert found.text.count(words_of(hostile)) == harmless.text.count(plain)
    assert visible(hostile) in found.data["strings"]
    assert not set("<>&\u2028\u2029") & set(found.raw[1])


@settings(max_examples=40, deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_makes_a_whole_page(text, language):
    made = render(reports.hostile(text), language=language)
    made.encode("utf-8")
    assert visible(text) in Page(made).data["strings"]


def test_control_characters_do_not_reach_the_page():
    text = render(reports.hostile("a\x00\x1b\u202e\ud800b"))
    assert "a\\x00\\x1b\\u202e\\ud800b" in text
    assert not set(text) & {"\x00", "\x1b", "\u202e", "\ud800"}


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_landmarks_headings_and_headers_guide_who_cannot_see_the_page(name):
    found = page(reports.SAMPLES[name], CONTEXT)
    tags = Counter(tag for tag, _ in found.elements)
    assert (tags["header"], tags["main"], tags["footer"], tags["nav"], tags["h1"]) == (1, 1, 1, 1, 1)
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    named = [values["aria-labelledby"] for values in found.all("section") if "aria-labelledby" in values]
    assert set(named) <= set(ids)
    assert all(attributes.get("scope") in {"col", "row"} for attributes in found.all("th"))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("language", "heading"), [("en", "Findings"), ("ko", "지적 사항"), ("ja", "指摘事項")])
def test_the_page_opens_in_the_language_that_is_asked_for(language, heading):
    found = page(reports.FAILING, CONTEXT, language)
    assert found.all("html")[0]["lang"] == language
    assert heading in found.text
    checked = [
        values["value"] for values in found.all("input") if values.get("name") == "language" and "checked" in values
    ]
    assert checked == [language]
    assert found.data["patterns"].keys() >= {"Show more", "all families"}


def test_what_only_a_reader_for_the_blind_says_follows_the_language_that_is_chosen():
    found = page(reports.FAILING, CONTEXT, "ja")
    named = {values["aria-label"]: found.data["texts"][int(values["data-label"])] for values in found.all("nav")}
    assert named == {phrase("Parts of this page", "ja"): "Parts of this page"}
    assert found.data["verdict"] in found.data["patterns"] | found.data["exact"]
    assert f"<title>不合格: {found.data['heading']}</title>" in render(reports.FAILING, CONTEXT, "ja")


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("is_dark", [False, True])
def test_texts_stand_out_as_wcag_asks_for(is_dark):
    colours = {}
    for text in re.findall(r":root \{(.*?)\}", parts.style(), re.DOTALL):
        found = {
            name: "#" + "".join(char * (2 if len(value) == 3 else 1) for char in value)
            for name, value in re.findall(r"--(\w+): #(\w+)", text)
        }
        if is_dark or not colours.keys() & found.keys():
            colours |= found
    for ground in ("paper", "band", "chosen"):
        for text in ("ink", "quiet", "error", "warning", "note", "focus"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    for verdict in re.findall(r"\.verdict\.\w+ \{ background: (#\w{6})", parts.style()):
        assert contrast("#ffffff", verdict) >= 4.5


def test_labels_that_differ_in_a_number_are_translated_by_one_pattern():
    data = page(reports.long(60)).data
    assert data["patterns"]["cue #"] == [phrase("cue 7", language).replace("7", "#") for language in ("ko", "ja")]
    assert data["patterns"]["line #"] == [phrase("line 7", language).replace("7", "#") for language in ("ko", "ja")]
    assert not [text for text in data["exact"] if text.startswith("cue ")]


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_word_of_the_script_has_a_translation(language):
    assert len(parts.script_words()) > 5
    assert [text for text in parts.script_words() if phrase(text, language) == text] == []
