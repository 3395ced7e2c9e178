"""`report --html` and `report --page`: the pages of a title's reports, alone or in a folder with media."""

from dataclasses import dataclass, field
from pathlib import Path

from assets.catalogue import Catalogue
from assets.platform import Platform
from assets.subjects import ReadTitle
from checks.report import Report
from cli.render.report import Context, numbered, render

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages are wanted: a file, a folder with media (`make_media`: or with those alone that are there already).

    `language` is the one that they open in, `who` has them made, if not the user whom git knows.
    """

    html: Path | None
    folder: Path | None
    make_media: bool
    language: str
    who: str | None = None
    ffmpeg: str | None = None


@dataclass
class Pages:
    """Keeps what each report was made of, until its page is written.

    Raises UsageError at once for a folder that is somebody else's.
    """

    catalogue: Catalogue
    platform: Platform
    wanted: Wanted
    _made: list[tuple[Report, ReadTitle]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.wanted.folder:
            from cli.site_folder import require_ours

            require_ours(self.wanted.folder.resolve())  # told now, not after the masters were read

    def keep(self, report: Report, read: ReadTitle) -> None:
        """Keep a report and what it was made of, if a page is wanted."""
        if self.wanted.html or self.wanted.folder:
            self._made.append((report, read))

    def write(self) -> list[Path]:
        """Write what is wanted; the pages that were written. Raises UsageError if one cannot be."""
        written = self._write_files(self.wanted.html) if self.wanted.html else []
        return written + (self._write_folder(self.wanted.folder) if self.wanted.folder else [])

    def _write_files(self, html: Path) -> list[Path]:
        from cli.writing import write_text

        places = numbered(html, [report for report, _ in self._made])
        for (path, report), (_, read) in zip(places, self._made, strict=True):
            write_text(path, render(report, self._context(read), self.wanted.language))
        return [path for path, _ in places]

    def _write_folder(self, folder: Path) -> list[Path]:
        """The first report is the index; the reports of other windows lie beside it."""
        from cli.making import how_to_make
        from cli.report_media import Beside, with_media
        from cli.site_folder import replaced
        from cli.terminal import steps_progress

        written: list[Path] = []
        title = self._made[0][0].title_id
        with replaced(folder) as new, steps_progress(f"{title}: page", title) as told:
            how = how_to_make(self.catalogue, self.wanted.ffmpeg, told) if self.wanted.make_media else None
            beside = Beside(new, folder.resolve(), how)
            for report, read in self._made:
                context = with_media(self._context(read), read, report, beside)
                name = f"index.{report.window}.html" if written else INDEX
                (new / name).write_bytes(render(report, context, self.wanted.language).encode())
                written.append(folder / name)
        return written

    def _context(self, read: ReadTitle) -> Context:
        from cli.report_context import context_of
        from cli.who import who

        return context_of(read, self.platform, who(self.catalogue.root, self.wanted.who))
