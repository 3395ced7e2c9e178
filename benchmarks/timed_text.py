"""How fast subtitles are read, judged and written, beside pysrt and pysubs2; each figure from a process of its own.

    python benchmarks/timed_text.py [CUES]

CUES is 200,000 if it is left out. Needs pysubs2: benchmarks/requirements.txt. Times are of the processor, which a busy
machine disturbs least. What is asked for: reading at pysrt's rate; reading and every subtitle rule of svod at
pysubs2's rate of reading alone; less than 400 MB; time in proportion to the cues; 20,000 cues/s to each text format.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

CUES, FEW = 200_000, 2_000
ROUNDS = 3
LANGUAGES = ("ko", "en", "ja")
ROWS = {
    "ko": (
        "그 영화 벌써 본 거 아니었어?",
        "내일 아침에 다시 얘기하자",
        "아무도 널 모를 거라고",
        "비가 그칠 때까지 기다려",
        "1956년 여름이었다",
    ),
    "en": (
        "What are you doing here?",
        "Nobody in this town knows you.",
        "It was late that evening,",
        "<i>It began to rain in Busan.</i>",
        "They came home in 1956",
    ),
    "ja": (
        "今日はもう遅いから",
        "あの映画を観たのか？",
        "どこへ行くつもり？",
        "誰も君を知らないよ",
        "1956年の夏だった",
    ),
}
WEIGHTS = (4, 4, 4, 1, 1)
SPEED = {"ko": 9, "en": 14, "ja": 3}
RATE = Fraction(24)


def subrip(count: int, language: str) -> bytes:
    """A SubRip file with few faults: on the frames of RATE, one row or two, gaps of two frames and of seconds."""
    choose = random.Random(count)  # noqa: S311 -- the same file every time
    cues, start = [], 48
    for number in range(1, count + 1):
        rows = choose.choices(ROWS[language], WEIGHTS, k=choose.choice((1, 1, 1, 2, 2)))
        end = start + max(24, min(165, RATE.numerator * sum(map(len, rows)) // SPEED[language]))
        cues.append(f"{number}\n{clock(start)} --> {clock(end)}\n" + "\n".join(rows) + "\n\n")
        start = end + choose.choice((2, 2, 24, 60))
    return "".join(cues).encode()


def clock(frame: int) -> str:
    """The time of a frame, to the millisecond, as SubRip writes it."""
    ms = round(frame * 1000 / RATE)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def with_pysrt(data: bytes, _language: str) -> None:
    """Read with pysrt."""
    import pysrt

    timed(lambda: pysrt.from_string(data.decode()))


def with_pysubs2(data: bytes, _language: str) -> None:
    """Read with pysubs2."""
    import pysubs2

    timed(lambda: pysubs2.SSAFile.from_string(data.decode()))


def reading(data: bytes, _language: str) -> None:
    """Read."""
    from assets.subtitles.reading import read_subtitles

    read_subtitles(data[:200])  # imports what reading needs
    timed(lambda: read_subtitles(data))


def judging(data: bytes, language: str) -> None:
    """Read, and every subtitle rule of svod but the one against measured speech, which only says that it was not."""
    from assets import collecting, platform
    from assets.subtitles.model import SubtitleTrack
    from assets.subtitles.reading import read_subtitles
    from assets.title import AssetFile, Kind
    from checks import core, suites

    suite = [item for item in suites.suite(platform.load("svod")) if item.check.on is SubtitleTrack]

    def judge(source: bytes) -> int:
        with collecting.paused():
            read = read_subtitles(source)
            end = read.cues[-1].end
            file = AssetFile("film.srt", Path("film.srt"))
            cuts = tuple(cue.start for cue in read.cues[::3])
            track = SubtitleTrack(
                file,
                "film",
                language,
                Kind.FULL,
                read.format,
                read.encoding,
                read.bom,
                read.cues,
                read.damage,
                frame_rate=RATE,
                programme_end=end,
                cuts=cuts,
            )
            return sum(1 for _ in core.run(suite, [track]))

    judge(data[:200])
    timed(lambda: judge(data))


def writing(data: bytes, target: str) -> None:
    """Convert to a format, with the losses."""
    from assets import collecting
    from assets.subtitles.conversion import convert
    from assets.subtitles.format import Target
    from assets.subtitles.reading import read_subtitles

    cues = read_subtitles(data).cues
    settings = Target("en", Fraction(30000, 1001) if target == "scc" else RATE)
    convert(cues[:1], target, settings)
    with collecting.paused():
        timed(lambda: convert(cues, target, settings).data)


def timed(work: Callable[[], object]) -> None:
    """Print the seconds of one run, and the most memory that the process has had, in MB."""
    begun = time.process_time()
    result = work()
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory, result if isinstance(result, int) else 0]))


TASKS = {"pysrt": with_pysrt, "pysubs2": with_pysubs2, "read": reading, "judge": judging, "write": writing}


def best(task: str, count: int, language: str, argument: str = "") -> tuple[float, float, int]:
    """Seconds and MB of the fastest of a few runs, and what the task counted."""
    runs = []
    for _ in range(ROUNDS):
        command = [sys.executable, __file__, "--task", task, str(count), language, argument or language]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append(tuple(json.loads(done.stdout.splitlines()[-1])))
    return min(runs)


def main(count: int) -> None:
    """Print the figures."""
    from assets.subtitles.reading import FORMATS, format_of

    for language in LANGUAGES:
        figures = {task: best(task, count, language) for task in ("pysrt", "pysubs2", "read", "judge")}
        for task, (seconds, memory, found) in figures.items():
            findings = f"  {found} findings and rules not run" if found else ""
            print(f"{language}  {task:8} {count / seconds:9.0f} cues/s  {memory:4.0f} MB{findings}")
        print(f"{language}  read / pysrt            {figures['pysrt'][0] / figures['read'][0]:.2f} x its rate")
        print(f"{language}  read and judge / pysubs2 {figures['pysubs2'][0] / figures['judge'][0]:.2f} x its rate")
        for task in ("read", "judge"):
            growth = figures[task][0] / count / (best(task, FEW, language)[0] / FEW)
            print(f"{language}  {task}: time per cue at {count} / at {FEW}: {growth:.2f}")
    for name in FORMATS:
        if not format_of(name).is_binary:
            seconds, memory, _ = best("write", count, "en", name)
            growth = seconds / count / (best("write", FEW, "en", name)[0] / FEW)
            print(f"convert to {name:8} {count / seconds:9.0f} cues/s  {memory:4.0f} MB  growth {growth:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--task"]:
        _, _, task_name, cues, source_language, extra = sys.argv
        TASKS[task_name](subrip(int(cues), source_language), extra)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CUES)
