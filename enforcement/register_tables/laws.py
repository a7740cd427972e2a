"""法律法规规章 as a register kind and as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from enforcement.actors import Actor
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Law, LawChange, LawEnding, LawLevel
from enforcement.register_kinds import RegisterKind
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.planning import CellProblem, ImportPlan, ReadRow, RowState, problem_at
from enforcement.selectors.law_lookups import label_of_law, law_ids, law_label

LAW = RegisterKind(slug="laws", noun="法律", model=Law, label_of=label_of_law)
OVERLAP = "同名法律的另一文本在这段时间内也有效。先填写前一文本的失效日期"


def problems_of_law(values: Mapping[str, Any]) -> dict[str, str]:
    """What must hold in one text, by column: dates in order, and a way of ending only with a last day."""
    problems: dict[str, str] = {}
    begins, ends = values.get("effective_from"), values.get("effective_until")
    if begins and values.get("promulgated_on") and values["promulgated_on"] > begins:
        problems["promulgated_on"] = "公布日期不能晚于施行日期。核对两个日期"
    if begins and ends and ends <= begins:
        problems["effective_until"] = "失效日期应晚于施行日期。核对两个日期"
    if values.get("ending") and not ends:
        problems["effective_until"] = "写了失效原因的，填写失效日期"
    return problems


def _rule(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    merged = {
        name: values[name] if name in values else getattr(existing, name, None)
        for name in ("promulgated_on", "effective_from", "effective_until", "ending")
    }
    return problems_of_law(merged)


def _choices(choices: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices)


LAW_ROWS = ModelRows(
    kind=LAW,
    key=("name", "effective_from"),
    rows=lambda actor: Law.objects.visible_to(actor).select_related("succeeded_by"),
    value_of=lambda row, key: (
        (label_of_law(row.succeeded_by) if row.succeeded_by else "")
        if key == "succeeded_by_id"
        else getattr(row, key)
    ),
    rule=_rule,
    columns=(
        TableColumn(
            "name",
            "名称",
            required=True,
            hint="全称，不加书名号",
            example="中华人民共和国价格法",
            width=44,
            synonyms=("法律名称",),
        ),
        TableColumn(
            "effective_from",
            "施行日期",
            ColumnKind.DATE,
            required=True,
            hint="这个文本起施行的日期；修订、修正后另起一行",
            example="1998-05-01",
            synonyms=("生效日期",),
        ),
        TableColumn(
            "level",
            "效力层级",
            ColumnKind.CHOICE,
            required=True,
            choices=_choices(LawLevel.choices),
            example="法律",
        ),
        TableColumn(
            "issued_by", "制定机关", example="全国人民代表大会常务委员会", width=30, synonyms=("发布机关",)
        ),
        TableColumn("document_number", "公布文号", example="主席令第九十二号", width=24, synonyms=("文号",)),
        TableColumn(
            "change_kind",
            "本次变动",
            ColumnKind.CHOICE,
            required=True,
            choices=_choices(LawChange.choices),
            example="制定",
        ),
        TableColumn("promulgated_on", "公布日期", ColumnKind.DATE, example="1997-12-29"),
        TableColumn(
            "effective_until", "失效日期", ColumnKind.DATE, hint="从这一天起不再有效；现行有效的不填"
        ),
        TableColumn("ending", "失效原因", ColumnKind.CHOICE, choices=_choices(LawEnding.choices)),
        TableColumn(
            "succeeded_by_id",
            "由何文本接续",
            ColumnKind.REFERENCE,
            lookup=lambda actor: law_ids(),
            shown=law_label,
            hint="写“名称（施行日期）”；接续的文本要先登记",
            example="示范法（2026-08-15）",
            width=44,
        ),
    ),
)


def _plan(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """The plan of the rows, and every text that would be in force beside another of its title."""
    plan = LAW_ROWS.plan_rows(actor, rows, today)
    return replace(plan, problems=(*plan.problems, *_overlaps(plan, rows)))


def _overlaps(plan: ImportPlan, rows: Sequence[ReadRow]) -> list[CellProblem]:
    targets = {row.number: row.target for row in plan.rows}
    names = {target.name for target in targets.values()}
    planned = {(target.name, target.effective_from) for target in targets.values()}
    spans = [
        (law.name, law.effective_from, law.effective_until)
        for law in Law.objects.filter(name__in=names)
        if (law.name, law.effective_from) not in planned
    ]
    spans += [(one.name, one.effective_from, one.effective_until) for one in targets.values()]
    column = next(one for one in LAW_ROWS.columns if one.key == "effective_from")
    by_number = {row.number: row for row in rows}
    return [
        problem_at("", by_number[number], column, OVERLAP)
        for number, target in targets.items()
        if any(_meet(target, span) for span in spans)
    ]


def _meet(target: Any, span: tuple[str, dt.date, dt.date | None]) -> bool:
    """Whether another text of the title is in force on a day of the target's span."""
    name, begins, ends = span
    if name != target.name or begins == target.effective_from:
        return False
    last = dt.date.max
    return bool(target.effective_from < (ends or last) and begins < (target.effective_until or last))


def _write(actor: Actor, plan: ImportPlan, reason: str) -> None:
    """Changed rows first: an old text must have its last day before the new one begins."""
    for state in (RowState.CHANGED, RowState.ADDED):
        LAW_ROWS.write_rows(
            actor, replace(plan, rows=tuple(row for row in plan.rows if row.state is state)), reason
        )


LAWS = replace(
    model_table(
        slug="laws",
        title="法律法规",
        unit="个文本",
        rows=LAW_ROWS,
        may_export=may_read,
        chain_of=lambda actor: PROVINCE_CHAIN,
        notes=("一行是法律的一个文本。修订、修正后另起一行，并给前一文本填写失效日期。",),
    ),
    plan_rows=_plan,
    write_rows=_write,
)
