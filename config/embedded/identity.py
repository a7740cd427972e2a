"""Which operating-system account the embedded servers run as, and the folders it must own.

PostgreSQL refuses to run as root. Started by root, both servers run as the account `pgserver` (made when missing);
started by anyone else they run as that person.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import TypedDict

SERVICE_ACCOUNT = "pgserver"


class RunAs(TypedDict, total=False):
    """Keyword arguments of `subprocess` that change the account."""

    user: int
    group: int
    extra_groups: list[int]


def service_uid() -> int:
    return os.geteuid() if os.geteuid() != 0 else _service_entry().pw_uid


def run_as() -> RunAs:
    """Empty for an ordinary account; for root, the account the servers run as."""
    if os.geteuid() != 0:
        return {}
    entry = _service_entry()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def private_folder(path: Path) -> Path:
    """Make `path` a folder of mode 0700 owned by the service account; refuse one that belongs to someone else."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), service_uid()}:
        raise PermissionError(f"“{path}”属于其他用户，无法用于内置服务。删除该目录后重新启动。")
    if os.geteuid() == 0:
        entry = _service_entry()
        os.chown(path, entry.pw_uid, entry.pw_gid)
        _let_pass(path)
    path.chmod(0o700)
    return path


def open_to_service(folder: Path) -> None:
    """Let the service account reach `folder`: root only, and only the missing "enter" bits of its parents."""
    if os.geteuid() == 0:
        _let_pass(folder / "file")


def _let_pass(path: Path) -> None:
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _service_entry() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        pass
    useradd = shutil.which("useradd")
    if useradd is not None:
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]
        made = subprocess.run(command, capture_output=True, check=False)
        if made.returncode in (0, 9):  # 9: another process made it in between
            return pwd.getpwnam(SERVICE_ACCOUNT)
    return pwd.getpwnam("nobody")
