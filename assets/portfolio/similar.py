"""Titles that are like a title: by the people, companies, genres and countries they share, and by their time.

Points are counted exactly, so that the same catalogue always gives the same list.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assets.spelling import fold
from assets.title import Title

Feature = tuple[str, str]

POINTS: Mapping[str, int] = {"person": 6, "company": 4, "genre": 3, "country": 2, "language": 1}
_ERAS = ((3, 2), (10, 1))
"""So many years apart at most, and the points for it."""
_TELLING = ("person", "company", "genre")
"""One of these has to be shared: a language or a country alone makes no two films alike."""
_RARE = 200
"""What more titles share finds the nearest in time only, so that not every documentary is compared with all."""
_NEAR = 20


def features(title: Title) -> frozenset[Feature]:
    """What a title can share with another, whatever the case and width of its words."""
    programme = title.programme
    return frozenset(
        (kind, "".join(fold(text)))
        for kind, texts in (
            ("person", (credit.name for credit in title.credits)),
            ("company", programme.production_companies),
            ("genre", programme.genres),
            ("country", programme.production_countries),
            ("language", (programme.original_language,)),
        )
        for text in texts
    )


class Likenesses:
    """A catalogue's titles by what they share."""

    def __init__(self, titles: Iterable[Title]) -> None:
        made = sorted((title.programme.production_year, title.id, features(title)) for title in titles)
        self._years = {name: year for year, name, _ in made}
        self._features = {name: shared for _, name, shared in made}
        self._by_feature: dict[Feature, list[tuple[int, str]]] = {}
        for year, name, shared in made:
            for feature in sorted(shared):
                if feature[0] in _TELLING:
                    self._by_feature.setdefault(feature, []).append((year, name))

    def like(self, name: str, most: int = 6) -> list[str]:
        """The ids of the titles most like one, the likest first."""
        others = {other for feature in self._features[name] for other in self._sharing(feature, name)} - {name}
        return sorted(others, key=lambda other: (-self._points(name, other), self._apart(name, other), other))[:most]

    def _sharing(self, feature: Feature, name: str) -> Iterator[str]:
        found: Sequence[tuple[int, str]] = self._by_feature.get(feature, ())
        if len(found) > _RARE:
            place = bisect_left(found, (self._years[name], name))
            found = found[max(0, place - _NEAR) : place + _NEAR + 1]
        return (other for _, other in found)

    def _points(self, name: str, other: str) -> int:
        shared = self._features[name] & self._features[other]
        apart = self._apart(name, other)
        era = next((points for years, points in _ERAS if apart <= years), 0)
        return sum(POINTS[kind] for kind, _ in shared) + era

    def _apart(self, name: str, other: str) -> int:
        return abs(self._years[name] - self._years[other])
