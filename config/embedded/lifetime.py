"""When the embedded servers start and stop.

Every process that uses them holds a shared lock for as long as it lives; the operating system drops it even after
kill -9. A small keeper process waits for the moment nobody holds it any more and then stops both servers, so nothing
is left running. Starting is serialised by a second lock: of two processes at once one starts, the other shares.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from config.embedded import broker, database
from config.embedded.layout import PROJECT_ROOT, ServerLayout, project_layout

# Short commands in a row find the servers still warm.
IDLE_SECONDS = 8

_held: dict[tuple[int, Path], int] = {}


def ensure_servers(layout: ServerLayout | None = None) -> ServerLayout | None:
    """Start what is not running and keep it running for the life of this process.

    Without `layout`, the project's own servers, and only those that no DATABASE_URL or REDIS_URL replaces.
    Returns the layout in use, or None when both servers are somebody else's.
    """
    wants_database = layout is not None or not os.environ.get("DATABASE_URL")
    wants_broker = layout is not None or not os.environ.get("REDIS_URL")
    if not (wants_database or wants_broker):
        return None
    layout = layout or project_layout()
    layout.locks.mkdir(parents=True, exist_ok=True)
    starting = _open_lock(layout, "start")
    try:
        fcntl.flock(starting, fcntl.LOCK_EX)
        _hold(layout)
        if wants_database:
            database.start(layout)
        if wants_broker:
            broker.start(layout)
        _start_keeper(layout)
    finally:
        os.close(starting)
    return layout


def stop_when_unused(layout: ServerLayout, *, keeper_lock: int | None = None) -> bool:
    """Let go of the servers and stop them at once if no other process uses them; True when they were stopped.

    The keeper gives its own lock away here, before a waiting starter can look for a keeper.
    """
    held = _held.pop((os.getpid(), layout.home), None)
    if held is not None:
        os.close(held)
    users = _open_lock(layout, "users")
    try:
        if not _lock_alone(users):
            return False
        if keeper_lock is not None:
            os.close(keeper_lock)
        # Held exclusively until both are down: a process that starts meanwhile waits, then starts them anew.
        broker.stop(layout)
        database.stop(layout)
        return True
    finally:
        os.close(users)


def is_unused(layout: ServerLayout) -> bool:
    """True when at this moment no process holds the servers."""
    users = _open_lock(layout, "users")
    try:
        return _lock_alone(users, attempts=1)
    finally:
        os.close(users)


def _lock_alone(descriptor: int, *, attempts: int = 5) -> bool:
    """Take the lock exclusively. Several attempts, since the keeper's look at the same lock takes an instant."""
    for _ in range(attempts):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _hold(layout: ServerLayout) -> None:
    key = (os.getpid(), layout.home)
    if key not in _held:
        users = _open_lock(layout, "users")
        fcntl.flock(users, fcntl.LOCK_SH)
        _held[key] = users


def _start_keeper(layout: ServerLayout) -> None:
    """Start the keeper unless one is alive. It inherits the locked descriptor, so there is never a second."""
    lock = _open_lock(layout, "keeper")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "config.embedded.keeper",
                str(layout.home),
                str(layout.sockets),
                str(lock),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT_ROOT,
            pass_fds=(lock,),
            start_new_session=True,
        )
    finally:
        os.close(lock)


def _open_lock(layout: ServerLayout, name: str) -> int:
    return os.open(layout.locks / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
