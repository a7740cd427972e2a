"""A workbook as typed rows of a register table, with every problem named by its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.register_tables.cell_values import CellError, read_cell
from enforcement.register_tables.columns import ColumnKind, RegisterTable, TableColumn
from enforcement.register_tables.planning import CellProblem, ReadRow, problem_at, shown_value
from enforcement.spreadsheets.grid import CellKind, GridCell, SheetGrid, coordinate
from enforcement.spreadsheets.guard import open_guarded

# Rows of a template that are there to be read by people; PROBLEM_HEADING heads the column of a marked copy.
HINT_MARK, EXAMPLE_MARK = "说明：", "示例："
PROBLEM_HEADING = "问题"
INSTRUCTIONS_SHEET = "填写说明"
CHOICES_SHEET = "选项"
_HEADER_ROWS = 10
# A number in a workbook is exact to 15 digits: an identity number typed as one has lost its end.
_EXACT_DIGITS = 15
_WRITTEN_AS_TEXT = (ColumnKind.TEXT, ColumnKind.CODE, ColumnKind.REFERENCE)
_DECORATION = re.compile(r"[\s*＊:：]|[（(](必填|选填)[)）]")


@dataclass(frozen=True, slots=True)
class TableReading:
    """A file as read: its rows, what is wrong in them, and remarks that stop nothing.

    `grid` and `header_row` are for the marked copy.
    """

    sheet: str
    rows: tuple[ReadRow, ...]
    problems: tuple[CellProblem, ...]
    remarks: tuple[str, ...]
    grid: SheetGrid
    header_row: int


def read_table(*, table: RegisterTable, actor: Actor, content: bytes) -> TableReading:
    """Read the rows of a workbook. Raises `InvalidInput` when it cannot be opened or is not this table at all."""
    sheets = open_guarded(content)
    grid, header_row, places = _find_table(table, sheets)
    rows, problems = _read_rows(table, actor, grid, header_row, places)
    problems = [*_missing_columns(table, grid, header_row, places), *problems]
    problems += _repeated(table, grid.name, rows)
    if not rows and not problems:
        raise InvalidInput.from_problems(
            "no_rows", ["这份表格里没有可以导入的行，没有写入任何内容。填写后再导入。"]
        )
    order = sorted(problems, key=lambda one: (one.number, _column_order(one.cell)))
    remarks = _remarks(table, sheets, grid, header_row, places)
    return TableReading(grid.name, tuple(rows), tuple(order), remarks, grid, header_row)


def _column_order(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return len(letters), letters


def plain_heading(text: str) -> str:
    """A heading without stars, blanks and “（必填）”, in plain letters."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", text)).lower()


def _headings(table: RegisterTable) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in table.columns:
        for name in (column.label, *column.synonyms):
            names[plain_heading(name)] = column.key
    return names


def _find_table(table: RegisterTable, sheets: list[SheetGrid]) -> tuple[SheetGrid, int, dict[str, int]]:
    """The first visible sheet with a heading row: the row in which most headings are known."""
    names = _headings(table)
    for grid in sheets:
        if grid.hidden or grid.name == INSTRUCTIONS_SHEET:
            continue
        rows = grid.rows()
        best: tuple[int, dict[str, int]] = (0, {})
        for number in [one for one in rows if one <= _HEADER_ROWS]:
            places: dict[str, int] = {}
            for cell in rows[number]:
                key = names.get(plain_heading(cell.text))
                if key is not None:
                    places.setdefault(key, cell.column)
            if len(places) > len(best[1]):
                best = (number, places)
        if any(key in best[1] for key in table.key):
            return grid, *best
    expected = "、".join(column.label for column in table.columns if column.required)
    raise InvalidInput.from_problems(
        "no_heading_row",
        [
            f"没有找到{table.title}的表头（{expected}），没有写入任何内容。从模板开始填写，或核对是否选错了文件。"
        ],
    )


def _missing_columns(
    table: RegisterTable, grid: SheetGrid, header_row: int, places: Mapping[str, int]
) -> list[CellProblem]:
    missing = [
        CellProblem(
            grid.name,
            coordinate(header_row, 1),
            column.label,
            "",
            f"缺少“{column.label}”这一列。补上这一列再导入",
        )
        for column in table.columns
        if column.required and column.key not in places
    ]
    hidden = [
        CellProblem(
            grid.name,
            coordinate(header_row, place),
            table.column(key).label,
            "",
            "这一列被隐藏了。取消隐藏或删去这一列",
        )
        for key, place in places.items()
        if place in grid.hidden_columns
    ]
    return [*missing, *hidden]


def _read_rows(
    table: RegisterTable, actor: Actor, grid: SheetGrid, header_row: int, places: dict[str, int]
) -> tuple[list[ReadRow], list[CellProblem]]:
    lookups = {one.key: one.lookup(actor) for one in table.columns if one.lookup and one.key in places}
    read = [column for column in table.columns if column.key in places]
    wanted = set(places.values())
    rows: list[ReadRow] = []
    problems: list[CellProblem] = []
    for number, cells in grid.rows().items():
        if number <= header_row or is_guidance(cells):
            continue
        here = {cell.column: cell for cell in cells if cell.column in wanted}
        if not here:
            continue
        row, wrong = _read_row(grid, read, places, number, here, lookups)
        rows.append(replace(row, sound=not wrong))
        problems += wrong
    return rows, problems


def is_guidance(cells: list[GridCell]) -> bool:
    """True for the rows of a template that explain or give an example."""
    return bool(cells) and cells[0].text.startswith((HINT_MARK, EXAMPLE_MARK))


def _read_row(
    grid: SheetGrid,
    columns: list[TableColumn],
    places: dict[str, int],
    number: int,
    here: dict[int, GridCell],
    lookups: Mapping[str, Mapping[str, Any]],
) -> tuple[ReadRow, list[CellProblem]]:
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    row = ReadRow(number=number, values=values, places=places, texts=texts)
    problems: list[CellProblem] = []
    if number in grid.hidden_rows:
        problems.append(
            CellProblem(
                grid.name, coordinate(number, 1), "", "", "这一行被隐藏了。取消隐藏或删去这一行", number
            )
        )
    for column in columns:
        place = places[column.key]
        cell = here.get(place)
        texts[column.key] = cell.text if cell is not None else ""
        try:
            values[column.key] = _value(grid, column, number, place, cell, lookups)
        except CellError as wrong:
            values[column.key] = None
            problems.append(problem_at(grid.name, row, column, str(wrong)))
    return row, problems


def _value(
    grid: SheetGrid,
    column: TableColumn,
    number: int,
    place: int,
    cell: GridCell | None,
    lookups: Mapping[str, Mapping[str, Any]],
) -> Any:
    if grid.area(number, place) is not None:
        raise CellError("这里是合并单元格。取消合并，在每一行写明内容")
    if cell is None:
        if column.required:
            raise CellError(f"填写{column.label}")
        return None
    if cell.kind is CellKind.FORMULA:
        raise CellError("这里是公式。改为公式的结果（复制后“粘贴为数值”）")
    if cell.kind is CellKind.ERROR:
        raise CellError("这里是表格软件的错误值。改为正确的内容")
    if cell.kind is CellKind.NUMBER and column.kind in _WRITTEN_AS_TEXT and len(cell.text) > _EXACT_DIGITS:
        raise CellError(
            f"数字超过 {_EXACT_DIGITS} 位，表格软件已改变了后几位。把单元格格式设为“文本”，再重新填写"
        )
    return read_cell(column, cell.text, lookups.get(column.key))


def _repeated(table: RegisterTable, sheet: str, rows: list[ReadRow]) -> list[CellProblem]:
    """Rows of the file that mean the same row of the register."""
    first: dict[tuple[Any, ...], int] = {}
    problems = []
    column = table.column(table.key[0])
    for row in rows:
        key = tuple(row.values.get(name) for name in table.key)
        if any(part is None for part in key):
            continue
        earlier = first.setdefault(key, row.number)
        if earlier != row.number:
            sentence = f"与第 {earlier} 行的{table.labels_of(table.key)}相同。只保留其中一行"
            problems.append(problem_at(sheet, row, column, sentence))
    return problems


def _remarks(
    table: RegisterTable, sheets: list[SheetGrid], grid: SheetGrid, header_row: int, places: Mapping[str, int]
) -> tuple[str, ...]:
    """What was not read, so that nobody believes it was."""
    known = set(places.values())
    rows = grid.rows()
    unknown = [
        f"“{cell.text[:20]}”（{cell.name}）"
        for cell in rows.get(header_row, [])
        if cell.column not in known and plain_heading(cell.text) != PROBLEM_HEADING
    ]
    skipped = [number for number, cells in rows.items() if number > header_row and is_guidance(cells)]
    absent = [one.label for one in table.columns if one.key not in places and not one.required]
    others = [
        one.name
        for one in sheets
        if one is not grid and one.cells and one.name not in (INSTRUCTIONS_SHEET, CHOICES_SHEET)
    ]
    remarks = []
    if unknown:
        remarks.append(f"没有认出这些列，没有读取：{'、'.join(unknown)}")
    if absent:
        remarks.append(f"表格里没有这些列，已有的内容保持不变：{'、'.join(absent)}")
    if skipped:
        remarks.append(f"第 {'、'.join(map(str, skipped))} 行是填写说明或示例，没有读取")
    if others:
        remarks.append(f"只读取工作表“{grid.name}”，没有读取：{'、'.join(others)}")
    return tuple(remarks)


def masked_text(table: RegisterTable, key: str, text: str) -> str:
    """A cell's text for a page: masked when its column is personal."""
    return shown_value(table.column(key), text)
