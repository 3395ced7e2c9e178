"""The facts of a file's header, packets and first picture, as a case of a check writes them in TOML.

Times are text in seconds, ratios text (`"4/3"`); `none` is what the file leaves out.
"""

from fractions import Fraction

from assets import media_facts as facts
from assets.timing import from_seconds

STREAM = {
    "language",
    "title",
    "dispositions",
    "encoder",
    "container_says",
    "picture_says",
    "declared_duration",
    "bit_rates",
    "longest_gop",
    "is_gop_open",
    "captions",
    "hdr",
    "has_dynamic_hdr",
    "dolby_vision",
    "labels",
}
"""What a case may say of a stream beside what every stream has."""


def value(key, given):
    """A value of a case as the record has it."""
    build = _BUILDERS.get(key)
    return build(given) if build else given


def container(case):
    """The facts of a whole file as arguments of MediaInfo."""
    return {
        "timecodes": tuple(facts.StartTimecode(**item) for item in case.get("timecodes", [])),
        "chapters": tuple(
            facts.Chapter(_time(item["start"]), _time(item["end"]), item["title"]) for item in case.get("chapters", [])
        ),
        "edit_lists": tuple(_edit_list(item) for item in case.get("edit_lists", [])),
        "declared_duration": _time(case["declared_duration"]) if "declared_duration" in case else None,
        "is_fast_start": case.get("is_fast_start"),
        "encryption": case.get("encryption"),
    }


def _time(text):
    return from_seconds(Fraction(text))


def _says(kind):
    def build(given):
        colour = facts.Colour(**given.get("colour", {}))
        aspect = Fraction(given["sample_aspect"]) if "sample_aspect" in given else None
        rest = {key: item for key, item in given.items() if key not in {"colour", "sample_aspect", "clean_aperture"}}
        if "clean_aperture" in given:
            rest["clean_aperture"] = tuple(Fraction(side) for side in given["clean_aperture"])
        return kind(colour=colour, sample_aspect=aspect, **rest)

    return build


def _hdr(given):
    luminances = {key: Fraction(item) for key, item in given.items() if key.endswith("luminance")}
    return facts.HdrMetadata(**{**given, **luminances})


def _edit_list(item):
    edits = tuple(
        facts.Edit(
            None if edit["start"] == "none" else _time(edit["start"]),
            _time(edit["duration"]),
            Fraction(edit.get("rate", "1")),
        )
        for edit in item["edits"]
    )
    return facts.EditList(item["stream"], _time(item["media_duration"]), edits)


_BUILDERS = {
    "container_says": _says(facts.ContainerSays),
    "picture_says": _says(facts.PictureSays),
    "declared_duration": _time,
    "bit_rates": lambda given: facts.BitRates(_time(given["start"]), tuple(given["bits"])),
    "hdr": _hdr,
    "dispositions": tuple,
    "labels": tuple,
}
