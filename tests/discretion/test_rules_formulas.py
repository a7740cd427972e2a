"""Weight sums, midpoints, steps and daily fines: exact figures around their bounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.rules.amounts import AmountRange, Need
from discretion.rules.formulas import (
    extreme_percents,
    midpoint_amount,
    per_day_amount,
    stepped_amount,
    weight_sum_amounts,
)
from discretion.rules.schema import Column, Factor, Level, PerDay, RangeMidpoint, Step, Stepped, WeightSum
from enforcement.conditions.tree import Compare, Operator
from enforcement.conditions.vocabulary import STANDARD, FactType, declare_fact

SUM = declare_fact(fact_type=FactType.DECIMAL, label="系数之和")
VOCABULARY = STANDARD.with_declared([SUM])
COUNT = Factor(
    "次数",
    (
        Level("1次", Decimal(0), Compare("offence_count", Operator.EQ, 1)),
        Level("2次", Decimal(30), Compare("offence_count", Operator.EQ, 2)),
        Level("3次以上", Decimal(95), Compare("offence_count", Operator.GE, 3)),
    ),
)
ATTITUDE = Factor(
    "配合",
    (
        Level("配合", Decimal("0"), Compare("cooperated", Operator.EQ, True)),
        Level("不配合", Decimal("5.5"), Compare("cooperated", Operator.EQ, False)),
    ),
)


def _table(column: Column, **bounds: Decimal) -> WeightSum:
    return WeightSum((column,), (COUNT, ATTITUDE), **bounds)


FIXED = Column("默认", "", Decimal(10), amount=10_000_000)


@pytest.mark.parametrize(
    ("count", "cooperated", "percent", "fine"),
    [
        (1, True, Decimal(20), 2_000_000),
        (1, False, Decimal(20), 2_000_000),
        (2, True, Decimal(40), 4_000_000),
        (2, False, Decimal("45.5"), 4_550_000),
        (3, True, Decimal(100), 10_000_000),
    ],
)
def test_weight_sum_with_floor_and_cap(count: int, cooperated: bool, percent: Decimal, fine: int) -> None:
    formula = _table(FIXED, cap_percent=Decimal(100), floor_percent=Decimal(20))
    outcome = weight_sum_amounts(formula, {"offence_count": count, "cooperated": cooperated}, VOCABULARY)
    (column,) = outcome.amounts
    assert (column.percent, column.amount.max_fen) == (percent, fine)
    assert column.amount.is_fixed
    assert any("罚款＝" in step for step in column.amount.steps)


def test_multiplicand_of_a_base() -> None:
    column = Column("默认", "", Decimal(20), base="project_investment", factor=Decimal("0.05"))
    facts = {"offence_count": 1, "cooperated": True, "project_investment": 200_000_033}
    (amount,) = weight_sum_amounts(_table(column), facts, VOCABULARY).amounts
    assert amount.amount.max_fen == 2_000_000


def test_open_factor_and_base_are_needs_without_an_amount() -> None:
    column = Column("默认", "", Decimal(20), base="project_investment", factor=Decimal("0.05"))
    outcome = weight_sum_amounts(_table(column), {"offence_count": 1}, VOCABULARY)
    assert outcome.amounts == ()
    assert [need.fact for need in outcome.needs] == ["cooperated", "project_investment"]


def test_factor_without_a_fitting_level_is_a_problem() -> None:
    outcome = weight_sum_amounts(_table(FIXED), {"offence_count": 0, "cooperated": True}, VOCABULARY)
    assert outcome.amounts == ()
    assert "次数" in outcome.problems[0]


def test_column_that_does_not_apply_is_left_out() -> None:
    gate = Compare("corrected_within_order", Operator.EQ, True)
    column = Column("限期内改正", "", Decimal(10), amount=1000, applies_when=gate)
    facts = {"offence_count": 1, "cooperated": True, "corrected_within_order": False}
    assert weight_sum_amounts(_table(column), facts, VOCABULARY).amounts == ()


def test_extremes_are_recomputed() -> None:
    assert extreme_percents(_table(FIXED), FIXED) == (Decimal(10), Decimal("110.5"))


TIER = AmountRange("", 20_000_000, 25_000_000)


@pytest.mark.parametrize(
    ("coefficient", "fine"),
    [
        ("0", 22_500_000),
        ("1", 23_000_000),
        ("-2.5", 21_250_000),
        ("5", 25_000_000),
        ("6", 25_000_000),
        ("-6", 20_000_000),
    ],
)
def test_midpoint_stays_inside_its_tier(coefficient: str, fine: int) -> None:
    formula = RangeMidpoint(Decimal(10), SUM["code"])
    result = midpoint_amount(formula, TIER, {SUM["code"]: Decimal(coefficient)}, VOCABULARY)
    assert isinstance(result, AmountRange)
    assert (result.min_fen, result.max_fen) == (fine, fine)


def test_midpoint_without_coefficient_is_a_need() -> None:
    assert isinstance(midpoint_amount(RangeMidpoint(Decimal(10), SUM["code"]), TIER, {}, VOCABULARY), Need)


@pytest.mark.parametrize(("count", "fine"), [(0, 200_000), (3, 500_000), (5, 700_000), (6, 700_000)])
def test_steps_are_capped(count: int, fine: int) -> None:
    formula = Stepped(200_000, (Step("每增加一个因子", 100_000, "exceeded_factor_count"),), cap=700_000)
    (amount,) = stepped_amount(formula, "", {"exceeded_factor_count": count}, VOCABULARY).ranges
    assert amount.max_fen == fine


@pytest.mark.parametrize(("days", "ends"), [(0, (0, 0)), (20, (10_000, 20_000)), (201, (100_500, 200_000))])
def test_per_day(days: int, ends: tuple[int, int]) -> None:
    amount = per_day_amount(PerDay(500, 1000, "overdue_days", 200_000), {"overdue_days": days}, VOCABULARY)
    assert isinstance(amount, AmountRange)
    assert (amount.min_fen, amount.max_fen) == ends


@given(
    start=st.decimals(0, 100, places=1),
    weights=st.lists(st.decimals(0, 60, places=1), min_size=3, max_size=3),
    count=st.integers(1, 3),
    multiplicand=st.integers(0, 10**12),
)
def test_capped_weight_sum_never_exceeds_its_multiplicand(
    start: Decimal, weights: list[Decimal], count: int, multiplicand: int
) -> None:
    levels = tuple(
        Level(str(n), weight, Compare("offence_count", Operator.EQ, n))
        for n, weight in enumerate(weights, start=1)
    )
    formula = WeightSum(
        (Column("默认", "", start, amount=multiplicand),), (Factor("次数", levels),), cap_percent=Decimal(100)
    )
    (amount,) = weight_sum_amounts(formula, {"offence_count": count}, VOCABULARY).amounts
    assert 0 <= amount.amount.max_fen <= multiplicand
