"""A proposal -> what title.toml has to say of the file."""

from assets.intake.proposal import Proposal
from assets.intake.recognising import Sort
from assets.intake.telling import Told
from assets.stems import WITHOUT_LANGUAGE
from assets.title_editing import Addition, Entry, Setting


def additions(made: Proposal, name: str) -> list[Addition]:
    """The entries of a file that is added under `name`."""
    sort = made.what.sort
    if sort is Sort.MASTER:
        return _of_master(made, name)
    if sort is Sort.AUDIO and made.kind is not None:
        return [_stem(made, name)]
    if sort is Sort.AUDIO:
        return _sounds(made, name)
    if sort is Sort.SUBTITLES:
        values = {"file": name, "language": _value(made.language), "kind": _value(made.kind)}
        return [Entry("subtitles", values, _value(made.version))]
    values = {"file": name, "kind": _value(made.kind)}
    if made.language is not None:
        values["language"] = made.language.value
    return [Entry("artwork" if sort is Sort.ARTWORK else "documents", values)]


def _of_master(made: Proposal, name: str) -> list[Addition]:
    version = _value(made.version)
    if not made.makes_version:
        return [Setting(version, "master", name), *_sounds(made, "")]
    tag = made.language.value if made.language else "und"
    return [Entry("versions", {"id": version, "language": tag, "master": name}), *_sounds(made, "")]


def _sounds(made: Proposal, file: str) -> list[Addition]:
    """One entry for each sound of a media file; those of a master need no file."""
    found: list[Addition] = []
    for number, tag, layout in made.streams:
        values: dict[str, str | int] = {"language": tag, "layout": layout, "stream": number}
        found.append(Entry("audio", values | {"file": file} if file else values, _value(made.version)))
    return found


def _stem(made: Proposal, name: str) -> Entry:
    _, tag, layout = made.streams[0]
    values = {"file": name, "kind": _value(made.kind), "layout": layout}
    values |= {"language": tag} if tag != WITHOUT_LANGUAGE else {}
    values |= {"channel": made.channel} if made.channel else {}
    return Entry("stems", values, _value(made.version))


def _value(told: Told | None) -> str:
    if told is None:
        raise TypeError(told)
    return told.value
