"""Language tags (BCP-47, RFC 5646): what is wrong with one, and how it is written canonically."""

from functools import lru_cache

from assets import text

CONFUSIONS = {
    "jp": "ja is Japanese; jp is no language, JP is the territory Japan",
    "kr": "ko is Korean; kr is Kanuri, KR is the territory Korea",
    "cn": "zh is Chinese; cn is no language, CN is the territory China",
    "dk": "da is Danish; dk is no language, DK is the territory Denmark",
    "cz": "cs is Czech; cz is no language, CZ is the territory Czechia",
    "gr": "el is Greek; gr is no language, GR is the territory Greece",
    "se": "sv is Swedish; se is Northern Sami, SE is the territory Sweden",
    "ua": "uk is Ukrainian; ua is no language, UA is the territory Ukraine",
    "vn": "vi is Vietnamese; vn is no language, VN is the territory Viet Nam",
}
"""Two-letter country codes that people write where a language belongs."""


SPECIAL = frozenset({"und", "mul", "zxx", "mis"})
"""Codes of ISO 639 for what is not determined, several languages, no language, and what has no code."""

UNKNOWN = SPECIAL - {"zxx"}
"""Those of them that may stand for any language: nobody can say that one language is not meant."""

_SCRIPTS = {
    "Kore": ("hangul",),
    "Jpan": ("kana", "han"),
    "Hans": ("han",),
    "Hant": ("han",),
    "Latn": ("latin",),
    "Cyrl": ("cyrillic",),
    "Grek": ("greek",),
    "Arab": ("arabic",),
    "Hebr": ("hebrew",),
    "Thai": ("thai",),
    "Deva": ("devanagari",),
}
"""ISO 15924 codes and the words of `assets.text.script`."""

_TWO_SCRIPTS = frozenset({"sr"})
"""Languages written in either of two scripts: the tag alone does not say in which, `sr-Latn` and `sr-Cyrl` do."""


def confusion(tag: str) -> str | None:
    """What a country code in place of a language was probably meant to be, or None."""
    return CONFUSIONS.get(tag.replace("_", "-").split("-", 1)[0].lower())


def is_valid(tag: str) -> bool:
    """Whether a tag is well formed and each subtag is in the IANA registry (`en_US` is not well formed)."""
    import langcodes

    return "_" not in tag and bool(tag) and langcodes.tag_is_valid(tag)


def canonical(tag: str) -> str:
    """The canonical form of a valid tag: `ko` of `kor`, `he` of `iw`, `pt-BR` of `pt-br`."""
    import langcodes

    return langcodes.standardize_tag(tag)


def same_language(left: str, right: str) -> bool:
    """Whether two tags have the same primary language after canonical spelling (`kor` and `ko-KR` do)."""
    import langcodes

    try:
        return langcodes.get(left).language == langcodes.get(right).language
    except ValueError:  # langcodes' parse error: a malformed tag is no language
        return False


def covers(licensed: frozenset[str], tag: str) -> bool:
    """Whether a set of licensed tags covers a tag: `pt` covers `pt-BR`, `pt-BR` does not cover `pt`.

    Tags are compared in canonical form, so that `kor` is covered by `ko`.
    """
    subtags = _canonical_or_given(tag).lower().split("-")
    wanted = (_canonical_or_given(item).lower().split("-") for item in licensed)
    return any(subtags[: len(parts)] == parts for parts in wanted)


@lru_cache(maxsize=4096)
def _canonical_or_given(tag: str) -> str:
    return canonical(tag) if is_valid(tag) else tag


def is_spoken(tag: str) -> bool:
    """Whether a valid tag names one language that a person reads, not one of ISO 639's special codes."""
    return text.primary(canonical(tag)) not in SPECIAL


def written_in(tag: str) -> tuple[str, ...]:
    """The scripts that a valid tag's language is written in, in the words of `assets.text.script`.

    Text in the first one tells the language; the others occur in it without telling: Japanese is told by kana, not by
    the Han characters it shares with Chinese. Empty for a script that is not told apart here.
    """
    import langcodes

    if tag in _TWO_SCRIPTS:
        return ()
    return _SCRIPTS.get(langcodes.get(tag).maximize().script or "", ())
