"""What the code says in a report, found in its syntax tree, and which of it is said in every language: languages.md."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checks import suites
from cli.render.languages.book import LANGUAGES, PHRASES, has_words, load, tables

CHECKS = Path(__file__).resolve().parent.parent / "checks"
SHARED = "shared by families"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
BY_DESIGN = (
    "`--lang` holds for the text, the page, the QC notes, comparisons (`platforms --diff`, too) and every format. In",
    "English stay, whatever the language:",
    "",
    "* what a machine knows something by: names of checks, keys of limits, columns of the CSV and its states, names of",
    "  JUnit's suites and cases, rules, levels and places of SARIF, categories and terms of the vocabulary. A pipeline",
    "  keeps its history in another language;",
    "* the JSON: a finding has its template and its values, so that a reader can say it in any language;",
    "* the source of a limit, word for word as the platform's file cites it;",
    "* the advice of a check, in `explain`, docs/checks.md and SARIF's `help`: long texts that change with the check;",
    "* errors, `--help`, logs and what `platforms` lists: they name options and keys, and are what people search for.",
)
_PLACE = re.compile(r"\{\w*\}")
_REASONS = {"CannotCheck": 0, "NotAsked": 0, "no_sound": 1, "NotChecked": 2}
"""Calls that say why something was not checked, and which of their arguments says it."""
DISTANT = CHECKS.parent / "assets" / "distant"
_DISTANT = {"Trouble": 0, "AgainError": 0, "_failed": -1}
"""Calls by which the readers of files in stores tell what is wrong, and which argument says it."""
SUBTITLES = CHECKS.parent / "assets" / "subtitles"
_DAMAGE = {"Damage": 2, "report": 2, "_report": 2, "note": 1}
"""Calls by which the readers of subtitle files tell of damage, functions and methods, and which argument says it."""


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
def damage() -> frozenset[str]:
    """What is wrong with subtitle files, as their readers say it, without the block or channel; each value is `{}`."""
    found: set[str] = set()
    for path in sorted(SUBTITLES.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                at = _DAMAGE.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
                if at is not None and len(call.args) > at:
                    found.update(_texts(call.args[at], function))
    return frozenset(filter(has_words, (text.removeprefix("{}: ") for text in found)))


@cache
def distant() -> frozenset[str]:
    """Why a file cannot be measured in its store, without its name there; each value is `{}`."""
    found: set[str] = set()
    for path in sorted(DISTANT.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in _DISTANT:
                found.update(_texts(call.args[_DISTANT[name]], tree))
    return frozenset(filter(has_words, (text.removeprefix("{}: ") for text in found)))


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
    yield "a file in a store: why", distant(), {language: _unsaid(distant(), language) for language in TRANSLATED}
    yield "damage of subtitle files", damage(), {language: _unsaid(damage(), language) for language in TRANSLATED}


def _unsaid(texts: frozenset[str], language: str) -> frozenset[str]:
    """Those that stay in English, whatever their values: a phrase may be made of others."""
    book = load(language)
    samples = {text: text.replace("{}", "7") for text in texts}
    return frozenset(text for text, sample in samples.items() if book and book.phrase(sample) == sample)


def page() -> str:
    """How much of a report is said in each language, and what is not."""
    found = list(rows())
    lines = [
        "# Languages",
        "",
        "A report is in English, Korean (`ko`) or Japanese (`ja`): `--lang`, or RELEASEPRINT_LANG. What has no",
        "translation is shown in English; so is what libraries and other programs say, and rarer",
        "things that the specifications of TTML and WebVTT ask for; their keywords are theirs. The texts are TOML",
        "files in `cli/render/languages`; CONTRIBUTING.md says how one is added.",
        "",
        *BY_DESIGN,
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


def _texts(node: ast.expr, scope: ast.AST, seen: frozenset[str] = frozenset()) -> list[str]:
    """The texts that an expression may be; those of a name are looked for in what is assigned to it in its scope."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return _texts(node.body, scope, seen) + _texts(node.orelse, scope, seen)
    if isinstance(node, ast.Name) and node.id not in seen:
        return [
            text
            for item in ast.walk(scope)
            if isinstance(item, ast.Assign) and any(_is_named(target, node.id) for target in item.targets)
            for text in _texts(item.value, scope, seen | {node.id})
        ]
    return []


def _is_named(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name
