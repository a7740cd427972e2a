"""One table in every shape agencies publish it in; no filled cell may be lost."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from enforcement.errors import InvalidInput
from enforcement.spreadsheets.guard import open_guarded
from exemption_lists.reading.drafts import DraftKind, DraftMandate, DraftScope, Severity, SheetReading
from exemption_lists.reading.workbook import read_grids, unaccounted_cells
from tests.exemption_lists.workbooks import BOTH, HEADER, row, workbook_bytes


def read(content: bytes) -> list[SheetReading]:
    """Read, and insist that nothing was lost on the way."""
    grids = open_guarded(content)
    readings = read_grids(grids)
    assert unaccounted_cells(grids, readings) == []
    return readings


def messages(reading: SheetReading, severity: Severity | None = None) -> str:
    return "\n".join(one.message for one in reading.warnings if severity in (None, one.severity))


def test_title_rows_name_the_list_and_its_kind() -> None:
    lines = [
        ("附件1",),
        ("某市城市管理减轻处罚事项清单",),
        ("序号", "违法行为", "适用条件"),
        (1, "乱停放", "初次违法"),
    ]
    (reading,) = read(workbook_bytes(("表一", lines)))
    assert reading.title == "某市城市管理减轻处罚事项清单"
    assert reading.kind is DraftKind.MITIGATED
    assert reading.notes == ("附件1",)
    assert [entry.kind for entry in reading.entries] == [DraftKind.MITIGATED]


def test_merged_category_is_carried_from_its_anchor_and_stale_text_is_ignored() -> None:
    lines = [HEADER, row(1, "户外广告", "甲"), row(2, "旧文字", "乙"), row(3, "市容", "丙")]

    content = _with_stale_merge(lines)
    (reading,) = read(content)
    assert [entry.category for entry in reading.entries] == ["户外广告", "户外广告", "市容"]
    assert "B2:B3 是合并单元格" in messages(reading, Severity.NOTE)
    assert "残留的“旧文字”没有读取" in messages(reading, Severity.NOTE)


def _with_stale_merge(lines: list[tuple[object, ...]]) -> bytes:
    """openpyxl clears what it merges, so the merge is written into the finished sheet by hand."""
    import io
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(workbook_bytes(("清单", lines))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.infolist():
            text = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                merge = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
                text = text.replace(b"</sheetData>", merge)
            package.writestr(part.filename, text)
    return target.getvalue()


def test_blank_category_is_carried_from_above() -> None:
    lines = [HEADER, row(1, "户外广告", "甲"), row(2, None, "乙"), row(3, "市容", "丙"), row(4, None, "丁")]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [entry.category for entry in reading.entries] == ["户外广告", "户外广告", "市容", "市容"]
    assert "第 3、5 行的“类别”是空的" in messages(reading, Severity.NOTE)


def test_header_repeated_on_each_page_is_skipped() -> None:
    lines = [HEADER, row(1, "市容", "甲"), HEADER, row(2, None, "乙"), HEADER, row(3, "市容", "丙")]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [entry.serial for entry in reading.entries] == ["1", "2", "3"]
    assert messages(reading).count("换页后重复的表头") == 2


def test_item_split_by_a_page_break_is_joined_and_both_rows_are_named() -> None:
    cut = "同时满足下列情形的，不予处罚：\n（1）初次违法；\n（2）责令期限内改"
    lines = [
        HEADER,
        row(1, "市容", "甲"),
        row(2, None, "乙", cut),
        HEADER,
        (None, "市容", None, None, "正，危害后果轻微。"),
        row(3, None, "丙"),
    ]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [entry.serial for entry in reading.entries] == ["1", "2", "3"]
    assert reading.entries[1].condition_text == ("初次违法", "责令期限内改正，危害后果轻微")
    assert reading.entries[1].cells == "A3:E5"
    assert "第 3 行与第 5 行是同一条" in messages(reading, Severity.NOTE)


def test_split_item_whose_act_goes_on_too_is_joined() -> None:
    lines = [
        HEADER,
        row(1, "市容", "未按规定期限清运"),
        HEADER,
        (None, None, "建筑垃圾的", None, "（3）危害后果轻微。"),
        row(2, None, "乙"),
    ]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [entry.violation_name for entry in reading.entries] == ["未按规定期限清运建筑垃圾的", "乙"]
    assert reading.entries[0].condition_text[-1] == "危害后果轻微"


@pytest.mark.parametrize(
    ("serials", "expected"),
    [((1, None, 3), ["1", "2", "3"]), ((1, None, 2), ["1", "1-1", "2"]), ((None, None), ["1", "2"])],
)
def test_missing_serial_is_supplied_with_a_warning(serials: tuple[object, ...], expected: list[str]) -> None:
    lines = [HEADER, *(row(serial, "市容", f"行为{n}") for n, serial in enumerate(serials))]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [entry.serial for entry in reading.entries] == expected
    assert "没有序号，暂编为" in messages(reading, Severity.WARNING)


@pytest.mark.parametrize(
    ("printed", "normal"), [("１２", "12"), ("（３）", "3"), ("5．", "5"), ("1－2", "1-2"), (7.0, "7")]
)
def test_serials_become_half_width_and_the_printed_form_is_kept(printed: object, normal: str) -> None:
    (reading,) = read(workbook_bytes(("清单", [HEADER, row(printed, "市容", "甲")])))
    assert reading.entries[0].serial == normal
    assert reading.entries[0].printed_serial == (printed if isinstance(printed, str) else "7")


def test_columns_in_any_order_and_unknown_columns_are_kept() -> None:
    header = ("免罚条件", "权力层级", "轻微违法行为", "处罚依据", "领域", "编号", "配套监管措施")
    line = (BOTH, "县级", "甲", "《某法》第三条", "城市管理", "1", "提醒告诫")
    (reading,) = read(workbook_bytes(("清单", [header, line])))
    (entry,) = reading.entries
    assert (entry.serial, entry.violation, entry.domain) == ("1", "甲", "城市管理")
    assert entry.follow_up == ("提醒告诫",)
    assert entry.penalty_provisions[0]["law"] == "某法"
    assert entry.note == "权力层级：县级"
    assert "“权力层级”没有对应的栏目" in messages(reading, Severity.WARNING)


def test_header_of_two_rows_is_read_by_its_lower_labels() -> None:
    lines = [
        ("序号", "违法行为", "法律依据", None, "适用条件"),
        (None, None, "违反条款", "处罚依据", None),
        (1, "甲", "《甲法》第一条", "《甲法》第九条", "初次违法"),
    ]

    def shape(page: Worksheet) -> None:
        page.merge_cells("C1:D1")
        page.merge_cells("A1:A2")

    (reading,) = read(workbook_bytes(("不予处罚", lines), shape=shape))
    (entry,) = reading.entries
    assert entry.violated_provisions[0]["article"] == 1
    assert entry.penalty_provisions[0]["article"] == 9


def test_formula_cell_is_an_error_naming_the_cell() -> None:
    lines = [HEADER, row(1, "市容", "甲"), row(2, "市容", '=CONCATENATE("乙","丙")')]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [(one.cell, one.severity) for one in reading.errors][:1] == [("C3", Severity.ERROR)]
    assert "粘贴为数值" in reading.errors[0].message
    assert "CONCATENATE" not in reading.entries[1].violation_name


def test_hidden_rows_are_read_and_named_and_hidden_sheets_are_left_out() -> None:
    def shape(page: Worksheet) -> None:
        page.row_dimensions[2].hidden = True
        if page.title == "底稿":
            page.sheet_state = "hidden"

    content = workbook_bytes(
        ("清单", [HEADER, row(1, "市容", "甲")]), ("底稿", [HEADER, row(1, "市容", "乙")]), shape=shape
    )
    shown, hidden = read(content)
    assert [entry.violation for entry in shown.entries] == ["甲"]
    assert "第 2 行是隐藏的" in messages(shown)
    assert hidden.entries == () and "“底稿”是隐藏的" in messages(hidden)


def test_remark_row_becomes_notes_and_an_exclusion_of_every_entry() -> None:
    remark = "一、首次违法按有关规定认定。\n二、自然保护区内的违法行为不适用。\n三、第2项不适用于个人。"
    lines = [HEADER, row(1, "市容", "甲"), row(2, None, "乙"), ("备注", remark)]
    (reading,) = read(workbook_bytes(("清单", lines), shape=lambda page: page.merge_cells("B4:E4")))
    assert [entry.exclusions for entry in reading.entries] == [("自然保护区内的违法行为不适用",)] * 2
    assert len(reading.notes) == 3
    assert "已列为本表各条的排除情形" in messages(reading, Severity.NOTE)
    assert "第2项不适用于个人" in messages(reading, Severity.WARNING)


def test_condition_merged_over_two_entries_belongs_to_both() -> None:
    lines = [HEADER, row(1, "市容", "甲"), ("2", None, "乙", "《某条例》第三条", None)]
    (reading,) = read(workbook_bytes(("清单", lines), shape=lambda page: page.merge_cells("E2:E3")))
    assert [entry.condition_text for entry in reading.entries] == [("初次违法", "当场改正")] * 2
    assert reading.entries[1].source_cells["condition_text"] == "E2"


def test_entry_over_several_rows_under_a_merged_serial_is_one_entry() -> None:
    lines = [
        HEADER,
        row(1, "市容", "甲", "有下列情形之一的，可以不予处罚：\n（1）初次违法；"),
        (None, None, None, None, "（2）当场改正。"),
    ]

    def shape(page: Worksheet) -> None:
        for column in "ABCD":
            page.merge_cells(f"{column}2:{column}3")

    (reading,) = read(workbook_bytes(("清单", lines), shape=shape))
    (entry,) = reading.entries
    assert entry.condition_text == ("初次违法", "当场改正")
    assert entry.mandate is DraftMandate.MAY


def test_section_heading_sets_the_kind_of_the_entries_below() -> None:
    lines = [
        ("某局减免责清单",),
        ("序号", "违法行为", "适用情形"),
        ("一、从轻处罚事项", None, None),
        (1, "甲", "主动供述"),
        ("二、免予行政强制事项", None, None),
        (2, "乙", "立即改正"),
    ]

    def shape(page: Worksheet) -> None:
        page.merge_cells("A3:C3")
        page.merge_cells("A5:C5")

    (reading,) = read(workbook_bytes(("清单", lines), shape=shape))
    assert [entry.kind for entry in reading.entries] == [DraftKind.LIGHTER, DraftKind.NO_COMPULSION]


def test_general_clause_has_no_matter_and_says_so() -> None:
    lines = [("序号", "违法行为", "适用条件"), (1, "甲", "初次违法"), (2, "/", "不满十四周岁的人有违法行为")]
    (reading,) = read(workbook_bytes(("不予处罚", lines)))
    assert [entry.scope for entry in reading.entries] == [DraftScope.MATTER, DraftScope.GENERAL]
    assert "按通用条款读取" in messages(reading, Severity.WARNING)


def test_list_of_unknown_kind_is_an_error_unless_the_caller_names_it() -> None:
    content = workbook_bytes(("表", [("序号", "违法行为", "情形"), (1, "甲", "初次违法")]))
    (unknown,) = read(content)
    assert unknown.entries[0].kind is None and "没有写明属于哪类清单" in messages(unknown, Severity.ERROR)
    (named,) = read_grids(open_guarded(content), default_kind=DraftKind.LIGHTER)
    assert named.entries[0].kind is DraftKind.LIGHTER and not named.errors


@pytest.mark.parametrize("body", [[], [("无", None, None, None, None)], [("1", "/", "无", "/", "—")]])
def test_empty_list_is_a_table_without_entries(body: list[tuple[object, ...]]) -> None:
    readings = read(workbook_bytes(("减轻处罚清单", [("减轻处罚清单",), HEADER, *body])))
    assert [(reading.title, reading.kind) for reading in readings] == [("减轻处罚清单", DraftKind.MITIGATED)]
    assert readings[0].is_table
    assert [entry.violation_name for entry in readings[0].entries if entry.violation_name] == []
    assert bool(readings[0].entries) == (body[:1] == [("1", "/", "无", "/", "—")])


def test_sheet_without_a_header_is_named_with_the_expected_labels() -> None:
    lines = [("填表须知",), ("逐行填写，不留空行。",)]
    listed, wrong = read(workbook_bytes(("清单", [HEADER, row(1, "市容", "甲")]), ("须知", lines)))
    assert listed.is_table and not wrong.is_table
    assert "工作表“须知”没有找到表头" in messages(wrong) and "违法行为" in messages(wrong)


def test_workbook_without_any_table_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_grids(open_guarded(workbook_bytes(("通讯录", [("姓名", "电话"), ("某人", "略")]))))
    assert "工作表“通讯录”没有找到表头" in refusal.value.message
    with pytest.raises(InvalidInput):
        read_grids(open_guarded(workbook_bytes(("空", []))))


def test_serial_printed_again_after_the_page_break_is_the_same_entry() -> None:
    rest = (2, None, None, None, "（3）危害后果轻微。")
    lines = [HEADER, row(1, "市容", "甲"), row(2, None, "乙"), HEADER, rest, row(3, None, "丙")]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert [entry.serial for entry in reading.entries] == ["1", "2", "3"]
    assert reading.entries[1].condition_text[-1] == "危害后果轻微"


def test_doubled_serial_is_kept_with_a_warning() -> None:
    (reading,) = read(workbook_bytes(("清单", [HEADER, row(1, "市容", "甲"), row(1, None, "乙")])))
    assert [entry.violation for entry in reading.entries] == ["甲", "乙"]
    assert "序号“1”与前面重复" in messages(reading, Severity.WARNING)


def test_row_that_numbers_the_columns_is_skipped() -> None:
    (reading,) = read(workbook_bytes(("清单", [HEADER, (1, 2, 3, 4, 5), row(1, "市容", "甲")])))
    assert [entry.violation for entry in reading.entries] == ["甲"]


def test_numbered_group_rows_become_the_category() -> None:
    lines = [
        ("序号", "违法行为", "适用条件"),
        ("一", "户外广告类"),
        (1, "甲", "初次违法"),
        ("二", "绿化类"),
        (2, "乙", "初次违法"),
        ("本清单自印发之日起施行。",),
    ]
    (reading,) = read(workbook_bytes(("不予处罚", lines)))
    assert [(entry.serial, entry.category) for entry in reading.entries] == [
        ("1", "户外广告类"),
        ("2", "绿化类"),
    ]
    assert reading.notes == ("本清单自印发之日起施行。",)


def test_loose_line_without_a_page_break_is_joined_with_a_warning() -> None:
    lines = [HEADER, row(1, "市容", "甲"), (None, None, None, None, "某市某局")]
    (reading,) = read(workbook_bytes(("清单", lines)))
    assert "已把 E3 接到第 2 行，核对" in messages(reading, Severity.WARNING)
