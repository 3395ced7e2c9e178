"""Languages of Avails, and those of a grant: the same set, said in two ways, or a refusal."""

from collections.abc import Iterable

from assets.avails.rows import LanguageUse, Row
from assets.rights.languages import Carrier, Languages, Tags

_CARRIERS = {
    "": tuple(Carrier),
    "subdub": tuple(Carrier),
    "audio": (Carrier.DUBBED,),
    "subtitle": (Carrier.SUBTITLED, Carrier.CAPTIONED),
}
"""What each word allows; captions are subtitles, for which Avails have no word of their own."""


def languages_of(row: Row) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The languages of a row as keys of rights.toml with their tags; nothing for all. Raises ValueError.

    What is allowed is all that is; of what is held back, all others are.
    """
    if row.allowed and row.holdback:
        raise ValueError("allows languages and holds others back; one of AllowedLanguages and HoldbackLanguage")
    if row.holdback:
        if any(use.asset not in {"", "subdub"} for use in row.holdback):
            raise ValueError("holds a language back as sound or as subtitles alone; AllowedLanguages, or both")
        return (("excluding", tuple(sorted({use.tag for use in row.holdback}))),)
    unknown = next((use for use in row.allowed if use.asset not in _CARRIERS), None)
    if unknown is not None:
        raise ValueError(f"limits {unknown.tag} to {unknown.asset!r}; {', '.join(filter(None, _CARRIERS))}")
    by_carrier = {carrier: sorted(_tags(row.allowed, carrier)) for carrier in Carrier}
    return tuple((carrier.value, tuple(tags)) for carrier, tags in by_carrier.items() if tags)


def _tags(uses: Iterable[LanguageUse], carrier: Carrier) -> set[str]:
    return {use.tag for use in uses if carrier in _CARRIERS[use.asset]}


def uses_of(languages: Languages) -> tuple[tuple[LanguageUse, ...], tuple[LanguageUse, ...]]:
    """What is allowed and what is held back; nothing for either is all.

    Raises ValueError for what Avails cannot say.
    """
    dubbed, subtitled, captioned = (languages.of(carrier) for carrier in Carrier)
    if subtitled != captioned:
        raise ValueError("grants other languages for captions than for subtitles, for which Avails have no word")
    if dubbed.included is None and subtitled.included is None:
        if dubbed.excluded != subtitled.excluded:
            raise ValueError("excludes other languages as sound than as subtitles; Avails hold back both")
        return (), tuple(LanguageUse(tag) for tag in sorted(dubbed.excluded))
    sound, text = _listed(dubbed), _listed(subtitled)
    both = sound & text
    uses = [LanguageUse(tag, "" if tag in both else "audio" if tag in sound else "subtitle") for tag in sound | text]
    if not uses:
        raise ValueError("grants no language")
    return tuple(sorted(uses)), ()


def _listed(tags: Tags) -> frozenset[str]:
    if tags.included is None:
        raise ValueError("grants all languages in one way and some in another; Avails would need a list")
    left = frozenset(filter(tags.has, tags.included))
    if tags.excluded and any(Tags(frozenset({tag})).meets(Tags(tags.excluded)) for tag in left):
        raise ValueError("grants a language without one of its variants, for which Avails have no word")
    return left
