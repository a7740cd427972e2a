"""The embedded servers in a throw-away folder: start, share, stop, and recovery from every kind of crash."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded import broker, database, ensure_servers, layout_in, stop_when_unused
from config.embedded.layout import PROJECT_ROOT, SOCKET_FOLDER_LIMIT, ServerLayout

HOLD = """
import sys, time
from pathlib import Path
from config.embedded import ensure_servers, layout_in
ensure_servers(layout_in(Path(sys.argv[1]), durable=False))
print("ready", flush=True)
time.sleep(120)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: another session of pytest takes the right to enter its folders back in the midst of a start."""
    with tempfile.TemporaryDirectory(prefix="hengdu-servers-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.fixture
def layout(folder: Path) -> Iterator[ServerLayout]:
    found = layout_in(folder / "var", durable=False)
    yield found
    if found.home.exists():
        stop_when_unused(found)
        wait_until(lambda: not is_up(found))
    shutil.rmtree(found.sockets, ignore_errors=True)


def is_up(layout: ServerLayout) -> bool:
    return database.is_reachable(layout) or broker.is_reachable(layout)


def wait_until(holds: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "gave up waiting"
        time.sleep(0.05)


def postmaster(layout: ServerLayout) -> int:
    return int((layout.database_folder / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])


def broker_number(layout: ServerLayout) -> int:
    with broker._client(layout) as client:
        return int(client.info("server")["process_id"])


def second_process(layout: ServerLayout) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(layout.home)], stdout=subprocess.PIPE, cwd=PROJECT_ROOT
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def test_start_use_stop_and_start_again(layout: ServerLayout) -> None:
    ensure_servers(layout)
    with database._connect(layout, database="hengdu") as connection, connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
        cursor.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    connection.close()
    assert stop_when_unused(layout) is True
    assert not is_up(layout)

    ensure_servers(layout)
    with database._connect(layout, database="hengdu") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM kept")
        assert cursor.fetchone() == (42,)
    connection.close()


def test_application_role_is_no_superuser(layout: ServerLayout) -> None:
    ensure_servers(layout)
    with database._connect(layout, database="postgres") as connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = 'hengdu'")
        assert cursor.fetchone() == (False, False)
    connection.close()


def test_second_process_shares_and_the_last_one_stops(layout: ServerLayout) -> None:
    ensure_servers(layout)
    before = postmaster(layout)
    other = second_process(layout)
    try:
        assert postmaster(layout) == before
        assert stop_when_unused(layout) is False, "the other process still uses the servers"
        assert database.is_reachable(layout) and broker.is_reachable(layout)
    finally:
        other.kill()
        other.wait()
    assert stop_when_unused(layout) is True
    assert not is_up(layout)


def test_two_processes_starting_at_once_get_one_pair(layout: ServerLayout) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(layout.home)], stdout=subprocess.PIPE, cwd=PROJECT_ROOT
        )
        for _ in range(2)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        folder = str(layout.database_folder)
        running = [
            found for found in psutil.process_iter(["cmdline"]) if folder in (found.info["cmdline"] or [])
        ]
        assert len(running) == 1
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_recovers_from_kill_9_of_both_servers(layout: ServerLayout) -> None:
    ensure_servers(layout)
    killed = [postmaster(layout), broker_number(layout)]
    for number in killed:
        os.kill(number, signal.SIGKILL)
    wait_until(lambda: not is_up(layout))
    assert layout.broker_socket.exists() and (layout.database_folder / "postmaster.pid").exists(), (
        "left stale"
    )
    ensure_servers(layout)
    assert database.is_reachable(layout) and broker.is_reachable(layout)
    assert postmaster(layout) not in killed


def test_stale_process_number_of_a_stranger_is_not_believed(layout: ServerLayout) -> None:
    ensure_servers(layout)
    stop_when_unused(layout)
    stale = layout.database_folder / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{layout.database_folder}\n1\n5432\n{layout.sockets}\n\n 1 1\nready\n")
    ensure_servers(layout)
    assert postmaster(layout) != os.getpid()
    assert database.is_reachable(layout)


def test_swept_socket_folder_is_made_again(layout: ServerLayout) -> None:
    ensure_servers(layout)
    broker.stop(layout)
    shutil.rmtree(layout.sockets)
    ensure_servers(layout)
    assert database.is_reachable(layout) and broker.is_reachable(layout)


def test_interrupted_first_start_is_begun_again(layout: ServerLayout) -> None:
    half = layout.home / "pg.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    ensure_servers(layout)
    assert database.is_reachable(layout)
    assert not half.exists()


def test_keeper_stops_the_servers_after_kill_9_of_their_user(layout: ServerLayout) -> None:
    other = second_process(layout)
    other.kill()
    other.wait()
    assert is_up(layout), "they survive their starter"
    wait_until(lambda: not is_up(layout), seconds=60)


def test_socket_path_stays_short_for_a_long_project_path(tmp_path: Path) -> None:
    long = layout_in(tmp_path / ("长" * 60) / ("x" * 200) / "var")
    assert len(os.fsencode(long.sockets)) <= SOCKET_FOLDER_LIMIT
    assert long.sockets != layout_in(tmp_path / "var").sockets


def test_project_path_may_hold_blanks_and_chinese(folder: Path) -> None:
    odd = layout_in(folder / "执法 项目 'a'" / "var", durable=False)
    ensure_servers(odd)
    try:
        assert database.is_reachable(odd) and broker.is_reachable(odd)
    finally:
        assert stop_when_unused(odd) is True
        shutil.rmtree(odd.sockets, ignore_errors=True)


def test_folder_of_someone_else_is_refused(layout: ServerLayout, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    layout.sockets.symlink_to(target)
    try:
        with pytest.raises(PermissionError, match="属于其他用户"):
            ensure_servers(layout)
    finally:
        layout.sockets.unlink()
