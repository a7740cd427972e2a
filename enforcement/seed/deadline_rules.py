"""Reads the figures of the statutory periods from `deadline_rules.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from enforcement.deadline_rules import Approver, DeadlineRule, Extension, Period, PeriodUnit, Roll

DEADLINE_RULES_FILE = Path(__file__).with_name("deadline_rules.yaml")


@cache
def read_deadline_rules() -> Mapping[str, DeadlineRule]:
    """Every rule by its id, read once."""
    rows = yaml.safe_load(DEADLINE_RULES_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({row["id"]: _rule(row) for row in rows})


def _rule(row: dict[str, Any]) -> DeadlineRule:
    return DeadlineRule(
        id=row["id"],
        source=row["source"],
        periods=tuple(_period(period) for period in row["periods"]),
        excluded=frozenset(row.get("excluded", ())),
        domain=row.get("domain", ""),
        domain_rules=row.get("domain_rules", {}),
    )


def _period(row: dict[str, Any]) -> Period:
    extension = row.get("extension")
    return Period(
        code=row["code"],
        name=row["name"],
        length=row["length"],
        unit=PeriodUnit(row["unit"]),
        roll=Roll(row.get("roll", Roll.NEXT_WORKING_DAY)),
        backward=row.get("backward", False),
        frees_decision=row.get("frees_decision", False),
        extension=_extension(extension) if extension else None,
    )


def _extension(row: dict[str, Any]) -> Extension:
    beyond = row.get("beyond")
    return Extension(length=row["length"], beyond=Approver(beyond) if beyond else None)
