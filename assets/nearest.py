"""What somebody may have meant by a word that is not known: the known ones that are spelt nearly so."""

import unicodedata
from collections.abc import Iterable

_LIKE = 0.7
"""Share of letters in common (difflib's ratio) from which two words are taken for one with slips of the hand."""

_APART = 0.1
"""What is further than this from the nearest is left out: words with one beginning have much in common."""

_MOST = 3


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """At most three known words that are spelt nearly as `word`, the nearest first.

    Case does not count, nor whether Hangul and kana are composed.
    """
    from difflib import SequenceMatcher, get_close_matches

    by_form = {_form(item): item for item in known}
    wanted = _form(word)
    close = get_close_matches(wanted, by_form, n=_MOST, cutoff=_LIKE)
    shares = {form: SequenceMatcher(None, form, wanted).ratio() for form in close}
    close = [form for form in close if shares[form] > max(shares.values()) - _APART]
    begun = (form for form in sorted(by_form) if len(wanted) > 1 and form.startswith(wanted))
    return [by_form[form] for form in dict.fromkeys([*close, *begun])][:_MOST]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean a or b? ` for an error, before what else it says is allowed; empty where nothing is near."""
    found = nearest(word, known)
    return f"did you mean {' or '.join(found)}? " if found else ""


def _form(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()
