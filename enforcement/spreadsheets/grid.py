"""A sheet as plain cells: text, coordinates, merged areas, what is hidden. No spreadsheet library needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_LETTERS = 26


class CellKind(StrEnum):
    """What the author put in the cell. The text of a formula is the formula itself, never a stored result."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"


def column_letters(column: int) -> str:
    """Column 1 is A, column 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def coordinate(row: int, column: int) -> str:
    """The name people use for a cell, for instance E20."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell that holds something. `text` is stripped of outer blanks and never empty."""

    row: int
    column: int
    text: str
    kind: CellKind = CellKind.TEXT

    @property
    def name(self) -> str:
        return coordinate(self.row, self.column)

    @property
    def is_formula(self) -> bool:
        return self.kind is CellKind.FORMULA


@dataclass(frozen=True, slots=True)
class MergedArea:
    """A merged rectangle, both ends included. Its upper left cell is the anchor and holds the value."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def anchor(self) -> tuple[int, int]:
        return self.first_row, self.first_column

    @property
    def name(self) -> str:
        first = coordinate(self.first_row, self.first_column)
        return f"{first}:{coordinate(self.last_row, self.last_column)}"


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet. `stale` holds values left under a merged area, which a reader of the sheet never sees."""

    name: str
    hidden: bool
    cells: Mapping[tuple[int, int], GridCell]
    merged: tuple[MergedArea, ...] = ()
    stale: tuple[GridCell, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    _areas: dict[tuple[int, int], MergedArea] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        # Areas far beyond the last filled cell carry nothing; clipping keeps a sheet-wide merge cheap.
        last_row, last_column = self.last_row, self.last_column
        for area in self.merged:
            for row in range(area.first_row, min(area.last_row, last_row) + 1):
                for column in range(area.first_column, min(area.last_column, last_column) + 1):
                    self._areas[(row, column)] = area

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def cell(self, row: int, column: int) -> GridCell | None:
        """What is written in this very cell; nothing for a cell covered by a merged area."""
        return self.cells.get((row, column))

    def seen(self, row: int, column: int) -> GridCell | None:
        """What a person sees at this place: the anchor's value anywhere inside a merged area."""
        area = self._areas.get((row, column))
        return self.cells.get(area.anchor if area else (row, column))

    def area(self, row: int, column: int) -> MergedArea | None:
        """The merged area this cell belongs to."""
        return self._areas.get((row, column))

    def rows(self) -> dict[int, list[GridCell]]:
        """The written cells by row, each row from left to right; rows without any are absent."""
        by_row: dict[int, list[GridCell]] = {}
        for place in sorted(self.cells):
            by_row.setdefault(place[0], []).append(self.cells[place])
        return by_row
