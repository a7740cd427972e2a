"""One act against several provisions that each fine it: the provision with the higher fine (行政处罚法 第二十九条)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProvisionFine:
    """One provision's range for this case in fen; `minimum` None without one. No fine at all: leave it out."""

    id: str
    minimum: int | None
    maximum: int


@dataclass(frozen=True, slots=True)
class ConcurrentChoice:
    """`choose` is None where a person must decide. The comparison is on provisions, not on final sums."""

    choose: str | None
    reason: str


def choose_provision(provisions: Sequence[ProvisionFine]) -> ConcurrentChoice:
    """The provision with the higher maximum, then the higher minimum; a full tie is left to a person."""
    if not provisions:
        return ConcurrentChoice(None, "没有规定罚款的条款，不需要择一")
    ranked = sorted(provisions, key=_weight, reverse=True)
    best = ranked[0]
    if len(ranked) == 1:
        return ConcurrentChoice(best.id, "只有一个条款规定了罚款")
    if _weight(best) == _weight(ranked[1]):
        return ConcurrentChoice(None, "各条款罚款的上限和下限都相同，请由执法人员选择并说明理由")
    end = "上限" if best.maximum != ranked[1].maximum else "上限相同而下限"
    return ConcurrentChoice(best.id, f"“{best.id}”的罚款{end}较高，按罚款数额高的规定处罚")


def _weight(provision: ProvisionFine) -> tuple[int, int]:
    return provision.maximum, provision.minimum or 0
