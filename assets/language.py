"""Language tags (BCP-47, RFC 5646): what is wrong with one, and how it is written canonically."""

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
    """Whether a set of licensed tags covers a tag: `pt` covers `pt-BR`, `pt-BR` does not cover `pt`."""
    subtags = tag.lower().split("-")
    return any(subtags[: len(parts)] == parts for parts in (item.lower().split("-") for item in licensed))
