# SPDX-License-Identifier: GPL-3.0-or-later
"""Worker processes: a crash or a hang costs one job, stopping is quick, and nothing stays behind."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from player.domain.errors import Cancelled
from player.domain.progress import CancelToken
from player.importing.workers import Crashed, Job, Outcome, TooSlow, WorkerPool, WorkersUnavailable, worker_command

UNRULY = """
import os, signal, sys, time
from player.importing import worker
def hang(job):
    while True: time.sleep(60)
def crash(job):
    os.kill(os.getpid(), signal.SIGSEGV)
def chatter(job):
    print("noise on standard output", flush=True)
    return {"said": job["word"], "pid": os.getpid()}
def fail(job):
    raise ValueError("no")
def greedy(job):
    return {"size": len(bytearray(64 * 1024**3))}
answers = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
worker._limit_memory()
worker.wire.send(answers, {"ready": True})
worker.serve(sys.stdin.buffer, answers,
    {"hang": hang, "crash": crash, "chatter": chatter, "fail": fail, "greedy": greedy})
"""
COMMAND = [sys.executable, "-P", "-c", UNRULY]


def jobs(*names: str) -> list[Job[int]]:
    return [Job(index, {"do": name, "word": name}) for index, name in enumerate(names)]


def outcomes(pool: WorkerPool, *names: str, timeout_s: float = 10) -> dict[int, Outcome[int]]:
    return {outcome.key: outcome for outcome in pool.run(jobs(*names), timeout_s=timeout_s)}


def gone(pids: tuple[int, ...]) -> bool:
    return not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids)


def test_a_crash_loses_only_its_job() -> None:
    with WorkerPool(2, COMMAND) as pool:
        found = outcomes(pool, "chatter", "crash", "chatter", "fail", "chatter")
    assert {key: type(outcome.error) for key, outcome in found.items()} == {
        0: type(None), 1: Crashed, 2: type(None), 3: Crashed, 4: type(None),
    }  # fmt: skip
    assert found[4].answer is not None
    assert found[4].answer["said"] == "chatter"


def test_a_hang_is_ended_in_time() -> None:
    with WorkerPool(1, COMMAND) as pool:
        begun = time.monotonic()
        found = outcomes(pool, "hang", "chatter", timeout_s=0.5)
        pids = pool.pids
        assert isinstance(found[0].error, TooSlow)
        assert found[1].answer is not None
        assert time.monotonic() - begun < 10
    assert gone(pids)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is not kept elsewhere")
def test_memory_is_bounded() -> None:
    with WorkerPool(1, COMMAND) as pool:
        found = outcomes(pool, "greedy", "chatter")
    assert isinstance(found[0].error, Crashed)
    assert found[1].answer is not None


def test_workers_are_used_again() -> None:
    with WorkerPool(1, COMMAND) as pool:
        first, second = outcomes(pool, "chatter")[0], outcomes(pool, "chatter")[0]
    assert first.answer is not None
    assert second.answer is not None
    assert first.answer["pid"] == second.answer["pid"]


def test_cancel_is_quick_and_leaves_nothing() -> None:
    token = CancelToken()
    cancelled_at: list[float] = []

    def cancel() -> None:
        cancelled_at.append(time.monotonic())
        token.cancel()

    with WorkerPool(2, COMMAND) as pool:
        running = pool.run(jobs("chatter", "hang", "hang"), cancel=token, timeout_s=60)
        next(running)
        pids = pool.pids
        timer = threading.Timer(0.1, cancel)
        timer.start()
        with pytest.raises(Cancelled):
            list(running)
        assert time.monotonic() - cancelled_at[0] < 0.3
        timer.join()
        assert pool.pids == ()
    assert gone(pids)


def test_a_program_that_was_killed_leaves_no_worker(tmp_path: Path) -> None:
    """Without a word from the program a worker ends: idle at once, over a job when the job's time is over."""
    script = tmp_path / "program.py"
    script.write_text(
        "import sys, threading\n"
        "from player.importing.workers import Job, WorkerPool\n"
        f"pool = WorkerPool(2, {COMMAND!r})\n"
        "running = pool.run([Job(0, {'do': 'chatter', 'word': ''}), Job(1, {'do': 'hang'})], timeout_s=1.0)\n"
        "next(running)\n"
        "print(*pool.pids, flush=True)\n"
        "threading.Event().wait()\n"
    )
    root = Path(__file__).resolve().parents[3]
    program = psutil.Popen([sys.executable, script], stdout=-1, env={"PYTHONPATH": str(root)})
    pids = tuple(int(word) for word in program.stdout.readline().split())
    assert pids
    program.kill()
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 15
    while not gone(pids):
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def test_a_worker_that_never_starts_is_told() -> None:
    with WorkerPool(1, [sys.executable, "-c", "raise SystemExit(3)"]) as pool:
        with pytest.raises(WorkersUnavailable, match="does not start"):
            list(pool.run(jobs("chatter")))
        assert pool.pids == ()
    with WorkerPool(1, ["/does/not/exist"]) as pool, pytest.raises(WorkersUnavailable):
        list(pool.run(jobs("chatter")))


def test_a_worker_loads_neither_windows_nor_database() -> None:
    code = (
        "import sys; from player.importing import handlers, worker;"
        "print([name for name in ('PySide6', 'sqlalchemy', 'vlc', 'player.app') if name in sys.modules])"
    )
    done = psutil.Popen([*worker_command()[:2], "-c", code], stdout=-1, cwd=Path(__file__).resolve().parents[3],
                        env={"PYTHONPATH": str(Path(__file__).resolve().parents[3])})  # fmt: skip
    said, _ = done.communicate(timeout=60)
    assert said.decode().strip() == "[]"


def test_from_another_thread(tmp_path: Path) -> None:
    found: list[dict[int, Outcome[int]]] = []

    def work() -> None:
        with WorkerPool(1) as pool:
            found.append({o.key: o for o in pool.run([Job(0, {"do": "probe", "path": str(tmp_path / "none.mp4")})])})

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert found[0][0].answer is not None
    assert found[0][0].answer["reason"] == "unreadable"
