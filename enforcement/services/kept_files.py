"""A file between upload and “写入”: kept for a while for its owner, sealed, then written as a whole or forgotten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.sealing import BrokenSeal, seal_bytes, unseal_bytes

KEPT_SECONDS = 4 * 60 * 60
MAX_BYTES = 10 * 1024 * 1024
_SEAL = "kept-files"
# No file name holds it.
_NAME_END = b"\x00"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An uploaded file as it was handed in."""

    name: str
    digest: str
    content: bytes

    @property
    def source_note(self) -> str:
        """Where the entries come from, for the version."""
        return f"导入自“{self.name}”，文件摘要 {self.digest}"


def kept_file(*, name: str, content: bytes) -> KeptFile:
    """The file with the digest of its bytes. Raises `InvalidInput` for a file that is empty or too big."""
    if not content:
        raise InvalidInput.from_problems("empty_file", ["这个文件是空的。请重新选择文件。"])
    if len(content) > MAX_BYTES:
        size = len(content) // 1024 // 1024
        raise InvalidInput.from_problems("too_big", [f"文件应小于 10 MB，这份是 {size} MB。可分成几份导入。"])
    return KeptFile(name.replace("\x00", "")[:200], hashlib.sha256(content).hexdigest(), content)


def read_path(path: Path) -> KeptFile:
    """A file named on the command line. Raises `InvalidInput` when it cannot be opened."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput.from_problems("too_big", ["文件应小于 10 MB，没有读取。请分成几份导入。"])
        return kept_file(name=path.name, content=path.read_bytes())
    except OSError:
        raise InvalidInput.from_problems("no_file", [f"打不开文件 {path.name}。请检查路径。"]) from None


def keep_file(*, actor: Actor, purpose: str, name: str, content: bytes) -> KeptFile:
    """Keep the bytes for four hours for this person and this purpose; nothing reaches the database.

    The cache server holds them sealed: a list of people does not lie open in it.
    """
    file = kept_file(name=name, content=content)
    cache.set(_place(actor, purpose, file.digest), _seal(file), KEPT_SECONDS)
    return file


def find_file(*, actor: Actor, purpose: str, digest: str) -> KeptFile | None:
    """The kept file of this person, None when it was never there or its time is over."""
    sealed = cache.get(_place(actor, purpose, digest))
    if sealed is None:
        return None
    try:
        opened = unseal_bytes(sealed, purpose=_SEAL)
    except BrokenSeal:
        return None
    name, _, content = opened.partition(_NAME_END)
    return KeptFile(name.decode("utf-8"), digest, content)


def forget_file(*, actor: Actor, purpose: str, digest: str) -> None:
    """Drop the bytes, once written."""
    cache.delete(_place(actor, purpose, digest))


def _place(actor: Actor, purpose: str, digest: str) -> str:
    return f"upload:{purpose}:{actor.account_id}:{digest}"


def _seal(file: KeptFile) -> bytes:
    return seal_bytes(file.name.encode("utf-8") + _NAME_END + file.content, purpose=_SEAL)
