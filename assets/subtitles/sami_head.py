"""The classes of a SAMI file: what its style sheet says of each language, and what a language is called.

Source: Microsoft, "Understanding SAMI 1.0": a class has a Name, a lang and a SAMIType, and each P names its class.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assets.text import primary

PREFERRED = {"ko": "KRCC", "en": "ENCC", "ja": "JPCC", "zh": "CNCC"}
"""The class names that players know."""

NEUTRAL = "P { text-align:center; }"
"""What is written of the look, and says nothing that is not kept."""

_OF_CLASSES = {
    **{name: tag for tag, name in PREFERRED.items()},
    **dict.fromkeys(("KR", "KO", "KOCC", "KOKRCC", "KORCC", "KOREAN"), "ko"),
    **dict.fromkeys(("EN", "EGCC", "ENGCC", "ENUSCC", "ENGLISH"), "en"),
    **dict.fromkeys(("JP", "JA", "JACC", "JAJPCC", "JAPANESE"), "ja"),
    **dict.fromkeys(("CN", "ZH", "CHCC", "ZHCC", "CHINESE"), "zh"),
}
_COUNTRIES = {"kr": "ko", "jp": "ja", "cn": "zh"}
"""Countries that files have where their language belongs: `lang:kr-KR`."""

_CLASS = re.compile(r"\s*\.([\w-]{1,64})\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}", re.ASCII)
_COMMENT = re.compile(r"<!--|-->|/\*.*?(?:\*/|\Z)", re.DOTALL)
_KEPT = frozenset({"name", "lang", "samitype"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a style sheet declares: the language of each class by its name in capitals; and what is not kept of it."""

    languages: Mapping[str, str]
    lost: tuple[str, ...]


def sheet(text: str) -> Sheet:
    """The classes of a style sheet."""
    languages: dict[str, str] = {}
    lost: list[str] = []
    *rules, rest = _COMMENT.sub(" ", text).split("}")
    for rule in rules:
        selector, _, body = rule.partition("{")
        name = _CLASS.fullmatch(selector)
        values = dict(_declarations(body))
        if name:
            languages[name[1].upper()] = language(values.get("lang", ""), name[1])
        others = {key: value for key, value in values.items() if not (name and key in _KEPT)}
        if others and not (selector.strip().upper() == "P" and others == {"text-align": "center"}):
            lost.append(" ".join(f"{rule}}}".split()))
    return Sheet(languages, (*lost, *filter(None, [" ".join(rest.split())])))


def _declarations(text: str) -> Iterable[tuple[str, str]]:
    for part in text.split(";"):
        key, _, value = part.partition(":")
        if key.strip():
            yield key.strip().lower(), value.strip()


def language(declared: str, class_name: str) -> str:
    """The language of a class: as it is declared, a country put right; otherwise what its name is known for."""
    if _LANGUAGE.fullmatch(declared):
        head, rest = declared[: len(primary(declared))], declared[len(primary(declared)) :]
        return _COUNTRIES.get(head.lower(), head) + rest
    return _OF_CLASSES.get(class_name.upper(), "")


def is_writable(tag: str) -> bool:
    """Whether a language tag is read back as it is written."""
    return not tag or (_LANGUAGE.fullmatch(tag) is not None and language(tag, "") == tag)


def class_names(languages: Iterable[str]) -> dict[str, str]:
    """A class name for each language, the customary one where there is one."""
    names: dict[str, str] = {}
    for tag in languages:
        letters = re.sub("[^A-Za-z0-9]", "", tag).upper() or "UNKNOWN"
        wanted = [PREFERRED.get(primary(tag), f"{primary(tag).upper()}CC")] if primary(tag).isalnum() else []
        numbered = (f"{letters}{number}CC" for number in range(2, len(names) + 3))
        taken = set(names.values())
        names.setdefault(tag, next(name for name in (*wanted, f"{letters}CC", *numbered) if name not in taken))
    return names
