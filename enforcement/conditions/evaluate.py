"""Evaluate a condition for one case, in three values, keeping the reason of every leaf.

Unknown is an answer: a missing fact makes its leaf UNKNOWN and Kleene's rules carry it upwards. `open_facts`
then names the facts worth asking for. An answer that is not among a choice's options counts as unknown: it
must be asked again. The Polars reader in `compile.py` follows the same rules.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from enforcement.conditions.parse import order_key
from enforcement.conditions.tree import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    FactValue,
    Not,
    Operator,
    children_of,
)
from enforcement.conditions.vocabulary.definitions import TYPES_WITH_OPTIONS, FactDefinition

Facts = Mapping[str, FactValue | None]
Definitions = Mapping[str, FactDefinition]


class Truth(Enum):
    """Kleene's three values. Not usable as a bool, so that unknown is never taken for false by accident."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("compare a Truth with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN")

    @property
    def mark(self) -> str:
        """✓, ✗ or ?, for pages."""
        return {Truth.TRUE: "✓", Truth.FALSE: "✗", Truth.UNKNOWN: "?"}[self]

    @property
    def label(self) -> str:
        return {Truth.TRUE: "符合", Truth.FALSE: "不符合", Truth.UNKNOWN: "尚未查明"}[self]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a condition has its truth, in the shape of the tree. `observed` is a leaf's answer or None."""

    condition: Condition
    truth: Truth
    children: tuple["Explanation", ...] = ()
    observed: FactValue | None = None


def evaluate(condition: Condition, facts: Facts, vocabulary: Definitions) -> Explanation:
    """The truth of `condition` for `facts`, with the reason of every node.

    Raises `KeyError` for a fact code outside the vocabulary; a parsed condition has none.
    """
    if isinstance(condition, Compare):
        definition = vocabulary[condition.fact]
        observed = facts.get(condition.fact)
        return Explanation(condition, compare_truth(condition, observed, definition), (), observed)
    children = tuple(evaluate(child, facts, vocabulary) for child in children_of(condition))
    truth = combine(condition, tuple(child.truth for child in children))
    return Explanation(condition, truth, children)


def truth_of(condition: Condition, leaf_truth: Callable[[Compare], Truth]) -> Truth:
    """The truth of `condition` when `leaf_truth` gives the truth of each leaf."""
    if isinstance(condition, Compare):
        return leaf_truth(condition)
    return combine(condition, tuple(truth_of(child, leaf_truth) for child in children_of(condition)))


def combine(condition: AllOf | AnyOf | Not, truths: tuple[Truth, ...]) -> Truth:
    """Kleene's and, or, not over the children's truths."""
    match condition:
        case Not():
            return negate(truths[0])
        case AllOf():
            deciding, otherwise = Truth.FALSE, Truth.TRUE
        case AnyOf():
            deciding, otherwise = Truth.TRUE, Truth.FALSE
    if deciding in truths:
        return deciding
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else otherwise


def negate(truth: Truth) -> Truth:
    """TRUE and FALSE change places; UNKNOWN stays."""
    if truth is Truth.UNKNOWN:
        return truth
    return Truth.FALSE if truth is Truth.TRUE else Truth.TRUE


def compare_truth(leaf: Compare, observed: FactValue | None, definition: FactDefinition) -> Truth:
    """The truth of one leaf for one observed answer."""
    if observed is None:
        return Truth.UNKNOWN
    if definition.type in TYPES_WITH_OPTIONS and observed not in definition.options:
        return Truth.UNKNOWN
    return Truth.TRUE if _holds(leaf, observed, definition) else Truth.FALSE


def _holds(leaf: Compare, observed: FactValue, definition: FactDefinition) -> bool:
    operand = leaf.value
    if isinstance(operand, tuple):
        return _holds_for_several(leaf.op, observed, operand, definition)
    seen, wanted = order_key(definition, observed), order_key(definition, operand)
    match leaf.op:
        case Operator.EQ:
            return bool(seen == wanted)
        case Operator.NE:
            return bool(seen != wanted)
        case Operator.LT:
            return bool(seen < wanted)
        case Operator.LE:
            return bool(seen <= wanted)
        case Operator.GT:
            return bool(seen > wanted)
        case Operator.GE:
            return bool(seen >= wanted)
        case _:
            raise ValueError(f"operator {leaf.op} needs several values")


def _holds_for_several(
    op: Operator, observed: FactValue, operand: tuple[FactValue, ...], definition: FactDefinition
) -> bool:
    if op is Operator.BETWEEN:
        low, high = (order_key(definition, bound) for bound in operand)
        return bool(low <= order_key(definition, observed) <= high)
    if op is Operator.IN:
        return observed in operand
    if op is Operator.NOT_IN:
        return observed not in operand
    raise ValueError(f"operator {op} takes one value")


def open_facts(explanation: Explanation) -> tuple[str, ...]:
    """Codes of unknown facts that could still change the result, in the order they appear.

    Facts below a decided node are not open. Empty when the result is decided; when it is not, answering all
    open facts decides it.
    """
    return _distinct(_open_codes(explanation))


def _open_codes(explanation: Explanation) -> Iterator[str]:
    if explanation.truth is not Truth.UNKNOWN:
        return
    if isinstance(explanation.condition, Compare):
        yield explanation.condition.fact
    for child in explanation.children:
        yield from _open_codes(child)


def decisive_facts(explanation: Explanation) -> tuple[str, ...]:
    """Codes of the facts on which a decided result rests; empty when the result is unknown.

    For a conjunction that fails, those of its failing parts; for one that holds, those of all its parts.
    """
    return _distinct(leaf.fact for leaf in decisive_leaves(explanation))


def decisive_leaves(explanation: Explanation) -> Iterator[Compare]:
    """The leaves behind `decisive_facts`, from left to right."""
    if explanation.truth is Truth.UNKNOWN:
        return
    if isinstance(explanation.condition, Compare):
        yield explanation.condition
    passes_on = negate(explanation.truth) if isinstance(explanation.condition, Not) else explanation.truth
    for child in explanation.children:
        if child.truth is passes_on:
            yield from decisive_leaves(child)


def _distinct(codes: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
