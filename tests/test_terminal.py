"""The terminal: how much is told and in which form, colour, links, widths, and that no secret is ever told."""

import io
import json
import subprocess
import sys
import unicodedata

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cli import journal, main, terminal
from cli.global_options import Settings, add_to, settings
from cli.journal import Journal, Level, Lines
from cli.progress import Telling
from cli.redacting import without_secrets

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
LINK = (
    "https://films.s3.amazonaws.com/film.mov?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F1"
    "&X-Amz-Expires=60&X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLETOKEN&X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027d0"
)
COLOURS = ("NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM", "COLORTERM", "COLUMNS")


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for name in COLOURS:
        monkeypatch.delenv(name, raising=False)


@click.group()
def tool():
    """A tool."""


@tool.command()
def ask():
    """Say what was asked of the terminal."""
    found = settings()
    click.echo(f"{found.level} {found.as_json} {found.no_color} {found.has_bars}")


@tool.command()
def work():
    """Read two assets, send bytes, make a step, and warn."""
    with terminal.reading_progress("reading film", 2, "film") as (told, measured, sent):
        measured("a.mov", 0.5)
        sent("masters/a.mov", 0.5)
        told("a.mov")
        told("눈석이.ko.srt")
    with terminal.bytes_progress("sending", 30, "film") as gone:
        gone(10)
        gone(20)
    with terminal.steps_progress("making") as step:
        step("proxy", 0.5)
        step("proxy", 1.0)
    click.echo("something to know", err=True)
    click.echo("result")


add_to(tool, hidden=False)
add_to(tool, hidden=False)


def run(*words):
    return CliRunner().invoke(tool, words, catch_exceptions=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask",), "warning False False True"),
        (("-q", "ask"), "warning False False False"),
        (("ask", "--quiet"), "warning False False False"),
        (("-v", "ask"), "info False False False"),
        (("ask", "-vv"), "debug False False False"),
        (("--log-format", "json", "ask"), "info True False False"),
        (("ask", "--log-format", "text"), "info False False False"),
        (("ask", "--no-color"), "warning False True True"),
        (("-q", "ask", "--log-format", "json"), "warning True False False"),
    ],
)
def test_options_stand_before_and_after_the_command(words, said):
    assert run(*words).stdout == f"{said}\n"


def test_options_that_a_command_has_of_its_own_stay_its_own():
    own = click.Command("own", params=[click.Option(["--verbose", "-v"], is_flag=True, help="Mine.")])
    add_to(own, hidden=False)
    (verbose,) = (param for param in own.params if "-v" in param.opts)
    assert verbose.help == "Mine."
    assert {"--quiet", "--log-format", "--no-color"} <= {name for param in own.params for name in param.opts}


def events(text):
    return [json.loads(line) for line in text.splitlines() if line]  # click ends the line of a ^C


def test_json_is_one_object_a_line_and_nothing_else_stands_there():
    done = run("work", "--log-format", "json")
    assert done.stdout == "result\n"
    found = events(done.stderr)
    assert all({"time", "level", "event", "title", "file", "bytes"} <= set(item) for item in found)
    assert [(item["event"], item["title"], item["file"], item["bytes"]) for item in found] == [
        ("reading film", "film", "a.mov", None),
        ("reading film", "film", "눈석이.ko.srt", None),
        ("sending", "film", None, 30),
        ("making", None, None, None),
        ("message", None, None, None),
    ]
    assert found[-1]["message"] == "something to know"
    assert found[0]["time"].endswith("Z")


def test_text_tells_each_step_and_quiet_tells_none():
    told = run("-v", "work").stderr.splitlines()
    assert told[0].split("  ")[1:] == ["reading film", "a.mov"]
    assert "30 B" in told[2]
    assert run("-q", "work").stderr == "something to know\n"
    (event,) = events(run("-q", "--log-format", "json", "work").stderr)
    assert (event["level"], event["message"]) == ("warning", "something to know")
    assert run("work").stderr == "something to know\n", "no bar where nobody watches"


def test_progress_is_told_now_and_then(monkeypatch):
    out, clock = io.StringIO(), [0.0]
    monkeypatch.setattr("cli.progress.time.monotonic", lambda: clock[0])
    telling = Telling(Journal(Settings(volume=2, log_format="json"), out), "sending", "film", 0.0)
    gone = telling.counter(100)
    for second in range(1, 13):
        clock[0] = float(second)
        gone(5)
        telling.decoding("a.mov", second / 12)
    found = events(out.getvalue())
    assert [(item["bytes"], item["total"]) for item in found if item["event"] == "sending"] == [(25, 100), (50, 100)]
    assert [item["percent"] for item in found if item["event"] == "decoding"] == [41, 83]


@pytest.mark.parametrize(
    "text",
    [f"the key is {SECRET}", f"GET {LINK}", "https://user:p4ssword@host/x", "Authorization: Bearer abcdefghijkl"],
)
@pytest.mark.parametrize("form", ["json", "text"])
def test_no_secret_is_ever_told(monkeypatch, text, form):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    out = io.StringIO()
    written = Journal(Settings(volume=2, log_format=form), out)
    written.write(Level.ERROR, text, title=text, file=text, message=text)
    lines = Lines(written)
    lines.write(f"{text}\nrest {text}")
    lines.finish()
    for secret in (SECRET, "fe5f80f77d5fa3be", "EXAMPLETOKEN", "AKIAIOSFODNN7", "p4ssword", "abcdefghijkl"):
        assert secret not in out.getvalue()
    assert len(out.getvalue().splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:p4ss@word@host/x", "https://…@host/x"),
        ("s3://KEY:p4ss/word@bucket/x", "s3://…@bucket/x"),
        ("?a=1\\u0026X-Amz-Signature=p4ss\\u0026z=1", "?a=1\\u0026X-Amz-Signature=…\\u0026z=1"),
        ("&X-Goog-Signature=p4ss", "&X-Goog-Signature=…"),
        ('{"SecretAccessKey": "p4ss/word"}', '{"SecretAccessKey": "…"}'),
        ("aws_session_token = p4ssword", "aws_session_token = …"),
        ("'Authorization': 'Basic cDRzczp3b3Jk'", "'Authorization': 'Basic …'"),
    ],
)
def test_a_secret_is_known_by_where_it_stands(text, shown):
    assert without_secrets(text, {}) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://host:9000/films/a@b.mov",
        "https://host/가/나@다.srt",
        "basic subtitles: 12 cues",
        "releaseprint.toml: password: unknown key; allowed: store",
    ],
)
def test_what_only_looks_like_a_secret_is_told(text):
    assert without_secrets(text, {}) == text


def test_what_says_where_a_secret_lies_is_told():
    environment = {"AWS_WEB_IDENTITY_TOKEN_FILE": "/run/secrets/token", "TOKEN": "short", "API_KEY": "long-enough"}
    assert without_secrets("/run/secrets/token short long-enough", environment) == "/run/secrets/token short …"


def test_an_event_that_is_not_asked_for_is_not_written():
    out = io.StringIO()
    Journal(Settings(), out).write(Level.INFO, "read")
    assert out.getvalue() == ""
    assert [str(level) for level in Level] == ["error", "warning", "info", "debug"]
    with pytest.raises(TypeError):
        Lines(Journal(Settings(), out)).write(b"bytes")


def started(*words, **environment):
    """What the process says, and its exit code."""
    code = "from cli.main import main; main()"
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", **environment}
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=env)


def test_errors_are_events_with_their_exit_code(tmp_path):
    done = started("status", "--log-format", "json", "-C", str(tmp_path / SECRET), AWS_SECRET_ACCESS_KEY=SECRET)
    error, ended = events(done.stderr)
    assert (done.returncode, error["level"], error["event"]) == (2, "error", "usage")
    assert "`releaseprint init` makes one" in error["message"]
    assert (ended["event"], ended["exit_code"]) == ("ended", 2)
    assert SECRET not in done.stderr


@pytest.mark.parametrize(
    ("error", "event", "code"),
    [
        (main.UsageError("no"), "usage", 2),
        (main.Refused("no", ["why"]), "refused", 1),
        (main.StoreError("no"), "store failed", 4),
        (main.InputError(), "unreadable", 3),
        (click.UsageError("no"), "usage", 2),
        (KeyboardInterrupt(), "stopped", 130),
    ],
)
def test_each_error_has_its_event(monkeypatch, capsys, error, event, code):
    @click.command()
    def fails():
        raise error

    monkeypatch.setattr(sys, "argv", ["tool"])
    assert main._run(fails, "tool", Settings(log_format="json")) == code
    (told,) = events(capsys.readouterr().err)
    assert (told["level"], told["event"]) == ("error", event)


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    """Standard output as a terminal of some kind; what is printed to it."""

    def made(term="xterm-256color", **environment):
        out = Screen()
        monkeypatch.setattr(sys, "stdout", out)
        for name, value in {"TERM": term, "COLORTERM": "truecolor", "COLUMNS": "80", **environment}.items():
            monkeypatch.setenv(name, value)
        return out

    return made


@pytest.mark.parametrize(
    ("environment", "has_colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"term": "dumb"}, False)],
)
def test_colour_on_a_terminal(screen, environment, has_colour):
    out = screen(**environment)
    terminal.print_table(("state",), [[("fail", "red")]])
    assert ("\x1b[31m" in out.getvalue()) is has_colour


def test_no_color_as_an_option(screen):
    out = screen()
    with click.Context(tool, obj=Settings(no_color=True)):
        terminal.print_table(("state",), [[("fail", "red")]])
    assert "\x1b[31m" not in out.getvalue()


@pytest.mark.parametrize(
    ("environment", "has_colour"),
    [
        ({}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(monkeypatch, capsys, environment, has_colour):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal.print_table(("state",), [[("fail", "red")]])
    assert ("\x1b[31m" in capsys.readouterr().out) is has_colour


CLAUSE = "Some standard, clause 4, https://example.org/spec?a=1&b=2."


@pytest.mark.parametrize(("term", "has_links"), [("xterm-256color", True), ("linux", False), ("dumb", False)])
def test_addresses_are_links_where_a_terminal_has_them(screen, term, has_links):
    out = screen(term)
    terminal.print_table(("source",), [[CLAUSE]])
    assert ("\x1b]8;" in out.getvalue()) is has_links
    assert ("https://example.org/spec?a=1&b=2\x1b\\" in out.getvalue()) is has_links, "the full stop is no part of it"


def test_paths_are_links_on_a_terminal_and_plain_in_a_pipe(screen, capsys, tmp_path):
    terminal.say_path("title", tmp_path / "봄날의 눈석이.toml")
    assert capsys.readouterr().out == f"title: {tmp_path}/봄날의 눈석이.toml\n"
    out = screen()
    terminal.say_path("title", tmp_path / "봄날.toml")
    assert (tmp_path / "봄날.toml").as_uri() in out.getvalue()


NAMES = (
    "봄날의 눈석이",
    unicodedata.normalize("NFD", "김일성의 아이들"),
    "雪解けの日 ガギグ",
    unicodedata.normalize("NFD", "ガギグ"),
    "Thaw",
)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_wide_letters_are_never_cut_and_columns_stay(screen, width):
    out = screen("dumb" if width == 80 else "xterm", NO_COLOR="1", COLUMNS=str(width))
    rows = [(f"title-{number}", name * 4, "https://example.org", "end") for number, name in enumerate(NAMES)]
    terminal.print_table(("title", "name", "delivered", "last"), rows)
    plain = Text.from_ansi(out.getvalue()).plain.splitlines()
    assert max(map(cell_len, plain)) <= width
    shown = "".join("".join(line.split()) for line in plain)
    for name in NAMES:
        for letter in unicodedata.normalize("NFC", name).replace(" ", ""):
            assert letter in shown
    place = cell_len(plain[0][: plain[0].index("last")])
    for line in plain:
        if line.rstrip().endswith("end"):
            assert cell_len(line[: line.index("end")]) == place
    assert "delivered" in plain[0], "no word of a head is folded"


def test_a_table_that_is_too_wide_for_its_words_is_shown_field_by_field(screen):
    heads, rows = (
        ("title", "lacks", "windows"),
        [("thaw", "4 missing", "1 forbidden"), ("봄날의눈석이", "", "1 opening")],
    )
    wide = screen(NO_COLOR="1", COLUMNS="28")
    terminal.print_table(heads, rows)
    lines = [line.split() for line in Text.from_ansi(wide.getvalue()).plain.splitlines()]
    assert lines[0] == ["title", "lacks", "windows"]
    narrow = screen(NO_COLOR="1", COLUMNS="24")
    terminal.print_table(heads, rows)
    assert [line.split() for line in Text.from_ansi(narrow.getvalue()).plain.splitlines()] == [
        ["title", "thaw"],
        ["lacks", "4", "missing"],
        ["windows", "1", "forbidden"],
        [],
        ["title", "봄날의눈석이"],
        ["windows", "1", "opening"],
    ]


def test_a_piped_table_stays_a_table(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "10")
    terminal.print_table(("title", "windows"), [("thaw", "1 forbidden, 1 opening")])
    assert capsys.readouterr().out.split("\n")[0].split() == ["title", "windows"]


def test_bars_name_what_they_show_as_it_is(monkeypatch):
    assert Text.from_markup(terminal._shown("[red]눈석이[/].mov")).plain == "[red]눈석이[/].mov"
    assert terminal._shown(unicodedata.normalize("NFD", "눈석이")) == "눈석이"
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stderr", Screen())
    with terminal.bytes_progress("sending", 10) as gone:
        gone(10)
    assert sys.stderr.getvalue() == "", "a dumb terminal cannot take a bar back"


def test_bars_on_a_terminal_and_none_when_quiet(monkeypatch):
    for name, value in {"TERM": "xterm", "COLUMNS": "80"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", Screen())
    with terminal.bytes_progress("sending", 10) as gone:
        gone(10)
    assert "sending" in sys.stderr.getvalue()
    monkeypatch.setattr(sys, "stderr", Screen())
    with click.Context(tool, obj=Settings(volume=-1)), terminal.bytes_progress("sending", 10) as gone:
        gone(10)
    assert sys.stderr.getvalue() == ""


def test_outside_of_any_command_the_usual_holds():
    assert settings() == Settings()
    assert isinstance(terminal.console(), Console)
    assert journal.Journal(Settings()).stream is None


def test_a_long_name_beside_a_word_is_broken_and_not_cut_off():
    screen = Console(file=io.StringIO(), force_terminal=True, width=40, color_system=None)
    terminal.print_indented(screen, "영화" * 20 + "x" * 50, first=("09:00:00  FAIL", "red"), indent=0)
    shown = screen.file.getvalue()
    assert (shown.count("영화"), shown.count("x")) == (20, 50)
    assert max(cell_len(line) for line in shown.splitlines()) <= 40
