"""A spreadsheet between upload and writing: kept for a day for its owner, then only its digest stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from enforcement.actors import COMPILING_ROLES, Actor
from enforcement.errors import NotPermitted, Refusal
from enforcement.models import Agency, RuleVersion
from exemption_lists.intake import ListFile, read_list_file
from exemption_lists.models import UploadedTable
from exemption_lists.services.import_entries import import_as_new_document, import_entries


def keep_upload(*, actor: Actor, file_name: str, content: bytes) -> UploadedTable:
    """Keep the bytes for the preview. Raises InvalidInput when the file cannot be read; then nothing is kept."""
    if actor.account_id is None or not actor.roles & COMPILING_ROLES:
        raise NotPermitted("not_permitted", "您没有编制清单的职责。请联系管理员授权。")
    read_list_file(name=file_name, content=content)
    expired_before = timezone.now() - UploadedTable.KEPT_FOR
    UploadedTable.objects.filter(uploaded_at__lt=expired_before, content__isnull=False).update(content=None)
    return UploadedTable.objects.create(
        uploaded_by_id=actor.account_id,
        file_name=file_name[:200],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
    )


@transaction.atomic
def write_upload_into_new(
    *, actor: Actor, upload_id: int, tables: Iterable[int], slug: str, title: str, agency: Agency
) -> RuleVersion:
    """The chosen tables (numbers from 1) of the kept file become a new document's first draft."""
    upload, file = _open_upload(actor, upload_id, tables)
    version = import_as_new_document(actor=actor, file=file, slug=slug, title=title, agency=agency)
    return _close(upload, version)


@transaction.atomic
def write_upload_into_draft(
    *,
    actor: Actor,
    upload_id: int,
    tables: Iterable[int],
    version_id: int,
    replace: bool,
    expected_lock: int | None = None,
) -> RuleVersion:
    """The chosen tables (numbers from 1) of the kept file go into an existing draft."""
    upload, file = _open_upload(actor, upload_id, tables)
    version = import_entries(
        actor=actor, version_id=version_id, file=file, replace=replace, expected_lock=expected_lock
    )
    return _close(upload, version)


def read_upload(upload: UploadedTable) -> ListFile:
    """Read the kept bytes again; the preview and the writing see the same reading."""
    return read_list_file(name=upload.file_name, content=bytes(upload.content or b""))


def _open_upload(actor: Actor, upload_id: int, tables: Iterable[int]) -> tuple[UploadedTable, ListFile]:
    owned = UploadedTable.objects.select_for_update().filter(pk=upload_id, uploaded_by_id=actor.account_id)
    upload = owned.first()
    if upload is None or not upload.is_open_at(timezone.now()):
        raise Refusal("upload_closed", "这份上传已经写入或者超过 24 小时。请重新选择文件。")
    return upload, read_upload(upload).only(tables)


def _close(upload: UploadedTable, version: RuleVersion) -> RuleVersion:
    upload.content = None
    upload.imported_at = timezone.now()
    upload.version = version
    upload.save()
    return version
