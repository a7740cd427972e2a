"""An entry in words: table cells, and the plain answer of the public page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enforcement import wording
from enforcement.conditions.parse import parse_condition
from enforcement.conditions.tree import Condition
from enforcement.conditions.vocabulary import Vocabulary
from enforcement.web.documents.surface import EntryRow
from exemption_lists.models import EntryScope, LeniencyKind, ListEntry, Mandate
from exemption_lists.plain_conditions import lead_in
from exemption_lists.reading.columns import logic_of
from exemption_lists.reading.drafts import ConditionLogic
from exemption_lists.reading.headers import COLUMN_LABELS
from exemption_lists.selectors import vocabulary_of

GENERAL_TITLE = "通用条款"


def verdict_of(entry: ListEntry) -> str:
    """应当不予处罚, 可以从轻处罚 …"""
    return f"{Mandate(entry.mandate).label}{LeniencyKind(entry.kind).label}"


def title_of(entry: ListEntry) -> str:
    return entry.violation_name or f"{GENERAL_TITLE}：{LeniencyKind(entry.kind).label}"


def lead_in_of(entry: ListEntry) -> str:
    """The heading above the numbered conditions."""
    is_any = logic_of(entry.condition) is ConditionLogic.ANY
    return lead_in(len(entry.condition_text), is_any=is_any, verdict=verdict_of(entry))


def numbered(texts: Sequence[str]) -> str:
    """（1）… lines, or the one text without a number."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"（{position}）{text}" for position, text in enumerate(texts, start=1))


def provisions_text(references: Sequence[Mapping[str, Any]]) -> str:
    """Citations, one a line."""
    return "\n".join(wording.provision_text(reference) for reference in references)


COLUMNS = ("适用条件", "排除情形", "配套措施", "违反依据", "处罚依据", "备注")


def row_of(entry: ListEntry) -> EntryRow:
    """One line of a version's table; the cells hold the whole text, as legal review has to read it."""
    conditions = f"{lead_in_of(entry)}：\n{numbered(entry.condition_text)}" if entry.condition_text else ""
    cells = (
        conditions,
        numbered([exclusion["text"] for exclusion in entry.exclusions]),
        numbered(entry.follow_up),
        provisions_text(entry.violated_provisions),
        provisions_text(entry.penalty_provisions),
        entry.note,
    )
    return EntryRow(
        serial=entry.serial,
        slug=entry.slug,
        title=title_of(entry),
        cells=cells,
        tag=LeniencyKind(entry.kind).label,
        summary="；".join(entry.condition_text),
    )


def typed_condition_of(entry: ListEntry) -> tuple[Condition, Vocabulary]:
    """The condition and the vocabulary it is said in."""
    vocabulary = vocabulary_of(entry.declared_facts)
    return parse_condition(entry.condition or {"all": []}, vocabulary), vocabulary


def is_general(entry: ListEntry) -> bool:
    return entry.scope == EntryScope.GENERAL


def sources_of(entry: ListEntry) -> list[dict[str, str]]:
    """Where an imported entry stood in its file, field by field: 违法行为 Sheet1!C7."""
    sheet = str(entry.source_cells.get("sheet") or "")
    places = {name: cell for name, cell in entry.source_cells.items() if name not in ("sheet", "all")}
    return [
        {
            "label": COLUMN_LABELS[column],
            "cell": f"{sheet}!{places[column.value]}" if sheet else places[column.value],
        }
        for column in COLUMN_LABELS
        if column.value in places
    ]
