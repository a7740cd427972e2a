"""For each area of the register: rows to fill a page with, and what a form and a table of one row look like.

A new area adds one `Specimen` here; every test in `test_every_area.py` then runs for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from enforcement.actors import SYSTEM
from enforcement.models import Line, Region
from enforcement.services.bulk_register_rows import create_rows
from tests.cast import COUNTY, Cast


@dataclass(frozen=True, slots=True)
class Specimen:
    """How the tests fill one area.

    - `make_rows(cast, count)` adds rows with history that `reader` sees, none of which `stranger` may change;
    - `form_values(cast)` is what creates a new row; `edited` is a (field, first new value, second new value) of text;
    - `writer`, `reader`, `outsider` are accounts of the cast: who may write all rows, who may read, who must see none of
      the rows that `make_rows` made ("" where everybody sees them).
    """

    make_rows: Callable[[Cast, int], list[Any]]
    form_values: Callable[[Cast], dict[str, Any]] | None = None
    edited: tuple[str, str, str] = ("", "", "")
    writer: str = "registrar"
    reader: str = "officer"
    stranger: str = "city_registrar"
    outsider: str = ""
    new_table_row: Callable[[Cast], dict[str, str]] | None = None


def _lines(cast: Cast, count: int) -> list[Any]:
    rows = [
        Line(code=f"line-{number:03}", name=f"条线{number:03}", remit="监督检查") for number in range(count)
    ]
    return create_rows(actor=SYSTEM, model=Line, rows=rows, reason="测试登记")


def _regions(cast: Cast, count: int) -> list[Any]:
    rows = [
        Region(code=f"{COUNTY}{number:03}", name=f"乡镇{number:03}", level="township", parent_id=COUNTY)
        for number in range(1, count + 1)
    ]
    return create_rows(actor=SYSTEM, model=Region, rows=rows, reason="测试登记")


SPECIMENS: dict[str, Specimen] = {
    "lines": Specimen(
        make_rows=_lines,
        form_values=lambda cast: {"code": "water", "name": "水利", "remit": "取水、河道的监督检查"},
        edited=("remit", "取水许可的监督检查", "河道管理的监督检查"),
        new_table_row=lambda cast: {
            "代码": "forestry",
            "名称": "林业和草原",
            "职责范围": "林木采伐的监督检查",
        },
    ),
    "regions": Specimen(make_rows=_regions),
}
