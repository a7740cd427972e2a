"""执法装备 as a table. Calibration and custody are acts and are recorded on the page of the piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from enforcement.actors import Actor
from enforcement.models import Equipment
from enforcement.models.equipment import EquipmentKind
from enforcement.register_people import EQUIPMENT
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.people_columns import agency_column, may_export, own_chain


def _order_of_use(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    acquired, retired = values.get("acquired_on"), values.get("retired_on")
    if acquired is not None and retired is not None and retired < acquired:
        return {"retired_on": f"早于启用日期 {acquired}。核对这两个日期"}
    return {}


def _rows(actor: Actor) -> Any:
    return Equipment.objects.visible_to(actor).select_related("agency")


def _value_of(row: Equipment, key: str) -> Any:
    return row.agency.code if key == "agency_id" else getattr(row, key)


EQUIPMENT_TABLE = model_table(
    slug=EQUIPMENT.slug,
    title="执法装备",
    unit="件执法装备",
    rows=ModelRows(
        kind=EQUIPMENT,
        columns=(
            agency_column(),
            TableColumn(
                "inventory_number",
                "资产编号",
                ColumnKind.CODE,
                required=True,
                hint="本机构内不重复",
                example="ZB-2026-001",
                width=20,
                synonyms=("编号", "设备编号"),
            ),
            TableColumn(
                "kind",
                "装备类别",
                ColumnKind.CHOICE,
                required=True,
                example="执法记录仪",
                width=18,
                choices=tuple((one.value, str(one.label)) for one in EquipmentKind),
            ),
            TableColumn("model_name", "品牌型号", required=True, example="DSJ-A7", width=24),
            TableColumn("serial_number", "出厂编号", ColumnKind.CODE, example="A7-000123", width=20),
            TableColumn(
                "needs_calibration",
                "需要检定",
                ColumnKind.BOOLEAN,
                required=True,
                hint="测量数据用作证据的仪器填“是”",
                example="否",
                width=10,
                synonyms=("需要检定或者校准",),
            ),
            TableColumn(
                "acquired_on", "启用日期", ColumnKind.DATE, required=True, example="2026-01-10", width=14
            ),
            TableColumn("retired_on", "停用日期", ColumnKind.DATE, hint="停用的第一天", width=14),
        ),
        key=("agency_id", "inventory_number"),
        rows=_rows,
        value_of=_value_of,
        related=("agency",),
        rule=_order_of_use,
    ),
    may_export=may_export,
    chain_of=own_chain,
    notes=("检定、领用和交还请在装备的页面上登记。",),
)
