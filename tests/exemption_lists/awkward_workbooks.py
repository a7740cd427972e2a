"""Eleven workbooks of our own making, each awkward in one way that published lists are. One small builder each."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exemption_lists.workbooks import BOTH, HEADER, row, workbook_bytes

TITLE = "示范市不予行政处罚清单"
LAW = "《某市场条例》第十二条第二款"
SHORT = ("序号", "违法行为", "适用条件")


def column_orders() -> bytes:
    """The serial stands last, the condition first, and a column nobody knows in between."""
    header = ("适用条件", "档案号", "违法行为", "处罚依据", "备注", "序号")
    return workbook_bytes(("清单", [(TITLE,), header, (BOTH, "D-7", "甲", LAW, "试行", "1")]))


def merged_both_ways() -> bytes:
    """A category over two rows, a condition over two columns, and an old text left under the merged area."""

    def shape(page: Worksheet) -> None:
        page.merge_cells("A1:F1")
        page.merge_cells("B3:B4")
        page.merge_cells("E3:F3")

    header = (*HEADER, "备注")
    rows = [
        (TITLE,),
        header,
        (*row(1, "价格", "甲"), None),
        (*row(2, None, "乙", "首次违法"), "另有说明"),
    ]
    return workbook_bytes(("清单", rows), shape=shape)


def one_above_the_other() -> bytes:
    rows = [
        ("不予处罚清单",), SHORT, (1, "甲", "初次违法"), (2, "乙", "当场改正"), (),
        ("从轻处罚清单",), ("序号", "适用条件", "违法行为"), (1, "主动供述", "丙"),
    ]  # fmt: skip
    return workbook_bytes(("两张", rows))


def side_by_side() -> bytes:
    rows = [
        ("不予处罚清单", None, None, None, "减轻处罚清单"),
        (*SHORT, None, *SHORT),
        (1, "甲", "初次违法", None, 1, "丙", "主动消除危害"),
        (2, "乙", "当场改正"),
    ]
    return workbook_bytes(("并列", rows))


def empty_list() -> bytes:
    return workbook_bytes(("减轻", [("减轻处罚清单",), SHORT, ("无",)]))


def hidden_sheet() -> bytes:
    workbook = Workbook()
    shown, hidden = workbook.worksheets[0], workbook.create_sheet("旧表")
    for page, act in ((shown, "甲"), (hidden, "旧的")):
        for line in ((TITLE,), SHORT, (1, act, "初次违法")):
            page.append(line)
    shown.title, hidden.sheet_state = "清单", "hidden"
    shown.row_dimensions[3].hidden = True
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def formulas() -> bytes:
    """A serial that counts up, an act put together from another cell, and an error value."""
    rows = [
        (TITLE,),
        SHORT,
        (1, "甲", "初次违法"),
        ("=A3+1", '=B3&"之二"', "当场改正"),
        (3, "丙", "#REF!"),
    ]
    return workbook_bytes(("清单", rows))


def thousand_rows() -> bytes:
    rows = [row(number, "市容", f"第{number}种行为") for number in range(1, 1001)]
    return workbook_bytes(("清单", [(TITLE,), HEADER, *rows]))


AMOUNTS = (
    "200元以上1000元以下",
    "1O00元以下",
    "5.000元",
    "二千元以上5000以下",
    "５００元以下",
    "1000元以上200元以下",
    "个人：200元；单位：1，000元",
)


def typos_in_amounts() -> bytes:
    rows = [
        (number, f"第{number}种", "初次违法", amount, "")
        for number, amount in enumerate((*AMOUNTS,), start=1)
    ]
    header = (*SHORT, "法定幅度", "罚款幅度")
    return workbook_bytes(("减轻处罚清单", [header, *rows]))


def full_width_everything() -> bytes:
    header = ("序　号", "违法行为（案由）", "适用条件", "处罚依据")
    condition = "同时满足下列情形的，不予处罚：\n（１）初次违法；\n（２）当场改正。"
    rows = [
        (TITLE,),
        header,
        ("１．", "未按规定Ａ公示", condition, "《某法》第１２条第２款"),
        ("（２）", "乙", condition, LAW),
    ]
    return workbook_bytes(("清单", rows))


def missing_and_doubled_serials() -> bytes:
    rows = [(TITLE,), SHORT, (1, "甲", "初次违法"), (None, "乙", "当场改正"), (3, "丙", "初次违法"), (3, "丁", "初次违法"),
            (None, "戊", "初次违法")]  # fmt: skip
    return workbook_bytes(("清单", rows))
