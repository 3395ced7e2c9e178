"""What the code says in a report, found in its syntax tree, and which of it is said in every language: languages.md."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checks import suites
from cli.render.languages.book import LANGUAGES, PHRASES, has_words, tables

CHECKS = Path(__file__).resolve().parent.parent / "checks"
SHARED = "shared by families"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
_PLACE = re.compile(r"\{\w*\}")
_REASONS = {"CannotCheck": 0, "NotAsked": 0, "no_sound": 1, "NotChecked": 2}
"""Calls that say why something was not checked, and which of their arguments says it."""


@cache
def templates() -> dict[str, frozenset[str]]:
    """The templates of findings by family of checks; those that need no translation are left out."""
    found: dict[str, set[str]] = {}
    for family, tree in _trees():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in _calls(function, {"Problem": 0}):
                texts = _texts(call.args[0], function)
                if not texts:
                    raise ValueError(f"{family}: line {call.lineno}: the template of a Problem is not to be found")
                found.setdefault(family, set()).update(filter(has_words, texts))
    return {family: frozenset(texts) for family, texts in sorted(found.items())}


@cache
def reasons() -> frozenset[str]:
    """Why something is not checked, as far as checks say it themselves; each value is `{}`."""
    return frozenset(
        shape(text)
        for _, tree in _trees()
        for call in _calls(tree, _REASONS)
        for text in _texts(call.args[_REASONS[_name(call)]], tree)
        if has_words(text)
    )


@cache
def titles() -> frozenset[str]:
    """The first line of every check."""
    return frozenset(suites.load(name).title for name in suites.all_names())


def shape(text: str) -> str:
    """A text whose places have no names."""
    return _PLACE.sub("{}", text)


def said(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The templates and the phrases that a language has."""
    files = list(tables(language))
    return (
        frozenset(text for name, table in files if name not in PHRASES for text in table),
        frozenset(text for name, table in files if name in PHRASES for text in table),
    )


def rows() -> Iterator[tuple[str, frozenset[str], dict[str, frozenset[str]]]]:
    """Every kind of text: its name, the texts, and those of them that a language lacks."""
    known = {language: said(language) for language in TRANSLATED}
    for family, texts in templates().items():
        yield f"findings: {family}", texts, {language: texts - known[language][0] for language in TRANSLATED}
    yield "titles of checks", titles(), {language: titles() - known[language][1] for language in TRANSLATED}
    shapes = {language: frozenset(map(shape, known[language][1])) for language in TRANSLATED}
    yield "not checked: why", reasons(), {language: reasons() - shapes[language] for language in TRANSLATED}


def page() -> str:
    """How much of a report is said in each language, and what is not."""
    found = list(rows())
    lines = [
        "# Languages",
        "",
        "A report is in English, Korean (`ko`) or Japanese (`ja`): `--lang`, or RELEASEPRINT_LANG. What has no",
        "translation is shown in English; so is what libraries and other programs say, the name of a clause, and most",
        "that the specifications of TTML and WebVTT ask for. The texts are TOML files in `cli/render/languages`;",
        "CONTRIBUTING.md says how one is added.",
        "",
        f"| texts | number | {' | '.join(TRANSLATED)} |",
        f"|---|---|{'---|' * len(TRANSLATED)}",
    ]
    for name, texts, missing in found:
        counts = (str(len(texts) - len(missing[language])) for language in TRANSLATED)
        lines.append(f"| {name} | {len(texts)} | {' | '.join(counts)} |")
    lines += ["", "## In English only", ""]
    left = [
        f"* {name} ({language}): `{text}`"
        for name, _, missing in found
        for language in TRANSLATED
        for text in sorted(missing[language])
    ]
    return "\n".join([*lines, *(left or ["Nothing."]), ""])


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    """The modules of checks, each with its family."""
    paths = sorted(CHECKS.rglob("*.py"))
    families = [path.parent.name if path.parent != CHECKS else SHARED for path in paths]
    return tuple(
        (family, ast.parse(path.read_text(encoding="utf-8"))) for family, path in zip(families, paths, strict=True)
    )


def _calls(tree: ast.AST, names: dict[str, int]) -> Iterator[ast.Call]:
    """The calls of these names that have the argument at that number."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > names.get(_name(node), len(node.args)):
            yield node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _texts(node: ast.expr, scope: ast.AST) -> list[str]:
    """The texts that an expression may be; those of a name are looked for in what is assigned to it in its scope."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, scope) + _texts(node.orelse, scope)
    if isinstance(node, ast.Name):
        return [
            text
            for item in ast.walk(scope)
            if isinstance(item, ast.Assign) and any(_is_named(target, node.id) for target in item.targets)
            for text in _texts(item.value, scope)
        ]
    return []


def _is_named(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name
