"""What a page says of a title, in the language of the page; each text knows the language that it is written in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assets.portfolio.local_names import language_name, sorted_names, spread, territory_name
from assets.portfolio.sales import Offers, Sale, categories
from assets.rights import tree
from assets.territory import all_codes
from assets.text import primary
from assets.timing import TICKS_PER_SECOND
from assets.title import Title
from cli.render.portfolio.wording import Words


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language (BCP-47), empty for that of the page."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Copies of one picture by their widths: names of files; `language` is that of its lettering."""

    copies: tuple[tuple[int, str], ...]
    width: int
    height: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A title of the portfolio with everything that its pages say. `offers` None: no mandate is recorded."""

    title: Title
    offers: Offers | None
    similar: tuple[str, ...] = ()
    posters: tuple[Picture, ...] = ()
    wides: tuple[Picture, ...] = ()
    trailer: str = ""
    """The name of a file of the site, an address on the web, or nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What can be bought of a category: for each word the countries, in short, or a number and the list."""

    category: str
    within: str
    lines: tuple[tuple[Sale, str, tuple[str, ...]], ...] = field(default=())


LONG_LIST = 24
"""Countries of which more than these are counted, and listed behind the number."""


def name(title: Title, language: str) -> Text:
    """The name of a title for a page: in its language, else in English, the original, or the first."""
    for wanted in (language, "en", primary(title.programme.original_language)):
        for tag, text in title.names.items():
            if primary(tag) == wanted:
                return Text(text, tag)
    tag, text = next(iter(title.names.items()))
    return Text(text, tag)


def further_names(title: Title) -> list[Text]:
    """The names beside those that a title is listed under, each once; no working titles."""
    found = (Text(other.text, other.language) for other in title.other_names if other.kind != "working")
    return list({item.text: item for item in found}.values())


def synopses(title: Title, language: str) -> tuple[Text | None, list[Text]]:
    """The synopsis in the language of a page, and those in the others: the long one where there is one."""
    found = {**title.short_synopses, **title.synopses}
    own = next((tag for tag in found if primary(tag) == language), None)
    others = [Text(text.strip(), tag) for tag, text in found.items() if tag != own]
    return (Text(found[own].strip(), own) if own else None), others


def picture(pictures: Sequence[Picture], language: str) -> Picture | None:
    """The picture for a page: with lettering in its language, else in none, else in English, else the first."""
    for wanted in (language, "", "en"):
        for item in pictures:
            if primary(item.language) == wanted:
                return item
    return pictures[0] if pictures else None


def minutes(title: Title) -> int:
    """The running time in whole minutes, as declared; 0 if it is not."""
    programme = title.programme
    return programme.minutes or round(programme.runtime / (60 * TICKS_PER_SECOND))


def summary(title: Title, words: Words) -> list[str]:
    """The line below a name: year, running time, original language."""
    programme = title.programme
    found = [str(programme.production_year)]
    if programme.episodes > 1:
        found.append(words.say("page.episodes", count=programme.episodes))
    if minutes(title):
        found.append(words.say("page.minutes", count=minutes(title)))
    return [*found, language_name(programme.original_language, words.language)]


def genres(title: Title, words: Words) -> list[str]:
    """The genres in the language of a page, where its words have them."""
    return [words.called("genre", genre) for genre in title.programme.genres]


def details(title: Title, words: Words) -> Iterator[tuple[str, list[Text]]]:
    """The rows of the programme's details: what it is called, and its values; only what is known."""
    programme = title.programme
    runtime = minutes(title)
    release = programme.release_date
    rows = (
        ("format", [programme.format.replace(" x ", " × ")] if programme.episodes > 1 and programme.format else []),
        ("runtime", [words.say("page.minutes", count=runtime)] if runtime else []),
        ("year", [str(programme.production_year)]),
        ("release", [words.day(release)] if release else []),
        ("original_language", [language_name(programme.original_language, words.language)]),
        ("countries", [territory_name(code, words.language) for code in programme.production_countries]),
        ("genres", genres(title, words)),
        ("companies", list(programme.production_companies)),
        ("releases", _releases(title, words)),
        ("versions", _versions(title, words)),
    )
    yield from ((words.say(f"title.{key}"), [Text(text) for text in texts]) for key, texts in rows if texts)
    if others := further_names(title):
        yield words.say("title.other_names"), others


def credits_of(title: Title, words: Words) -> dict[str, list[str]]:
    """The people and companies by what they did."""
    found: dict[str, list[str]] = {}
    for credit in title.credits:
        found.setdefault(words.called("role", credit.role, credit.role.replace("-", " ")), []).append(credit.name)
    return found


def _releases(title: Title, words: Words) -> list[str]:
    return [
        f"{words.day(item.date)} · {_place(item.territory, words)} · {words.called('release', item.kind)}"
        for item in sorted(title.releases, key=lambda item: (item.date, item.territory))
    ]


def _place(territory: str, words: Words) -> str:
    if territory.lower() == "worldwide":
        return words.say("rights.worldwide")
    return territory_name(territory, words.language) if territory in all_codes() else territory


def _versions(title: Title, words: Words) -> list[str]:
    found = []
    for version in title.versions:
        spoken = dict.fromkeys(audio.language for audio in version.audio) or {version.language: None}
        sound = words.listed([language_name(tag, words.language) for tag in spoken])
        read = dict.fromkeys(track.language for track in version.subtitles)
        names = words.listed([language_name(tag, words.language) for tag in read])
        found.append(f"{sound} ({words.say('title.subtitles_with', names=names)})" if read else sound)
    return list(dict.fromkeys(found))


def sales(offers: Offers, words: Words) -> dict[str, list[Told]]:
    """The rows of the table of rights, by the group they stand in."""
    found: dict[str, list[Told]] = {}
    for row in categories():
        if row.id in offers:
            lines = tuple((sale, *_where(codes, words)) for sale, codes in offers[row.id].items())
            name = words.called("category", row.id, tree.nodes()[row.id].name)
            group = words.called("category", row.within, tree.nodes()[row.within].name)
            if row.within == "all-rights" and row.id in {"educational", "non-theatrical"}:
                group = name
            found.setdefault(group, []).append(Told(name, group, lines))
    return found


def _where(codes: frozenset[str], words: Words) -> tuple[str, tuple[str, ...]]:
    is_world, named = spread(codes)
    names = tuple(sorted_names(named, words.language))
    if is_world and not named:
        return words.say("rights.worldwide"), ()
    if is_world:
        return words.say("rights.worldwide_except", names=words.listed(list(names))), ()
    if len(names) > LONG_LIST:
        return words.say("rights.territories", count=len(names)), names
    return words.listed(list(names)), ()


def subtitle_languages(title: Title) -> list[str]:
    """The languages that a screener can have subtitles in, each once."""
    return sorted({track.language for version in title.versions for track in version.subtitles})


def subtitle_choices(title: Title, words: Words) -> list[tuple[str, str]]:
    """The languages of the subtitles with what they are called."""
    return [(tag, language_name(tag, words.language)) for tag in subtitle_languages(title)]
