"""Statutory ranges of well-known provisions, and the share of a range that 从轻 or 从重 may use.

食品安全法 第一百二十四条, 广告法 第五十五条; figures as in force since 2015-10-01 and 2021-04-29. The share of 从轻 is
a setting of the agency and has no default (the law only says: inside the statutory range).
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from discretion.rules.money import fen_from_yuan, round_fen

FOOD_THRESHOLD = fen_from_yuan(10_000)
FOOD_BELOW = (fen_from_yuan(50_000), fen_from_yuan(100_000))
FOOD_MULTIPLE = (Decimal(10), Decimal(20))
AD_MULTIPLE = (Decimal(3), Decimal(5))
AD_SERIOUS_MULTIPLE = (Decimal(5), Decimal(10))
AD_WITHOUT_COST = (fen_from_yuan(200_000), fen_from_yuan(1_000_000))
AD_SERIOUS_WITHOUT_COST = (fen_from_yuan(1_000_000), fen_from_yuan(2_000_000))
AD_SERIOUS_COUNT = 3


class Grade(StrEnum):
    """How the penalty is weighed inside or below the range."""

    LIGHTER = "从轻"
    ORDINARY = "一般"
    HEAVIER = "从重"
    MITIGATED = "减轻"


@dataclass(frozen=True, slots=True)
class FineRange:
    """A range in fen, both ends lawful unless said otherwise. `mitigated_below`: less than this is 减轻."""

    minimum: int
    maximum: int
    mitigated_below: int
    min_inclusive: bool = True
    max_inclusive: bool = True
    note: str = ""


def fixed_range(minimum: int, maximum: int) -> FineRange:
    """A printed range in fen; a missing minimum is 0."""
    return FineRange(minimum, maximum, mitigated_below=minimum)


def multiple_range(base: int, multiples: tuple[Decimal, Decimal]) -> FineRange:
    """Low and high multiple of `base` fen, rounded half-up to the fen."""
    low, high = (round_fen(Decimal(base) * multiple) for multiple in multiples)
    return fixed_range(low, high)


def food_safety_124(goods_value: int | None) -> FineRange | None:
    """食品安全法 124: under 10,000 yuan of goods 50,000 to 100,000; from 10,000 on 10 to 20 times. None: value unknown."""
    if goods_value is None:
        return None
    if goods_value < FOOD_THRESHOLD:
        return fixed_range(*FOOD_BELOW)
    return multiple_range(goods_value, FOOD_MULTIPLE)


def advertising_55(ad_cost: int | None, *, serious: bool) -> FineRange:
    """广告法 55: 3 to 5 times the cost, 5 to 10 when serious; cost not computable or clearly low (None): fixed."""
    if ad_cost is None:
        return fixed_range(*(AD_SERIOUS_WITHOUT_COST if serious else AD_WITHOUT_COST))
    return multiple_range(ad_cost, AD_SERIOUS_MULTIPLE if serious else AD_MULTIPLE)


def graded_range(full: FineRange, grade: Grade, share: Decimal | None = None) -> FineRange:
    """The part of `full` for a grade.

    从轻 is the lower `share` of the width, 从重 the upper `share`, 一般 what lies between; without a share the whole
    range stays lawful. 减轻 is above zero and below the minimum; impossible by amount when there is no minimum.
    """
    width = full.maximum - full.minimum
    if grade is Grade.MITIGATED:
        return _mitigated(full)
    if share is None:
        note = "" if grade is Grade.ORDINARY else "没有设定从轻、从重的幅度比例，法定幅度内均可"
        return replace(full, note=note)
    part = round_fen(width * share)
    match grade:
        case Grade.LIGHTER:
            return replace(full, maximum=full.minimum + part)
        case Grade.HEAVIER:
            return replace(full, minimum=full.maximum - part)
        case _:
            low, high = full.minimum + part, full.maximum - part
            return replace(full, minimum=low, maximum=high) if low <= high else full


def _mitigated(full: FineRange) -> FineRange:
    if full.minimum == 0:
        return replace(full, maximum=0, note="法定幅度没有下限，不能以数额减轻，只能减轻处罚种类")
    return replace(
        full,
        minimum=0,
        maximum=full.minimum,
        min_inclusive=False,
        max_inclusive=False,
        note="在法定最低额以下处罚，须有减轻处罚依据，且不得为零",
    )
