"""Remarks about cells as lines of a page: which cell, what stands there, what is wrong, and where to correct it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from enforcement.spreadsheets.grid import CellKind, SheetGrid, column_letters, coordinate
from exemption_lists.intake import ListFile
from exemption_lists.reading.choices import place_of
from exemption_lists.reading.drafts import CellWarning, DraftEntry, Severity, SheetReading

_ROWS = re.compile(r"^[A-Z]+(\d+):[A-Z]+(\d+)$")
_FIELD = re.compile(r"cell-(\d+)-([A-Z]{1,3}[1-9]\d{0,6})")


@dataclass(slots=True)
class CellLine:
    """One cell with everything said about it. `name` is the form field that corrects it, "" where there is no sheet."""

    sheet: str
    cell: str
    row: str
    column: str
    text: str
    name: str = ""
    is_formula: bool = False
    remarks: list[CellWarning] = field(default_factory=list)

    @property
    def is_error(self) -> bool:
        return any(one.severity is Severity.ERROR for one in self.remarks)

    @property
    def rows(self) -> int:
        """Lines of the text area."""
        return min(max(self.text.count("\n") + 1, len(self.text) // 30 + 1), 6)


def rows_of_entry(entry: DraftEntry) -> tuple[int, int]:
    """First and last row of an entry; (0, 0) where it comes from no sheet."""
    found = _ROWS.match(entry.cells)
    return (int(found.group(1)), int(found.group(2))) if found else (0, 0)


def problem_lines(file: ListFile, readings: Iterable[SheetReading]) -> list[CellLine]:
    """Errors first, then warnings, each cell once; notes about the layout are left out."""
    lines: dict[tuple[str, str], CellLine] = {}
    for reading in readings:
        for remark in reading.warnings:
            if remark.severity is Severity.NOTE:
                continue
            key = (reading.sheet, remark.cell)
            if key not in lines:
                lines[key] = _line(file, reading, remark.cell)
            lines[key].remarks.append(remark)
    return sorted(lines.values(), key=lambda line: not line.is_error)


def lines_of_entry(file: ListFile, reading: SheetReading, entry: DraftEntry) -> list[CellLine]:
    """Every cell of an entry in reading order, empty ones included, with the remarks made about it."""
    grid, number = _grid_of(file, reading.sheet)
    if grid is None:
        return []
    first, last = rows_of_entry(entry)
    said: dict[tuple[int, int], list[CellWarning]] = {}
    for remark in reading.warnings:
        if (place := place_of(remark.cell)) is not None:
            said.setdefault(place, []).append(remark)
    lines: dict[tuple[int, int], CellLine] = {}
    for row in range(first, last + 1):
        for column in reading.columns:
            area = grid.area(row, column.column)
            place = area.anchor if area else (row, column.column)
            # Below the first row only what is written there continues the entry.
            if place in lines or (row > first and place not in grid.cells):
                continue
            lines[place] = _cell_line(grid, number, place, column.label, said.get(place, []))
    return list(lines.values())


def corrections_from(file: ListFile, posted: Mapping[str, Any]) -> dict[str, dict[str, str | None]]:
    """What was typed into the cells of a form, where it differs from what they say now; by sheet and cell."""
    changed: dict[str, dict[str, str | None]] = {}
    for name, typed in posted.items():
        found = _FIELD.fullmatch(str(name))
        if found is None or int(found.group(1)) >= len(file.grids):
            continue
        grid, cell = file.grids[int(found.group(1))], found.group(2)
        place = place_of(cell)
        if place is None:
            continue
        text = str(typed).replace("\r\n", "\n").strip()
        now = grid.cells.get(place)
        shown = "" if now is None or now.kind is CellKind.FORMULA else now.text
        if text != shown:
            changed.setdefault(grid.name, {})[cell] = text
    return changed


def remarks_by_row(reading: SheetReading) -> dict[int, list[CellWarning]]:
    """Errors and warnings of a table by the row of their first cell."""
    by_row: dict[int, list[CellWarning]] = {}
    for remark in reading.warnings:
        place = place_of(remark.cell)
        if place is not None and remark.severity is not Severity.NOTE:
            by_row.setdefault(place[0], []).append(remark)
    return by_row


def marks_of(readings: Sequence[SheetReading]) -> dict[str, dict[str, list[CellWarning]]]:
    """Everything to be marked in a file, by sheet and cell."""
    marks: dict[str, dict[str, list[CellWarning]]] = {}
    for reading in readings:
        for remark in reading.warnings:
            place = place_of(remark.cell)
            if place is not None and remark.severity is not Severity.NOTE:
                marks.setdefault(reading.sheet, {}).setdefault(coordinate(*place), []).append(remark)
    return marks


def _line(file: ListFile, reading: SheetReading, cell: str) -> CellLine:
    grid, number = _grid_of(file, reading.sheet)
    place = place_of(cell)
    if grid is None or place is None:
        return CellLine(reading.sheet, cell, "", "", "")
    area = grid.area(*place)
    place = area.anchor if area else place
    label = next((one.label for one in reading.columns if one.column == place[1]), "")
    return _cell_line(grid, number, place, label, [])


def _cell_line(
    grid: SheetGrid, number: int, place: tuple[int, int], label: str, remarks: list[CellWarning]
) -> CellLine:
    row, column = place
    written = grid.cells.get(place)
    is_formula = written is not None and written.kind is CellKind.FORMULA
    return CellLine(
        sheet=grid.name,
        cell=coordinate(row, column),
        row=str(row),
        column=label or column_letters(column),
        text=written.text if written is not None else "",
        name=f"cell-{number}-{coordinate(row, column)}",
        is_formula=is_formula,
        remarks=list(remarks),
    )


def _grid_of(file: ListFile, sheet: str) -> tuple[SheetGrid | None, int]:
    found = next((place for place, grid in enumerate(file.grids) if grid.name == sheet), None)
    return (None, -1) if found is None else (file.grids[found], found)
