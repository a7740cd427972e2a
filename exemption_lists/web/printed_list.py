"""A leniency list on paper: one table per kind of leniency, with every column that says anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enforcement.models import RuleVersion
from enforcement.printing.paper import PrintedColumn, PrintedTable
from exemption_lists.drafts_of_entries import draft_of
from exemption_lists.models import LeniencyKind, ListEntry
from exemption_lists.reading.columns import DOWNLOAD_COLUMNS, download_rows
from exemption_lists.selectors import entries_of
from exemption_lists.web.entry_presentation import GENERAL_TITLE, is_general

# 类型 is the title of the table.
_KIND, _VIOLATION = 1, 4


def printed_tables(version: RuleVersion) -> tuple[PrintedTable, ...]:
    """The entries of each kind in their printed order; kinds without entries have no table."""
    entries = list(entries_of(version))
    groups = [(kind, [entry for entry in entries if entry.kind == kind]) for kind in LeniencyKind]
    return tuple(_table(str(kind.label), group) for kind, group in groups if group)


def _table(title: str, entries: Sequence[ListEntry]) -> PrintedTable:
    columns = tuple(
        PrintedColumn(column.label, round(column.width)) for column in _without_kind(DOWNLOAD_COLUMNS)
    )
    rows = []
    for entry, cells in zip(entries, download_rows(map(draft_of, entries)), strict=True):
        if is_general(entry) and not cells[_VIOLATION]:
            cells[_VIOLATION] = GENERAL_TITLE
        rows.append(tuple(str(cell) for cell in _without_kind(cells)))
    return PrintedTable(title, columns, tuple(rows))


def _without_kind(cells: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(cell for place, cell in enumerate(cells) if place != _KIND)
