"""行政区划 as a register kind and as a table: codes and names are given from outside and only read here."""

from __future__ import annotations

from typing import Any

from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Region
from enforcement.models.agencies import RegionLevel
from enforcement.register_kinds import Reach, RegisterKind
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.model_rows import ModelRows, model_table


def _reach(row: Any) -> Reach:
    return Reach(region_code=row.code)


REGION = RegisterKind(slug="regions", noun="行政区划", model=Region, reach_of=_reach, duties=frozenset())

REGIONS = model_table(
    slug="regions",
    title="行政区划",
    unit="个行政区划",
    rows=ModelRows(
        kind=REGION,
        columns=(
            TableColumn("code", "代码", ColumnKind.CODE, required=True, example="530102"),
            TableColumn("name", "名称", required=True, example="五华区", width=30),
            TableColumn(
                "level",
                "层级",
                ColumnKind.CHOICE,
                required=True,
                choices=tuple((str(value), str(label)) for value, label in RegionLevel.choices),
                example="县（市、区）",
            ),
            TableColumn("parent_id", "上级代码", ColumnKind.CODE, example="5301"),
        ),
        key=("code",),
        rows=Region.objects.visible_to,
    ),
    may_export=may_read,
    may_import=lambda actor: False,
    chain_of=lambda actor: PROVINCE_CHAIN,
)
