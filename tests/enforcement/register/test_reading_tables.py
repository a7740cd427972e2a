"""A register table as people really send it: every problem is named by its cell, and nothing is guessed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from enforcement.errors import InvalidInput, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import Line
from enforcement.register_tables.catalogue import table_of
from enforcement.register_tables.cell_values import CellError, read_cell
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import LINES
from enforcement.register_tables.planning import shown_value
from enforcement.register_tables.workbooks import marked_workbook, template_workbook
from enforcement.services.export_register import export_register
from enforcement.services.import_register import CheckedImport, check_import, write_import
from enforcement.services.kept_files import kept_file
from enforcement.spreadsheets.guard import open_guarded
from tests.cast import Cast, raise_cast

TODAY = dt.date(2026, 11, 25)
HEADINGS = ["代码", "名称", "职责范围", "停用日期"]


def column(kind: ColumnKind, **options: Any) -> TableColumn:
    return TableColumn("value", "值", kind, **options)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ColumnKind.DATE, "2026.3.5", dt.date(2026, 3, 5)),
        (ColumnKind.DATE, "２０２６年３月５日", dt.date(2026, 3, 5)),
        (ColumnKind.DATE, "2026-03-05", dt.date(2026, 3, 5)),
        (ColumnKind.INTEGER, "１,２００", 1200),
        (ColumnKind.INTEGER, "3.0", 3),
        (ColumnKind.CODE, "００５３ ", "0053"),
        (ColumnKind.BOOLEAN, "是", True),
        (ColumnKind.BOOLEAN, "否", False),
        (ColumnKind.LIST, "甲、乙；丙", ["甲", "乙", "丙"]),
    ],
)
def test_a_cell_is_read_as_its_column_means_it(kind: ColumnKind, text: str, value: Any) -> None:
    assert read_cell(column(kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (ColumnKind.DATE, "2026-02-30", "应为日期"),
        (ColumnKind.DATE, "明天", "应为日期"),
        (ColumnKind.INTEGER, "3.5", "应为整数"),
        (ColumnKind.INTEGER, "三", "应为数字"),
        (ColumnKind.DECIMAL, "NaN", "应为数字"),
        (ColumnKind.BOOLEAN, "也许", "“是”或“否”"),
    ],
)
def test_a_cell_that_cannot_be_read_says_how_to_write_it(kind: ColumnKind, text: str, words: str) -> None:
    with pytest.raises(CellError, match=words):
        read_cell(column(kind), text)


def test_a_text_may_be_as_long_as_the_column_and_not_longer() -> None:
    limited = column(ColumnKind.TEXT, max_length=5)
    assert read_cell(limited, "一二三四五") == "一二三四五"
    with pytest.raises(CellError, match="最多 5 个字，现在是 6 个"):
        read_cell(limited, "一二三四五六")


def test_a_choice_is_read_by_its_word_and_named_when_it_is_none() -> None:
    kinds = column(ColumnKind.CHOICE, choices=(("a", "甲类"), ("b", "乙类")))
    assert read_cell(kinds, "乙类") == "b"
    with pytest.raises(CellError, match="甲类、乙类"):
        read_cell(kinds, "丙类")


def test_a_personal_value_is_masked_where_a_problem_shows_it() -> None:
    personal = column(ColumnKind.TEXT, personal=True)
    assert shown_value(personal, "530102199001011234") == "5***************34"
    assert shown_value(personal, "张三丰") == "张**"
    assert shown_value(column(ColumnKind.TEXT), "张三丰") == "张三丰"


# --- Whole files ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cast(db: None) -> Cast:
    return raise_cast()


def workbook(rows: list[list[Any]], *, change: Callable[[Any], None] | None = None) -> bytes:
    """A file as a spreadsheet program saves it; `change` gets the sheet last."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def checked(cast: Cast, content: bytes) -> CheckedImport:
    file = kept_file(name="条线.xlsx", content=content)
    return check_import(actor=cast.actor("registrar"), table=LINES, file=file, today=TODAY)


def problems(cast: Cast, content: bytes) -> list[tuple[str, str]]:
    return [(one.cell, one.sentence) for one in checked(cast, content).problems]


def test_columns_come_in_any_order_under_other_names_and_below_a_title(cast: Cast) -> None:
    content = workbook(
        [
            ["2026年条线一览表"],
            ["备注一", "主管领域 *", "条线代码（必填）"],
            ["看", "水利", "water"],
            [],
            [None, None, None],
        ]
    )
    found = checked(cast, content)
    assert found.problems == ()
    assert [row.values for row in found.reading.rows] == [{"code": "water", "name": "水利"}]
    assert "“备注一”（A2）" in found.reading.remarks[0]
    assert any("职责范围、停用日期" in remark for remark in found.reading.remarks)


def test_every_problem_of_a_file_is_listed_with_its_cell(cast: Cast) -> None:
    content = workbook(
        [
            HEADINGS,
            ["water", "水利", "", "2026年13月1日"],
            ["水", "林业", "", ""],
            ["", "农业", "", ""],
            ["fire", "市场监管", "", ""],
            ["water", "渔业", "", ""],
            ["sum", "=1+1", "", ""],
            ["long", "长" * 41, "", ""],
        ]
    )
    found = dict(problems(cast, content))
    assert list(found) == ["D2", "A3", "A4", "B5", "A6", "B7", "B8"]
    assert "应为日期" in found["D2"]
    assert "代码只用字母" in found["A3"]
    assert found["A4"] == "填写代码"
    assert "已被使用" in found["B5"]
    assert "与第 2 行的“代码”相同" in found["A6"]
    assert "公式" in found["B7"]
    assert "最多 40 个字" in found["B8"]


def test_merged_and_hidden_cells_are_problems_not_guesses(cast: Cast) -> None:
    def spoil(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["C"].hidden = True

    content = workbook(
        [HEADINGS, ["a", "甲", "", ""], ["b", "乙", "", ""], ["c", "丙", "范围", ""]], change=spoil
    )
    found = dict(problems(cast, content))
    assert "合并单元格" in found["B2"]
    assert "合并单元格" in found["B3"]
    assert "这一行被隐藏了" in found["A4"]
    assert "这一列被隐藏了" in found["C1"]


def test_a_long_number_that_lost_its_end_is_not_taken_for_a_code(cast: Cast) -> None:
    content = workbook(
        [HEADINGS, [123456789012345, "十五位", "", ""], [530102199001011234, "十八位", "", ""]]
    )
    ((cell, sentence),) = problems(cast, content)
    assert cell == "A3"
    assert "数字超过 15 位" in sentence


def test_what_looks_like_a_formula_survives_an_export_and_its_import(cast: Cast) -> None:
    for number, text in enumerate(("=1+1", "+86", "-", "@a", "'=2", "一\n二", "0053", "是", "2026-03-05")):
        Line.objects.create(code=f"odd{number}", name=f"名称{number}", remit=text)
    exported = export_register(actor=cast.actor("registrar"), table=LINES, purpose="核对登记内容")
    found = checked(cast, exported)
    assert found.problems == ()
    assert found.plan.writes == 0
    assert found.plan.unchanged == Line.objects.count()


def test_a_missing_required_column_and_a_foreign_file_are_told_apart(cast: Cast) -> None:
    assert problems(cast, workbook([["代码"], ["water"]])) == [("A1", "缺少“名称”这一列。补上这一列再导入")]
    with pytest.raises(InvalidInput, match="没有找到条线的表头"):
        checked(cast, workbook([["车牌", "车型"], ["云A", "轿车"]]))


def test_a_file_with_one_wrong_cell_writes_nothing(cast: Cast) -> None:
    content = workbook([HEADINGS, ["water", "水利", "", ""], ["", "林业", "", ""]])
    file = kept_file(name="条线.xlsx", content=content)
    with pytest.raises(InvalidInput, match="A3 代码：填写代码"):
        write_import(actor=cast.actor("registrar"), table=LINES, file=file, today=TODAY)
    assert not Line.objects.filter(code="water").exists()
    assert not LedgerEntry.objects.exists()


def test_an_import_adds_changes_and_leaves_alone_with_history_and_one_ledger_entry(cast: Cast) -> None:
    content = workbook(
        [
            HEADINGS,
            ["water", "水利", "河道", ""],
            ["market", "市场监管", "价格", ""],
            ["ecology", "生态环境", "", ""],
        ]
    )
    file = kept_file(name="条线.xlsx", content=content)
    actor = cast.actor("registrar")
    plan = check_import(actor=actor, table=LINES, file=file, today=TODAY).plan
    assert (plan.added, plan.changed, plan.unchanged) == (1, 1, 1)
    write_import(actor=actor, table=LINES, file=file, today=TODAY, expected_digest=plan.digest)
    market = Line.objects.get(code="market")
    assert (market.remit, market.lock_version) == ("价格", 2)
    newest = market.history.first()
    assert newest.history_user == cast.registrar
    assert newest.history_change_reason == "导入“条线.xlsx”"
    assert Line.objects.get(code="ecology").lock_version == 1
    assert LedgerEntry.objects.filter(action="register_imported").count() == 1
    with pytest.raises(Refusal, match="与现有内容相同"):
        write_import(actor=actor, table=LINES, file=file, today=TODAY)


def test_a_column_the_file_does_not_have_keeps_what_is_there_and_a_blank_cell_clears_it(cast: Cast) -> None:
    Line.objects.filter(code="market").update(remit="价格")
    actor = cast.actor("registrar")
    without = kept_file(name="一.xlsx", content=workbook([["代码", "名称"], ["market", "市场监督管理"]]))
    write_import(actor=actor, table=LINES, file=without, today=TODAY)
    assert Line.objects.get(code="market").remit == "价格"
    blank = kept_file(name="二.xlsx", content=workbook([HEADINGS, ["market", "市场监督管理", None, None]]))
    write_import(actor=actor, table=LINES, file=blank, today=TODAY)
    assert Line.objects.get(code="market").remit == ""


def test_what_changed_since_it_was_looked_at_is_looked_at_again(cast: Cast) -> None:
    actor = cast.actor("registrar")
    file = kept_file(name="条线.xlsx", content=workbook([HEADINGS, ["market", "市场监管", "价格", ""]]))
    plan = check_import(actor=actor, table=LINES, file=file, today=TODAY).plan
    Line.objects.filter(code="market").update(remit="计量")
    with pytest.raises(Refusal, match="请再核对一次"):
        write_import(actor=actor, table=LINES, file=file, today=TODAY, expected_digest=plan.digest)
    assert Line.objects.get(code="market").remit == "计量"


def test_a_duty_that_does_not_reach_the_row_is_a_problem_of_its_cell(cast: Cast) -> None:
    file = kept_file(name="条线.xlsx", content=workbook([HEADINGS, ["water", "水利", "", ""]]))
    found = check_import(actor=cast.actor("city_registrar"), table=LINES, file=file, today=TODAY)
    assert [(one.cell, one.sentence[:12]) for one in found.problems] == [("A2", "这个条线不在您的职责范围")]
    with pytest.raises(Refusal, match="没有导入条线的职责"):
        check_import(actor=cast.actor("officer"), table=LINES, file=file, today=TODAY)


def test_the_template_offers_choices_and_its_hints_are_not_read(cast: Cast) -> None:
    content = template_workbook(LINES)
    with pytest.raises(InvalidInput, match="没有可以导入的行"):
        checked(cast, content)
    assert [sheet.name for sheet in open_guarded(content)] == ["条线", "填写说明"]
    regions = load_workbook(io.BytesIO(template_workbook(table_of("regions"))))
    offered = regions.worksheets[0].data_validations.dataValidation[0]
    assert offered.formula1 == '"省,州（市）,县（市、区）,乡（镇、街道）"'


def test_a_marked_copy_names_the_problem_beside_the_row_and_can_be_put_right(cast: Cast) -> None:
    found = checked(cast, workbook([HEADINGS, ["water", "", "", ""], ["wood", "林业", "", ""]]))
    marked = marked_workbook(LINES, found.reading, found.problems)
    rows = open_guarded(marked)[0].rows()
    assert rows[1][0].text == "问题"
    assert rows[2][0].text == "名称：填写名称"
    assert rows[3][0].text == "wood"
    book = load_workbook(io.BytesIO(marked))
    book.active["C2"] = "水利"
    stream = io.BytesIO()
    book.save(stream)
    assert problems(cast, stream.getvalue()) == []
