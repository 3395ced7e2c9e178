"""The formats of reports: a module each, whose FORMAT is named as the module is, with `-` for `_`."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.render.batch import Format


def names() -> list[str]:
    """The names of all formats, from their files."""
    return sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))


def load(name: str) -> "Format":
    """The format of a name that exists."""
    from cli.render.batch import Format

    found = import_module(f"{__name__}.{name.replace('-', '_')}").FORMAT
    if not isinstance(found, Format) or found.name != name:
        raise TypeError(f"cli/render/formats: the module of {name} must declare FORMAT with that name")
    return found
