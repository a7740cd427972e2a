"""Chooses facts that make a condition hold (or fail), so that demonstration cases fit the published rules. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from enforcement.conditions.evaluate import Truth, compare_truth
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Condition, FactValue, Not, leaves
from enforcement.conditions.vocabulary import FactDefinition, FactType

Facts = dict[str, FactValue]
Definitions = Mapping[str, FactDefinition]
FEN_PER_YUAN = 100
NUMERIC = frozenset({FactType.INTEGER, FactType.DECIMAL, FactType.MONEY})
# Decimals below this move in hundredths, above it in halves.
FINE_GRAINED_BELOW = 5
# Lowest and highest unremarkable answer: tenths for decimals, yuan for money.
TYPICAL: Mapping[FactType, tuple[int, int]] = {
    FactType.INTEGER: (1, 3),
    FactType.DECIMAL: (1, 60),
    FactType.MONEY: (50, 3_000),
}
TYPICAL_OF_FACT: Mapping[str, tuple[int, int]] = {
    "project_investment": (2_000_000, 30_000_000),
    "ad_cost": (2_000, 30_000),
    "duration_days": (3, 120),
    "overdue_days": (5, 100),
    "area_sqm": (30, 900),
}


def satisfying_facts(
    condition: Condition, definitions: Definitions, random: Random, *, fixed: Mapping[str, FactValue]
) -> Facts | None:
    """Answers, beside those `fixed`, under which `condition` holds; None when the fixed ones forbid it."""
    wanted: dict[str, list[tuple[Compare, Truth]]] = {}
    for leaf, truth in _demands(condition, Truth.TRUE, random, definitions, fixed):
        wanted.setdefault(leaf.fact, []).append((leaf, truth))
    chosen: Facts = {}
    for code, demands in wanted.items():
        definition = definitions[code]
        pool = [fixed[code]] if code in fixed else list(candidates(definition, [leaf for leaf, _ in demands]))
        fitting = [
            value
            for value in pool
            if all(compare_truth(leaf, value, definition) is truth for leaf, truth in demands)
        ]
        if not fitting:
            return None
        if code not in fixed:
            chosen[code] = random.choice(fitting)
    return chosen


def _demands(
    condition: Condition,
    truth: Truth,
    random: Random,
    definitions: Definitions,
    fixed: Mapping[str, FactValue],
) -> Iterator[tuple[Compare, Truth]]:
    """Leaves and the truth each must have; of alternatives one that the fixed answers allow is picked."""
    match condition:
        case Compare():
            yield condition, truth
        case Not(child):
            yield from _demands(child, _opposite(truth), random, definitions, fixed)
        case AllOf(children) | AnyOf(children):
            every = isinstance(condition, AllOf) is (truth is Truth.TRUE)
            picked = children if every else (_possible(children, truth, random, definitions, fixed),)
            for child in picked:
                yield from _demands(child, truth, random, definitions, fixed)


def _opposite(truth: Truth) -> Truth:
    return Truth.FALSE if truth is Truth.TRUE else Truth.TRUE


def _possible(
    children: tuple[Condition, ...],
    truth: Truth,
    random: Random,
    definitions: Definitions,
    fixed: Mapping[str, FactValue],
) -> Condition:
    """One child none of whose leaves contradicts a fixed answer, if there is one."""
    free = [
        child
        for child in children
        if all(
            leaf.fact not in fixed or compare_truth(leaf, fixed[leaf.fact], definitions[leaf.fact]) is truth
            for leaf in leaves(child)
        )
    ]
    return random.choice(free or list(children))


def candidates(definition: FactDefinition, compared: list[Compare]) -> Iterator[FactValue]:
    """Values worth trying: every option, or the bounds met, a step to each side and the middles between them."""
    if definition.type is FactType.BOOLEAN:
        yield from (True, False)
    elif definition.options:
        yield from definition.options
    elif definition.type in NUMERIC:
        bounds = sorted({Decimal(str(value)) for leaf in compared for value in _operands(leaf)})
        points = [
            bound + offset
            for bound in bounds
            for offset in (-_step(definition, bound), 0, _step(definition, bound))
        ]
        points += [bounds[0] / 2, *((low + high) / 2 for low, high in pairwise(bounds))]
        points += [bounds[-1] + 2 * _step(definition, bounds[-1]), bounds[-1] * 2]
        for point in points:
            if point >= 0:
                yield point if definition.type is FactType.DECIMAL else int(point)
    elif definition.type is FactType.DATE:
        yield from (value for leaf in compared for value in _operands(leaf) if isinstance(value, date))
    else:
        yield from (str(value) for leaf in compared for value in _operands(leaf))


def _step(definition: FactDefinition, bound: Decimal) -> Decimal:
    """A step away from a bound, in the fact's own unit; money moves by ten yuan."""
    match definition.type:
        case FactType.INTEGER:
            return Decimal(1)
        case FactType.MONEY:
            return Decimal(10 * FEN_PER_YUAN)
        case _:
            return Decimal("0.05") if bound < FINE_GRAINED_BELOW else Decimal("0.5")


def _operands(leaf: Compare) -> tuple[FactValue, ...]:
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


def typical_value(definition: FactDefinition, random: Random) -> FactValue | None:
    """An unremarkable answer for a fact nothing depends on: no, the first option, a small figure."""
    match definition.type:
        case FactType.BOOLEAN:
            return False
        case FactType.CHOICE | FactType.GRADE:
            return definition.options[0]
        case FactType.TEXT | FactType.DATE:
            return None
    low, high = TYPICAL_OF_FACT.get(definition.code, TYPICAL[definition.type])
    drawn = random.randint(low, high)
    match definition.type:
        case FactType.DECIMAL:
            return Decimal(drawn) / 10
        case FactType.MONEY:
            return drawn * FEN_PER_YUAN
        case _:
            return drawn
