"""How long questions about rights and the conflict report take in catalogues of growing size, and if they are right.

Limits: at 10,000 titles of 10 windows any question takes under 1 s once the catalogue is loaded, and the full conflict
report under 30 s, growing as n log n. The model that tries every day x country x right x language is timed beside it.

All times are those of the processor. To make a catalogue ready is no question: it is told apart.

python benchmarks/rights.py                      the times
python benchmarks/rights.py --catalogues 100000  so many random catalogues compared with the model, too
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from assets import collecting, territory
from assets.rights import tree
from assets.rights.answers import Refusal
from assets.rights.availability import FOR_SALE, Endings, Patch, deliverable, sellable
from assets.rights.conflict_report import all_conflicts, conflicts_of
from assets.rights.engine import Index, IndexedTitle
from assets.rights.indexing import index
from assets.rights.languages import Carrier, Languages, same_for_all
from assets.rights.model import Deal, Grant, Holdback, Scope, Side, Source, Status, Term, TitleRights
from assets.rights.questions import Question, Verb, ask
from assets.rights.spans import OPEN, Span

SIZES = (1_250, 2_500, 5_000, 10_000)
WINDOWS = (10, 20, 40, 80)
LARGE = 200
QUESTION_SECONDS = 1.0
REPORT_SECONDS = 30.0
DAY = 86_400
LOADED = "made ready, once"
NOW = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
REGIONS = ("KR", "JP", "US", "BENELUX", "EU", "LATAM", "MENA", "worldwide")
ZONES = ("Asia/Seoul", "Asia/Tokyo", "UTC", "America/Los_Angeles")
TONGUES = tuple(product(Carrier, ("ko", "ja", "en")))


def licence(draw: random.Random, number: int) -> Deal:
    """A licence of one grant; every fourth is exclusive, every fifth holds something back."""
    name = f"licence-{number}"
    start = NOW + draw.randrange(-900, 900) * DAY
    region = draw.choice(REGIONS)
    scope = Scope(
        frozenset(draw.sample(tree.leaves(), draw.choice((1, 1, 2, 3)))),
        territory.expand([region]),
        Term(start, start + draw.randrange(30, 720) * DAY, draw.choice(ZONES)),
        draw.choice((Languages(), same_for_all(["ko", "en"]), same_for_all(["ja"]))),
        region,
    )
    status = draw.choice((Status.SIGNED, Status.SIGNED, Status.SIGNED, Status.PENDING))
    grant = Grant(f"{name}-grant", name, scope, exclusive=number % 4 == 0, source=Source(clause="2.1"))
    held_back = (Holdback(f"{name}-holdback", name, scope, Source(clause="5")),) if number % 5 == 0 else ()
    return Deal(name, Side.LICENCE, "a licensee", status, (grant,), held_back, source=Source(f"contract {number}"))


def title_rights(number: int, windows: int) -> TitleRights:
    """A title with a mandate for the world, but for Korean theatres, and so many licences."""
    draw = random.Random(number)  # noqa: S311 -- the same deals each time
    everything = Scope(
        frozenset(tree.leaves()), territory.expand(["worldwide"]), Term(0, NOW + 1500 * DAY, "Asia/Seoul"), Languages()
    )
    grant = Grant("mandate-grant", "mandate", everything, exclusive=True, source=Source(clause="1"))
    mandate = Deal("mandate", Side.MANDATE, "a producer", Status.SIGNED, (grant,))
    return TitleRights(f"title-{number:06}", (mandate, *(licence(draw, item) for item in range(windows))))


@collecting.paused()
def timed(ask_it: Callable[[], object]) -> float:
    """The shorter of two runs, in seconds, as in the commands without searches for cycles."""
    times = []
    for _ in range(2):
        begun = time.process_time()
        ask_it()
        times.append(time.process_time() - begun)
    return min(times)


def named(parts: Iterable[Patch | Refusal]) -> list[tuple[object, ...]]:
    """Parts of an answer with everything in them that is looked up when it is read."""
    return [(part.rights, part.territories, part.span, part.languages) for part in parts]


def for_sale(titles: Iterable[IndexedTitle], question: Question) -> list[tuple[Patch, ...]]:
    """What of each title can be sold, or could if a pending deal came to nothing."""
    return [sellable(title, question, FOR_SALE) for title in titles]


def questions(catalogue: Index, endings: Endings) -> dict[str, Callable[[], object]]:
    """Every kind of question, put to the whole catalogue; the last four to one title.

    Reasons and names are looked up when they are read, and where that is all of them, there is a line for it.
    """
    titles = list(catalogue.titles.values())
    japan, svod = frozenset({"JP"}), frozenset({"svod"})
    world, every = territory.expand(["worldwide"]), frozenset(tree.leaves())
    at = Question(svod, japan, NOW)
    year = Question(svod, japan, NOW, until=NOW + 365 * DAY)
    anywhere = Question(svod, world, NOW)
    everything = Question(every, world, NOW - 2000 * DAY, until=OPEN)
    all_now, from_now = Question(every, world, NOW), Question(every, world, NOW, until=OPEN)
    large = index([title_rights(7, LARGE)]).titles["title-000007"]

    def asked(verb: Verb) -> Callable[[], object]:
        question = Question(svod, japan, NOW, verb, until=NOW + 365 * DAY if verb is Verb.SELL else None)
        return lambda: [ask(title, question) for title in titles]

    return {
        "may be delivered in JP": asked(Verb.DELIVER),
        "may be shown in JP": asked(Verb.SHOW),
        "may be sold in JP": asked(Verb.SELL),
        "may leave in JP, by day": lambda: [deliverable(title, year) for title in titles],
        "can still be sold in JP": lambda: [sellable(title, year) for title in titles],
        "SVOD for sale, worldwide": lambda: [sellable(title, anywhere) for title in titles],
        "all rights, worldwide": lambda: [ask(title, all_now) for title in titles],
        "the same, reasons read": lambda: [named(ask(title, all_now).refusals) for title in titles],
        "all for sale, worldwide": lambda: [sellable(title, all_now) for title in titles],
        "all for sale, from now on": lambda: for_sale(titles, from_now),
        "the same, names read": lambda: list(map(named, for_sale(titles, from_now))),
        "all that ends, in order": lambda: Endings(titles),
        "what ends in 90 days": lambda: endings.within(Span(NOW, NOW + 90 * DAY)),
        "why not, one title": lambda: ask(titles[0], at),
        "whole grid of one title": lambda: deliverable(titles[0], everything),
        "whole sales grid of one": lambda: sellable(titles[0], everything),
        f"grid of {LARGE} windows": lambda: sellable(large, everything),
    }


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of the size that times grow with, between the first and the last."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])


def growth_with_titles() -> tuple[float, float]:
    """Print the times by the number of titles; the longest question and report at the largest size, in seconds."""
    times: dict[str, list[float]] = {}
    for size in SIZES:
        titles = [title_rights(number, 10) for number in range(size)]
        begun = time.process_time()
        catalogue = index(titles, for_sales=True)
        times.setdefault(LOADED, []).append(time.process_time() - begun)
        ready = catalogue.titles.values()
        for name, question in questions(catalogue, Endings(ready)).items():
            times.setdefault(name, []).append(timed(question))
        begun = time.process_time()
        with collecting.paused():
            found = sum(1 for _ in all_conflicts(catalogue, NOW))
        times.setdefault("full conflict report", []).append(time.process_time() - begun)
        print(f"{size:7,} titles of 10 windows: {found:,} conflicts", flush=True)
    for name, seconds in times.items():
        shown = "  ".join(f"{item:8.3f}" for item in seconds)
        print(f"{name:26} {shown} s   n^{exponent(SIZES, seconds):.2f}")
    report = times.pop("full conflict report")[-1]
    times.pop(LOADED)
    return max(seconds[-1] for seconds in times.values()), report


def brute_seconds(rights: TitleRights, days: int) -> float:
    """How long the model takes to try every day x country x right x language of a few countries."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
    from brute_rights import Brute

    brute = Brute(rights)
    moments = range(NOW, NOW + days * DAY, DAY)
    begun = time.perf_counter()
    for point in product(("svod",), ("JP", "KR"), moments, TONGUES):
        brute.allowing(point)
    return time.perf_counter() - begun


def growth_with_windows() -> None:
    """Print the times by the number of windows of one title, beside those of the model."""
    ours: list[float] = []
    brute: list[float] = []
    for size in WINDOWS:
        rights = title_rights(7, size)
        title = index([rights]).titles[rights.title]
        question = Question(frozenset({"svod"}), frozenset({"JP", "KR"}), NOW, until=NOW + 60 * DAY)
        ours.append(timed(lambda title=title, question=question: deliverable(title, question)))  # type: ignore[misc]
        brute.append(brute_seconds(rights, 60))
        report = timed(lambda title=title: conflicts_of(title, NOW))  # type: ignore[misc]
        print(f"{size:4} windows: {ours[-1]:.5f} s, model {brute[-1]:.4f} s, {brute[-1] / ours[-1]:,.0f} x; ", end="")
        print(f"conflicts of the title {report:.4f} s")
    print(f"growth with windows: n^{exponent(WINDOWS, ours):.2f}, model n^{exponent(WINDOWS, brute):.2f}")
    rights = title_rights(7, 10)
    title = index([rights]).titles[rights.title]
    days = (30, 60, 120, 240)
    longer = [Question(frozenset({"svod"}), frozenset({"JP", "KR"}), NOW, until=NOW + count * DAY) for count in days]
    ours = [timed(lambda question=question: deliverable(title, question)) for question in longer]  # type: ignore[misc]
    brute = [brute_seconds(rights, count) for count in days]
    print(f"growth with days: n^{exponent(days, ours):.2f}, model n^{exponent(days, brute):.2f}")


def compare_catalogues(number: int) -> None:
    """Compare so many random catalogues with the model; raises AssertionError at the first difference."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
    from rights_comparing import compare

    begun = time.perf_counter()
    for seed in range(number):
        try:
            compare(random.Random(seed))  # noqa: S311 -- the same catalogues each time
        except AssertionError as error:
            raise SystemExit(f"catalogue {seed} differs from the model: {error}") from error
    print(f"{number:,} random catalogues agree with the model ({time.perf_counter() - begun:.0f} s)")


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--catalogues", type=int, default=0)
    catalogues = options.parse_args().catalogues
    question, report = growth_with_titles()
    growth_with_windows()
    print(f"of the limits: question {question / QUESTION_SECONDS:.2f} x, report {report / REPORT_SECONDS:.2f} x")
    if catalogues:
        compare_catalogues(catalogues)


if __name__ == "__main__":
    main()
