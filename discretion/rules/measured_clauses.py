"""Clauses that state one quantity and its bounds (销售油量1000公升以上5000公升以下的), read into comparisons.

Only a clause that says nothing else is read; everything else stays with the officer.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from enforcement.conditions.aliases import standard_code
from enforcement.conditions.tree import Compare, Condition, Operator, all_of
from enforcement.conditions.vocabulary import STANDARD, FactType

_NUMBER = r"(\d+(?:\.\d+)?)(万?)"
_UNIT = r"([^\d以不的（）()，、]{1,4})"
_BOUNDS = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,12}}?)(?:{_NUMBER}{_UNIT}以上)?(?:{_NUMBER}{_UNIT}(以下|以内|内|不足))?的?"
)
_LESS = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,12}}?)(?:不足|不满|少于){_NUMBER}{_UNIT}的?")
OVERDUE = frozenset({"逾期", "逾期时间", "逾期天数"})
JOINING_WORDS = ("且", "或", "并", "和", "年内", "月内")
VAGUE_START = ("其他", "造成", "同时", "有", "在", "经")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A quantity's name, unit and bounds; a bound is None where not stated."""

    name: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    high_excluded: bool


def clause_bounds(text: str, *, upper_excluded: bool) -> Bounds | None:
    """The bounds a clause states, or None when it says anything else."""
    less = _LESS.fullmatch(text)
    if less is not None:
        return _named(less["name"], less[4], None, _number(less[2], less[3]), True)
    matched = _BOUNDS.fullmatch(text)
    if matched is None:
        return None
    name, low, low_wan, low_unit, high, high_wan, high_unit, word = matched.groups()
    if low is None and high is None:
        return None
    if low_unit and high_unit and low_unit != high_unit:
        return None
    excluded = upper_excluded or word == "不足"
    lower = _number(low, low_wan) if low else None
    upper = _number(high, high_wan) if high else None
    return _named(name, low_unit or high_unit, lower, upper, excluded)


def _named(name: str, unit: str, low: Decimal | None, high: Decimal | None, excluded: bool) -> Bounds | None:
    vague = name.startswith(VAGUE_START) or any(word in name for word in JOINING_WORDS)
    return None if vague else Bounds(name, unit, low, high, excluded)


def _number(figure: str, ten_thousands: str) -> Decimal:
    return Decimal(figure) * (10_000 if ten_thousands else 1)


def standard_quantity(bounds: Bounds) -> str:
    """The standard fact of the quantity when name and unit agree with it, else an empty string."""
    if bounds.name in OVERDUE and bounds.unit in ("天", "日"):
        return "overdue_days"
    code = standard_code(bounds.name)
    if code is None or STANDARD[code].unit != bounds.unit or STANDARD[code].type is FactType.MONEY:
        return ""
    return code


def bounds_condition(code: str, fact_type: FactType, bounds: Bounds) -> Condition:
    """The comparison on fact `code`; integers stay integers."""
    parts = []
    if bounds.low is not None:
        parts.append(Compare(code, Operator.GE, _typed(bounds.low, fact_type)))
    if bounds.high is not None:
        operator = Operator.LT if bounds.high_excluded else Operator.LE
        parts.append(Compare(code, operator, _typed(bounds.high, fact_type)))
    return all_of(*parts)


def _typed(value: Decimal, fact_type: FactType) -> int | Decimal:
    return int(value) if fact_type is FactType.INTEGER else value
