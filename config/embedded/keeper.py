"""The keeper: a process that outlives the servers' users by a few seconds and stops the servers after the last."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from config.embedded import broker, database
from config.embedded.layout import ServerLayout
from config.embedded.lifetime import IDLE_SECONDS, is_unused, stop_when_unused

LOOK_SECONDS = 0.5


def keep(layout: ServerLayout, *, lock: int) -> None:
    """Return once the servers are down; `lock` is the descriptor that makes this the only keeper."""
    while layout.locks.exists():
        if not is_unused(layout):
            time.sleep(LOOK_SECONDS)
            continue
        if database.is_reachable(layout) or broker.is_reachable(layout):
            time.sleep(IDLE_SECONDS)
        if layout.locks.exists() and stop_when_unused(layout, keeper_lock=lock):
            return


if __name__ == "__main__":
    keep(ServerLayout(home=Path(sys.argv[1]), sockets=Path(sys.argv[2])), lock=int(sys.argv[3]))
