"""The spreadsheet of the whole-way test: laid out as agencies lay theirs out, with everything that goes wrong."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.exemption_lists.workbooks import workbook_bytes

TITLE = "云南省市场监管领域不予处罚清单"
PRICE_TAG = "未按规定明码标价"
WITHOUT_LICENCE = "未按规定公示营业执照"
HEADER = ("序号", "类别", "违法行为", "处罚依据", "不予处罚的情节", "配套措施")
PRICE_TAG_CONDITIONS = "同时满足下列情形的，不予处罚：\n（1）初次违法；\n（2）危害后果轻微；\n（3）及时改正。"


def price_tag_list() -> bytes:
    """Title row, merged category, numbered clauses in one cell, one item cut in two by a page break."""
    rows = [
        (TITLE,),
        HEADER,
        (
            1,
            "价格监管",
            PRICE_TAG,
            "《中华人民共和国价格法》第四十二条",
            PRICE_TAG_CONDITIONS,
            "当场补齐价签",
        ),
        (
            2,
            None,
            WITHOUT_LICENCE,
            "《中华人民共和国市场主体登记管理条例》第四十八条",
            "同时满足下列情形的，不予处罚：\n（1）初次违法；\n（2）责令期限内改",
            "提醒告诫",
        ),
        HEADER,
        (None, "价格监管", None, None, "正，危害后果轻微。", None),
    ]
    return workbook_bytes(("清单", rows), shape=_merge)


def faulty_list() -> bytes:
    """A list with a formula, an amount nobody can read and a missing serial; its amounts stand in a column of their own."""
    header = (*HEADER[:4], "适用条件", "罚款幅度")
    rows = [
        (TITLE,),
        header,
        ("=1+0", "价格监管", PRICE_TAG, "《中华人民共和国价格法》第四十二条", "初次违法", "1O00元以下"),
        (None, "登记", WITHOUT_LICENCE, "", "责令期限内改正", "二千元以上5000以下"),
    ]
    return workbook_bytes(("清单", rows))


def _merge(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("B3:B4")
