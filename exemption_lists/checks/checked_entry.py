"""An entry as the pure checks see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcement.conditions.tree import Condition
from enforcement.documents import Finding, FindingSeverity
from exemption_lists.models import LeniencyKind, Mandate

# From the most lenient for the party to the least. 免予行政强制 is about the measure, not the penalty.
LADDER = (LeniencyKind.NO_PENALTY, LeniencyKind.MITIGATED, LeniencyKind.LIGHTER)


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """`own_condition` is what the clauses say, `condition` that and the absence of every exclusion."""

    serial: str
    slug: str
    kind: LeniencyKind
    mandate: Mandate
    is_general: bool
    violation_id: int | None
    violation_name: str
    own_condition: Condition
    condition: Condition
    declared_facts: tuple[Mapping[str, Any], ...]
    coercive_measure: str = ""

    @property
    def place(self) -> int:
        """Where its kind stands on the ladder, 0 the most lenient. Raises ValueError for 免予行政强制."""
        return LADDER.index(self.kind)

    @property
    def subject(self) -> tuple[str, str]:
        """What two entries must share to be about the same thing."""
        about = str(self.violation_id) if self.violation_id is not None else self.violation_name
        scope = "general" if self.is_general else "matter"
        measure = self.coercive_measure if self.kind is LeniencyKind.NO_COMPULSION else "penalty"
        return f"{scope}:{about}", measure

    @property
    def verdict(self) -> str:
        """应当不予处罚, 可以从轻处罚, …"""
        return f"{Mandate(self.mandate).label}{LeniencyKind(self.kind).label}"


def error(check: str, text: str, *, slug: str = "", field: str = "") -> Finding:
    """Something that blocks."""
    return Finding(FindingSeverity.ERROR, check, text, slug, field)


def warning(check: str, text: str, *, slug: str = "", field: str = "") -> Finding:
    """Something worth a look."""
    return Finding(FindingSeverity.WARNING, check, text, slug, field)


def numbers(values: Iterable[int]) -> str:
    """“第1项、第3项”."""
    return "、".join(f"第 {value} 项" for value in values)
