"""条款 and 新旧条款对应 as register kinds and as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from enforcement.actors import Actor
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Provision, ProvisionSuccession
from enforcement.register_kinds import RegisterKind
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.planning import CellProblem, ImportPlan, ReadRow, problem_at
from enforcement.selectors.law_lookups import (
    label_of_law,
    label_of_provision,
    law_ids,
    law_label,
    provision_ids,
    provision_label,
)

LARGEST_NUMBER = 9999
PROVISION = RegisterKind(slug="provisions", noun="条款", model=Provision, label_of=label_of_provision)
SUCCESSION = RegisterKind(
    slug="provision-successions",
    noun="新旧条款对应",
    model=ProvisionSuccession,
    label_of=lambda row: f"{label_of_provision(row.old)} → {label_of_provision(row.new)}",
)


def number_problem(value: Any) -> str:
    """Articles, paragraphs and items are counted from 1."""
    return "" if 1 <= value <= LARGEST_NUMBER else f"应在 1 到 {LARGEST_NUMBER} 之间。改为条文的序号"


PROVISION_ROWS = ModelRows(
    kind=PROVISION,
    key=("law_id", "article", "paragraph", "item"),
    rows=lambda actor: (
        Provision.objects.visible_to(actor).select_related("law").order_by("law", "article", "pk")
    ),
    value_of=lambda row, key: label_of_law(row.law) if key == "law_id" else getattr(row, key),
    related=("law",),
    columns=(
        TableColumn(
            "law_id",
            "法律",
            ColumnKind.REFERENCE,
            required=True,
            lookup=lambda actor: law_ids(),
            shown=law_label,
            hint="写“名称（施行日期）”；只有一个文本的，写名称即可",
            example="中华人民共和国价格法（1998-05-01）",
            width=48,
            synonyms=("法律名称", "法律文本"),
        ),
        TableColumn("article", "条", ColumnKind.INTEGER, required=True, example="13", check=number_problem),
        TableColumn(
            "paragraph", "款", ColumnKind.INTEGER, hint="不分款的不填", example="1", check=number_problem
        ),
        TableColumn("item", "项", ColumnKind.INTEGER, hint="不分项的不填", check=number_problem),
        TableColumn(
            "gist",
            "内容提要",
            hint="自己概括，不抄法条原文",
            example="应当明码标价",
            width=60,
            synonyms=("提要",),
            max_length=500,
        ),
    ),
)


def _plan_provisions(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """The plan of the rows; two rows of the file for one provision are named also where it has no paragraph or item."""
    plan = PROVISION_ROWS.plan_rows(actor, rows, today)
    first: dict[tuple[Any, ...], ReadRow] = {}
    column = next(one for one in PROVISION_ROWS.columns if one.key == "article")
    repeated: list[CellProblem] = []
    for row in rows:
        key = tuple(row.values.get(name) for name in PROVISION_ROWS.key)
        earlier = first.setdefault(key, row)
        if earlier is not row and None in key and row.sound:
            sentence = f"与第 {earlier.number} 行是同一条款。只保留其中一行"
            repeated.append(problem_at("", row, column, sentence))
    return replace(plan, problems=(*plan.problems, *repeated))


PROVISIONS = replace(
    model_table(
        slug="provisions",
        title="条款",
        unit="条",
        rows=PROVISION_ROWS,
        may_export=may_read,
        chain_of=lambda actor: PROVINCE_CHAIN,
        notes=("先登记法律文本，再登记它的条款。序号用阿拉伯数字。",),
    ),
    plan_rows=_plan_provisions,
)


def problem_of_succession(old: Provision, new: Provision) -> str:
    """A provision is carried on by a later text."""
    if old.law_id == new.law_id:
        return "新旧条款应属于不同的文本。核对施行日期"
    if new.law.effective_from <= old.law.effective_from:
        return "新条款所在文本的施行日期应晚于旧条款所在文本。核对两栏是否写反"
    return ""


def _succession_rule(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    return {"new_id": "新旧条款相同。改为不同的条款"} if values.get("old_id") == values.get("new_id") else {}


SUCCESSION_ROWS = ModelRows(
    kind=SUCCESSION,
    key=("old_id", "new_id"),
    rows=lambda actor: ProvisionSuccession.objects.visible_to(actor).select_related("old__law", "new__law"),
    value_of=lambda row, key: (
        label_of_provision(getattr(row, key.removesuffix("_id")))
        if key.endswith("_id")
        else getattr(row, key)
    ),
    related=("old__law", "new__law"),
    rule=_succession_rule,
    columns=(
        TableColumn(
            "old_id",
            "旧条款",
            ColumnKind.REFERENCE,
            required=True,
            lookup=lambda actor: provision_ids(),
            shown=provision_label,
            hint="写“《名称》（施行日期）第…条”",
            example="《示范法》（2018-01-01）第七十条第一款",
            width=52,
        ),
        TableColumn(
            "new_id",
            "新条款",
            ColumnKind.REFERENCE,
            required=True,
            lookup=lambda actor: provision_ids(),
            shown=provision_label,
            example="《示范法》（2022-06-01）第七十二条第一款",
            width=52,
        ),
        TableColumn("note", "说明", hint="例如 分为两条", example="序号改变，内容不变", width=40),
    ),
)


def _plan_successions(actor: Actor, rows: Sequence[ReadRow], today: dt.date) -> ImportPlan:
    """The plan of the rows; a pair in the wrong order is named."""
    plan = SUCCESSION_ROWS.plan_rows(actor, rows, today)
    column = next(one for one in SUCCESSION_ROWS.columns if one.key == "new_id")
    by_number = {row.number: row for row in rows}
    wrong = [
        problem_at("", by_number[one.number], column, problem)
        for one in plan.rows
        if (problem := problem_of_succession(one.target.old, one.target.new))
    ]
    return replace(plan, problems=(*plan.problems, *wrong))


SUCCESSIONS = replace(
    model_table(
        slug="provision-successions",
        title="新旧条款对应",
        unit="项对应",
        rows=SUCCESSION_ROWS,
        may_export=may_read,
        chain_of=lambda actor: PROVINCE_CHAIN,
        notes=("一条分为几条的，每个去向写一行。",),
    ),
    plan_rows=_plan_successions,
)
