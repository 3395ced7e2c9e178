"""What a shell completes besides commands and options: ids of titles and platforms, and territories.

A shell asks at each press of a key, so that only names of files are looked at and no file of the catalogue is read.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

_CONFIG = "releaseprint.toml"  # as in assets.catalogue, whose import takes longer than a person notices
_SHIPPED = Path(__file__).resolve().parents[1] / "assets" / "platforms"


class Known(click.ParamType[str]):
    """A word of which some are known; any other is taken all the same, and judged by the command.

    `with_files` has the shell offer files, too.
    """

    name = "text"

    def __init__(self, known: Callable[[Path | None], Iterator[str]], *, with_files: bool = False) -> None:
        self._known = known
        self._with_files = with_files

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 -- click's signature
        """The known words that begin with what is there."""
        root = _catalogue(ctx.params)
        found = [CompletionItem(word) for word in sorted(set(self._known(root))) if word.startswith(incomplete)]
        return [*found, CompletionItem(incomplete, type="file")] if self._with_files else found


def title_ids(root: Path | None) -> Iterator[str]:
    """The ids of the titles of the catalogue at `root`."""
    if root is not None:
        yield from (path.parent.name for path in (root / "titles").glob("*/title.toml"))


def platform_ids(root: Path | None) -> Iterator[str]:
    """The ids of the shipped platforms and of the catalogue's own."""
    for folder in (_SHIPPED, *((root / "platforms",) if root else ())):
        yield from (path.stem for path in folder.glob("*.toml"))


def territories(incomplete: str) -> list[CompletionItem]:
    """The territories, groups and `worldwide` that what is there may go on to be; the last of several after a comma."""
    from assets import territory_list

    before, comma, last = incomplete.rpartition(",")
    words = [*sorted(territory_list.groups()), *sorted(territory_list.atoms()), "worldwide"]
    return [CompletionItem(f"{before}{comma}{word}") for word in words if word.lower().startswith(last.lower())]


def _catalogue(params: Mapping[str, Any]) -> Path | None:
    """The folder of the catalogue that is named, or the nearest one upwards."""
    named = params.get("catalogue_dir")
    here = Path.cwd()
    folders = (Path(named),) if named else (here, *here.parents)
    return next((folder for folder in folders if (folder / _CONFIG).is_file()), None)


_TYPES: Mapping[str, Known] = {
    "title": Known(title_ids),
    "titles": Known(title_ids),
    "names": Known(title_ids, with_files=True),
    "platform": Known(platform_ids),
    "platform_name": Known(platform_ids),
}
"""What stands for a parameter of that name, in whichever command it is."""


def add_to(command: click.Command) -> None:
    """Have a shell complete the parameters of a command, and of those below it, whose names say what they are."""
    for param in command.params:
        if param.name in _TYPES and param.type is click.STRING:
            param.type = _TYPES[param.name]
    if command.name == "platforms":
        for param in command.params:
            if param.name == "name":
                param.type = _TYPES["platform"]
    if isinstance(command, click.Group):
        for part in command.commands.values():
            add_to(part)
