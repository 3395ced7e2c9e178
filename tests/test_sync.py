"""What is said of a track whose times are wrong in a known way; nothing is said of one whose times are right."""

import random
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.subtitles import frames, sync, sync_labels
from assets.subtitles.model import Cue, Run
from assets.subtitles.reading import read_subtitles
from assets.subtitles.sync import Kind, diagnose
from assets.timing import from_frames, from_ms, to_frames

FILM_MS = 84 * 60_000
JITTER_MS = 80
WITHIN = from_ms(100)
PAL = Fraction(25, 24)
PULL_DOWN = Fraction(1001, 1000)

seeds = st.integers(0, 10**9)


def dice(seed):
    return random.Random(seed)  # noqa: S311 -- the same for each seed is what is wanted


def right_starts(draw, count):
    """In-cues of a film in ms, as dialogue has them: in bursts, with pauses."""
    starts, now = [], 8_000
    for _ in range(count):
        starts.append(now)
        now += 1_000 + int(draw.expovariate(1 / (FILM_MS / count)))
    return starts


def reference(draw, starts):
    """Another language's cues: a tenth of them was left out."""
    return [(from_ms(start), from_ms(start + 900)) for start in starts if draw.random() > 0.1]


@dataclass
class Distorted:
    """Cues that were distorted, and for each the number of the right cue it comes from; None of an added one."""

    cues: list[Cue]
    sources: list[int | None]

    def first_from(self, source):
        return next(place for place, item in enumerate(self.sources) if item is not None and item >= source)


def distort(draw, starts, change):
    """Every start changed; a tenth left out, a tenth added, and all a little off. What a cut takes away is gone."""
    moved = []
    for number, start in enumerate(starts):
        at = change(start, number) + draw.uniform(-JITTER_MS, JITTER_MS)
        if draw.random() > 0.1 and (not moved or at > moved[-1][0]):
            moved.append((at, number))
    first, last = moved[0][0], moved[-1][0]
    added = [(draw.uniform(first, last), None) for _ in range(len(moved) // 10)]
    both = sorted([*moved, *added], key=lambda item: item[0])
    cues = [
        Cue(number, from_ms(int(at)), from_ms(int(at) + 900), (Run("네"),)) for number, (at, _) in enumerate(both, 1)
    ]
    return Distorted(cues, [source for _, source in both])


@dataclass
class Case:
    kind: Kind
    ratio: Fraction = Fraction(1)
    offset_ms: int = 0
    since: float = 0
    """The share of the track after which the offset holds."""

    def change(self, count):
        def changed(start, number):
            return float(start * self.ratio) + (self.offset_ms if number >= self.since * count else 0)

        return changed


CASES = {
    "late": Case(Kind.OFFSET, offset_ms=2_000),
    "early": Case(Kind.OFFSET, offset_ms=-400),
    "an hour of timecode": Case(Kind.OFFSET, offset_ms=3_600_000),
    "24 for 25": Case(Kind.RATE, PAL),
    "25 for 24": Case(Kind.RATE, 1 / PAL),
    "23.976 for 24": Case(Kind.RATE, PULL_DOWN),
    "30 for 29.97": Case(Kind.RATE, 1 / PULL_DOWN),
    "23.976 for 25": Case(Kind.RATE, PAL * PULL_DOWN),
    "25 for 23.976": Case(Kind.RATE, 1 / (PAL * PULL_DOWN)),
    "24 for 30": Case(Kind.RATE, Fraction(5, 4)),
    "24 for 25 and late": Case(Kind.RATE_AND_OFFSET, PAL, 3_000),
    "25 for 23.976 and early": Case(Kind.RATE_AND_OFFSET, 1 / (PAL * PULL_DOWN), -1_500),
    "a longer reel": Case(Kind.JUMP, offset_ms=2_000, since=0.5),
    "a reel cut by half a second": Case(Kind.JUMP, offset_ms=-500, since=0.3),
    "three minutes were cut": Case(Kind.JUMP, offset_ms=-180_000, since=0.6),
    "24 for 25 and a longer reel": Case(Kind.JUMP, PAL, 4_000, since=0.5),
}


def check_case(case, seed, count):
    draw = dice(seed)
    starts = right_starts(draw, count)
    right = reference(draw, starts)
    made = distort(draw, starts, case.change(count))
    found = diagnose(made.cues, right)
    assert (found.kind, found.ratio) == (case.kind, case.ratio), found
    assert abs(found.offset - from_ms(case.offset_ms)) <= WITHIN, found
    assert found.confidence >= 70
    if case.kind is Kind.JUMP:
        known = {start for start, _ in right}
        place, true = found.from_cue - 1, made.first_from(case.since * count)
        between = made.sources[min(place, true) : max(place, true)]
        assert sum(1 for source in between if source is not None and from_ms(starts[source]) in known) <= 2
        assert abs(found.before) <= WITHIN
    elif case.kind is Kind.OFFSET:
        assert found.from_cue == 1
    else:
        first = made.cues[found.from_cue - 1]
        off = abs(first.start - (first.start - found.offset) / found.ratio)
        assert off >= from_ms(sync.NOTICEABLE_MS)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@settings(deadline=None, max_examples=2)
@given(seed=seeds, count=st.sampled_from([90, 250]))
def test_a_fault_is_named(case, seed, count):
    check_case(case, seed, count)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@settings(deadline=None, max_examples=25)
@given(seed=seeds, count=st.sampled_from([60, 400, 1500]))
def test_a_fault_is_named_in_long_and_short_tracks(case, seed, count):
    check_case(case, seed, count)


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(seed=seeds, count=st.integers(5, 300), kept=st.sampled_from([1.0, 0.6, 0.3]))
def test_a_right_track_is_never_called_wrong(seed, count, kept):
    """Whatever its length, and though the other language splits most of its sentences otherwise."""
    draw = dice(seed)
    starts = right_starts(draw, count)
    right = [
        (start, end) if draw.random() < kept else (start + from_ms(draw.randrange(500, 2500)), end)
        for start, end in reference(draw, starts)
    ]
    made = distort(draw, starts, lambda start, _: start)
    assert diagnose(made.cues, right).kind in {Kind.IN_SYNC, Kind.UNKNOWN}


TRANSLATED = {
    "late": Case(Kind.OFFSET, offset_ms=2_000),
    "24 for 25": Case(Kind.RATE, PAL),
    "a longer reel": Case(Kind.JUMP, offset_ms=3_000, since=0.5),
}


@pytest.mark.slow
@pytest.mark.parametrize("jitter_ms", [250, 300])
@pytest.mark.parametrize("case", TRANSLATED.values(), ids=TRANSLATED)
def test_a_fault_is_named_though_each_translator_timed_the_track_anew(case, jitter_ms):
    """800 cues of which a fifth was left out, each in-cue up to 0.3 s from the other language's."""
    draw = dice(4)
    starts = right_starts(draw, 800)
    right = [from_ms(start + draw.randrange(-jitter_ms, jitter_ms)) for start in starts if draw.random() > 0.2]
    times = [from_ms(int(case.change(800)(start, number))) for number, start in enumerate(starts)]
    cues = [Cue(number, time, time, ()) for number, time in enumerate(times, 1)]
    found = diagnose(cues, [(time, time) for time in sorted(right)])
    assert (found.kind, found.ratio) == (case.kind, case.ratio), found
    assert abs(found.offset - from_ms(case.offset_ms)) <= WITHIN


@pytest.mark.parametrize("jitter_ms", [50, 150])
def test_a_jump_shortly_before_the_end_is_told(jitter_ms):
    draw = dice(5)
    starts = right_starts(draw, 800)
    right = [from_ms(start + draw.randrange(-jitter_ms, jitter_ms)) for start in starts if draw.random() > 0.2]
    times = [from_ms(start + (2_000 if number > 780 else 0)) for number, start in enumerate(starts, 1)]
    cues = [Cue(number, time, time, ()) for number, time in enumerate(times, 1)]
    found = diagnose(cues, [(time, time) for time in sorted(right)])
    assert found.kind is Kind.JUMP
    assert abs(found.from_cue - 781) <= 3
    assert abs(found.offset - from_ms(2_000)) <= WITHIN


ELEPHANTS = Path(__file__).parents[2] / "shared" / "data" / "subtitles" / "elephants-dream"


@pytest.mark.slow
@pytest.mark.skipif(not ELEPHANTS.is_dir(), reason="the sample files are not here")
@pytest.mark.parametrize("other", ["ja", "ru", "sv", "ar"])
def test_a_fault_is_named_in_a_film_whose_languages_were_timed_apart(other):
    def times(language):
        data = (ELEPHANTS / f"captions.{language}.vtt").read_bytes()
        return [(cue.start, cue.end) for cue in read_subtitles(data).cues]

    english, right = times("en"), times(other)

    def said(change):
        return diagnose([Cue(n, change(start), end, ()) for n, (start, end) in enumerate(english, 1)], right)

    assert said(lambda start: start).kind is Kind.IN_SYNC
    assert said(lambda start: start + from_ms(2_000)).kind is Kind.OFFSET
    stretched = said(lambda start: start * 25 // 24)
    assert (stretched.kind, stretched.ratio) == (Kind.RATE, PAL)
    middle = english[len(english) // 2][0]
    assert said(lambda start: start + from_ms(3_000 if start >= middle else 0)).kind is Kind.JUMP


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(seed=seeds, count=st.integers(8, 400))
def test_tracks_that_have_nothing_to_do_with_each_other_tell_nothing(seed, count):
    draw = dice(seed)
    made = distort(draw, right_starts(draw, count), lambda start, _: start)
    found = diagnose(made.cues, reference(draw, right_starts(draw, count)))
    assert found.kind is Kind.UNKNOWN


@pytest.mark.parametrize(("first", "stop"), [(0, 90), (0, 60), (30, 90), (20, 50)])
def test_cues_at_even_times_fit_everywhere_and_are_not_called_wrong(first, stop):
    times = [(from_ms(3_000 * number), from_ms(3_000 * number + 900)) for number in range(90)]
    cues = [Cue(number, start, end, (Run("네"),)) for number, (start, end) in enumerate(times, 1)]
    assert diagnose(cues[first:stop], times).kind is Kind.IN_SYNC


def test_every_jump_of_a_track_is_told():
    draw = dice(1)
    starts = right_starts(draw, 300)
    made = distort(draw, starts, lambda start, number: start + (0, 1_000, -500)[number // 100])
    found = diagnose(made.cues, reference(draw, starts))
    assert [round(jump.offset / from_ms(100)) for jump in found.jumps] == [10, -5]
    assert found.furthest >= from_ms(900)
    assert found.words.startswith("in sync at first, 1.0") or found.words.startswith("in sync at first, 0.9")


NOT_LABELS = [
    pytest.param(sync_labels._drop_as_non_drop, PULL_DOWN, sync_labels.DROP_AS_NON_DROP, id="drop as non-drop"),
    pytest.param(sync_labels._non_drop_as_drop, 1 / PULL_DOWN, sync_labels.NON_DROP_AS_DROP, id="non-drop as drop"),
]


def misread(read, ratio, cause, seed):
    """Times on frames, as files of timecode have them, with a frame more or less."""
    draw = dice(seed)
    starts = [from_frames(to_frames(from_ms(start), frames.NTSC), frames.NTSC) for start in right_starts(draw, 200)]
    right = [(start, start + from_ms(900)) for start in starts]
    off = [from_ms(draw.uniform(-33, 33).__round__()) for _ in starts]
    labelled = [Cue(n, read(at) + by, at, ()) for n, (at, by) in enumerate(zip(starts, off, strict=True), 1)]
    scaled = [Cue(n, round(at * ratio) + by, at, ()) for n, (at, by) in enumerate(zip(starts, off, strict=True), 1)]
    found, plain = diagnose(labelled, right), diagnose(scaled, right)
    assert (found.kind, found.ratio) == (plain.kind, plain.ratio) == (Kind.RATE, ratio)
    assert found.cause in {cause, f"or {cause}"}
    assert plain.cause in {"", f"or {cause}"}
    assert cause in found.words


@pytest.mark.parametrize(("read", "ratio", "cause"), NOT_LABELS)
@settings(max_examples=3)
@given(seed=seeds)
def test_labels_that_were_misread_are_told_from_another_rate(read, ratio, cause, seed):
    misread(read, ratio, cause, seed)


@pytest.mark.slow
@pytest.mark.parametrize(("read", "ratio", "cause"), NOT_LABELS)
@settings(max_examples=15)
@given(seed=seeds)
def test_labels_that_were_misread_of_many_films(read, ratio, cause, seed):
    misread(read, ratio, cause, seed)


def test_labels_on_exact_frames_are_told_for_certain():
    draw = dice(2)
    starts = [from_frames(to_frames(from_ms(start), frames.NTSC), frames.NTSC) for start in right_starts(draw, 200)]
    right = [(start, start) for start in starts]
    labelled = [Cue(n, sync_labels._drop_as_non_drop(start), start, ()) for n, start in enumerate(starts, 1)]
    scaled = [Cue(n, start * 1001 // 1000, start, ()) for n, start in enumerate(starts, 1)]
    assert diagnose(labelled, right).words == f"stretched by 1001/1000 ({sync_labels.DROP_AS_NON_DROP})"
    assert diagnose(scaled, right).words == "stretched by 1001/1000 (23.976 fps against 24 or 29.97 fps against 30)"


SPOKEN = pytest.mark.parametrize(
    "case", [CASES["late"], CASES["24 for 25"], CASES["23.976 for 24"], CASES["a longer reel"]], ids=str
)


def named_by_stretches(case, seed):
    """The detector joins what follows within a moment, hears it up to a tenth of a second late, and hears music too."""
    draw = dice(seed)
    starts = right_starts(draw, 250)
    right, until = [], -10_000
    for start in starts:
        if start - until > 400:
            heard = start + draw.uniform(-20, 100)
            right.append((from_ms(int(heard)), from_ms(int(heard) + 900)))
        until = start + 900 + draw.choice([0, 300, 900])
    right += [(from_ms(draw.randrange(FILM_MS)),) * 2 for _ in range(25)]
    found = diagnose(distort(draw, starts, case.change(250)).cues, right, speech=True)
    assert (found.kind, found.ratio) == (case.kind, case.ratio), found
    assert abs(found.offset - from_ms(case.offset_ms - 40)) <= 2 * WITHIN
    assert diagnose(distort(draw, starts, lambda start, _: start).cues, right, speech=True).kind is Kind.IN_SYNC


@SPOKEN
def test_a_fault_is_named_by_stretches_of_speech(case):
    named_by_stretches(case, 0)


@pytest.mark.slow
@SPOKEN
@settings(max_examples=8)
@given(seed=seeds)
def test_a_fault_is_named_by_stretches_of_any_speech(case, seed):
    named_by_stretches(case, seed)


def test_too_few_cues_tell_nothing():
    cues = [Cue(n, from_ms(n * n * 1000), from_ms(n * n * 1000 + 500), ()) for n in range(1, 8)]
    found = diagnose(cues, [(cue.start, cue.end) for cue in cues])
    assert (found.kind, found.is_fault, found.words) == (Kind.UNKNOWN, False, "not to be told")
    assert diagnose([], []).kind is Kind.UNKNOWN


@pytest.mark.slow
def test_a_film_takes_less_than_half_a_second_of_computing():
    draw = dice(3)
    starts = right_starts(draw, 1500)
    right, made = reference(draw, starts), distort(draw, starts, lambda start, _: start * 25 / 24)
    taken = []
    for _ in range(3):
        begun = time.process_time()
        assert diagnose(made.cues, right).kind is Kind.RATE
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.5
