"""Which tiers and columns of a researched table the statutory range that was read really covers."""

from dataclasses import replace
from decimal import Decimal

from discretion.rules.research_facts import PERSONS
from discretion.rules.research_warnings import comparable_limits
from discretion.rules.schema import Basis, Component, Formula, Group, WeightSum


def limited_group(group: Group, statutory: tuple[Component, ...], alone: bool) -> Group:
    tiers = tuple(
        replace(tier, within_statutory=_covered(tier.components, statutory, alone)) for tier in group.tiers
    )
    return replace(group, tiers=tiers)


def _covered(components: tuple[Component, ...], statutory: tuple[Component, ...], alone: bool) -> bool:
    """Whether the statutory range that was read covers these components.

    A branch that lies above it, or is computed in another way, rests on another sentence of the statute.
    """
    for component in components:
        if component.subject in PERSONS and not comparable_limits(component, statutory):
            continue
        limits = comparable_limits(component, statutory)
        if statutory and not limits:
            return False
        if not alone and limits and component.maximum > max(limit.maximum for limit in limits):
            return False
    return True


def limited_formula(formula: Formula | None, statutory: tuple[Component, ...]) -> Formula | None:
    if not isinstance(formula, WeightSum):
        return formula
    columns = tuple(
        replace(
            column,
            within_statutory=any(
                limit.maximum == column.amount
                if column.amount is not None
                else limit.base == column.base and _same_maximum(limit, column.factor)
                for limit in statutory
            ),
        )
        for column in formula.columns
    )
    return replace(formula, columns=columns)


def _same_maximum(limit: Component, factor: Decimal | None) -> bool:
    if factor is None:
        return False
    return limit.maximum == (factor * 100 if limit.basis is Basis.PERCENT else factor)
