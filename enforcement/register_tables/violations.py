"""违法行为（案由） as a register kind and as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Line, Violation
from enforcement.register_kinds import Reach, RegisterKind
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.planning import CellProblem, ImportPlan, ReadRow, RowState, problem_at
from enforcement.selectors.law_lookups import resolve_citations
from enforcement.services.violations import TEXTS, link_provisions, unknown_sentence
from enforcement.statutory_words import HOW_TO_WRITE, fine_lines, read_fine_lines


def _reach(row: Any) -> Reach:
    """The whole province, and the line of the violation."""
    return Reach(line_code=row.line_id)


VIOLATION = RegisterKind(
    slug="violations",
    noun="案由",
    model=Violation,
    reach_of=_reach,
    label_of=lambda row: f"{row.code} {row.name}",
)


def _line_ids(actor: Actor) -> dict[str, str]:
    """Code of a line by its code and by its name."""
    lines = list(Line.objects.visible_to(actor))
    return {line.code: line.code for line in lines} | {line.name: line.code for line in lines}


VIOLATION_ROWS = ModelRows(
    kind=VIOLATION,
    key=("code",),
    rows=lambda actor: Violation.objects.visible_to(actor).order_by("line", "code"),
    columns=(
        TableColumn(
            "code",
            "编码",
            ColumnKind.CODE,
            required=True,
            hint="登记后不再改动",
            example="SCJG-008",
            synonyms=("案由编码",),
        ),
        TableColumn(
            "name",
            "名称",
            required=True,
            example="不按照规定明码标价",
            width=48,
            synonyms=("违法行为", "案由名称", "案由"),
        ),
        TableColumn(
            "line_id",
            "条线",
            ColumnKind.REFERENCE,
            required=True,
            lookup=_line_ids,
            shown=str,
            hint="条线的代码或名称",
            example="SCJG",
            synonyms=("条线代码", "主管领域"),
        ),
        TableColumn(
            "violated_text",
            "违反依据",
            hint="每行一条，条款要先登记",
            example="《中华人民共和国价格法》第十三条第一款",
            width=48,
            max_length=4000,
        ),
        TableColumn(
            "punished_text",
            "处罚依据",
            hint="每行一条，条款要先登记",
            example="《中华人民共和国价格法》第四十二条",
            width=48,
            max_length=4000,
        ),
        TableColumn(
            "statutory_fine",
            "法定罚款",
            hint=f"每行一项，{HOW_TO_WRITE}；没有罚款的不填",
            example="5000元以下",
            width=36,
            shown=lambda value: value if isinstance(value, str) else "\n".join(fine_lines(value)),
            max_length=2000,
        ),
        TableColumn("is_high_frequency", "高频执法事项", ColumnKind.BOOLEAN, required=True, example="是"),
        TableColumn("key_area", "重点领域", hint="例如 食品药品、安全生产", example="食品药品"),
    ),
)


def _plan(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """The plan of the rows, every fine that cannot be read, every citation that names no provision of the register."""
    rows, unread = _with_fines(rows)
    plan = VIOLATION_ROWS.plan_rows(actor, rows, today)
    resolved = resolve_citations({str(row.values.get(name) or "") for row in rows for name in TEXTS})
    columns = {column.key: column for column in VIOLATION_ROWS.columns}
    unknown: list[CellProblem] = [
        problem_at("", row, columns[name], unknown_sentence(line))
        for row in rows
        for name in TEXTS
        for line in resolved[str(row.values.get(name) or "")].unknown
    ]
    return replace(plan, problems=(*plan.problems, *unread, *unknown))


def _with_fines(rows: Sequence[ReadRow]) -> tuple[list[ReadRow], list[CellProblem]]:
    """Rows with the fines as components; lines that print what a row has keep its condition. One query."""
    codes = {row.values.get("code") for row in rows}
    known = dict(Violation.objects.filter(code__in=codes).values_list("code", "statutory_fine"))
    column = next(one for one in VIOLATION_ROWS.columns if one.key == "statutory_fine")
    read: list[ReadRow] = []
    problems: list[CellProblem] = []
    for row in rows:
        if "statutory_fine" not in row.values:
            read.append(row)
            continue
        fine: list[dict[str, Any]] = []
        try:
            text = str(row.values["statutory_fine"] or "")
            fine = read_fine_lines(text, known=known.get(str(row.values.get("code")), ()))
        except InvalidInput as refusal:
            problems += [problem_at("", row, column, problem) for problem in refusal.problems]
        read.append(replace(row, values={**row.values, "statutory_fine": fine}))
    return read, problems


def _write(actor: Actor, plan: ImportPlan, reason: str) -> None:
    """The rows, and their links to provisions."""
    VIOLATION_ROWS.write_rows(actor, plan, reason)
    written = [row.target for row in plan.rows if row.state is not RowState.UNCHANGED]
    if written:
        link_provisions(written)


VIOLATIONS = replace(
    model_table(
        slug="violations",
        title="违法行为（案由）",
        unit="个案由",
        rows=VIOLATION_ROWS,
        may_export=may_read,
        chain_of=lambda actor: PROVINCE_CHAIN,
        notes=("带条件的法定罚款保留系统中的内容，不在表格中新写。",),
    ),
    plan_rows=_plan,
    write_rows=_write,
)
