"""The command group, and the one place where an error becomes text and an exit code.

Exit codes: 0 clean; 1 findings at or above the gate, or a refusal; 2 usage; 3 an input or a spec could not be read, or
a required check could not run; 4 the store failed.
"""

import importlib
import io
import sys

import click

from assets.errors import InputError, Refused, ReleaseprintError, StoreError, UsageError

CLEAN, FINDINGS, USAGE, UNREADABLE, STORE_FAILED = 0, 1, 2, 3, 4

COMMANDS = (
    "access",
    "add",
    "announce",
    "audit",
    "avails",
    "calendar",
    "check",
    "checks",
    "conflicts",
    "convert",
    "curves",
    "deliver",
    "diff",
    "expire",
    "explain",
    "export",
    "fetch",
    "find",
    "fix",
    "history",
    "import",
    "import-avails",
    "init",
    "new",
    "packages",
    "platforms",
    "policy",
    "portfolio",
    "proxy",
    "rebuild",
    "receipts",
    "received",
    "redeliver",
    "release",
    "report",
    "restore",
    "retime",
    "rewrap",
    "rights",
    "sample",
    "screener",
    "status",
    "store",
    "stow",
    "submit",
    "thumbnails",
    "verify",
    "waive",
    "withdraw",
)
"""Each is the command of that name in the module cli.<name>_command."""

_CODES = ((UsageError, USAGE), (InputError, UNREADABLE), (StoreError, STORE_FAILED), (Refused, FINDINGS))


class Commands(click.Group):
    """Loads a command's module when the command is named, so that `--help` and the others start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """One command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"cli.{cmd_name.replace('-', '_')}_command").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=Commands)
@click.version_option(package_name="releaseprint", prog_name="releaseprint")
def group() -> None:
    """Checks whether a copy of a film may be shipped, ships it, and proves what was shipped.

    Exit codes: 0 clean, 1 findings or a refusal, 2 usage, 3 something could not be read or checked, 4 the store failed.
    """


def run(command: click.Command, name: str) -> None:
    """Run a command and leave the process with its exit code."""
    _require_unicode_names()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding must not stop a delivery
    try:
        sys.exit(command.main(prog_name=name, standalone_mode=False, help_option_names=["-h", "--help"]) or CLEAN)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except ReleaseprintError as error:
        from cli.render.words import visible_lines

        click.echo(visible_lines(str(error)), err=True)
        sys.exit(exit_code(error))


def _require_unicode_names() -> None:
    if sys.getfilesystemencoding().lower() not in {"utf-8", "utf8"}:
        sys.stderr.write("this locale cannot name Korean or Japanese files; set LC_ALL=C.UTF-8 or PYTHONUTF8=1\n")
        sys.exit(USAGE)


def exit_code(error: ReleaseprintError) -> int:
    """The documented exit code of an error."""
    return next(code for kind, code in _CODES if isinstance(error, kind))


def main() -> None:
    """The console script `releaseprint`."""
    run(group, "releaseprint")


def deliver() -> None:
    """The console script `deliver`: the same command as `releaseprint deliver`."""
    from cli.deliver_command import command

    run(command, "deliver")
