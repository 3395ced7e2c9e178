"""The scripts of shells that complete the commands `releaseprint` and `deliver`."""

import click
from click.shell_completion import get_completion_class

PROGRAMS = ("releaseprint", "deliver")


def script(shell: str, command: click.Command) -> str:
    """What a shell runs at its start; `shell` is one that click knows."""
    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(shell)
    return "\n".join(_source(kind(command, {}, name, f"_{name.upper()}_COMPLETE")) for name in PROGRAMS)


def _source(found: "click.shell_completion.ShellComplete") -> str:
    """The script without a look at the shell's version, which click takes by starting the shell."""
    return found.source_template % found.source_vars()
