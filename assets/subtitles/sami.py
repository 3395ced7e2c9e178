"""SAMI (.smi), the closed captions of Korea: SYNC elements that each say what is shown from then on, a P a language.

Kept: text, italic, bold, underline, colour and face of fonts, ruby, and every class: the cues of all languages are
read, those of other languages than the first in runs that say so. A SYNC with nothing but `&nbsp;` ends what was shown.
Files are read as they are found: tags not closed, quotes missing, times out of order, no class, no end.

Source: Microsoft, "Understanding SAMI 1.0".
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assets.language import same_language
from assets.subtitles import faults, markup, sami_head, sami_text, sami_write
from assets.subtitles.decoding import newlines
from assets.subtitles.errors import NotSubtitlesError
from assets.subtitles.format import Feature, Format, Grid
from assets.subtitles.model import Cue, Damage, Document
from assets.subtitles.sami_scan import SYNC, Scan
from assets.timing import Time

_SAMI = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->|<!doctype[^>]*>|<\?[^>]*>)*<sami[\s>]", re.IGNORECASE | re.DOTALL)
_HEAD = 20_000

OTHER_LANGUAGE = "other-language"
"""The kind of damage that counts the cues of languages that were not asked for."""


def is_sami(text: str) -> bool:
    """Whether a text is SAMI: it begins with its root element, or has a SYNC with a start."""
    head = text[:_HEAD].lstrip("\ufeff")
    if _SAMI.match(head) is not None:
        return True
    match = SYNC.search(head) if head.lstrip().startswith("<") else None
    return match is not None and "start" in match[1].lower()


def read(text: str) -> Document:
    """The cues of all classes in the order of the file, and all that is wrong with it or not kept of it."""
    text = newlines(text)
    scan = Scan(text)
    if _SAMI.match(text[:_HEAD].lstrip("\ufeff")) is None:
        scan.report("bad-header", 1, "the file does not begin with SAMI; some players refuse it", text[:40])
    declared = scan.read()
    languages = _classes(scan, declared)
    endless: list[int] = []
    cues = list(_cues(scan, languages, endless))
    scan.damage.extend(faults.closed(cues, endless))
    scan.damage.extend(faults.of_cues(cues))
    return Document(tuple(cues), tuple(scan.damage), next(iter(languages.values()), ""))


def _classes(scan: Scan, declared: Mapping[str, str]) -> dict[str, str]:
    """The language of each class that says something, the first one declared first. A P without a class is of it."""
    used = dict.fromkeys(item.name for item in scan.said if item.name)
    order = [
        *(name for name in declared if name in used),
        *(name for name in used if name not in declared),
    ]
    for name in order:
        if name not in declared:
            scan.report("bad-reference", 1, "no such class is declared in the style sheet", name)
    first = order[0] if order else next(iter(declared), "")
    for item in scan.said:
        item.name = item.name or first
        item.clear = sami_text.is_clear(item.source)
    languages = {name: declared.get(name) or sami_head.language("", name) for name in order or [first]}
    if len({item.name for item in scan.said if not item.clear}) > 1:
        what = f"{len(languages)} languages in one file"
        scan.report("several-languages", 1, what, ", ".join(f"{name} {tag}".strip() for name, tag in languages.items()))
    return languages


def _cues(scan: Scan, languages: dict[str, str], endless: list[int]) -> Iterator[Cue]:
    """A cue for each text: it ends where its class says something else, or where its SYNC says.

    The places of those that nothing ends are added to `endless`.
    """
    following: dict[str, Time] = {}
    for item in sorted(scan.said, key=lambda item: item.start)[::-1]:
        item.next_start = following.get(item.name)
        following[item.name] = item.start
    number = 0
    main = next(iter(languages.values()), "")
    for item in scan.said:
        if item.clear:
            if "<" in item.source:
                notes = sami_text.read(item.source)[1]
                scan.report_all(item.line, (note for note in notes if note[0] != "unbalanced-tag"))
            continue
        number += 1
        runs, notes = sami_text.read(item.source)
        scan.report_all(item.line, notes)
        ends = [time for time in (item.end, item.next_start) if time is not None]
        if not ends:
            endless.append(number - 1)
        tag = languages.get(item.name, "")
        if tag != main:
            runs = markup.tidy(replace(run, language=tag) for run in runs)
        yield Cue(number, item.start, min(ends, default=item.start), runs, item.line)


def of_language(document: Document, language: str) -> Document:
    """The cues of one language; those of the others are counted in the damage.

    Raises NotSubtitlesError if there are several languages and none of them is this one.
    """
    tags = Counter(markup.language_of(cue) or document.language for cue in document.cues)
    if len(tags) < 2:  # noqa: PLR2004 -- one language, or no cue
        return document
    wanted = {tag for tag in tags if tag and same_language(tag, language)}
    if not wanted:
        shown = ", ".join(tag or "one that is not named" for tag in tags)
        raise NotSubtitlesError(f"several languages in one file: {shown}; none of them is {language}")
    left = ", ".join(
        f"{tag or 'no language'} ({count} cue{'s' * (count > 1)})" for tag, count in tags.items() if tag not in wanted
    )
    kept = [cue for cue in document.cues if (markup.language_of(cue) or document.language) in wanted]
    tag = next(tag for tag in tags if tag in wanted)
    cues = tuple(
        replace(
            cue, number=number, runs=markup.tidy(replace(run, language=_beside(run.language, tag)) for run in cue.runs)
        )
        for number, cue in enumerate(kept, 1)
    )
    damage = Damage(OTHER_LANGUAGE, 1, f"cues of other languages, which are left out: {left}")
    return replace(document, cues=cues, damage=(*document.damage, damage), language=tag)


def _beside(language: str, main: str) -> str:
    return "" if language == main else language


FORMAT = Format(
    id="sami",
    name="SAMI",
    suffix="smi",
    matches=is_sami,
    read_text=read,
    write=sami_write.write,
    holds=frozenset(
        {
            Feature.ITALIC,
            Feature.BOLD,
            Feature.UNDERLINE,
            Feature.RUBY,
            Feature.COLOUR,
            Feature.FONT,
            Feature.LANGUAGE,
        }
    ),
    grid=Grid.MILLISECONDS,
    losses=sami_write.losses,
    one_at_a_time=True,
    of_language=of_language,
)
