"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from enforcement.ledger.canonical import digest_of
from enforcement.register_tables.columns import TableColumn
from enforcement.spreadsheets.grid import coordinate


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a file. `values` has a key for each column the file has, None where the cell is blank.

    `places` gives the column number on the sheet of each key; `texts` what stood in the cells. A row is `sound` when
    every cell could be read.
    """

    number: int
    values: Mapping[str, Any]
    places: Mapping[str, int]
    texts: Mapping[str, str] = field(default_factory=dict)
    sound: bool = True

    def cell(self, key: str) -> str:
        """The name of the cell, for instance C7; A7 when the file has no such column."""
        return coordinate(self.number, self.places.get(key, 1))


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing to put right: where, what stands there (masked when personal), and the fix.

    `number` is the row on the sheet, 0 when the problem is about the sheet as a whole.
    """

    sheet: str
    cell: str
    label: str
    value: str
    sentence: str
    number: int = 0


class RowState(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"

    @property
    def word(self) -> str:
        return {"added": "新增", "changed": "修改", "unchanged": "相同"}[self.value]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value before and after, as an export would write them; masked when personal."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row of the file. `target` is the client's own: the row to add, or the changed one."""

    number: int
    title: str
    state: RowState
    changes: tuple[ValueChange, ...] = ()
    target: Any = None
    changed_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The rows of a file compared with what is there. With a problem, nothing of it may be written."""

    rows: tuple[PlannedRow, ...]
    problems: tuple[CellProblem, ...] = ()

    def count(self, state: RowState) -> int:
        return sum(row.state is state for row in self.rows)

    @property
    def added(self) -> int:
        return self.count(RowState.ADDED)

    @property
    def changed(self) -> int:
        return self.count(RowState.CHANGED)

    @property
    def unchanged(self) -> int:
        return self.count(RowState.UNCHANGED)

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.added + self.changed

    @property
    def digest(self) -> str:
        """Tells whether a plan made later says the same: what a person looked at is what gets written."""
        return digest_of(
            [
                [row.number, row.state.value, [[one.label, one.before, one.after] for one in row.changes]]
                for row in self.rows
            ]
        )


def problem_at(sheet: str, row: ReadRow, column: TableColumn, sentence: str) -> CellProblem:
    """A problem of one cell; the value shown is what stood there."""
    return CellProblem(
        sheet=sheet,
        cell=row.cell(column.key),
        label=column.label,
        value=shown_value(column, row.texts.get(column.key, "")),
        sentence=sentence,
        number=row.number,
    )


def shown_value(column: TableColumn, text: str) -> str:
    """What stood in a cell, masked when the column is personal: first character kept, of long values two more."""
    if not column.personal or not text:
        return text[:60]
    return (
        text[0] + "*" * max(len(text) - 3, 1) + text[-2:]
        if len(text) > 6
        else text[0] + "*" * (len(text) - 1)
    )


def by_row(problems: Sequence[CellProblem]) -> dict[int, list[CellProblem]]:
    """Problems by the row they are about."""
    found: dict[int, list[CellProblem]] = {}
    for problem in problems:
        found.setdefault(problem.number, []).append(problem)
    return found
