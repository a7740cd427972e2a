"""What a person decided about a file before it is written: what columns mean, what cells should say. Pure.

The file itself is never changed: the decisions are kept beside it and applied at every reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from enforcement.spreadsheets.grid import CellKind, GridCell, SheetGrid, coordinate
from enforcement.spreadsheets.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS
from enforcement.spreadsheets.preflight import column_number

from .drafts import CellWarning, Severity
from .findings import shown
from .headers import Column, Header, HeaderColumn

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """`columns`: by table key, the meaning of a column number; `corrections`: by sheet, the text of a cell."""

    columns: Mapping[str, Mapping[int, Column]] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def table_key(sheet: str, header: Header) -> str:
    """The name of a table that stays whatever is decided about it: its sheet and where its header begins."""
    first = header.cells[0]
    return f"{sheet}!{first.name}"


def with_meanings(header: Header, meanings: Mapping[int, Column]) -> Header:
    """The header with the decided meanings in place of the recognised ones."""
    columns = tuple(
        HeaderColumn(one.column, meanings.get(one.column, one.meaning), one.label) for one in header.columns
    )
    return replace(header, columns=columns)


def place_of(cell: str) -> tuple[int, int] | None:
    """Row and column of the first cell named in “C7”, “B3:B4” or “A5、B6”; None when none is."""
    found = _CELL.match(cell)
    if found is None:
        return None
    row, column = int(found.group(2)), column_number(found.group(1))
    return (row, column) if row <= MAX_ROWS and column <= MAX_COLUMNS else None


def corrected(
    grids: Sequence[SheetGrid], corrections: Mapping[str, Mapping[str, str]]
) -> tuple[list[SheetGrid], dict[str, list[CellWarning]]]:
    """The sheets as they read after the corrections, and one note per changed cell by sheet name.

    A correction inside a merged area goes to its upper left cell; an empty text empties the cell.
    """
    changed: list[SheetGrid] = []
    notes: dict[str, list[CellWarning]] = {}
    for grid in grids:
        wanted = corrections.get(grid.name) or {}
        cells = dict(grid.cells)
        for name, text in wanted.items():
            place = place_of(name)
            if place is None:
                continue
            area = grid.area(*place)
            place = area.anchor if area else place
            note = _correct(cells, place, text.strip()[:MAX_CELL_CHARACTERS])
            if note:
                notes.setdefault(grid.name, []).append(CellWarning(coordinate(*place), note, Severity.NOTE))
        changed.append(replace(grid, cells=cells) if wanted else grid)
    return changed, notes


def _correct(cells: dict[tuple[int, int], GridCell], place: tuple[int, int], text: str) -> str:
    before = cells.get(place)
    if (before.text if before else "") == text and (before is None or before.kind is CellKind.TEXT):
        return ""
    if text:
        cells[place] = GridCell(*place, text)
    else:
        cells.pop(place, None)
    name = coordinate(*place)
    if before is None:
        return f"{name} 在导入时补上“{shown(text)}”。"
    change = f"改为“{shown(text)}”" if text else "清空"
    return f"{name} 在导入时{change}，原为“{shown(before.text)}”。"
