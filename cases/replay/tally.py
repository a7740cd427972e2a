"""What a replay found, as counts: one plain JSON document that is stored with the run. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from cases.replay.engine import ReplayFound, ReplayPlan
from cases.replay.sides import changed_entries

PREFECTURE_DIGITS = 4


def result_document(found: ReplayFound, plan: ReplayPlan, *, as_of: dt.datetime) -> dict[str, Any]:
    """Exact counts: `cases` in the scope, `changed` of them, and the changed ones by several keys.

    Each changed case stands once in each `by_…`: under the entry that decides it (in the new version, or in the old one
    where the new has none), the code of its violation, its prefecture, the month of its decision, and `was>becomes`.
    Entries and matters that changed without an effect are there with 0. `labels` holds the words for the keys.
    """
    changes = found.changes
    codes = {key: plan.matters[key].code for key in found.evaluated}
    entries = {entry.key: entry for entry in (*plan.old, *plan.new)}
    kept = {entry.key for entry in plan.new}
    touched = [entry.key for entry in changed_entries(plan.old, plan.new)]
    by_matter = _counts(changes, pl.col("violation_id").replace_strict(codes, return_dtype=pl.String))
    by_entry = _counts(changes, pl.col("entry"))
    counted = _with_zeros(by_entry, touched)
    return {
        "as_of": as_of.isoformat(timespec="seconds"),
        "cases": found.cases,
        "changed": changes.height,
        "by_entry": counted,
        "by_matter": _with_zeros(by_matter, codes.values()),
        "by_prefecture": _counts(changes, pl.col("region").str.slice(0, PREFECTURE_DIGITS)),
        "by_month": _counts(changes, pl.col("month")),
        "by_change": _counts(changes, pl.col("was") + ">" + pl.col("becomes")),
        "labels": {
            "entries": {
                key: {
                    "serial": entries[key].serial,
                    "title": entries[key].title,
                    "dropped": key not in kept,
                }
                for key in counted
            },
            "matters": {plan.matters[key].code: plan.matters[key].name for key in found.evaluated},
        },
        "evaluated_by_row": found.by_row,
    }


def _counts(changes: pl.DataFrame, key: pl.Expr) -> dict[str, int]:
    rows = changes.group_by(key.alias("key")).len().sort("key")
    return {str(name): int(count) for name, count in rows.iter_rows()}


def _with_zeros(counts: Mapping[str, int], keys: Iterable[str]) -> dict[str, int]:
    """The keys in their own order, then whatever else was counted."""
    return dict.fromkeys(keys, 0) | dict(counts)
