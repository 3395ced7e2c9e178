"""Where workers come from that need not start Python: how it lives, and that nothing outlives it."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import isolated
import pytest

from assets import nursery, nursery_keeper
from assets.worker import WorkerError, run_isolated

WAIT_SECONDS = 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are nurseries on Linux alone")


@pytest.fixture(autouse=True)
def _importable_by_the_worker(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(isolated.__file__).parent))


def _number():
    """The process of the nursery."""
    return nursery.nursery()._process.pid


def _is_there(number):
    """Whether a process has not ended; one that nobody has asked about yet has."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _gone(*numbers):
    until = time.monotonic() + WAIT_SECONDS
    while any(_is_there(number) for number in numbers):
        assert time.monotonic() < until, numbers
        time.sleep(0.02)


def _marked(mark):
    """What a process has left there: its number, and that of its nursery."""
    until = time.monotonic() + WAIT_SECONDS
    while not (mark.exists() and mark.read_text()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return [int(number) for number in mark.read_text().split()]


def test_each_call_has_a_process_of_its_own_from_the_same_nursery():
    first, second = (run_isolated(isolated.family, seconds=30) for _ in range(2))
    assert first[0] != second[0]
    assert first[1] == second[1] == _number()


def test_several_calls_at_once_have_their_own_answers():
    found = {}

    def ask(length):
        found[length] = run_isolated(isolated.takes, bytes(length), seconds=30)

    threads = [threading.Thread(target=ask, args=(number << 14,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number << 14: number << 14 for number in range(8)}


def _kinds(number):
    """Of what kinds the descriptors of a process are."""
    found = set()
    for path in Path(f"/proc/{number}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since then
            found.add(str(path.readlink()).partition(":")[0])
    return found


def test_it_has_nothing_of_what_the_tool_has_open(tmp_path):
    with (tmp_path / "open").open("wb"):
        assert run_isolated(isolated.takes, b"", seconds=30) == 0
        until = time.monotonic() + WAIT_SECONDS
        while (kinds := _kinds(_number())) != {"socket", "/dev/null", "anon_inode"}:
            assert time.monotonic() < until, kinds  # it may not have put away yet what its last call was
            time.sleep(0.02)


def test_other_variables_need_another_one(monkeypatch):
    before = _number()
    assert _number() == before
    monkeypatch.setenv("OTHER", "1")
    assert _number() != before
    _gone(before)


def test_it_ends_when_it_is_left():
    assert run_isolated(isolated.takes, b"", seconds=30) == 0
    number = _number()
    nursery.nursery().leave()
    _gone(number)
    assert nursery.nursery() is None


@pytest.mark.parametrize("first", [True, False])
def test_without_it_a_call_is_answered_as_ever(first):
    if not first:
        run_isolated(isolated.takes, b"", seconds=30)
    number = _number()
    os.kill(number, signal.SIGKILL)
    assert run_isolated(isolated.family, seconds=30)[1] == os.getpid()
    _gone(number)
    assert nursery.nursery() is None  # what killed it once may do so again


def test_a_call_that_is_lost_with_it_is_made_again(tmp_path):
    mark, found = tmp_path / "mark", []
    thread = threading.Thread(
        target=lambda: found.append(run_isolated(isolated.marks_and_hangs, str(mark), seconds=60))
    )
    thread.start()
    own, keeper = _marked(mark)
    os.kill(keeper, signal.SIGKILL)
    thread.join(WAIT_SECONDS)
    assert found == ["again"]
    _gone(own, keeper)


def test_one_that_hangs_is_ended_with_what_it_has_begun(tmp_path, monkeypatch):
    assert run_isolated(isolated.takes, b"", seconds=30) == 0  # it has begun: what follows does not wait for that
    monkeypatch.setattr(nursery, "_ANSWER_SECONDS", 0.1)
    mark = tmp_path / "mark"

    def stop():
        os.kill(_marked(mark)[1], signal.SIGSTOP)

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(WorkerError, match=r"made no progress for 2 s"):
        run_isolated(isolated.marks_and_hangs, str(mark), seconds=60, stall_seconds=2)
    thread.join()
    _gone(*_marked(mark))


@pytest.mark.parametrize(
    "sabotage",
    [
        "import os\ndel os.pidfd_open",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    ],
    ids=["an old kernel", "a library with a thread"],
)
def test_where_it_must_not_fork_it_does_not(sabotage, tmp_path, monkeypatch):
    """Python runs that module when it starts."""
    (tmp_path / "sitecustomize.py").write_text(sabotage, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]]))
    number = _number()
    assert run_isolated(isolated.family, seconds=30)[1] == os.getpid()
    _gone(number)


def test_it_knows_every_module_whose_functions_are_read_with():
    for module, libraries in nursery_keeper._LIBRARIES.items():
        for name in (module, *libraries):
            assert importlib.util.find_spec(name), name


def test_there_is_none_where_a_copy_of_a_process_may_hang(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert nursery.nursery() is None


def test_nothing_outlives_a_tool_that_was_killed(tmp_path):
    mark = tmp_path / "mark"
    run = "run_isolated(isolated.marks_and_hangs, sys.argv[1], seconds=600)"
    code = f"import isolated, sys; from assets.worker import run_isolated; {run}"
    with subprocess.Popen([sys.executable, "-c", code, str(mark)]) as tool:
        own, keeper = _marked(mark)
        tool.kill()
    _gone(own, keeper)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "name", "kind"),
    [
        ("assets.signals.one_pass", "measure_here", "master"),
        ("assets.probe", "read_media", "master"),
        ("assets.artwork_reading", "read_image", "picture"),
    ],
)
def test_nothing_is_left_to_import(module, name, kind, master_file, tmp_path):
    """What a function imports itself it imports for each file."""
    from PIL import Image

    path = tmp_path / "poster.png"
    Image.new("RGB", (64, 96)).save(path)
    keeper = nursery.nursery()
    sent = keeper.begin
    keeper.begin = lambda _module, words: sent(module, words)  # the function is that of a test
    file = str(master_file if kind == "master" else path)
    assert run_isolated(isolated.imported_by, module, name, file, seconds=60) == []
