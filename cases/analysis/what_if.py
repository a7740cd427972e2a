"""What would follow if one fact were different: the same conclusion drawn again with that fact turned round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from cases.analysis.conclusion import Conclusion
from cases.statuses import Outcome
from enforcement.conditions.counterfactuals import counterfactuals
from enforcement.conditions.describe import describe_leaf
from enforcement.conditions.evaluate import Facts, Truth, compare_truth
from enforcement.conditions.tree import Compare, FactValue
from enforcement.conditions.vocabulary import FactDefinition, FactType, Vocabulary

MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class WhatIf:
    """If `change`, then `outcome` (its Chinese word) with `effect` (tier and range in words)."""

    change: str
    outcome: str
    effect: str


def what_if(
    conclusion: Conclusion,
    facts: Facts,
    vocabulary: Vocabulary,
    redraw: Callable[[Facts], Conclusion],
    effect_of: Callable[[Conclusion], str],
) -> tuple[WhatIf, ...]:
    """Up to five single changes that turn the conclusion, each with what would follow from the facts now known."""
    rows: dict[tuple[str, FactValue], WhatIf] = {}
    for leaf, holds in _turning_leaves(conclusion, facts):
        definition = vocabulary[leaf.fact]
        value = opposite_value(leaf, facts.get(leaf.fact), definition)
        words = describe_leaf(leaf, vocabulary)
        change = f"如不满足“{words}”" if holds else f"如满足“{words}”"
        if value is None or (leaf.fact, value) in rows:
            continue
        other = redraw({**facts, leaf.fact: value})
        same = other.outcome == conclusion.outcome and effect_of(other) == effect_of(conclusion)
        if other.outcome is None or same:
            continue
        rows[leaf.fact, value] = WhatIf(change, str(other.outcome.label), effect_of(other))
        if len(rows) == MOST_ROWS:
            break
    return tuple(rows.values())


def _turning_leaves(conclusion: Conclusion, facts: Facts) -> Iterator[tuple[Compare, bool]]:
    """Leaves that alone turn the chosen entry off, or alone turn a refuted entry or a near tier on."""
    if conclusion.chosen is not None:
        match = conclusion.chosen.match
        for flip in counterfactuals(match.entry.condition, facts, match.vocabulary):
            yield flip.leaf, flip.leaf_truth is Truth.TRUE
    for candidate in conclusion.candidates:
        refuted = candidate.standing is Truth.FALSE and not candidate.policy_blocked
        if refuted and conclusion.outcome is not Outcome.NO_PENALTY:
            match = candidate.match
            for flip in counterfactuals(match.entry.whole_condition, facts, match.vocabulary):
                yield flip.leaf, flip.leaf_truth is Truth.TRUE
    if conclusion.recommendation is not None and conclusion.recommendation.choice is not None:
        for group in conclusion.recommendation.choice.groups:
            for tier in group.matched:
                for flip in counterfactuals(tier.condition, facts, _tier_vocabulary(conclusion)):
                    yield flip.leaf, flip.leaf_truth is Truth.TRUE


def _tier_vocabulary(conclusion: Conclusion) -> Vocabulary:
    if conclusion.benchmark is None:
        raise ValueError("a tier choice needs a benchmark")
    return conclusion.benchmark.vocabulary


def opposite_value(leaf: Compare, observed: FactValue | None, definition: FactDefinition) -> FactValue | None:
    """The value nearest to `observed` for which the leaf has the opposite truth; None when there is none."""
    if observed is None:
        return None
    now = compare_truth(leaf, observed, definition)
    for value in _neighbours(leaf, observed, definition):
        if compare_truth(leaf, value, definition) not in (now, Truth.UNKNOWN):
            return value
    return None


def _neighbours(leaf: Compare, observed: FactValue, definition: FactDefinition) -> list[FactValue]:
    if isinstance(observed, bool):
        return [not observed]
    if definition.type in (FactType.CHOICE, FactType.GRADE):
        options: list[str] = list(definition.options)
        place = options.index(str(observed)) if observed in options else 0
        return sorted(options, key=lambda option: abs(options.index(str(option)) - place))
    operands = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    near: list[FactValue] = []
    for operand in operands:
        if isinstance(operand, dt.date):
            near += [operand + dt.timedelta(days=1), operand, operand - dt.timedelta(days=1)]
        elif isinstance(operand, Decimal):
            near += [operand + 1, operand, operand - 1]
        elif isinstance(operand, int):
            near += [operand + 1, operand, max(operand - 1, 0)]
    return near
