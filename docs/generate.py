"""Writes the pages of this folder from the code and from not_automated.toml; with --check it only compares."""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import translations
import vocabularies

from assets import platform, rights
from checks import codes, suites
from cli.listings import lead_text, settings_text
from cli.main import COMMANDS, group
from cli.render import formats
from storage import provider
from storage.trials import suite

HERE = Path(__file__).resolve().parent
NOTE = "<!-- made by docs/generate.py: change the code, then run `python3 dev.py fix` -->\n"

ACROSS_TRACKS = frozenset(
    {
        "title/coverage-gap",
        "title/cue-counts-differ",
        "title/cue-times-differ",
        "title/forced-not-in-full",
        "title/languages-swapped",
        "title/last-cue-far-from-end",
        "title/names-differ",
        "title/numbers-differ",
        "title/same-text",
        "title/track-missing",
        "title/track-out-of-sync",
        "title/track-twice",
    }
)
"""The checks of titles that compare subtitles: they are rules of subtitles too."""


def checks() -> str:
    """Every check, by family, with what it judges and which platforms ask for it."""
    platforms = [platform.load(name) for name in platform.available()]
    lines = [NOTE, "# Checks", ""]
    lines += [
        "Each is on only where a platform asks for it. `releaseprint explain CHECK` prints the same with sources.",
        "",
    ]
    family = ""
    for name in suites.all_names():
        check = suites.load(name)
        if check.family != family:
            family = check.family
            lines += [f"## {family}", ""]
        asking = [item for item in platforms if name in item.checks]
        grades = ", ".join(f"{item.id} ({item.checks[name].severity})" for item in asking) or "none of the shipped ones"
        lines += [f"### {name}", "", check.title, "", check.advice, ""]
        if check.limits is not None:
            lines += [f"Limits: {' '.join((check.limits.__doc__ or '').split())}", ""]
        lines += [f"Platforms: {grades}", ""]
    return "\n".join(lines)


def platforms() -> str:
    """Every shipped platform with its checks, limits and sources."""
    lines = [
        NOTE,
        "# Platforms",
        "",
        "Generic specs, one a media right; a private platform is a file of the user's.",
        "",
    ]
    for name in platform.available():
        item = platform.load(name)
        lines += [
            f"## {item.id}",
            "",
            f"{item.name}: {rights.media_rights()[item.right]}, revision {item.revision}.",
            "",
        ]
        lines += [f"Source: {item.source}. Subtitles are delivered as {item.package.subtitle_format}.", ""]
        if lead := item.lead_time:
            lines += [f"{lead_text(lead).capitalize()}; source: {lead.source} ({lead.verified_on}).", ""]
        lines += ["| check | severity | limits | source | verified |", "|---|---|---|---|---|"]
        for check, settings in item.checks.items():
            cells = (check, settings.severity, settings_text(settings), settings.source, str(settings.verified_on))
            lines.append(_row(*cells))
        lines.append("")
    return "\n".join(lines)


def rules() -> str:
    """Every rule of subtitles with its source and who asks for it, and the rules that a person has to judge."""
    platforms = [platform.load(name) for name in platform.available()]
    lines = [
        NOTE,
        "# Rules of subtitles",
        "",
        "A source is named with its revision; `verified` is when it was last read.",
        "",
    ]
    lines += [_row("rule", "check", "source", "verified", "severity by platform"), "|---|---|---|---|---|"]
    for name in suites.all_names():
        check = suites.load(name)
        if check.family != "subtitle" and name not in ACROSS_TRACKS:
            continue
        asked: dict[tuple[str, str], dict[str, list[str]]] = {}
        for item in platforms:
            if name in item.checks:
                settings = item.checks[name]
                key = settings.source, str(settings.verified_on)
                asked.setdefault(key, {}).setdefault(settings.severity, []).append(item.id)
        for (source, verified), grades in asked.items():
            who = "; ".join(
                f"{severity}: {'all' if len(ids) == len(platforms) else ', '.join(ids)}"
                for severity, ids in grades.items()
            )
            lines.append(_row(check.title, name, source, verified, who))
    lines += ["", "## Not automated", "", "These are left to a person, and no report says that they hold.", ""]
    lines += [_row("rule", "languages", "source", "why"), "|---|---|---|---|"]
    for rule in tomllib.loads((HERE / "not_automated.toml").read_text(encoding="utf-8"))["rule"]:
        lines.append(_row(rule["rule"], rule["languages"], rule["source"], rule["reason"]))
    return "\n".join([*lines, ""])


def _row(*cells: str) -> str:
    """A row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


_SETTINGS = ("checksum", "conditional writes", "list version")


def stores() -> str:
    """Every provider of stores with its sources, and every trial of `store test` with what follows from it."""
    lines = [NOTE, "# Stores", ""]
    lines += [
        'A provider is named beside the URL: `provider = "wasabi"` in a `[stores.<name>]` table of releaseprint.toml,',
        "or RELEASEPRINT_S3_PROVIDER. It fills in what the table leaves open. A dash is what no source says: whether",
        "writes can be conditional is then tried, and everything else is for you to set.",
        "",
        _row("provider", "name", "endpoint", "region", "path style", *_SETTINGS, "source", "verified"),
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    providers = {name: provider.load(name) for name in provider.available()}
    words = {True: "yes", False: "no", None: "—"}
    for name, item in providers.items():
        place = (f"`{item.endpoint}`" if item.endpoint else "—", item.region or "—", words[item.path_style])
        kept = (item.checksum, words[item.conditional_writes], str(item.list_version))
        lines.append(_row(name, item.name, *place, *kept, item.source, str(item.verified_on)))
    lines += ["", "## Quirks", "", _row("provider", "what to know", "source", "verified"), "|---|---|---|---|"]
    for name, item in providers.items():
        lines += [_row(name, quirk.text, quirk.source, str(quirk.verified_on)) for quirk in item.quirks]
    lines += ["", "## What `store test` measures", "", _row("group", "trial", "if yes", "if not"), "|---|---|---|---|"]
    lines += [_row(trial.group, trial.name, trial.if_yes, trial.if_not) for trial in suite.TRIALS]
    return "\n".join([*lines, ""])


def report_formats() -> str:
    """Every format of reports, and what each check is called by others."""
    lines = [NOTE, "# Formats of reports", ""]
    lines += [
        "`--output-format NAME=PATH` writes a file, `--output-format NAME` takes standard output; several at once come",
        "from one run. Standard output is text unless it is given another format. Paths in a format are relative to",
        "the catalogue, or to GITHUB_WORKSPACE where the catalogue lies in it.",
        "",
    ]
    for name in formats.names():
        module = sys.modules[formats.load(name).render.__module__]
        lines += [f"## {name}", "", (module.__doc__ or "").strip(), ""]
    lines += ["## What others call a severity", "", _row("here", "MovieLabs delivery 1.4", "Netflix", "Prime Video")]
    lines += ["|---|---|---|---|"]
    lines += [_row(name, item.movielabs, item.netflix, item.prime) for name, item in codes.grades().items()]
    lines += ["", "## What others call a finding", ""]
    lines += [f"Category and term of {codes.VOCABULARY} (2019-12-17). `≈`: the nearest term that was read, which says"]
    lines += ["less or more. The number is that of Netflix' QC glossary (article 360050414074).", ""]
    lines += [_row("check", "category", "term", "Netflix"), "|---|---|---|---|"]
    for name in suites.all_names():
        code = codes.code_of(name)
        term = (
            f"≈ {code.term}" if code.is_closest else code.term or (code.none and f"none: {code.none}") or "none is near"
        )
        number = f"[{code.netflix}] {codes.glossary()[code.netflix]}" if code.netflix else ""
        lines.append(_row(name, code.category, term, number))
    return "\n".join([*lines, ""])


def commands() -> str:
    """Every command's help."""
    lines = [NOTE, "# Commands", ""]
    for name in ("", *COMMANDS):
        found = group.get_command(click.Context(group), name) if name else group
        title = f"releaseprint {name}".strip()
        if found is not None:
            lines += _help(title, found)
            parts = found.commands if name and isinstance(found, click.Group) else {}
            for part in sorted(parts):
                lines += _help(f"{title} {part}", parts[part])
    return "\n".join(lines)


def _help(title: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=title, max_content_width=100, terminal_width=100)
    return [f"## {title}", "", "```text", command.get_help(context), "```", ""]


def languages() -> str:
    """How much of a report is said in which language."""
    return f"{NOTE}\n{translations.page()}"


def words_of_deals() -> str:
    """What the rights and territories of a deal are, and what others call them."""
    return f"{NOTE}\n{vocabularies.page(_row)}"


PAGES: dict[str, Callable[[], str]] = {
    "checks.md": checks,
    "platforms.md": platforms,
    "rules.md": rules,
    "stores.md": stores,
    "formats.md": report_formats,
    "cli.md": commands,
    "languages.md": languages,
    "vocabularies.md": words_of_deals,
}


def main(*, check: bool) -> int:
    """Write the pages, or say which are out of date."""
    stale = []
    for name, make in PAGES.items():
        path, text = HERE / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and stale:
        print(f"docs are out of date: {', '.join(stale)}; run `python3 dev.py fix`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
