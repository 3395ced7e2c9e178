"""`metadata/text-language`."""

from assets import language
from assets.subjects import ReadTitle
from assets.text import scripts
from checks.core import Problem, Problems, check
from checks.metadata._texts import Text, texts

LATIN = "latin"
MOST_WITHOUT_KANA = 10
"""Han characters that a Japanese text may have without a kana: a name often has none, a sentence always has."""


@check("metadata/text-language", on=ReadTitle)
def text_language(read: ReadTitle) -> Problems:
    """A name or a synopsis is not in the language that its tag says.

    It is told by the script: a Korean text has Hangul, a Japanese one kana, a romanisation (ko-Latn) Latin letters.
    The text was pasted under another language, or the tag is wrong. Names in Latin letters are kept in any language;
    two languages of one script, such as English and French, are not told apart.
    """
    for item in texts(read.title):
        if not language.is_valid(item.language) or not language.is_spoken(item.language):
            continue  # metadata/language-invalid says so, or no one script is expected
        own = language.written_in(item.language)
        found = scripts(item.text)
        if own and found and not _fits(item, own, found):
            most = max(found, key=lambda name: found[name])
            yield Problem(
                "tagged {tag}, but its letters are mostly {measured}; {allowed} expected",
                item.at,
                most,
                own[0],
                {"tag": item.language},
            )


def _fits(item: Text, own: tuple[str, ...], found: dict[str, int]) -> bool:
    """Whether a text's letters are its language's. Of a name one is enough, and Latin ones may stand in any script."""
    known = sum(count for name, count in found.items() if name in own)
    if item.is_name:
        return known > 0 or (set(found) == {LATIN} and "-Latn" not in item.language)
    without_kana = own[0] == "kana" and "kana" not in found and known > MOST_WITHOUT_KANA
    return 2 * known >= sum(found.values()) and not without_kana
