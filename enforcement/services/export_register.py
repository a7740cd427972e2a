"""Taking a register table out of the system: for a stated purpose, and recorded."""

from __future__ import annotations

from django.db import transaction

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, NotPermitted
from enforcement.ledger.action_names import LedgerAction
from enforcement.ledger.append import append_entry
from enforcement.register_tables.columns import RegisterTable
from enforcement.register_tables.workbooks import export_workbook

SHORTEST_PURPOSE = 4


@transaction.atomic
def export_register(*, actor: Actor, table: RegisterTable, purpose: str) -> bytes:
    """The workbook of every row the actor may see. Reading it back changes nothing.

    Raises `NotPermitted`, or `InvalidInput` when no purpose is given. The ledger keeps the purpose as the reason.
    """
    if not table.may_export(actor):
        raise NotPermitted("not_permitted", f"您没有导出{table.title}的职责。请联系管理员授权。")
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise InvalidInput.from_problems("no_purpose", ["写明导出用途，至少 4 个字。"])
    rows = list(table.read_rows(actor))
    content = export_workbook(table, rows)
    append_entry(
        chain=table.chain_of(actor),
        action=LedgerAction.REGISTER_EXPORTED,
        subject=table,
        subject_label=table.title,
        actor=actor,
        payload={"rows": len(rows)},
        reason=purpose,
    )
    return content
