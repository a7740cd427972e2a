"""One version over all past cases: partitions by columns, the rest by row. Pure over files; reads no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import polars as pl

from cases.fact_store.decided import DecidedCase
from cases.fact_store.manifest import Partition
from cases.replay.by_row import changed_case
from cases.replay.columnar import CHANGES, MatterReading, NotColumnar
from cases.replay.sides import BothSides, Matter, ReplayEntry, changed_matters

Observe = Callable[[int, int], None]
RowsOf = Callable[[Partition], Iterable[DecidedCase]]


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """What is compared: the entries of both versions, over the cases of a line below a region."""

    old: tuple[ReplayEntry, ...]
    new: tuple[ReplayEntry, ...]
    line_code: str
    region_code: str
    matters: Mapping[int, Matter]

    def reaches(self, row: DecidedCase) -> bool:
        return row.line_code == self.line_code and row.region_code.startswith(self.region_code)

    def rows_within(self, partition: Partition) -> int:
        return partition.rows_within(line_code=self.line_code, region_code=self.region_code)


@dataclass(frozen=True, slots=True)
class PastCases:
    """Where the past is: the store's files, the rows of one file from the database, and what came after the files."""

    root: Path
    partitions: tuple[Partition, ...]
    rows_of: RowsOf
    newer: Sequence[DecidedCase] = ()


@dataclass(frozen=True, slots=True)
class ReplayFound:
    """`cases` lie in the scope; `changes` (columns `CHANGES`) are those that would have ended otherwise.

    `evaluated` are the matters on which the versions differ and that have cases.
    """

    cases: int
    changes: pl.DataFrame
    evaluated: tuple[int, ...]
    by_row: int = field(default=0)


def replay(plan: ReplayPlan, past: PastCases, observe: Observe = lambda done, total: None) -> ReplayFound:
    """Compare both versions over the past. `observe(done, total)` is told of progress and may stop it by raising."""
    newer = [row for row in past.newer if plan.reaches(row)]
    within = {one.file: plan.rows_within(one) for one in past.partitions}
    partitions = [one for one in past.partitions if within[one.file]]
    total = sum(within.values()) + len(newer)
    seen = {one.violation_id for one in partitions} | {row.violation_id for row in newer}
    changed = changed_matters(plan.old, plan.new, (plan.matters[key] for key in sorted(seen)))
    work = [one for one in partitions if one.violation_id in changed]
    late = [row for row in newer if row.violation_id in changed]
    done = total - sum(within[one.file] for one in work) - len(late)
    observe(done, total)
    found, by_row = [_row_changes(late, changed)], len(late)
    if late:
        done += len(late)
        observe(done, total)
    for violation_id, files in groupby(work, key=lambda one: one.violation_id):
        reading = MatterReading(changed[violation_id])
        for partition in files:
            frame, rows = _partition_changes(plan, past, partition, reading, within[partition.file])
            found.append(frame)
            by_row += rows
            done += within[partition.file]
            observe(done, total)
    return ReplayFound(total, pl.concat(found), tuple(sorted(changed)), by_row)


def _partition_changes(
    plan: ReplayPlan, past: PastCases, partition: Partition, reading: MatterReading, within: int
) -> tuple[pl.DataFrame, int]:
    """By columns where the file has what the entries ask for and can be read, else case by case."""
    try:
        frame = reading.changes_in(
            past.root,
            partition,
            line_code=plan.line_code,
            region_code=plan.region_code,
            is_whole=within == partition.rows,
        )
    except (NotColumnar, pl.exceptions.PolarsError, OSError):
        rows = [row for row in past.rows_of(partition) if plan.reaches(row)]
        return _row_changes(rows, {partition.violation_id: reading.both}), len(rows)
    return frame, 0


def _row_changes(rows: Iterable[DecidedCase], changed: Mapping[int, BothSides]) -> pl.DataFrame:
    found = [
        (
            row.case_id,
            row.violation_id,
            row.region_code,
            f"{row.issued_on:%Y-%m}",
            one.was,
            one.becomes,
            one.entry,
        )
        for row in rows
        if (one := changed_case(changed[row.violation_id], row.facts)) is not None
    ]
    return pl.DataFrame(found, schema=CHANGES, orient="row")
