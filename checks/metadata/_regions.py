"""Regions in language tags: what people write in place of the ISO 3166-1 code."""

REGIONS = {
    "KO": "KR is Korea; KO is no territory",
    "JA": "JP is Japan; JA is no territory",
    "EN": "GB is the United Kingdom, US the United States; EN is no territory",
    "UK": "GB is the United Kingdom; UK is not assigned",
    "EL": "GR is Greece; EL is not assigned",
    "ZH": "CN is China; ZH is no territory",
    "VI": "VN is Viet Nam; VI are the Virgin Islands of the United States",
}
"""Language codes, and other codes, where the code of a territory belongs."""


def confused_region(tag: str) -> str | None:
    """What was probably meant by the region of a tag such as `ko-KO`, or None. Only a region in capitals is one."""
    language, _, region = tag.replace("_", "-").rpartition("-")
    if region == "VI" and not language.lower().startswith("vi"):
        return None  # English is spoken in the Virgin Islands, Vietnamese is not
    return REGIONS.get(region) if language else None
