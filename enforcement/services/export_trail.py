"""Taking part of the trail out of the system as a workbook, which is itself an act in the trail."""

from __future__ import annotations

from django.utils import timezone

from enforcement.actors import Actor, Role
from enforcement.errors import NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account
from enforcement.selectors.trail import TrailFilter, trail_for_export
from enforcement.services.record_read import record_read
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook

MOST_ROWS = 5000
COLUMNS = (
    WorkbookColumn("时间", 20),
    WorkbookColumn("链", 16),
    WorkbookColumn("序号", 8),
    WorkbookColumn("记录", 60),
    WorkbookColumn("操作人", 12),
    WorkbookColumn("职责", 20),
    WorkbookColumn("原因", 30),
    WorkbookColumn("请求编号", 12),
    WorkbookColumn("摘要", 40),
)


def export_trail(*, actor: Actor, narrowed: TrailFilter, purpose: str) -> bytes:
    """The newest 5,000 entries of the filtered trail, recorded before they leave. Raises `NotPermitted`."""
    if Role.AUDIT_ADMIN not in actor.roles:
        raise NotPermitted("not_permitted", "操作记录由审计管理员导出。")
    lines = trail_for_export(actor=actor, narrowed=narrowed, limit=MOST_ROWS)
    rows = [
        (
            timezone.localtime(line.entry.occurred_at).strftime("%Y-%m-%d %H:%M:%S"),
            line.entry.chain,
            line.entry.sequence,
            line.sentence,
            line.entry.actor_name,
            line.entry.duty,
            line.entry.reason,
            line.entry.request_id,
            line.entry.hash,
        )
        for line in lines
    ]
    record_read(
        actor=actor,
        subject=Account(pk=actor.account_id),
        subject_label="操作记录",
        action=LedgerAction.TRAIL_EXPORTED,
        reason=purpose,
        payload={"entries": len(rows)},
    )
    return write_workbook([WorkbookSheet("操作记录", COLUMNS, rows)])
