"""The witness folder: one file per checkpoint, written once and for good.

The folder is worth something when whoever runs the database cannot change it (docs/ledger.md). Files appear whole:
temporary name, fsync, then a hard link, which the file system refuses when the name is taken.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from enforcement.ledger.models import LedgerCheckpoint

PER_FOLDER = 1000


class WitnessConflict(Exception):
    """The witness already holds another checkpoint under this number: one of the two histories was rewritten."""


def witness_path(number: int) -> Path:
    """`…/000012/000012345.json`."""
    return Path(settings.WITNESS_DIR) / f"{number // PER_FOLDER:06}" / f"{number:09}.json"


def write_missing() -> int:
    """Write every checkpoint since the newest one in the folder; how many were written. Safe to repeat.

    A process that died between commit and writing left a gap at the end, which is filled here.
    Raises `WitnessConflict`.
    """
    waiting = []
    for checkpoint in LedgerCheckpoint.objects.order_by("-number").iterator(chunk_size=50):
        if _holds(checkpoint):
            break
        waiting.append(checkpoint)
    for checkpoint in reversed(waiting):
        _write(witness_path(checkpoint.number), _text(checkpoint))
    return len(waiting)


def witness_files() -> Iterator[Path]:
    """Every file of the folder, by number."""
    yield from sorted(Path(settings.WITNESS_DIR).glob("[0-9]*/[0-9]*.json"))


def _text(checkpoint: LedgerCheckpoint) -> str:
    return json.dumps(checkpoint.witness_document(), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _holds(checkpoint: LedgerCheckpoint) -> bool:
    path = witness_path(checkpoint.number)
    try:
        held = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    if held != _text(checkpoint):
        raise WitnessConflict(f"见证中的检查点 {checkpoint.number} 与数据库不一致：{path.name}")
    return True


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two writers at once each have a name of their own; which link comes first does not matter.
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        if path.read_text(encoding="utf-8") != text:
            raise WitnessConflict(f"见证中已有另一份检查点：{path.name}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
