"""mec.xml: what a title says of itself, as MovieLabs' Media Entertainment Core (MEC) 2.12 has it.

The elements and their order are those of the schema (TR-META-MEC, TR-META-CM).
"""

from typing import TYPE_CHECKING

from assets.errors import Refused
from assets.metadata import Credit, Rating, Release
from assets.subjects import ArtworkImage
from assets.timing import TICKS_PER_SECOND, Time
from storage.manifests.movielabs import MD, MEC, Work, add, document, language, root
from storage.plan import Draft

if TYPE_CHECKING:
    from lxml import etree

_SUMMARIES = ((190, "Summary190"), (400, "Summary400"), (4000, "Summary4000"))
_RELEASES = {"theatrical": "Theatrical", "festival": "Festival", "broadcast": "Broadcast", "home-video": "DVD"}
"""Kinds of releases in the words of the vocabulary `ReleaseType`; online and non-theatrical ones have none."""


def write(plan: Draft, work: Work, images: dict[str, str]) -> bytes:
    """The metadata of a plan's title; `images` are the identifiers of its artwork by key."""
    whole = root(MEC, "CoreMetadata", {"mdmec": MEC, "md": MD})
    basic = add(whole, "Basic", ContentID=work.content_id)
    for tag in _languages(plan):
        _localized(basic, plan, tag, images)
    _programme(basic, plan)
    add(basic, "WorkType", "Movie", space=MD)
    for name, value in sorted(plan.title.identifiers.items()):
        identifier = add(basic, "AltIdentifier", space=MD)
        add(identifier, "Namespace", name.upper())
        add(identifier, "Identifier", value)
    _ratings(basic, plan.title.ratings)
    for credit in plan.title.credits:
        _person(basic, credit)
    add(basic, "OriginalLanguage", language(plan.title.programme.original_language), space=MD)
    if work.organisation:
        add(whole, "Source", organizationID=work.organisation)
    for company in plan.title.programme.production_companies:
        add(add(whole, "CompanyDisplayCredit"), "DisplayString", company, space=MD)
    return document(whole)


def _languages(plan: Draft) -> list[str]:
    """The languages that something is said in; the original one is the first, which is the default."""
    title = plan.title
    said = {*title.names, *title.synopses, *title.short_synopses}
    return sorted(said, key=lambda tag: (tag != title.programme.original_language, tag))


def _localized(basic: "etree._Element", plan: Draft, tag: str, images: dict[str, str]) -> None:
    title = plan.title
    is_default = tag == _languages(plan)[0]
    info = add(basic, "LocalizedInfo", space=MD, language=language(tag), **({"default": "true"} if is_default else {}))
    add(info, "TitleDisplayUnlimited", title.names.get(tag) or title.name)
    for file in plan.files:
        image = file.asset
        if isinstance(image, ArtworkImage) and image.declaration.language in {tag, None}:
            size, use = f"{image.width}x{image.height}", image.declaration.kind
            add(info, "ArtReference", images[file.key], resolution=size, purpose=use)
    for name, text in _summaries(title.short_synopses.get(tag, ""), title.synopses.get(tag, "")):
        add(info, name, text)
    for genre in title.programme.genres:
        add(info, "Genre", genre)
    original = title.names.get(title.programme.original_language)
    if original:
        add(info, "OriginalTitle", original)
    for other in title.other_names:
        if other.language == tag:
            add(info, "TitleAlternate", other.text, type="alternative")


def _summaries(*texts: str) -> list[tuple[str, str]]:
    """Each text in the smallest element that has room for it and is still free, the shortest text first."""
    found: dict[str, str] = {}
    for text in sorted(filter(None, texts), key=len):
        fitting = next((name for limit, name in _SUMMARIES if len(text) <= limit and name not in found), "")
        if not fitting:
            raise Refused("MEC cannot be written", [f"a synopsis has {len(text)} characters; MEC has room for 4000"])
        found[fitting] = text
    return [(name, found[name]) for _, name in _SUMMARIES if name in found]


def _programme(basic: "etree._Element", plan: Draft) -> None:
    programme = plan.title.programme
    if programme.runtime:
        add(basic, "RunLength", _duration(programme.runtime), space=MD)
    add(basic, "ReleaseYear", f"{programme.production_year:04}", space=MD)
    if programme.release_date:
        add(basic, "ReleaseDate", programme.release_date.isoformat(), space=MD)
    for release in plan.title.releases:
        _release(basic, release)


def _release(basic: "etree._Element", release: Release) -> None:
    if release.kind not in _RELEASES:
        return
    history = add(basic, "ReleaseHistory", space=MD)
    add(history, "ReleaseType", _RELEASES[release.kind])
    if len(release.territory) == 2:  # noqa: PLR2004  # a country; groups of them have no element
        add(add(history, "DistrTerritory"), "country", release.territory)
    add(history, "Date", release.date.isoformat())


def _ratings(basic: "etree._Element", ratings: tuple[Rating, ...]) -> None:
    rated = [rating for rating in ratings if len(rating.territory) == 2]  # noqa: PLR2004  # as above
    if not rated:
        return
    known = add(basic, "RatingSet", space=MD)
    for rating in rated:
        detail = add(known, "Rating")
        add(add(detail, "Region"), "country", rating.territory)
        add(detail, "System", rating.system)
        add(detail, "Value", rating.value)
        for reason in rating.reasons:
            add(detail, "Reason", reason)


def _person(basic: "etree._Element", credit: Credit) -> None:
    person = add(basic, "People", space=MD)
    add(add(person, "Job"), "JobFunction", credit.role.replace("-", " ").title())
    add(add(person, "Name"), "DisplayName", credit.name)


def _duration(time: Time) -> str:
    """An xs:duration in whole milliseconds."""
    milliseconds = time * 1000 // TICKS_PER_SECOND
    seconds, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03}" if rest else ""
    return f"PT{seconds // 3600}H{seconds // 60 % 60}M{seconds % 60}{fraction}S"
