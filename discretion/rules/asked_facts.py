"""Which facts a benchmark asks for, what decides the tier before what the amount multiplies. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discretion.rules.schema import (
    BenchmarkRules,
    Component,
    Formula,
    PerDay,
    RangeMidpoint,
    Stepped,
    TierFormula,
    WeightSum,
)
from enforcement.conditions.tree import fact_codes


def asked_facts(rules: BenchmarkRules) -> tuple[str, ...]:
    """Codes of every fact that a tier, an amount, a formula or a statutory limit looks at, each once."""
    found: list[str] = []
    for group in rules.groups:
        if group.applies_when is not None:
            found += fact_codes(group.applies_when)
    tiers = [tier for group in rules.groups for tier in group.tiers]
    for tier in tiers:
        found += fact_codes(tier.condition)
    for tier in tiers:
        found += [*_of_components(tier.components), *_of_formula(tier.formula)]
    found += _of_formula(rules.formula)
    found += _of_components(rules.statutory)
    return tuple(dict.fromkeys(code for code in found if code))


def _of_components(components: Iterable[Component]) -> Iterator[str]:
    for component in components:
        if component.applies_when is not None:
            yield from fact_codes(component.applies_when)
        yield component.base


def _of_formula(formula: Formula | TierFormula | None) -> Iterator[str]:
    match formula:
        case WeightSum(columns, factors):
            for column in columns:
                if column.applies_when is not None:
                    yield from fact_codes(column.applies_when)
            for factor in factors:
                for level in factor.levels:
                    yield from fact_codes(level.condition)
            yield from (column.base for column in columns)
        case RangeMidpoint():
            yield formula.coefficient
        case PerDay():
            yield formula.base
        case Stepped():
            yield from (step.count for step in formula.steps)
        case None:
            return
