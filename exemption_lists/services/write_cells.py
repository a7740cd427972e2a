"""How cells become the fields of an entry. Parts of `edit_cells`, which records the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields as declared_fields
from dataclasses import replace
from typing import Any

from django.db import connection

from enforcement.models import RuleVersion, Violation
from exemption_lists.cells import BY_NAME, NAME_MISSING, CellProblem, cells_of, fields_of, read_cell
from exemption_lists.fine_amounts import misplaced_fine
from exemption_lists.models import EntryScope, ListEntry
from exemption_lists.services.entry_fields import EntryFields, apply_fields

FORM_FIELDS = frozenset(field.name for field in declared_fields(EntryFields))
# What else a change of a column writes.
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "condition_text": ("condition", "suggestion", "declared_facts"),
    "logic": ("condition", "suggestion", "declared_facts"),
    "exclusions": ("declared_facts",),
    "violation_name": ("violation",),
}


def values_of(cells: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of the cells by column, and what is wrong with the others."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, text in cells.items():
        try:
            values[name] = read_cell(BY_NAME[name], text)
        except CellProblem as problem:
            problems[name] = str(problem)
    return values, problems


def write_values(
    entry: ListEntry, values: Mapping[str, Any], *, account_id: int, at: dt.datetime
) -> dict[str, str]:
    """Put the values into the row (not saved), mark the cells, and say what is wrong with the entry then."""
    before = cells_of(entry)
    given = {name: value for name, value in values.items() if name in FORM_FIELDS}
    apply_fields(entry, replace(fields_of(entry), **given))
    for name in values.keys() - FORM_FIELDS:
        setattr(entry, name, values[name])
    mark_cells(entry, before, account_id=account_id, at=at)
    problems = {}
    if entry.scope == EntryScope.MATTER and not entry.violation_name:
        problems["violation_name"] = NAME_MISSING
    for problem in misplaced_fine(kind=entry.kind, fine_ranges=entry.fine_ranges, fine_rule=entry.fine_rule):
        problems["kind" if "kind" in values else "fine_ranges"] = problem.removesuffix("。")
    return problems


def mark_cells(entry: ListEntry, before: Mapping[str, str], *, account_id: int, at: dt.datetime) -> None:
    """Note in the row who wrote the cells that differ from `before`, and when."""
    changed = [name for name, text in cells_of(entry).items() if text != before.get(name)]
    mark = [account_id, at.isoformat()]
    entry.cell_marks = {**entry.cell_marks, **dict.fromkeys(changed, mark)}


def columns_written(names: Iterable[str]) -> list[str]:
    """The model fields that a change of these columns writes."""
    written = {"cell_marks"}
    for name in names:
        written |= {*FOLLOWING.get(name, ()), *({name} if name != "logic" else ())}
    return sorted(written)


def link_violations(version: RuleVersion, entries: Iterable[ListEntry]) -> None:
    """Point each entry at the line's registered violation of the same words. One query."""
    rows = list(entries)
    names = {entry.violation_name for entry in rows if entry.violation_name}
    if not names:
        found: dict[str, int] = {}
    else:
        known = Violation.objects.filter(line_id=version.document.line_code, name__in=names)
        found = dict(known.values_list("name", "pk"))
    for entry in rows:
        entry.violation_id = found.get(entry.violation_name)


def place_in_order(version: RuleVersion, order: list[int]) -> None:
    """Number the entries of the draft 1, 2, 3 … in this order. One statement, whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exemption_lists_listentry AS entry SET position = wanted.position "
            "FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted(id, position) "
            "WHERE entry.id = wanted.id AND entry.version_id = %s AND entry.position <> wanted.position",
            [order, version.pk],
        )
