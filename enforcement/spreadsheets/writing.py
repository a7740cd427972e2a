"""Writing a workbook that is pleasant to read and in which no cell can act as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .limits import MAX_CELL_CHARACTERS, MAX_ROWS

CellValue: TypeAlias = str | int | Decimal | None

# A spreadsheet program may run a cell that begins like this, also after someone edits and leaves it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")

_NOT_ALLOWED_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_ALLOWED_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH = 31
_LIST_LENGTH = 250
_DEFAULT_WIDTH = 16.0

_HEADER_FONT = Font(bold=True, color="133C78")
_HEADER_FILL = PatternFill("solid", fgColor="EAF1FB")
_LINE = Side(style="thin", color="D5DBE3")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TITLE_FONT = Font(bold=True, size=14)


@dataclass(frozen=True, slots=True)
class WorkbookColumn:
    """A column of a written table; `width` is in characters of the default font.

    `choices` become a list to choose from in every cell below the heading; with `as_text` whatever is typed there stays
    text (0053 keeps its zeros).
    """

    label: str
    width: float = _DEFAULT_WIDTH
    choices: tuple[str, ...] = ()
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One table on one sheet: an optional title row, a header row, and the rows below it."""

    name: str
    columns: tuple[WorkbookColumn, ...]
    rows: Sequence[Sequence[CellValue]]
    title: str = ""


def write_workbook(sheets: Sequence[WorkbookSheet]) -> bytes:
    """The .xlsx file. Text stays text whatever it begins with; numbers are numbers and stand right.

    Control characters that a workbook cannot hold are dropped; a text beyond 32,767 characters is an error.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets or (WorkbookSheet(name="空表", columns=(), rows=()),):
        _write_sheet(workbook, sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_sheet(workbook: Workbook, sheet: WorkbookSheet) -> None:
    page: Worksheet = workbook.create_sheet(_sheet_name(sheet.name, taken=workbook.sheetnames))
    header_row = 1
    if sheet.title:
        _put(page.cell(row=1, column=1), sheet.title)
        page.cell(row=1, column=1).font = _TITLE_FONT
        if len(sheet.columns) > 1:
            page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(sheet.columns))
        header_row = 2
    for position, column in enumerate(sheet.columns, start=1):
        _write_header(page.cell(row=header_row, column=position), column.label)
        page.column_dimensions[get_column_letter(position)].width = column.width
        if column.as_text:
            page.column_dimensions[get_column_letter(position)].number_format = "@"
        if column.choices:
            _offer_choices(page, get_column_letter(position), header_row + 1, column.choices)
    for row_number, row in enumerate(sheet.rows, start=header_row + 1):
        for position, value in enumerate(row, start=1):
            _put(page.cell(row=row_number, column=position), value)
    page.freeze_panes = page.cell(row=header_row + 1, column=1)
    # On paper the header stands on every page.
    page.print_title_rows = f"{header_row}:{header_row}"


def _offer_choices(page: Worksheet, letter: str, first_row: int, choices: tuple[str, ...]) -> None:
    """A list to choose from; other content is still accepted, since a list beside the cell is only a help.

    The format holds 255 characters of choices; a longer list is left to the sheet that explains the columns.
    """
    listed = ",".join(choice.replace(",", "，").replace('"', "”") for choice in choices)
    if len(listed) > _LIST_LENGTH:
        return
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    offered.add(f"{letter}{first_row}:{letter}{MAX_ROWS}")
    page.add_data_validation(offered)


def _write_header(cell: Cell, label: str) -> None:
    _put(cell, label)
    cell.font = _HEADER_FONT
    cell.fill = _HEADER_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _put(cell: Cell, value: CellValue) -> None:
    cell.border = _BORDER
    if value is None or value == "":
        return
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        cell.value = value
        cell.alignment = Alignment(horizontal="right", vertical="top")
        return
    put_text(cell, str(value))


def put_text(cell: Cell, text: str) -> None:
    """Write text that stays text whatever it begins with; ValueError beyond what a cell holds."""
    acts_like_formula = text.startswith(FORMULA_STARTS)
    text = plain_text(text)
    if len(text) > MAX_CELL_CHARACTERS:
        raise ValueError(f"A cell holds at most {MAX_CELL_CHARACTERS} characters, this text has {len(text)}.")
    cell.value = text
    # The library takes a leading “=” for a formula and "#N/A" for an error; both are text here.
    cell.data_type = "s"
    cell.quotePrefix = acts_like_formula
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def plain_text(text: str) -> str:
    """Text without the control characters that a workbook cannot hold, its lines parted by newlines."""
    return _NOT_ALLOWED_IN_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _sheet_name(wanted: str, *, taken: Sequence[str]) -> str:
    """A sheet name the format allows: no reserved signs, at most 31 characters, not used before."""
    base = _NOT_ALLOWED_IN_NAME.sub(" ", wanted).strip(" '")[:_NAME_LENGTH] or "工作表"
    name, number = base, 2
    while name.lower() in {other.lower() for other in taken}:
        suffix = f"（{number}）"
        name, number = base[: _NAME_LENGTH - len(suffix)] + suffix, number + 1
    return name
