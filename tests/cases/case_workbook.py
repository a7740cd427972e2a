"""Workbooks of running cases, as the template asks for them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from cases.case_table import COLUMNS
from enforcement.models import Certificate
from tests.case_builders import CaseWorld, valid_uscc


def case_row(world: CaseWorld, number: int = 1, **changes: Any) -> dict[str, Any]:
    """One sound row; `changes` replace cells."""
    handlers = [world.officer.officer_id, world.partner.officer_id]
    certificates = Certificate.objects.filter(officer__in=handlers).order_by("officer")
    return {
        "source_number": f"旧案{number:03d}",
        "violation": world.violation.code,
        "source": "检查发现",
        "party_kind": "个体工商户",
        "party": valid_uscc(5000 + number),
        "party_name": f"青石小吃店第{number}分店",
        "handlers": "、".join(one.number for one in certificates),
        "act_date": "2026-11-17",
        "found_on": "2026-11-17",
        "opened_on": "2026-11-23",
        "place": "青藤路",
        "narrative": "六种小吃没有标明价格。",
        **changes,
    }


def workbook(*rows: dict[str, Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append([column.label for column in COLUMNS])
    for row in rows:
        sheet.append([row.get(column.key, "") for column in COLUMNS])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
