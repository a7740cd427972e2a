"""An interval of amounts, counts, measures or days in plain Chinese, with its ends said exactly. Pure."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from enforcement.conditions.facts import display_value
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import FactDefinition, FactType

ANYTHING = "任何数量"
CONTINUOUS = frozenset({FactType.DECIMAL, FactType.MONEY})


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed range of whole steps of a scale; None is open."""

    low: int | None
    high: int | None


def interval_words(
    definition: FactDefinition,
    interval: Interval,
    lowest: int | None,
    from_step: Callable[[int], FactValue],
    bounds: Container[int],
    *,
    only_two: bool,
) -> str:
    """不满5平方米, 2次以上（含2次）, 超过1,000元、不超过5,000元. `bounds` are the steps the conditions name."""

    def shown(step: int) -> str:
        return display_value(definition, from_step(step))

    low = None if interval.low == lowest else interval.low
    high = interval.high
    if definition.type in CONTINUOUS:
        if only_two and (nothing := _nothing_or_some(interval)):
            return nothing
        return _measure_words(interval, low, high, bounds, shown)
    if definition.type is FactType.DATE:
        return _day_words(interval, shown)
    return _count_words(definition, interval, lowest, shown)


def _nothing_or_some(interval: Interval) -> str:
    if (interval.low, interval.high) == (0, 0):
        return "没有"
    return "有" if (interval.low, interval.high) == (1, None) else ""


def _measure_words(
    interval: Interval, low: int | None, high: int | None, bounds: Container[int], shown: Callable[[int], str]
) -> str:
    """A step beside a bound says “more than” or “less than” the bound: between 5 and 5.000001 lies nothing to name."""
    if interval.low == interval.high and interval.low in bounds and interval.low is not None:
        return f"正好{shown(interval.low)}"
    words = []
    if low is not None:
        words.append(f"{shown(low)}以上" if low in bounds else f"超过{shown(low - 1)}")
    if high is not None:
        words.append(f"不超过{shown(high)}" if high in bounds else f"不满{shown(high + 1)}")
    text = "，".join(words) or ANYTHING
    # 以上 includes the number (民法典 第一千二百五十九条); not everybody knows.
    return f"{text}（含{shown(low)}）" if low is not None and low in bounds and high is None else text


def _day_words(interval: Interval, shown: Callable[[int], str]) -> str:
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return f"{shown(low)}当天"
    words = []
    if low is not None:
        words.append(f"{shown(low)}或者以后")
    if high is not None:
        words.append(f"{shown(high)}或者以前")
    return "，".join(words)


def _count_words(
    definition: FactDefinition, interval: Interval, lowest: int | None, shown: Callable[[int], str]
) -> str:
    low, high = interval.low, interval.high
    if low is None or low == high:
        step = low if low is not None else high
        if step is None:
            return ANYTHING
        if lowest == 1 and step == 1:
            return "只有这一次"
        return "没有" if step == 0 else shown(step)
    if high is None:
        return f"{shown(low)}，或者更多"
    return f"不超过{shown(high)}" if low == lowest else f"{shown(low)}至{shown(high)}"
