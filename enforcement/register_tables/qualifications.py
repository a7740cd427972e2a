"""资格证件 of legal reviewers and 执法监督员 as a table: one row per paper of one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from enforcement.actors import Actor
from enforcement.models import Qualification
from enforcement.qualification_rules import (
    FIRST_REVIEWERS_NEED_QUALIFICATION_FROM,
    QUALIFICATION_LABELS,
    QualificationKind,
)
from enforcement.register_people import QUALIFICATION
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.people_columns import account_column, may_export, own_chain


def _whole_paper(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    """What each kind of paper must say; a column the file leaves out keeps what is recorded."""
    kind, obtained = values.get("kind"), values.get("obtained_on")
    number = values["number"] if "number" in values else getattr(existing, "number", "")
    ends = values["valid_until"] if "valid_until" in values else getattr(existing, "valid_until", None)
    found: dict[str, str] = {}
    if kind == QualificationKind.REVIEWED_BEFORE:
        if obtained is not None and obtained >= FIRST_REVIEWERS_NEED_QUALIFICATION_FROM:
            found["obtained_on"] = (
                "2018年1月1日以后初次从事法制审核的，须取得国家统一法律职业资格。核对日期，或者改填资格"
            )
    elif not number:
        found["number"] = "填写证书编号"
    if kind == QualificationKind.SUPERVISION_CARD and ends is None:
        found["valid_until"] = "填写执法监督证的有效期"
    elif obtained is not None and ends is not None and ends < obtained:
        found["valid_until"] = f"早于取得日期 {obtained}。核对这两个日期"
    return found


def _rows(actor: Actor) -> Any:
    return Qualification.objects.visible_to(actor).select_related("account")


def _value_of(row: Qualification, key: str) -> Any:
    return row.account.username if key == "account_id" else getattr(row, key)


QUALIFICATIONS = model_table(
    slug=QUALIFICATION.slug,
    title="资格证件",
    unit="份资格证件",
    rows=ModelRows(
        kind=QUALIFICATION,
        columns=(
            account_column(),
            TableColumn(
                "kind",
                "资格",
                ColumnKind.CHOICE,
                required=True,
                example="国家统一法律职业资格",
                width=28,
                choices=tuple((kind.value, label) for kind, label in QUALIFICATION_LABELS.items()),
            ),
            TableColumn(
                "obtained_on",
                "取得日期",
                ColumnKind.DATE,
                required=True,
                hint="2018 年前已从事法制审核的，填开始从事审核的日期",
                example="2026-03-05",
                width=14,
            ),
            TableColumn(
                "number",
                "证书编号",
                ColumnKind.CODE,
                hint="2018 年前已从事法制审核的可以不填",
                example="A20260001",
                width=24,
            ),
            TableColumn("issuing_authority", "发证机关", example="司法部", width=24),
            TableColumn(
                "valid_until",
                "有效期至",
                ColumnKind.DATE,
                hint="没有期限的留空；执法监督证须填写",
                width=14,
            ),
        ),
        # The number is no part of the key: those who reviewed before 2018 have none.
        key=("account_id", "kind", "obtained_on"),
        rows=_rows,
        value_of=_value_of,
        related=("account__agency",),
        rule=_whole_paper,
    ),
    may_export=may_export,
    chain_of=own_chain,
    notes=("同一名持证人、同一资格、同一取得日期的，视为修改原来的证件。",),
)
