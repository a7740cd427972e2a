"""Written workbooks: no cell acts as a formula, layout is readable, and the text comes back as it was."""

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from enforcement.spreadsheets.guard import open_guarded
from enforcement.spreadsheets.writing import FORMULA_STARTS, WorkbookColumn, WorkbookSheet, write_workbook

COLUMNS = (WorkbookColumn("甲", 10), WorkbookColumn("乙", 40))


def reopened(*sheets: WorkbookSheet) -> list[Worksheet]:
    return load_workbook(io.BytesIO(write_workbook(list(sheets)))).worksheets


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_dangerous_starts_are_written_as_text(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    (page,) = reopened(WorkbookSheet("表", COLUMNS, [[text, "安全"]], title=text))
    for cell in (page["A1"], page["A3"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert not page["B3"].quotePrefix


def test_header_names_are_guarded_too() -> None:
    (page,) = reopened(WorkbookSheet("表", (WorkbookColumn("=1+1"),), []))
    assert (page["A1"].value, page["A1"].data_type) == ("=1+1", "s")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=4))
def test_no_text_becomes_a_formula(texts: list[str]) -> None:
    (page,) = reopened(WorkbookSheet("表", COLUMNS, [[text] for text in texts]))
    assert all(cell.data_type != "f" for line in page.iter_rows() for cell in line)


def test_text_comes_back_through_the_guard() -> None:
    texts = ["=SUM(A1)", "-3", "+86", "@某", "＝甲", "#N/A", "第一行\n第二行", "001"]
    (grid,) = open_guarded(write_workbook([WorkbookSheet("表", COLUMNS[:1], [[text] for text in texts])]))
    assert [grid.cells[(number, 1)].text for number in range(2, len(texts) + 2)] == texts
    assert not any(cell.is_formula for cell in grid.cells.values())


def test_header_is_frozen_numbers_stand_right_and_text_wraps() -> None:
    (page,) = reopened(WorkbookSheet("表", COLUMNS, [[12, "长文字"], [Decimal("0.5"), None]], title="标题"))
    assert page.freeze_panes == "A3"
    assert page["A2"].font.bold and page["A2"].fill.fgColor.rgb.endswith("EAF1FB")
    assert (page["A3"].value, page["A3"].alignment.horizontal) == (12, "right")
    assert page["B3"].alignment.wrap_text
    assert page["A4"].value == 0.5 and page["B4"].value is None
    assert page.column_dimensions["B"].width == 40
    assert page.print_title_rows == "$2:$2"


def test_sheet_names_are_made_valid_and_distinct() -> None:
    long = "某省生态环境领域不予行政处罚的轻微违法行为目录（二〇二六年版）"
    pages = reopened(*(WorkbookSheet(name, COLUMNS, []) for name in ("a/b", "a:b", "", long, long)))
    names = [page.title for page in pages]
    assert names[:3] == ["a b", "a b（2）", "工作表"]
    assert len(set(names)) == 5 and all(len(name) <= 31 for name in names)


def test_control_characters_are_dropped_and_too_long_text_is_an_error() -> None:
    (page,) = reopened(WorkbookSheet("表", COLUMNS, [["甲\x00\x0b乙"]]))
    assert page["A2"].value == "甲乙"
    with pytest.raises(ValueError, match="32767"):
        write_workbook([WorkbookSheet("表", COLUMNS, [["长" * 32_768]])])
