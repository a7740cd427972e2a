"""Reads the administrative divisions of Yunnan from `yunnan_regions.csv` (source and licence beside the file)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from enforcement.region_codes import AdministrativeLevel

REGIONS_FILE = Path(__file__).with_name("yunnan_regions.csv")


@dataclass(frozen=True, slots=True)
class RegionSeed:
    """One division: short code, full name, level, and the short code one level up (None for the province)."""

    code: str
    name: str
    level: AdministrativeLevel
    parent: str | None


@cache
def read_regions() -> tuple[RegionSeed, ...]:
    """All divisions, each after its parent, so that rows can be inserted in this order."""
    with REGIONS_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            RegionSeed(
                code=row["code"],
                name=row["name"],
                level=AdministrativeLevel(row["level"]),
                parent=row["parent"] or None,
            )
            for row in csv.DictReader(lines)
        )


@cache
def region_names() -> dict[str, str]:
    """Name by short code."""
    return {region.code: region.name for region in read_regions()}
