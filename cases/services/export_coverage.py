"""Taking the list of matters without an entry out of the system, for a stated purpose and recorded."""

from __future__ import annotations

import datetime as dt

from cases.selectors.coverage import Coverage, CoverageScope
from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account
from enforcement.services.export_register import SHORTEST_PURPOSE
from enforcement.services.record_read import record_read
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook

COLUMNS = (
    WorkbookColumn("案由编码", 16, as_text=True),
    WorkbookColumn("违法行为", 60),
    WorkbookColumn("案件数", 10),
)


def export_coverage(
    *,
    actor: Actor,
    scope: CoverageScope,
    found: Coverage,
    opened_from: dt.date,
    opened_until: dt.date,
    purpose: str,
) -> bytes:
    """The workbook of what the page shows, recorded before it leaves. Raises InvalidInput without a purpose."""
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise InvalidInput.from_fields(
            "no_purpose", {"purpose": [f"写明导出用途，至少 {SHORTEST_PURPOSE} 个字"]}
        )
    rows = [
        (row.code, row.name, row.count if row.count is not None else row.count_text)
        for row in found.uncovered
    ]
    record_read(
        actor=actor,
        subject=Account(pk=actor.account_id),
        subject_label="没有清单条目的事项",
        action=LedgerAction.REGISTER_EXPORTED,
        reason=purpose.strip(),
        payload={"rows": len(rows), "scope": scope.key, "from": opened_from, "until": opened_until},
    )
    title = f"没有清单条目的事项（{scope.label}，{opened_from}至{opened_until}立案）"
    return write_workbook([WorkbookSheet("没有清单条目的事项", COLUMNS, rows, title=title)])
