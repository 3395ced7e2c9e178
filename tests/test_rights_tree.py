"""The tree of media rights: what a name stands for, and how formats and the trade call it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rights import tree

LEAVES = tree.leaves()
LICENSE_TYPES = {"EST", "VOD", "SVOD", "POEST", "Pre-Release", "Library"}
RELEASE_TYPES = {
    *("original", "Blu-ray", "Broadcast", "DVD", "Festival", "Hospitality", "InternetBuy", "InternetRent", "local"),
    *("PayTV", "Production", "Theatrical", "VOD", "AVOD", "PVOD", "SVOD", "FOD"),
}


@pytest.mark.parametrize("node", tree.nodes().values(), ids=lambda node: node.id)
def test_each_node_is_whole(node):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", node.id)
    assert node.name
    assert not node.within or node.within in tree.nodes()
    assert node.release_type in RELEASE_TYPES | {""}
    assert node.avails in LICENSE_TYPES | {""}
    is_leaf = node.id in LEAVES
    assert bool(node.avails) + bool(node.no_avails) == is_leaf, "a leaf has a licence type, or says why it has none"
    assert tree.from_words(node.name) == node.id
    assert all(tree.from_words(word) == node.id for word in node.words), "a word names one right"
    assert list(node.words) == sorted(node.words)


def test_there_is_one_root_and_it_has_everything():
    assert [node.id for node in tree.nodes().values() if not node.within] == ["all-rights"]
    assert tree.expand("all-rights") == set(LEAVES)


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        ("svod", {"svod"}),
        ("tvod", {"est", "dto", "dtr", "cablevod"}),
        ("vod-streaming", {"avod", "fvod", "svod"}),
        ("linear-tv", {"freetv", "paytv", "ott"}),
        ("non-theatrical", {"airlines", "ships", "trains-coaches", "hotels", "institutions", "public-screenings"}),
        ("educational", {"educational"}),
    ],
)
def test_a_group_stands_for_its_leaves(name, leaves):
    assert tree.expand(name) == leaves
    assert tree.cover(frozenset(leaves)) == (name,)


@pytest.mark.parametrize("name", ["fast", "pvod", "catch-up", "ppv"])
def test_what_contracts_put_into_different_groups_is_sold_by_no_group(name):
    assert tree.parents(name) == ("all-rights",)


def test_a_name_that_is_none_stands_for_nothing():
    with pytest.raises(KeyError):
        tree.expand("streaming")
    assert tree.from_words("cassette") is None


@given(st.frozensets(st.sampled_from(LEAVES)))
def test_the_fewest_names_stand_for_the_same_leaves(rights):
    names = tree.cover(rights)
    assert tree.expand_all(names) == rights
    assert sum(len(tree.expand(name)) for name in names) == len(rights), "no leaf is named twice"
    assert not any(set(tree.parents(name)) & set(names) for name in names)


def test_rights_are_described_as_short_as_they_can_be():
    assert tree.describe(tree.expand("tvod") | {"svod"}) == "tvod, svod"
    assert tree.describe(frozenset()) == "no right"


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("ＳＶＯＤ", "svod"),
        ("In-Flight", "airlines"),
        ("Pay  TV", "paytv"),
        ("Free-To-Air", "freetv"),
        ("DVD", "home-video"),
    ],
)
def test_words_of_the_trade_in_any_case_and_width(word, right):
    assert tree.from_words(word) == right


@pytest.mark.parametrize(
    ("license_type", "leaves"),
    [("EST", {"est", "dto"}), ("VOD", {"dtr", "cablevod"}), ("SVOD", {"svod"}), ("POEST", set()), ("", set())],
)
def test_what_a_licence_type_may_mean(license_type, leaves):
    assert tree.from_license_type(license_type) == leaves
