"""A row of a list, as facts of a title: values of keys, and tables of arrays, each with the cell that says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assets import ratings
from assets.errors import Fault
from assets.importing import values
from assets.importing.columns import BY_LANGUAGE, ORIGINAL, Key
from assets.importing.sheet import Cell, Row, Sheet
from assets.importing.values import Value


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a cell says.

    `path` leads to a key of title.toml. With `own`, it names an array of tables, and the fact is a table of it: `own`
    are the keys by which the table is the same as one that is there, `rest` are the others.
    """

    path: tuple[str, ...]
    place: str
    value: Value = ""
    own: tuple[tuple[str, str], ...] = ()
    rest: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: the id of its title if it names one, facts, and what is wrong with its cells."""

    row: Row
    id: str
    id_place: str
    facts: tuple[Fact, ...]
    faults: tuple[Fault, ...]

    def value(self, *path: str) -> Value | None:
        """The value of a key, or None if the row does not say it."""
        return next((fact.value for fact in self.facts if fact.path == path and not fact.own), None)

    def texts(self, table: str) -> dict[str, str]:
        """The texts of a table such as `names`, by language."""
        found = (fact for fact in self.facts if fact.path[0] == table and not fact.own)
        return {fact.path[1]: str(fact.value) for fact in found}

    def items(self, array: str) -> list[dict[str, str]]:
        """What the tables of an array are told by."""
        return [dict(fact.own) for fact in self.facts if fact.own and fact.path == (array,)]


def said_by(sheet: Sheet, row: Row, keys: Mapping[int, Key]) -> Said:
    """What a row says; a cell that cannot be read is a fault, and says nothing."""
    facts: list[Fact] = []
    faults: list[Fault] = []
    title_id, id_place = "", row.place
    original = _original(row, keys)
    for number, key in keys.items():
        cell = row.cells.get(number)
        if cell is None:
            continue
        place = f"{cell.place} ({sheet.header[number]})"
        if cell.wrong:
            faults.append(sheet.fault(place, cell.wrong, cell.allowed))
            continue
        try:
            if key.table == "id":
                title_id, id_place = values.text(cell.value), place
            else:
                facts += _facts(key, cell, place, original)
        except ValueError as error:
            wrong, _, allowed = str(error).partition("; ")
            faults.append(sheet.fault(place, wrong, allowed))
    faults += [
        sheet.fault(cell.place, "stands in a column without a header", "a header, or an empty cell")
        for number, cell in row.cells.items()
        if number >= len(sheet.header) or not sheet.header[number]
    ]
    facts, doubts = _once(sheet, facts)
    return Said(row, title_id, id_place, tuple(facts), (*faults, *doubts))


def _once(sheet: Sheet, facts: list[Fact]) -> tuple[list[Fact], list[Fault]]:
    """The facts without those that are said twice; a fault for each key that is said to be two things."""
    seen: dict[tuple[object, ...], Fact] = {}
    faults: list[Fault] = []
    for fact in facts:
        other = seen.setdefault((fact.path, fact.own), fact)
        if (other.value, other.rest) != (fact.value, fact.rest):
            faults.append(sheet.fault(fact.place, f"says something else than {other.place}", "one of them empty"))
    return list(seen.values()), faults


def _original(row: Row, keys: Mapping[int, Key]) -> str:
    """The language that the row's original_language names, or nothing."""
    for number, key in keys.items():
        if key.table == "original_language" and number in row.cells and not row.cells[number].wrong:
            try:
                return values.tag(row.cells[number].value)
            except ValueError:
                return ""
    return ""


def _facts(key: Key, cell: Cell, place: str, original: str) -> Iterator[Fact]:
    table, parts = key.table, key.parts
    if not parts:
        yield Fact((table,), place, values.READERS.get(table, values.text)(cell.value))
    elif table in BY_LANGUAGE:
        language = original if parts[0] == ORIGINAL else parts[0]
        if not language:
            raise ValueError("its language is not known; an original_language in the same row")
        yield Fact((table, language), place, values.text(cell.value))
    elif table == "identifiers":
        yield Fact((table, parts[0]), place, values.text(cell.value))
    elif table == "other_names":
        kind = parts[1] if len(parts) > 1 else "romanisation" if "-Latn" in parts[0] else "alternative"
        for name in values.names(cell.value):
            yield Fact((table,), place, own=(("text", name), ("language", parts[0])), rest=(("kind", kind),))
    elif table == "credits":
        for name in values.names(cell.value):
            yield Fact((table,), place, own=(("name", name), ("role", parts[0])))
    elif table == "releases":
        kind = parts[1] if len(parts) > 1 else "theatrical"
        own = (("territory", parts[0]), ("kind", kind))
        yield Fact((table,), place, own=own, rest=(("date", values.day(cell.value)),))
    else:
        system, value = _rating(parts, values.text(cell.value))
        yield Fact((table,), place, own=(("territory", parts[0]), ("system", system)), rest=(("value", value),))


def _rating(parts: tuple[str, ...], written: str) -> tuple[str, str]:
    """The board and the value of a rating: the column names the board, or the cell does: `KMRB 15+`, `15세 이상`."""
    boards = ratings.boards_of(parts[0])
    first, _, rest = written.partition(" ")
    named, value = (first, rest.strip()) if rest and (first in ratings.systems() or not boards) else ("", written)
    possible = boards if len(boards) == 1 else [board for board in boards if board.has_word(value)]
    only = possible[0].id if len(possible) == 1 else ""
    system = parts[1] if len(parts) > 1 else named or only
    if not system or (named and named != system):
        known = " or ".join(board.id for board in boards) or "a board"
        raise ValueError(f"{written!r} names no board of {parts[0]}; {known} before the value, such as 'KMRB 15+'")
    board = next((board for board in boards if board.id == system), None)
    if board is None:
        return system, value
    if (meant := board.value_of(value)) is None:
        raise ValueError(f"{value!r} is no rating of {system}; {', '.join(board.values)}")
    return system, meant
