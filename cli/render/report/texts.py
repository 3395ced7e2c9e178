"""The texts of a page in every language: in the one it opens in, with what its script needs for the others."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from cli.render import words
from cli.render.languages import LANGUAGES, phrase

_NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_PLACE = "#"
_OTHERS = tuple(language for language in LANGUAGES if language != "en")


class Texts:
    """Collects the English texts of a page. `said` finds a translation; `tables` is what the script finds them in.

    Texts that differ in their numbers alone, such as 20,000 labels of cues, are kept as one pattern with `#` for each
    number, in English and in the others.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._exact: dict[str, list[str]] = {}
        self._patterns: dict[str, list[str] | None] = {}
        self._numbers: dict[str, int] = {}

    def mark(self, text: str) -> Markup:
        """A text of ours as markup: in the page's language, with the number by which the script says it in another."""
        english = words.visible(text)
        if not self.learn(english):
            return escape(english)
        number = self._numbers.setdefault(english, len(self._numbers))
        said = words.visible(phrase(english, self.language))
        lang = Markup(' lang="en"') if self.language != "en" and said == english else ""
        return Markup('<span data-t="{}"{}>{}</span>').format(number, lang, said)

    def learn(self, english: str) -> bool:
        """Keep the translations of a text; whether there is any."""
        if english in self._exact:
            return True
        pattern, numbers = _pattern(english)
        if pattern not in self._patterns:
            self._patterns[pattern] = self._translated(english, numbers)
        if self._patterns[pattern] is not None:
            return True
        said = [words.visible(phrase(english, language)) for language in _OTHERS]
        if all(text == english for text in said):
            return False
        self._exact[english] = said
        return True

    def _translated(self, english: str, numbers: list[str]) -> list[str] | None:
        """The pattern of a text in the other languages; None if one of them has no translation or moves the numbers."""
        found = []
        for language in _OTHERS:
            said = words.visible(phrase(english, language))
            pattern, same = _pattern(said)
            if same != numbers or said == english or _PLACE in english:
                return None
            found.append(pattern)
        return found

    def say(self, english: str) -> str:
        """A text in the page's language that stays in it, or that the script says by itself."""
        shown = words.visible(english)
        self.learn(shown)
        return words.visible(phrase(shown, self.language))

    def name(self, english: str) -> Markup:
        """The attributes that give an element its name for who cannot see it, in whichever language is chosen."""
        number = self._numbers.setdefault(words.visible(english), len(self._numbers))
        return Markup('aria-label="{}" data-label="{}"').format(self.say(english), number)

    def tables(self) -> dict[str, object]:
        """What the script needs: the numbered texts of the page, exact translations, and patterns."""
        patterns = {pattern: said for pattern, said in self._patterns.items() if said is not None}
        return {"texts": list(self._numbers), "exact": self._exact, "patterns": patterns}

    def learn_all(self, texts: Iterable[str]) -> None:
        """Keep the translations of many texts."""
        for text in texts:
            self.learn(text)


def _pattern(text: str) -> tuple[str, list[str]]:
    return _NUMBER.sub(_PLACE, text), _NUMBER.findall(text)
