"""Amounts of one component: exact, capped, rounded half-up, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.rules.amounts import AmountRange, Need, component_range, component_ranges
from discretion.rules.money import fen_from_yuan, number_text, round_fen, yuan, yuan_text
from discretion.rules.schema import Basis, Component
from enforcement.conditions.tree import Compare, Operator
from enforcement.conditions.vocabulary import STANDARD


def _ends(component: Component, **facts: object) -> tuple[int, int]:
    result = component_range(component, facts, STANDARD)  # type: ignore[arg-type]
    assert isinstance(result, AmountRange)
    return result.min_fen, result.max_fen


@pytest.mark.parametrize(
    ("component", "facts", "ends"),
    [
        (Component("", Basis.FIXED, 2000, 1000), {}, (1000, 2000)),
        (Component("", Basis.FIXED, 2000, None), {}, (0, 2000)),
        (
            Component("", Basis.MULTIPLE, Decimal("3.5"), Decimal(3), "fees_charged"),
            {"fees_charged": 101},
            (303, 354),
        ),
        (
            Component("", Basis.PERCENT, Decimal(5), Decimal(1), "project_investment"),
            {"project_investment": 50},
            (1, 3),
        ),
        (
            Component("", Basis.PER_UNIT, 500, 500, "exceeded_factor_count"),
            {"exceeded_factor_count": 3},
            (1500, 1500),
        ),
        (
            Component("", Basis.PER_UNIT, 100000, 100000, "area_sqm"),
            {"area_sqm": Decimal("2.5")},
            (250000, 250000),
        ),
        (
            Component("", Basis.PER_DAY, 1000, 500, "overdue_days", cap=200000),
            {"overdue_days": 20},
            (10000, 20000),
        ),
        (
            Component("", Basis.PER_DAY, 1000, 500, "overdue_days", cap=200000),
            {"overdue_days": 300},
            (150000, 200000),
        ),
        (
            Component("", Basis.PER_DAY, 1000, 500, "overdue_days", cap=200000),
            {"overdue_days": 500},
            (200000, 200000),
        ),
    ],
)
def test_component(component: Component, facts: dict, ends: tuple[int, int]) -> None:
    assert _ends(component, **facts) == ends


@pytest.mark.parametrize(
    ("base", "maximum"), [(999_999, 3_000_000), (1_000_000, 3_000_000), (1_000_001, 3_000_003)]
)
def test_small_base_counts_as_the_deemed_one(base: int, maximum: int) -> None:
    component = Component("", Basis.MULTIPLE, Decimal(3), Decimal(1), "goods_value", deemed_base=1_000_000)
    assert _ends(component, goods_value=base)[1] == maximum


@pytest.mark.parametrize("value", [None, True, Decimal(-1), "很多"])
def test_unusable_base_is_a_named_need(value: object) -> None:
    component = Component("", Basis.MULTIPLE, Decimal(3), Decimal(1), "goods_value")
    result = component_range(component, {"goods_value": value}, STANDARD)  # type: ignore[dict-item]
    assert isinstance(result, Need)
    assert (result.fact, result.label) == ("goods_value", "货值金额")


def test_exclusive_components_follow_their_condition() -> None:
    with_gains = Component(
        "",
        Basis.MULTIPLE,
        Decimal(3),
        Decimal(2),
        "illegal_gains",
        applies_when=Compare("illegal_gains", Operator.GT, 0),
    )
    without = Component("", Basis.FIXED, 2500, 1000, applies_when=Compare("illegal_gains", Operator.EQ, 0))
    both = (with_gains, without)
    assert [one.max_fen for one in component_ranges(both, {"illegal_gains": 0}, STANDARD).ranges] == [2500]
    assert [one.max_fen for one in component_ranges(both, {"illegal_gains": 10}, STANDARD).ranges] == [30]
    unknown = component_ranges(both, {}, STANDARD)
    assert unknown.ranges == ()
    assert [need.fact for need in unknown.needs] == ["illegal_gains"]


def test_components_of_different_subjects_add_up() -> None:
    components = (Component("单位", Basis.FIXED, 70, 50), Component("负责人", Basis.FIXED, 7, 5))
    assert [one.subject for one in component_ranges(components, {}, STANDARD).ranges] == ["单位", "负责人"]


@pytest.mark.parametrize(
    ("fen", "inside"), [(999, False), (1000, True), (1001, True), (1999, True), (2000, False), (2001, False)]
)
def test_contains_respects_the_printed_ends(fen: int, inside: bool) -> None:
    assert AmountRange("", 1000, 2000, True, False).contains(fen) is inside


def test_range_texts() -> None:
    assert AmountRange("", 0, 1_000_000, False, True).text == "10,000元以下"
    assert (
        AmountRange("", 1_000_000, 3_000_050, True, False).text == "10,000元以上30,000.50元以下（不含本数）"
    )
    assert AmountRange("", 500, 500).text == "5元"


@pytest.mark.parametrize(("exact", "fen"), [("0.4", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2)])
def test_rounding_is_half_up(exact: str, fen: int) -> None:
    assert round_fen(Decimal(exact)) == fen


def test_money_words() -> None:
    assert fen_from_yuan("0.005") == 1
    assert yuan(5_000_000) == "50000.00"
    assert yuan_text(50) == "0.50元"
    assert number_text(Decimal("3.50")) == "3.5"
    assert number_text(Decimal("20")) == "20"
    with pytest.raises(ValueError, match="不是金额"):
        fen_from_yuan("一百")


@given(
    base=st.integers(0, 10**12),
    low=st.decimals(0, 20, places=2),
    width=st.decimals(0, 20, places=2),
    cap=st.none() | st.integers(0, 10**12),
)
def test_ranges_are_ordered_and_capped(base: int, low: Decimal, width: Decimal, cap: int | None) -> None:
    component = Component("", Basis.MULTIPLE, low + width, low, "goods_value", cap=cap)
    minimum, maximum = _ends(component, goods_value=base)
    assert 0 <= minimum <= maximum
    assert cap is None or maximum <= cap
