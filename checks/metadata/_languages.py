"""Texts by language: what the checks of names and synopses share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from assets import language
from assets.title import Title
from checks.title._declared import ORIGINAL, meant


def _language(tag: str) -> str:
    if tag != ORIGINAL and not language.is_valid(tag):
        raise ValueError(f"{tag!r} is no language; a BCP-47 tag or {ORIGINAL!r}")
    return tag


Languages = Annotated[list[Annotated[str, AfterValidator(_language)]], Field(min_length=1)]
"""Language tags of a platform's list; `original` stands for the programme's original language."""


def missing(texts: Mapping[str, str], wanted: Sequence[str], title: Title) -> Iterator[str]:
    """The wanted languages that no text is in; `pt` is also had as `pt-BR`. None comes twice."""
    for tag in dict.fromkeys(meant(item, title) for item in wanted):
        if not any(language.covers(frozenset({tag}), had) for had in texts):
            yield tag
