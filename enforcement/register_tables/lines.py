"""条线 as a register kind and as a table."""

from __future__ import annotations

import re

from enforcement.actors import WORKING_ROLES, Actor, Role
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Line
from enforcement.register_kinds import RegisterKind
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.model_rows import ModelRows, model_table

READERS = WORKING_ROLES | {Role.SUPERVISOR}


def may_read(actor: Actor) -> bool:
    """Lines and regions are open to everyone who works here."""
    return bool(actor.roles & READERS)


LINE = RegisterKind(slug="lines", noun="条线", model=Line, end_field="ended_on")


def check_line_code(code: str) -> str:
    """What is wrong with a code, or nothing: it is part of addresses."""
    return "" if re.fullmatch(r"[A-Za-z0-9_-]+", code) else "代码只用字母、数字和连字符，例如 SCJG"


LINES = model_table(
    slug="lines",
    title="条线",
    unit="个条线",
    rows=ModelRows(
        kind=LINE,
        columns=(
            TableColumn(
                "code",
                "代码",
                ColumnKind.CODE,
                required=True,
                hint="字母、数字和连字符，登记后不再改动",
                example="SCJG",
                synonyms=("条线代码", "编码"),
                check=check_line_code,
            ),
            TableColumn(
                "name",
                "名称",
                required=True,
                hint="主管领域的名称，最多 40 字",
                example="市场监管",
                width=24,
                synonyms=("条线名称", "主管领域"),
            ),
            TableColumn(
                "remit",
                "职责范围",
                hint="这个条线管什么，最多 300 字",
                example="价格、广告、食品药品、特种设备等的监督检查",
                width=60,
            ),
            TableColumn(
                "ended_on", "停用日期", ColumnKind.DATE, hint="机构改革后不再使用的填写", example="2026-12-31"
            ),
        ),
        key=("code",),
        rows=Line.objects.visible_to,
        unique=("name",),
    ),
    may_export=may_read,
    chain_of=lambda actor: PROVINCE_CHAIN,
)
