"""Draws the README's picture of a terminal from what the commands really print, 100 columns wide.

python3 docs/picture.py           writes docs/terminal.svg
python3 docs/picture.py --check   only compares

The commands run in a folder that is removed again, on the sample's films and on a subtitle file with planted faults.
The clock stands still, so that the same code draws the same picture.
"""

import io
import os
import re
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from cli.main import group

PICTURE = Path(__file__).with_name("terminal.svg")
COLUMNS = 100
LINES = 36
WIDE = re.compile("[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uff00-\uff60]+")
CLOCK = datetime(2026, 11, 20, 9, tzinfo=UTC)
TERMINAL = {
    "COLUMNS": str(COLUMNS),
    "FORCE_COLOR": "1",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LC_ALL": "C.UTF-8",
}
SUBTITLES = """\
1
00:00:01,000 --> 00:00:02,000
우리는 그 아이들이 어디로 갔는지 아무도 몰랐습니다

2
00:00:01,900 --> 00:00:04,000
안녕하세요!

3
00:00:05,000 --> 00:00:05,300
雪解けの日
"""
THEME = TerminalTheme(
    (24, 27, 33),
    (214, 218, 226),
    [
        (24, 27, 33),
        (240, 113, 120),
        (140, 207, 126),
        (229, 192, 123),
        (103, 176, 232),
        (196, 127, 213),
        (108, 191, 191),
        (214, 218, 226),
    ],
)
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", "Noto Sans Mono CJK KR", "Noto Sans CJK KR", monospace;
font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
WIDE_PIECE = re.compile(rf'(<text [^>]*textLength=")([0-9.]+)("[^>]*>{WIDE.pattern}<)')
"""A piece of letters of two columns: rich draws it as wide as if they had one."""


def picture() -> str:
    """The picture."""
    screen = Console(
        width=COLUMNS,
        record=True,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    with tempfile.TemporaryDirectory() as folder, chdir(folder), patch.dict(os.environ, TERMINAL):
        printed("sample", "--films", "films")
        Path("films", "눈석이.ko.srt").write_text(SUBTITLES, encoding="utf-8")
        with chdir("films"), patch("cli.judgement.now", return_value=CLOCK):
            show(screen, "find", "bomnarui nunseogi")
            show(screen, "check", "눈석이.ko.srt", "--platform", "svod", "--frame-rate", "24")
    drawn = screen.export_svg(title="releaseprint", theme=THEME, code_format=SVG, unique_id="terminal")
    return WIDE_PIECE.sub(_stretched, drawn)


def _stretched(found: re.Match[str]) -> str:
    return f'{found[1]}{2 * float(found[2]):g}" lengthAdjust="spacingAndGlyphs{found[3]}'


def show(screen: Console, *words: str) -> None:
    """Put a command and the first lines of what it prints on the screen."""
    shown = " ".join(f'"{word}"' if " " in word else word for word in words)
    screen.print(in_cells(Text.assemble(("$ ", "bold green"), (f"releaseprint {shown}", "bold"))))
    lines = printed("--quiet", *words).splitlines()
    screen.print(in_cells(Text.from_ansi("\n".join(lines[:LINES]))))
    screen.print()


def in_cells(text: Text) -> Text:
    """The text, its letters of two columns in pieces of their own: a picture stretches each piece to its columns."""
    for number, found in enumerate(WIDE.finditer(text.plain)):
        text.stylize(Style(meta={"wide": number}), *found.span())
    return text


def printed(*words: str) -> str:
    """What a command writes to standard output, as to a terminal."""
    out = io.StringIO()
    with redirect_stdout(out):
        group.main(list(words), prog_name="releaseprint", standalone_mode=False)
    return out.getvalue()


def main(*, check: bool) -> int:
    """Draw the picture, or say that it is out of date."""
    drawn = picture()
    if not check:
        PICTURE.write_text(drawn, encoding="utf-8")
    elif not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != drawn:
        print(f"{PICTURE.name} is out of date: run `python3 docs/picture.py`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
