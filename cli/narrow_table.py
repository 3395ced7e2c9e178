"""A table that becomes a list of fields where the terminal is too narrow for its words."""

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

_LONGEST = 24
"""The cells of a word that may not be broken; what is longer is a path, a digest or an address."""
_PADDING = (0, 2, 0, 0)


class NarrowTable(Table):
    """A table without lines whose rows are shown one below the other, field by field, rather than with broken words."""

    def __init__(self) -> None:
        super().__init__(box=None, padding=_PADDING, header_style="bold")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or its rows as fields; in a pipe always the table."""
        needed = sum(_longest_word(column) + _PADDING[1] for column in self.columns) - _PADDING[1]
        if not console.is_terminal or needed <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        for number, cells in enumerate(zip(*(column.cells for column in self.columns), strict=True)):
            if number:
                yield Text()
            fields = Table.grid(padding=_PADDING)
            fields.add_column(no_wrap=True)
            fields.add_column(overflow="fold")
            for column, cell in zip(self.columns, cells, strict=True):
                if str(cell):
                    fields.add_row(Text(str(column.header), "bold"), cell)
            yield fields


def _longest_word(column: Column) -> int:
    return max((_width(word) for text in (column.header, *column.cells) for word in str(text).split()), default=0)


def _width(word: str) -> int:
    """The cells of a word that stays whole; Hangul, kana and kanji may be broken anywhere."""
    return min(cell_len(word), _LONGEST) if cell_len(word) == len(word) else 2
