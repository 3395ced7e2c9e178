"""Macro-languages: what a deal that names Chinese gives and takes of Mandarin and Cantonese."""

import pytest
from rights_deals import instant, licence, mandate, scope, title

from assets.rights.conflict_report import conflicts_of
from assets.rights.contradictions import Kind
from assets.rights.indexing import index_title
from assets.rights.languages import Languages, Tags, same_for_all
from assets.rights.masks import Tongues
from assets.rights.questions import Question, Verb, ask
from assets.rights.scopes import _of_languages

NOW = instant("2027-01-01")
VERBS = (Verb.DELIVER, Verb.SELL, Verb.SELL_EXCLUSIVELY)


def sold(name, *tags, exclusive=False):
    return licence(name, (scope(languages=same_for_all(tags)), {"exclusive": exclusive}))


def answers(tag, *deals):
    found = index_title(title(mandate(), *deals))
    tongues = frozenset({("subtitled", tag)})
    return [
        ask(found, Question(frozenset({"svod"}), frozenset({"JP"}), NOW, verb, tongues=tongues)).allowed
        for verb in VERBS
    ]


@pytest.mark.parametrize(
    ("named", "asked", "expected"),
    [
        ("zh", "zh-Hant", [True, False, False]),
        ("zh", "cmn", [False, False, False]),
        ("zh", "yue", [False, False, False]),
        ("zh", "ja", [False, True, True]),
        ("cmn", "cmn", [True, False, False]),
        ("cmn", "zh", [False, False, False]),
        ("cmn", "yue", [False, True, True]),
        ("zh-Hant", "zh-Hans", [False, True, True]),
        ("zh-Hant", "yue", [False, False, False]),
        ("ms", "id", [False, True, True]),
        ("no", "nb", [False, False, False]),
    ],
)
def test_an_exclusive_licence_takes_all_that_its_tag_may_mean(named, asked, expected):
    assert answers(asked, sold("first", named, exclusive=True)) == expected


def test_who_has_a_language_of_a_macro_language_keeps_it_from_being_sold_exclusively():
    assert answers("zh", sold("first", "yue")) == [False, True, False]
    assert answers("yue", sold("first", "zh")) == [False, True, False]
    assert answers("cmn", sold("first", "yue")) == [False, True, True]


@pytest.mark.parametrize(
    ("one", "other", "meet"), [("zh", "cmn", True), ("cmn", "zh", True), ("cmn", "yue", False), ("zh", "ko", False)]
)
def test_exclusive_licences_of_related_languages(one, other, meet):
    rights = title(mandate(), sold("one", one, exclusive=True), sold("other", other, exclusive=True))
    kinds = [item.kind for item in conflicts_of(index_title(rights), NOW)]
    assert kinds == ([Kind.OVERLAPPING_EXCLUSIVES] if meet else [])


def test_what_is_left_out_by_a_macro_language_is_not_given_and_may_be_taken():
    everything_but = Languages(*[Tags(None, frozenset({"zh"}))] * 3)
    tongues = Tongues(["zh"])
    given, taken = tongues.mask(everything_but), tongues.taken(everything_but)
    for tag, gives, takes in (("zh", False, False), ("yue", False, True), ("ko", True, True)):
        bit = tongues.one("dubbed", tag)
        assert (bool(given & bit), bool(taken & bit)) == (gives, takes)


def test_a_macro_language_is_doubtful_unless_one_of_its_languages_is_named_too():
    assert [what for what, _ in _of_languages(frozenset({"zh", "ja"}))] == [
        "'zh' stands for several languages, and does not say which"
    ]
    assert list(_of_languages(frozenset({"zh", "cmn", "yue"}))) == []
