"""培训记录 as a table: one row per finished training of one officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from enforcement.actors import Actor
from enforcement.models import Training
from enforcement.models.training import TrainingKind
from enforcement.register_people import TRAINING
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.people_columns import (
    may_export,
    officer_column,
    officers_number_or,
    own_chain,
)

MOST_HOURS = Decimal(500)


def hours_problem(value: Decimal) -> str:
    """Why these hours cannot be recorded, or ""."""
    if not 0 < value <= MOST_HOURS:
        return "学时应大于 0、不超过 500。核对后填写"
    return "" if value * 10 == (value * 10).to_integral_value() else "学时最多一位小数。四舍五入后填写"


def _not_in_the_future(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    done = values.get("completed_on")
    return {"completed_on": "完成日期不能晚于今天。培训结束后再登记"} if done and done > today else {}


def _rows(actor: Actor) -> Any:
    return Training.objects.visible_to(actor).select_related("officer")


TRAININGS = model_table(
    slug=TRAINING.slug,
    title="培训记录",
    unit="次培训",
    rows=ModelRows(
        kind=TRAINING,
        columns=(
            officer_column(),
            TableColumn("title", "培训名称", required=True, example="2026 年度综合执法培训", width=36),
            TableColumn(
                "completed_on",
                "完成日期",
                ColumnKind.DATE,
                required=True,
                hint="学时计入这一天所在的年度",
                example="2026-06-30",
                width=14,
            ),
            TableColumn(
                "hours",
                "学时",
                ColumnKind.DECIMAL,
                required=True,
                hint="大于 0，最多一位小数",
                example="8",
                width=10,
                check=hours_problem,
            ),
            TableColumn(
                "kind",
                "培训类别",
                ColumnKind.CHOICE,
                required=True,
                example="年度轮训",
                width=20,
                choices=tuple((one.value, str(one.label)) for one in TrainingKind),
            ),
            TableColumn("provider", "主办单位", example="云南省司法厅", width=30),
        ),
        key=("officer_id", "title", "completed_on"),
        rows=_rows,
        value_of=officers_number_or,
        related=("officer__agency",),
        rule=_not_in_the_future,
    ),
    may_export=may_export,
    chain_of=own_chain,
    notes=("同一名人员、同一次培训、同一完成日期的，视为修改原来的记录。",),
)
