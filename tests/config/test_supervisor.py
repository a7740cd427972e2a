"""Child processes of `serve`: restarted when they die, stopped together, never left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded.layout import PROJECT_ROOT
from config.management.commands.serve import free_port

PARENT = """
import os, sys
from config.supervisor import Child, Supervisor
note = "import os, sys, time; open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10)); time.sleep(60)"
Supervisor(
    [Child("one", [sys.executable, "-c", note, sys.argv[1]])], environment=os.environ, report=lambda text: None
).run()
"""


def wait_until(holds: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "gave up waiting"
        time.sleep(0.05)


def is_alive(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Running:
    """A supervisor in a process of its own, and the numbers of the children it started so far."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "numbers"
        self.process = subprocess.Popen([sys.executable, "-c", PARENT, str(self.notes)], cwd=PROJECT_ROOT)
        self.wait_for(1)

    def numbers(self) -> list[int]:
        text = self.notes.read_text(encoding="ascii") if self.notes.exists() else ""
        return [int(line) for line in text.splitlines()]

    def wait_for(self, count: int) -> None:
        wait_until(lambda: len(self.numbers()) >= count)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    found = Running(tmp_path)
    yield found
    if found.process.poll() is None:
        found.process.terminate()
        found.process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_parent_and_children(running: Running, number: signal.Signals) -> None:
    running.process.send_signal(number)
    assert running.process.wait(timeout=20) == 0
    assert not any(is_alive(child) for child in running.numbers())


def test_dead_child_is_started_again(running: Running) -> None:
    os.kill(running.numbers()[0], signal.SIGKILL)
    running.wait_for(2)
    assert is_alive(running.numbers()[1])


if sys.platform == "linux":  # only Linux tells a child of its parent's death

    def test_kill_9_of_the_parent_leaves_no_orphan(running: Running) -> None:
        running.process.kill()
        running.process.wait()
        wait_until(lambda: not any(is_alive(child) for child in running.numbers()))


def test_busy_port_gives_the_next_free_one() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert taken < free_port(taken) <= taken + 50
