"""Reads of the kept files of published versions; the bytes only where they are sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.db.models import Count

from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RuleVersion, VersionFile
from enforcement.version_files import FileFormat


def files_of(version: RuleVersion) -> dict[FileFormat, VersionFile]:
    """The kept files by format, without their bytes. One query."""
    rows = VersionFile.objects.filter(version=version).defer("content")
    return {FileFormat(row.file_format): row for row in rows}


def find_file(version: RuleVersion, file_format: FileFormat) -> VersionFile | None:
    """One kept file with its bytes; None before it was made."""
    return VersionFile.objects.filter(version=version, file_format=file_format.value).first()


def versions_without_files() -> list[RuleVersion]:
    """Published versions that lack a file or more, newest publication first. One query."""
    kept = VersionFile.objects.values("version").annotate(kept=Count("pk")).filter(kept=len(FileFormat))
    rows = RuleVersion.objects.published().exclude(pk__in=kept.values("version"))
    return list(rows.select_related("document__agency").order_by("-published_at", "pk"))


def altered_files() -> Iterator[str]:
    """One Chinese sentence per file whose bytes, digest or ledger entry disagree. Bytes are read one file at a time."""
    recorded: dict[tuple[str, str], str] = {}
    entries = LedgerEntry.objects.filter(action=LedgerAction.VERSION_FILES_KEPT)
    for subject, payload in entries.values_list("subject_id", "payload").iterator():
        for name, digest in json.loads(payload)["files"].items():
            recorded[subject, name] = digest
    for file in VersionFile.objects.select_related("version__document").iterator(chunk_size=1):
        name = f"{file.version} {file.file_format}"
        digest = hashlib.sha256(bytes(file.content)).hexdigest()
        if digest != file.digest:
            yield f"公开文件 {name}：文件与生成时的摘要不符"
        elif recorded.get((str(file.version_id), file.file_format)) != digest:
            yield f"公开文件 {name}：账本中没有与之相符的记录"
        elif file.file_format == FileFormat.JSON and digest != file.version.digest:
            yield f"公开文件 {name}：与版本的内容摘要不符"
