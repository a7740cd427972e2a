"""A file between upload and “写入草稿”: kept for a while for its owner, then written into a draft as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import transaction

from enforcement.actors import Actor, Role
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.models import Agency, DocumentKind, RuleVersion
from enforcement.services.draft_version import create_document

KEPT_SECONDS = 4 * 60 * 60
MAX_BYTES = 10 * 1024 * 1024


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
    return KeptFile(name[:200], hashlib.sha256(content).hexdigest(), content)


def read_path(path: Path) -> KeptFile:
    """A file named on the command line. Raises `InvalidInput` when it cannot be opened."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput.from_problems("too_big", ["文件应小于 10 MB，没有读取。请分成几份导入。"])
        return kept_file(name=path.name, content=path.read_bytes())
    except OSError:
        raise InvalidInput.from_problems("no_file", [f"打不开文件 {path.name}。请检查路径。"]) from None


def keep_upload(*, actor: Actor, kind: DocumentKind, name: str, content: bytes) -> KeptFile:
    """Keep the bytes for the preview of this person; nothing reaches the database."""
    if actor.account_id is None or Role.COMPILER not in actor.roles:
        raise NotPermitted("not_permitted", f"您没有编制{kind.label}的职责。请联系管理员授权。")
    file = kept_file(name=name, content=content)
    cache.set(_key(actor, kind, file.digest), (file.name, file.content), KEPT_SECONDS)
    return file


def find_upload(*, actor: Actor, kind: DocumentKind, digest: str) -> KeptFile | None:
    """The kept file of this person, None when it was never there or its time is over."""
    found = cache.get(_key(actor, kind, digest))
    return KeptFile(found[0], digest, found[1]) if found else None


def forget_upload(*, actor: Actor, kind: DocumentKind, digest: str) -> None:
    """Drop the bytes, once written."""
    cache.delete(_key(actor, kind, digest))


@transaction.atomic
def write_into_new_document(
    *,
    actor: Actor,
    kind: DocumentKind,
    slug: str,
    title: str,
    agency: Agency,
    write: Callable[[int], RuleVersion],
) -> RuleVersion:
    """A new document whose first draft is filled by `write(version_id)`; neither exists without the other."""
    _, version = create_document(actor=actor, kind=kind, slug=slug, title=title, agency=agency)
    return write(version.pk)


def _key(actor: Actor, kind: DocumentKind, digest: str) -> str:
    return f"upload:{kind.value}:{actor.account_id}:{digest}"
