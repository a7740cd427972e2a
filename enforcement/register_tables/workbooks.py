"""The workbooks of a register table: the template to fill in, the export, and a file marked with its problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from enforcement.register_tables.columns import KIND_WORDS, ColumnKind, RegisterTable, TableColumn
from enforcement.register_tables.planning import CellProblem, by_row
from enforcement.register_tables.reading import (
    EXAMPLE_MARK,
    HINT_MARK,
    INSTRUCTIONS_SHEET,
    PROBLEM_HEADING,
    TableReading,
    is_guidance,
    plain_heading,
)
from enforcement.spreadsheets.writing import CellValue, WorkbookColumn, WorkbookSheet, write_workbook

_HOW_TO_FILL = (
    "在“{title}”工作表里，从示例的下一行开始填写，每行一{unit}。",
    "“说明：”和“示例：”开头的行不会被读取，可以留着，也可以删去。",
    "带 * 的列必须填写。列的先后可以调整，不需要的选填列可以删去：删去的列，已有内容保持不变。",
    "{key}相同的，视为修改系统里已有的一{unit}；没有的，视为新增。",
    "不要合并单元格，不要用公式，不要隐藏行或列。",
    "有一处不符合要求，就什么也不会写入。系统逐处列出问题，改好后重新导入即可。",
)


def template_workbook(table: RegisterTable) -> bytes:
    """Headings, a line of hints, an example, lists to choose from, and a sheet that explains every column."""
    first, *others = table.columns
    hints: list[CellValue] = [HINT_MARK + _hint(first), *(_hint(column) for column in others)]
    example: list[CellValue] = [EXAMPLE_MARK + first.example, *(column.example for column in others)]
    return write_workbook(
        [
            WorkbookSheet(table.title, _headings(table, marked=True), [hints, example]),
            WorkbookSheet(
                INSTRUCTIONS_SHEET,
                (
                    WorkbookColumn("列", 18),
                    WorkbookColumn("必填", 8),
                    WorkbookColumn("填写内容", 44),
                    WorkbookColumn("可选的内容", 44),
                    WorkbookColumn("示例", 24),
                ),
                [*(_explained(column) for column in table.columns), *_notes(table)],
            ),
        ]
    )


def export_workbook(table: RegisterTable, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Every row under the headings of the template; importing it again changes nothing."""
    return write_workbook(
        [
            WorkbookSheet(
                table.title,
                _headings(table, marked=False),
                [[_exported(column, row.get(column.key)) for column in table.columns] for row in rows],
            )
        ]
    )


def marked_workbook(table: RegisterTable, reading: TableReading, problems: Sequence[CellProblem]) -> bytes:
    """The rows of a file with one more column that says what is wrong in each; to be put right and imported again."""
    found = by_row(problems)
    rows = reading.grid.rows()
    last = reading.grid.last_column
    heading = {cell.column: cell.text for cell in rows.get(reading.header_row, [])}
    kept = [place for place in range(1, last + 1) if plain_heading(heading.get(place, "")) != PROBLEM_HEADING]
    columns = (
        WorkbookColumn(PROBLEM_HEADING, 44),
        *(WorkbookColumn(heading.get(place, "")) for place in kept),
    )
    lines: list[list[CellValue]] = []
    for number, cells in rows.items():
        if number <= reading.header_row or is_guidance(cells):
            continue
        texts = {cell.column: cell.text for cell in cells}
        lines.append([_sentences(found.get(number, [])), *(texts.get(place, "") for place in kept)])
    general = [[_sentence(one)] for number in found if number <= reading.header_row for one in found[number]]
    return write_workbook([WorkbookSheet(table.title, columns, [*lines, *general])])


def _headings(table: RegisterTable, *, marked: bool) -> tuple[WorkbookColumn, ...]:
    return tuple(
        WorkbookColumn(
            f"{column.label}*" if marked and column.required else column.label,
            column.width,
            choices=_choices(column) if marked else (),
            as_text=column.kind in (ColumnKind.CODE, ColumnKind.TEXT, ColumnKind.REFERENCE),
        )
        for column in table.columns
    )


def _choices(column: TableColumn) -> tuple[str, ...]:
    if column.kind is ColumnKind.BOOLEAN:
        return ("是", "否")
    return tuple(word for _, word in column.choices) if column.kind is ColumnKind.CHOICE else ()


def _exported(column: TableColumn, value: Any) -> CellValue:
    if column.kind in (ColumnKind.INTEGER, ColumnKind.DECIMAL) and isinstance(value, int | Decimal):
        return value
    return column.text_of(value)


def _hint(column: TableColumn) -> str:
    return column.hint or KIND_WORDS[column.kind]


def _explained(column: TableColumn) -> list[CellValue]:
    choices = "、".join(word for _, word in column.choices)
    return [column.label, "是" if column.required else "否", _hint(column), choices, column.example]


def _notes(table: RegisterTable) -> list[list[CellValue]]:
    key = table.labels_of(table.key)
    own = [line.format(title=table.title, unit=table.unit, key=key) for line in _HOW_TO_FILL]
    lines: list[list[CellValue]] = [[]]
    lines += [[line] for line in (*own, *table.notes)]
    return lines


def _sentences(problems: Sequence[CellProblem]) -> str:
    return "\n".join(_sentence(one) for one in problems)


def _sentence(problem: CellProblem) -> str:
    return f"{problem.label}：{problem.sentence}" if problem.label else problem.sentence
