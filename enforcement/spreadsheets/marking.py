"""A checked workbook handed back with its marked cells: what was read, coloured, with a comment at each cell.

The file is written anew from the cells we read, never by opening the stranger's file outside the reading process.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from .grid import CellKind, SheetGrid
from .limits import MAX_CELL_CHARACTERS
from .writing import plain_text, put_text

_ERROR_FILL = PatternFill("solid", fgColor="FDECEA")
_WARNING_FILL = PatternFill("solid", fgColor="FFF4E0")
_WIDTH = 24.0
_AUTHOR = "核对"


@dataclass(frozen=True, slots=True)
class CellMark:
    """One remark about a cell; an error is coloured red, anything else yellow."""

    text: str
    is_error: bool


def write_marked(grids: Sequence[SheetGrid], marks: Mapping[str, Mapping[str, Sequence[CellMark]]]) -> bytes:
    """The .xlsx file. Cells, merged areas and hidden sheets stand where they stood; a formula is left out and named in
    the comment, since its value is not known.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for grid in grids:
        page: Worksheet = workbook.create_sheet(grid.name)
        _write_cells(page, grid)
        for name, remarks in (marks.get(grid.name) or {}).items():
            _mark(page, name, remarks)
        page.sheet_state = "hidden" if grid.hidden else "visible"
    if all(grid.hidden for grid in grids):
        workbook.create_sheet("空表")
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_cells(page: Worksheet, grid: SheetGrid) -> None:
    for (row, column), cell in grid.cells.items():
        if cell.kind not in (CellKind.FORMULA, CellKind.ERROR):
            put_text(page.cell(row=row, column=column), cell.text)
    last_row, last_column = grid.last_row, grid.last_column
    for area in grid.merged:
        page.merge_cells(
            start_row=area.first_row,
            start_column=area.first_column,
            end_row=min(area.last_row, max(last_row, area.first_row)),
            end_column=min(area.last_column, max(last_column, area.first_column)),
        )
    for column in range(1, last_column + 1):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = _WIDTH
        page.column_dimensions[letter].hidden = column in grid.hidden_columns
    for row in grid.hidden_rows:
        page.row_dimensions[row].hidden = True


def _mark(page: Worksheet, name: str, remarks: Sequence[CellMark]) -> None:
    cell = page[name]
    cell.fill = _ERROR_FILL if any(one.is_error for one in remarks) else _WARNING_FILL
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    text = plain_text("\n".join(dict.fromkeys(one.text for one in remarks)))
    cell.comment = Comment(text[: MAX_CELL_CHARACTERS // 4], _AUTHOR, width=320, height=120)
