"""The row of column names of a sheet of Avails: a limit must not be overlooked for how its column is written."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from assets.avails.columns import limiting, named, of_other_templates, television
from assets.errors import Fault, InputError
from assets.importing.sheet import letters

_NEAR = 0.8
"""How alike two names are for one to be meant by the other."""


@cache
def known() -> frozenset[str]:
    """All names of columns that Avails have, in the templates of films, television and bonus material."""
    shown = (name for others in television().values() for name in others)
    return frozenset({*named(), *shown, *of_other_templates()})


def require_right(names: Mapping[int, str], shown: str, place: str, number: int) -> None:
    """Raises InputError for names that stand twice, and for one that is nearly a name of Avails."""
    written = list(names.values())
    twice = sorted({name for name in written if written.count(name) > 1})
    if twice:
        wrong = f"columns stand twice: {', '.join(twice)}"
        raise InputError(Fault(shown, f"{place}, row {number}", wrong, "each once"))
    own = {_plain(name): name for name in known()}
    absent = {_plain(name): name for name in limiting() - set(written)}
    for at, name in names.items():
        if name in known():
            continue
        near = get_close_matches(_plain(name), sorted(absent), 1, _NEAR)
        meant = own.get(_plain(name)) or (absent[near[0]] if near else "")
        if meant:
            raise InputError(Fault(shown, f"{place}, {letters(at)}{number}", f"{name!r} is no column of Avails", meant))


def _plain(name: str) -> str:
    """A name as it sounds: without spaces, capitals and the plural."""
    return "".join(filter(str.isalnum, name)).casefold().removesuffix("s")
