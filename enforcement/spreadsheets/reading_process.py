"""The process that parses one workbook from standard input and prints its cells as JSON.

Started by `guard` only. It limits its own memory, processor time and output before it imports the parser, and
ends with `{"refused": reason}` when something is wrong. It knows neither settings nor database.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from enforcement.spreadsheets import limits

_PERCENT_FORMAT = re.compile(r"^0(\.0+)?%$")
_ESCAPED_RETURN = re.compile(r"_x000[dD]_")
# U+0000-U+001F without tab and newline: remains of escaped control characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _TooMuch(Exception):
    """The workbook holds more than we hand back; the message is the reason code."""


def limit_resources() -> None:
    """Memory, processor time and output of this process; on Windows only the wall clock of `guard` holds."""
    try:
        import resource
    except ImportError:
        return
    for which, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_FSIZE, limits.CHILD_OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def load_sheets(content: bytes) -> list[dict[str, Any]]:
    """Parse with openpyxl; values under merged areas are kept apart instead of dropped."""
    # numpy is optional to openpyxl and reserves more address space than the parser itself.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    import openpyxl
    from openpyxl.worksheet import _reader

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is required to parse workbooks")
    merged_of: dict[int, list[str]] = {}

    def remember_merged(reader: Any) -> None:
        if reader.parser.merged_cells:
            merged_of[id(reader.ws)] = [area.ref for area in reader.parser.merged_cells.mergeCell]

    # The library's own method erases what stands under a merged area; we must be able to report it.
    _reader.WorksheetReader.bind_merged_cells = remember_merged
    # Links carry nothing that is read here, and one over a whole column would create a million cells.
    _reader.WorksheetReader.bind_hyperlinks = lambda reader: None
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False, rich_text=False)
    if len(workbook.worksheets) > limits.MAX_SHEETS:
        raise _TooMuch("too_many_cells")
    budget = _Budget()
    return [_plain_sheet(sheet, merged_of.get(id(sheet), []), budget) for sheet in workbook.worksheets]


class _Budget:
    """Counts the characters handed back over all sheets."""

    def __init__(self) -> None:
        self._left = limits.MAX_TEXT_CHARACTERS

    def take(self, text: str) -> None:
        self._left -= len(text)
        if len(text) > limits.MAX_CELL_CHARACTERS or self._left < 0:
            raise _TooMuch("too_much_text")


def _plain_sheet(sheet: Any, merged: list[str], budget: _Budget) -> dict[str, Any]:
    cells = list(_filled_cells(sheet, budget))
    last_row = max((cell[0] for cell in cells), default=0)
    last_column = max((cell[1] for cell in cells), default=0)
    if last_row > limits.MAX_ROWS:
        raise _TooMuch("too_many_rows")
    if last_column > limits.MAX_COLUMNS:
        raise _TooMuch("too_many_columns")
    areas = _areas(merged, last_row, last_column)
    covered = _covered_places(areas, last_row, last_column)
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "cells": [cell for cell in cells if (cell[0], cell[1]) not in covered],
        "stale": [cell for cell in cells if (cell[0], cell[1]) in covered],
        "merged": areas,
        "hidden_rows": [
            row for row, shape in sheet.row_dimensions.items() if shape.hidden and row <= last_row
        ],
        "hidden_columns": sorted(_hidden_columns(sheet, last_column)),
    }


def _filled_cells(sheet: Any, budget: _Budget) -> Iterator[tuple[int, int, str, str]]:
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is None:
            continue
        text, kind = _plain_value(cell)
        text = (
            _CONTROL.sub("", _ESCAPED_RETURN.sub("", text)).replace("\r\n", "\n").replace("\r", "\n").strip()
        )
        if text:
            budget.take(text)
            yield row, column, text, kind


def _plain_value(cell: Any) -> tuple[str, str]:
    value = cell.value
    if cell.data_type == "f":
        return str(getattr(value, "text", None) or getattr(value, "ref", None) or value), "formula"
    if cell.data_type == "e":
        return str(value), "error"
    if isinstance(value, bool):
        return ("是" if value else "否"), "boolean"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat(), "date"
    if isinstance(value, date | time | timedelta):
        return str(value), "date"
    if isinstance(value, int | float | Decimal):
        return _plain_number(value, cell.number_format or ""), "number"
    return str(value), "text"


def _plain_number(value: float | Decimal, number_format: str) -> str:
    """As a person sees it: 3.0 is 3, and 0.05 shown as a percentage is 5%."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    percent = bool(_PERCENT_FORMAT.match(number_format))
    shown = format((exact * 100 if percent else exact), "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown + ("%" if percent else "")


def _areas(merged: list[str], last_row: int, last_column: int) -> list[tuple[int, int, int, int]]:
    from openpyxl.utils.cell import range_boundaries

    if len(merged) > limits.MAX_MERGED_AREAS:
        raise _TooMuch("too_many_cells")
    areas, covered = [], 0
    for reference in merged:
        first_column, first_row, final_column, final_row = range_boundaries(reference)
        rows = min(final_row, last_row) - first_row + 1
        columns = min(final_column, last_column) - first_column + 1
        if rows > 0 and columns > 0:
            covered += rows * columns
            areas.append((first_row, first_column, final_row, final_column))
    if covered > limits.MAX_CELLS:
        raise _TooMuch("too_many_cells")
    return areas


def _covered_places(
    areas: list[tuple[int, int, int, int]], last_row: int, last_column: int
) -> set[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    for first_row, first_column, final_row, final_column in areas:
        places.update(
            (row, column)
            for row in range(first_row, min(final_row, last_row) + 1)
            for column in range(first_column, min(final_column, last_column) + 1)
            if (row, column) != (first_row, first_column)
        )
    return places


def _hidden_columns(sheet: Any, last_column: int) -> set[int]:
    hidden: set[int] = set()
    for shape in sheet.column_dimensions.values():
        if shape.hidden and shape.min and shape.max:
            hidden.update(range(shape.min, min(shape.max, last_column) + 1))
    return hidden


def main() -> int:
    limit_resources()
    try:
        answer: dict[str, Any] = {"sheets": load_sheets(sys.stdin.buffer.read(limits.MAX_PACKED_BYTES + 1))}
    except MemoryError:
        answer = {"refused": "out_of_memory"}
    except _TooMuch as reason:
        answer = {"refused": str(reason)}
    except Exception:
        # Whatever a damaged file makes the parser do, the answer is the same, without details.
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
