"""Where a list says something else than a superior's list in force about the same act.

A lower agency applies the superior's list directly (云政办发〔2022〕51号 二(一)), so a difference is named to the
compiler and to legal review; it does not block, because a local regulation may justify it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from exemption_lists.models import EntryScope, LeniencyKind, ListEntry
from exemption_lists.selectors import entries_in_force

# From the most lenient for the party to the least.
_LENIENCY = (LeniencyKind.NO_PENALTY, LeniencyKind.MITIGATED, LeniencyKind.LIGHTER)


@dataclass(frozen=True, slots=True)
class ComparedEntry:
    """What is compared of an entry, stored or only read from a file."""

    serial: str
    kind: str
    violation_name: str


def clashes_with_superiors(
    *, region_code: str, line_code: str, on: dt.date, entries: Iterable[ComparedEntry]
) -> list[str]:
    """One Chinese sentence per entry that is stricter or more lenient than a superior's, or only repeats it."""
    compared = [entry for entry in entries if entry.violation_name]
    names = {entry.violation_name for entry in compared}
    superior: dict[str, ListEntry] = {}
    found = entries_in_force(region_code=region_code, line_code=line_code, on=on).filter(
        violation_name__in=names, scope=EntryScope.MATTER
    )
    for row in found:
        if len(row.version.document.region_code) < len(region_code):
            superior.setdefault(row.violation_name, row)
    remarks = (
        _remark(entry, superior[entry.violation_name])
        for entry in compared
        if entry.violation_name in superior
    )
    return [remark for remark in remarks if remark]


def _remark(own: ComparedEntry, above: ListEntry) -> str:
    document = above.version.document
    source = f"{document.agency.name}《{document.title}》第 {above.serial} 条"
    if own.kind == above.kind:
        return f"第 {own.serial} 条：{source}对同一行为已有规定，可以直接适用上级清单，核对条件是否一致。"
    if own.kind not in _LENIENCY or above.kind not in _LENIENCY:
        return ""
    ours, theirs = LeniencyKind(own.kind).label, LeniencyKind(above.kind).label
    direction = (
        "更严"
        if _LENIENCY.index(LeniencyKind(own.kind)) > _LENIENCY.index(LeniencyKind(above.kind))
        else "更宽"
    )
    return f"第 {own.serial} 条：上级清单（{source}）对同一行为“{theirs}”，本条“{ours}”，{direction}。应直接适用上级清单，或者说明理由。"
