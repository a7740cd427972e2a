"""监管对象类别 as an Excel table."""

from __future__ import annotations

from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import ObjectClass
from enforcement.register_parties import OBJECT_CLASS
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import check_line_code, may_read
from enforcement.register_tables.model_rows import ModelRows, model_table

OBJECT_CLASSES = model_table(
    slug="object-classes",
    title="监管对象类别",
    unit="个监管对象类别",
    rows=ModelRows(
        kind=OBJECT_CLASS,
        columns=(
            TableColumn(
                "code",
                "代码",
                ColumnKind.CODE,
                required=True,
                hint="字母、数字和连字符，登记后不再改动",
                example="catering",
                synonyms=("类别代码",),
                check=check_line_code,
            ),
            TableColumn(
                "name", "名称", required=True, example="餐饮服务单位", width=24, synonyms=("类别名称",)
            ),
            TableColumn("remit", "说明", example="取得食品经营许可、从事餐饮服务的单位", width=60),
            TableColumn("ended_on", "停用日期", ColumnKind.DATE, example="2026-12-31"),
        ),
        key=("code",),
        rows=ObjectClass.objects.visible_to,
        unique=("name",),
    ),
    may_export=may_read,
    chain_of=lambda actor: PROVINCE_CHAIN,
)
