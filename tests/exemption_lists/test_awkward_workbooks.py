"""Eleven awkward workbooks, asserted cell by cell: what is read from which cell, and which cell is named for what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enforcement.spreadsheets.guard import open_guarded
from exemption_lists.reading.drafts import DraftEntry, SheetReading
from exemption_lists.reading.json_output import as_json
from exemption_lists.reading.workbook import read_grids, unaccounted_cells
from tests.exemption_lists import awkward_workbooks as books

BOTH = ("初次违法", "当场改正")


def read(book: Callable[[], bytes]) -> list[SheetReading]:
    """The readings; no filled cell of the file may be lost on the way."""
    grids = open_guarded(book())
    readings = read_grids(grids)
    assert unaccounted_cells(grids, readings) == []
    return readings


def cells_of(entry: DraftEntry) -> str:
    """Where the fields come from, in the order of the fields."""
    return " ".join(entry.source_cells.values())


def lines(reading: SheetReading) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        (entry.serial, entry.violation_name, entry.condition_text, cells_of(entry))
        for entry in reading.entries
    ]


def told(reading: SheetReading) -> list[tuple[str, str]]:
    return [(one.cell, one.severity.value) for one in reading.warnings]


FIRST = [
    ("1", "甲", ("初次违法",), "A3 B3 C3"),
    ("2", "乙", ("当场改正",), "A4 B4 C4"),
]
TABLES: tuple[tuple[Callable[[], bytes], list[tuple[str, list[object], list[tuple[str, str]]]]], ...] = (
    (books.column_orders, [("示范市不予行政处罚清单", [("1", "甲", BOTH, "F3 C3 D3 A3 E3")], [("B2", "warning")])]),
    (
        books.merged_both_ways,
        [("示范市不予行政处罚清单",
          [("1", "甲", BOTH, "A3 B3 C3 D3 E3"), ("2", "乙", ("首次违法",), "A4 B3 C4 D4 E4 F4")],
          [("B3:B4", "note")])],
    ),
    (
        books.one_above_the_other,
        [("不予处罚清单", [*FIRST], []), ("从轻处罚清单", [("1", "丙", ("主动供述",), "A8 C8 B8")], [])],
    ),
    (
        books.side_by_side,
        [("不予处罚清单", [*FIRST], []), ("减轻处罚清单", [("1", "丙", ("主动消除危害",), "E3 F3 G3")], [])],
    ),
    (books.empty_list, [("减轻处罚清单", [], [("A3", "note")])]),
    (
        books.hidden_sheet,
        [("示范市不予行政处罚清单", [FIRST[0]], [("A3", "warning")]), ("旧表", [], [("旧表", "warning")])],
    ),
    (
        books.formulas,
        [("示范市不予行政处罚清单",
          [FIRST[0], ("2", "", ("当场改正",), "A4 B4 C4"), ("3", "丙", (), "A5 B5 C5")],
          [("A4", "error"), ("B4", "error"), ("C5", "error"), ("A4", "warning"), ("A5", "warning"), ("A4", "warning")])],
    ),
    (
        books.full_width_everything,
        [("示范市不予行政处罚清单", [("1", "未按规定Ａ公示", BOTH, "A3 B3 D3 C3"), ("2", "乙", BOTH, "A4 B4 D4 C4")], [])],
    ),
    (
        books.missing_and_doubled_serials,
        [("示范市不予行政处罚清单",
          [FIRST[0], ("2", "乙", ("当场改正",), "B4 C4"), ("3", "丙", ("初次违法",), "A5 B5 C5"),
           ("3", "丁", ("初次违法",), "A6 B6 C6"), ("4", "戊", ("初次违法",), "B7 C7")],
          [("A4", "warning"), ("A6", "warning"), ("A7", "warning")])],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("book", "tables"), TABLES, ids=[book.__name__ for book, _ in TABLES])
def test_every_cell_is_read_or_named(
    book: Callable[[], bytes], tables: list[tuple[str, list[object], list[tuple[str, str]]]]
) -> None:
    readings = read(book)
    assert [(one.title, lines(one), told(one)) for one in readings] == tables


def test_a_typo_in_an_amount_is_named_at_its_cell_and_never_read() -> None:
    (reading,) = read(books.typos_in_amounts)
    read_at = {
        entry.source_cells["statutory_ranges"]: [
            (one["subject"], one["min_fen"], one["max_fen"]) for one in entry.statutory_ranges
        ]
        for entry in reading.entries
    }
    assert read_at == {
        "D2": [("", 200_00, 1000_00)],
        "D3": [],
        "D4": [],
        "D5": [],
        "D6": [("", None, 500_00)],
        "D7": [],
        "D8": [("个人", 200_00, 200_00), ("单位", 1000_00, 1000_00)],
    }
    assert [one.cell for one in reading.warnings] == ["D3", "D4", "D5", "D6", "D7", "D8"]
    assert [one.cell for one in reading.warnings if "全角" in one.message] == ["D6", "D8"]
    assert [entry.note for entry in reading.entries if entry.note] == [
        f"法定幅度：{typo}" for typo in ("1O00元以下", "5.000元", "二千元以上5000以下", "1000元以上200元以下")
    ]


def test_a_thousand_rows_keep_their_cells() -> None:
    (reading,) = read(books.thousand_rows)
    assert len(reading.entries) == 1000 and not reading.warnings
    assert lines(reading)[-1] == ("1000", "第1000种行为", BOTH, "A1002 B1002 C1002 D1002 E1002")


@pytest.mark.parametrize("book", [book for book, _ in TABLES], ids=[book.__name__ for book, _ in TABLES])
def test_the_json_of_the_command_keeps_its_shape(book: Callable[[], bytes]) -> None:
    for sheet in as_json(read(book))["sheets"]:
        assert set(sheet) == {"title", "entries", "warnings"}
        assert all(set(one) == {"cell", "message"} for one in sheet["warnings"])
        for entry in sheet["entries"]:
            assert set(entry) == {"serial", "kind", "violation", "legal_basis", "conditions", "cells"}
