"""What is decided about an uploaded table before it is written: columns, targets, corrected cells. No draft changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.errors import Refusal
from exemption_lists.models import UploadedTable
from exemption_lists.reading.choices import ReadingChoices
from exemption_lists.reading.headers import Column

MOST_CORRECTIONS = 5_000


def open_upload(actor: Actor, upload_id: int) -> UploadedTable:
    """The actor's own upload, locked for the transaction. Refused once it is written or 24 hours old."""
    owned = UploadedTable.objects.select_for_update().filter(pk=upload_id, uploaded_by_id=actor.account_id)
    upload = owned.first()
    if upload is None or not upload.is_open_at(timezone.now()):
        raise Refusal("upload_closed", "这份上传已经写入或者超过 24 小时。请重新选择文件。")
    return upload


@transaction.atomic
def keep_columns(
    *,
    actor: Actor,
    upload_id: int,
    columns: Mapping[str, Mapping[int, Column]],
    targets: Mapping[str, Mapping[str, Any]],
) -> None:
    """Keep what the columns mean and where the tables go, both by table key."""
    upload = open_upload(actor, upload_id)
    stored = {
        key: {str(column): meaning.value for column, meaning in meanings.items()}
        for key, meanings in columns.items()
        if meanings
    }
    upload.choices = {**upload.choices, "columns": stored, "targets": dict(targets)}
    upload.save(update_fields=["choices"])


@transaction.atomic
def keep_corrections(
    *, actor: Actor, upload_id: int, corrections: Mapping[str, Mapping[str, str | None]]
) -> None:
    """Keep what cells should say, by sheet and cell; None takes a correction back."""
    upload = open_upload(actor, upload_id)
    kept: dict[str, dict[str, str]] = {
        sheet: dict(cells) for sheet, cells in (upload.choices.get("corrections") or {}).items()
    }
    for sheet, cells in corrections.items():
        of_sheet = kept.setdefault(sheet, {})
        for cell, text in cells.items():
            if text is None:
                of_sheet.pop(cell, None)
            else:
                of_sheet[cell] = text
    if sum(len(cells) for cells in kept.values()) > MOST_CORRECTIONS:
        raise Refusal("too_many_corrections", f"更正超过 {MOST_CORRECTIONS} 处。在表格里改好后重新选择文件。")
    upload.choices = {
        **upload.choices,
        "corrections": {sheet: cells for sheet, cells in kept.items() if cells},
    }
    upload.save(update_fields=["choices"])


def reading_choices(upload: UploadedTable) -> ReadingChoices:
    """The decisions about columns and cells in the shape the reader takes."""
    columns = {
        key: {int(column): Column(meaning) for column, meaning in meanings.items()}
        for key, meanings in (upload.choices.get("columns") or {}).items()
    }
    return ReadingChoices(columns=columns, corrections=upload.choices.get("corrections") or {})
