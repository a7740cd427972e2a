"""Small workbooks for tests, laid out the way agencies lay out their lists."""

import io
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ("序号", "类别", "违法行为", "违反条款", "不予处罚的情节")
BOTH = "同时满足下列情形的，不予处罚：\n（1）初次违法；\n（2）当场改正。"


def row(serial: object, category: str | None, act: str, condition: str = BOTH) -> tuple[object, ...]:
    """One entry in the order of HEADER."""
    return (serial, category, act, "《某市场条例》第十二条第二款", condition)


def workbook_bytes(
    *sheets: tuple[str, Sequence[Sequence[object]]], shape: Callable[[Worksheet], None] | None = None
) -> bytes:
    """An .xlsx file with the given rows; `shape` may merge, hide or overwrite on every sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets:
        page = workbook.create_sheet(name)
        for line in rows:
            page.append(list(line) or [None])
        if shape is not None:
            shape(page)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
