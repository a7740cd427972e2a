"""A spreadsheet of matters as bytes."""

from __future__ import annotations

from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook

FOOD = "经营超过保质期的食品"
LABELS = ("权力类型", "事项名称", "设定和实施依据", "对应案由", "事项编码", "序号", "监管对象类别", "备注")
ROWS = (
    ("行政处罚", FOOD, "《中华人民共和国食品安全法》第一百二十四条第一款第五项", "", "5301-1", "1", "食品经营、餐饮", ""),
    ("行政检查", "对食品经营者的监督检查", "《中华人民共和国食品安全法》第一百一十条", "", "5301-2", "2", "餐饮", "含网络经营"),
    ("行政强制", "查封无照经营场所", "《无证无照经营查处办法》第十一条第二款", "", "5301-3", "3", "", ""),
)  # fmt: skip


def matter_bytes(*rows: tuple[str, ...], labels: tuple[str, ...] = LABELS) -> bytes:
    """The workbook; three ordinary matters unless rows are given. The columns stand in an unusual order on purpose."""
    columns = tuple(WorkbookColumn(label) for label in labels)
    return write_workbook([WorkbookSheet(name="事项", columns=columns, rows=rows or ROWS)])
