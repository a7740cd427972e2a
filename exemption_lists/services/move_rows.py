"""Taking rows out of a draft, bringing them back, and their order. Parts of `edit_cells`, which records the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from exemption_lists.content import COPIED_FIELDS
from exemption_lists.grid_acts import CellsOvertaken, GridActs, GridOutcome, Place, Removal, Restoration
from exemption_lists.models import ListEntry, RemovedEntry
from exemption_lists.serials import unique_slug
from exemption_lists.services.entry_conflicts import names_in_marks, overtaken_entry
from exemption_lists.services.write_cells import place_in_order

KEPT = (*COPIED_FIELDS, "id", "cell_marks")


def take_out_rows(
    version: RuleVersion,
    removals: Iterable[Removal],
    outcome: GridOutcome,
    account_id: int,
    at: dt.datetime,
) -> None:
    """Take entries out and keep them as they were. `CellsOvertaken` when one was changed meanwhile."""
    wanted = {one.entry_id: one for one in removals}
    if not wanted:
        return
    entries = {entry.pk: entry for entry in version.list_entries.filter(pk__in=wanted)}
    overtaken = [
        one
        for entry_id, one in wanted.items()
        if entry_id not in entries or entries[entry_id].lock_version != one.lock_version
    ]
    if overtaken:
        names = names_in_marks(entries.values())
        raise CellsOvertaken([overtaken_entry(entries.get(one.entry_id), one, names) for one in overtaken])
    kept = [
        RemovedEntry(
            version=version,
            content={name: getattr(entry, name) for name in KEPT},
            removed_by_id=account_id,
            removed_at=at,
        )
        for entry in entries.values()
    ]
    RemovedEntry.objects.bulk_create(kept)
    version.list_entries.filter(pk__in=wanted).delete()
    outcome.removed = {one.content["id"]: one.pk for one in kept}


def restore_rows(version: RuleVersion, restorations: Iterable[Restoration], outcome: GridOutcome) -> None:
    """Bring removed entries back under the ids and slugs they had."""
    wanted = [one.removed_id for one in restorations]
    if not wanted:
        return
    kept = list(version.removed_entries.filter(pk__in=wanted))
    if len(kept) < len(wanted):
        raise Refusal("removal_missing", "这一条已经恢复过，或者不再保留。请刷新页面查看。")
    rows = list(version.list_entries.values_list("slug", "position"))
    taken = {slug for slug, _position in rows}
    position = max((position for _slug, position in rows), default=0)
    entries = []
    for number, one in enumerate(kept, start=1):
        entry = ListEntry(version=version, **one.content)
        entry.position = position + number
        if entry.slug in taken:
            entry.slug = unique_slug(serial=entry.serial, kind=entry.kind, taken=taken)
        taken.add(entry.slug)
        entries.append(entry)
        outcome.created[f"removed-{one.pk}"] = entry.pk
    ListEntry.objects.bulk_create(entries)
    version.removed_entries.filter(pk__in=wanted).delete()
    outcome.written |= {entry.pk for entry in entries}


def order_rows(version: RuleVersion, acts: GridActs, outcome: GridOutcome) -> None:
    """Put what the act added, brought back and moved where it belongs."""
    order = list(version.list_entries.order_by("position").values_list("pk", flat=True))
    for addition in acts.additions:
        _put(order, outcome.created[addition.key], addition.behind, outcome)
    for restoration in acts.restorations:
        _put(order, outcome.created[f"removed-{restoration.removed_id}"], restoration.behind, outcome)
    for move in acts.moves:
        if move.entry_id not in order:
            raise Refusal("entry_missing", "没有这一条，它可能刚被其他人删除。")
        _put(order, move.entry_id, move.behind, outcome)
    place_in_order(version, order)


def _put(order: list[int], entry_id: int, behind: Place, outcome: GridOutcome) -> None:
    """Behind its place; at the end where that place is gone."""
    order.remove(entry_id)
    if behind is None:
        order.insert(0, entry_id)
        return
    known = outcome.created.get(behind) if isinstance(behind, str) else behind
    index = order.index(known) + 1 if known in order else len(order)
    order.insert(index, entry_id)
