"""The columns of a downloaded list, written so that the reader gives back the same entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet

from .condition_wording import print_condition, print_items
from .drafts import ConditionLogic, DraftKind, DraftMandate, DraftScope
from .fine_wording import print_fines

DOWNLOAD_COLUMNS: tuple[WorkbookColumn, ...] = (
    WorkbookColumn("序号", 8),
    WorkbookColumn("类型", 16),
    WorkbookColumn("执法领域", 14),
    WorkbookColumn("类别", 16),
    WorkbookColumn("违法行为", 44),
    WorkbookColumn("违反依据", 40),
    WorkbookColumn("处罚依据", 40),
    WorkbookColumn("适用条件", 60),
    WorkbookColumn("处理方式", 28),
    WorkbookColumn("排除情形", 36),
    WorkbookColumn("配套措施", 28),
    WorkbookColumn("法定幅度", 28),
    WorkbookColumn("罚款幅度", 28),
    WorkbookColumn("罚款确定方法", 28),
    WorkbookColumn("通俗解释", 40),
    WorkbookColumn("举例", 40),
    WorkbookColumn("备注", 36),
)
# A list that says nothing of these is printed without them.
_ONLY_WHEN_USED = frozenset({"法定幅度", "罚款幅度", "罚款确定方法", "通俗解释", "举例"})

GENERAL_MARK = "（通用条款）"
COERCIVE_MARK = "，不采取："


def download_sheet(title: str, entries: Iterable[Any]) -> WorkbookSheet:
    """One list as a sheet for `enforcement.spreadsheets.writing.write_workbook`."""
    rows = download_rows(entries)
    kept = [
        position
        for position, column in enumerate(DOWNLOAD_COLUMNS)
        if column.label not in _ONLY_WHEN_USED or any(row[position] for row in rows)
    ]
    return WorkbookSheet(
        name=title,
        columns=tuple(DOWNLOAD_COLUMNS[position] for position in kept),
        rows=[[row[position] for position in kept] for row in rows],
        title=title,
    )


def download_rows(entries: Iterable[Any]) -> list[list[str]]:
    """One row per entry, which is any object with the attribute names of DraftEntry.

    Stored entries have no `condition_logic`; it is read from the top of their condition document.
    """
    return [_row(entry) for entry in entries]


def _row(entry: Any) -> list[str]:
    kind = DraftKind(entry.kind)
    mandate = DraftMandate(entry.mandate)
    general = entry.scope == DraftScope.GENERAL
    logic = getattr(entry, "condition_logic", None) or logic_of(entry.condition)
    return [
        entry.serial,
        kind.label + (GENERAL_MARK if general else ""),
        entry.domain,
        entry.category,
        entry.violation_name,
        _citations(entry.violated_provisions),
        _citations(entry.penalty_provisions),
        print_condition(tuple(entry.condition_text), kind=kind, mandate=mandate, logic=ConditionLogic(logic)),
        print_measure(kind, mandate, entry.coercive_measure),
        print_items(tuple(entry.exclusions)),
        print_items(tuple(entry.follow_up)),
        print_fines(entry.statutory_ranges),
        print_fines(entry.fine_ranges),
        entry.fine_rule,
        entry.plain_words,
        entry.example,
        entry.note,
    ]


def logic_of(condition: Any) -> ConditionLogic:
    """How the clauses of a condition document belong together."""
    return ConditionLogic.ANY if isinstance(condition, dict) and "any" in condition else ConditionLogic.ALL


def print_measure(kind: DraftKind, mandate: DraftMandate, coercive_measure: str = "") -> str:
    """What is done: 应当不予处罚, 可以免予行政强制，不采取：查封场所."""
    word = "可以" if mandate is DraftMandate.MAY else "应当"
    return f"{word}{kind.label}" + (f"{COERCIVE_MARK}{coercive_measure}" if coercive_measure else "")


def _citations(references: Sequence[dict[str, Any]]) -> str:
    return "\n".join(str(reference["text"]) for reference in references)
