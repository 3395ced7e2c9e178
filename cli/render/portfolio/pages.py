"""The pages of the portfolio as text. Every text is escaped by the template engine; a page loads only its own files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from assets.text import primary
from assets.version import tool_version
from cli.render.portfolio import data, facts
from cli.render.portfolio.facts import Entry
from cli.render.portfolio.wording import Words
from cli.render.words import visible

_HERE = Path(__file__).parent
_TONES = 8
SCRIPTS = ("spelling.js", "index.js", "request.js")
POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that the pages are made of. `mailto` is the address that requests are written to, or empty."""

    entries: Sequence[Entry]
    languages: tuple[str, ...]
    day: date
    mailto: str = ""


def files(site: Site) -> Iterator[tuple[str, str]]:
    """Every text of the site: its path and what it says."""
    yield "index.html", _template("landing.html.j2").render(_common(site, "en", "") | {"tongues": _tongues(site)})
    yield "portfolio.css", (_HERE / "portfolio.css").read_text(encoding="utf-8")
    for script in SCRIPTS:
        yield script, (_HERE / script).read_text(encoding="utf-8")
    yield "titles.js", data.titles_script(site.entries)
    by_id = {entry.title.id: entry for entry in site.entries}
    for language in site.languages:
        yield f"{language}/names.js", data.names_script(site.entries, Words(language))
        yield f"{language}/index.html", _index(site, language)
        for entry in site.entries:
            yield f"{language}/titles/{entry.title.id}.html", _title(site, entry, by_id, language)


def _index(site: Site, language: str) -> str:
    ordered = sorted(site.entries, key=lambda entry: _order(entry, language))
    common = _common(site, language, "../")
    return _template("index.html.j2").render(
        common | {"entries": ordered, "turn": _turns(site, language, "index.html")}
    )


def _order(entry: Entry, language: str) -> tuple[bool, str, str]:
    """By name; first those that have one in the language of the page."""
    name = facts.name(entry.title, language)
    return primary(name.language) != language, name.text.casefold(), entry.title.id


def _title(site: Site, entry: Entry, by_id: Mapping[str, Entry], language: str) -> str:
    path = f"titles/{entry.title.id}.html"
    own = {
        "entry": entry,
        "title": entry.title,
        "similar": [by_id[name] for name in entry.similar],
        "turn": _turns(site, language, path, up="../"),
        "mailto": quote(site.mailto, safe="@"),
    }
    return _template("title.html.j2").render(_common(site, language, "../../") | own)


def _common(site: Site, language: str, root: str) -> dict[str, object]:
    words = Words(language)
    return {
        "day": site.day,
        "facts": facts,
        "language": language,
        "policy": POLICY,
        "root": root,
        "say": words.say,
        "version": tool_version(),
        "words": words,
    }


def _tongues(site: Site) -> list[tuple[str, str, str]]:
    """The languages of the site: tag, own name, what the portfolio is called in it."""
    said = [(language, Words(language)) for language in site.languages]
    return [(tag, words.say("page.language_name"), words.say("page.portfolio")) for tag, words in said]


def _turns(site: Site, language: str, path: str, up: str = "") -> list[tuple[str, str, str, bool]]:
    """The same page in every language of the site: tag, own name, where it is, whether it is this one."""
    return [(tag, name, f"{up}../{tag}/{path}", tag == language) for tag, name, _ in _tongues(site)]


def _paragraphs(text: str) -> list[str]:
    """A text in its paragraphs, which lines of their own are."""
    return [part.strip() for part in text.splitlines() if part.strip()]


def _tone(title_id: str) -> int:
    """One of the colours that a title without a poster gets, always the same."""
    return sha256(title_id.encode()).digest()[0] % _TONES


def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {"paragraphs": _paragraphs, "tone": _tone}
    return environment


def _shown(value: object) -> object:
    """What a template may print: text in its visible form, and what the engine itself has made."""
    return value if isinstance(value, Markup) else visible(str(value))
