"""The command group, and the one place where an error becomes text and an exit code.

Exit codes: 0 clean; 1 findings at or above the gate, or a refusal; 2 usage; 3 an input or a spec could not be read, or
a required check could not run; 4 the store failed.
"""

import importlib
import io
import os
import sys
import time

import click

from assets.errors import InputError, Refused, ReleaseprintError, StoreError, UsageError
from cli import global_options
from cli.global_options import Settings
from cli.journal import Journal, Level
from cli.stopping import stopped_like_a_key

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
    "completion",
    "conflicts",
    "convert",
    "curves",
    "deliver",
    "diff",
    "doctor",
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
    "run",
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
    "worker",
)
"""Each is the command of that name in the module cli.<name>_command."""

_EVENTS = {FINDINGS: "refused", USAGE: "usage", UNREADABLE: "unreadable", STORE_FAILED: "store failed"}
"""How an error of each code is called in a log."""

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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a command that is not known is told with those that are spelt nearly so.

        What every command has is given to the one that is named, and not to each for a list of them all.
        """
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None
        if command is not None:
            global_options.add_to(command, hidden=True)
            _complete(command, is_asked=ctx.resilient_parsing)
        return name, command, rest


def _complete(command: click.Command, *, is_asked: bool) -> None:
    """Tell a shell what the words of a command may be, where one asks."""
    if is_asked:
        from cli import completing

        completing.add_to(command)


@click.group(cls=Commands)
@click.version_option(package_name="releaseprint", prog_name="releaseprint")
def group() -> None:
    """Checks whether a copy of a film may be shipped, ships it, and proves what was shipped.

    The options below may stand before a command or after it.

    Exit codes: 0 clean, 1 findings or a refusal, 2 usage, 3 something could not be read or checked, 4 the store failed.
    """


global_options.add_to(group, hidden=False)


def run(command: click.Command, name: str) -> None:
    """Run a command and leave the process with its exit code."""
    _require_unicode_names()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding must not stop a delivery
    settings, begun = Settings(), time.monotonic()
    with stopped_like_a_key():
        code = _run(command, name, settings)
    if settings.volume or settings.log_format:
        words, seconds = " ".join((name, *sys.argv[1:])), round(time.monotonic() - begun, 3)
        Journal(settings).write(Level.INFO, "ended", command=words, exit_code=code, seconds=seconds)
    sys.exit(code)


def _run(command: click.Command, name: str, settings: Settings) -> int:
    """Run a command and tell its error; the exit code. `settings` is filled with what is asked of the terminal."""
    try:
        done = command.main(prog_name=name, standalone_mode=False, help_option_names=["-h", "--help"], obj=settings)
    except click.exceptions.Exit as stopped:
        return stopped.exit_code
    except click.ClickException as error:
        if settings.as_json:
            Journal(settings).write(Level.ERROR, "usage", message=error.format_message())
        else:
            error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        _tell(settings, "stopped", "stopped")
        return 130
    except ReleaseprintError as error:
        from cli.next_steps import next_step

        _tell(settings, _EVENTS[exit_code(error)], "\n".join(filter(None, (str(error), next_step(error)))))
        return exit_code(error)
    return done if isinstance(done, int) else CLEAN


def _tell(settings: Settings, event: str, text: str) -> None:
    """Tell an error on standard error, in the form that is asked for."""
    if settings.as_json:
        Journal(settings).write(Level.ERROR, event, message=text)
        return
    from cli.redacting import without_secrets
    from cli.render.words import visible_lines

    click.echo(visible_lines(without_secrets(text)), err=True)


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

    global_options.add_to(command, hidden=False)
    _complete(command, is_asked="_DELIVER_COMPLETE" in os.environ)
    run(command, "deliver")
