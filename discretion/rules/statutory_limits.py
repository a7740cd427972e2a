"""How a computed range stands to the statute: never above its maximum; below its minimum only with a ground.

从轻 stays inside the statutory range; below the minimum is 减轻, which needs a ground in law (行政处罚法 第三十二条).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from discretion.rules.amounts import AmountRange, capped, component_ranges
from discretion.rules.money import yuan_text
from discretion.rules.schema import Component
from enforcement.conditions.evaluate import Facts
from enforcement.conditions.vocabulary import Vocabulary

UNIT_SUBJECTS = frozenset({"", "单位"})
MITIGATION_NEEDED = "须有减轻处罚依据"


@dataclass(frozen=True, slots=True)
class LimitedRange:
    """A range after comparison with the statutory one. `statutory` is None when no limit could be computed."""

    amount: AmountRange
    statutory: AmountRange | None = None
    below_minimum: bool = False
    above_maximum: bool = False
    notes: tuple[str, ...] = ()


def same_subject(first: str, second: str) -> bool:
    """Whether two subject names mean the same party; the unnamed subject is the punished organisation."""
    return first == second or {first, second} <= UNIT_SUBJECTS


def statutory_range(
    statutory: Iterable[Component], subject: str, facts: Facts, vocabulary: Vocabulary
) -> AmountRange | None:
    """The widest lawful range for `subject` over all statutory components that may apply.

    None when the statute names no fine for the subject or any component still lacks a fact, because a partial
    limit could wrongly refuse a lawful amount.
    """
    own = [component for component in statutory if same_subject(component.subject, subject)]
    outcome = component_ranges(own, facts, vocabulary)
    if not outcome.ranges or outcome.needs:
        return None
    lowest = min(outcome.ranges, key=lambda one: (one.min_fen, not one.min_inclusive))
    highest = max(outcome.ranges, key=lambda one: (one.max_fen, one.max_inclusive))
    return AmountRange(subject, lowest.min_fen, highest.max_fen, lowest.min_inclusive, highest.max_inclusive)


def within_limits(amount: AmountRange, limit: AmountRange | None) -> LimitedRange:
    """`amount` cut at the statutory maximum; an amount below the minimum is kept and flagged."""
    if limit is None:
        return LimitedRange(amount)
    above = amount.max_fen > limit.max_fen
    reason = f"高于法定最高额，按{yuan_text(limit.max_fen)}计算"
    result = capped(amount, limit.max_fen, reason) if above else amount
    below = result.min_fen < limit.min_fen
    notes = [reason] if above else []
    if below:
        notes.append(f"低于法定最低额{yuan_text(limit.min_fen)}的部分，{MITIGATION_NEEDED}")
    return LimitedRange(replace(result), limit, below, above, tuple(notes))
