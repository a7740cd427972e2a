"""The condition tree: what a published clause means once it is typed.

Immutable and comparable by value. It knows fact codes only; their types are in the vocabulary. Every reader
(evaluate, compile, describe, counterfactuals) walks the same four node kinds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

FactValue: TypeAlias = bool | int | Decimal | str | date
Operand: TypeAlias = FactValue | tuple[FactValue, ...]


class Operator(StrEnum):
    """Comparison of one fact with a fixed value. `between` includes both ends."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"
    NOT_IN = "not_in"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Compare:
    """A leaf. `value` is one typed value, a tuple of options (in, not_in) or `(low, high)` (between)."""

    fact: str
    op: Operator
    value: Operand


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child must hold; without children it always holds."""

    children: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child must hold; without children it never holds."""

    children: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not hold; unknown stays unknown."""

    child: "Condition"


Condition: TypeAlias = Compare | AllOf | AnyOf | Not

ALWAYS = AllOf(())


def children_of(condition: Condition) -> tuple[Condition, ...]:
    """Direct children in their printed order; a leaf has none."""
    match condition:
        case AllOf(children) | AnyOf(children):
            return children
        case Not(child):
            return (child,)
        case Compare():
            return ()


def leaves(condition: Condition) -> Iterator[Compare]:
    """Every leaf from left to right, repeated leaves included."""
    if isinstance(condition, Compare):
        yield condition
        return
    for child in children_of(condition):
        yield from leaves(child)


def fact_codes(condition: Condition) -> tuple[str, ...]:
    """The codes of all facts the condition looks at, each once, in order of first appearance."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(condition)))


def all_of(*conditions: Condition) -> Condition:
    """Conjunction without needless nesting: one condition stays itself, nested `AllOf` are merged."""
    return _joined(AllOf, conditions)


def any_of(*conditions: Condition) -> Condition:
    """Disjunction without needless nesting: one condition stays itself, nested `AnyOf` are merged."""
    return _joined(AnyOf, conditions)


def _joined(kind: type[AllOf] | type[AnyOf], conditions: tuple[Condition, ...]) -> Condition:
    merged: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, kind):
            merged.extend(condition.children)
        else:
            merged.append(condition)
    return merged[0] if len(merged) == 1 else kind(tuple(merged))
