"""The choices of a self-check question: as few as the conditions tell apart. Pure and exact.

“占用面积不足五平方米” needs no number typed: the person chooses 不满5平方米 or 5平方米以上. The values between two
bounds that all conditions treat alike become one choice, which stands for all of them by one of its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from enforcement.conditions.evaluate import Truth, compare_truth
from enforcement.conditions.facts import DECIMAL_PLACES, fact_to_json
from enforcement.conditions.tree import Compare, FactValue
from enforcement.conditions.vocabulary import FactDefinition, FactType
from exemption_lists.interval_words import Interval, interval_words
from exemption_lists.plain_questions import PlainQuestion

NONE_OF_THESE = "（都不是）"
THIS_TIME = "（含本次）"
DECIMAL_STEP = 10**DECIMAL_PLACES


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its words, and the JSON value the conditions are read with."""

    label: str
    value: Any


def choices(
    definition: FactDefinition, leaves: Iterable[Compare], question: PlainQuestion
) -> tuple[Choice, ...]:
    """The answers to a question; `leaves` are all comparisons of the fact in the entries looked at."""
    compared = tuple(leaf for leaf in leaves if leaf.fact == definition.code)
    match definition.type:
        case FactType.BOOLEAN:
            return (Choice(question.yes, True), Choice(question.no, False))
        case FactType.CHOICE:
            return _grouped(definition, compared, definition.options)
        case FactType.GRADE:
            return _grouped(definition, compared, definition.options, only_neighbours=True)
        case FactType.TEXT:
            named = dict.fromkeys(str(value) for value in _bounds(compared))
            return tuple(Choice(one, one) for one in [*named, NONE_OF_THESE])
        case _:
            return _measured(definition, compared)


def _bounds(leaves: Iterable[Compare]) -> Iterable[FactValue]:
    for leaf in leaves:
        yield from leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


def _truths(definition: FactDefinition, leaves: Sequence[Compare], value: FactValue) -> tuple[Truth, ...]:
    return tuple(compare_truth(leaf, value, definition) for leaf in leaves)


def _grouped(
    definition: FactDefinition,
    leaves: Sequence[Compare],
    options: Sequence[str],
    *,
    only_neighbours: bool = False,
) -> tuple[Choice, ...]:
    """Options that every comparison treats alike, as one choice."""
    groups: list[tuple[tuple[Truth, ...], list[str]]] = []
    for option in options:
        truths = _truths(definition, leaves, option)
        among = groups[-1:] if only_neighbours else groups
        same = next((group for group in among if group[0] == truths), None)
        if same is None:
            groups.append((truths, [option]))
        else:
            same[1].append(option)
    return tuple(Choice(_either(names), names[0]) for _truth, names in groups)


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}或者{names[-1]}"


@dataclass(frozen=True, slots=True)
class _Scale:
    """A measured type as whole steps: fen, days, counts, millionths."""

    to_step: Callable[[Any], int]
    from_step: Callable[[int], FactValue]
    lowest: int | None


def _scale(definition: FactDefinition) -> _Scale:
    if definition.type is FactType.DATE:
        return _Scale(date.toordinal, date.fromordinal, None)
    if definition.type is FactType.DECIMAL:
        return _Scale(
            lambda value: int(Decimal(value) * DECIMAL_STEP), lambda step: Decimal(step) / DECIMAL_STEP, 0
        )
    # A count that includes this time is never nought.
    return _Scale(int, int, 1 if THIS_TIME in definition.label else 0)


def _measured(definition: FactDefinition, leaves: Sequence[Compare]) -> tuple[Choice, ...]:
    scale = _scale(definition)
    bounds = sorted({scale.to_step(value) for value in _bounds(leaves)})
    lowest = scale.lowest
    if lowest is not None and bounds and bounds[0] < lowest:
        lowest = bounds[0]
    merged: list[tuple[tuple[Truth, ...], Interval]] = []
    for low, high in _cells(bounds, lowest):
        standing_for = low if low is not None else high
        if standing_for is None:
            continue
        truths = _truths(definition, leaves, scale.from_step(standing_for))
        if merged and merged[-1][0] == truths:
            merged[-1] = (truths, Interval(merged[-1][1].low, high))
        else:
            merged.append((truths, Interval(low, high)))
    found = [interval for _truth, interval in merged]
    return tuple(
        Choice(
            interval_words(definition, interval, lowest, scale.from_step, bounds, only_two=len(found) == 2),
            fact_to_json(scale.from_step(_standing_for(interval))),
        )
        for interval in found
    )


def _cells(bounds: Sequence[int], lowest: int | None) -> Iterable[tuple[int | None, int | None]]:
    """The steps between and on the bounds, as closed ranges without gap; None is open."""
    start = lowest
    for bound in bounds:
        if start is None or start < bound:
            yield start, bound - 1
        yield bound, bound
        start = bound + 1
    yield start, None


def _standing_for(interval: Interval) -> int:
    value = interval.low if interval.low is not None else interval.high
    if value is None:
        raise ValueError("an interval without ends has no value to stand for it")
    return value
