"""Reads the changes of Yunnan's divisions since 1981 from `yunnan_region_changes.csv` (source and licence beside it)."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REGION_CHANGES_FILE = Path(__file__).with_name("yunnan_region_changes.csv")


@dataclass(frozen=True, slots=True)
class RegionChangeSeed:
    """One change; of most only the year is known."""

    year: int
    effective_on: dt.date | None
    kind: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    form: str
    basis: str


@cache
def read_region_changes() -> tuple[RegionChangeSeed, ...]:
    """All changes, oldest first."""
    with REGION_CHANGES_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            RegionChangeSeed(
                year=int(row["year"]),
                effective_on=dt.date.fromisoformat(row["effective_on"]) if row["effective_on"] else None,
                kind=row["kind"],
                old_code=row["old_code"],
                old_name=row["old_name"],
                new_code=row["new_code"],
                new_name=row["new_name"],
                form=row["form"],
                basis=row["basis"],
            )
            for row in csv.DictReader(lines)
        )
