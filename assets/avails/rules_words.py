"""Rules of Avails on what a row has to say, and on the words that it says it with."""

from collections.abc import Iterator

from assets import ratings
from assets.avails.finding import doubted, found, word
from assets.avails.rows import Finding, Row
from assets.avails.vocabulary import vocabulary

MAX_SHORT = 30
"""Characters of a short description that stores show in full."""
_YEARS = range(1888, 2101)
_ASKED = (
    "licensor", "alid", "content_id", "entry_type", "work_type", "title", "license_type", "territories",
    "format_profile", "start", "end",
)  # fmt: skip
_LISTED = (
    ("work-type", "work_type", "WorkType"),
    ("entry-type", "entry_type", "EntryType"),
    ("format-profile", "format_profile", "FormatProfile"),
    ("hdr", "hdr", "HDR"),
    ("localization", "localization", "LocalizationOffering"),
    ("title-status", "title_status", "TitleStatus"),
    ("caption-exemption", "caption_exemption", "CaptionsExemption"),
    ("price-type", "price_type", "PriceType"),
    ("avail-type", "avail_type", "AvailType"),
)


def missing(row: Row) -> Iterator[Finding]:
    """What every row has to say; a deletion says no more than what is deleted."""
    for field in _ASKED:
        if not getattr(row, field):
            yield found("missing", row, field, "is missing", "every row says it")


def words(row: Row) -> Iterator[Finding]:
    """Fields that take the words of a list."""
    for rule, field, listed in _LISTED:
        if finding := word(rule, row, field, listed):
            yield finding
    if row.license_type in vocabulary().extensions["LicenseType"]:
        what = f"{row.license_type!r} is an extension of single platforms"
        yield doubted("license-type", row, "license_type", what, "has to be agreed with the platform")
    elif finding := word("license-type", row, "license_type", "LicenseType"):
        yield finding
    if finding := word("rights-description", row, "rights_description", "LicenseRightsDescription", is_error=False):
        yield finding
    for name, value in row.other:
        if name == "StoreType" and value not in vocabulary().words["StoreType"]:
            allowed = ", ".join(vocabulary().words["StoreType"])
            yield Finding("store-type", f"{row.place}: StoreType", f"{value!r} is no type of store", allowed, False)
    if row.download and row.download not in {"Yes", "No"}:
        yield found("download", row, "download", f"{row.download!r} is neither yes nor no", "Yes, No")


def work(row: Row) -> Iterator[Finding]:
    """What is offered, and how it is described."""
    offered = vocabulary().avail_types.get(row.work_type)
    fits = {offered, "bundle"} if row.work_type == "Collection" else {offered}
    if row.avail_type and offered and row.avail_type in vocabulary().words["AvailType"] and row.avail_type not in fits:
        what = f"a {row.work_type} is offered as {row.avail_type}"
        yield found("avail-type-differs", row, "avail_type", what, offered)
    if len(row.short_description) > MAX_SHORT:
        what = f"has {len(row.short_description)} characters"
        yield doubted("short-description", row, "short_description", what, f"at most {MAX_SHORT}")
    year = row.release_year
    if year and not (year[:4].isdecimal() and int(year[:4]) in _YEARS and year[4:5] in {"", "-"}):
        yield found("release-year", row, "release_year", f"{year!r} is no year of a release", "four digits, from 1888")
    if row.run_time == "PT0S":
        yield found("run-time", row, "run_time", "is nothing", "HH:MM:SS")


def captions(row: Row) -> Iterator[Finding]:
    """In the United States captions are offered, or the reason of the exemption is said."""
    if row.caption_included and row.caption_exemption:
        yield found("captions-contradict", row, "caption_exemption", "captions are included, and exempt", "one of them")
    if row.caption_included is False and not row.caption_exemption and "US" in row.territories:
        allowed = f"a reason: {', '.join(vocabulary().words['CaptionsExemption'])}"
        yield found("captions-unexplained", row, "caption_exemption", "there are no captions for US", allowed)


def rating(row: Row) -> Iterator[Finding]:
    """A rating names its board and its value, and the board gives that value."""
    if bool(row.rating_system) != bool(row.rating_value):
        field = "rating_value" if row.rating_system else "rating_system"
        yield found("rating-incomplete", row, field, "is missing", "a rating has a system and a value")
        return
    system = ratings.systems().get(row.rating_system)
    if system is None or not row.rating_value:
        return
    if row.rating_value not in system.values:
        what = f"{row.rating_system} does not give {row.rating_value!r}"
        yield found("rating-value", row, "rating_value", what, ", ".join(system.values))
    if row.territories and not set(row.territories) & set(system.territories):
        what = f"{row.rating_system} does not rate for {', '.join(row.territories)}"
        yield doubted("rating-territory", row, "rating_system", what, f"it rates for {', '.join(system.territories)}")


def exclusivity(row: Row) -> Iterator[Finding]:
    """Attributes stand only beside what they describe."""
    if row.exclusive_attributes and not row.exclusive:
        yield found("exclusive-attributes", row, "exclusive_attributes", "describe what is not exclusive", "Exclusive")
    if row.branding_attributes and not row.branding:
        yield found("branding-attributes", row, "branding_attributes", "describe no branding", "BrandingRights")
