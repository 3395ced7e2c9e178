"""Rules of Avails on territories and languages."""

import re
from collections.abc import Iterator

from assets import language, territory
from assets.avails.finding import doubted, found, language_problem
from assets.avails.rows import ASSETS, Finding, LanguageUse, Row

WORLD = "ZZ"
"""What MovieLabs' list of countries has for the whole world."""
PART = re.compile(r"([A-Z]{2})-[0-9A-Z]{1,3}")
"""A part of a country (ISO 3166-2)."""
_USES = ("allowed", "holdback", "asset_languages", "required")


def territories(row: Row) -> Iterator[Finding]:
    """Territories are codes of countries, and an exclusion takes something away and leaves something."""
    for field in ("territories", "excluded"):
        for code in getattr(row, field):
            if wrong := _problem(code):
                yield found("territory", row, field, *wrong)
    if not (row.excluded and row.territories):
        return
    outside = [code for code in row.excluded if code[:2] not in row.territories]
    if outside and WORLD not in row.territories:
        what = f"{', '.join(outside)} is in no territory of the row"
        yield found("exclusion-outside", row, "excluded", what, "what the row's territories have")
    elif not set(row.territories) - set(row.excluded):
        yield found("territories-empty", row, "excluded", "leaves no territory", "at least one")


def _problem(code: str) -> tuple[str, str] | None:
    """What is wrong with a code, and what is allowed; None for one that is right."""
    part = PART.fullmatch(code)
    if code == WORLD or (part[1] if part else code) in territory.all_codes():
        return None
    said = (territory.problem(code) or f"{code!r} is a group of territories").removeprefix(repr(code))
    wrong, _, instead = said.partition("; ")  # of what stands behind the code, which may have a semicolon of its own
    if code.upper() in territory.all_codes():
        return f"{code!r}{wrong}", code.upper()
    return f"{code!r}{wrong}", instead if instead.startswith("write ") else "codes of ISO 3166-1, such as KR,JP"


def languages(row: Row) -> Iterator[Finding]:
    """Languages are tags of BCP 47, not codes of countries, limited to nothing or to what carries them."""
    for field in _USES:
        for use in getattr(row, field):
            wrong, is_certain = language_problem(use.tag)
            if wrong:
                say = found if is_certain else doubted
                yield say("language", row, field, wrong, "a tag of BCP 47, such as ko, en, ja")
            if use.asset and use.asset not in ASSETS:
                what = f"{use.tag} is limited to {use.asset!r}"
                yield found("language-asset", row, field, what, ", ".join(ASSETS))


def fulfilment(row: Row) -> Iterator[Finding]:
    """What has to be delivered is announced to be, and what is announced is allowed."""
    if row.allowed and row.holdback:
        what = "languages are allowed, and others held back"
        yield found("allowed-and-held-back", row, "holdback", what, "one of AllowedLanguages and HoldbackLanguage")
    for use in row.required:
        if not _is_among(use, row.asset_languages):
            what = f"{use.tag} has to be delivered, and is no AssetLanguage"
            yield found("required-not-offered", row, "required", what, "languages of AssetLanguage")
    for use in row.asset_languages:
        if any(_is_same(use, held) for held in row.holdback):
            yield found("offered-held-back", row, "holdback", f"{use.tag} is an AssetLanguage", "another language")
        elif row.allowed and not _is_among(use, row.allowed):
            yield doubted(
                "offered-not-allowed", row, "asset_languages", f"{use.tag} is not allowed", "AllowedLanguages"
            )


def _is_among(use: LanguageUse, others: tuple[LanguageUse, ...]) -> bool:
    """Whether a language is covered by others: by the same carrier, or by one that is not limited."""
    fits = frozenset(other.tag for other in others if other.asset in {"", "subdub", use.asset} or not use.asset)
    return language.covers(fits, use.tag)


def _is_same(use: LanguageUse, held: LanguageUse) -> bool:
    return language.covers(frozenset({held.tag}), use.tag) and held.asset in {"", "subdub", use.asset}
