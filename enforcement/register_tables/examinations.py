"""考试记录 as a table: one row per examination taken by one officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from enforcement.actors import Actor
from enforcement.models import Examination
from enforcement.models.training import ExaminationKind
from enforcement.register_people import EXAMINATION
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.people_columns import (
    may_export,
    officer_column,
    officers_number_or,
    own_chain,
)

HIGHEST_SCORE = Decimal(150)


def _score_problem(value: Decimal) -> str:
    if not 0 <= value <= HIGHEST_SCORE:
        return "成绩在 0 至 150 之间。核对后填写"
    return "" if value * 10 == (value * 10).to_integral_value() else "成绩最多一位小数。四舍五入后填写"


def _not_in_the_future(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    taken = values.get("taken_on")
    return {"taken_on": "考试日期不能晚于今天。考试结束后再登记"} if taken and taken > today else {}


def _rows(actor: Actor) -> Any:
    return Examination.objects.visible_to(actor).select_related("officer")


EXAMINATIONS = model_table(
    slug=EXAMINATION.slug,
    title="考试记录",
    unit="次考试",
    rows=ModelRows(
        kind=EXAMINATION,
        columns=(
            officer_column(),
            TableColumn(
                "kind",
                "考试类别",
                ColumnKind.CHOICE,
                required=True,
                example="年度考核",
                width=18,
                choices=tuple((one.value, str(one.label)) for one in ExaminationKind),
            ),
            TableColumn(
                "taken_on", "考试日期", ColumnKind.DATE, required=True, example="2026-06-30", width=14
            ),
            TableColumn(
                "is_passed",
                "合格",
                ColumnKind.BOOLEAN,
                required=True,
                example="是",
                width=10,
                synonyms=("是否合格",),
            ),
            TableColumn(
                "score",
                "成绩",
                ColumnKind.DECIMAL,
                hint="0 至 150，最多一位小数；没有分数的留空",
                example="86",
                width=10,
                check=_score_problem,
            ),
            TableColumn("organiser", "组织单位", example="云南省司法厅", width=30),
        ),
        key=("officer_id", "kind", "taken_on"),
        rows=_rows,
        value_of=officers_number_or,
        related=("officer__agency",),
        rule=_not_in_the_future,
    ),
    may_export=may_export,
    chain_of=own_chain,
    notes=("同一名人员、同一类别、同一考试日期的，视为修改原来的记录。",),
)
