"""What a person is told whose edit came too late: who changed the cell, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from enforcement.models import Account
from exemption_lists.cells import BY_NAME
from exemption_lists.grid_acts import CellChange, Conflict, Removal
from exemption_lists.models import ListEntry


def names_in_marks(entries: Iterable[ListEntry]) -> Mapping[int, str]:
    """Names of everybody who wrote a cell of these entries. One query."""
    ids = {mark[0] for entry in entries for mark in entry.cell_marks.values()}
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "display_name"))


def overtaken_cell(entry: ListEntry, change: CellChange, theirs: str, names: Mapping[int, str]) -> Conflict:
    """Two texts for one cell."""
    label = BY_NAME[change.column].label
    who = _who(entry.cell_marks.get(change.column), names)
    message = f"{who}修改了第 {entry.serial} 条的“{label}”。请选择保留哪一段，或合并。"
    return Conflict(entry.pk, change.column, change.after, theirs, message)


def gone(change: CellChange) -> Conflict:
    """The entry was taken out meanwhile."""
    message = "这一条已被其他人移出清单。您填写的内容还在这里，可以作为新条目加回。"
    return Conflict(change.entry_id, change.column, change.after, None, message)


def overtaken_entry(entry: ListEntry | None, removal: Removal, names: Mapping[int, str]) -> Conflict:
    """An entry that was changed, or is gone, while somebody wanted it out."""
    if entry is None:
        return Conflict(removal.entry_id, "", "", None, "这一条已被其他人移出清单。")
    newest = max(entry.cell_marks.values(), key=lambda mark: mark[1], default=None)
    message = f"{_who(newest, names)}修改了第 {entry.serial} 条，没有移出。请核对后再移出。"
    return Conflict(removal.entry_id, "", "", "", message)


def _who(mark: list[Any] | None, names: Mapping[int, str]) -> str:
    """“李明在 10:42 ”; a day stands before the time when it was not today."""
    if mark is None or mark[0] not in names:
        return "其他人刚刚"
    at = timezone.localtime(dt.datetime.fromisoformat(mark[1]))
    day = "" if at.date() == timezone.localdate() else f"{at.month}月{at.day}日 "
    return f"{names[mark[0]]}在 {day}{at:%H:%M} "
