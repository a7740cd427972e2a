"""Child processes of `manage.py serve`: started, watched, restarted with a growing pause, stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# A child that ran this long is healthy again: its next restart is quick.
HEALTHY_SECONDS = 60.0
STOP_SECONDS = 12.0
POLL_SECONDS = 0.25
PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """One program to keep running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_after: float = 0.0
    pause: float = field(default=FIRST_PAUSE_SECONDS)


class Supervisor:
    """Keeps its children running until `stop()` is asked for by a signal.

    On Linux each child also dies with this process, kill -9 included.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        environment: Mapping[str, str],
        report: Callable[[str], None],
        every_few_seconds: Callable[[], None] = lambda: None,
    ) -> None:
        self.children = list(children)
        self.environment = dict(environment)
        self.report = report
        self.every_few_seconds = every_few_seconds
        self._stopping = False

    def run(self) -> None:
        """Block until SIGINT, SIGTERM or SIGHUP; then stop every child."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        next_look = time.monotonic() + 5
        try:
            while not self._stopping:
                for child in self.children:
                    self._look_after(child)
                if time.monotonic() >= next_look:
                    self.every_few_seconds()
                    next_look = time.monotonic() + 5
                time.sleep(POLL_SECONDS)
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask all children to finish at once, then end those that do not within `STOP_SECONDS`."""
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # Its own children share its process group.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stopping = True

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            code = child.process.poll()
            if code is None:
                return
            child.process = None
            if now - child.started_at >= HEALTHY_SECONDS:
                child.pause = FIRST_PAUSE_SECONDS
            child.start_after = now + child.pause
            self.report(f"{child.name}已退出（代码 {code}），{child.pause:.0f} 秒后重新启动。")
            child.pause = min(child.pause * 2, LONGEST_PAUSE_SECONDS)
        elif now >= child.start_after:
            child.process = self._start(child)
            child.started_at = now

    def _start(self, child: Child) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            child.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C reaches this process only, which then stops the children in order.
            process_group=0,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one thread only
        )


_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, however it dies."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
