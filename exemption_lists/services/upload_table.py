"""A spreadsheet between upload and writing: kept for a day for its owner, then only its digest stays."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from enforcement.actors import COMPILING_ROLES, Actor
from enforcement.errors import NotPermitted
from exemption_lists.intake import ListFile, read_list_file
from exemption_lists.models import UploadedTable
from exemption_lists.services.plan_import import reading_choices


def keep_upload(*, actor: Actor, file_name: str, content: bytes, document: str = "") -> UploadedTable:
    """Keep the bytes for the steps; `document` is the slug from whose page the import began.

    Raises InvalidInput when the file cannot be read; then nothing is kept.
    """
    if actor.account_id is None or not actor.roles & COMPILING_ROLES:
        raise NotPermitted("not_permitted", "您没有编制清单的职责。请联系管理员授权。")
    read_list_file(name=file_name, content=content)
    forget_expired_uploads()
    return UploadedTable.objects.create(
        uploaded_by_id=actor.account_id,
        file_name=file_name[:200],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        choices={"document": document} if document else {},
    )


def forget_expired_uploads() -> int:
    """Drop the bytes and the choices of uploads older than a day; their number. Safe to run at any time."""
    expired_before = timezone.now() - UploadedTable.KEPT_FOR
    expired = UploadedTable.objects.filter(uploaded_at__lt=expired_before, content__isnull=False)
    return expired.update(content=None, choices={})


def read_upload(upload: UploadedTable) -> ListFile:
    """Read the kept bytes again with what was decided about them; every step sees the same reading."""
    return read_list_file(
        name=upload.file_name, content=bytes(upload.content or b""), choices=reading_choices(upload)
    )
