"""Fonts with Korean and Japanese letters, for names on screeners and pages, and for what is burnt in."""

from collections.abc import Iterator

from assets.errors import UsageError
from cli.diagnosis import Answer, Question, ok, warn

ORDER = 40
SECONDS = 20.0
_PIXELS = 24
_SAMPLES = (
    ("Korean", "김일성의 아이들 한글 뷁"),
    ("Japanese", "雪解けの日 ひらがな カタカナ"),
    ("English", "Film — ‘é’"),
)


def probe(_: Question) -> Iterator[Answer]:
    """A font for each language of the trade."""
    from assets.making.fonts import font_for

    for language, sample in _SAMPLES:
        try:
            family, style = font_for(sample, _PIXELS).getname()
        except UsageError as error:
            so = "install a font with such letters, such as Noto Sans CJK (fonts-noto-cjk), or name one with --font"
            yield warn(f"{language} letters", str(error), so)
        else:
            yield ok(f"{language} letters", " ".join(filter(None, (family, style))))
