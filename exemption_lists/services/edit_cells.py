"""Editing a draft as a table: cells, and rows put in, taken out, brought back and moved. One act, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models import RuleVersion
from enforcement.services.draft_version import edit_draft, require_account
from exemption_lists.cells import BY_NAME, COLUMNS, NEW_ENTRY, cells_of, tidy
from exemption_lists.grid_acts import CellChange, CellsOvertaken, GridActs, GridOutcome
from exemption_lists.models import ListEntry
from exemption_lists.serials import unique_slug
from exemption_lists.services.entry_conflicts import gone, names_in_marks, overtaken_cell
from exemption_lists.services.entry_fields import is_untyped
from exemption_lists.services.move_rows import order_rows, restore_rows, take_out_rows
from exemption_lists.services.write_cells import columns_written, link_violations, values_of, write_values

MOST_ROWS, MOST_CELLS = 1000, 20_000
TEXT_CHANGED = "公布的文字改了，结构化条件没有跟着改。请打开表单核对"
# One statement writes this many rows; more would make it too long.
BATCH = 500


def edit_cells(*, actor: Actor, version_id: int, acts: GridActs) -> GridOutcome:
    """Write what one act in the table asks for.

    Raises `InvalidInput` with `data["cells"]`, a list of {"row", "column", "message"} that names every bad cell (`row`
    is the id of an entry or the key of a new one), and `CellsOvertaken` when a cell no longer holds what the editor saw.
    In both cases nothing is written. Two people in different cells do not hinder each other.
    """
    _require_reasonable(acts)
    account_id, at = require_account(actor), timezone.now()

    def change(version: RuleVersion) -> GridOutcome:
        outcome = GridOutcome()
        _change_cells(version, acts.changes, outcome, account_id, at)
        _add_rows(version, acts, outcome, account_id, at)
        take_out_rows(version, acts.removals, outcome, account_id, at)
        restore_rows(version, acts.restorations, outcome)
        if acts.moves_rows:
            order_rows(version, acts, outcome)
        return outcome

    return edit_draft(actor=actor, version_id=version_id, change=change, what=_said(acts))


def _require_reasonable(acts: GridActs) -> None:
    rows = {one.entry_id for one in acts.changes} | {one.key for one in acts.additions}
    cells = len(acts.changes) + sum(len(one.cells) for one in acts.additions)
    if len(rows) + len(acts.removals) > MOST_ROWS or cells > MOST_CELLS:
        raise InvalidInput(
            "too_many_cells",
            f"一次最多改 {MOST_ROWS} 条，没有写入任何内容。请分几次粘贴，或者从表格文件导入。",
        )
    unknown = {one.column for one in acts.changes} - BY_NAME.keys()
    unknown |= {name for one in acts.additions for name in one.cells} - BY_NAME.keys()
    if unknown or acts.is_empty:
        raise InvalidInput("grid_malformed", "表格的内容不完整，没有写入。请刷新页面后再试。")


def _said(acts: GridActs) -> str:
    """What the ledger says of it."""
    rows = len({one.entry_id for one in acts.changes})
    parts = [
        f"修改 {rows} 条的 {len(acts.changes)} 格" if acts.changes else "",
        f"增加 {len(acts.additions)} 条" if acts.additions else "",
        f"移出 {len(acts.removals)} 条" if acts.removals else "",
        f"恢复 {len(acts.restorations)} 条" if acts.restorations else "",
        f"移动 {len(acts.moves)} 条" if acts.moves else "",
    ]
    return "在表格中" + "，".join(part for part in parts if part)


def _change_cells(
    version: RuleVersion,
    changes: Iterable[CellChange],
    outcome: GridOutcome,
    account_id: int,
    at: dt.datetime,
) -> None:
    by_entry: dict[int, dict[str, CellChange]] = {}
    for one in changes:
        by_entry.setdefault(one.entry_id, {})[one.column] = one
    if not by_entry:
        return
    entries = {entry.pk: entry for entry in version.list_entries.filter(pk__in=by_entry)}
    _require_seen(by_entry, entries)
    problems: list[dict[str, str]] = []
    for entry_id, cells in by_entry.items():
        entry = entries[entry_id]
        values, wrong = values_of({name: one.after for name, one in cells.items()})
        typed = not is_untyped(entry)
        wrong |= {} if wrong else write_values(entry, values, account_id=account_id, at=at)
        problems += _named(entry_id, wrong)
        if typed and "condition_text" in values:
            outcome.notices[entry_id] = {"condition_text": TEXT_CHANGED}
    _refuse(problems)
    columns = {one.column for cells in by_entry.values() for one in cells.values()}
    if "violation_name" in columns:
        link_violations(version, entries.values())
    ListEntry.objects.bulk_update(entries.values(), columns_written(columns), batch_size=BATCH)
    outcome.written |= entries.keys()


def _require_seen(by_entry: dict[int, dict[str, CellChange]], entries: dict[int, ListEntry]) -> None:
    """Every cell still holds what its editor saw, or already what the editor wants."""
    overtaken: list[tuple[CellChange, str]] = []
    missing: list[CellChange] = []
    for entry_id, cells in by_entry.items():
        entry = entries.get(entry_id)
        if entry is None:
            missing += cells.values()
            continue
        now = cells_of(entry)
        overtaken += [
            (one, now[name])
            for name, one in cells.items()
            if now[name] not in (tidy(BY_NAME[name], one.before), tidy(BY_NAME[name], one.after))
        ]
    if overtaken or missing:
        names = names_in_marks(entries.values())
        conflicts = [overtaken_cell(entries[one.entry_id], one, now, names) for one, now in overtaken]
        raise CellsOvertaken(conflicts + [gone(one) for one in missing])


def _add_rows(
    version: RuleVersion, acts: GridActs, outcome: GridOutcome, account_id: int, at: dt.datetime
) -> None:
    if not acts.additions:
        return
    taken = set(version.list_entries.values_list("slug", flat=True))
    position = version.list_entries.aggregate(last=Max("position"))["last"] or 0
    problems: list[dict[str, str]] = []
    entries: list[ListEntry] = []
    version.declares_no_entries = False
    for number, one in enumerate(acts.additions, start=1):
        cells = {column.name: one.cells.get(column.name, "") for column in COLUMNS}
        cells |= {name: text for name, text in NEW_ENTRY.items() if not cells[name].strip()}
        values, wrong = values_of(cells)
        entry = ListEntry(version=version, position=position + number, condition={"all": []})
        if not wrong:
            wrong = write_values(entry, values, account_id=account_id, at=at)
            entry.slug = unique_slug(serial=entry.serial, kind=entry.kind, taken=taken)
            taken.add(entry.slug)
        problems += _named(one.key, wrong)
        entries.append(entry)
    _refuse(problems)
    link_violations(version, entries)
    ListEntry.objects.bulk_create(entries)
    outcome.created = {one.key: entry.pk for one, entry in zip(acts.additions, entries, strict=True)}
    outcome.written |= set(outcome.created.values())


def _named(row: int | str, wrong: dict[str, str]) -> list[dict[str, str]]:
    return [{"row": str(row), "column": name, "message": message} for name, message in wrong.items()]


def _refuse(problems: list[dict[str, str]]) -> None:
    if problems:
        count = len(problems)
        raise InvalidInput(
            "cells_refused",
            f"{count} 格要改，这一次的内容都还没有保存。请改好标出的格子。",
            {"problems": [one["message"] for one in problems], "cells": problems},
        )
