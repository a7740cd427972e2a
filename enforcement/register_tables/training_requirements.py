"""年度学时要求 as a table: what a region asks of one line, or of every line, in one year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import TrainingRequirement
from enforcement.region_codes import level_of
from enforcement.register_kinds import EVERY_LINE
from enforcement.register_people import TRAINING_REQUIREMENT
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.people_columns import lines_by_name, may_export, own_chain
from enforcement.register_tables.trainings import hours_problem
from enforcement.selectors.people import list_training_requirements

# Written out, because a blank cell cannot tell “every line” from a line that was forgotten.
EVERY_LINE_WORD = "全部条线"


def _region_problem(value: str) -> str:
    try:
        level_of(value)
    except InvalidInput as refusal:
        return refusal.message
    return ""


def _year_problem(value: int) -> str:
    return "" if 2000 <= value <= 2100 else "年度应为四位数字，例如 2026。核对后填写"


def _lines_or_every(actor: Actor) -> Mapping[str, str]:
    return {**lines_by_name(actor), EVERY_LINE_WORD: EVERY_LINE}


def _value_of(row: TrainingRequirement, key: str) -> Any:
    return (row.line_code or EVERY_LINE_WORD) if key == "line_code" else getattr(row, key)


TRAINING_REQUIREMENTS = model_table(
    slug=TRAINING_REQUIREMENT.slug,
    title="年度学时要求",
    unit="条要求",
    rows=ModelRows(
        kind=TRAINING_REQUIREMENT,
        columns=(
            TableColumn(
                "region_code",
                "行政区划代码",
                ColumnKind.CODE,
                required=True,
                hint="要求适用的地区；下级没有另外规定的，适用上级的要求",
                example="5301",
                width=16,
                check=_region_problem,
                synonyms=("地区代码", "区划代码"),
            ),
            TableColumn(
                "line_code",
                "条线",
                ColumnKind.REFERENCE,
                required=True,
                hint=f"系统里已有的条线代码或者名称；各条线都适用的填“{EVERY_LINE_WORD}”",
                example=EVERY_LINE_WORD,
                width=18,
                lookup=_lines_or_every,
                shown=str,
            ),
            TableColumn(
                "year",
                "年度",
                ColumnKind.INTEGER,
                required=True,
                example="2026",
                width=10,
                check=_year_problem,
            ),
            TableColumn(
                "hours",
                "要求学时",
                ColumnKind.DECIMAL,
                required=True,
                hint="大于 0，最多一位小数",
                example="40",
                width=12,
                check=hours_problem,
                synonyms=("学时",),
            ),
            TableColumn(
                "basis",
                "依据",
                required=True,
                hint="规定学时的文件名称和文号",
                example="《云南省行政执法人员培训规定》",
                width=44,
            ),
        ),
        key=("region_code", "line_code", "year"),
        rows=lambda actor: list_training_requirements(actor=actor),
        value_of=_value_of,
    ),
    may_export=may_export,
    chain_of=own_chain,
    notes=("同一地区、同一条线、同一年度的，视为修改原来的要求。",),
)
