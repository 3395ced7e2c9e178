"""What a request says, from the command line or from the file that the portfolio's form writes; both are hostile."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from assets import language, territory
from assets.errors import Fault, InputError, UsageError
from assets.record_values import Id
from assets.screeners.model import Asked
from assets.tomlfile import Record

MAX_BYTES = 64 << 10
_MOST_LANGUAGES = 30
_MAX_NAME, _MAX_REASON, _MAX_TERRITORY = 200, 2000, 1000
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "\u200c\u200d"
"""They are part of how some scripts are written, and have no power over how a line is shown."""


def _plain(text: str) -> str:
    """A text in NFC. Raises ValueError for characters that nobody sees, for they may hide what is said."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    for char in composed:
        if char not in f"\n{_JOINERS}" and unicodedata.category(char) in _UNSEEN:
            raise ValueError(f"it has the character U+{ord(char):04X}; letters, marks and spaces that can be seen")
    return composed


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("it has more than one line; one line")
    return " ".join(text.split())


def _tag(text: str) -> str:
    if not language.is_valid(text):
        raise ValueError(f"{text[:40]!r} is no language tag; such as ko, en, ja, pt-BR")
    return language.canonical(text)


def _where(text: str) -> str:
    try:
        territory.parse(text)
    except UsageError as error:
        raise ValueError(str(error)) from None
    return text


_Name = Annotated[str, Field(min_length=1, max_length=_MAX_NAME), AfterValidator(_plain), AfterValidator(_one_line)]
_Tag = Annotated[str, Field(max_length=_MAX_NAME), AfterValidator(_tag)]


class AskedRecord(Record):
    """Who asks, why, and where."""

    person: _Name
    company: _Name
    reason: Annotated[str, Field(min_length=1, max_length=_MAX_REASON), AfterValidator(_plain)]
    territory: Annotated[str, Field(max_length=_MAX_TERRITORY), AfterValidator(_where)]
    languages: Annotated[list[_Tag], Field(max_length=_MOST_LANGUAGES)] = []

    def asked(self) -> Asked:
        """What it says."""
        languages = tuple(dict.fromkeys(self.languages))
        return Asked(self.person, self.company, self.reason, self.territory, languages)


class _File(AskedRecord):
    """The whole of a request file."""

    format: Annotated[Literal["releaseprint/screener-request/1"], Field(alias="schema")]
    title: Id


def from_words(words: Mapping[str, str | Sequence[str]]) -> Asked:
    """What was said on the command line. Raises UsageError with the first thing that is wrong, by its option."""
    try:
        return AskedRecord.model_validate(dict(words)).asked()
    except ValidationError as error:
        place, wrong = _first(error)
        raise UsageError(f"{place}: {wrong}") from None


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Language tags in canonical form, each once. Raises UsageError."""
    try:
        return tuple(dict.fromkeys(_tag(text) for text in texts))
    except ValueError as error:
        raise UsageError(str(error)) from None


def read_request(path: Path) -> tuple[str, Asked]:
    """The title's id and what is asked for, from a request file. Raises InputError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(Fault(str(path), "", f"cannot be read: {error.strerror}")) from error
    if len(data) > MAX_BYTES:
        raise InputError(Fault(str(path), "", "is too large for a request", f"at most {MAX_BYTES} bytes"))
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
        record = _File.model_validate(found)
    except ValidationError as error:
        place, wrong = _first(error)
        raise InputError(Fault(str(path), place, *wrong.split("; ", 1))) from None
    except (ValueError, RecursionError):  # no UTF-8, no JSON, a key twice, or nested without an end
        allowed = "JSON in UTF-8, each key once, as the form of the portfolio writes it"
        raise InputError(Fault(str(path), "", "is no request", allowed)) from None
    return record.title, record.asked()


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(pairs)
    return found


def _first(error: ValidationError) -> tuple[str, str]:
    """The first thing that is wrong: where, and `what is wrong; what is allowed`."""
    item = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part)[:40] for part in item["loc"])
    if item["type"] == "extra_forbidden":
        known = (field.alias or name for name, field in _File.model_fields.items())
        return place, f"unknown key; known: {', '.join(known)}"
    if item["type"] == "missing":
        return place, "missing; this key is required"
    message = str(item["msg"]).removeprefix("Value error, ")
    return place, message if "; " in message else f"is not allowed; {message[0].lower()}{message[1:]}"
