"""One published decision with everything computed about it, and the verdict on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from discretion.decision_amounts import Figure
from discretion.rules.amounts import AmountRange
from discretion.rules.import_research import BenchmarkDraft
from discretion.rules.money import yuan, yuan_text


class Status(StrEnum):
    """AGREES: the record holds. DIFFERS: it does not. NEEDS: facts or figures are missing."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision. `computed` and `imposed` are fen; `imposed` None means no fine."""

    id: str
    status: Status
    computed: AmountRange | None
    imposed: int | None
    why: str

    def as_document(self) -> dict[str, Any]:
        """The JSON form: amounts in yuan as strings."""
        computed = self.computed
        return {
            "id": self.id,
            "status": self.status.value,
            "computed": {"min": yuan(computed.min_fen), "max": yuan(computed.max_fen)} if computed else None,
            "imposed": None if self.imposed is None else yuan(self.imposed),
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Review:
    """One decision with everything computed about it. `argument` is what follows the colon of `expected_check`."""

    decision: Mapping[str, Any]
    drafts: Sequence[BenchmarkDraft]
    benchmark: Figure
    statutory: tuple[Figure, ...]
    fines: tuple[tuple[int, str], ...]
    argument: str = ""

    @property
    def total(self) -> int | None:
        return sum(amount for amount, _ in self.fines) if self.fines else None

    @property
    def ranges(self) -> tuple[AmountRange, ...]:
        return tuple(figure.amount for figure in self.statutory if figure.amount is not None)

    @property
    def statutory_range(self) -> AmountRange | None:
        """The statutory range the fine falls into, else the first one."""
        fitting = [one for one in self.ranges if self.total is not None and one.contains(self.total)]
        return next(iter(fitting or self.ranges), None)

    @property
    def statutory_words(self) -> str:
        return "；".join(figure.why for figure in self.statutory) or "决定没有记载法定幅度"


def verdict_on(review: Review, status: Status, computed: AmountRange | None, why: str) -> Verdict:
    return Verdict(str(review.decision.get("id", "")), status, computed, review.total, why)


def compared(review: Review, holds: bool, computed: AmountRange | None, why: str) -> Verdict:
    return verdict_on(review, Status.AGREES if holds else Status.DIFFERS, computed, why)


def imposed_words(review: Review) -> str:
    return "没有罚款" if review.total is None else f"实罚{yuan_text(review.total)}"
