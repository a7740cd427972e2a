"""Where the embedded servers keep their files, and the addresses that follow from it.

Computed from the project path alone, so that settings can be loaded before any server runs.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE_NAME = "hengdu"
DATABASE_ROLE = "hengdu"
# sun_path holds 104 bytes on macOS, 108 on Linux; the longest name in the folder is PostgreSQL's lock file.
SOCKET_FOLDER_LIMIT = 103 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True, slots=True)
class ServerLayout:
    """Folders of one pair of embedded servers.

    `durable` False turns off syncing to disk: for test data only, which may be lost on a power cut.
    """

    home: Path
    sockets: Path
    durable: bool = True

    @property
    def database_folder(self) -> Path:
        return self.home / "pg"

    @property
    def broker_folder(self) -> Path:
        return self.home / "valkey"

    @property
    def locks(self) -> Path:
        return self.home / "locks"

    @property
    def broker_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def database_url(self) -> str:
        return f"postgresql://{DATABASE_ROLE}@{quote(str(self.sockets), safe='')}/{DATABASE_NAME}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.broker_socket}?db=0"


def layout_in(home: Path, *, durable: bool = True) -> ServerLayout:
    """Layout for servers whose files live in `home`; the socket folder is short and derived from it."""
    home = home.resolve()
    return ServerLayout(home=home, sockets=_socket_folder(home), durable=durable)


def project_layout() -> ServerLayout:
    """Layout of this project: `var/`, or `var/test/` while tests run."""
    var = Path(os.environ.get("HENGDU_VAR") or PROJECT_ROOT / "var")
    if os.environ.get("HENGDU_MODE") == "test":
        return layout_in(var / "test", durable=False)
    return layout_in(var)


def _socket_folder(home: Path) -> Path:
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:10]
    name = f"hengdu-{os.getuid()}-{digest}"
    # /tmp before TMPDIR: two shells with different TMPDIR must agree on one folder.
    for parent in ("/tmp", tempfile.gettempdir()):  # noqa: S108 - the folder is checked to be ours, mode 0700
        folder = Path(parent) / name
        if os.access(parent, os.W_OK | os.X_OK) and len(os.fsencode(folder)) <= SOCKET_FOLDER_LIMIT:
            return folder
    raise RuntimeError(
        "临时目录不可写或路径过长，无法放置内置数据库的套接字。可设置 DATABASE_URL 和 REDIS_URL 使用外部服务。"
    )
