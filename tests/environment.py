"""What a test session needs before Django loads: its mode, a name of its own, the embedded servers."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psycopg2
from psycopg2 import sql

SESSION_PREFIX = "s"
DATABASE_PREFIX = f"test_hengdu_{SESSION_PREFIX}"


def prepare() -> None:
    """Set the environment of this process and of the xdist workers it will start."""
    os.environ["HENGDU_MODE"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    # The synchronous browser driver runs an event loop in the thread that also uses the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if "PYTEST_XDIST_WORKER" not in os.environ:
        # The process number tells a later session whether a left-over database is still in use.
        os.environ["HENGDU_TEST_SESSION"] = f"{SESSION_PREFIX}{os.getpid()}_{int(time.time()) % 100_000}"


def start_servers() -> None:
    from config.embedded import ensure_servers

    ensure_servers()


def drop_abandoned_databases(host: str) -> None:
    """Drop databases of sessions that were killed: their process no longer exists."""
    connection = psycopg2.connect(host=host, user="hengdu", dbname="hengdu")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{DATABASE_PREFIX}%"])
        for (name,) in cursor.fetchall():
            number = name.removeprefix(DATABASE_PREFIX).split("_")[0]
            if number.isdigit() and not _is_alive(int(number)):
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
    connection.close()


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def chromium_path() -> str | None:
    """The browser the tests drive: HENGDU_CHROMIUM, or a Chromium or Chrome found on this machine."""
    import shutil

    named = os.environ.get("HENGDU_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return next(
        (found for name in names if (found := shutil.which(name))), str(mac) if mac.exists() else None
    )
